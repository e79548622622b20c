"""The door to Presidio and spaCy: a user's recognizers, without network."""

import sys
import time
from pathlib import Path

import pytest

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.presidio import PIECE_CHARACTERS, presidio_recognizer
from kartta.config import load
from scanner.deadline import OutOfTime, Stop, within
from scanner.errors import ConfigError
from scanner.extract.base import Limits
from scanner.locator import WHOLE
from scanner.model import Segment

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

REGISTRY = """
supported_languages: [en]
recognizers:
  - name: Staff number
    type: custom
    supported_language: en
    supported_entity: STAFF_NUMBER
    patterns:
      - {name: staff, regex: 'HN-\\d{6}', score: 0.8}
  - name: EmailRecognizer
    type: predefined
    supported_languages: [en]
"""


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    import spacy  # noqa: PLC0415, TID251 - builds the pipeline that a user would have

    language = spacy.blank("en")
    ruler = language.add_pipe("entity_ruler")
    patterns = [
        {"label": "PERSON", "pattern": "Xyro Qwertz"},
        {"label": "GPE", "pattern": "Zzyzx"},
        {"label": "ORG", "pattern": "Acme"},
    ]
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]  # spaCy's pipes have no common type
    path = tmp_path_factory.mktemp("pipelines") / "tiny"
    language.to_disk(path)
    return str(path)


def _found(settings: DetectorSettings, text: str) -> list[tuple[str, str]]:
    return [
        (each.entity, text[each.start : each.end])
        for _, each in Analyser(settings, b"k" * 16).detect([Segment(WHOLE, text)])
    ]


def test_a_users_recognizer_is_ours_too() -> None:
    text = "x " * PIECE_CHARACTERS + "staff HN-123456 and maija@example.org"

    assert _found(DetectorSettings(presidio_registry=REGISTRY), text) == [
        ("STAFF_NUMBER", "HN-123456"),
        ("EMAIL_ADDRESS", "maija@example.org"),
    ]


def test_only_the_users_registry_is_loaded() -> None:
    recognizer = presidio_recognizer(DetectorSettings(presidio_registry=REGISTRY))

    assert recognizer is not None
    assert recognizer.entities == {"STAFF_NUMBER", "EMAIL_ADDRESS"}


def test_a_pipeline_finds_names(pipeline: str) -> None:
    settings = DetectorSettings(spacy_models={"en": pipeline})

    assert _found(settings, "then xyzzy met Xyro Qwertz of Acme in Zzyzx") == [
        ("PERSON", "Xyro Qwertz"),
        ("LOCATION", "Zzyzx"),
    ]


def test_nothing_configured_is_no_recognizer() -> None:
    assert presidio_recognizer(DetectorSettings()) is None


def test_a_broken_registry_is_a_configuration_error() -> None:
    with pytest.raises(ConfigError, match="presidio_recognizers"):
        presidio_recognizer(DetectorSettings(presidio_registry="recognizers: 5"))


def test_a_registry_travels_as_what_stands_in_it(tmp_path: Path) -> None:
    """A job held the path of the file, which another machine may not have."""
    (tmp_path / "kartta.yaml").write_text("detect: {presidio_recognizers: own.yaml}\n", "utf-8")
    with pytest.raises(ConfigError, match=r"own\.yaml cannot be read"):
        load(tmp_path / "kartta.yaml")
    (tmp_path / "own.yaml").write_text(REGISTRY, "utf-8")
    settings = load(tmp_path / "kartta.yaml").detect

    assert str(tmp_path) not in settings.model_dump_json()
    recognizer = presidio_recognizer(settings)
    assert recognizer is not None
    assert "STAFF_NUMBER" in recognizer.entities


def test_a_missing_pipeline_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be loaded"):
        presidio_recognizer(DetectorSettings(spacy_models={"fi": str(tmp_path / "none")}))


@pytest.mark.parametrize(
    ("library", "settings"),
    [
        ("presidio_analyzer", DetectorSettings(presidio_registry="recognizers: []")),
        ("spacy", DetectorSettings(spacy_models={"fi": "x"})),
    ],
)
def test_a_missing_library_is_named(
    library: str, settings: DetectorSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(ConfigError) as caught:
        presidio_recognizer(settings)

    assert "install Kartta again" in caught.value.hint


def test_a_registrys_expression_ends_with_the_assets_time() -> None:
    """A registry's expressions are somebody else's, and Presidio gives each a minute a piece."""
    stuck = REGISTRY.replace("HN-\\d{6}", "^(a|b|ab)*c$")
    analyser = Analyser(DetectorSettings(presidio_registry=stuck), b"k" * 16)

    def examine(_: Stop) -> None:
        list(analyser.detect([Segment(WHOLE, "ab" * 60 + "dc")]))

    begin = time.process_time()
    with pytest.raises(OutOfTime):
        within(Limits(seconds=1), examine)

    assert time.process_time() - begin < 5

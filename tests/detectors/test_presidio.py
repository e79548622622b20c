"""The door to Presidio and spaCy: a user's recognizers, without network."""

import sys
from pathlib import Path

import pytest

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.presidio import PIECE_CHARACTERS, presidio_recognizer
from scanner.errors import ConfigError
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


@pytest.fixture
def registry(tmp_path: Path) -> str:
    path = tmp_path / "recognizers.yaml"
    path.write_text(REGISTRY, "utf-8")
    return str(path)


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


def test_a_users_recognizer_is_ours_too(registry: str) -> None:
    text = "x " * PIECE_CHARACTERS + "staff HN-123456 and maija@example.org"

    assert _found(DetectorSettings(presidio_recognizers=registry), text) == [
        ("STAFF_NUMBER", "HN-123456"),
        ("EMAIL_ADDRESS", "maija@example.org"),
    ]


def test_only_the_users_registry_is_loaded(registry: str) -> None:
    recognizer = presidio_recognizer(DetectorSettings(presidio_recognizers=registry))

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


def test_a_missing_or_broken_registry_is_a_configuration_error(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("recognizers: 5", "utf-8")

    for path in (tmp_path / "none.yaml", broken):
        with pytest.raises(ConfigError, match="presidio_recognizers"):
            presidio_recognizer(DetectorSettings(presidio_recognizers=str(path)))


def test_a_missing_pipeline_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be loaded"):
        presidio_recognizer(DetectorSettings(spacy_models={"fi": str(tmp_path / "none")}))


@pytest.mark.parametrize(
    ("library", "settings"),
    [
        ("presidio_analyzer", DetectorSettings(presidio_recognizers="x.yaml")),
        ("spacy", DetectorSettings(spacy_models={"fi": "x"})),
    ],
)
def test_a_missing_library_is_named_with_the_extra(
    library: str, settings: DetectorSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(ConfigError) as caught:
        presidio_recognizer(settings)

    assert "kartta[presidio]" in caught.value.hint

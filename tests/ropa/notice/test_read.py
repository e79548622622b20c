"""The whole reader: any text, every quote exact, and the notice from which the project started."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kartta.cli.main import cli
from kartta.notices import open_notice
from ropa.notice.read import as_data, declared
from ropa.notice.sections import notice_of

WORDS = st.sampled_from(
    [
        *("Rekisterinpitäjä", "Esimerkki Oy", "Y-tunnus 1234567-1", "Emme", "käsittelemme", "nimi"),
        *(
            "personuppgifter",
            "Vi",
            "sparar",
            "CV",
            "ansökan",
            "dataskyddsombud",
            "info@malli.example",
        ),
        *(
            "behandlingsansvarlig",
            "navn",
            "Datatilsynet",
            "oplysninger",
            "slettes",
            "privacy",
            "we",
        ),
        *(
            "collect",
            "your",
            "name",
            "such as",
            "(",
            ")",
            ":",
            ",",
            ".",
            "?",
            "|",
            "\t",
            "\n",
            "\n\n",
        ),
        *("•", "-", "1.", "##", "6. (1) f", "\u202f", "\u00a0", "here", "täältä", "2024", "osio 3"),
    ]
)
SEED = Path(__file__).parents[4] / "shared" / "seed" / "notice.fi.txt"


def evidence_in(part: object) -> Iterator[tuple[int, str]]:
    if isinstance(part, dict):
        if "line" in part and "quote" in part:
            yield part["line"], part["quote"]
        for value in part.values():
            yield from evidence_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from evidence_in(value)


@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_is_read_and_every_quote_is_exact(text: str) -> None:
    notice = notice_of("notice.txt", text)

    for line, quote in evidence_in(as_data(declared(notice))):
        assert quote in notice.lines[line - 1].raw


@pytest.fixture(scope="module")
def seed() -> Path:
    if not SEED.is_file():
        pytest.skip(f"the notice is not at {SEED}")
    return SEED


@pytest.mark.shared
@pytest.mark.parametrize(
    "topic",
    [
        *("contacts", "data_subjects", "data_categories", "sources", "security"),
        *("advice_to_subject", "unresolved_links", "dangling_references"),
    ],
)
def test_the_first_notice_is_read_as_its_gold_says(seed: Path, topic: str) -> None:
    """Nine of ten items of the gold have their line; of lists, their number is close too."""
    gold = yaml.safe_load(seed.with_suffix(".gold.yaml").read_text("utf-8"))[topic]
    read = as_data(declared(open_notice(seed)))[topic]

    lines = {line for line, _ in evidence_in(read)}
    wanted = [{line for line, _ in evidence_in(item)} for item in gold]
    found = [item for item in wanted if not item or item & lines]
    assert len(found) >= 0.9 * len(gold)
    assert len(read) <= len(gold) + 1


@pytest.mark.shared
def test_the_first_notice_has_its_facts(seed: Path) -> None:
    gold = yaml.safe_load(seed.with_suffix(".gold.yaml").read_text("utf-8"))
    read = as_data(declared(open_notice(seed)))

    for key in ("sha256", "lines", "language", "document_type", "audience", "national_laws_cited"):
        assert gold["meta"][key] == read["meta"][key]
    for key in ("title", "version", "country_scope"):
        assert gold["meta"][key]["value"] == read["meta"][key]["value"]
    assert gold["controller"]["group"]["parent"] == read["controller"]["group"]["parent"]
    assert read["controller"]["legal_entity"] is None
    assert gold["not_declared"] == read["not_declared"]
    assert gold["sections"] == [
        {
            key: value
            for key, value in section.items()
            if not (key == "heading_line" and value is None)
        }
        for section in read["sections"]
    ]


def test_the_command_writes_yaml_or_json(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text("Privacy notice\n\nLarkmoor Ltd is the data controller.\n", encoding="utf-8")
    as_yaml = CliRunner().invoke(cli, ["notice", "read", str(file)])
    as_json = CliRunner().invoke(cli, ["notice", "read", str(file), "--format", "json"])

    assert yaml.safe_load(as_yaml.stdout) == json.loads(as_json.stdout)
    assert json.loads(as_json.stdout)["controller"]["legal_entity"]["value"] == "Larkmoor Ltd"


@pytest.mark.parametrize(("content", "said"), [(None, "No such file"), (b"", "no text in it")])
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "notice.txt"
    if content is not None:
        file.write_bytes(content)
    result = CliRunner().invoke(cli, ["notice", "read", str(file)])

    assert result.exit_code == 2
    assert said in result.stderr
    assert "→" in result.stderr

"""The plug-in by the published laws; `pytest` runs them where it and Kartta are installed."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from kartta_example.ldif import Config, fields_of, open_source
from kartta_example.rijksregisternummer import RIJKSREGISTERNUMMER, check_digits
from kartta_example.webvtt import FORMAT

from detectors.testing import RecognizerLaws
from rules.testing import run_cases
from scanner.errors import CheckpointExpired
from scanner.extract.base import Budget, Limits, Part
from scanner.model import Segment
from scanner.testing import ConnectorLaws, Factory, Lose, photograph

EXPORT = """\
version: 1

dn: uid=olahti,ou=people,dc=example
cn: Onni Lahti
mail: onni.lahti@posti.example
description:: S8OkeXR0w6Rqw6QgamEgaHl2w6Q=

# who has left
dn: uid=akorpi,ou=people,dc=example
cn: Aino
  Korpi
mail: aino.korpi@posti.example

dn: uid=photo,ou=people,dc=example
cn: Photo
jpegphoto:: /9j/4AAQSkZJRgABAQAAAQ==
"""


class TestLdif(ConnectorLaws):
    """An export with a folded line, base64, a comment and a photograph."""

    @pytest.fixture
    def export(self, tmp_path: Path) -> Path:
        path = tmp_path / "people.ldif"
        path.write_text(EXPORT)
        return path

    @pytest.fixture
    def connector_factory(self, export: Path) -> Factory:
        return lambda: open_source(Config(id="people", path=export), Limits())

    @pytest.fixture
    def snapshot(self, export: Path) -> Callable[[], object]:
        return lambda: photograph(export.parent)

    @pytest.fixture
    def lose_connection(self, export: Path) -> Lose:
        @contextmanager
        def away() -> Iterator[None]:
            elsewhere = export.rename(export.with_name("elsewhere"))
            yield
            elsewhere.rename(export)

        return away

    @pytest.fixture
    def break_one(self, export: Path) -> Callable[[], str]:
        def damage() -> str:
            export.write_text(EXPORT.replace("dn: uid=akorpi", "dn; uid=akorpi"))
            return "uid=akorpi,ou=people,dc=example"

        return damage

    def test_an_export_is_known_by_its_first_line(self, export: Path) -> None:
        assert fields_of(export, EXPORT[:1_024].encode()) == {"path": str(export)}
        assert fields_of(export, b"dear all,") is None

    def test_folded_and_encoded_values_are_whole(self, connector_factory: Factory) -> None:
        connector = connector_factory()
        texts = {
            content.text
            for asset in connector.discover(None)
            for content in connector.read(asset)
            if isinstance(content, Segment)
        }

        assert {"Aino Korpi", "Käyttäjä ja hyvä", "onni.lahti@posti.example"} <= texts

    def test_another_export_is_listed_from_its_beginning(
        self, connector_factory: Factory, export: Path
    ) -> None:
        connector = connector_factory()
        first = next(connector.discover(None))
        export.write_text("\n" + EXPORT.replace("Onni", "Olli"))

        with pytest.raises(CheckpointExpired):
            list(connector.discover(connector.checkpoint(first)))


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Make codes of invented people."""
    day = draw(st.dates(date(1900, 1, 1), date(2030, 12, 31)))
    serial = f"{draw(st.integers(1, 998)):03}"
    check = check_digits(f"{day:%y%m%d}{serial}", day.year // 100 * 100)
    return f"{day:%y.%m.%d}-{serial}.{check}"


class TestRijksregisternummer(RecognizerLaws):
    """Numbers as they are printed."""

    card = RIJKSREGISTERNUMMER
    codes: ClassVar[st.SearchStrategy[str]] = codes()
    chance_rate = 0.01


def test_a_transcript_gives_who_spoke_and_what_was_said_when() -> None:
    transcript = (
        "WEBVTT\n\nNOTE interview of 3 March\n\n"
        "1\n00:00:01.000 --> 00:00:04.000 align:start\n"
        "<v Onni Lahti>My number is <b>040</b> 917 0555\n\n"
        "00:05.500 --> 00:07.000\n<v.loud Onni Lahti>Thank you &amp; bye\n"
    )
    part = Part("interview.vtt", io.BytesIO(transcript.encode()))

    read = FORMAT.extractor()(part, Budget(Limits()))
    assert [(str(each.locator), each.label, each.text) for each in read] == [
        ("note", "", "interview of 3 March"),
        ("cue:00:00:01.000", "speaker", "Onni Lahti"),
        ("cue:00:00:01.000", "", "My number is 040 917 0555"),
        ("cue:00:05.500", "", "Thank you & bye"),
    ]


def test_every_rule_answers_its_cases() -> None:
    with as_file(files("kartta_example.rules")) as folder:
        assert run_cases(folder) == []

"""Reading a notice takes time in proportion to its length, whatever stands in it."""

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kartta.cli.main import EXIT_USAGE, cli
from kartta.notices import (
    MOST_CHARACTERS,
    contained,
    declared_in,
    open_notice,
    register_of,
    subject_of,
)
from ropa.notice.names import Names
from ropa.notice.sections import notice_of
from ropa.notice.text import NoticeText, lines_of
from scanner.errors import RegisterError
from scanner.extract.base import Limits
from tests.ropa.notice.hostile import KINDS, NUMBERED, REPEATED

DAY = date(2026, 12, 1)
KIB = 1024
AT_ONCE = 3.0
"""Seconds of processor time that even a short text may take: the word lists are read first."""
A_CHARACTER = 0.001
"""Seconds of processor time, some five times what the slowest kind takes."""


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    _read("The first one pays for the word lists.")


def _read(text: str) -> float:
    begin = time.process_time()
    notice = notice_of("notice.txt", text)
    subject_of(notice, DAY)
    register_of(notice, DAY)
    return time.process_time() - begin


def _bound(text: str) -> float:
    return AT_ONCE + A_CHARACTER * len(text)


@pytest.mark.parametrize("kind", ["periods en", "periods da"])
def test_thirteen_kilobytes_of_periods_are_read_at_once(kind: str) -> None:
    """They took 36 seconds: each period looked at the whole sentence again, several times."""
    assert _read(KINDS[kind](13_000)) < 5


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_notice_takes_long(kind: str) -> None:
    text = KINDS[kind](12 * KIB)

    assert _read(text) < _bound(text)


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_text_takes_about_twice_the_time(kind: str) -> None:
    """Four times is what the square takes; between is room for a machine that does other things."""
    _read(KINDS[kind](KIB))
    half, whole = (_read(KINDS[kind](size * KIB)) for size in (24, 48))

    assert whole < max(3.0 * half, 1.0)


_pieces = st.one_of(
    st.tuples(st.sampled_from(sorted(REPEATED.values())), st.integers(1, 400)).map(
        lambda piece: piece[0] * piece[1]
    ),
    st.tuples(st.sampled_from(sorted(NUMBERED)), st.integers(20, 3_000)).map(
        lambda piece: KINDS[piece[0]](piece[1])
    ),
    st.text(max_size=20),
)


def _texts(most: int) -> st.SearchStrategy[str]:
    return st.tuples(
        st.sampled_from(["", " ", "\n", "\n\n", ". ", ": ", "("]), st.lists(_pieces, max_size=12)
    ).map(lambda parts: parts[0].join(parts[1])[:most])


@settings(max_examples=8, deadline=None)
@given(text=_texts(4 * KIB))
def test_random_notices_take_no_longer_than_their_length_allows(text: str) -> None:
    assert _read(text) < _bound(text)


@pytest.mark.soak
@settings(max_examples=20, deadline=None)
@given(text=_texts(8 * KIB), times=st.integers(2, 6))
def test_long_random_notices_take_no_longer_than_their_length_allows(text: str, times: int) -> None:
    assert _read(text * times) < _bound(text * times)


# --- what is too long, and what ends by itself -------------------------------------------------


def test_half_a_megabyte_is_refused(tmp_path: Path) -> None:
    """It never ended."""
    notice = tmp_path / "notice.txt"
    notice.write_text("6 months and " * 40_000, encoding="utf-8")
    begin = time.process_time()

    with pytest.raises(RegisterError, match=rf"notice\.txt: .*{MOST_CHARACTERS} characters"):
        open_notice(notice)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "command", [["notice", "read"], ["notice", "check"], ["init", "--from-notice"]]
)
def test_every_command_says_what_is_too_long(tmp_path: Path, command: list[str]) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text("a" * 500_000, encoding="utf-8")
    where = [str(tmp_path / "audit")] if command[0] == "init" else []

    result = CliRunner().invoke(cli, [*command, str(notice), *where])

    assert result.exit_code == EXIT_USAGE
    assert f"longer than {MOST_CHARACTERS} characters" in result.stderr
    assert not (tmp_path / "audit").exists()


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path: Path) -> None:
    notice = tmp_path / "notice.txt"
    with notice.open("wb") as file:
        file.truncate(64 * 1024**3)

    with pytest.raises(RegisterError, match="larger than 32 MiB"):
        open_notice(notice)


def test_a_notice_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text(KINDS["prose"](150_000), encoding="utf-8")

    with pytest.raises(RegisterError, match=r"notice\.txt: .*longer than 1 seconds"):
        contained(notice, declared_in, Limits(seconds=1))


def test_a_notice_in_which_a_library_is_stuck_is_given_up(tmp_path: Path) -> None:
    """A page whose forms draw each other: ten in each, twelve deep, in less than 4 kB."""
    notice = tmp_path / "notice.pdf"
    notice.write_bytes(_forms_in_forms(depth=12, each=10))

    with pytest.raises(RegisterError, match=r"notice\.pdf: "):
        contained(notice, declared_in, Limits(seconds=1))


def _forms_in_forms(depth: int, each: int) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/X Do\nendstream",
    ]
    drawn = b"/X Do " * each
    objects += [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
        b"/Length %d>>stream\n%s\nendstream" % (number + 1, len(drawn), drawn)
        for number in range(5, 5 + depth)
    ]
    objects.append(b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 1>>stream\nq\nendstream")
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(body))
    )


@pytest.mark.parametrize(
    "work", [declared_in, partial(subject_of, on=DAY), partial(register_of, on=DAY)]
)
def test_what_a_process_of_its_own_reads_is_what_this_one_reads(
    tmp_path: Path, work: Callable[[NoticeText], object]
) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text(KINDS["prose in lines"](2 * KIB), encoding="utf-8")

    assert contained(notice, work) == work(open_notice(notice))


# --- how long texts are cut --------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["prose", "prose without stops", "one word", "spaces"])
def test_long_lines_are_cut_and_nothing_is_lost(kind: str) -> None:
    text = KINDS[kind](20_000)
    lines = lines_of(text)

    assert "".join(line.raw for line in lines) == text
    assert max(len(line.raw) for line in lines) <= 4_000
    assert all(len(line.raw) == len(line.text) for line in lines)


def test_lines_are_cut_at_the_end_of_a_sentence() -> None:
    lines = lines_of("We keep your data. " * 500)

    assert all(line.raw.rstrip().endswith("data.") for line in lines)


def test_a_usual_line_stays_whole() -> None:
    text = "We keep your data. " * 100

    assert [line.raw for line in lines_of(text)] == [text]


@pytest.mark.parametrize("kind", ["broken lines", "periods en"])
def test_sentences_are_cut_and_their_words_stay(kind: str) -> None:
    text = KINDS[kind](30_000).rstrip()
    sentences = [sentence.text for sentence in notice_of("notice.txt", text).sentences]

    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert max(map(len, sentences)) <= 2_000


@given(
    names=st.lists(st.text("ab ", min_size=2, max_size=4), max_size=8),
    text=st.text("ab ", max_size=30),
)
def test_names_are_found_as_one_by_one(names: list[str], text: str) -> None:
    assert Names(names).within(text) == {name for name in names if name in text}


def test_a_list_of_lines_is_numbered_without_gaps() -> None:
    numbers = [line.number for line in lines_of("a\n" + "b " * 5_000 + "\nc")]

    assert all(after - before == 1 for before, after in pairwise(numbers))

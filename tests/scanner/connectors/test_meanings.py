"""What tables say by their headings, in a schema that declares no keys for its codes."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from scanner.connectors import standing
from scanner.model import Content, Milestone, MilestoneKind
from scanner.relations import Reference, ReferenceKind, Vacancy
from tests.scanner.connectors.databases import connector, contents

_TABLES = {
    "statuskoder": "kod INTEGER PRIMARY KEY, betydelse TEXT",
    "tjanster": "tjanst_nr INTEGER PRIMARY KEY, benamning TEXT, utannonserad_datum TEXT,"
    " tillsatt_datum TEXT, utfall TEXT",
    "ansokningar": "ans_nr INTEGER PRIMARY KEY, tjanst_nr INTEGER, status INTEGER,"
    " besked_lamnat INTEGER",
    "tvister": "id INTEGER PRIMARY KEY, ans_nr INTEGER, fran_datum TEXT, avslutad_datum TEXT",
}
_ROWS: Mapping[str, Sequence[tuple[object, ...]]] = {
    "statuskoder": [(10, "Inkommen"), (40, "Avslag")],
    "tjanster": [(301, "Väktare", "2025-01-02", "2025-02-03", "Avbruten, ingen anställd")],
    "ansokningar": [(1, 301, 40, 1738886400), (2, 301, 10, None)],
    "tvister": [(1, 1, "2025-03-01", "2025-04-01")],
}


@pytest.fixture
def said(tmp_path: Path) -> dict[str, list[Content]]:
    """Give what the rows of each table say."""
    file = tmp_path / "own.db"
    with closing(sqlite3.connect(file)) as base:
        for name, columns in _TABLES.items():
            base.execute(f"CREATE TABLE {name} ({columns})")
            marks = ", ".join("?" * len(_ROWS[name][0]))
            base.executemany(f"INSERT INTO {name} VALUES ({marks})", _ROWS[name])  # noqa: S608 - ours
        base.commit()
    source = connector(file)
    return {name: contents(source, f"main.{name}") for name in _TABLES}


def kinds(contents: list[Content]) -> list[tuple[MilestoneKind, str]]:
    return [
        (each.kind, each.at.date().isoformat() if each.at else "")
        for each in contents
        if isinstance(each, Milestone)
    ]


def test_a_number_is_a_status_where_a_table_named_after_the_column_explains_it(
    said: dict[str, list[Content]],
) -> None:
    """A column `status` beside a table `statuskoder` without a declared key said nothing."""
    assert kinds(said["ansokningar"]) == [
        (MilestoneKind.TOLD, "2025-02-07"),
        (MilestoneKind.REJECTED, ""),
    ]


def test_the_day_on_which_a_position_was_filled_is_an_event_without_being_configured(
    said: dict[str, list[Content]],
) -> None:
    """The day was read as the position's, and no clock ever started from it."""
    (vacancy,) = [each for each in said["tjanster"] if isinstance(each, Vacancy)]

    assert kinds(said["tjanster"]) == [(MilestoneKind.CLOSED, "2025-02-03")]
    assert vacancy.opened is not None
    assert vacancy.outcome == "cancelled"


def test_a_hold_ends(said: dict[str, list[Content]]) -> None:
    assert kinds(said["tvister"]) == [
        (MilestoneKind.HOLD, "2025-03-01"),
        (MilestoneKind.HOLD_RELEASED, "2025-04-01"),
    ]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("Avbruten, ingen anställd", "cancelled"),
        ("Closed: nobody hired", ""),
        ("Peruttu - ei palkattu", "cancelled"),
        ("Tillsatt", "filled"),
    ],
)
def test_each_part_of_a_status_is_denied_by_its_own_words(status: str, outcome: str) -> None:
    """A position "cancelled, nobody hired" was read as hired: only whole texts were denied."""
    assert standing.of_position(status) == outcome


def test_a_small_table_of_people_explains_no_codes(tmp_path: Path) -> None:
    """Rows that belong to one of three candidates belonged to nobody."""
    file = tmp_path / "small.db"
    with closing(sqlite3.connect(file)) as base:
        base.execute("CREATE TABLE staff_members (id INTEGER PRIMARY KEY, name TEXT, email TEXT)")
        base.execute("CREATE TABLE candidates (id INTEGER PRIMARY KEY, name TEXT)")
        base.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, candidate_id INTEGER,"
                     " staff_member_id INTEGER, body TEXT)")  # fmt: skip
        base.execute("INSERT INTO staff_members VALUES (5, 'Aino Lumpokka', 'aino@us.example')")
        base.execute("INSERT INTO candidates VALUES (7, 'Onni Lahti')")
        base.execute("INSERT INTO notes VALUES (1, 7, 5, 'a note')")
        base.commit()

    ties = [each for each in contents(connector(file), "main.notes") if isinstance(each, Reference)]

    assert 2 == sum(each.kind is ReferenceKind.BELONGS for each in ties)

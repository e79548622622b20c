"""Read the lists of an audit file into records that the linking knows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from detectors.keys import Keys
from kartta.config import ListEntry
from kartta.lists.grid import Sheet, sheets_of
from kartta.lists.headings import Columns, needed, proposed
from kartta.lists.rows import BadRowError, Place, Reader
from ropa.linking.persons import Staff
from scanner.connectors.standing import Statuses
from scanner.errors import ConfigError
from scanner.locator import WHOLE, Locator
from scanner.model import Coverage, Skip, SkipReason
from scanner.summary import LISTED, RecordFacts, SkippedAsset

_FIRST_ROWS = 20
"""Among these is the heading; above it people write titles."""
_OWN = frozenset({"staff", "mailboxes"})


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not used, and why."""

    file: str
    place: Locator
    why: str

    def __str__(self) -> str:
        return f"{said(self.file, self.place)}: {self.why}"


@dataclass(frozen=True, slots=True)
class Read:
    """One list."""

    entry: ListEntry
    columns: Columns
    facts: tuple[RecordFacts, ...] = field(repr=False)
    problems: tuple[Problem, ...]

    @property
    def source(self) -> str:
        """What stands for a source's id where its rows are evidence."""
        return LISTED + self.entry.kind


@dataclass(frozen=True, slots=True)
class Lists:
    """All of them."""

    read: tuple[Read, ...] = ()

    @property
    def facts(self) -> Iterator[RecordFacts]:
        """The rows that are about applicants and positions."""
        for each in self.read:
            if each.entry.kind not in _OWN:
                yield from each.facts

    @property
    def staff(self) -> Staff:
        """Whose addresses and names are the organisation's own."""
        people = [
            person
            for each in self.read
            if each.entry.kind in _OWN
            for facts in each.facts
            for person in facts.people
        ]
        return Staff.of(people)

    @property
    def skips(self) -> Iterator[SkippedAsset]:
        """The rows that were not used, as the ledger has them."""
        for each in self.read:
            for problem in each.problems:
                skip = Skip(SkipReason.UNREADABLE, problem.why, problem.place)
                yield SkippedAsset(each.source, problem.file, Coverage.PARTIAL, skip)


def read_all(entries: Iterable[ListEntry], keys: Keys) -> Lists:
    """Read the lists.

    Raises:
        ConfigError: one of them is not there or is no such list; a row of one is only told.
    """
    return Lists(tuple(read(entry, keys) for entry in entries))


def read(entry: ListEntry, keys: Keys) -> Read:
    """Read one list.

    Raises:
        ConfigError: it is not there or is no such list.
    """
    sheet, start, columns = _found(entry, sheets_of(entry.path))
    reader = Reader(entry.kind, columns, keys, Statuses.of(entry.statuses))
    facts: list[RecordFacts] = []
    problems: list[Problem] = []
    name = entry.path.name
    for number, row in enumerate(sheet.rows[start + 1 :], start + 2):
        at = (WHOLE.sheet(sheet.name) if sheet.name else WHOLE).row(number)
        if row is None:
            problems.append(Problem(name, at, "a quote is not closed, or stands where none may"))
        elif any(cell.strip() for cell in row):
            place = Place(LISTED + entry.kind, name, str(at), said(name, at))
            try:
                facts.append(reader.facts(row, place))
            except BadRowError as error:
                problems.append(Problem(name, at, str(error)))
    return Read(entry, columns, tuple(facts), tuple(problems))


def said(file: str, place: Locator) -> str:
    """Say where something stands: `holds.xlsx, sheet 'Holds', row 3`."""
    sheet = "".join(f", sheet '{name}'" for name in place.names("sheet"))
    return f"{file}{sheet}" + "".join(f", row {name}" for name in place.names("row"))


def _found(entry: ListEntry, sheets: Sequence[Sheet]) -> tuple[Sheet, int, Columns]:
    """Find the heading: of the sheet that is named, or of the only one that has such a heading."""
    path = entry.path
    named = [each for each in sheets if not entry.sheet or each.name == entry.sheet]
    if not named:
        raise ConfigError(
            f"{path}: has no sheet '{entry.sheet}'",
            hint="check 'sheet:' under 'lists:' in kartta.yaml",
        )
    found = [(sheet, *heading) for sheet in named if (heading := _heading(entry, sheet))]
    if len(found) > 1:
        several = ", ".join(f"'{sheet.name}'" for sheet, *_ in found)
        raise ConfigError(
            f"{path}: {several} may all be a list of {entry.kind}",
            hint="name one: 'sheet:' under 'lists:' in kartta.yaml",
        )
    if not found:
        raise ConfigError(
            f"{path}: none of its first {_FIRST_ROWS} rows is the heading of a list of "
            f"{entry.kind}, which has {needed(entry.kind)}{_missing(entry, named)}",
            hint="say under 'columns:' which heading is which: {name: \"Nimi\"}",
        )
    return found[0]


def _heading(entry: ListEntry, sheet: Sheet) -> tuple[int, Columns] | None:
    for number, row in enumerate(sheet.rows[:_FIRST_ROWS]):
        columns = proposed(entry, row) if row else None
        if columns is not None:
            return number, columns
    return None


def _missing(entry: ListEntry, sheets: Sequence[Sheet]) -> str:
    """Name the configured headings that stand nowhere."""
    there = {
        " ".join(cell.split())
        for sheet in sheets
        for row in sheet.rows[:_FIRST_ROWS]
        for cell in row or ()
    }
    gone = [f"'{heading}'" for heading in entry.columns.values() if heading not in there]
    return f"; there is no heading {', '.join(gone)}" if gone else ""

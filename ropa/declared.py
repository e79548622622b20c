"""Read the organisation's own register: one YAML file, or a folder of them.

A large organisation keeps a file for each department; lists are joined, and the controller and the
notice stand in one of the files.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from detectors.taxonomy import taxonomy
from ropa.model import (
    Activity,
    Category,
    Controller,
    Notice,
    Processing,
    Recipient,
    Record,
    Register,
    System,
    Transfer,
)
from scanner.errors import RegisterError
from scanner.yamlfile import Lines, Place, did_you_mean, line_of, read, validate

Table = Literal["activities", "processing", "recipients", "transfers", "systems"]
_NOUNS: Mapping[Table, str] = {
    "activities": "activity",
    "processing": "processing",
    "recipients": "recipient",
    "transfers": "transfer",
    "systems": "system",
}


class _Part(Record):
    """One file of the register."""

    version: Literal[1] = 1
    controller: Controller | None = None
    notice: Notice | None = None
    activities: tuple[Activity, ...] = ()
    processing: tuple[Processing, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    systems: tuple[System, ...] = ()

    def ids(self, table: Table) -> Iterator[tuple[str, Place]]:
        """Give the ids of one list and where they stand."""
        entries: Sequence[Activity | Processing | Recipient | Transfer | System] = getattr(
            self, table
        )
        for position, entry in enumerate(entries):
            yield entry.id, (table, position, "id")


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    lines: Lines
    part: _Part

    def at(self, place: Place) -> str:
        return f"{self.path}:{line_of(place, self.lines)}"


@dataclass(frozen=True, slots=True)
class _Slip:
    file: _File
    place: Place
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Located:
    """A register, and in which file and on which line each of its entries stands."""

    register: Register
    lines: Mapping[str, tuple[Path, int]]
    """Keys as evidence has them: `controller`, `activities.hiring`,
    `activities.hiring.purposes.select`."""


def load_register(path: Path) -> Register:
    """Read and check a register.

    Raises:
        RegisterError: with `file:line` of the first slip, and how many more there are.
    """
    return locate_register(path).register


def locate_register(path: Path) -> Located:
    """Read and check a register, and note where its entries stand.

    Raises:
        RegisterError: with `file:line` of the first slip, and how many more there are.
    """
    files = tuple(_read_file(file) for file in register_files(path))
    slips = [slip for check in _CHECKS for slip in check(files)]
    if slips:
        order = {file.path: position for position, file in enumerate(files)}
        first = min(
            slips, key=lambda slip: (order[slip.file.path], line_of(slip.place, slip.file.lines))
        )
        more = f" (and {len(slips) - 1} more)" if len(slips) > 1 else ""
        raise RegisterError(f"{first.file.at(first.place)}: {first.message}{more}", hint=first.hint)
    parts = [file.part for file in files]
    controllers = [part.controller for part in parts if part.controller]
    notices = [part.notice for part in parts if part.notice]
    register = Register(
        controller=controllers[0],
        notice=notices[0] if notices else Notice(),
        activities=tuple(entry for part in parts for entry in part.activities),
        processing=tuple(entry for part in parts for entry in part.processing),
        recipients=tuple(entry for part in parts for entry in part.recipients),
        transfers=tuple(entry for part in parts for entry in part.transfers),
        systems=tuple(entry for part in parts for entry in part.systems),
    )
    lines = {
        name: (file.path, line_of(place, file.lines))
        for file in files
        for name, place in _entries(file.part)
    }
    return Located(register, lines)


def register_files(path: Path) -> tuple[Path, ...]:
    """Give the files of a register: the one that is named, or those of the folder.

    Raises:
        RegisterError: there is no YAML file in the folder.
    """
    if not path.is_dir():
        return (path,)
    files = tuple(sorted((*path.glob("*.yaml"), *path.glob("*.yml"))))
    if not files:
        raise RegisterError(f"{path}: there is no YAML file in the folder", hint="check the path")
    return files


def _read_file(path: Path) -> _File:
    document, lines = read(path, RegisterError)
    return _File(path, lines, validate(document, lines, path, _Part, RegisterError))


def _check_single(files: Sequence[_File]) -> Iterator[_Slip]:
    """The controller stands once, the notice at most once."""
    with_controller = [file for file in files if file.part.controller]
    if not with_controller:
        yield _Slip(
            files[0], (), "the register names no controller", "add 'controller:' with name, country"
        )
    with_notice = [file for file in files if file.part.notice]
    for key, found in (("controller", with_controller), ("notice", with_notice)):
        for file in found[1:]:
            message = f"'{key}' also stands in {found[0].path}"
            yield _Slip(file, (key,), message, "keep one of them")


def _check_ids(files: Sequence[_File]) -> Iterator[_Slip]:
    """An id stands once in its list, over all files; those of purposes once in their activity."""
    for table, noun in _NOUNS.items():
        pairs = ((file, name, place) for file in files for name, place in file.part.ids(table))
        yield from _twice(noun, pairs)
    for file, position, activity in _activities(files):
        start: Place = ("activities", position)
        purposes = [(entry.id, "purposes", n) for n, entry in enumerate(activity.purposes)]
        limits = [(entry.id, "retention", n) for n, entry in enumerate(activity.retention)]
        for noun, entries in (("purpose", purposes), ("time limit", limits)):
            inner = ((file, name, (*start, key, n, "id")) for name, key, n in entries)
            yield from _twice(noun, inner)


def _twice(noun: str, entries: Iterable[tuple[_File, str, Place]]) -> Iterator[_Slip]:
    first: dict[str, str] = {}
    for file, name, place in entries:
        if name in first:
            message = f"{noun} '{name}' also stands at {first[name]}"
            yield _Slip(file, place, message, "give one of them another id")
        first.setdefault(name, file.at(place))


def _check_references(files: Sequence[_File]) -> Iterator[_Slip]:
    """Whatever is named by id exists."""
    known = {
        table: tuple(name for file in files for name, _ in file.part.ids(table)) for table in _NOUNS
    }
    for file in files:
        for place, owner, table, name in _references(file.part):
            if name not in known[table]:
                noun = _NOUNS[table]
                message = f"{owner} names the {noun} '{name}', and there is none"
                hint = did_you_mean(name, known[table]) if known[table] else f"add it to '{table}'"
                yield _Slip(file, place, message, hint)


_LISTS: Mapping[Table, tuple[tuple[str, Table], ...]] = {
    "activities": (
        ("recipients", "recipients"),
        ("joint_controllers", "recipients"),
        ("transfers", "transfers"),
        ("systems", "systems"),
    ),
    "processing": (
        ("sub_processors", "recipients"),
        ("transfers", "transfers"),
        ("systems", "systems"),
    ),
    "recipients": (("sub_processors", "recipients"), ("parent", "recipients")),
    "transfers": (("recipient", "recipients"),),
    "systems": (("operator", "recipients"),),
}
"""Fields that name entries by id: list → field, and the list that the entries are in."""


def _references(part: _Part) -> Iterator[tuple[Place, str, Table, str]]:
    for table, fields in _LISTS.items():
        for position, entry in enumerate(getattr(part, table)):
            owner = f"{_NOUNS[table]} '{entry.id}'"
            for key, named in fields:
                value = getattr(entry, key)
                if isinstance(value, tuple):
                    for n, name in enumerate(value):
                        yield (table, position, key, n), owner, named, name
                elif value:
                    yield (table, position, key), owner, named, value


def _check_categories(files: Sequence[_File]) -> Iterator[_Slip]:
    """Each category is a key or a branch of the taxonomy."""
    keys = set(taxonomy().categories)
    known = keys | {key.rpartition(".")[0] for key in keys if "." in key}
    for file in files:
        for place, key in _categories(file.part):
            if key not in known:
                hint = did_you_mean(key, tuple(known))
                yield _Slip(file, place, f"there is no category '{key}'", hint)


def _categories(part: _Part) -> Iterator[tuple[Place, str]]:
    for position, activity in enumerate(part.activities):
        declared: tuple[Category, ...] = activity.categories
        for n, category in enumerate(declared):
            yield ("activities", position, "categories", n, "key"), category.key
        for n, limit in enumerate(activity.retention):
            for m, key in enumerate(limit.categories):
                yield ("activities", position, "retention", n, "categories", m), key
    for n, key in enumerate(part.notice.categories if part.notice else ()):
        yield ("notice", "categories", n), key


def _entries(part: _Part) -> Iterator[tuple[str, Place]]:
    """Give the name of each entry that evidence may point to, and where it stands."""
    for key in ("controller", "notice"):
        if getattr(part, key) is not None:
            yield key, (key,)
    for table in _NOUNS:
        for name, place in part.ids(table):
            yield f"{table}.{name}", place[:-1]
    for position, activity in enumerate(part.activities):
        start: Place = ("activities", position)
        for n, purpose in enumerate(activity.purposes):
            yield f"activities.{activity.id}.purposes.{purpose.id}", (*start, "purposes", n)


def _activities(files: Sequence[_File]) -> Iterator[tuple[_File, int, Activity]]:
    for file in files:
        for position, activity in enumerate(file.part.activities):
            yield file, position, activity


_CHECKS: tuple[Callable[[Sequence[_File]], Iterator[_Slip]], ...] = (
    _check_single,
    _check_ids,
    _check_references,
    _check_categories,
)

"""An export of Greenhouse as rows, each given to the candidate whom it concerns.

Two shapes are known: the resources of the Harvest API v3 as JSON arrays or lines
(`candidates.json`), and Fivetran's tables as CSV (`candidate.csv`). Rows are kept in memory as
compact JSON text, so that an export takes about its own size; a file is parsed row by row.
"""

import csv
import hashlib
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from scanner.connectors import paths
from scanner.errors import AssetError, Unreadable

Row = dict[str, Any]
"""As the export has it: nothing is known of the values."""

RESOURCES = {
    "candidate": "candidates",
    "application": "applications",
    "attachment": "attachments",
    "activity": "notes",
    "scorecard": "scorecards",
    "job": "jobs",
    "job_opening": "openings",
    "job_openings": "openings",
    "scheduled_interview": "interviews",
    "scheduled_interviews": "interviews",
    "scheduled_interviewer": "interviewers",
    "user": "users",
    "offer": "offers",
    "activity_feed": "notes",
}
"""CSV tables and older names → v3 resources."""
SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".csv"})
_FIRST = ("candidates", "applications", "scorecards", "interviews")
"""In this order, because later rows name earlier ones."""
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CHUNK = 1 << 20
_NEXT = {"": "[", "[": "]", "]": "", "lines": ""}
"""The bracket of the outer array that may follow; its rows' own are read with them."""


@dataclass(slots=True)
class Export:
    """What an export holds."""

    candidates: dict[str, list[tuple[str, str]]] = field(default_factory=dict, repr=False)
    """Candidate's id → (resource, row as JSON)."""
    others: dict[str, list[str]] = field(default_factory=dict, repr=False)
    """Resource → rows that concern no candidate."""
    broken: dict[str, AssetError] = field(default_factory=dict, repr=False)
    """File → why it cannot be read to its end."""
    files: dict[str, Path] = field(default_factory=dict, repr=False)
    """Relative name → a file that is no table: an attachment, or something unexpected."""
    _by_id: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def rows(self, candidate: str, *only: str) -> Iterator[tuple[str, Row]]:
        """Give a candidate's rows with the resources that they come from, or some of them."""
        for resource, row in self.candidates.get(candidate, ()):
            if not only or resource in only:
                yield resource, json.loads(row)

    def table(self, resource: str) -> list[Row]:
        """Give the rows of a resource that concern no candidate."""
        return [json.loads(row) for row in self.others.get(resource, ())]

    def attached(self, key: str) -> list[str]:
        """Give the files kept under an attachment's (or candidate's) id, by relative name."""
        return self._by_id.get(key, [])

    def add_file(self, name: str, path: Path) -> None:
        """Keep a file, and under which ids it may be looked for."""
        self.files[name] = path
        for key in {part.partition("_")[0] for part in name.split("/")}:
            self._by_id.setdefault(key, []).append(name)

    def sign(self, rows: list[str]) -> str:
        """Give what changes whenever one of the rows does."""
        digest = hashlib.sha256()
        for row in sorted(rows):
            digest.update(row.encode() + b"\0")
        return digest.hexdigest()[:32]


def load(folder: Path) -> Export:
    """Read an export.

    Raises:
        OSError: the folder cannot be listed.
        RetriableError: it was lost while it was read.
    """
    export = Export()
    tables: list[tuple[str, Path]] = []
    next(folder.iterdir(), None)  # what is below is listed without a word about what cannot be
    for path in sorted(_below(folder)):
        if path.parent == folder and path.suffix.lower() in SUFFIXES:
            name = path.stem.lower()
            tables.append((RESOURCES.get(name, name), path))
        else:
            export.add_file(path.relative_to(folder).as_posix(), path)
    owners = _Owners()
    for resource, path in sorted(tables, key=_first_things_first):
        try:
            for row in _rows(path):
                owner = owners.owner(resource, row)
                text = _COMPACT.encode(row)
                # Halves of surrogate pairs, which JSON may hold, become question marks.
                text = text.encode("utf-8", "replace").decode()
                if owner:
                    export.candidates.setdefault(owner, []).append((resource, text))
                else:
                    export.others.setdefault(resource, []).append(text)
        except AssetError as error:
            export.broken[path.name] = error
        except (ValueError, RecursionError, csv.Error) as error:
            broken = Unreadable("the table is broken; the rows before that are read")
            broken.__cause__ = error
            export.broken[path.name] = broken
    paths.expect(folder)
    return export


def _below(folder: Path) -> Iterator[Path]:
    """Give everything that is no folder, in no order; folders may be nested deeply."""
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                else:
                    yield Path(entry.path)


def is_export(folder: Path) -> bool:
    """Tell whether a folder looks like an export: candidates and applications as tables."""
    names = {
        RESOURCES.get(path.stem.lower(), path.stem.lower())
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES
    }
    return {"candidates", "applications"} <= names


def text_of(value: object) -> str:
    """Give an id or a short value as text; empty for None.

    >>> text_of(17), text_of(None), text_of(" 17 ")
    ('17', '', '17')
    """
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


class _Owners:
    """Finds the candidate of a row through the rows that were seen before it."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def owner(self, resource: str, row: Row) -> str:
        """Give the candidate's id; empty where the row concerns none that is known."""
        own = text_of(row.get("id"))
        if resource == "candidates":
            return own
        if resource in {"openings", "jobs", "users"}:
            return ""
        found = text_of(row.get("candidate_id"))
        for link, target in (
            ("application_id", "applications"),
            ("scorecard_id", "scorecards"),
            ("interview_id", "interviews"),
            ("scheduled_interview_id", "interviews"),
        ):
            found = found or self._known.get((target, text_of(row.get(link))), "")
        if found and own and resource in _FIRST:
            self._known[resource, own] = found
        return found


def _first_things_first(table: tuple[str, Path]) -> tuple[int, str]:
    resource, path = table
    return (_FIRST.index(resource) if resource in _FIRST else len(_FIRST), path.name)


def _rows(path: Path) -> Iterator[Row]:
    """Give the rows of one table."""
    with (
        paths.open_regular(path, follow=True) as binary,
        io.TextIOWrapper(binary, "utf-8-sig", "replace", newline="") as stream,
    ):
        if path.suffix.lower() == ".csv":
            yield from _csv_rows(stream)
        else:
            yield from filter(None, map(_as_row, _json_values(stream)))


def _csv_rows(stream: TextIO) -> Iterator[Row]:
    """Give rows; cells beyond the header keep their position as name, empty ones are left out."""
    csv.field_size_limit(sys.maxsize)  # a letter may stand in one cell
    reader = csv.reader(stream)
    header = next(reader, [])
    for cells in reader:
        names = [*header, *(f"column {n}" for n in range(len(header) + 1, len(cells) + 1))]
        row = {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()}
        if row:
            yield row


def _as_row(value: object) -> Row:
    return value if isinstance(value, dict) else {"value": value} if value is not None else {}


MOST_PENDING = 64 * 1024**2
"""Characters of one JSON value; a row of an export is some kilobytes."""


def _json_values(stream: TextIO) -> Iterator[object]:
    """Give the values of an array, or of lines, one at a time."""
    decoder = json.JSONDecoder()
    text, place, ended = "", 0, False
    bracket = ""
    while True:
        while place < len(text) and (text[place].isspace() or text[place] in f",{_NEXT[bracket]}"):
            if text[place] in "[]":
                bracket = text[place]
            place += 1
        try:
            value, end = decoder.raw_decode(text, place)
        except json.JSONDecodeError:
            value, end = None, len(text)
        # What ends with the buffer may go on after it.
        if end < len(text) or (ended and value is not None):
            yield value
            bracket = bracket or "lines"
            place = end
            continue
        if ended:
            if bracket == "[" or text[place:]:
                raise ValueError("cut off or not JSON")
            return
        if len(text) - place > MOST_PENDING:
            raise ValueError("one value is too long to be a row")
        more = stream.read(max(_CHUNK, len(text) - place))
        ended = not more
        text, place = text[place:] + more, 0

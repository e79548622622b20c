"""What `kartta init` proposes for the audit file: lists beside it, and what a database means.

Everything is a proposal: lists stand as comments, which a person takes away where they are right.
"""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import get_args

from pydantic import SecretStr, ValidationError

from kartta.config import ListEntry, ListKind, refuse_password
from kartta.lists.grid import sheets_of
from kartta.lists.headings import Columns, proposed
from scanner.connectors.databases.database import Config, Database
from scanner.connectors.databases.meanings import is_about
from scanner.errors import ConfigError
from scanner.extract.base import Limits
from scanner.references import expand

_FIRST_ROWS = 20
_TAKEN = frozenset({".csv", ".xlsx", ".ods"})


def lists_in(folder: Path) -> str:
    """Write as comments which files of a folder seem to be lists, and how they would be read."""
    found = [line for path in sorted(folder.iterdir()) for line in _lists_of(path)]
    if not found:
        return ""
    heading = (
        "# These seem to be lists; take the marks away where it is right (docs/how-to/lists.md):"
    )
    return "\n".join(["", heading, "# lists:", *found, ""])


def _lists_of(path: Path) -> Iterator[str]:
    if not path.is_file() or path.suffix.lower() not in _TAKEN:
        return
    try:
        sheets = sheets_of(path)
    except ConfigError:
        return  # it is not known to be a list; what is wrong with it is nobody's question
    for sheet in sheets:
        rows = [row for row in sheet.rows[:_FIRST_ROWS] if row]
        for kind in _kinds(path.stem, sheet.name):
            entry = ListEntry(kind=kind, path=path)
            columns = next(filter(None, (proposed(entry, row) for row in rows)), None)
            if columns is not None:
                yield from _written(kind, path.name, sheet.name, columns)
                break


def _kinds(*names: str) -> Iterator[ListKind]:
    """Give what a list may be by the names of its file and its sheet, the likeliest first."""
    said = {is_about(name) for name in names}
    yield from (kind for kind in get_args(ListKind) if kind in said)


def _written(kind: ListKind, name: str, sheet: str, columns: Columns) -> Iterator[str]:
    entry = {"kind": kind, "path": name} | ({"sheet": sheet} if sheet else {})
    inner = ", ".join(f"{key}: {_text(value)}" for key, value in entry.items())
    yield f"#   - {{{inner}}}"
    yield f"#     {columns}"


def database(url: str) -> str:
    """Write a database as a source, with what its tables seem to mean.

    Raises:
        ConfigError: a password stands in the URL, or it is no URL of a database.
        SourceError: the database cannot be read.
    """
    refuse_password(url, "--database")
    try:
        config = Config(id="database", url=SecretStr(expand(url, "--database")))
    except ValidationError as error:
        raise ConfigError(
            "--database: not the URL of a database", hint="write postgresql://… or sqlite:///path"
        ) from error
    with closing(Database(config.anchored(Path.cwd()), Limits())) as source:
        proposal = source.propose()
    lines = [
        "  - id: database",
        "    kind: database",
        f"    url: {_text(_from_here(url))}",
    ]
    if proposal.milestones:
        lines.append("    milestones:  # by the headings; check them")
        lines += [f"      {_text(key)}: {kind}" for key, kind in proposal.milestones.items()]
    if proposal.statuses or proposal.unknown:
        lines.append("    statuses:  # hired, rejected, withdrawn; filled, cancelled, open")
        lines += [f"      {_text(word)}: {kind}" for word, kind in proposal.statuses.items()]
        lines += [f"      # {_text(word)}: ?" for word in proposal.unknown]
        if not proposal.statuses:
            lines[-len(proposal.unknown) - 1] = "    # statuses:"
    return "\n".join(lines) + "\n"


def _from_here(url: str) -> str:
    """Name a SQLite file so that it is found from the audit file's folder too."""
    path = url.removeprefix("sqlite:///")
    return url if path == url or path.startswith("/") else f"sqlite:///{Path.cwd() / path}"


def _text(value: str) -> str:
    """Write a text as YAML reads it; JSON's are."""
    return json.dumps(value, ensure_ascii=False)

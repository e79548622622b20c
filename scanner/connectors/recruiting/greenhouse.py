"""Greenhouse, from an exported folder. One asset for each candidate, and for all that is left.

The export is read once for each connector, into a temporary file of about its own size (see
`greenhouse_export`). Beside `candidates/<id>` stand `jobs`, `users`, `tables/<name>` for rows that
concern no candidate, and `files/<name>` for files that no attachment names: nothing is missed.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Literal

from scanner.connectors import paths
from scanner.connectors.base import Connector, SourceConfig
from scanner.connectors.recruiting import (
    greenhouse_events,
    greenhouse_export,
    greenhouse_fields,
    greenhouse_ties,
)
from scanner.connectors.recruiting.greenhouse_export import Export, Row, text_of
from scanner.errors import AssetError, ConfigError, Gone, SourceError
from scanner.extract.base import Budget, Limits, Part
from scanner.extract.dispatch import extract, member
from scanner.locator import WHOLE
from scanner.model import Asset, Checkpoint, Content, Message, Skip, SkipReason, SourceId

_Key = tuple[int, int, str]
_PLAIN = frozenset({"jobs", "users"})


class Config(SourceConfig):
    """Which export."""

    kind: Literal["greenhouse"] = "greenhouse"
    path: Path
    """The folder with `candidates.json` or `candidate.csv`, and attachments in `files/`."""

    def location(self) -> str:
        """Give the path."""
        return paths.storable(str(self.path))

    def needs_network(self) -> bool:
        """Say no: files are read."""
        return False


class Greenhouse:
    """Lists candidates by id, then everything else by name."""

    def __init__(self, config: Config, limits: Limits) -> None:
        self._config = config
        self._limits = limits
        self._source = SourceId(config.id)
        self._export: Export | None = None
        self._loaded: _Opened | None = None

    def close(self) -> None:
        """Forget the rows."""
        if self._export is not None:
            self._export.close()
        self._export = self._loaded = None

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        """List what sorts after `since`, as the export is now."""
        self._loaded = None
        opened = self._opened()
        after = _key(json.loads(since)) if since else (-1, 0, "")
        for path in sorted(opened.paths(), key=_key):
            if _key(path) > after:
                yield opened.asset(self._source, path)

    def read(self, asset: Asset) -> Iterator[Content]:
        """Give fields, texts, attachments and milestones."""
        opened = self._opened()
        budget = Budget(self._limits)
        kind, _, name = _path(asset).partition("/")
        if kind == "candidates":
            yield from opened.candidate(name, budget)
        elif kind == "files":
            if name not in opened.export.files:
                raise Gone("the file is no longer in the export", hint="scan again")
            with (
                paths.rooted(self._config.path),
                paths.open_regular(opened.export.files[name]) as stream,
            ):
                yield from extract(Part(name, stream), budget)
        elif kind == "broken":
            raise opened.export.broken[name]
        else:
            yield from opened.table(name or kind, budget)

    def checkpoint(self, asset: Asset) -> Checkpoint:
        """Give the path."""
        return Checkpoint(json.dumps(_path(asset)))

    def load(self) -> None:
        """Read the export's tables."""
        self._opened()

    def _opened(self) -> "_Opened":
        if self._loaded is None:
            self._export = self._export or Export()
            try:
                greenhouse_export.load(self._config.path, self._export)
            except OSError as error:
                raise SourceError(
                    f"{self._config.location()} cannot be listed ({error.strerror})",
                    hint="name the folder of the export",
                ) from error
            self._loaded = _Opened(self._export, self._config.path, self._source)
        return self._loaded


class _Opened:
    """An export and what is derived from the whole of it."""

    def __init__(self, export: Export, folder: Path, source: SourceId) -> None:
        self.export = export
        self._folder = folder
        self._source = source
        self._jobs = greenhouse_events.jobs_of(export)

    def paths(self) -> Iterator[str]:
        """Give the assets' paths as the connector knows them, before they are made storable."""
        yield from (f"candidates/{each}" for each in self.export.candidates())
        yield from (each if each in _PLAIN else f"tables/{each}" for each in self.export.others())
        claimed = {name for row in self.export.attachments() for name in _files(self.export, row)}
        yield from (f"files/{name}" for name in self.export.files if name not in claimed)
        yield from (f"broken/{name}" for name in self.export.broken)

    def asset(self, source: SourceId, path: str) -> Asset:
        """Describe one of the paths."""
        shown = paths.storable(path)
        token = json.dumps(path) if shown != path else ""
        kind, _, name = path.partition("/")
        if kind == "candidates":
            rows = [f"{resource} {row}" for resource, row in self.export.texts(name)]
            attached = _attachments(list(self.export.rows(name, "attachments")))
            claimed = {each for row in attached for each in _files(self.export, row)}
            files = [self._status(self.export.files[each]) for each in claimed]
            sign = greenhouse_export.sign([*rows, *files, *self._about_jobs(name)])
            changed = next((row for _, row in self.export.rows(name, "candidates")), {})
            modified = greenhouse_events.moment(changed.get("updated_at"))
            return Asset(source, shown, sign, modified, sum(map(len, rows)), token)
        if kind in {"files", "broken"}:
            broken = self.export.files.get(name)
            sign = self._status(broken) if broken else "broken"
            return Asset(source, shown, sign, token=token)
        sign, size = self.export.table_sign(name or kind)
        return Asset(source, shown, sign, None, size, token)

    def candidate(self, name: str, budget: Budget) -> Iterator[Content]:
        """Give everything about one candidate."""
        rows = list(self.export.rows(name))
        if not rows:
            raise Gone("the candidate is no longer in the export", hint="scan again")
        yield from greenhouse_events.milestones(rows, self._jobs)
        yield from greenhouse_ties.references(self._source, rows)
        for number, (resource, row) in enumerate(rows, 1):
            if resource == "notes" and text_of(row.get("type")).upper() == "EMAIL":
                yield _envelope(row)
            yield from greenhouse_fields.contents(resource, row, number, budget)
        for row in _attachments(rows):
            yield from self._attachment(row, budget)

    def table(self, resource: str, budget: Budget) -> Iterator[Content]:
        """Give the rows of a table that concern no candidate."""
        if not self.export.has_table(resource):
            raise Gone("the table is no longer in the export", hint="scan again")
        if resource == "jobs":
            yield from greenhouse_ties.vacancies(
                self._source, self.export.table("jobs"), self._jobs
            )
        for number, row in enumerate(self.export.table(resource), 1):
            yield from greenhouse_fields.contents(resource, row, number, budget)

    def _attachment(self, row: Row, budget: Budget) -> Iterator[Content]:
        filename = text_of(row.get("filename")) or "attachment"
        place = WHOLE.called(f"attachment:{text_of(row.get('id')) or 'unnumbered'}").part(filename)
        files = _files(self.export, row)
        if not files:
            yield Skip(SkipReason.GONE, "the attachment's file is not in the export", place)
        for name in files:
            try:
                with (
                    paths.rooted(self._folder),
                    paths.open_regular(self.export.files[name]) as stream,
                ):
                    yield from member(Part(filename, stream, place), budget)
            except AssetError as error:
                if budget.is_exhausted:
                    raise
                yield Skip(error.reason, error.message, place)

    def _status(self, path: Path) -> str:
        try:
            status = path.stat()
        except OSError:
            paths.expect(self._folder)
            return f"{path.name} unreadable"
        return hashlib.sha256(
            f"{path.name} {paths.sign(status)}".encode("utf-8", "surrogateescape")
        ).hexdigest()[:32]

    def _about_jobs(self, candidate: str) -> Iterator[str]:
        """Give what the jobs' own rows contribute to a candidate's milestones."""
        rows = list(self.export.rows(candidate, "applications", "job_application"))
        for milestone in greenhouse_events.milestones(rows, self._jobs):
            yield f"{milestone.kind} {milestone.at} {milestone.application}"


def open_source(config: SourceConfig, limits: Limits) -> AbstractContextManager[Connector]:
    """Give the connector until the context ends; it reads the export when it is first asked."""
    if not isinstance(config, Config):
        raise ConfigError(f"'{config.kind}' is not an export", hint="use kind: greenhouse")
    return closing(Greenhouse(config, limits))


def fields_of(path: Path, start: bytes) -> dict[str, str] | None:
    """Take a folder with tables of candidates and applications for an export."""
    del start
    is_export = path.is_dir() and greenhouse_export.is_export(path)
    return {"path": str(path)} if is_export else None


def _path(asset: Asset) -> str:
    """Give the path as the export spells it."""
    return str(json.loads(asset.token)) if asset.token else asset.path


def _key(path: str) -> _Key:
    """Order candidates by number before everything else."""
    kind, _, name = path.partition("/")
    if kind == "candidates":
        return (0, int(name), "") if name.isdecimal() and name.isascii() else (1, 0, name)
    return (2, 0, path)


def _attachments(rows: list[tuple[str, Row]]) -> Iterator[Row]:
    return (row for resource, row in rows if resource == "attachments")


def _files(export: Export, row: Row) -> list[str]:
    """Give the files of an attachment: where its address says, else under its id or its name."""
    address = text_of(row.get("url")).partition("?")[0]
    named = [name for name in export.files if address and f"/{address}".endswith(f"/{name}")]
    if named:
        return named
    if text_of(row.get("id")):
        return export.attached(text_of(row.get("id")))
    filename = text_of(row.get("filename"))
    found = export.attached(text_of(row.get("candidate_id")))
    return [name for name in found if filename and name.endswith(filename)]


def _envelope(note: Row) -> Message:
    return Message(
        WHOLE.called(f"note:{text_of(note.get('id'))}"),
        greenhouse_events.moment(note.get("created_at")),
        text_of(note.get("email_from")),
        tuple(sorted(greenhouse_events.recipients(note))),
    )

"""The file `waivers.yaml` beside the audit file: who answers for which finding, until when and why.

Findings stand in it by their ids and keyed hashes alone, so that it may be kept with other text.
Its `key` says of which key they are; under another one they are those of other findings.
"""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kartta.yamllist import edited
from ropa.save import document_text
from rules.duties import Assignment
from rules.model import Scope, Waiver, WaiverKind
from rules.waivers import Mark
from scanner import private, yamlfile
from scanner.errors import ConfigError

FILE_NAME = "waivers.yaml"
LEAST_REASON = 10
"""Characters; `ok` is no reason."""
FindingId = Annotated[str, Field(pattern=r"^[A-Z]{2,4}-\d{2,3}-[0-9a-f]{12}$")]
_HEADING = "# Findings that somebody answers for. 'kartta waive' writes here, and so may you.\n"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    finding: FindingId


class WaiverEntry(_Entry):
    """A finding that is waived."""

    kind: WaiverKind = WaiverKind.WAIVER
    scope: Scope = "finding"
    owner: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=LEAST_REASON)]
    until: date | None = None
    place: str = ""
    """Of scope `place`: its keyed hash."""
    values: tuple[str, ...] = ()
    """Of scope `value`: their keyed hashes."""
    form: str = ""
    """Of a false alarm: what its rule asked."""

    @model_validator(mode="after")
    def _says_what_it_must(self) -> "WaiverEntry":
        if self.until is None and self.kind is not WaiverKind.FALSE_ALARM:
            message = f"'{self.kind}' needs a last day: 'until'"
            raise ValueError(message)
        needed = {"place": self.place, "value": self.values}.get(self.scope, True)
        if not needed or (self.kind is WaiverKind.FALSE_ALARM and not self.form):
            message = "does not say what it holds on: give it again by 'kartta waive'"
            raise ValueError(message)
        return self

    def mark(self) -> Mark:
        """Give it as the rules know it."""
        waiver = Waiver(
            self.finding.rpartition("-")[0],
            "",
            self.owner,
            self.reason,
            self.until,
            self.kind,
            self.finding,
            self.scope,
        )
        return Mark(waiver, self.place, frozenset(self.values), self.form)


class AssignmentEntry(_Entry):
    """Who deals with a finding, and by when."""

    owner: str = ""
    due: date | None = None

    def assignment(self) -> Assignment:
        """Give it as the rules know it."""
        return Assignment(self.finding, self.owner, self.due)


class Decisions(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = ""
    """`rules.identity.key_mark` of the ids in it."""
    waivers: tuple[WaiverEntry, ...] = ()
    assignments: tuple[AssignmentEntry, ...] = ()

    def is_of_another(self, key: str) -> bool:
        """Say whether the ids are of another key than the catalog's."""
        return self.key not in {"", key}

    def marks(self) -> tuple[Mark, ...]:
        """Give the waivers as the rules know them."""
        return tuple(entry.mark() for entry in self.waivers)


def read(path: Path) -> Decisions:
    """Read the file; where there is none, nothing is decided.

    Raises:
        ConfigError: it cannot be used, with `file:line`.
    """
    if not path.exists():
        return Decisions()
    decisions = yamlfile.load(path, Decisions, ConfigError)
    for entries, what in ((decisions.waivers, "waived"), (decisions.assignments, "assigned")):
        numbers = Counter(entry.finding for entry in entries)
        twice = next((each for each, number in numbers.items() if number > 1), None)
        if twice is not None:
            raise ConfigError(
                f"{path}: {twice} is {what} twice", hint="keep one of the two entries"
            )
    return decisions


def expect_key(decisions: Decisions, key: str, path: Path) -> None:
    """Refuse to add to a file whose ids are of another key.

    Raises:
        ConfigError: they are.
    """
    if decisions.is_of_another(key):
        raise ConfigError(
            f"{path}: its ids are of another key than this catalog's",
            hint="give the earlier key back, or begin a new file: the old ids name nothing here",
        )


def replaced(decisions: Decisions, entries: Iterable[WaiverEntry], key: str) -> Decisions:
    """Give the decisions with these entries in the place of earlier ones of the same findings."""
    new = {entry.finding: entry for entry in entries}
    kept = (entry for entry in decisions.waivers if entry.finding not in new)
    return decisions.model_copy(update={"key": key, "waivers": (*kept, *new.values())})


def save(path: Path, before: Decisions, after: Decisions) -> None:
    """Write the file, whole or not at all; comments and order of what did not change stay.

    Raises:
        ConfigError: it cannot be written.
    """
    real = path.resolve()
    unfinished = real.with_name(f".{real.name}.part")
    try:
        mode = real.stat().st_mode & 0o777 if real.exists() else 0o600
        was = real.read_text("utf-8") if real.exists() else _HEADING
        text = _text(was, before, after)
        unfinished.unlink(missing_ok=True)
        with os.fdopen(private.new(unfinished), "w", encoding="utf-8") as out:
            out.write(text)
        unfinished.chmod(mode)
        unfinished.replace(real)
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written ({error.strerror})", hint="check the folder"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _text(text: str, before: Decisions, after: Decisions) -> str:
    if not before.key:
        text += document_text({"key": after.key})
    was, now = _plain(before), _plain(after)
    for name in ("waivers", "assignments"):
        removed = [number for number, each in enumerate(was[name]) if each not in now[name]]
        added = [each for each in now[name] if each not in was[name]]
        if removed or added:
            text = edited(text, name, removed, added)
    if _sorted(Decisions.model_validate(yaml.safe_load(text))) != _sorted(after):
        return _HEADING + document_text(now)  # of a layout that was not foreseen
    return text


def _plain(decisions: Decisions) -> dict[str, Any]:
    """Give what is written: the fields that say something."""
    lists: dict[str, Sequence[_Entry]] = {
        "waivers": decisions.waivers,
        "assignments": decisions.assignments,
    }
    return {"key": decisions.key} | {
        name: [
            {
                key: str(value) if isinstance(value, str) else value
                for key, value in entry.model_dump(exclude_defaults=True).items()
            }
            for entry in entries
        ]
        for name, entries in lists.items()
    }


def _sorted(decisions: Decisions) -> Decisions:
    waivers = sorted(decisions.waivers, key=lambda entry: entry.finding)
    assignments = sorted(decisions.assignments, key=lambda entry: entry.finding)
    return decisions.model_copy(
        update={"waivers": tuple(waivers), "assignments": tuple(assignments)}
    )

"""Which column of a list holds what, proposed from its headings in five languages.

People are recognised by the headings that the detectors know, events and positions by those that
the databases' tables have; here are only the words that no table of a recruitment needs.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detectors.labels import meaning_of
from detectors.names.named import half_of
from detectors.topics import ABOUT
from kartta.config import ListEntry, ListField, ListKind
from scanner.connectors.databases.meanings import CLOSED, OPENED, meanings
from scanner.connectors.databases.ties import Ties
from scanner.model import MilestoneKind

_NO_TIES = Ties()
_EVENTS: Mapping[MilestoneKind, ListField] = {
    MilestoneKind.CONSENT_GIVEN: "given",
    MilestoneKind.CONSENT_UNTIL: "until",
    MilestoneKind.CONSENT_WITHDRAWN: "withdrawn",
    MilestoneKind.HOLD: "begins",
    MilestoneKind.HOLD_RELEASED: "released",
}
_POSITION: Mapping[str, ListField] = {
    "code": "code",
    "title": "title",
    "opened": "opened",
    "closed": "closed",
    "outcome": "outcome",
}
_HANDLERS = re.compile(
    r"owner|handl|lawyer|counsel|recorded|käsittel|vastuu|kirjaa|lakimie|ansvar|saksbeh|sagsbeh"
    r"|jurist|advok|registrer",
    re.IGNORECASE,
)
"""Whoever keeps the list is nobody whom it is about."""
_FORMER = re.compile(
    r"former|previous|maiden|entinen|aiempi|aikaisem|tidigare|tidligere", re.IGNORECASE
)
_EMAILS = re.compile(r"\be-?mails\b|sähköpost|\be-?post", re.IGNORECASE)
_REVIEW = re.compile(
    r"review|tarkistus|uudelleenarv|omprövn|översyn|gjennomgang|revurder", re.IGNORECASE
)
_REQUEST = re.compile(
    r"kind|type|typ\b|laji|pyyntö|tyyppi|begäran|slags|anmodning|krav|right", re.IGNORECASE
)
_RECEIVED = re.compile(r"receiv|arriv|saapu|vastaanot|inkom|mottag|mottat|modtag", re.IGNORECASE)
_ANSWERED = re.compile(r"answer|respon|replied|vastat|vastaus|vastattu|besvar|svar", re.IGNORECASE)
_CONFIRMED = re.compile(
    r"identit|confirm|tunnist|henkilöllisyy|legitim|bekräft|bekreft|bekræft", re.IGNORECASE
)
_EXTENDED = re.compile(r"exten|jatke|pident|förläng|forleng|forlæng", re.IGNORECASE)
_OWN_CODE = re.compile(r"(?:code|koodi|kode?|nummer|numero|nro|nr|tunnus|id)$", re.IGNORECASE)

_PEOPLE = frozenset({"name", "given_name", "surname", "email", "phone"})
_NEEDED: Mapping[ListKind, Sequence[frozenset[str]]] = {
    "consents": (_PEOPLE, frozenset({"given", "until"})),
    "holds": (_PEOPLE, frozenset({"begins", "released", "position", "review"})),
    "requests": (_PEOPLE, frozenset({"received"}), frozenset({"request"})),
    "positions": (frozenset({"code", "title"}), frozenset({"opened", "closed", "outcome"})),
    "staff": (_PEOPLE,),
    "mailboxes": (frozenset({"email"}),),
}
"""Of each of these one column must be there, for a row to be a heading and for a list to be one."""


_LONGEST = 80
"""A longer heading is a text of its own, and is told by its beginning."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what, by index; several where a person has several addresses."""

    fields: Mapping[ListField, int]
    headings: tuple[str, ...]

    @property
    def unused(self) -> tuple[str, ...]:
        """The headings of columns that are not read."""
        used = set(self.fields.values())
        return tuple(each for index, each in enumerate(self.headings) if each and index not in used)

    def __str__(self) -> str:
        used = ", ".join(f"{field} ← {self.headings[n]}" for field, n in self.fields.items())
        return f"{used}; not used: {', '.join(self.unused)}" if self.unused else used


def needed(kind: ListKind) -> str:
    """Say which columns a list must have."""
    return ", and ".join(" or ".join(sorted(each)) for each in _NEEDED[kind])


def proposed(entry: ListEntry, row: Sequence[str]) -> Columns | None:
    """Read a row as headings; None where it is not the heading of such a list."""
    headings = tuple(" ".join(cell.split())[:_LONGEST] for cell in row)
    fields: dict[ListField, int] = {}
    for field, wanted in entry.columns.items():
        if wanted in headings:
            fields[field] = headings.index(wanted)
    if len(fields) < len(entry.columns):
        return None
    given = set(fields.values())
    for field, index in _read(entry.kind, headings):
        if field not in fields and index not in given:
            fields[field] = index
            given.add(index)
    is_whole = all(any(each in fields for each in group) for group in _NEEDED[entry.kind])
    return Columns(fields, headings) if is_whole else None


def _read(kind: ListKind, headings: Sequence[str]) -> Iterator[tuple[ListField, int]]:
    """Give what each heading may mean, the surest first."""
    if kind == "positions":
        yield from _of_positions(headings)
        return
    yield from _of_people(headings)
    if kind in {"consents", "holds"}:
        said = meanings(kind, kind, headings, {}, _NO_TIES, frozenset())
        for index, event in said.milestones.items():
            if event in _EVENTS:
                yield _EVENTS[event], index
        yield from _matching("review", _REVIEW, headings)
        yield from _matching("position", ABOUT, headings)
    if kind == "requests":
        yield from _matching("confirmed", _CONFIRMED, headings)
        yield from _matching("extended", _EXTENDED, headings)
        yield from _matching("answered", _ANSWERED, headings)
        yield from _matching("received", _RECEIVED, headings)
        yield from _matching("request", _REQUEST, headings)


def _of_positions(headings: Sequence[str]) -> Iterator[tuple[ListField, int]]:
    said = meanings("positions", "positions", headings, {}, _NO_TIES, frozenset({"positions"}))
    for part, index in (said.position or {}).items():
        yield _POSITION[part], index
    yield from _matching("opened", OPENED, headings)
    yield from _matching("closed", CLOSED, headings)
    yield from _matching("code", _OWN_CODE, headings)


def _of_people(headings: Sequence[str]) -> Iterator[tuple[ListField, int]]:
    for index, heading in enumerate(headings):
        if not heading or _HANDLERS.search(heading):
            continue
        meaning = meaning_of(heading)
        if meaning.speaks_for("EMAIL_ADDRESS") or _EMAILS.search(heading):
            yield "email", index
        elif meaning.speaks_for("PHONE_NUMBER"):
            yield "phone", index
        elif meaning.speaks_for("BIRTH_DATE"):
            yield "birth_date", index
        elif meaning.speaks_for("PERSON") and _FORMER.search(heading):
            yield "former_name", index
        elif meaning.speaks_for("PERSON"):
            half = half_of(heading)
            yield ("given_name" if half == "given" else "surname" if half else "name"), index


def _matching(
    field: ListField, words: re.Pattern[str], headings: Sequence[str]
) -> Iterator[tuple[ListField, int]]:
    yield from (
        (field, index) for index, each in enumerate(headings) if words.search(each.casefold())
    )

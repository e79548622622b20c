"""What tables of a recruitment mean by their headings: positions, applications, consents, holds.

A heading is read word by word, in Finnish, Swedish, Norwegian, Danish and English; what a
configuration says of a column goes before. Of the milestones only those are read off a heading
whose table says what they are about: `withdrawn_at` of a consent is none of an application.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scanner.connectors.databases.ties import Ties
from scanner.connectors.standing import Statuses
from scanner.model import MilestoneKind
from scanner.relations import Vacancy

_POSITIONS = re.compile(
    r"position|vacanc|(?<!applicant_)\bjobs?\b|requisition|opening|avoimet_paikat|työpaik|tyopaik"
    r"|tehtäv|tehtav|rekrytoin|haut\b|toimet|tjänst|tjanst|befattning|rekrytering|anställningsären"
    r"|annons|utlysning|stilling|rekruttering|opslag"
)
_APPLICATIONS = re.compile(
    r"applica|candida|hakem|hakij|ansök|ansok|sökande|sokande|kandidat|søkna|sokna|søker|soker"
    r"|ansøg|ansog"
)
_CONSENTS = re.compile(r"consent|suostumu|samtyck|samtykke|talent_?pool")
_HOLDS = re.compile(r"holds?\b|claim|litigation|oikeudenkäyn|vaatimu|tvist|krav|spærring")
_DELETIONS = re.compile(r"delet|erasur|poisto|poistet|radering|gallring|slett|sletning|slettelog")

_TITLE = re.compile(
    r"^(title|name|job_title|position|nimi|nimike|tehtävänimike|tehtavanimike"
    r"|otsikko|titel|benämning|benamning|befattning|rubrik|tittel|stilling"
    r"|betegnelse|stillingsbetegnelse|navn|namn|overskrift)$"
)
_CODE = re.compile(
    r"(^|_)(code|koodi|kod|kode|ref|reference|viite|diarie|dnr|nr|no|nro|number"
    r"|numero|nummer|tunnus|requisition)(nr|nummer|_?id)?$"
)
OPENED = re.compile(
    r"open|avat|alka|julkais|julkist|publi|start|advert|posted|öppn|oppn|annons|utlys|åpn|aapn|åbn"
    r"|opsl"
)
CLOSED = re.compile(
    r"clos|filled|sulje|päät|paat|täyte|tayte|stäng|stang|avslut|tillsatt|besatt"
    r"|luk|slut|ansatt"
)
_OUTCOME = re.compile(
    r"reason|status|state|outcome|result|syy|tila|tilanne|lopputulos|orsak"
    r"|utfall|grunn|årsag|aarsag|udfald"
)
_STATUS = re.compile(
    r"status|state|stage|outcome|result|decision|tila|tilanne|vaihe|lopputulos"
    r"|päätös|paatos|beslut|utfall|fase|trin|resultat|utgång|avgjørelse|afgørelse"
)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_DATES: Sequence[tuple[re.Pattern[str], Sequence[tuple[MilestoneKind, re.Pattern[str]]]]] = (
    (
        _CONSENTS,
        (
            (
                MilestoneKind.CONSENT_WITHDRAWN,
                _words("withdr|revok|peru|återkall|aterkall|tilbaket|trukket|tilbageka"),
            ),
            (
                MilestoneKind.CONSENT_UNTIL,
                _words(
                    "expir|until|end|valid_to|voimassa|päätty|paatty|utgår|utgar|giltig|gyldig"
                    r"|utløp|utlop|udløb|udlob|til\b"
                ),
            ),
            (
                MilestoneKind.CONSENT_GIVEN,
                _words("given|granted|annet|lämnat|lamnat|gitt|givet|avgitt"),
            ),
        ),
    ),
    (
        _HOLDS,
        (
            (
                MilestoneKind.HOLD_RELEASED,
                _words(
                    "releas|lifted|clos|settled|until|end|vapaut|päätty|paatty|päättä|upphört"
                    r"|upphort|avslut|avslutt|afslut|opphev|ophæv|ophaev|till?\b"
                ),
            ),
            (
                MilestoneKind.HOLD,
                _words(r"from|start|begin|since|opened|raised|alka|vireill|från|fran|fra\b"),
            ),
        ),
    ),
    (
        _DELETIONS,
        ((MilestoneKind.DELETED, _words("delet|poist|raderad|slett|slet|gallrad|_at$")),),
    ),
    (
        _APPLICATIONS,
        (
            (
                MilestoneKind.TOLD,
                _words(
                    "notified|informed|told|ilmoitettu|tiedotettu|meddela|underrätt|underratt"
                    "|varsl|orienter|underrett|besked|beslut_sänt|notification|notice"
                ),
            ),
            (
                MilestoneKind.REJECTED,
                _words("rejected|hylätty|hylatty|avslag|avslått|afslag|afvist"),
            ),
            (
                MilestoneKind.WITHDRAWN,
                _words("withdr|perun|peruttu|återkall|aterkall|trukket|tilbage"),
            ),
            (MilestoneKind.HIRED, _words("hired|palkattu|anställd|anstalld|ansatt|ansat")),
            (
                MilestoneKind.APPLIED,
                _words(
                    "applied|received|submitted|haettu|saapu|jätetty|jatetty|inkom|ansökt|ansokt"
                    "|ansökningsdatum|mottatt|søkt|sokt|modtaget|ansøgt|ansogt"
                ),
            ),
        ),
    ),
)
_DAY = re.compile(r"_(at|on|date|day|pvm|päivä|datum|dato|dag)$|date|pvm|datum|dato|_at$")


@dataclass(frozen=True, slots=True)
class Meanings:
    """Which columns of one table say what, by their index."""

    milestones: Mapping[int, MilestoneKind]
    status: tuple[int, ...] = ()
    """Of an application."""
    position: Mapping[str, int] | None = None
    """`code`, `title`, `opened`, `closed`, `outcome` of a position; None for another table."""
    codes: Mapping[int, Mapping[str, str]] | None = None

    def text(self, index: int, value: object) -> str:
        """Give what a value means: as a small table explains it, or itself."""
        known = (self.codes or {}).get(index, {})
        return known.get(str(value), str(value))


def is_about(table: str) -> str:
    """Say what a table's name says that it lists; empty where it says nothing known.

    >>> is_about("Suostumukset 2026"), is_about("legal_holds"), is_about("budget")
    ('consents', 'holds', '')
    """
    named = _plain(table)
    for about, words in (("consents", _CONSENTS), ("holds", _HOLDS), ("positions", _POSITIONS)):
        if words.search(named):
            return about
    return ""


def is_position(table: str, columns: Sequence[str]) -> bool:
    """Say whether a table lists positions: by its name, a title, and a number or days."""
    named = _plain(table)
    if not _POSITIONS.search(named) or _APPLICATIONS.search(named):
        return False
    found = _position(columns)
    return "title" in found and bool(found.keys() & {"code", "opened", "closed", "outcome"})


def meanings(
    table: str,
    path: str,
    columns: Sequence[str],
    configured: Mapping[str, MilestoneKind],
    ties: Ties,
    positions: frozenset[str],
) -> Meanings:
    """Read a table's headings; `positions` are the paths of the tables that list positions."""
    codes = {
        index: found
        for index, name in enumerate(columns)
        for column, found in ties.codes.items()
        if (column.table, column.name) == (path, name)
    }
    if path in positions:
        found = _position(columns)
        closed = {found["closed"]: MilestoneKind.CLOSED} if "closed" in found else {}
        return Meanings({**closed, **_given(columns, configured)}, (), found, codes)
    named = _plain(table)
    concerns = any(
        column.table == path and target.table in positions
        for column, target in ties.targets.items()
    )
    is_application = concerns or bool(_APPLICATIONS.search(named))
    milestones = dict(_dates(named, columns, is_application=is_application))
    status = tuple(
        index
        for index, name in enumerate(columns)
        if is_application and _STATUS.search(_plain(name)) and not _DAY.search(_plain(name))
    )
    return Meanings({**milestones, **_given(columns, configured)}, status, None, codes)


def vacancy(
    said: Meanings,
    row: Sequence[Any],
    record: str,
    day: Callable[[object], datetime | None],
    statuses: Statuses,
) -> Vacancy | None:
    """Give the position that a row lists; `day` reads a date as databases keep them."""
    found = said.position
    if found is None:
        return None

    def text(part: str) -> str:
        index = found.get(part)
        return "" if index is None or row[index] is None else said.text(index, row[index])

    def at(part: str) -> datetime | None:
        return day(text(part)) if text(part) else None

    closed = at("closed")
    outcome = statuses.of_position(text("outcome"))
    return Vacancy(record, text("code"), text("title"), at("opened"), closed, outcome)


def _given(
    columns: Sequence[str], configured: Mapping[str, MilestoneKind]
) -> dict[int, MilestoneKind]:
    return {index: configured[name] for index, name in enumerate(columns) if name in configured}


def _dates(
    table: str, columns: Sequence[str], *, is_application: bool
) -> Iterator[tuple[int, MilestoneKind]]:
    for tables, events in _DATES:
        if not tables.search(table) and not (is_application and tables is _APPLICATIONS):
            continue
        for index, name in enumerate(columns):
            plain = _plain(name)
            kind = next((kind for kind, words in events if words.search(plain)), None)
            if kind is not None and not plain.endswith("_by"):
                yield index, kind
        return


def _position(columns: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, name in enumerate(columns):
        plain = _plain(name)
        is_day = bool(_DAY.search(plain))
        for part, words, wants_day in (
            ("title", _TITLE, False),
            ("outcome", _OUTCOME, False),
            ("opened", OPENED, True),
            ("closed", CLOSED, True),
            ("code", _CODE, False),
        ):
            if part not in found and is_day == wants_day and words.search(plain):
                found[part] = index
                break
    return found


def _plain(name: str) -> str:
    """Write a name in lower case with underscores between its words."""
    parted = re.sub(r"(?<=[a-zåäöæø])(?=[A-ZÅÄÖÆØ])", "_", name)
    return re.sub(r"\W+", "_", parted.casefold()).strip("_")

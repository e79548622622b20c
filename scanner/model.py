"""The nouns of a scan. This module imports nothing of ours but where things are.

Source → Asset → Segment → Detection → Sighting. Beside the text travel the facts that a retention
clock and a map of recipients need (`Message`, `Milestone`, `Flow`), and what was *not* examined
(`Skip`), which is a value like any other so that no report can forget it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from scanner.locator import WHOLE, Locator
from scanner.relations import Link, Position, Reference, Topic, Vacancy

UNLISTED = "unlisted"
"""Fingerprint of an asset that could not be looked into: it stands for what is below it, by path
(`mail/old` for `mail/old/a.txt`, `mbox` for `mbox#1`), none of which then counts as deleted."""

SourceId = NewType("SourceId", str)
Checkpoint = NewType("Checkpoint", str)
"""Opaque text of one connector: the place from which its listing resumes."""


class SkipReason(StrEnum):
    """Why something was not examined."""

    UNSUPPORTED = "unsupported"
    """The format is not read. Look at it yourself, or install a package that reads it."""
    ENCRYPTED = "encrypted"
    """It needs a password or a key. Decrypt a copy and scan that."""
    UNREADABLE = "unreadable"
    """The bytes are broken, or are not what they say they are."""
    TOO_LARGE = "too_large"
    """It has more bytes than `limits.max_bytes`."""
    LIMIT = "limit"
    """Depth, number or size of what is in it passed its limit; the detail names the limit."""
    ACCESS_DENIED = "access_denied"
    """The source does not let us read it. Scan with an account that may."""
    GONE = "gone"
    """It was listed, and was no longer there when it was to be read. Scan again."""
    TIMEOUT = "timeout"
    """Reading it took longer than `limits.seconds` or `limits.wall_seconds`."""
    MEMORY = "memory"
    """Reading it took more memory than `limits.memory`."""
    CRASHED = "crashed"
    """A library broke on it, perhaps with its worker; the others went on. Worth a report."""
    DETECTOR = "detector"
    """A recognizer broke on it; the others went on. Worth a report."""
    SAMPLED = "sampled"
    """Only a part of the table's rows was read: `sample_rows`; `full: true` reads them all."""
    NO_TEXT = "no_text"
    """There is no text in it that could be examined: a picture, a scanned page."""
    IO = "io"
    """A disk, a mount or this machine failed while it was read. The next scan tries it again."""
    SPACE = "space"
    """A temporary copy of it did not fit. Give `scratch` room; the next scan tries it again."""
    SOURCE = "source"
    """The source failed while it was read. Scan again."""


class Coverage(StrEnum):
    """How much of an asset was examined."""

    EXAMINED = "examined"
    PARTIAL = "partial"
    SKIPPED = "skipped"


class MilestoneKind(StrEnum):
    """An event in the life of a candidacy."""

    APPLIED = "applied"
    ACKNOWLEDGED = "acknowledged"
    INVITED = "invited"
    SHORTLISTED = "shortlisted"
    POSTPONED = "postponed"
    """The decision waits."""
    DECLINED = "declined"
    """The applicant was told that they do not go on, and nothing of anybody's being chosen."""
    TOLD = "told"
    """The applicant was told that somebody was chosen: the notice's own trigger."""
    OFFERED = "offered"
    """The applicant was told that they themselves were chosen."""
    WITHDRAWN = "withdrawn"
    """The applicant took the application back."""
    REJECTED = "rejected"
    FILLED = "filled"
    """Somebody was hired for the position."""
    CANCELLED = "cancelled"
    """The position was given up: nobody was chosen."""
    CLOSED = "closed"
    HIRED = "hired"
    ACTIVITY = "activity"
    CONSENT_ASKED = "consent_asked"
    CONSENT_GIVEN = "consent_given"
    CONSENT_UNTIL = "consent_until"
    """End of a consent to keep the data longer (talent pool)."""
    CONSENT_WITHDRAWN = "consent_withdrawn"
    HOLD = "hold"
    """Start of a legal hold (claim pending)."""
    HOLD_RELEASED = "hold_released"
    HOLD_REVIEW = "hold_review"
    """Until then somebody wanted to look at it again."""
    ERASURE_REQUESTED = "erasure_requested"
    ACCESS_REQUESTED = "access_requested"
    RIGHT_USED = "right_used"
    """Another right was used: rectification, restriction, objection, portability."""
    IDENTITY_CONFIRMED = "identity_confirmed"
    """Who made a request was certain from now on."""
    EXTENDED = "extended"
    """The data subject was told that the answer takes up to two months more."""
    ANSWERED = "answered"
    """A data subject's request was answered."""
    DELETED = "deleted"
    """The source says itself that it deleted the record."""


@dataclass(frozen=True, slots=True)
class Source:
    """A configured system. Never holds credentials."""

    id: SourceId
    kind: str
    """The connector's kind: `folder`, `mbox`, `maildir`, `database`, `greenhouse` …"""
    name: str
    location: str
    """For people: a path or a URL without credentials."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One listable thing: a message, a file, a table, a candidate's record.

    The unit of listing, of skipping and of checkpoints. `path` is unique and stable within its
    source; an unchanged `fingerprint` means unchanged content.
    """

    source: SourceId
    path: str
    fingerprint: str
    modified: datetime | None = None
    """Aware, UTC. When the content last changed, as the source says."""
    size: int | None = None
    """Bytes."""
    token: str = ""
    """For the connector alone: how to find the asset again (an offset, a row id)."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Text small enough for a recognizer, and where it came from."""

    locator: Locator
    text: str = field(repr=False)
    label: str = ""
    """Column name, header name or field name that speaks about the text; empty for prose."""
    records: tuple[tuple[int, str], ...] = ()
    """For text joined from rows: (offset where a record begins, the record's name), ascending."""
    offset: int = 0
    """Where `text` begins in the part's whole text, in code points: long texts come in pieces."""


@dataclass(frozen=True, slots=True)
class Message:
    """The envelope of a mail. Addresses stay in the worker; only domains and hashes leave it."""

    locator: Locator
    sent_at: datetime | None
    sender: str = field(repr=False)
    recipients: tuple[str, ...] = field(repr=False)
    id: str = field(default="", repr=False)
    """`Message-ID`; empty without one."""
    answers: tuple[str, ...] = field(default=(), repr=False)
    """`In-Reply-To` and `References`: the ids of the messages before it in its thread."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated event of a candidacy, as the source states it."""

    kind: MilestoneKind
    at: datetime | None
    """None where the source says that it happened and not when: a status."""
    evidence: str
    """What says so: `applications.rejected_at`, `mail: selection notice` …"""
    application: str = ""
    """The source's id of the application; empty where there is none."""
    record: str = ""
    """The record inside the asset whose person it concerns; empty for the whole asset."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that was not examined, and why."""

    reason: SkipReason
    detail: str
    """A sentence for people, without scanned text."""
    locator: Locator = WHOLE


Content = Segment | Message | Milestone | Reference | Vacancy | Skip
"""What reading an asset yields."""


@dataclass(frozen=True, slots=True)
class Detection:
    """What one recognizer saw. Offsets, a mask and a keyed hash; never the value.

    `start` and `end` are Unicode code points in the segment's text, end exclusive.
    """

    entity: str
    category: str
    start: int
    end: int
    confidence: float
    recognizer: str
    evidence: tuple[str, ...]
    key: str
    """Keyed hash of the normalised value, hex; empty where equality means nothing."""
    mask: str
    parts: tuple[str, ...] = ()
    """Keyed hashes of a name's words, where it has several: each as the key of a name alone. `*`
    for a name that is a given name and no surname."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is stored and shown: the detections of one entity in one place."""

    locator: Locator
    label: str
    entity: str
    category: str
    count: int
    distinct: int
    """Distinct keyed hashes among them; at most `count`."""
    confidence: float
    """The best of them."""
    recognizer: str
    evidence: tuple[str, ...]
    samples: tuple[str, ...]
    """Masked, at most three."""
    share: float | None = None
    """In a table's column: the part of its non-empty values that are of the entity."""
    share_at_least: float | None = None
    """The share's lower bound at 95 %."""
    sample: int | None = None
    """The number of values that the share is of."""
    hit: Locator = WHOLE
    """Where the surest stands, to the row or the line; empty where nothing finer is known."""

    @property
    def place(self) -> Locator:
        """Give the finest place that is known."""
        return self.hit or self.locator


@dataclass(frozen=True, slots=True)
class Identifier:
    """The keyed hash of a value that names a person, and where it stands."""

    entity: str
    key: str
    record: str
    """The file, page of people, entry or row inside the asset that it stands in, by the text of its
    locator; empty for the whole asset."""
    role: str
    """`subject` for a value in content, `own` for the organisation's own address and who writes
    from it, `sender` or `recipient` for everybody else on a mail's envelope."""
    hit: Locator = field(default=WHOLE, compare=False)
    """Where it stands first; empty where an asset has very many, and only `record` says it."""
    parts: tuple[str, ...] = ()
    """As in `Detection`."""


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody whom a label, a column, a header or a file name names: looked for everywhere."""

    key: str
    """Keyed hash of the name, as that of a PERSON's `Identifier`."""
    outline: str
    """Keyed hash of the beginnings of its words, which a text is first searched for."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Personal data seen going to an outside domain."""

    domain: str
    channel: str
    """`mail`, `link` …"""
    categories: tuple[str, ...]
    """What went with it, sorted."""
    at: datetime | None
    addresses: tuple[str, ...] = ()
    """Keyed hashes of the addresses there: a letter to the applicant is no disclosure."""


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything that the contents of one asset gave."""

    sightings: tuple[Sighting, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    named: tuple[NamedPerson, ...] = ()
    flows: tuple[Flow, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    links: tuple[Link, ...] = ()
    topics: tuple[Topic, ...] = ()
    positions: tuple[Position, ...] = ()
    skips: tuple[Skip, ...] = ()
    characters: int = 0
    """Of text examined."""


MOST_NAMED = 200_000
"""People who are looked for in other text; whoever is beyond is told to be left out."""


@dataclass(frozen=True, slots=True)
class AssetResult:
    """One asset and what it gave; what the engine writes in one transaction."""

    asset: Asset
    coverage: Coverage
    examination: Examination = Examination()
    readers: tuple[str, ...] = ()
    """Who can read the asset, in the source's words; `everyone` for no restriction."""
    digest: str = ""
    """Keyed hash of the asset's bytes, where a scan verifies contents and the source gives them."""
    is_unchanged: bool = False
    """Its bytes are those that were examined before: nothing else is in this result."""

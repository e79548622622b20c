"""What a scan saw, summed up as values that judgement and reports work on."""

from dataclasses import dataclass
from datetime import datetime

from scanner.locator import WHOLE, Locator
from scanner.model import Coverage, Flow, Identifier, MilestoneKind, Sighting, Skip, Source
from scanner.relations import Link, Position

LISTED = "lists:"
"""With what the source of a row begins that stands in a list of the organisation's own: evidence,
and no copy. No source is called so."""


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """One source and how much of it was examined."""

    source: Source
    assets: int
    examined: int
    partial: int
    skipped: int
    sightings: int
    characters: int
    error: str = ""
    """Why the source could not be listed to its end; empty where it was."""
    is_listed: bool = True
    """Whether the last run came to its end; if not, how far is in `reached`."""
    reached: int = 0
    """Assets that the last run examined or found unchanged; the others are from earlier runs."""


@dataclass(frozen=True, slots=True)
class Unexamined:
    """How much of a source of the last run was not examined."""

    source: str
    skipped: int
    partial: int
    error: str
    """Why the source could not be listed to its end; empty where it was."""

    def __bool__(self) -> bool:
        return bool(self.skipped or self.partial or self.error)


@dataclass(frozen=True, slots=True)
class CategorySummary:
    """One entity of one category in one source."""

    source: str
    category: str
    entity: str
    assets: int
    count: int
    distinct: int
    """Distinct values in the source, by keyed hash."""
    confidence: float
    example: str
    """Path of the asset that holds most of them."""
    sample: str
    """One masked value."""
    place: Locator = WHOLE
    """Where in the example it stands."""


@dataclass(frozen=True, slots=True)
class FlowSummary:
    """What was seen going from one source to one outside domain."""

    source: str
    domain: str
    channel: str
    messages: int
    categories: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    example: str
    """Path of the asset that went with most categories."""
    place: Locator = WHOLE
    """Where in the example some of it stands."""


@dataclass(frozen=True, slots=True)
class SkippedAsset:
    """One entry of the coverage ledger."""

    source: str
    asset: str
    coverage: Coverage
    skip: Skip


@dataclass(frozen=True, slots=True)
class AssetSighting:
    """One sighting and where it lies."""

    source: str
    asset: str
    modified: datetime | None
    sighting: Sighting


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One scan."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    version: str


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A milestone of a candidacy."""

    kind: MilestoneKind
    at: datetime | None
    evidence: str
    application: str
    source: str = ""
    asset: str = ""
    record: str = ""
    """With the two above, where it was seen; empty while it is told with its record."""

    @property
    def is_listed(self) -> bool:
        """Say whether a list of the organisation's own says it."""
        return self.source.startswith(LISTED)


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """One record of an asset: a message, an attachment, a row, an entry; and all that ties it."""

    source: str
    asset: str
    record: str
    """The text of its locator; empty for the whole asset."""
    modified: datetime | None
    people: tuple[Identifier, ...] = ()
    documents: tuple[str, ...] = ()
    """Categories that it is a document of: `recruitment.cv`."""
    links: tuple[Link, ...] = ()
    words: tuple[str, ...] = ()
    """As in `Topic`."""
    path: tuple[str, ...] = ()
    """As in `Topic`."""
    at: datetime | None = None
    """When it was sent, of a message."""
    names: tuple[str, ...] = ()
    """As in `Topic`."""
    position: Position | None = None
    events: tuple[DatedEvent, ...] = ()

    @property
    def is_listed(self) -> bool:
        """Say whether it is a row of a list of the organisation's own: no copy."""
        return self.source.startswith(LISTED)


MOST_PLACES = 5
"""Of one entity in one asset that judgement is told."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where in an asset an entity was seen."""

    category: str
    entity: str
    locator: Locator
    count: int
    """In the part, page or column that the place is in."""


@dataclass(frozen=True, slots=True)
class AssetRecord:
    """One asset and everything that judgement needs of it."""

    source: str
    path: str
    modified: datetime | None
    readers: tuple[str, ...]
    entities: tuple[tuple[str, str, int], ...]
    """(category, entity, distinct values), sorted."""
    people: tuple[Identifier, ...]
    flows: tuple[Flow, ...]
    places: tuple[Occurrence, ...] = ()
    """Of each entity the surest, at most `MOST_PLACES`; by category and entity."""


@dataclass(frozen=True, slots=True)
class AssetHoldings:
    """What one asset holds, in numbers, and who can read it."""

    source: str
    path: str
    modified: datetime | None
    readers: tuple[str, ...]
    categories: tuple[str, ...]
    """Keys of the categories that were seen, sorted."""
    keys: tuple[tuple[str, int], ...]
    """(entity, distinct keyed hashes) of what names people in it; the organisation's own address
    is not counted."""

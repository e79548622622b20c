"""The catalog's tables. No column holds a scanned value: masks, keyed hashes, counts and places."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

VERSION = 9
"""A change of a table makes the next one, with a step in `migrations/versions`."""
TOOL = "0.1.0"
"""The first Kartta that reads this version: what an older one tells its user to take."""
APPLICATION = 0x6B617274
"""What SQLite files say whose they are by (`PRAGMA application_id`)."""
EARLIER = "former_key:"
"""Before the check value of an earlier key, in `meta`; behind it its end, and its last run."""
META = [{"key": "version", "value": str(VERSION)}, {"key": "tool", "value": TOOL}]
"""What the table `meta` holds."""

metadata = MetaData()


class Utc(TypeDecorator[datetime]):
    """An aware time. SQLite keeps no zone, so UTC goes in and UTC comes out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware time into UTC."""
        del dialect
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Mark what comes back as UTC."""
        del dialect
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)


# SQLite counts up only a plain INTEGER key.
_Id = BigInteger().with_variant(Integer, "sqlite")


def _of_asset() -> Column[int]:
    return Column(
        "asset_id", _Id, ForeignKey("assets.id", ondelete="CASCADE"), nullable=False, index=True
    )


meta = Table("meta", metadata, Column("key", String(64), primary_key=True), Column("value", Text))

runs = Table(
    "runs",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("started_at", Utc, nullable=False),
    Column("finished_at", Utc),
    Column("version", String(32), nullable=False),
    # What was asked for: a run is resumed only by the same sources and settings.
    Column("digest", String(64), nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kind", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("location", Text, nullable=False),
    Column("run_id", _Id, ForeignKey("runs.id"), nullable=False),
    # Opaque text of the connector; empty when the listing came to its end.
    Column("checkpoint", Text, nullable=False, default=""),
    Column("listed", Integer, nullable=False, default=0),
    Column("error", Text, nullable=False, default=""),
)

assets = Table(
    "assets",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("source_id", String(64), ForeignKey("sources.id"), nullable=False),
    Column("path", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    # Version and settings of the detectors that saw it: other ones look again.
    Column("detectors", String(64), nullable=False),
    Column("modified", Utc),
    Column("size", BigInteger),
    Column("readers", JSON, nullable=False),
    Column("coverage", String(16), nullable=False),
    Column("characters", BigInteger, nullable=False),
    Column("run_id", _Id, ForeignKey("runs.id"), nullable=False, index=True),
    UniqueConstraint("source_id", "path"),
)

digests = Table(
    "digests",
    metadata,
    # Only of assets whose bytes a scan was asked to verify.
    Column(
        "asset_id",
        _Id,
        ForeignKey("assets.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    # Keyed: a plain one of a short file tells what is in it.
    Column("digest", String(64), nullable=False),
)

sightings = Table(
    "sightings",
    metadata,
    Column("id", _Id, primary_key=True),
    _of_asset(),
    Column("locator", JSON, nullable=False),
    Column("label", Text, nullable=False),
    Column("entity", String(64), nullable=False),
    Column("category", String(64), nullable=False, index=True),
    Column("count", BigInteger, nullable=False),
    Column("distinct", BigInteger, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("recognizer", String(128), nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("samples", JSON, nullable=False),
    # Of a column of a table only.
    Column("share", Float),
    Column("share_at_least", Float),
    Column("sample", BigInteger),
    # To the row or the line; nothing in what an older version saw.
    Column("hit", JSON),
)

identifiers = Table(
    "identifiers",
    metadata,
    Column("id", _Id, primary_key=True),
    _of_asset(),
    Column("entity", String(64), nullable=False),
    Column("key", String(32), nullable=False),
    Column("record", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("hit", JSON),
    # Of a name's words; nothing in what an older version saw.
    Column("parts", JSON),
    Index("ix_identifiers_key", "key"),
)

named = Table(
    "named",
    metadata,
    Column("id", _Id, primary_key=True),
    _of_asset(),
    # Of whom a label, a column, a header or a file name names: looked for everywhere.
    Column("key", String(32), nullable=False),
    Column("outline", String(32), nullable=False),
)

flows = Table(
    "flows",
    metadata,
    Column("id", _Id, primary_key=True),
    _of_asset(),
    Column("domain", Text, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("categories", JSON, nullable=False),
    Column("at", Utc),
    Column("addresses", JSON, nullable=False),
)

milestones = Table(
    "milestones",
    metadata,
    Column("id", _Id, primary_key=True),
    _of_asset(),
    Column("kind", String(32), nullable=False),
    # Nothing where the source says that it happened and not when.
    Column("at", Utc),
    Column("evidence", Text, nullable=False),
    Column("application", Text, nullable=False),
    Column("record", Text, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("id", _Id, primary_key=True),
    _of_asset(),
    Column("kind", String(16), nullable=False),
    # Of a row's key, a message's id: equal ones mean the same thing.
    Column("key", String(32), nullable=False),
    Column("record", Text, nullable=False),
)

topics = Table(
    "topics",
    metadata,
    Column("id", _Id, primary_key=True),
    _of_asset(),
    Column("record", Text, nullable=False),
    # Keyed and short: which position a text may be about, and nothing else.
    Column("words", JSON, nullable=False),
    Column("path", JSON, nullable=False),
    Column("at", Utc),
    Column("names", JSON, nullable=False),
)

positions = Table(
    "positions",
    metadata,
    Column("id", _Id, primary_key=True),
    _of_asset(),
    Column("record", Text, nullable=False),
    Column("code", String(16), nullable=False),
    Column("title", JSON, nullable=False),
    Column("opened", Utc),
    Column("closed", Utc),
    Column("outcome", String(16), nullable=False),
)

skips = Table(
    "skips",
    metadata,
    Column("id", _Id, primary_key=True),
    _of_asset(),
    Column("reason", String(16), nullable=False),
    Column("detail", Text, nullable=False),
    Column("locator", JSON, nullable=False),
)

departed = Table(
    "departed",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("source_id", String(64), ForeignKey("sources.id", ondelete="CASCADE"), nullable=False),
    # Of a value that stood in an asset which the source no longer lists: a deletion, seen.
    Column("entity", String(64), nullable=False),
    Column("key", String(32), nullable=False),
    # Check value of the key that the hash is of, where that is an earlier one.
    Column("key_check", String(64)),
    UniqueConstraint("source_id", "entity", "key"),
)

judgements = Table(
    "judgements",
    metadata,
    # When, for which day and by which rules a run was judged, and what that came to.
    Column("run_id", _Id, ForeignKey("runs.id"), primary_key=True, autoincrement=False),
    Column("judged_at", Utc, nullable=False),
    Column("judged_on", Date, nullable=False),
    Column("rules", JSON, nullable=False),
    Column("forms", String(16), nullable=False),
    # Of which key the findings' ids are: those of another one are other findings.
    Column("key", String(16), nullable=False),
    Column("violated", BigInteger, nullable=False),
    Column("unknown", BigInteger, nullable=False),
    Column("waived", BigInteger, nullable=False),
    Column("new", BigInteger, nullable=False),
    Column("back", BigInteger, nullable=False),
    Column("gone", BigInteger, nullable=False),
)

standing = Table(
    "standing",
    metadata,
    # One row for each stretch of judged runs in which a finding stood, and stood the same: its id
    # and that of its place are keyed hashes, and its words are not kept.
    Column("id", _Id, primary_key=True),
    Column("finding", String(32), nullable=False, index=True),
    Column("rule", String(16), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("source", String(64), nullable=False),
    Column("place", String(16), nullable=False),
    Column("first_run", _Id, nullable=False),
    Column("first_seen", Date, nullable=False),
    Column("from_run", _Id, nullable=False),
    Column("to_run", _Id, nullable=False, index=True),
    # The last run that looked: later ones took it for still there, since they could not.
    Column("seen_run", _Id, nullable=False),
)

OF_ASSET = (
    sightings,
    identifiers,
    named,
    flows,
    milestones,
    links,
    topics,
    positions,
    skips,
)
"""What an asset's result consists of, replaced whole when the asset is read again."""

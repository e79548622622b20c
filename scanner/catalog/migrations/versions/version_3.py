"""The first version that later tools can read: what sources named people and told of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table("meta", _key("key", sa.String(64)), sa.Column("value", sa.Text()))
    op.create_table(
        "runs",
        _key("id", _ID),
        _moment("started_at", nullable=False),
        _moment("finished_at"),
        _text("version", 32),
        _text("digest", 64),
    )
    op.create_table(
        "sources",
        _key("id", sa.String(64)),
        _text("kind", 64),
        _text("name"),
        _text("location"),
        _number("run_id", _ID),
        _text("checkpoint"),
        _number("listed", sa.Integer()),
        _text("error"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"]),
    )
    op.create_table(
        "assets",
        _key("id", _ID),
        _text("source_id", 64),
        _text("path"),
        _text("fingerprint"),
        _text("detectors", 64),
        _moment("modified"),
        sa.Column("size", sa.BigInteger()),
        _list("readers"),
        _text("coverage", 16),
        _number("characters"),
        _number("run_id", _ID),
        sa.UniqueConstraint("source_id", "path"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"]),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"]),
    )
    op.create_index("ix_assets_run_id", "assets", ["run_id"])
    _of_asset(
        "findings",
        _list("locator"),
        _text("label"),
        _text("entity", 64),
        _text("category", 64),
        _number("count"),
        _number("distinct"),
        sa.Column("confidence", sa.Float(), nullable=False),
        _text("recognizer", 128),
        _list("evidence"),
        _list("samples"),
        sa.Column("share", sa.Float()),
        sa.Column("share_at_least", sa.Float()),
        sa.Column("sample", sa.BigInteger()),
    )
    op.create_index("ix_findings_category", "findings", ["category"])
    _of_asset(
        "identifiers", _text("entity", 64), _text("key", 32), _text("record"), _text("role", 16)
    )
    op.create_index("ix_identifiers_key", "identifiers", ["key"])
    _of_asset("named", _text("key", 32), _text("outline", 32))
    _of_asset(
        "flows",
        _text("domain"),
        _text("channel", 16),
        _list("categories"),
        _moment("at"),
        _list("addresses"),
    )
    _of_asset(
        "milestones",
        _text("kind", 16),
        _moment("at", nullable=False),
        _text("evidence"),
        _text("application"),
        _text("record"),
    )
    _of_asset("skips", _text("reason", 16), _text("detail"), _list("locator"))
    op.create_table(
        "departed",
        _key("id", _ID),
        _text("source_id", 64),
        _text("entity", 64),
        _text("key", 32),
        sa.UniqueConstraint("source_id", "entity", "key"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], ondelete="CASCADE"),
    )


def _of_asset(name: str, *parts: sa.Column[Any]) -> None:
    """Make a table of what was seen in assets; it goes with them."""
    op.create_table(
        name,
        _key("id", _ID),
        _number("asset_id", _ID),
        *parts,
        sa.ForeignKeyConstraint(["asset_id"], ["assets.id"], ondelete="CASCADE"),
    )
    op.create_index(f"ix_{name}_asset_id", name, ["asset_id"])


def _key(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, nullable=False)


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def _number(name: str, kind: sa.types.TypeEngine[int] | None = None) -> sa.Column[int]:
    return sa.Column(name, kind or sa.BigInteger(), nullable=False)


def _list(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)

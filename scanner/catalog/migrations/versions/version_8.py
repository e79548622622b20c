"""What ties records together: rows to rows, answers to mails, places to positions."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

from scanner.catalog.schema import Utc

revision = "8"
down_revision = "7"


def upgrade() -> None:
    """Add the tables, empty until assets are read again, and room for events without a day."""
    is_sqlite = op.get_context().dialect.name == "sqlite"
    how: Literal["always", "never"] = "always" if is_sqlite else "never"
    with op.batch_alter_table("identifiers", recreate=how) as changed:
        changed.add_column(sa.Column("parts", sa.JSON))
    with op.batch_alter_table("milestones", recreate=how) as changed:
        changed.alter_column("kind", type_=sa.String(32), existing_type=sa.String(16))
        changed.alter_column("at", nullable=True, existing_type=Utc())
    _create(
        "links",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    _create(
        "topics",
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sa.Column("path", sa.JSON, nullable=False),
        sa.Column("at", Utc()),
        sa.Column("names", sa.JSON, nullable=False),
    )
    _create(
        "positions",
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("title", sa.JSON, nullable=False),
        sa.Column("opened", Utc()),
        sa.Column("closed", Utc()),
        sa.Column("outcome", sa.String(16), nullable=False),
    )


def _create(name: str, *columns: "sa.Column[object]") -> None:
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        name,
        sa.Column("id", number, nullable=False),
        sa.Column("asset_id", number, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["asset_id"], ["assets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(f"ix_{name}_asset_id", name, ["asset_id"])

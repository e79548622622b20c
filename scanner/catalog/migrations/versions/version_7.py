"""A hash of what was deleted says of which key it is, once that key is no longer used."""

import sqlalchemy as sa
from alembic import op

revision = "7"
down_revision = "6"


def upgrade() -> None:
    """Add the column; what is there is taken for the key in use, as it was until now."""
    added = sa.Column("key_check", sa.String(64))
    if op.get_context().dialect.name != "sqlite":
        op.add_column("departed", added)
        return
    # SQLite would put a column behind the keys, and alembic those in any order.
    op.rename_table("departed", "departed_before")
    op.create_table(
        "departed",
        sa.Column("id", sa.Integer, primary_key=True, nullable=False),
        sa.Column("source_id", sa.String(64), nullable=False),
        sa.Column("entity", sa.String(64), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        added,
        sa.UniqueConstraint("source_id", "entity", "key"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], ondelete="CASCADE"),
    )
    op.execute(
        "INSERT INTO departed (id, source_id, entity, key)"
        " SELECT id, source_id, entity, key FROM departed_before"
    )
    op.drop_table("departed_before")

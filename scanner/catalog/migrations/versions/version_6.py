"""A digest of an asset's bytes, to be compared later; and a file that says whose it is."""

import sqlalchemy as sa
from alembic import op

revision = "6"
down_revision = "5"


def upgrade() -> None:
    """Add the table, which is empty until a scan verifies contents; mark an SQLite file as ours."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "digests",
        sa.Column("asset_id", number, nullable=False, autoincrement=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["assets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("asset_id"),
    )
    if op.get_context().dialect.name == "sqlite":
        op.execute("PRAGMA application_id = 1801548404")

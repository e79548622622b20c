"""Findings are remembered from run to run: where they stood, by their ids alone."""

import sqlalchemy as sa
from alembic import op

revision = "9"
down_revision = "8"


def upgrade() -> None:
    """Add the tables, which are empty until a scan has been judged."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "judgements",
        sa.Column("run_id", number, nullable=False, autoincrement=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_on", sa.Date, nullable=False),
        sa.Column("rules", sa.JSON, nullable=False),
        sa.Column("forms", sa.String(16), nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        *(
            sa.Column(name, sa.BigInteger, nullable=False)
            for name in ("violated", "unknown", "waived", "new", "back", "gone")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"]),
        sa.PrimaryKeyConstraint("run_id"),
    )
    op.create_table(
        "standing",
        sa.Column("id", number, nullable=False),
        sa.Column("finding", sa.String(32), nullable=False),
        sa.Column("rule", sa.String(16), nullable=False),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("place", sa.String(16), nullable=False),
        sa.Column("first_run", number, nullable=False),
        sa.Column("first_seen", sa.Date, nullable=False),
        sa.Column("from_run", number, nullable=False),
        sa.Column("to_run", number, nullable=False),
        sa.Column("seen_run", number, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("finding", "to_run"):
        op.create_index(f"ix_standing_{column}", "standing", [column])

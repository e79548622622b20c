"""A sighting and an identifier say where they stand, to the row or the line."""

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Add the places; what was seen before has none until it is read again."""
    # SQLite would put a column behind the keys: there the table is made anew.
    is_sqlite = op.get_context().dialect.name == "sqlite"
    for table in ("sightings", "identifiers"):
        with op.batch_alter_table(table, recreate="always" if is_sqlite else "never") as changed:
            changed.add_column(sa.Column("hit", sa.JSON))

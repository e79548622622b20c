"""What recognizers saw is called a sighting: the table and all that bears its name."""

from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Rename the table; every row stays where it is."""
    op.rename_table("findings", "sightings")
    if op.get_context().dialect.name == "postgresql":
        for index in ("findings_pkey", "ix_findings_asset_id", "ix_findings_category"):
            op.execute(f"ALTER INDEX {index} RENAME TO {index.replace('findings', 'sightings')}")
        op.execute("ALTER SEQUENCE findings_id_seq RENAME TO sightings_id_seq")
        op.execute(
            "ALTER TABLE sightings"
            " RENAME CONSTRAINT findings_asset_id_fkey TO sightings_asset_id_fkey"
        )
        return
    for column in ("asset_id", "category"):  # SQLite renames no index
        op.drop_index(f"ix_findings_{column}", "sightings")
        op.create_index(f"ix_sightings_{column}", "sightings", [column])

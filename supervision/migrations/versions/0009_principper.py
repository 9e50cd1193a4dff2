"""local principles on fokuspunkter, the emneliste, and what a group agreed in plenum"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import supervision.db


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

IN_USE = sa.text("ude_at IS NULL")


def upgrade() -> None:

    _make_princip()
    _make_plenumaftale()
    _tag_fokuspunkter()
    op.execute("ALTER TABLE samtale ADD COLUMN emner JSON DEFAULT '[]' NOT NULL")


def downgrade() -> None:

    op.drop_column("samtale", "emner")
    op.drop_column("fokuspunkt", "princip_tekst")  # first: its check names the other
    op.drop_column("fokuspunkt", "princip_id")
    op.drop_index("ix_plenumaftale_gruppe_id", table_name="plenumaftale")
    op.drop_table("plenumaftale")
    op.drop_index("uq_princip_i_brug", table_name="princip")
    op.drop_index("ix_princip_organisation_id", table_name="princip")
    op.drop_table("princip")


def _make_princip() -> None:
    op.create_table(
        "princip",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("tekst", sa.String(length=120), nullable=False),
        sa.Column("forklaring", sa.String(length=300), nullable=False),
        sa.Column("oprettet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("oprettet_af", sa.Uuid(), nullable=False),
        sa.Column("aendret_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ude_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ude_af", sa.Uuid(), nullable=True),
        sa.CheckConstraint("tekst <> ''", name=op.f("ck_princip_tekst")),
        sa.CheckConstraint("nr >= 1", name=op.f("ck_princip_nr")),
        sa.CheckConstraint("(ude_at IS NULL) = (ude_af IS NULL)", name=op.f("ck_princip_ude")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_princip_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_princip")),
    )
    op.create_index("ix_princip_organisation_id", "princip", ["organisation_id"])
    op.create_index(
        "uq_princip_i_brug",
        "princip",
        ["organisation_id", "tekst"],
        unique=True,
        sqlite_where=IN_USE,
        postgresql_where=IN_USE,
    )


def _make_plenumaftale() -> None:
    op.create_table(
        "plenumaftale",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gruppe_id", sa.Uuid(), nullable=False),
        sa.Column("tekst", sa.String(length=500), nullable=False),
        sa.Column("aftalt", sa.Date(), nullable=False),
        sa.Column("skrevet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("skrevet_af", sa.Uuid(), nullable=False),
        sa.Column("aendret_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("fortsat", sa.Date(), nullable=True),
        sa.Column("slut", sa.Date(), nullable=True),
        sa.Column("udfald", sa.String(length=20), nullable=True),
        sa.CheckConstraint("tekst <> ''", name=op.f("ck_plenumaftale_tekst")),
        sa.CheckConstraint("fortsat IS NULL OR fortsat >= aftalt", name=op.f("ck_plenumaftale_fortsat")),
        sa.CheckConstraint("slut IS NULL OR slut >= aftalt", name=op.f("ck_plenumaftale_slut")),
        sa.CheckConstraint("slut IS NULL OR fortsat IS NULL OR slut >= fortsat", name=op.f("ck_plenumaftale_orden")),
        sa.CheckConstraint(
            "(slut IS NULL AND udfald IS NULL) OR (slut IS NOT NULL AND udfald IN ('gjort', 'droppet'))",
            name=op.f("ck_plenumaftale_udfald"),
        ),
        sa.ForeignKeyConstraint(
            ["gruppe_id"], ["laeringsgruppe.id"], name=op.f("fk_plenumaftale_gruppe_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["skrevet_af"], ["person.id"], name=op.f("fk_plenumaftale_skrevet_af")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plenumaftale")),
    )
    op.create_index("ix_plenumaftale_gruppe_id", "plenumaftale", ["gruppe_id"])


def _tag_fokuspunkter() -> None:
    """No batch: a rebuild of the table would lose its other checks on SQLite."""
    uuid = "CHAR(32)" if op.get_bind().dialect.name == "sqlite" else "UUID"
    op.execute(
        f"ALTER TABLE fokuspunkt ADD COLUMN princip_id {uuid}"
        " CONSTRAINT fk_fokuspunkt_princip_id REFERENCES princip (id)"
    )
    op.execute(
        "ALTER TABLE fokuspunkt ADD COLUMN princip_tekst VARCHAR(120)"
        " CONSTRAINT ck_fokuspunkt_princip CHECK ((princip_id IS NULL) = (princip_tekst IS NULL))"
    )

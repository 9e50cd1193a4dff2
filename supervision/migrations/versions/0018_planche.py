"""what is written together at a meeting"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

LYKKES = "'fortsaet', 'mere', 'nyt', 'stop'"
FELTER = f"'proevet', 'laert', 'oevet', 'instruktion', 'aktionslaering', {LYKKES}"


def upgrade() -> None:
    op.create_table(
        "sammen_nr",
        sa.Column("moede_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.CheckConstraint("nr >= 0", name=op.f("ck_sammen_nr_nr")),
        sa.ForeignKeyConstraint(
            ["moede_id"], ["moede.id"], name=op.f("fk_sammen_nr_moede_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("moede_id", name=op.f("pk_sammen_nr")),
    )
    op.create_table(
        "sammen_handling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moede_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["moede_id"], ["moede.id"], name=op.f("fk_sammen_handling_moede_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sammen_handling")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sammen_handling_moede_id", "sammen_handling", ["moede_id"])
    _create_seddel()
    _create_tjek_ud()


def _create_seddel() -> None:
    op.create_table(
        "seddel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moede_id", sa.Uuid(), nullable=False),
        sa.Column("felt", sa.String(length=20), nullable=False),
        sa.Column("tekst", sa.String(length=300), nullable=False),
        sa.Column("udgave", sa.Integer(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("oprettet_nr", sa.Integer(), nullable=False),
        sa.Column("plads", sa.Integer(), nullable=False),
        sa.Column("taget", sa.Boolean(), nullable=False),
        sa.Column("sideloeb_til", sa.Uuid(), nullable=True),
        sa.Column("ejer_id", sa.Uuid(), nullable=True),
        sa.Column("ejer_alle", sa.Boolean(), nullable=False),
        sa.Column("ejer_ja_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("plenumaftale_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(f"felt IN ({FELTER})", name=op.f("ck_seddel_felt")),
        sa.CheckConstraint("tekst <> ''", name=op.f("ck_seddel_tekst")),
        sa.CheckConstraint("udgave >= 1", name=op.f("ck_seddel_udgave")),
        sa.CheckConstraint(
            f"(ejer_id IS NULL AND NOT ejer_alle) OR (felt IN ({LYKKES})"
            " AND NOT (ejer_alle AND ejer_id IS NOT NULL))",
            name=op.f("ck_seddel_ejer"),
        ),
        sa.CheckConstraint("ejer_ja_at IS NULL OR ejer_id IS NOT NULL", name=op.f("ck_seddel_ja")),
        sa.ForeignKeyConstraint(
            ["moede_id"], ["moede.id"], name=op.f("fk_seddel_moede_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ejer_id"], ["person.id"], name=op.f("fk_seddel_ejer_id")),
        sa.ForeignKeyConstraint(
            ["plenumaftale_id"],
            ["plenumaftale.id"],
            name=op.f("fk_seddel_plenumaftale_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seddel")),
    )
    op.create_index("ix_seddel_moede_id_nr", "seddel", ["moede_id", "nr"])
    op.create_index("ix_seddel_ejer_id", "seddel", ["ejer_id"])
    op.create_index("ix_seddel_plenumaftale_id", "seddel", ["plenumaftale_id"])


def _create_tjek_ud() -> None:
    op.create_table(
        "tjek_ud",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moede_id", sa.Uuid(), nullable=False),
        sa.Column("boks", sa.String(length=20), nullable=False),
        sa.Column("tekst", sa.String(length=300), nullable=False),
        sa.Column("forfatter_id", sa.Uuid(), nullable=True),
        sa.Column("kvittering", sa.String(length=64), nullable=False),
        sa.Column("vist", sa.Boolean(), nullable=False),
        sa.Column("taget_op", sa.Date(), nullable=True),
        sa.CheckConstraint("boks IN ('yes', 'tak', 'aha', 'men')", name=op.f("ck_tjek_ud_boks")),
        sa.CheckConstraint("tekst <> ''", name=op.f("ck_tjek_ud_tekst")),
        sa.CheckConstraint("taget_op IS NULL OR boks = 'men'", name=op.f("ck_tjek_ud_taget_op")),
        sa.ForeignKeyConstraint(
            ["moede_id"], ["moede.id"], name=op.f("fk_tjek_ud_moede_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["forfatter_id"], ["person.id"], name=op.f("fk_tjek_ud_forfatter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tjek_ud")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tjek_ud_moede_id", "tjek_ud", ["moede_id"])
    op.create_index("ix_tjek_ud_forfatter_id", "tjek_ud", ["forfatter_id"])


def downgrade() -> None:
    for table in ("tjek_ud", "seddel", "sammen_handling", "sammen_nr"):
        op.drop_table(table)

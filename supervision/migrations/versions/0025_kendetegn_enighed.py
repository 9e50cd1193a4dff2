"""kendetegn that are hard to agree on, and what a published quarter's readers knew"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE effekttal SET maal = 'job_pr_uge' WHERE maal = 'joeb_pr_uge'")
    op.create_table(
        "kendetegn_enighed",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kode", sa.String(length=80), nullable=False),
        sa.Column("samtaler", sa.Integer(), nullable=False),
        sa.Column("observatoerer", sa.Integer(), nullable=False),
        sa.Column("kryds", sa.Integer(), nullable=False),
        sa.Column("enighed", sa.Integer(), nullable=False),
        sa.Column("uden_en", sa.Integer(), nullable=False),
        sa.Column("beregnet_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("samtaler >= 5", name=op.f("ck_kendetegn_enighed_samtaler")),
        sa.CheckConstraint("observatoerer >= 5", name=op.f("ck_kendetegn_enighed_k")),
        sa.CheckConstraint("kryds >= 20", name=op.f("ck_kendetegn_enighed_kryds")),
        sa.CheckConstraint("enighed BETWEEN 0 AND 100", name=op.f("ck_kendetegn_enighed_enighed")),
        sa.CheckConstraint("uden_en BETWEEN 0 AND 100", name=op.f("ck_kendetegn_enighed_uden_en")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_kendetegn_enighed_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "kode", name=op.f("pk_kendetegn_enighed")),
    )
    op.create_table(
        "udgivet_kendskab",
        sa.Column("udgivelse_id", sa.Uuid(), nullable=False),
        sa.Column("seer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["udgivelse_id"],
            ["udgivelse.id"],
            name=op.f("fk_udgivet_kendskab_udgivelse_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["seer_id"], ["person.id"], name=op.f("fk_udgivet_kendskab_seer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_udgivet_kendskab_person_id")),
        sa.PrimaryKeyConstraint("udgivelse_id", "seer_id", "person_id", name=op.f("pk_udgivet_kendskab")),
    )
    op.create_index(op.f("ix_udgivet_kendskab_seer_id"), "udgivet_kendskab", ["seer_id"])
    op.create_index(op.f("ix_udgivet_kendskab_person_id"), "udgivet_kendskab", ["person_id"])


def downgrade() -> None:
    op.drop_table("udgivet_kendskab")
    op.drop_table("kendetegn_enighed")
    op.execute("UPDATE effekttal SET maal = 'joeb_pr_uge' WHERE maal = 'job_pr_uge'")

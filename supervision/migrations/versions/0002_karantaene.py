"""events that came too late or to nowhere are put aside"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import supervision.db


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "karantaene",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kontrakt_id", sa.Uuid(), nullable=False),
        sa.Column("haendelse_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("t_ms", sa.Integer(), nullable=False),
        sa.Column("spor", sa.String(length=40), nullable=False),
        sa.Column("kode", sa.Text(), nullable=False),
        sa.Column("grund", sa.String(length=20), nullable=False),
        sa.Column("startet_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("modtaget_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("nr >= 0", name=op.f("ck_karantaene_nr")),
        sa.CheckConstraint("t_ms >= 0", name=op.f("ck_karantaene_t_ms")),
        sa.CheckConstraint(
            "grund IN ('overdraget', 'fremmed', 'trukket', 'ikke_klar')", name=op.f("ck_karantaene_grund")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_karantaene_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_karantaene_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_karantaene")),
        sa.UniqueConstraint(
            "person_id",
            "kontrakt_id",
            "haendelse_id",
            name=op.f("uq_karantaene_person_id_kontrakt_id_haendelse_id"),
        ),
    )
    with op.batch_alter_table("karantaene", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_karantaene_modtaget_at"), ["modtaget_at"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("karantaene", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_karantaene_modtaget_at"))

    op.drop_table("karantaene")

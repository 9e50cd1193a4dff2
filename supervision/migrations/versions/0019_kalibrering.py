"""practice samtaler that are ticked together"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _kalibrering()
    _kalibrering_log()
    _kalibrering_haendelse()
    _foerste_dag()


def downgrade() -> None:
    for table in ("foerste_dag", "kalibrering_haendelse", "kalibrering_log", "kalibrering"):
        op.drop_table(table)


def _kalibrering() -> None:
    op.create_table(
        "kalibrering",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("manuskript", sa.String(40), nullable=False),
        sa.Column("udgave", sa.Integer(), nullable=False),
        sa.Column("gruppe_id", sa.Uuid(), nullable=True),
        sa.Column("kendetegn", sa.JSON(), nullable=True),
        sa.Column("tempo", sa.Integer(), nullable=False),
        sa.Column("oprettet_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("oprettet_af", sa.Uuid(), nullable=False),
        sa.Column("start_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("pauset_ms", sa.Integer(), nullable=True),
        sa.Column("slut_ms", sa.Integer(), nullable=True),
        sa.Column("vist_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("afbrudt_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("tempo IN (75, 100)", name=op.f("ck_kalibrering_tempo")),
        sa.CheckConstraint("pauset_ms IS NULL OR start_at IS NOT NULL", name=op.f("ck_kalibrering_pauset")),
        sa.CheckConstraint("slut_ms IS NULL OR (slut_ms >= 0 AND start_at IS NOT NULL)", name=op.f("ck_kalibrering_slut")),
        sa.CheckConstraint("vist_at IS NULL OR gruppe_id IS NOT NULL", name=op.f("ck_kalibrering_vist")),
        sa.ForeignKeyConstraint(["gruppe_id"], ["laeringsgruppe.id"], name=op.f("fk_kalibrering_gruppe_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["oprettet_af"], ["person.id"], name=op.f("fk_kalibrering_oprettet_af")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kalibrering")),
    )
    op.create_index(op.f("ix_kalibrering_gruppe_id"), "kalibrering", ["gruppe_id"])
    op.create_index(op.f("ix_kalibrering_oprettet_af"), "kalibrering", ["oprettet_af"])


def _kalibrering_log() -> None:
    op.create_table(
        "kalibrering_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kalibrering_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("aabnet_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("afsluttet_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("trukket_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["kalibrering_id"], ["kalibrering.id"], name=op.f("fk_kalibrering_log_kalibrering_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kalibrering_log_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kalibrering_log")),
        sa.UniqueConstraint("kalibrering_id", "person_id", name=op.f("uq_kalibrering_log_kalibrering_id_person_id")),
    )
    op.create_index(op.f("ix_kalibrering_log_person_id"), "kalibrering_log", ["person_id"])


def _kalibrering_haendelse() -> None:
    op.create_table(
        "kalibrering_haendelse",
        sa.Column("log_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("t_ms", sa.Integer(), nullable=False),
        sa.Column("spor", sa.String(40), nullable=False),
        sa.Column("kode", sa.Text(), nullable=False),
        sa.CheckConstraint("nr >= 0", name=op.f("ck_kalibrering_haendelse_nr")),
        sa.CheckConstraint("t_ms >= 0", name=op.f("ck_kalibrering_haendelse_t_ms")),
        sa.ForeignKeyConstraint(["log_id"], ["kalibrering_log.id"], name=op.f("fk_kalibrering_haendelse_log_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("log_id", "id", name=op.f("pk_kalibrering_haendelse")),
    )


def _foerste_dag() -> None:
    op.create_table(
        "foerste_dag",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kontrakt_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("kalibrering_id", sa.Uuid(), nullable=True),
        sa.Column("lykkedes", sa.Text(), nullable=False),
        sa.Column("iagttagelse", sa.Text(), nullable=False),
        sa.Column("oplevelse", sa.Text(), nullable=False),
        sa.Column("skrevet_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("skjult_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_foerste_dag_person_id")),
        sa.ForeignKeyConstraint(["kalibrering_id"], ["kalibrering.id"], name=op.f("fk_foerste_dag_kalibrering_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_foerste_dag")),
    )
    op.create_index(op.f("ix_foerste_dag_kalibrering_id"), "foerste_dag", ["kalibrering_id"])

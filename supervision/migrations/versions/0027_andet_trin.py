"""throttle, one-time codes and passkeys"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adgangsforsoeg",
        sa.Column("noegle", sa.String(length=64), nullable=False),
        sa.Column("fejl", sa.Integer(), nullable=False),
        sa.Column("trin", sa.Integer(), nullable=False),
        sa.Column("seneste", sa.JSON(), nullable=False),
        sa.Column("vent_til", UtcDateTime(timezone=True), nullable=True),
        sa.Column("aendret_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(noegle) = 64", name=op.f("ck_adgangsforsoeg_noegle")),
        sa.CheckConstraint("fejl >= 0", name=op.f("ck_adgangsforsoeg_fejl")),
        sa.CheckConstraint("trin >= 0", name=op.f("ck_adgangsforsoeg_trin")),
        sa.PrimaryKeyConstraint("noegle", name=op.f("pk_adgangsforsoeg")),
    )
    op.create_index(op.f("ix_adgangsforsoeg_aendret_at"), "adgangsforsoeg", ["aendret_at"])
    op.create_table(
        "kodegenerator",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hemmelighed", sa.String(length=500), nullable=False),
        sa.Column("taeller", sa.Integer(), nullable=True),
        sa.Column("oprettet_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kodegenerator_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_kodegenerator")),
    )
    op.create_table(
        "noedkode",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kode_hash", sa.String(length=64), nullable=False),
        sa.Column("brugt_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(kode_hash) = 64", name=op.f("ck_noedkode_kode_hash")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_noedkode_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_noedkode")),
        sa.UniqueConstraint("person_id", "kode_hash", name=op.f("uq_noedkode_person_id_kode_hash")),
    )
    op.create_table(
        "adgangsnoegle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("offentlig_noegle", sa.LargeBinary(), nullable=False),
        sa.Column("taeller", sa.Integer(), nullable=False),
        sa.Column("transporter", sa.JSON(), nullable=False),
        sa.Column("navn", sa.String(length=60), nullable=False),
        sa.Column("oprettet_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("brugt_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("taeller >= 0", name=op.f("ck_adgangsnoegle_taeller")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_adgangsnoegle_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adgangsnoegle")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_adgangsnoegle_credential_id")),
    )
    op.create_index(op.f("ix_adgangsnoegle_person_id"), "adgangsnoegle", ["person_id"])


def downgrade() -> None:
    op.drop_table("adgangsnoegle")
    op.drop_table("noedkode")
    op.drop_table("kodegenerator")
    op.drop_table("adgangsforsoeg")

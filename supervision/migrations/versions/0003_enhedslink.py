"""a link to open the recorder on another device"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import supervision.db


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "enhedslink",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kontrakt_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("oprettet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("udloeber_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("brugt_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("tilbagekaldt_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_enhedslink_token_hash")),
        sa.CheckConstraint("udloeber_at > oprettet_at", name=op.f("ck_enhedslink_udloeber")),
        sa.CheckConstraint("brugt_at IS NULL OR brugt_at < udloeber_at", name=op.f("ck_enhedslink_brugt")),
        sa.ForeignKeyConstraint(
            ["kontrakt_id"], ["feedback_kontrakt.id"], name=op.f("fk_enhedslink_kontrakt_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enhedslink_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enhedslink")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_enhedslink_token_hash")),
    )
    with op.batch_alter_table("enhedslink", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enhedslink_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_enhedslink_et_aabent",
            ["kontrakt_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("brugt_at IS NULL AND tilbagekaldt_at IS NULL"),
            postgresql_where=sa.text("brugt_at IS NULL AND tilbagekaldt_at IS NULL"),
        )


def downgrade() -> None:

    with op.batch_alter_table("enhedslink", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_enhedslink_et_aabent",
            sqlite_where=sa.text("brugt_at IS NULL AND tilbagekaldt_at IS NULL"),
            postgresql_where=sa.text("brugt_at IS NULL AND tilbagekaldt_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_enhedslink_person_id"))

    op.drop_table("enhedslink")

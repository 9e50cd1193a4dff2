"""notices by e-mail, the secret address of one's own calendar, and what was seen of a feedback since"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import supervision.db


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SLAGS = "slags IN ('kontrakt', 'samtale', 'feedback', 'spoergsmaal', 'svar')"


def upgrade() -> None:

    moment = supervision.db.UtcDateTime(timezone=True)
    op.create_table(
        "beskedvalg",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("slags", sa.String(length=20), nullable=False),
        sa.Column("til", sa.Boolean(), nullable=False),
        sa.Column("valgt_at", moment, nullable=False),
        sa.CheckConstraint(SLAGS, name=op.f("ck_beskedvalg_slags")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_beskedvalg_person_id")),
        sa.PrimaryKeyConstraint("person_id", "slags", name=op.f("pk_beskedvalg")),
    )
    op.create_table(
        "kalenderlink",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("oprettet_at", moment, nullable=False),
        sa.Column("lukket_at", moment, nullable=True),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_kalenderlink_token_hash")),
        sa.CheckConstraint(
            "lukket_at IS NULL OR lukket_at >= oprettet_at", name=op.f("ck_kalenderlink_lukket")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kalenderlink_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kalenderlink")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_kalenderlink_token_hash")),
    )
    op.create_index(
        "uq_kalenderlink_et_aabent",
        "kalenderlink",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("lukket_at IS NULL"),
        postgresql_where=sa.text("lukket_at IS NULL"),
    )
    op.create_table(
        "feedback_laesning",
        sa.Column("feedback_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("set_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"],
            ["feedback.id"],
            name=op.f("fk_feedback_laesning_feedback_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_feedback_laesning_person_id")),
        sa.PrimaryKeyConstraint("feedback_id", "person_id", name=op.f("pk_feedback_laesning")),
    )
    op.create_table(
        "besked",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("slags", sa.String(length=20), nullable=False),
        sa.Column("genstand_id", sa.Uuid(), nullable=False),
        sa.Column("oprettet_at", moment, nullable=False),
        sa.Column("sendes_tidligst_at", moment, nullable=False),
        sa.Column("forsoeg", sa.Integer(), nullable=False),
        sa.Column("foerste_forsoeg_at", moment, nullable=True),
        sa.Column("sendt_at", moment, nullable=True),
        sa.Column("opgivet_at", moment, nullable=True),
        sa.CheckConstraint(SLAGS, name=op.f("ck_besked_slags")),
        sa.CheckConstraint("forsoeg >= 0", name=op.f("ck_besked_forsoeg")),
        sa.CheckConstraint(
            "(forsoeg = 0) = (foerste_forsoeg_at IS NULL)", name=op.f("ck_besked_foerste_forsoeg")
        ),
        sa.CheckConstraint("sendt_at IS NULL OR opgivet_at IS NULL", name=op.f("ck_besked_et_udfald")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_besked_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_besked")),
        sa.UniqueConstraint(
            "person_id", "slags", "genstand_id", name=op.f("uq_besked_person_id_slags_genstand_id")
        ),
    )
    op.create_index(op.f("ix_besked_sendes_tidligst_at"), "besked", ["sendes_tidligst_at"], unique=False)


def downgrade() -> None:

    op.drop_index(op.f("ix_besked_sendes_tidligst_at"), table_name="besked")
    op.drop_table("besked")
    op.drop_table("feedback_laesning")
    op.drop_index("uq_kalenderlink_et_aabent", table_name="kalenderlink")
    op.drop_table("kalenderlink")
    op.drop_table("beskedvalg")

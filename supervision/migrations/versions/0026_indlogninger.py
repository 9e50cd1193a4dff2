"""sessions kept on the server"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "indlogning",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("begyndt_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("set_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("slutter_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("hvile_min", sa.Integer(), nullable=True),
        sa.Column("enhed", sa.String(length=60), nullable=False),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_indlogning_token_hash")),
        sa.CheckConstraint("set_at >= begyndt_at", name=op.f("ck_indlogning_set_at")),
        sa.CheckConstraint("slutter_at > begyndt_at", name=op.f("ck_indlogning_slutter_at")),
        sa.CheckConstraint("hvile_min > 0", name=op.f("ck_indlogning_hvile_min")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_indlogning_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indlogning")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_indlogning_token_hash")),
    )
    op.create_index(op.f("ix_indlogning_person_id"), "indlogning", ["person_id"])
    op.create_index(op.f("ix_indlogning_slutter_at"), "indlogning", ["slutter_at"])


def downgrade() -> None:
    op.drop_table("indlogning")

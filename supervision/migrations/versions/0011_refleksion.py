"""the fokusperson's own thoughts before the feedback, and what the observatør takes along"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import supervision.db

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refleksion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kontrakt_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("lykkedes", sa.Text(), nullable=False),
        sa.Column("svaert", sa.Text(), nullable=False),
        sa.Column("hoere", sa.Text(), nullable=False),
        sa.Column("skrevet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("vist_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["kontrakt_id"], ["feedback_kontrakt.id"], name=op.f("fk_refleksion_kontrakt_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_refleksion_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refleksion")),
        sa.UniqueConstraint("kontrakt_id", name=op.f("uq_refleksion_kontrakt_id")),
    )
    op.create_index(op.f("ix_refleksion_person_id"), "refleksion", ["person_id"])
    op.execute("ALTER TABLE feedback ADD COLUMN tager_med TEXT DEFAULT '' NOT NULL")


def downgrade() -> None:
    op.drop_column("feedback", "tager_med")
    op.drop_table("refleksion")

"""joblog and survey figures per team and period"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "effekttal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("aar", sa.Integer(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("maal", sa.String(length=30), nullable=False),
        sa.Column("hundrededele", sa.Integer(), nullable=False),
        sa.Column("antal", sa.Integer(), nullable=False),
        sa.Column("hentet_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("hentet_af", sa.Uuid(), nullable=False),
        sa.CheckConstraint("nr BETWEEN 1 AND 4", name=op.f("ck_effekttal_nr")),
        sa.CheckConstraint("antal >= 5", name=op.f("ck_effekttal_k")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_effekttal_team_id")),
        sa.ForeignKeyConstraint(["hentet_af"], ["person.id"], name=op.f("fk_effekttal_hentet_af")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effekttal")),
        sa.UniqueConstraint(
            "team_id", "aar", "nr", "maal", name=op.f("uq_effekttal_team_id_aar_nr_maal")
        ),
    )


def downgrade() -> None:
    op.drop_table("effekttal")

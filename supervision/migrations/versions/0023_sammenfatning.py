"""one row of sums per observation"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NEVER_SEEN = (
    "medarbejder_ms",
    "borger_ms",
    "medarbejder2_ms",
    "tredje_ms",
    "kontrakt_ms",
    "emne_ms",
    "timeout_ms",
    "afslutning_ms",
)


def upgrade() -> None:
    """An empty table: whoever reads makes do without rows, and `supervision sammenfat` makes them."""
    op.create_table(
        "sammenfatning",
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("varighed_ms", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in NEVER_SEEN),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("giv", "indrammet", "uden_foer", "uden_efter")
        ),
        sa.Column("resten", sa.JSON(), nullable=False),
        sa.Column("haendelser", sa.Integer(), nullable=False),
        sa.Column("regler", sa.Integer(), nullable=False),
        sa.Column("beregnet_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("varighed_ms >= 0", name=op.f("ck_sammenfatning_varighed_ms")),
        sa.CheckConstraint("indrammet BETWEEN 0 AND giv", name=op.f("ck_sammenfatning_indrammet")),
        sa.CheckConstraint("haendelser >= 0", name=op.f("ck_sammenfatning_haendelser")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_sammenfatning_observation_id")
        ),
        sa.PrimaryKeyConstraint("observation_id", name=op.f("pk_sammenfatning")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Nothing is lost: the rows are made of the events."""
    op.drop_table("sammenfatning")

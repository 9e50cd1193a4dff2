"""the versions of skabelon and GameMaster that a kontrakt was made with"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No batch: a rebuild of the table would lose its checks on SQLite, which can add and drop a column by itself."""

    op.add_column("feedback_kontrakt", sa.Column("skabelon_version", sa.Integer(), nullable=True))
    op.add_column(
        "feedback_kontrakt", sa.Column("gm_version", sa.Integer(), server_default="1", nullable=False)
    )
    op.execute("UPDATE feedback_kontrakt SET skabelon_version = 1 WHERE skabelon IS NOT NULL")


def downgrade() -> None:

    op.drop_column("feedback_kontrakt", "gm_version")
    op.drop_column("feedback_kontrakt", "skabelon_version")

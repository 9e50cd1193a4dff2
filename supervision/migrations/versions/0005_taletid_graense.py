"""the share of the talk time that an organisation wants mentioned"""

from __future__ import annotations

from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No batch: a rebuild of the table would lose its other checks on SQLite."""

    op.execute(
        "ALTER TABLE organisation ADD COLUMN taletid_graense INTEGER DEFAULT 80 NOT NULL"
        " CONSTRAINT ck_organisation_taletid_graense CHECK (taletid_graense BETWEEN 50 AND 95)"
    )


def downgrade() -> None:

    op.drop_column("organisation", "taletid_graense")

"""the meetings of a læringsgruppe"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "moede",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gruppe_id", sa.Uuid(), nullable=False),
        sa.Column("runde_id", sa.Uuid(), nullable=True),
        sa.Column("start_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("minutter", sa.Integer(), nullable=False),
        sa.Column("sted", sa.String(length=120), nullable=False),
        sa.Column("tjek_ud_anonymt", sa.Boolean(), nullable=False),
        sa.Column("indkaldt_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("indkaldt_af", sa.Uuid(), nullable=False),
        sa.Column("aflyst_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("begyndt_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("sluttet_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("planche_tal", sa.Integer(), nullable=True),
        sa.CheckConstraint("minutter BETWEEN 30 AND 240", name=op.f("ck_moede_minutter")),
        sa.CheckConstraint("aflyst_at IS NULL OR begyndt_at IS NULL", name=op.f("ck_moede_aflyst")),
        sa.CheckConstraint(
            "sluttet_at IS NULL OR (begyndt_at IS NOT NULL AND sluttet_at >= begyndt_at)", name=op.f("ck_moede_slut")
        ),
        sa.CheckConstraint(
            "planche_tal IS NULL OR planche_tal BETWEEN 1 AND 10", name=op.f("ck_moede_planche_tal")
        ),
        sa.ForeignKeyConstraint(
            ["gruppe_id"], ["laeringsgruppe.id"], name=op.f("fk_moede_gruppe_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["runde_id"], ["runde.id"], name=op.f("fk_moede_runde_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["indkaldt_af"], ["person.id"], name=op.f("fk_moede_indkaldt_af")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moede")),
    )
    op.create_index("ix_moede_gruppe_id_start_at", "moede", ["gruppe_id", "start_at"])
    op.create_index("ix_moede_runde_id", "moede", ["runde_id"])


def downgrade() -> None:
    op.drop_index("ix_moede_runde_id", table_name="moede")
    op.drop_index("ix_moede_gruppe_id_start_at", table_name="moede")
    op.drop_table("moede")

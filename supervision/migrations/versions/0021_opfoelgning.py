"""what leaders follow up on, and what participants answer"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opfoelgning",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("aar", sa.Integer(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        *(
            sa.Column(felt, sa.Text(), nullable=False)
            for felt in ("status", "viden", "laering", "justering", "hindringer")
        ),
        sa.Column("udgave", sa.Integer(), nullable=False),
        sa.Column("skrevet_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("skrevet_af", sa.Uuid(), nullable=False),
        sa.CheckConstraint("nr BETWEEN 1 AND 4", name=op.f("ck_opfoelgning_nr")),
        sa.CheckConstraint("udgave >= 1", name=op.f("ck_opfoelgning_udgave")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_opfoelgning_team_id")),
        sa.ForeignKeyConstraint(["skrevet_af"], ["person.id"], name=op.f("fk_opfoelgning_skrevet_af")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opfoelgning")),
        sa.UniqueConstraint("team_id", "aar", "nr", name=op.f("uq_opfoelgning_team_id_aar_nr")),
    )
    op.create_table(
        "opfoelgning_skema",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("aabnet_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("aabnet_af", sa.Uuid(), nullable=False),
        sa.Column("lukket_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "lukket_at IS NULL OR lukket_at >= aabnet_at", name=op.f("ck_opfoelgning_skema_lukket")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_opfoelgning_skema_team_id")),
        sa.ForeignKeyConstraint(["aabnet_af"], ["person.id"], name=op.f("fk_opfoelgning_skema_aabnet_af")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opfoelgning_skema")),
    )
    op.create_index(op.f("ix_opfoelgning_skema_team_id"), "opfoelgning_skema", ["team_id"])
    op.create_index(
        "uq_opfoelgning_skema_et_aabent",
        "opfoelgning_skema",
        ["team_id"],
        unique=True,
        sqlite_where=sa.text("lukket_at IS NULL"),
        postgresql_where=sa.text("lukket_at IS NULL"),
    )
    _create_answers()


def _create_answers() -> None:
    op.create_table(
        "opfoelgning_metode",
        sa.Column("skema_id", sa.Uuid(), nullable=False),
        sa.Column("kode", sa.String(length=80), nullable=False),
        sa.Column("navn", sa.String(length=200), nullable=False),
        sa.Column("plads", sa.Integer(), nullable=False),
        *(sa.Column(valg, sa.Integer(), nullable=False) for valg in ("bruger", "mere", "ingen_mening")),
        sa.CheckConstraint(
            "bruger >= 0 AND mere >= 0 AND ingen_mening >= 0", name=op.f("ck_opfoelgning_metode_antal")
        ),
        _of_skema("opfoelgning_metode"),
        sa.PrimaryKeyConstraint("skema_id", "kode", name=op.f("pk_opfoelgning_metode")),
    )
    op.create_table(
        "opfoelgning_hindring",
        sa.Column("skema_id", sa.Uuid(), nullable=False),
        sa.Column("kode", sa.String(length=20), nullable=False),
        sa.Column("plads", sa.Integer(), nullable=False),
        sa.Column("antal", sa.Integer(), nullable=False),
        sa.CheckConstraint("antal >= 0", name=op.f("ck_opfoelgning_hindring_antal")),
        _of_skema("opfoelgning_hindring"),
        sa.PrimaryKeyConstraint("skema_id", "kode", name=op.f("pk_opfoelgning_hindring")),
    )
    op.create_table(
        "opfoelgning_deltager",
        sa.Column("skema_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("har_svaret", sa.Boolean(), nullable=False),
        _of_skema("opfoelgning_deltager"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_opfoelgning_deltager_person_id")),
        sa.PrimaryKeyConstraint("skema_id", "person_id", name=op.f("pk_opfoelgning_deltager")),
    )
    op.create_index(op.f("ix_opfoelgning_deltager_person_id"), "opfoelgning_deltager", ["person_id"])


def _of_skema(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["skema_id"], ["opfoelgning_skema.id"], name=op.f(f"fk_{table}_skema_id"), ondelete="CASCADE"
    )


def downgrade() -> None:
    for table in (
        "opfoelgning_deltager",
        "opfoelgning_hindring",
        "opfoelgning_metode",
        "opfoelgning_skema",
        "opfoelgning",
    ):
        op.drop_table(table)

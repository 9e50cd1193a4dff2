"""what was used in a samtale, and the values that go with it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import supervision.db


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "registrering",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("slags", sa.String(length=20), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("t_ms", sa.Integer(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("privat", sa.Boolean(), nullable=False),
        sa.Column("oprettet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("aendret_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "slags IN ('foer', 'skala', 'motivation', 'aftale', 'plus_minus', 'abc', 'trappe', 'samtaleskema',"
            " 'antonovsky', 'emner', 'jobvaerdi', 'redskab', 'mi_aand', 'stadie', 'relationel')",
            name=op.f("ck_registrering_slags"),
        ),
        sa.CheckConstraint(
            "privat OR slags NOT IN ('mi_aand', 'stadie')", name=op.f("ck_registrering_privat")
        ),
        sa.CheckConstraint("nr BETWEEN 1 AND 99", name=op.f("ck_registrering_nr")),
        sa.CheckConstraint("t_ms IS NULL OR t_ms >= 0", name=op.f("ck_registrering_t_ms")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_registrering_observation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registrering_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrering")),
        sa.UniqueConstraint(
            "observation_id",
            "person_id",
            "slags",
            "nr",
            name=op.f("uq_registrering_observation_id_person_id_slags_nr"),
        ),
    )
    with op.batch_alter_table("registrering", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registrering_person_id_slags"), ["person_id", "slags"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("registrering", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registrering_person_id_slags"))

    op.drop_table("registrering")

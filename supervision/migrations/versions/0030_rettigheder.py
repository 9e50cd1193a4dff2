"""erasure and retention"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = "DATETIME" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP WITH TIME ZONE"
    op.execute(f"ALTER TABLE person ADD COLUMN slettet_at {moment}")
    _create_settings()
    op.create_table(
        "sletteanmodning",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("bedt_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("tidligst_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("tidligst_at > bedt_at", name=op.f("ck_sletteanmodning_tidligst")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sletteanmodning_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_sletteanmodning")),
    )
    op.create_table(
        "oplyst",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("udgave", sa.String(length=16), nullable=False),
        sa.Column("laest_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_oplyst_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_oplyst")),
    )
    op.create_table(
        "kendskab",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kendt_id", sa.Uuid(), nullable=False),
        sa.Column("aar", sa.Integer(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.CheckConstraint("nr BETWEEN 1 AND 4", name=op.f("ck_kendskab_nr")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kendskab_person_id")),
        sa.ForeignKeyConstraint(["kendt_id"], ["person.id"], name=op.f("fk_kendskab_kendt_id")),
        sa.PrimaryKeyConstraint("person_id", "kendt_id", "aar", "nr", name=op.f("pk_kendskab")),
    )
    op.create_index(op.f("ix_kendskab_kendt_id"), "kendskab", ["kendt_id"])


def _create_settings() -> None:
    op.create_table(
        "databeskyttelse",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kontakt", sa.String(length=300), nullable=False),
        sa.Column("fortrydelse", sa.Integer(), nullable=False),
        sa.Column("aendret_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("aendret_af", sa.Uuid(), nullable=True),
        sa.CheckConstraint("fortrydelse BETWEEN 1 AND 30", name=op.f("ck_databeskyttelse_fortrydelse")),
        _of_organisation("databeskyttelse"),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_databeskyttelse")),
    )
    op.create_table(
        "opbevaring",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("klasse", sa.String(length=20), nullable=False),
        sa.Column("dage", sa.Integer(), nullable=False),
        sa.Column("aendret_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("aendret_af", sa.Uuid(), nullable=True),
        sa.CheckConstraint("dage >= 1", name=op.f("ck_opbevaring_dage")),
        _of_organisation("opbevaring"),
        sa.PrimaryKeyConstraint("organisation_id", "klasse", name=op.f("pk_opbevaring")),
    )


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{table}_organisation_id")
    )


def downgrade() -> None:
    for table in ("kendskab", "oplyst", "sletteanmodning", "opbevaring", "databeskyttelse"):
        op.drop_table(table)
    op.execute("ALTER TABLE person DROP COLUMN slettet_at")

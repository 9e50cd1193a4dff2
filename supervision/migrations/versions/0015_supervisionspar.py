"""pairs of a round, and who attends whose samtale when"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TYPER = "'individuel', 'faellessamtale', 'cv_samtale', 'raadighedssamtale', 'opfoelgning', 'virksomhedsmoede', 'oevelse'"


def upgrade() -> None:
    _parplan()
    op.create_table(
        "supervisionspar",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("runde_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("dannet_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("dannet_af", sa.Uuid(), nullable=False),
        sa.Column("oploest_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["runde_id"], ["runde.id"], name=op.f("fk_supervisionspar_runde_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["dannet_af"], ["person.id"], name=op.f("fk_supervisionspar_dannet_af")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisionspar")),
    )
    op.create_index(op.f("ix_supervisionspar_runde_id"), "supervisionspar", ["runde_id"])
    _parbesoeg()
    _ledig_tid()


def downgrade() -> None:
    for table in ("ledig_tid", "parbesoeg", "supervisionspar", "parplan"):
        op.drop_table(table)


def _parplan() -> None:
    op.create_table(
        "parplan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("runde_id", sa.Uuid(), nullable=False),
        sa.Column("paa_tvaers", sa.Boolean(), nullable=False),
        sa.Column("udgave", sa.Integer(), nullable=False),
        sa.Column("gemt_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("gemt_af", sa.Uuid(), nullable=False),
        sa.CheckConstraint("udgave >= 1", name=op.f("ck_parplan_udgave")),
        sa.ForeignKeyConstraint(
            ["runde_id"], ["runde.id"], name=op.f("fk_parplan_runde_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["gemt_af"], ["person.id"], name=op.f("fk_parplan_gemt_af")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parplan")),
        sa.UniqueConstraint("runde_id", name=op.f("uq_parplan_runde_id")),
    )


def _parbesoeg() -> None:
    op.create_table(
        "parbesoeg",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("par_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("fokusperson_id", sa.Uuid(), nullable=False),
        sa.Column("observatoer_id", sa.Uuid(), nullable=False),
        sa.Column("starter_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("foreslaaet", sa.Boolean(), nullable=False),
        sa.Column("laengde_min", sa.Integer(), nullable=False),
        sa.Column("samtaletype", sa.String(20), nullable=True),
        sa.Column("metoder", sa.JSON(), nullable=False),
        *(
            sa.Column(name, UtcDateTime(timezone=True), nullable=True)
            for name in ("flyttet_fra", "holdt_at", "feedback_at", "aflyst_at")
        ),
        sa.Column("kontrakt_id", sa.Uuid(), nullable=True),
        sa.Column("udgave", sa.Integer(), nullable=False),
        sa.Column("aendret_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("aendret_af", sa.Uuid(), nullable=False),
        *_parbesoeg_rules(),
    )
    for column in ("fokusperson_id", "observatoer_id"):
        op.create_index(op.f(f"ix_parbesoeg_{column}"), "parbesoeg", [column])


def _parbesoeg_rules() -> list[sa.Constraint]:
    checks = {
        "nr": "nr BETWEEN 1 AND 3",
        "to_personer": "fokusperson_id <> observatoer_id",
        "laengde": "laengde_min BETWEEN 5 AND 240",
        "samtaletype": f"samtaletype IS NULL OR samtaletype IN ({TYPER})",
        "foreslaaet": "starter_at IS NOT NULL OR NOT foreslaaet",
        "feedback": "feedback_at IS NULL OR holdt_at IS NOT NULL",
        "aflyst": "aflyst_at IS NULL OR holdt_at IS NULL",
        "udgave": "udgave >= 1",
    }
    keys = {
        "par_id": ("supervisionspar.id", "CASCADE"),
        "kontrakt_id": ("feedback_kontrakt.id", "SET NULL"),
        "fokusperson_id": ("person.id", None),
        "observatoer_id": ("person.id", None),
        "aendret_af": ("person.id", None),
    }
    return [
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parbesoeg")),
        sa.UniqueConstraint("par_id", "nr", name=op.f("uq_parbesoeg_par_id_nr")),
        sa.UniqueConstraint("kontrakt_id", name=op.f("uq_parbesoeg_kontrakt_id")),
        *(sa.CheckConstraint(sql, name=op.f(f"ck_parbesoeg_{name}")) for name, sql in checks.items()),
        *(
            sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_parbesoeg_{column}"), ondelete=ondelete)
            for column, (to, ondelete) in keys.items()
        ),
    ]


def _ledig_tid() -> None:
    op.create_table(
        "ledig_tid",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("runde_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("tider", sa.JSON(), nullable=False),
        sa.Column("aendret_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["runde_id"], ["runde.id"], name=op.f("fk_ledig_tid_runde_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ledig_tid_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledig_tid")),
        sa.UniqueConstraint("runde_id", "person_id", name=op.f("uq_ledig_tid_runde_id_person_id")),
    )
    op.create_index(op.f("ix_ledig_tid_person_id"), "ledig_tid", ["person_id"])

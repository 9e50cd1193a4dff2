"""a supervisor's day: lanes, breaks, sessions, and the line for the day after"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_days()
    _make_sessions()
    _make_lines()


def downgrade() -> None:
    for table in ("dagenslinje", "supervisionssession", "dagpause", "dagbane", "supervisionsdag"):
        op.drop_table(table)


def _make_days() -> None:
    op.create_table(
        "supervisionsdag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("dato", sa.Date(), nullable=False),
        sa.Column("sted", sa.String(length=120), nullable=False),
        sa.Column("fra", sa.Integer(), nullable=False),
        sa.Column("til", sa.Integer(), nullable=False),
        sa.Column("briefing_fra", sa.Integer(), nullable=True),
        sa.Column("briefing_min", sa.Integer(), nullable=False),
        sa.Column("ramme", sa.Text(), nullable=False),
        sa.Column("lokaler", sa.JSON(), nullable=False),
        sa.Column("oprettet_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("oprettet_af", sa.Uuid(), nullable=False),
        sa.Column("sendt_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("aflyst_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("aflyst_af", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(aflyst_at IS NULL) = (aflyst_af IS NULL)", name=op.f("ck_supervisionsdag_aflyst")
        ),
        sa.CheckConstraint(
            "briefing_fra IS NULL OR briefing_fra BETWEEN 0 AND 1439",
            name=op.f("ck_supervisionsdag_briefing_fra"),
        ),
        sa.CheckConstraint("briefing_min BETWEEN 5 AND 120", name=op.f("ck_supervisionsdag_briefing_min")),
        sa.CheckConstraint(
            "fra BETWEEN 0 AND 1439 AND til BETWEEN fra AND 1440", name=op.f("ck_supervisionsdag_dagen")
        ),
        sa.ForeignKeyConstraint(["oprettet_af"], ["person.id"], name=op.f("fk_supervisionsdag_oprettet_af")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_supervisionsdag_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisionsdag")),
    )
    op.create_index(
        op.f("ix_supervisionsdag_organisation_id_dato"),
        "supervisionsdag",
        ["organisation_id", "dato"],
        unique=False,
    )
    op.create_table(
        "dagbane",
        sa.Column("dag_id", sa.Uuid(), nullable=False),
        sa.Column("supervisor_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dag_id"], ["supervisionsdag.id"], name=op.f("fk_dagbane_dag_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["supervisor_id"], ["person.id"], name=op.f("fk_dagbane_supervisor_id")),
        sa.PrimaryKeyConstraint("dag_id", "supervisor_id", name=op.f("pk_dagbane")),
    )
    op.create_table(
        "dagpause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dag_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("minutter", sa.Integer(), nullable=False),
        sa.Column("navn", sa.String(length=40), nullable=False),
        sa.CheckConstraint("minutter BETWEEN 5 AND 180", name=op.f("ck_dagpause_minutter")),
        sa.CheckConstraint("start BETWEEN 0 AND 1439", name=op.f("ck_dagpause_start")),
        sa.ForeignKeyConstraint(
            ["dag_id"], ["supervisionsdag.id"], name=op.f("fk_dagpause_dag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dagpause")),
    )
    op.create_index(op.f("ix_dagpause_dag_id"), "dagpause", ["dag_id"], unique=False)


def _make_sessions() -> None:
    op.create_table(
        "supervisionssession",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dag_id", sa.Uuid(), nullable=False),
        sa.Column("supervisor_id", sa.Uuid(), nullable=False),
        sa.Column("fokusperson_id", sa.Uuid(), nullable=False),
        sa.Column("kontrakt_id", sa.Uuid(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("forberedelse_min", sa.Integer(), nullable=False),
        sa.Column("samtale_min", sa.Integer(), nullable=False),
        sa.Column("feedback_min", sa.Integer(), nullable=False),
        sa.Column("lokale", sa.String(length=60), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("oprettet_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("begyndt_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("forberedt_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("borger_gaaet_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("sluttet_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("udskudt_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("udskudt_grund", sa.String(length=30), nullable=True),
        sa.Column("aflyst_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "udskudt_grund IS NULL OR udskudt_grund IN ('borgeren_blev', 'tiden_gik', 'fokuspersonen_bad', 'supervisoren_videre', 'afbrudt')",
            name=op.f("ck_supervisionssession_udskudt_grund"),
        ),
        sa.CheckConstraint(
            "(udskudt_at IS NULL) = (udskudt_grund IS NULL)", name=op.f("ck_supervisionssession_udskudt")
        ),
        sa.CheckConstraint(
            "borger_gaaet_at IS NULL OR forberedt_at IS NOT NULL",
            name=op.f("ck_supervisionssession_borger_gaaet"),
        ),
        sa.CheckConstraint(
            "forberedelse_min BETWEEN 5 AND 30 AND feedback_min BETWEEN 5 AND 60",
            name=op.f("ck_supervisionssession_dele"),
        ),
        sa.CheckConstraint(
            "forberedt_at IS NULL OR begyndt_at IS NOT NULL", name=op.f("ck_supervisionssession_forberedt")
        ),
        sa.CheckConstraint("samtale_min BETWEEN 20 AND 60", name=op.f("ck_supervisionssession_samtale_min")),
        sa.CheckConstraint(
            "sluttet_at IS NULL OR borger_gaaet_at IS NOT NULL", name=op.f("ck_supervisionssession_sluttet")
        ),
        sa.CheckConstraint("start BETWEEN 0 AND 1439", name=op.f("ck_supervisionssession_start")),
        sa.CheckConstraint(
            "supervisor_id <> fokusperson_id", name=op.f("ck_supervisionssession_to_personer")
        ),
        sa.ForeignKeyConstraint(
            ["dag_id"], ["supervisionsdag.id"], name=op.f("fk_supervisionssession_dag_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["fokusperson_id"], ["person.id"], name=op.f("fk_supervisionssession_fokusperson_id")
        ),
        sa.ForeignKeyConstraint(
            ["kontrakt_id"],
            ["feedback_kontrakt.id"],
            name=op.f("fk_supervisionssession_kontrakt_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["person.id"], name=op.f("fk_supervisionssession_supervisor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisionssession")),
        sa.UniqueConstraint("kontrakt_id", name=op.f("uq_supervisionssession_kontrakt_id")),
    )
    op.create_index(op.f("ix_supervisionssession_dag_id"), "supervisionssession", ["dag_id"], unique=False)
    op.create_index(
        op.f("ix_supervisionssession_fokusperson_id"), "supervisionssession", ["fokusperson_id"], unique=False
    )
    op.create_index(
        op.f("ix_supervisionssession_supervisor_id"), "supervisionssession", ["supervisor_id"], unique=False
    )


def _make_lines() -> None:
    op.create_table(
        "dagenslinje",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("skrevet_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("skrevet_af", sa.Uuid(), nullable=False),
        sa.Column("givet_videre_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("givet_videre_til", sa.Uuid(), nullable=True),
        sa.CheckConstraint("tekst <> ''", name=op.f("ck_dagenslinje_tekst")),
        sa.CheckConstraint(
            "(givet_videre_at IS NULL) = (givet_videre_til IS NULL)", name=op.f("ck_dagenslinje_givet_videre")
        ),
        sa.ForeignKeyConstraint(
            ["givet_videre_til"], ["person.id"], name=op.f("fk_dagenslinje_givet_videre_til")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["supervisionssession.id"],
            name=op.f("fk_dagenslinje_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["skrevet_af"], ["person.id"], name=op.f("fk_dagenslinje_skrevet_af")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dagenslinje")),
        sa.UniqueConstraint("session_id", name=op.f("uq_dagenslinje_session_id")),
    )
    op.create_index(
        op.f("ix_dagenslinje_givet_videre_til"), "dagenslinje", ["givet_videre_til"], unique=False
    )

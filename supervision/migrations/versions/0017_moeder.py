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
        sa.Column("flyttet_at", UtcDateTime(timezone=True), nullable=True),
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
    _agenda_and_clock()
    _people_and_table()
    _pictures()


GANG = (
    "dagsordenspunkt",
    "moedeur",
    "moededeltager",
    "paa_bordet",
    "gruppebillede",
    "billedbidrag",
    "billedseer",
)


def _to(column: str, table: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def _ck(table: str, name: str, sql: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(sql, name=op.f(f"ck_{table}_{name}"))


def _agenda_and_clock() -> None:
    op.create_table(
        "dagsordenspunkt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moede_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("slags", sa.String(length=20), nullable=False),
        sa.Column("titel", sa.String(length=80), nullable=False),
        sa.Column("minutter", sa.Integer(), nullable=False),
        sa.Column("brugt_s", sa.Integer(), nullable=False),
        _ck("dagsordenspunkt", "titel", "titel <> ''"),
        _ck("dagsordenspunkt", "minutter", "minutter BETWEEN 1 AND 180"),
        _ck("dagsordenspunkt", "brugt_s", "brugt_s >= 0"),
        _ck(
            "dagsordenspunkt",
            "slags",
            "slags IN ('siden_sidst', 'bordet', 'planche', 'laeringspil', 'lykkes_bedre', 'tjek_ud', 'plenum',"
            " 'pause', 'andet')",
        ),
        _to("moede_id", "dagsordenspunkt", "moede", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dagsordenspunkt")),
        sa.UniqueConstraint("moede_id", "nr", name=op.f("uq_dagsordenspunkt_moede_id_nr")),
    )
    op.create_table(
        "moedeur",
        sa.Column("moede_id", sa.Uuid(), nullable=False),
        sa.Column("punkt_id", sa.Uuid(), nullable=True),
        sa.Column("fra_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("spoergsmaal", sa.Integer(), nullable=False),
        _ck("moedeur", "spoergsmaal", "spoergsmaal >= 0"),
        _to("moede_id", "moedeur", "moede", "CASCADE"),
        _to("punkt_id", "moedeur", "dagsordenspunkt", "SET NULL"),
        sa.PrimaryKeyConstraint("moede_id", name=op.f("pk_moedeur")),
    )


def _people_and_table() -> None:
    op.create_table(
        "moededeltager",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moede_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("svar", sa.String(length=10), nullable=True),
        sa.Column("svaret_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("her_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("her_af", sa.Uuid(), nullable=True),
        _ck("moededeltager", "svar", "svar IS NULL OR svar IN ('kommer', 'kan_ikke')"),
        _ck("moededeltager", "svaret", "(svar IS NULL) = (svaret_at IS NULL)"),
        _ck("moededeltager", "her", "(her_at IS NULL) = (her_af IS NULL)"),
        _to("moede_id", "moededeltager", "moede", "CASCADE"),
        _to("person_id", "moededeltager", "person"),
        _to("her_af", "moededeltager", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moededeltager")),
        sa.UniqueConstraint("moede_id", "person_id", name=op.f("uq_moededeltager_moede_id_person_id")),
    )
    op.create_index("ix_moededeltager_person_id", "moededeltager", ["person_id"])
    op.create_table(
        "paa_bordet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moede_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=True),
        sa.Column("punkt_id", sa.Uuid(), nullable=True),
        sa.Column("med_navn", sa.Boolean(), nullable=False),
        sa.Column("lagt_at", UtcDateTime(timezone=True), nullable=False),
        _ck("paa_bordet", "hvad", "(observation_id IS NULL) <> (punkt_id IS NULL)"),
        _ck("paa_bordet", "med_navn", "observation_id IS NULL OR NOT med_navn"),
        _to("moede_id", "paa_bordet", "moede", "CASCADE"),
        _to("person_id", "paa_bordet", "person"),
        _to("observation_id", "paa_bordet", "observation", "CASCADE"),
        _to("punkt_id", "paa_bordet", "feedback_punkt", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paa_bordet")),
        sa.UniqueConstraint("moede_id", "observation_id", name=op.f("uq_paa_bordet_moede_id_observation_id")),
        sa.UniqueConstraint("moede_id", "punkt_id", name=op.f("uq_paa_bordet_moede_id_punkt_id")),
    )
    op.create_index("ix_paa_bordet_person_id", "paa_bordet", ["person_id"])


def _pictures() -> None:
    op.create_table(
        "gruppebillede",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moede_id", sa.Uuid(), nullable=False),
        sa.Column("vist_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("vist_af", sa.Uuid(), nullable=False),
        sa.Column("skjult_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("tal", sa.JSON(none_as_null=True), nullable=True),
        _ck("gruppebillede", "skjult", "skjult_at IS NULL OR tal IS NULL"),
        _to("moede_id", "gruppebillede", "moede", "CASCADE"),
        _to("vist_af", "gruppebillede", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gruppebillede")),
    )
    op.create_index("ix_gruppebillede_moede_id_vist_at", "gruppebillede", ["moede_id", "vist_at"])
    op.create_table(
        "billedbidrag",
        sa.Column("billede_id", sa.Uuid(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        _to("billede_id", "billedbidrag", "gruppebillede", "CASCADE"),
        _to("person_id", "billedbidrag", "person"),
        sa.PrimaryKeyConstraint("billede_id", "observation_id", name=op.f("pk_billedbidrag")),
    )
    op.create_index("ix_billedbidrag_person_id_dag", "billedbidrag", ["person_id", "dag"])
    op.create_table(
        "billedseer",
        sa.Column("billede_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        _to("billede_id", "billedseer", "gruppebillede", "CASCADE"),
        _to("person_id", "billedseer", "person"),
        sa.PrimaryKeyConstraint("billede_id", "person_id", name=op.f("pk_billedseer")),
    )
    op.create_index("ix_billedseer_person_id", "billedseer", ["person_id"])


def downgrade() -> None:
    for table in reversed(GANG):
        op.drop_table(table)
    op.drop_index("ix_moede_runde_id", table_name="moede")
    op.drop_index("ix_moede_gruppe_id_start_at", table_name="moede")
    op.drop_table("moede")

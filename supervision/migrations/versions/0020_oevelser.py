"""exercises without a citizen"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLES = ("oevelse", "oevelseshold", "oevelsesdeltager", "oevelsestekst")


def upgrade() -> None:
    _exercises()
    _small_groups()
    _people()
    _words()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _to(column: str, table: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def _ck(table: str, name: str, sql: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(sql, name=op.f(f"ck_{table}_{name}"))


def _exercises() -> None:
    op.create_table(
        "oevelse",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gruppe_id", sa.Uuid(), nullable=False),
        sa.Column("moede_id", sa.Uuid(), nullable=True),
        sa.Column("slags", sa.String(length=20), nullable=False),
        sa.Column("begyndt_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("begyndt_af", sa.Uuid(), nullable=False),
        sa.Column("fordelt_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("sluttet_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("foer_halve", sa.Integer(), nullable=True),
        sa.Column("efter_halve", sa.Integer(), nullable=True),
        _ck(
            "oevelse",
            "slags",
            "slags IN ('triade', 'motivation', 'plus_minus', 'reformulering', 'gode_raad')",
        ),
        _ck("oevelse", "fordelt", "fordelt_at IS NULL OR fordelt_at >= begyndt_at"),
        _ck("oevelse", "slut", "sluttet_at IS NULL OR sluttet_at >= begyndt_at"),
        _ck("oevelse", "begge_tal", "(foer_halve IS NULL) = (efter_halve IS NULL)"),
        _ck("oevelse", "frosset", "foer_halve IS NULL OR sluttet_at IS NOT NULL"),
        _ck("oevelse", "tal", "foer_halve BETWEEN 4 AND 18 AND efter_halve BETWEEN 4 AND 18"),
        _to("gruppe_id", "oevelse", "laeringsgruppe", "CASCADE"),
        _to("moede_id", "oevelse", "moede", "SET NULL"),
        _to("begyndt_af", "oevelse", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oevelse")),
    )
    op.create_index("ix_oevelse_gruppe_id_begyndt_at", "oevelse", ["gruppe_id", "begyndt_at"])
    op.create_index("ix_oevelse_moede_id", "oevelse", ["moede_id"])


def _small_groups() -> None:
    op.create_table(
        "oevelseshold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("oevelse_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("ture", sa.Integer(), nullable=False),
        sa.Column("trin", sa.Integer(), nullable=False),
        sa.Column("fra_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("brugt_s", sa.Integer(), nullable=False),
        _ck("oevelseshold", "trin", "trin >= 0"),
        _ck("oevelseshold", "ture", "ture BETWEEN 1 AND 6"),
        _ck("oevelseshold", "brugt_s", "brugt_s >= 0"),
        _to("oevelse_id", "oevelseshold", "oevelse", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oevelseshold")),
        sa.UniqueConstraint("oevelse_id", "nr", name=op.f("uq_oevelseshold_oevelse_id_nr")),
    )


def _people() -> None:
    op.create_table(
        "oevelsesdeltager",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("oevelse_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=True),
        sa.Column("plads", sa.Integer(), nullable=False),
        sa.Column("kom_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("tal_foer", sa.Integer(), nullable=True),
        sa.Column("tal_efter", sa.Integer(), nullable=True),
        _ck("oevelsesdeltager", "plads", "plads >= 0"),
        _ck("oevelsesdeltager", "tal_foer", "tal_foer BETWEEN 1 AND 10"),
        _ck("oevelsesdeltager", "tal_efter", "tal_efter BETWEEN 1 AND 10"),
        _to("oevelse_id", "oevelsesdeltager", "oevelse", "CASCADE"),
        _to("person_id", "oevelsesdeltager", "person"),
        _to("hold_id", "oevelsesdeltager", "oevelseshold", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oevelsesdeltager")),
        sa.UniqueConstraint("oevelse_id", "person_id", name=op.f("uq_oevelsesdeltager_oevelse_id_person_id")),
    )
    op.create_index("ix_oevelsesdeltager_person_id", "oevelsesdeltager", ["person_id"])
    op.create_index("ix_oevelsesdeltager_hold_id", "oevelsesdeltager", ["hold_id"])


def _words() -> None:
    op.create_table(
        "oevelsestekst",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("felt", sa.String(length=10), nullable=False),
        sa.Column("tur", sa.Integer(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("tekst", sa.String(length=300), nullable=False),
        sa.Column("til_id", sa.Uuid(), nullable=True),
        _ck(
            "oevelsestekst",
            "felt",
            "felt IN ('fokus', 'virker', 'oeve', 'varsom', 'grund', 'plus', 'minus', 'udsagn', 'svar', 'raad')",
        ),
        _ck("oevelsestekst", "tekst", "tekst <> ''"),
        _ck("oevelsestekst", "til", "(felt = 'svar') = (til_id IS NOT NULL)"),
        _ck("oevelsestekst", "tur", "tur >= 0"),
        _to("hold_id", "oevelsestekst", "oevelseshold", "CASCADE"),
        _to("til_id", "oevelsestekst", "oevelsestekst", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oevelsestekst")),
    )
    op.create_index("ix_oevelsestekst_hold_id_nr", "oevelsestekst", ["hold_id", "nr"])
    op.create_index("ix_oevelsestekst_til_id", "oevelsestekst", ["til_id"])

"""methods and skabeloner of an organisation's own"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import supervision.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No batch: a rebuild of the table would lose its checks on SQLite, which can add and drop a column by itself."""

    op.add_column("organisation", sa.Column("katalog_nr", sa.Integer(), server_default="0", nullable=False))
    _make_egne()
    op.create_table(
        "skjult_original",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("slags", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("skjult_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("skjult_af", sa.Uuid(), nullable=False),
        sa.CheckConstraint("slags IN ('skabelon', 'metode')", name=op.f("ck_skjult_original_slags")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_skjult_original_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skjult_original")),
        sa.UniqueConstraint(
            "organisation_id", "slags", "key", name=op.f("uq_skjult_original_organisation_id_slags_key")
        ),
    )


def downgrade() -> None:

    op.drop_table("skjult_original")
    op.drop_table("eget_indhold")
    op.drop_column("organisation", "katalog_nr")


def _make_egne() -> None:
    moment = supervision.db.UtcDateTime(timezone=True)
    op.create_table(
        "eget_indhold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("slags", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tilstand", sa.String(length=10), nullable=False),
        sa.Column("indhold", sa.JSON(), nullable=False),
        sa.Column("fra_key", sa.String(length=60), nullable=True),
        sa.Column("fra_version", sa.Integer(), nullable=True),
        sa.Column("aendret", sa.String(length=300), nullable=False),
        sa.Column("oprettet_at", moment, nullable=False),
        sa.Column("oprettet_af", sa.Uuid(), nullable=False),
        sa.Column("udgivet_at", moment, nullable=True),
        sa.Column("udgivet_af", sa.Uuid(), nullable=True),
        sa.Column("udgaaet_at", moment, nullable=True),
        sa.Column("udgaaet_af", sa.Uuid(), nullable=True),
        *(sa.CheckConstraint(sql, name=op.f(f"ck_eget_indhold_{name}")) for name, sql in _CHECKS),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_eget_indhold_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eget_indhold")),
        sa.UniqueConstraint(
            "organisation_id",
            "slags",
            "key",
            "version",
            name=op.f("uq_eget_indhold_organisation_id_slags_key_version"),
        ),
    )
    op.create_index(op.f("ix_eget_indhold_organisation_id"), "eget_indhold", ["organisation_id"])
    op.create_index(
        "uq_eget_indhold_en_kladde",
        "eget_indhold",
        ["organisation_id", "slags", "key"],
        unique=True,
        sqlite_where=sa.text("tilstand = 'kladde'"),
        postgresql_where=sa.text("tilstand = 'kladde'"),
    )


_CHECKS = (
    ("slags", "slags IN ('skabelon', 'metode')"),
    ("tilstand", "tilstand IN ('kladde', 'udgivet', 'udgaaet')"),
    ("version", "version >= 1"),
    ("udgivet", "(tilstand = 'kladde') = (udgivet_at IS NULL)"),
    ("udgaaet", "(tilstand = 'udgaaet') = (udgaaet_at IS NOT NULL)"),
    ("udgivet_af", "(udgivet_at IS NULL) = (udgivet_af IS NULL)"),
    ("udgaaet_af", "(udgaaet_at IS NULL) = (udgaaet_af IS NULL)"),
)

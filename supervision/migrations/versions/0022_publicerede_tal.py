"""figures that are computed once and stand"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supervision.db import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rapportgruppe",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("aar", sa.Integer(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("noegle", sa.String(length=130), nullable=False),
        sa.Column("navn", sa.String(length=120), nullable=False),
        sa.Column("samtaletype", sa.String(length=20), nullable=True),
        sa.Column("fastlagt_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("nr BETWEEN 1 AND 4", name=op.f("ck_rapportgruppe_nr")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_rapportgruppe_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rapportgruppe")),
        sa.UniqueConstraint(
            "organisation_id",
            "aar",
            "nr",
            "noegle",
            name=op.f("uq_rapportgruppe_organisation_id_aar_nr_noegle"),
        ),
    )
    op.create_table(
        "rapportvalg",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("opdeling", sa.String(length=20), nullable=False),
        sa.Column("aendret_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("aendret_af", sa.Uuid(), nullable=False),
        sa.CheckConstraint("opdeling IN ('team', 'samtaletype')", name=op.f("ck_rapportvalg_opdeling")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_rapportvalg_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_rapportvalg")),
    )
    op.create_table(
        "udgivelse",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("aar", sa.Integer(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("regler", sa.Integer(), nullable=False),
        sa.Column("beregnet_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("stoppet_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("stoppet_grund", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "(stoppet_at IS NULL) = (stoppet_grund IS NULL)", name=op.f("ck_udgivelse_stoppet")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_udgivelse_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_udgivelse")),
        sa.UniqueConstraint("organisation_id", "aar", "nr", name=op.f("uq_udgivelse_organisation_id_aar_nr")),
    )
    op.create_table(
        "rapportgruppe_person",
        sa.Column("gruppe_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gruppe_id"],
            ["rapportgruppe.id"],
            name=op.f("fk_rapportgruppe_person_gruppe_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rapportgruppe_person_person_id")),
        sa.PrimaryKeyConstraint("gruppe_id", "person_id", name=op.f("pk_rapportgruppe_person")),
    )
    op.create_index(
        op.f("ix_rapportgruppe_person_person_id"), "rapportgruppe_person", ["person_id"], unique=False
    )
    op.create_table(
        "rapportgruppe_team",
        sa.Column("gruppe_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gruppe_id"],
            ["rapportgruppe.id"],
            name=op.f("fk_rapportgruppe_team_gruppe_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_rapportgruppe_team_team_id")),
        sa.PrimaryKeyConstraint("gruppe_id", "team_id", name=op.f("pk_rapportgruppe_team")),
    )
    op.create_index(op.f("ix_rapportgruppe_team_team_id"), "rapportgruppe_team", ["team_id"], unique=False)
    op.create_table(
        "rapportplan",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("navn", sa.String(length=120), nullable=False),
        sa.Column("aendret_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("aendret_af", sa.Uuid(), nullable=False),
        sa.CheckConstraint("navn <> ''", name=op.f("ck_rapportplan_navn")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_rapportplan_organisation_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_rapportplan_team_id")),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_rapportplan")),
    )
    op.create_index(op.f("ix_rapportplan_organisation_id"), "rapportplan", ["organisation_id"], unique=False)
    op.create_table(
        "udgivet_tal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("udgivelse_id", sa.Uuid(), nullable=False),
        sa.Column("gruppe_id", sa.Uuid(), nullable=True),
        sa.Column("billede", sa.String(length=20), nullable=False),
        sa.Column("plads", sa.Integer(), nullable=False),
        sa.Column("kode", sa.String(length=80), nullable=False),
        sa.Column("navn", sa.String(length=120), nullable=False),
        sa.Column("tekst", sa.String(length=40), nullable=False),
        sa.Column("tegnet", sa.Integer(), nullable=False),
        sa.Column("baand", sa.String(length=40), nullable=False),
        sa.Column("personer", sa.Integer(), nullable=False),
        sa.CheckConstraint("personer >= 5", name=op.f("ck_udgivet_tal_k")),
        sa.ForeignKeyConstraint(["gruppe_id"], ["rapportgruppe.id"], name=op.f("fk_udgivet_tal_gruppe_id")),
        sa.ForeignKeyConstraint(
            ["udgivelse_id"], ["udgivelse.id"], name=op.f("fk_udgivet_tal_udgivelse_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_udgivet_tal")),
        sa.UniqueConstraint(
            "udgivelse_id",
            "gruppe_id",
            "billede",
            "kode",
            name=op.f("uq_udgivet_tal_udgivelse_id_gruppe_id_billede_kode"),
        ),
    )
    op.create_index(op.f("ix_udgivet_tal_gruppe_id"), "udgivet_tal", ["gruppe_id"], unique=False)
    op.create_table(
        "udgivet_person",
        sa.Column("tal_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_udgivet_person_person_id")),
        sa.ForeignKeyConstraint(
            ["tal_id"], ["udgivet_tal.id"], name=op.f("fk_udgivet_person_tal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tal_id", "person_id", name=op.f("pk_udgivet_person")),
    )
    op.create_index(op.f("ix_udgivet_person_person_id"), "udgivet_person", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_udgivet_person_person_id"), table_name="udgivet_person")
    op.drop_table("udgivet_person")
    op.drop_index(op.f("ix_udgivet_tal_gruppe_id"), table_name="udgivet_tal")
    op.drop_table("udgivet_tal")
    op.drop_index(op.f("ix_rapportplan_organisation_id"), table_name="rapportplan")
    op.drop_table("rapportplan")
    op.drop_index(op.f("ix_rapportgruppe_team_team_id"), table_name="rapportgruppe_team")
    op.drop_table("rapportgruppe_team")
    op.drop_index(op.f("ix_rapportgruppe_person_person_id"), table_name="rapportgruppe_person")
    op.drop_table("rapportgruppe_person")
    op.drop_table("udgivelse")
    op.drop_table("rapportvalg")
    op.drop_table("rapportgruppe")

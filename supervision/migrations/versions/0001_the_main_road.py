"""the main road"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import supervision.db


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "historik",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("handling", sa.String(length=60), nullable=False),
        sa.Column("genstand", sa.String(length=40), nullable=False),
        sa.Column("genstand_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_historik")),
    )
    with op.batch_alter_table("historik", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_historik_genstand_genstand_id"), ["genstand", "genstand_id"], unique=False
        )

    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("navn", sa.String(length=120), nullable=False),
        sa.Column("slags", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "slags IN ('jobcenter', 'a_kasse', 'anden_aktoer', 'supervision')",
            name=op.f("ck_organisation_slags"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("navn", name=op.f("uq_organisation_navn")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("navn", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("oprettet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_person_email_lower")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_person_fs_uniquifier")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "samtale",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("starter_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("laengde_min", sa.Integer(), nullable=False),
        sa.Column("sted", sa.String(length=120), nullable=False),
        sa.Column("forloeb_nr", sa.Integer(), nullable=True),
        sa.Column("oprettet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("oprettet_af", sa.Uuid(), nullable=False),
        sa.CheckConstraint("form IN ('fysisk', 'telefonisk', 'digital')", name=op.f("ck_samtale_form")),
        sa.CheckConstraint(
            "type IN ('individuel', 'faellessamtale', 'cv_samtale', 'raadighedssamtale', 'opfoelgning', 'virksomhedsmoede', 'oevelse')",
            name=op.f("ck_samtale_type"),
        ),
        sa.CheckConstraint(
            "forloeb_nr IS NULL OR forloeb_nr BETWEEN 1 AND 30", name=op.f("ck_samtale_forloeb_nr")
        ),
        sa.CheckConstraint("laengde_min BETWEEN 5 AND 240", name=op.f("ck_samtale_laengde")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_samtale_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_samtale")),
    )
    with op.batch_alter_table("samtale", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_samtale_organisation_id_starter_at"),
            ["organisation_id", "starter_at"],
            unique=False,
        )

    op.create_table(
        "team",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("navn", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_team_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("organisation_id", "navn", name=op.f("uq_team_organisation_id_navn")),
    )
    op.create_table(
        "feedback_kontrakt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("samtale_id", sa.Uuid(), nullable=False),
        sa.Column("fokusperson_id", sa.Uuid(), nullable=False),
        sa.Column("observatoer_id", sa.Uuid(), nullable=False),
        sa.Column("slags", sa.String(length=20), nullable=False),
        sa.Column("maal", sa.Text(), nullable=False),
        sa.Column("redskaber", sa.Text(), nullable=False),
        sa.Column("bidrag", sa.Text(), nullable=False),
        sa.Column("skabelon", sa.String(length=60), nullable=True),
        sa.Column("gm_variant", sa.String(length=60), nullable=False),
        sa.Column("parter", sa.JSON(), nullable=False),
        sa.Column("udenfor", sa.Text(), nullable=False),
        sa.Column("plads", sa.String(length=200), nullable=False),
        sa.Column("praesentation", sa.String(length=300), nullable=False),
        sa.Column("borger_ja", sa.Boolean(), nullable=True),
        sa.Column("fortolkning_tilladt", sa.Boolean(), nullable=False),
        sa.Column("gode_raad_tilladt", sa.Boolean(), nullable=False),
        sa.Column("feedback_hvornaar", sa.String(length=20), nullable=False),
        sa.Column("feedback_min", sa.Integer(), nullable=False),
        sa.Column("udgave", sa.Integer(), nullable=False),
        sa.Column("oprettet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("oprettet_af", sa.Uuid(), nullable=False),
        sa.Column("aendret_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("aendret_af", sa.Uuid(), nullable=False),
        sa.Column("laast_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("trukket_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("trukket_af", sa.Uuid(), nullable=True),
        sa.CheckConstraint("slags IN ('kollegial', 'supervision')", name=op.f("ck_feedback_kontrakt_slags")),
        sa.CheckConstraint(
            "(trukket_at IS NULL) = (trukket_af IS NULL)", name=op.f("ck_feedback_kontrakt_trukket")
        ),
        sa.CheckConstraint("feedback_min BETWEEN 5 AND 120", name=op.f("ck_feedback_kontrakt_feedback_min")),
        sa.CheckConstraint("fokusperson_id <> observatoer_id", name=op.f("ck_feedback_kontrakt_to_personer")),
        sa.CheckConstraint("udgave >= 1", name=op.f("ck_feedback_kontrakt_udgave")),
        sa.ForeignKeyConstraint(
            ["fokusperson_id"], ["person.id"], name=op.f("fk_feedback_kontrakt_fokusperson_id")
        ),
        sa.ForeignKeyConstraint(
            ["observatoer_id"], ["person.id"], name=op.f("fk_feedback_kontrakt_observatoer_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_feedback_kontrakt_organisation_id")
        ),
        sa.ForeignKeyConstraint(["samtale_id"], ["samtale.id"], name=op.f("fk_feedback_kontrakt_samtale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_kontrakt")),
        sa.UniqueConstraint(
            "samtale_id",
            "fokusperson_id",
            "observatoer_id",
            name=op.f("uq_feedback_kontrakt_samtale_id_fokusperson_id_observatoer_id"),
        ),
    )
    with op.batch_alter_table("feedback_kontrakt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_feedback_kontrakt_fokusperson_id"), ["fokusperson_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_feedback_kontrakt_observatoer_id"), ["observatoer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_feedback_kontrakt_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("oprettet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("oprettet_af", sa.Uuid(), nullable=True),
        sa.Column("udloeber_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("brugt_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "laeringsgruppe",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("navn", sa.String(length=120), nullable=False),
        sa.Column("facilitator_id", sa.Uuid(), nullable=False),
        sa.Column("oprettet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("nedlagt_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["person.id"], name=op.f("fk_laeringsgruppe_facilitator_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_laeringsgruppe_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laeringsgruppe")),
    )
    with op.batch_alter_table("laeringsgruppe", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_laeringsgruppe_facilitator_id"), ["facilitator_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_laeringsgruppe_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "laeringspil",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("oprettet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("afloest_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_laeringspil_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laeringspil")),
    )
    with op.batch_alter_table("laeringspil", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_laeringspil_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_laeringspil_gaeldende",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("afloest_at IS NULL"),
            postgresql_where=sa.text("afloest_at IS NULL"),
        )

    op.create_table(
        "rolletildeling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("rolle", sa.String(length=20), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("fra", sa.Date(), nullable=False),
        sa.Column("til", sa.Date(), nullable=True),
        sa.Column("givet_af", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(rolle IN ('medarbejder', 'teamleder') AND team_id IS NOT NULL AND organisation_id IS NULL) OR (rolle = 'supervisor' AND organisation_id IS NOT NULL AND team_id IS NULL) OR (rolle = 'administrator' AND team_id IS NULL AND organisation_id IS NULL)",
            name=op.f("ck_rolletildeling_omfang"),
        ),
        sa.CheckConstraint(
            "rolle IN ('medarbejder', 'teamleder', 'supervisor', 'administrator')",
            name=op.f("ck_rolletildeling_rolle"),
        ),
        sa.CheckConstraint("til IS NULL OR til >= fra", name=op.f("ck_rolletildeling_datoer")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_rolletildeling_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rolletildeling_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_rolletildeling_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rolletildeling")),
    )
    with op.batch_alter_table("rolletildeling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rolletildeling_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_rolletildeling_team_id_rolle"), ["team_id", "rolle"], unique=False
        )
        batch_op.create_index(
            "uq_rolletildeling_en_medarbejder",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("rolle = 'medarbejder' AND til IS NULL"),
            postgresql_where=sa.text("rolle = 'medarbejder' AND til IS NULL"),
        )

    op.create_table(
        "fokuspunkt",
        sa.Column("kontrakt_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tekst", sa.String(length=300), nullable=False),
        sa.CheckConstraint("tekst <> ''", name=op.f("ck_fokuspunkt_tekst")),
        sa.CheckConstraint("nr BETWEEN 1 AND 3", name=op.f("ck_fokuspunkt_nr")),
        sa.ForeignKeyConstraint(
            ["kontrakt_id"],
            ["feedback_kontrakt.id"],
            name=op.f("fk_fokuspunkt_kontrakt_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kontrakt_id", "nr", name=op.f("pk_fokuspunkt")),
    )
    op.create_table(
        "gruppemedlem",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gruppe_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("ind_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ud_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["gruppe_id"], ["laeringsgruppe.id"], name=op.f("fk_gruppemedlem_gruppe_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_gruppemedlem_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gruppemedlem")),
    )
    with op.batch_alter_table("gruppemedlem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gruppemedlem_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_gruppemedlem_en_gang",
            ["gruppe_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("ud_at IS NULL"),
            postgresql_where=sa.text("ud_at IS NULL"),
        )

    op.create_table(
        "kontrakt_ja",
        sa.Column("kontrakt_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("udgave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["kontrakt_id"],
            ["feedback_kontrakt.id"],
            name=op.f("fk_kontrakt_ja_kontrakt_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kontrakt_ja_person_id")),
        sa.PrimaryKeyConstraint("kontrakt_id", "person_id", "udgave", name=op.f("pk_kontrakt_ja")),
    )
    op.create_table(
        "kontrakt_kendetegn",
        sa.Column("kontrakt_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kode", sa.String(length=60), nullable=False),
        sa.Column("kort", sa.String(length=40), nullable=False),
        sa.Column("tekst", sa.String(length=300), nullable=False),
        sa.CheckConstraint("nr BETWEEN 1 AND 12", name=op.f("ck_kontrakt_kendetegn_nr")),
        sa.ForeignKeyConstraint(
            ["kontrakt_id"],
            ["feedback_kontrakt.id"],
            name=op.f("fk_kontrakt_kendetegn_kontrakt_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kontrakt_id", "nr", name=op.f("pk_kontrakt_kendetegn")),
        sa.UniqueConstraint("kontrakt_id", "kode", name=op.f("uq_kontrakt_kendetegn_kontrakt_id_kode")),
    )
    op.create_table(
        "laeringspil_linje",
        sa.Column("laeringspil_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("faerdighed", sa.String(length=300), nullable=False),
        sa.Column("situation", sa.String(length=300), nullable=False),
        sa.Column("maade", sa.String(length=10), nullable=False),
        sa.Column("effekt", sa.String(length=300), nullable=False),
        sa.Column("kendetegn_kode", sa.String(length=60), nullable=True),
        sa.CheckConstraint("maade IN ('afproeve', 'observere')", name=op.f("ck_laeringspil_linje_maade")),
        sa.CheckConstraint("nr BETWEEN 1 AND 3", name=op.f("ck_laeringspil_linje_nr")),
        sa.ForeignKeyConstraint(
            ["laeringspil_id"],
            ["laeringspil.id"],
            name=op.f("fk_laeringspil_linje_laeringspil_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("laeringspil_id", "nr", name=op.f("pk_laeringspil_linje")),
    )
    op.create_table(
        "observation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kontrakt_id", sa.Uuid(), nullable=True),
        sa.Column("fokusperson_id", sa.Uuid(), nullable=False),
        sa.Column("observatoer_id", sa.Uuid(), nullable=True),
        sa.Column("kilde", sa.String(length=10), nullable=False),
        sa.Column("fil_observation", sa.String(length=120), nullable=True),
        sa.Column("fil_observatoer", sa.String(length=120), nullable=True),
        sa.Column("startet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("oprettet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("afsluttet_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("overdraget_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("observatoer_indtil", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kilde = 'optager' AND kontrakt_id IS NOT NULL AND observatoer_id IS NOT NULL) OR (kilde = 'fil' AND fil_observation IS NOT NULL AND fil_observatoer IS NOT NULL)",
            name=op.f("ck_observation_ophav"),
        ),
        sa.CheckConstraint("kilde IN ('optager', 'fil')", name=op.f("ck_observation_kilde")),
        sa.ForeignKeyConstraint(
            ["fokusperson_id"], ["person.id"], name=op.f("fk_observation_fokusperson_id")
        ),
        sa.ForeignKeyConstraint(
            ["kontrakt_id"], ["feedback_kontrakt.id"], name=op.f("fk_observation_kontrakt_id")
        ),
        sa.ForeignKeyConstraint(
            ["observatoer_id"], ["person.id"], name=op.f("fk_observation_observatoer_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_observation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("kontrakt_id", name=op.f("uq_observation_kontrakt_id")),
        sa.UniqueConstraint(
            "organisation_id",
            "fokusperson_id",
            "fil_observation",
            "fil_observatoer",
            name=op.f("uq_observation_organisation_id_fokusperson_id_fil_observation_fil_observatoer"),
        ),
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_observation_fokusperson_id_startet_at"),
            ["fokusperson_id", "startet_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_observation_observatoer_id"), ["observatoer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_observation_organisation_id_startet_at"),
            ["organisation_id", "startet_at"],
            unique=False,
        )

    op.create_table(
        "runde",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gruppe_id", sa.Uuid(), nullable=False),
        sa.Column("navn", sa.String(length=120), nullable=False),
        sa.Column("fra", sa.Date(), nullable=False),
        sa.Column("til", sa.Date(), nullable=False),
        sa.CheckConstraint("til > fra", name=op.f("ck_runde_datoer")),
        sa.ForeignKeyConstraint(
            ["gruppe_id"], ["laeringsgruppe.id"], name=op.f("fk_runde_gruppe_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runde")),
    )
    with op.batch_alter_table("runde", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_runde_gruppe_id_fra"), ["gruppe_id", "fra"], unique=True)

    op.create_table(
        "feedback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("fokusperson_id", sa.Uuid(), nullable=False),
        sa.Column("observatoer_id", sa.Uuid(), nullable=False),
        sa.Column("oprettet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sendt_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("laest_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("tak_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("tak", sa.Text(), nullable=False),
        sa.Column("egen_note", sa.Text(), nullable=False),
        sa.Column("lukket_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["fokusperson_id"], ["person.id"], name=op.f("fk_feedback_fokusperson_id")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_feedback_observation_id")
        ),
        sa.ForeignKeyConstraint(["observatoer_id"], ["person.id"], name=op.f("fk_feedback_observatoer_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_feedback_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("observation_id", name=op.f("uq_feedback_observation_id")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_fokusperson_id"), ["fokusperson_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_feedback_observatoer_id"), ["observatoer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_feedback_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "haendelse",
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("t_ms", sa.Integer(), nullable=False),
        sa.Column("spor", sa.String(length=40), nullable=False),
        sa.Column("kode", sa.Text(), nullable=False),
        sa.Column("modtaget_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("nr >= 0", name=op.f("ck_haendelse_nr")),
        sa.CheckConstraint("t_ms >= 0", name=op.f("ck_haendelse_t_ms")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_haendelse_observation_id")
        ),
        sa.PrimaryKeyConstraint("observation_id", "id", name=op.f("pk_haendelse")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lognotat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=True),
        sa.Column("skrevet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("aendret_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("proevet", sa.Text(), nullable=False),
        sa.Column("skete", sa.Text(), nullable=False),
        sa.Column("naeste", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_lognotat_observation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_lognotat_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lognotat")),
    )
    with op.batch_alter_table("lognotat", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lognotat_person_id_skrevet_at"), ["person_id", "skrevet_at"], unique=False
        )

    op.create_table(
        "feedback_punkt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("feedback_id", sa.Uuid(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("slags", sa.String(length=20), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("t_ms", sa.Integer(), nullable=True),
        sa.Column("sendt_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("beholdt_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "slags IN ('lykkedes', 'iagttagelse', 'oplevelse', 'fortolkning', 'godt_raad')",
            name=op.f("ck_feedback_punkt_slags"),
        ),
        sa.CheckConstraint("tekst <> ''", name=op.f("ck_feedback_punkt_tekst")),
        sa.CheckConstraint("t_ms IS NULL OR t_ms >= 0", name=op.f("ck_feedback_punkt_t_ms")),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_feedback_punkt_feedback_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_punkt")),
        sa.UniqueConstraint("feedback_id", "nr", name=op.f("uq_feedback_punkt_feedback_id_nr")),
    )
    op.create_table(
        "skuffe",
        sa.Column("feedback_id", sa.Uuid(), nullable=False),
        sa.Column("slags", sa.String(length=20), nullable=False),
        sa.Column("spurgt_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("aabnet_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("lukket_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("slags IN ('fortolkning', 'godt_raad')", name=op.f("ck_skuffe_slags")),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_skuffe_feedback_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("feedback_id", "slags", name=op.f("pk_skuffe")),
    )
    op.create_table(
        "deling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("punkt_id", sa.Uuid(), nullable=False),
        sa.Column("delt_af", sa.Uuid(), nullable=False),
        sa.Column("gruppe_id", sa.Uuid(), nullable=True),
        sa.Column("teamleder_id", sa.Uuid(), nullable=True),
        sa.Column("delt_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("trukket_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(gruppe_id IS NULL) <> (teamleder_id IS NULL)", name=op.f("ck_deling_modtager")),
        sa.ForeignKeyConstraint(["delt_af"], ["person.id"], name=op.f("fk_deling_delt_af")),
        sa.ForeignKeyConstraint(["gruppe_id"], ["laeringsgruppe.id"], name=op.f("fk_deling_gruppe_id")),
        sa.ForeignKeyConstraint(
            ["punkt_id"], ["feedback_punkt.id"], name=op.f("fk_deling_punkt_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["teamleder_id"], ["person.id"], name=op.f("fk_deling_teamleder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deling")),
    )
    with op.batch_alter_table("deling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deling_delt_af"), ["delt_af"], unique=False)
        batch_op.create_index(batch_op.f("ix_deling_gruppe_id"), ["gruppe_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deling_teamleder_id"), ["teamleder_id"], unique=False)
        batch_op.create_index(
            "uq_deling_gruppe",
            ["punkt_id", "gruppe_id"],
            unique=True,
            sqlite_where=sa.text("trukket_at IS NULL"),
            postgresql_where=sa.text("trukket_at IS NULL"),
        )
        batch_op.create_index(
            "uq_deling_teamleder",
            ["punkt_id", "teamleder_id"],
            unique=True,
            sqlite_where=sa.text("trukket_at IS NULL"),
            postgresql_where=sa.text("trukket_at IS NULL"),
        )

    op.create_table(
        "spoergsmaal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("punkt_id", sa.Uuid(), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("stillet_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("svar", sa.Text(), nullable=True),
        sa.Column("svaret_at", supervision.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(svar IS NULL) = (svaret_at IS NULL)", name=op.f("ck_spoergsmaal_svar")),
        sa.ForeignKeyConstraint(
            ["punkt_id"], ["feedback_punkt.id"], name=op.f("fk_spoergsmaal_punkt_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spoergsmaal")),
    )
    with op.batch_alter_table("spoergsmaal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spoergsmaal_punkt_id"), ["punkt_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("spoergsmaal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spoergsmaal_punkt_id"))

    op.drop_table("spoergsmaal")
    with op.batch_alter_table("deling", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_deling_teamleder",
            sqlite_where=sa.text("trukket_at IS NULL"),
            postgresql_where=sa.text("trukket_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_deling_gruppe",
            sqlite_where=sa.text("trukket_at IS NULL"),
            postgresql_where=sa.text("trukket_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_deling_teamleder_id"))
        batch_op.drop_index(batch_op.f("ix_deling_gruppe_id"))
        batch_op.drop_index(batch_op.f("ix_deling_delt_af"))

    op.drop_table("deling")
    op.drop_table("skuffe")
    op.drop_table("feedback_punkt")
    with op.batch_alter_table("lognotat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lognotat_person_id_skrevet_at"))

    op.drop_table("lognotat")
    op.drop_table("haendelse")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_observatoer_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_fokusperson_id"))

    op.drop_table("feedback")
    with op.batch_alter_table("runde", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_runde_gruppe_id_fra"))

    op.drop_table("runde")
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_observation_organisation_id_startet_at"))
        batch_op.drop_index(batch_op.f("ix_observation_observatoer_id"))
        batch_op.drop_index(batch_op.f("ix_observation_fokusperson_id_startet_at"))

    op.drop_table("observation")
    op.drop_table("laeringspil_linje")
    op.drop_table("kontrakt_kendetegn")
    op.drop_table("kontrakt_ja")
    with op.batch_alter_table("gruppemedlem", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_gruppemedlem_en_gang",
            sqlite_where=sa.text("ud_at IS NULL"),
            postgresql_where=sa.text("ud_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_gruppemedlem_person_id"))

    op.drop_table("gruppemedlem")
    op.drop_table("fokuspunkt")
    with op.batch_alter_table("rolletildeling", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_rolletildeling_en_medarbejder",
            sqlite_where=sa.text("rolle = 'medarbejder' AND til IS NULL"),
            postgresql_where=sa.text("rolle = 'medarbejder' AND til IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_rolletildeling_team_id_rolle"))
        batch_op.drop_index(batch_op.f("ix_rolletildeling_person_id"))

    op.drop_table("rolletildeling")
    with op.batch_alter_table("laeringspil", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_laeringspil_gaeldende",
            sqlite_where=sa.text("afloest_at IS NULL"),
            postgresql_where=sa.text("afloest_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_laeringspil_person_id"))

    op.drop_table("laeringspil")
    with op.batch_alter_table("laeringsgruppe", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_laeringsgruppe_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_laeringsgruppe_facilitator_id"))

    op.drop_table("laeringsgruppe")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_person_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("feedback_kontrakt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_kontrakt_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_kontrakt_observatoer_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_kontrakt_fokusperson_id"))

    op.drop_table("feedback_kontrakt")
    op.drop_table("team")
    with op.batch_alter_table("samtale", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_samtale_organisation_id_starter_at"))

    op.drop_table("samtale")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_organisation_id"))

    op.drop_table("person")
    op.drop_table("organisation")
    with op.batch_alter_table("historik", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_historik_genstand_genstand_id"))

    op.drop_table("historik")

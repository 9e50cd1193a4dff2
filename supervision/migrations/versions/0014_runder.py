"""what a round asks of its people, its hjemmeopgaver, and each organisation's manual"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import supervision.db

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BEFORE = ("kontrakt", "samtale", "feedback", "spoergsmaal", "svar")
NOW = (*BEFORE, "runde")
BESKED = {
    "besked": (
        "id {uuid} NOT NULL, person_id {uuid} NOT NULL, slags VARCHAR(20) NOT NULL, genstand_id {uuid} NOT NULL,"
        " oprettet_at {moment} NOT NULL, sendes_tidligst_at {moment} NOT NULL, forsoeg INTEGER NOT NULL,"
        " foerste_forsoeg_at {moment}, sendt_at {moment}, opgivet_at {moment},"
        " CONSTRAINT pk_besked PRIMARY KEY (id),"
        " CONSTRAINT ck_besked_slags CHECK ({slags}),"
        " CONSTRAINT ck_besked_forsoeg CHECK (forsoeg >= 0),"
        " CONSTRAINT ck_besked_foerste_forsoeg CHECK ((forsoeg = 0) = (foerste_forsoeg_at IS NULL)),"
        " CONSTRAINT ck_besked_et_udfald CHECK (sendt_at IS NULL OR opgivet_at IS NULL),"
        " CONSTRAINT fk_besked_person_id FOREIGN KEY(person_id) REFERENCES person (id),"
        " CONSTRAINT uq_besked_person_id_slags_genstand_id UNIQUE (person_id, slags, genstand_id)"
    ),
    "beskedvalg": (
        "person_id {uuid} NOT NULL, slags VARCHAR(20) NOT NULL, til BOOLEAN NOT NULL, valgt_at {moment} NOT NULL,"
        " CONSTRAINT pk_beskedvalg PRIMARY KEY (person_id, slags),"
        " CONSTRAINT ck_beskedvalg_slags CHECK ({slags}),"
        " CONSTRAINT fk_beskedvalg_person_id FOREIGN KEY(person_id) REFERENCES person (id)"
    ),
}
"""The two tables that say which kinds of notices there are; the rows of neither are anybody's children."""


def upgrade() -> None:

    op.execute("ALTER TABLE runde ADD COLUMN uden_pligter JSON DEFAULT '[]' NOT NULL")
    for table in BESKED:
        _allow(table, NOW)
    _make_pligt_sagt()
    _make_hjemmeopgave()
    _make_manual()


def downgrade() -> None:

    op.drop_index("ix_manual_laest_organisation_id", table_name="manual_laest")
    op.drop_table("manual_laest")
    op.drop_index("uq_manual_en_kladde", table_name="manual")
    op.drop_table("manual")
    op.drop_index("ix_hjemmeopgave_kontrakt_kontrakt_id", table_name="hjemmeopgave_kontrakt")
    op.drop_table("hjemmeopgave_kontrakt")
    op.drop_index("ix_hjemmeopgave_runde_id_frist", table_name="hjemmeopgave")
    op.drop_table("hjemmeopgave")
    op.drop_index("ix_pligt_sagt_person_id", table_name="pligt_sagt")
    op.drop_table("pligt_sagt")
    for table in BESKED:
        op.execute(f"DELETE FROM {table} WHERE slags = 'runde'")
        _allow(table, BEFORE)
    op.drop_column("runde", "uden_pligter")


def _allow(table: str, kinds: tuple[str, ...]) -> None:
    """Let `slags` be one of these. SQLite has no other way than a new table; it is written out, so that no check is lost."""
    slags = f"slags IN ({', '.join(repr(kind) for kind in kinds)})"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(f"ck_{table}_slags"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_slags"), table, slags)
        return
    columns = BESKED[table].format(uuid="CHAR(32)", moment="DATETIME", slags=slags)
    op.execute(f"CREATE TABLE {table}_ny ({columns})")
    op.execute(f"INSERT INTO {table}_ny SELECT * FROM {table}")
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE {table}_ny RENAME TO {table}")
    if table == "besked":
        op.create_index("ix_besked_sendes_tidligst_at", "besked", ["sendes_tidligst_at"])


def _make_pligt_sagt() -> None:
    op.create_table(
        "pligt_sagt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("runde_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("pligt", sa.String(length=20), nullable=False),
        sa.Column("sagt_at", supervision.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("pligt <> ''", name=op.f("ck_pligt_sagt_pligt")),
        sa.ForeignKeyConstraint(
            ["runde_id"], ["runde.id"], name=op.f("fk_pligt_sagt_runde_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pligt_sagt_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pligt_sagt")),
        sa.UniqueConstraint(
            "runde_id", "person_id", "pligt", name=op.f("uq_pligt_sagt_runde_id_person_id_pligt")
        ),
    )
    op.create_index("ix_pligt_sagt_person_id", "pligt_sagt", ["person_id"])


def _make_hjemmeopgave() -> None:
    moment = supervision.db.UtcDateTime(timezone=True)
    op.create_table(
        "hjemmeopgave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("runde_id", sa.Uuid(), nullable=False),
        sa.Column("titel", sa.String(length=120), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("kursusdag", sa.String(length=60), nullable=False),
        sa.Column("metoder", sa.JSON(), nullable=False),
        sa.Column("frist", sa.Date(), nullable=False),
        sa.Column("oprettet_at", moment, nullable=False),
        sa.Column("oprettet_af", sa.Uuid(), nullable=False),
        sa.Column("aendret_at", moment, nullable=True),
        sa.Column("afsluttet_at", moment, nullable=True),
        sa.Column("afsluttet_af", sa.Uuid(), nullable=True),
        sa.CheckConstraint("titel <> ''", name=op.f("ck_hjemmeopgave_titel")),
        sa.CheckConstraint(
            "(afsluttet_at IS NULL) = (afsluttet_af IS NULL)", name=op.f("ck_hjemmeopgave_afsluttet")
        ),
        sa.ForeignKeyConstraint(
            ["runde_id"], ["runde.id"], name=op.f("fk_hjemmeopgave_runde_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["oprettet_af"], ["person.id"], name=op.f("fk_hjemmeopgave_oprettet_af")),
        sa.ForeignKeyConstraint(["afsluttet_af"], ["person.id"], name=op.f("fk_hjemmeopgave_afsluttet_af")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hjemmeopgave")),
    )
    op.create_index("ix_hjemmeopgave_runde_id_frist", "hjemmeopgave", ["runde_id", "frist"])
    op.create_table(
        "hjemmeopgave_kontrakt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hjemmeopgave_id", sa.Uuid(), nullable=False),
        sa.Column("kontrakt_id", sa.Uuid(), nullable=False),
        sa.Column("knyttet_at", moment, nullable=False),
        sa.Column("knyttet_af", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hjemmeopgave_id"],
            ["hjemmeopgave.id"],
            name=op.f("fk_hjemmeopgave_kontrakt_hjemmeopgave_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["kontrakt_id"],
            ["feedback_kontrakt.id"],
            name=op.f("fk_hjemmeopgave_kontrakt_kontrakt_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["knyttet_af"], ["person.id"], name=op.f("fk_hjemmeopgave_kontrakt_knyttet_af")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hjemmeopgave_kontrakt")),
        sa.UniqueConstraint(
            "hjemmeopgave_id", "kontrakt_id", name=op.f("uq_hjemmeopgave_kontrakt_hjemmeopgave_id_kontrakt_id")
        ),
    )
    op.create_index("ix_hjemmeopgave_kontrakt_kontrakt_id", "hjemmeopgave_kontrakt", ["kontrakt_id"])


def _make_manual() -> None:
    moment = supervision.db.UtcDateTime(timezone=True)
    op.create_table(
        "manual",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("aendring", sa.String(length=200), nullable=False),
        sa.Column("oprettet_at", moment, nullable=False),
        sa.Column("oprettet_af", sa.Uuid(), nullable=False),
        sa.Column("aendret_at", moment, nullable=False),
        sa.Column("udgivet_at", moment, nullable=True),
        sa.Column("udgivet_af", sa.Uuid(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_manual_version")),
        sa.CheckConstraint("tekst <> ''", name=op.f("ck_manual_tekst")),
        sa.CheckConstraint("(udgivet_at IS NULL) = (udgivet_af IS NULL)", name=op.f("ck_manual_udgivet")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_manual_organisation_id")
        ),
        sa.ForeignKeyConstraint(["oprettet_af"], ["person.id"], name=op.f("fk_manual_oprettet_af")),
        sa.ForeignKeyConstraint(["udgivet_af"], ["person.id"], name=op.f("fk_manual_udgivet_af")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual")),
        sa.UniqueConstraint("organisation_id", "version", name=op.f("uq_manual_organisation_id_version")),
    )
    op.create_index(
        "uq_manual_en_kladde",
        "manual",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("udgivet_at IS NULL"),
        postgresql_where=sa.text("udgivet_at IS NULL"),
    )
    op.create_table(
        "manual_laest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("laest_at", moment, nullable=False),
        sa.CheckConstraint("version >= 0", name=op.f("ck_manual_laest_version")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_manual_laest_person_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_manual_laest_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_laest")),
        sa.UniqueConstraint(
            "person_id",
            "organisation_id",
            "version",
            name=op.f("uq_manual_laest_person_id_organisation_id_version"),
        ),
    )
    op.create_index("ix_manual_laest_organisation_id", "manual_laest", ["organisation_id"])

"""who has seen whose data: rows that are only ever added, and when each job last succeeded"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import supervision.db

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

HANDLINGER = "handling IN ('laest', 'soegt', 'hentet', 'aendret', 'slettet')"
OMFANG = "omfang IN ('gruppe', 'team', 'organisation', 'adgangslog')"

# A row is never changed, and goes only when it is older than what is set (12 months where nothing is), at the very
# least 6 months by the database's own clock. A second row of the same id would replace the first on SQLite.
SQLITE = (
    """CREATE TRIGGER adgang_aendres_ikke BEFORE UPDATE ON adgang
    BEGIN SELECT RAISE(ABORT, 'adgang: a row is never changed'); END""",
    """CREATE TRIGGER adgang_erstattes_ikke BEFORE INSERT ON adgang
    WHEN EXISTS (SELECT 1 FROM adgang WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'adgang: a row is never replaced'); END""",
    """CREATE TRIGGER adgang_bliver_staaende BEFORE DELETE ON adgang
    WHEN OLD.at >= strftime(
        '%Y-%m-%d %H:%M:%f', 'now',
        '-' || max(6, coalesce((SELECT maaneder FROM adgangsfrist WHERE id = 1), 12)) || ' months'
    )
    BEGIN SELECT RAISE(ABORT, 'adgang: the row is not old enough to go'); END""",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION adgang_bliver_staaende() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.at < now() - make_interval(
                months => greatest(6, coalesce((SELECT maaneder FROM adgangsfrist WHERE id = 1), 12))
            ) THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION 'adgang: a row is never changed, and goes only when it is old enough';
    END $$""",
    """CREATE TRIGGER adgang_bliver_staaende BEFORE UPDATE OR DELETE ON adgang
    FOR EACH ROW EXECUTE FUNCTION adgang_bliver_staaende()""",
    """CREATE TRIGGER adgang_toemmes_ikke BEFORE TRUNCATE ON adgang
    FOR EACH STATEMENT EXECUTE FUNCTION adgang_bliver_staaende()""",
)


def upgrade() -> None:

    moment = supervision.db.UtcDateTime(timezone=True)
    op.create_table(
        "adgang",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("hvem_id", sa.Uuid(), nullable=True),
        sa.Column("ejer_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("omfang", sa.String(length=20), nullable=True),
        sa.Column("omfang_id", sa.Uuid(), nullable=True),
        sa.Column("slags", sa.String(length=30), nullable=False),
        sa.Column("genstand_id", sa.Uuid(), nullable=True),
        sa.Column("handling", sa.String(length=10), nullable=False),
        sa.Column("ret", sa.String(length=20), nullable=False),
        sa.CheckConstraint(HANDLINGER, name=op.f("ck_adgang_handling")),
        sa.CheckConstraint(OMFANG, name=op.f("ck_adgang_omfang")),
        sa.CheckConstraint("(ejer_id IS NULL) = (omfang IS NOT NULL)", name=op.f("ck_adgang_hvis")),
        sa.CheckConstraint(
            "organisation_id IS NOT NULL OR omfang = 'adgangslog'", name=op.f("ck_adgang_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adgang")),
    )
    op.create_index(op.f("ix_adgang_ejer_id_at"), "adgang", ["ejer_id", "at"], unique=False)
    op.create_index(op.f("ix_adgang_omfang_id_at"), "adgang", ["omfang_id", "at"], unique=False)
    op.create_index(op.f("ix_adgang_at"), "adgang", ["at"], unique=False)
    op.create_table(
        "adgangsfrist",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("maaneder", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_adgangsfrist_en")),
        sa.CheckConstraint("maaneder BETWEEN 6 AND 120", name=op.f("ck_adgangsfrist_maaneder")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adgangsfrist")),
    )
    op.create_table(
        "koersel",
        sa.Column("navn", sa.String(length=40), nullable=False),
        sa.Column("lykkedes_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("navn", name=op.f("pk_koersel")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:

    op.drop_table("koersel")
    op.drop_table("adgangsfrist")
    op.drop_index(op.f("ix_adgang_at"), table_name="adgang")
    op.drop_index(op.f("ix_adgang_omfang_id_at"), table_name="adgang")
    op.drop_index(op.f("ix_adgang_ejer_id_at"), table_name="adgang")
    op.drop_table("adgang")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION adgang_bliver_staaende()")

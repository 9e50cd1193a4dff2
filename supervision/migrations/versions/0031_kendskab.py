"""one table of who has been able to see whose figures of a quarter, where there were two"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

CARRIED = "CREATE TABLE kendskab_baaret AS "
# What was put down at a deletion said no organisation: the one of whoever was seen. What was put down at a publication
# goes by the quarter that was published.
TOGETHER = """
    SELECT seen.organisation_id, old.aar, old.nr, old.person_id AS seer_id, old.kendt_id AS person_id
    FROM kendskab AS old JOIN person AS seen ON seen.id = old.kendt_id WHERE old.person_id <> old.kendt_id
    UNION
    SELECT made.organisation_id, made.aar, made.nr, old.seer_id, old.person_id
    FROM udgivet_kendskab AS old JOIN udgivelse AS made ON made.id = old.udgivelse_id
    WHERE old.seer_id <> old.person_id
"""
APART_PUBLISHED = """
    INSERT INTO udgivet_kendskab (udgivelse_id, seer_id, person_id)
    SELECT made.id, old.seer_id, old.person_id FROM kendskab_baaret AS old
    JOIN udgivelse AS made
    ON made.organisation_id = old.organisation_id AND made.aar = old.aar AND made.nr = old.nr
"""
APART_THE_REST = """
    INSERT INTO kendskab (person_id, kendt_id, aar, nr)
    SELECT DISTINCT old.seer_id, old.person_id, old.aar, old.nr FROM kendskab_baaret AS old
    WHERE NOT EXISTS (
        SELECT 1 FROM udgivelse AS made
        WHERE made.organisation_id = old.organisation_id AND made.aar = old.aar AND made.nr = old.nr
    )
"""


def upgrade() -> None:
    op.execute(CARRIED + TOGETHER)
    op.drop_table("kendskab")
    op.drop_table("udgivet_kendskab")
    op.create_table(
        "kendskab",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("aar", sa.Integer(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("seer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("nr BETWEEN 1 AND 4", name=op.f("ck_kendskab_nr")),
        sa.CheckConstraint("seer_id <> person_id", name=op.f("ck_kendskab_en_anden")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_kendskab_organisation_id")
        ),
        sa.ForeignKeyConstraint(["seer_id"], ["person.id"], name=op.f("fk_kendskab_seer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kendskab_person_id")),
        sa.PrimaryKeyConstraint(
            "organisation_id", "aar", "nr", "seer_id", "person_id", name=op.f("pk_kendskab")
        ),
    )
    op.create_index(op.f("ix_kendskab_seer_id"), "kendskab", ["seer_id"])
    op.create_index(op.f("ix_kendskab_person_id"), "kendskab", ["person_id"])
    columns = "organisation_id, aar, nr, seer_id, person_id"
    op.execute(f"INSERT INTO kendskab ({columns}) SELECT {columns} FROM kendskab_baaret")
    op.drop_table("kendskab_baaret")


def downgrade() -> None:
    op.execute(CARRIED + "SELECT * FROM kendskab")
    op.drop_table("kendskab")
    _create_at_deletion()
    _create_at_publication()
    op.execute(APART_PUBLISHED)
    op.execute(APART_THE_REST)
    op.drop_table("kendskab_baaret")


def _create_at_deletion() -> None:
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


def _create_at_publication() -> None:
    op.create_table(
        "udgivet_kendskab",
        sa.Column("udgivelse_id", sa.Uuid(), nullable=False),
        sa.Column("seer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["udgivelse_id"],
            ["udgivelse.id"],
            name=op.f("fk_udgivet_kendskab_udgivelse_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["seer_id"], ["person.id"], name=op.f("fk_udgivet_kendskab_seer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_udgivet_kendskab_person_id")),
        sa.PrimaryKeyConstraint("udgivelse_id", "seer_id", "person_id", name=op.f("pk_udgivet_kendskab")),
    )
    op.create_index(op.f("ix_udgivet_kendskab_seer_id"), "udgivet_kendskab", ["seer_id"])
    op.create_index(op.f("ix_udgivet_kendskab_person_id"), "udgivet_kendskab", ["person_id"])

"""sign-in from an identity provider: who it is there, what its claims give, and which answers were used"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import supervision.db


revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:

    moment = supervision.db.UtcDateTime(timezone=True)
    op.create_table(
        "ekstern_identitet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("oprettet_at", moment, nullable=False),
        sa.Column("oprettet_af", sa.Uuid(), nullable=True),
        sa.Column("sidst_brugt_at", moment, nullable=True),
        sa.CheckConstraint(
            "length(issuer) > 0 AND length(subject) > 0", name=op.f("ck_ekstern_identitet_navngivet")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_ekstern_identitet_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ekstern_identitet_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ekstern_identitet")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_ekstern_identitet_issuer_subject")),
        sa.UniqueConstraint("person_id", "issuer", name=op.f("uq_ekstern_identitet_person_id_issuer")),
    )
    op.create_index(
        op.f("ix_ekstern_identitet_organisation_id"), "ekstern_identitet", ["organisation_id"], unique=False
    )
    op.create_table(
        "brugt_loginsvar",
        sa.Column("svar_hash", sa.String(length=64), nullable=False),
        sa.Column("identitet_id", sa.Uuid(), nullable=False),
        sa.Column("udloeber_at", moment, nullable=False),
        sa.CheckConstraint("length(svar_hash) = 64", name=op.f("ck_brugt_loginsvar_svar_hash")),
        sa.ForeignKeyConstraint(
            ["identitet_id"],
            ["ekstern_identitet.id"],
            name=op.f("fk_brugt_loginsvar_identitet_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("svar_hash", name=op.f("pk_brugt_loginsvar")),
    )
    op.create_index(
        op.f("ix_brugt_loginsvar_identitet_id"), "brugt_loginsvar", ["identitet_id"], unique=False
    )
    op.create_index(op.f("ix_brugt_loginsvar_udloeber_at"), "brugt_loginsvar", ["udloeber_at"], unique=False)
    op.create_table(
        "kommunelogin",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("vaerdi", sa.String(length=255), nullable=False),
        sa.Column("opretter_personer", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("length(issuer) > 0 AND length(vaerdi) > 0", name=op.f("ck_kommunelogin_navngivet")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_kommunelogin_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kommunelogin")),
        sa.UniqueConstraint("issuer", "vaerdi", name=op.f("uq_kommunelogin_issuer_vaerdi")),
        sa.UniqueConstraint("organisation_id", "issuer", name=op.f("uq_kommunelogin_organisation_id_issuer")),
    )
    op.create_table(
        "loginregel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("vaerdi", sa.String(length=255), nullable=False),
        sa.Column("rolle", sa.String(length=20), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("oprettet_at", moment, nullable=False),
        sa.CheckConstraint(
            "(rolle IN ('medarbejder', 'teamleder') AND team_id IS NOT NULL)"
            " OR (rolle = 'supervisor' AND team_id IS NULL)",
            name=op.f("ck_loginregel_omfang"),
        ),
        sa.CheckConstraint("length(vaerdi) > 0", name=op.f("ck_loginregel_vaerdi")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_loginregel_organisation_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_loginregel_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loginregel")),
    )
    op.create_index(
        op.f("ix_loginregel_organisation_id_vaerdi"), "loginregel", ["organisation_id", "vaerdi"], unique=False
    )


def downgrade() -> None:

    op.drop_index(op.f("ix_loginregel_organisation_id_vaerdi"), table_name="loginregel")
    op.drop_table("loginregel")
    op.drop_table("kommunelogin")
    op.drop_index(op.f("ix_brugt_loginsvar_udloeber_at"), table_name="brugt_loginsvar")
    op.drop_index(op.f("ix_brugt_loginsvar_identitet_id"), table_name="brugt_loginsvar")
    op.drop_table("brugt_loginsvar")
    op.drop_index(op.f("ix_ekstern_identitet_organisation_id"), table_name="ekstern_identitet")
    op.drop_table("ekstern_identitet")

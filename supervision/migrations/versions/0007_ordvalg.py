"""an organisation's own words, and the right to change its catalogue"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No batch: a rebuild of the tables would lose their other checks on SQLite."""

    op.execute(
        "ALTER TABLE rolletildeling ADD COLUMN retter_katalog BOOLEAN DEFAULT false NOT NULL"
        " CONSTRAINT ck_rolletildeling_retter_katalog CHECK (rolle = 'supervisor' OR NOT retter_katalog)"
    )
    op.execute("ALTER TABLE organisation ADD COLUMN ordvalg JSON")
    op.execute(
        "ALTER TABLE organisation ADD COLUMN smart_a VARCHAR(20) DEFAULT 'begge' NOT NULL"
        " CONSTRAINT ck_organisation_smart_a"
        " CHECK (smart_a IN ('begge', 'attraktiv', 'accepteret', 'ambitioes'))"
    )


def downgrade() -> None:

    op.drop_column("organisation", "smart_a")
    op.drop_column("organisation", "ordvalg")
    op.drop_column("rolletildeling", "retter_katalog")

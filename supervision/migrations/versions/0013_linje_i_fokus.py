"""a point of focus keeps the line it came from, a line the point it came from; a withdrawn kontrakt makes room for a new one"""

from __future__ import annotations

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLE = "feedback_kontrakt"
THE_TWO = "samtale_id, fokusperson_id, observatoer_id"
OLD = "uq_feedback_kontrakt_samtale_id_fokusperson_id_observatoer_id"
NEW = "uq_feedback_kontrakt_i_kraft"
IN_FORCE = sa.text("trukket_at IS NULL")


def upgrade() -> None:
    op.add_column("fokuspunkt", sa.Column("linje_id", sa.Uuid(), nullable=True))
    op.create_index("ix_fokuspunkt_linje_id", "fokuspunkt", ["linje_id"])
    for name in ("fra_punkt_id", "afloeser_id"):
        op.add_column("laeringspil_linje", sa.Column(name, sa.Uuid(), nullable=True))
    if _is_sqlite():
        _rebuild(lambda sql: re.sub(rf",\s*CONSTRAINT {OLD} UNIQUE \([^)]*\)", "", sql))
    else:
        op.drop_constraint(OLD, TABLE, type_="unique")
    op.create_index("ix_feedback_kontrakt_samtale_id", TABLE, ["samtale_id"])
    op.create_index(
        NEW, TABLE, THE_TWO.split(", "), unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE
    )


def downgrade() -> None:
    _refuse_two_of_the_same()
    op.drop_index(NEW, table_name=TABLE)
    op.drop_index("ix_feedback_kontrakt_samtale_id", table_name=TABLE)
    if _is_sqlite():
        _rebuild(lambda sql: f"{sql.rstrip()[:-1]}, CONSTRAINT {OLD} UNIQUE ({THE_TWO}))")
    else:
        op.create_unique_constraint(OLD, TABLE, THE_TWO.split(", "))
    for name in ("afloeser_id", "fra_punkt_id"):
        op.drop_column("laeringspil_linje", name)
    op.drop_index("ix_fokuspunkt_linje_id", table_name="fokuspunkt")
    op.drop_column("fokuspunkt", "linje_id")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _rebuild(changed: Callable[[str], str]) -> None:
    """SQLite cannot drop a constraint: the table is made anew from its own words, so that every other check stays.

    Foreign keys are off while migrations run (env.py), so the drop takes no child row along.
    """
    bind = op.get_bind()
    sql = bind.scalar(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name"), {"name": TABLE}
    )
    made = changed(sql)
    if made == sql:
        raise RuntimeError(f"{TABLE} does not look as it should: nothing was changed in it")
    indexes = bind.scalars(
        sa.text(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :name AND sql IS NOT NULL"
        ),
        {"name": TABLE},
    ).all()
    columns = ", ".join(f'"{row[1]}"' for row in bind.exec_driver_sql(f"PRAGMA table_info({TABLE})"))
    head = re.compile(rf'^CREATE TABLE "?{TABLE}"?')
    bind.exec_driver_sql(head.sub(f'CREATE TABLE "{TABLE}_ny"', made, count=1))
    bind.exec_driver_sql(f"INSERT INTO {TABLE}_ny ({columns}) SELECT {columns} FROM {TABLE}")
    bind.exec_driver_sql(f"DROP TABLE {TABLE}")
    bind.exec_driver_sql(f"ALTER TABLE {TABLE}_ny RENAME TO {TABLE}")
    for index in indexes:
        bind.exec_driver_sql(index)


def _refuse_two_of_the_same() -> None:
    """The older form has no room for a new kontrakt beside a withdrawn one, and nothing is thrown away."""
    twice = (
        op.get_bind()
        .execute(sa.text(f"SELECT 1 FROM {TABLE} GROUP BY {THE_TWO} HAVING count(*) > 1"))
        .first()
    )
    if twice:
        raise RuntimeError(
            "Two people have a new kontrakt beside one they withdrew on the same samtale. Before this version "
            "there is no room for both: delete the withdrawn one, then go down."
        )

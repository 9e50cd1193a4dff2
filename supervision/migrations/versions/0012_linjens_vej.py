"""a line of the læringspil keeps its id from version to version, and a note may belong to it"""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("laeringspil_linje", "lognotat"):
        op.add_column(table, sa.Column("linje_id", sa.Uuid(), nullable=True))
    _name_the_lines()


def downgrade() -> None:
    for table in ("laeringspil_linje", "lognotat"):
        op.drop_column(table, "linje_id")


def _name_the_lines() -> None:
    """The same words of the same person are the same line, in whatever version they stand."""
    pil = sa.table("laeringspil", sa.column("id", sa.Uuid()), sa.column("person_id", sa.Uuid()))
    linje = sa.table(
        "laeringspil_linje",
        sa.column("laeringspil_id", sa.Uuid()),
        sa.column("nr", sa.Integer()),
        sa.column("faerdighed", sa.String()),
        sa.column("linje_id", sa.Uuid()),
    )
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(linje.c.laeringspil_id, linje.c.nr, linje.c.faerdighed, pil.c.person_id).join_from(
            linje, pil, pil.c.id == linje.c.laeringspil_id
        )
    ).all()
    known = {(row.person_id, row.faerdighed): uuid4() for row in rows}
    for row in rows:
        connection.execute(
            linje.update()
            .where(linje.c.laeringspil_id == row.laeringspil_id, linje.c.nr == row.nr)
            .values(linje_id=known[row.person_id, row.faerdighed])
        )

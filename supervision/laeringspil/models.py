"""One person's læringspil, up to three lines; a new version closes the one before."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.db import Base, UuidKey


class Laeringspil(Base):
    """A version of a person's arrow. The one without `afloest_at` is current."""

    __tablename__ = "laeringspil"
    __table_args__ = (
        Index(
            "uq_laeringspil_gaeldende",
            "person_id",
            unique=True,
            sqlite_where=text("afloest_at IS NULL"),
            postgresql_where=text("afloest_at IS NULL"),
        ),
    )

    id: Mapped[UuidKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    oprettet_at: Mapped[datetime]
    afloest_at: Mapped[datetime | None]
    linjer: Mapped[list[LaeringspilLinje]] = relationship(
        order_by="LaeringspilLinje.nr", cascade="all, delete-orphan"
    )


class LaeringspilLinje(Base):
    """One line: the skill, the situation in which to try or observe it, the effect one hopes to notice.

    `linje_id` follows the line from version to version; None only in what was written before there were any.
    `fra_punkt_id`: the point of feedback that became the line. `afloeser_id`: the line that it took the place of.
    """

    __tablename__ = "laeringspil_linje"
    __table_args__ = (
        CheckConstraint("nr BETWEEN 1 AND 3", "nr"),
        CheckConstraint("maade IN ('afproeve', 'observere')", "maade"),
    )

    laeringspil_id: Mapped[UUID] = mapped_column(
        ForeignKey("laeringspil.id", ondelete="CASCADE"), primary_key=True
    )
    nr: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    faerdighed: Mapped[str] = mapped_column(String(300))
    situation: Mapped[str] = mapped_column(String(300), default="")
    maade: Mapped[str] = mapped_column(String(10), default="afproeve")
    effekt: Mapped[str] = mapped_column(String(300), default="")
    kendetegn_kode: Mapped[str | None] = mapped_column(String(60))
    linje_id: Mapped[UUID | None] = mapped_column(default=uuid4)
    fra_punkt_id: Mapped[UUID | None]
    afloeser_id: Mapped[UUID | None]

"""The outbox: which notices were put out by e-mail, and how it went. No content, and no address."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervision.db import Base, UuidKey


class Besked(Base):
    """One notice to one person. `genstand_id`: the row it is about, or an id made of that row and what makes it
    another matter (the version of a kontrakt, the day of a samtale): nothing is told twice.

    `sendes_tidligst_at` moves forward with every attempt; sent, given up, or still to be tried.
    """

    __tablename__ = "besked"
    __table_args__ = (
        UniqueConstraint("person_id", "slags", "genstand_id"),
        CheckConstraint(
            "slags IN ('kontrakt', 'samtale', 'feedback', 'spoergsmaal', 'svar', 'runde')", "slags"
        ),
        CheckConstraint("forsoeg >= 0", "forsoeg"),
        CheckConstraint("(forsoeg = 0) = (foerste_forsoeg_at IS NULL)", "foerste_forsoeg"),
        CheckConstraint("sendt_at IS NULL OR opgivet_at IS NULL", "et_udfald"),
    )

    id: Mapped[UuidKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    slags: Mapped[str] = mapped_column(String(20))
    genstand_id: Mapped[UUID]
    oprettet_at: Mapped[datetime]
    sendes_tidligst_at: Mapped[datetime] = mapped_column(index=True)
    forsoeg: Mapped[int] = mapped_column(default=0)
    foerste_forsoeg_at: Mapped[datetime | None]
    sendt_at: Mapped[datetime | None]
    opgivet_at: Mapped[datetime | None]

"""Figures of effect that others have made, per team and quarter; never of a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervision.db import Base, UuidKey


class Effekttal(Base):
    """One mean over `antal` persons, at least five. `maal`: a code of `rules.EFFEKTMAAL`."""

    __tablename__ = "effekttal"
    __table_args__ = (
        UniqueConstraint("team_id", "aar", "nr", "maal"),
        CheckConstraint("nr BETWEEN 1 AND 4", "nr"),
        CheckConstraint("antal >= 5", "k"),
    )

    id: Mapped[UuidKey]
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"))
    aar: Mapped[int]
    nr: Mapped[int]
    maal: Mapped[str] = mapped_column(String(30))
    hundrededele: Mapped[int]
    antal: Mapped[int]
    hentet_at: Mapped[datetime]
    hentet_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))

    @property
    def vaerdi(self) -> float:
        """The mean, with at most two decimals."""
        return self.hundrededele / 100

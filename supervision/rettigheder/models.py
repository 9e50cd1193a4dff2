"""What an organisation has decided about its data, who asked to be forgotten, and who has read who can see what."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.db import Base
from supervision.personer.models import Person


class Databeskyttelse(Base):
    """What an organisation says itself. kontakt: whom to ask (the DPO). fortrydelse: days to undo an erasure in."""

    __tablename__ = "databeskyttelse"
    __table_args__ = (CheckConstraint("fortrydelse BETWEEN 1 AND 30", "fortrydelse"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    kontakt: Mapped[str] = mapped_column(String(300), default="")
    fortrydelse: Mapped[int] = mapped_column(default=7)
    aendret_at: Mapped[datetime]
    aendret_af: Mapped[UUID | None]


class Opbevaring(Base):
    """How many days an organisation keeps one class of data; where there is no row, the privacy map says."""

    __tablename__ = "opbevaring"
    __table_args__ = (CheckConstraint("dage >= 1", "dage"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    klasse: Mapped[str] = mapped_column(String(20), primary_key=True)
    dage: Mapped[int]
    aendret_at: Mapped[datetime]
    aendret_af: Mapped[UUID | None]


class Sletteanmodning(Base):
    """A person has asked to have everything about them erased, from `tidligst_at` on. Undone: the row goes."""

    __tablename__ = "sletteanmodning"
    __table_args__ = (CheckConstraint("tidligst_at > bedt_at", "tidligst"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    bedt_at: Mapped[datetime]
    tidligst_at: Mapped[datetime]
    person: Mapped[Person] = relationship()


class Oplyst(Base):
    """A person has read who can see what. udgave: of the page's facts, so that another one is shown anew."""

    __tablename__ = "oplyst"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    udgave: Mapped[str] = mapped_column(String(16))
    laest_at: Mapped[datetime]

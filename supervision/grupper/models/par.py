"""The pairs of a round, who attends whose samtale when, and the half-days on which each can.

What happens with a visit is derived by `rules.samlet`: from its kontrakt where one is booked, else from what either
of the pair has said here.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import Base, UuidKey
from supervision.grupper.models.grupper import Runde
from supervision.personer.models import Person


class Parplan(Base):
    """How a round's pairs were formed. `udgave` rises each time, so that two who form them at once find out."""

    __tablename__ = "parplan"
    __table_args__ = (CheckConstraint("udgave >= 1", "udgave"),)

    id: Mapped[UuidKey]
    runde_id: Mapped[UUID] = mapped_column(ForeignKey("runde.id", ondelete="CASCADE"), unique=True)
    paa_tvaers: Mapped[bool] = mapped_column(default=False)
    udgave: Mapped[int] = mapped_column(default=1)
    gemt_at: Mapped[datetime]
    gemt_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


class Supervisionspar(Base):
    """Two who attend each other's samtaler in a round, or three in a ring. `nr` is its place on the board.

    `oploest_at`: somebody left the group when they had begun; what they did stands.
    """

    __tablename__ = "supervisionspar"

    id: Mapped[UuidKey]
    runde_id: Mapped[UUID] = mapped_column(ForeignKey("runde.id", ondelete="CASCADE"), index=True)
    nr: Mapped[int]
    dannet_at: Mapped[datetime]
    dannet_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    oploest_at: Mapped[datetime | None]
    runde: Mapped[Runde] = relationship()
    besoeg: Mapped[list[Parbesoeg]] = relationship(
        back_populates="par", order_by="Parbesoeg.nr", cascade="all, delete-orphan"
    )


class Parbesoeg(Base):
    """One visit: the observatør attends a samtale of the fokusperson's. A line of the oversigt.

    `starter_at` is the time that was agreed here; once a kontrakt is booked its samtale's time counts, and
    this one is what was planned then. `foreslaaet`: the time came with the pair, and neither has said yes to it yet.
    `flyttet_fra`: the time before the last move. `metoder`: keys of the catalogue.
    """

    __tablename__ = "parbesoeg"
    __table_args__ = (
        UniqueConstraint("par_id", "nr"),
        UniqueConstraint("kontrakt_id"),
        CheckConstraint("nr BETWEEN 1 AND 3", "nr"),
        CheckConstraint("fokusperson_id <> observatoer_id", "to_personer"),
        CheckConstraint("laengde_min BETWEEN 5 AND 240", "laengde"),
        CheckConstraint(
            "samtaletype IS NULL OR samtaletype IN ('individuel', 'faellessamtale', 'cv_samtale',"
            " 'raadighedssamtale', 'opfoelgning', 'virksomhedsmoede', 'oevelse')",
            "samtaletype",
        ),
        CheckConstraint("starter_at IS NOT NULL OR NOT foreslaaet", "foreslaaet"),
        CheckConstraint("feedback_at IS NULL OR holdt_at IS NOT NULL", "feedback"),
        CheckConstraint("aflyst_at IS NULL OR holdt_at IS NULL", "aflyst"),
        CheckConstraint("udgave >= 1", "udgave"),
    )

    id: Mapped[UuidKey]
    par_id: Mapped[UUID] = mapped_column(ForeignKey("supervisionspar.id", ondelete="CASCADE"))
    nr: Mapped[int]
    fokusperson_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    observatoer_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    starter_at: Mapped[datetime | None]
    foreslaaet: Mapped[bool] = mapped_column(default=False)
    laengde_min: Mapped[int] = mapped_column(default=45)
    samtaletype: Mapped[str | None] = mapped_column(String(20))
    metoder: Mapped[list[str]] = mapped_column(JSON, default=list)
    flyttet_fra: Mapped[datetime | None]
    holdt_at: Mapped[datetime | None]
    feedback_at: Mapped[datetime | None]
    aflyst_at: Mapped[datetime | None]
    kontrakt_id: Mapped[UUID | None] = mapped_column(ForeignKey("feedback_kontrakt.id", ondelete="SET NULL"))
    udgave: Mapped[int] = mapped_column(default=1)
    aendret_at: Mapped[datetime]
    aendret_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    par: Mapped[Supervisionspar] = relationship(back_populates="besoeg")
    fokusperson: Mapped[Person] = relationship(foreign_keys=fokusperson_id)
    observatoer: Mapped[Person] = relationship(foreign_keys=observatoer_id)
    kontrakt: Mapped[FeedbackKontrakt | None] = relationship()


class LedigTid(Base):
    """The half-days on which a person can in a round; times only, and nobody's but their own to read."""

    __tablename__ = "ledig_tid"
    __table_args__ = (UniqueConstraint("runde_id", "person_id"),)

    id: Mapped[UuidKey]
    runde_id: Mapped[UUID] = mapped_column(ForeignKey("runde.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    tider: Mapped[list[str]] = mapped_column(JSON)
    aendret_at: Mapped[datetime]

"""A supervisor's day: its lanes, breaks and sessions, and the line that is handed on the day after.

Times of the day are whole minutes after midnight, Danish time: a day is planned by the clock on the wall. How far a
session has come follows from its moments, see `rules.sessioner`.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision import clock
from supervision.aftaler.models.aftaler import FeedbackKontrakt
from supervision.db import Base, UuidKey
from supervision.personer.models import Organisation, Person


class Supervisionsdag(Base):
    """One day in one organisation. `sendt_at`: when its fokuspersoner first got their kontrakter; a plan before that.

    `ramme`: what the fælles briefing says; `briefing_fra` None: there is none. `lokaler`: a lane's
    own room by its place.
    """

    __tablename__ = "supervisionsdag"
    __table_args__ = (
        CheckConstraint("fra BETWEEN 0 AND 1439 AND til BETWEEN fra AND 1440", "dagen"),
        CheckConstraint("briefing_fra IS NULL OR briefing_fra BETWEEN 0 AND 1439", "briefing_fra"),
        CheckConstraint("briefing_min BETWEEN 5 AND 120", "briefing_min"),
        CheckConstraint("(aflyst_at IS NULL) = (aflyst_af IS NULL)", "aflyst"),
        Index(None, "organisation_id", "dato"),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    dato: Mapped[date]
    sted: Mapped[str] = mapped_column(String(120), default="")
    fra: Mapped[int]
    til: Mapped[int]
    briefing_fra: Mapped[int | None]
    briefing_min: Mapped[int] = mapped_column(default=15)
    ramme: Mapped[str] = mapped_column(Text, default="")
    lokaler: Mapped[list[str]] = mapped_column(JSON, default=list)
    oprettet_at: Mapped[datetime] = mapped_column(default=clock.now)
    oprettet_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    sendt_at: Mapped[datetime | None]
    aflyst_at: Mapped[datetime | None]
    aflyst_af: Mapped[UUID | None]
    organisation: Mapped[Organisation] = relationship()
    baner: Mapped[list[Dagbane]] = relationship(order_by="Dagbane.nr", cascade="all, delete-orphan")
    pauser: Mapped[list[Dagpause]] = relationship(
        back_populates="dag", order_by="Dagpause.start", cascade="all, delete-orphan"
    )
    sessioner: Mapped[list[Supervisionssession]] = relationship(
        back_populates="dag", order_by="Supervisionssession.start", cascade="all, delete-orphan"
    )


class Dagbane(Base):
    """A supervisor of the day, and their place from the left."""

    __tablename__ = "dagbane"

    dag_id: Mapped[UUID] = mapped_column(
        ForeignKey("supervisionsdag.id", ondelete="CASCADE"), primary_key=True
    )
    supervisor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    nr: Mapped[int]
    supervisor: Mapped[Person] = relationship()


class Dagpause(Base):
    """A break for everybody."""

    __tablename__ = "dagpause"
    __table_args__ = (
        CheckConstraint("start BETWEEN 0 AND 1439", "start"),
        CheckConstraint("minutter BETWEEN 5 AND 180", "minutter"),
    )

    id: Mapped[UuidKey]
    dag_id: Mapped[UUID] = mapped_column(ForeignKey("supervisionsdag.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]
    minutter: Mapped[int]
    navn: Mapped[str] = mapped_column(String(40))
    dag: Mapped[Supervisionsdag] = relationship(back_populates="pauser")


class Supervisionssession(Base):
    """Forberedelse, samtale and feedback of one fokusperson. `version` rises with each change of the plan.

    `kontrakt`: made when the plan is sent, with the supervisor as its observatør.
    """

    __tablename__ = "supervisionssession"
    __table_args__ = (
        UniqueConstraint("kontrakt_id"),
        CheckConstraint("supervisor_id <> fokusperson_id", "to_personer"),
        CheckConstraint("start BETWEEN 0 AND 1439", "start"),
        CheckConstraint("forberedelse_min BETWEEN 5 AND 30 AND feedback_min BETWEEN 5 AND 60", "dele"),
        CheckConstraint("samtale_min BETWEEN 20 AND 60", "samtale_min"),
        CheckConstraint("forberedt_at IS NULL OR begyndt_at IS NOT NULL", "forberedt"),
        CheckConstraint("borger_gaaet_at IS NULL OR forberedt_at IS NOT NULL", "borger_gaaet"),
        CheckConstraint("sluttet_at IS NULL OR borger_gaaet_at IS NOT NULL", "sluttet"),
        CheckConstraint("(udskudt_at IS NULL) = (udskudt_grund IS NULL)", "udskudt"),
        CheckConstraint(
            "udskudt_grund IS NULL OR udskudt_grund IN ('borgeren_blev', 'tiden_gik', 'fokuspersonen_bad',"
            " 'supervisoren_videre', 'afbrudt')",
            "udskudt_grund",
        ),
    )

    id: Mapped[UuidKey]
    dag_id: Mapped[UUID] = mapped_column(ForeignKey("supervisionsdag.id", ondelete="CASCADE"), index=True)
    supervisor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    fokusperson_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kontrakt_id: Mapped[UUID | None] = mapped_column(ForeignKey("feedback_kontrakt.id", ondelete="SET NULL"))
    start: Mapped[int]
    forberedelse_min: Mapped[int] = mapped_column(default=10)
    samtale_min: Mapped[int] = mapped_column(default=40)
    feedback_min: Mapped[int] = mapped_column(default=15)
    lokale: Mapped[str] = mapped_column(String(60), default="")
    type: Mapped[str] = mapped_column(String(20), default="individuel")
    form: Mapped[str] = mapped_column(String(20), default="fysisk")
    version: Mapped[int] = mapped_column(default=1)
    oprettet_at: Mapped[datetime] = mapped_column(default=clock.now)
    begyndt_at: Mapped[datetime | None]
    forberedt_at: Mapped[datetime | None]
    borger_gaaet_at: Mapped[datetime | None]
    sluttet_at: Mapped[datetime | None]
    udskudt_at: Mapped[datetime | None]
    udskudt_grund: Mapped[str | None] = mapped_column(String(30))
    aflyst_at: Mapped[datetime | None]
    dag: Mapped[Supervisionsdag] = relationship(back_populates="sessioner")
    supervisor: Mapped[Person] = relationship(foreign_keys=supervisor_id)
    fokusperson: Mapped[Person] = relationship(foreign_keys=fokusperson_id)
    kontrakt: Mapped[FeedbackKontrakt | None] = relationship()
    linje: Mapped[Dagenslinje | None] = relationship(back_populates="session", cascade="all, delete-orphan")


class Dagenslinje(Base):
    """The line for the day after: written by the supervisor, the fokusperson's to hand on to one colleague, or not."""

    __tablename__ = "dagenslinje"
    __table_args__ = (
        UniqueConstraint("session_id"),
        CheckConstraint("tekst <> ''", "tekst"),
        CheckConstraint("(givet_videre_at IS NULL) = (givet_videre_til IS NULL)", "givet_videre"),
    )

    id: Mapped[UuidKey]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("supervisionssession.id", ondelete="CASCADE"))
    tekst: Mapped[str] = mapped_column(Text)
    skrevet_at: Mapped[datetime]
    skrevet_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    givet_videre_at: Mapped[datetime | None]
    givet_videre_til: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    session: Mapped[Supervisionssession] = relationship(back_populates="linje")
    modtager: Mapped[Person | None] = relationship(foreign_keys=givet_videre_til)

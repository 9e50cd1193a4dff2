"""Læringsgrupper with their rounds, and the points that members choose to share."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.db import Base, UuidKey
from supervision.feedback.models import FeedbackPunkt
from supervision.personer.models import Person


class Laeringsgruppe(Base):
    """A group that learns together, with one facilitator; it may cross teams and organisations."""

    __tablename__ = "laeringsgruppe"

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    navn: Mapped[str] = mapped_column(String(120))
    facilitator_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    oprettet_at: Mapped[datetime]
    nedlagt_at: Mapped[datetime | None]
    facilitator: Mapped[Person] = relationship()
    medlemmer: Mapped[list[Gruppemedlem]] = relationship(cascade="all, delete-orphan")
    runder: Mapped[list[Runde]] = relationship(
        back_populates="gruppe", order_by="Runde.fra.desc()", cascade="all, delete-orphan"
    )


class Gruppemedlem(Base):
    """A member from a moment until they leave."""

    __tablename__ = "gruppemedlem"
    __table_args__ = (
        Index(
            "uq_gruppemedlem_en_gang",
            "gruppe_id",
            "person_id",
            unique=True,
            sqlite_where=text("ud_at IS NULL"),
            postgresql_where=text("ud_at IS NULL"),
        ),
    )

    id: Mapped[UuidKey]
    gruppe_id: Mapped[UUID] = mapped_column(ForeignKey("laeringsgruppe.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    ind_at: Mapped[datetime]
    ud_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()


class Runde(Base):
    """A round of aktionslæring, both days included. `uden_pligter`: codes of the duties that it does not ask for."""

    __tablename__ = "runde"
    __table_args__ = (CheckConstraint("til > fra", "datoer"), Index(None, "gruppe_id", "fra", unique=True))

    id: Mapped[UuidKey]
    gruppe_id: Mapped[UUID] = mapped_column(ForeignKey("laeringsgruppe.id", ondelete="CASCADE"))
    navn: Mapped[str] = mapped_column(String(120))
    fra: Mapped[date]
    til: Mapped[date]
    uden_pligter: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    gruppe: Mapped[Laeringsgruppe] = relationship(back_populates="runder")


class Plenumaftale(Base):
    """What the group agreed in plenum about its own way of working, until it is done or dropped.

    aftalt, fortsat, slut: the days of the meetings at which it was made, kept going, and ended (both ends included).
    `rules.aftale_tilstand` derives the state from them.
    """

    __tablename__ = "plenumaftale"
    __table_args__ = (
        CheckConstraint("tekst <> ''", "tekst"),
        CheckConstraint("fortsat IS NULL OR fortsat >= aftalt", "fortsat"),
        CheckConstraint("slut IS NULL OR slut >= aftalt", "slut"),
        CheckConstraint("slut IS NULL OR fortsat IS NULL OR slut >= fortsat", "orden"),
        CheckConstraint(
            "(slut IS NULL AND udfald IS NULL) OR (slut IS NOT NULL AND udfald IN ('gjort', 'droppet'))",
            "udfald",
        ),
    )

    id: Mapped[UuidKey]
    gruppe_id: Mapped[UUID] = mapped_column(ForeignKey("laeringsgruppe.id", ondelete="CASCADE"), index=True)
    tekst: Mapped[str] = mapped_column(String(500))
    aftalt: Mapped[date]
    skrevet_at: Mapped[datetime]
    skrevet_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    aendret_at: Mapped[datetime | None]
    fortsat: Mapped[date | None]
    slut: Mapped[date | None]
    udfald: Mapped[str | None] = mapped_column(String(20))
    gruppe: Mapped[Laeringsgruppe] = relationship()


class Deling(Base):
    """One point shared by its owner with a group or with one teamleder, until it is withdrawn."""

    __tablename__ = "deling"
    __table_args__ = (
        CheckConstraint("(gruppe_id IS NULL) <> (teamleder_id IS NULL)", "modtager"),
        Index(
            "uq_deling_gruppe",
            "punkt_id",
            "gruppe_id",
            unique=True,
            sqlite_where=text("trukket_at IS NULL"),
            postgresql_where=text("trukket_at IS NULL"),
        ),
        Index(
            "uq_deling_teamleder",
            "punkt_id",
            "teamleder_id",
            unique=True,
            sqlite_where=text("trukket_at IS NULL"),
            postgresql_where=text("trukket_at IS NULL"),
        ),
    )

    id: Mapped[UuidKey]
    punkt_id: Mapped[UUID] = mapped_column(ForeignKey("feedback_punkt.id", ondelete="CASCADE"))
    delt_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    gruppe_id: Mapped[UUID | None] = mapped_column(ForeignKey("laeringsgruppe.id"), index=True)
    teamleder_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    delt_at: Mapped[datetime]
    trukket_at: Mapped[datetime | None]
    punkt: Mapped[FeedbackPunkt] = relationship()

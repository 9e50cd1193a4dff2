"""What members say of a round themselves, and its hjemmeopgaver with the kontrakter that were linked to them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import Base, UuidKey
from supervision.grupper.models.grupper import Runde


class Pligtsagt(Base):
    """Somebody's own yes to one duty of a round. It is there or it is not: a yes that is taken back leaves no row."""

    __tablename__ = "pligt_sagt"
    __table_args__ = (
        UniqueConstraint("runde_id", "person_id", "pligt"),
        CheckConstraint("pligt <> ''", "pligt"),
    )

    id: Mapped[UuidKey]
    runde_id: Mapped[UUID] = mapped_column(ForeignKey("runde.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    pligt: Mapped[str] = mapped_column(String(20))
    sagt_at: Mapped[datetime]


class Hjemmeopgave(Base):
    """A task between two course days, for everybody in the group, until its deadline or until it is ended.

    `metoder`: keys of the catalogue, in the order in which they were chosen. `kursusdag`: the group's own label.
    """

    __tablename__ = "hjemmeopgave"
    __table_args__ = (
        CheckConstraint("titel <> ''", "titel"),
        CheckConstraint("(afsluttet_at IS NULL) = (afsluttet_af IS NULL)", "afsluttet"),
        Index(None, "runde_id", "frist"),
    )

    id: Mapped[UuidKey]
    runde_id: Mapped[UUID] = mapped_column(ForeignKey("runde.id", ondelete="CASCADE"))
    titel: Mapped[str] = mapped_column(String(120))
    tekst: Mapped[str] = mapped_column(Text, default="")
    kursusdag: Mapped[str] = mapped_column(String(60), default="")
    metoder: Mapped[list[str]] = mapped_column(JSON, default=list)
    frist: Mapped[date]
    oprettet_at: Mapped[datetime]
    oprettet_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    aendret_at: Mapped[datetime | None]
    afsluttet_at: Mapped[datetime | None]
    afsluttet_af: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    runde: Mapped[Runde] = relationship()


class HjemmeopgaveKontrakt(Base):
    """A kontrakt that one of its two people linked to a hjemmeopgave."""

    __tablename__ = "hjemmeopgave_kontrakt"
    __table_args__ = (UniqueConstraint("hjemmeopgave_id", "kontrakt_id"),)

    id: Mapped[UuidKey]
    hjemmeopgave_id: Mapped[UUID] = mapped_column(ForeignKey("hjemmeopgave.id", ondelete="CASCADE"))
    kontrakt_id: Mapped[UUID] = mapped_column(
        ForeignKey("feedback_kontrakt.id", ondelete="CASCADE"), index=True
    )
    knyttet_at: Mapped[datetime]
    knyttet_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kontrakt: Mapped[FeedbackKontrakt] = relationship()

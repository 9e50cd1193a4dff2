"""Practice samtaler that are ticked together, and a new person's first day with one of them.

These are tables of their own, so that nothing in them can ever be counted as an observation: no figure of a person, a
team or a round reads them.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.db import Base, UuidKey
from supervision.grupper.models.grupper import Laeringsgruppe
from supervision.personer.models import Person


class Kalibrering(Base):
    """One playing of a practice samtale, in a group or alone (no `gruppe_id`).

    `start_at` is when the samtale's 0 is (or would have been, had it never been paused), `pauset_ms` where it stands
    still, `slut_ms` where it was stopped before its end; times inside are the samtale's own, whatever the `tempo` (per
    cent). `kendetegn`: the codes somebody chose, where it is not all. `vist_at`: when the group's picture was opened;
    only the logs that were ended by then are in it. `afbrudt_at`: begun again from the start, as another one.
    """

    __tablename__ = "kalibrering"
    __table_args__ = (
        CheckConstraint("tempo IN (75, 100)", "tempo"),
        CheckConstraint("pauset_ms IS NULL OR start_at IS NOT NULL", "pauset"),
        CheckConstraint("slut_ms IS NULL OR (slut_ms >= 0 AND start_at IS NOT NULL)", "slut"),
        CheckConstraint("vist_at IS NULL OR gruppe_id IS NOT NULL", "vist"),
    )

    id: Mapped[UuidKey]
    manuskript: Mapped[str] = mapped_column(String(40))
    udgave: Mapped[int]
    gruppe_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("laeringsgruppe.id", ondelete="CASCADE"), index=True
    )
    kendetegn: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    tempo: Mapped[int] = mapped_column(default=100)
    oprettet_at: Mapped[datetime]
    oprettet_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    start_at: Mapped[datetime | None]
    pauset_ms: Mapped[int | None]
    slut_ms: Mapped[int | None]
    vist_at: Mapped[datetime | None]
    afbrudt_at: Mapped[datetime | None]
    gruppe: Mapped[Laeringsgruppe | None] = relationship()
    logge: Mapped[list[KalibreringLog]] = relationship(
        back_populates="kalibrering", cascade="all, delete-orphan", order_by="KalibreringLog.aabnet_at"
    )


class KalibreringLog(Base):
    """One person's ticks in one kalibrering. Only they read them; others see sums, from three.

    `trukket_at`: they took their ticks back; the events are gone.
    """

    __tablename__ = "kalibrering_log"
    __table_args__ = (UniqueConstraint("kalibrering_id", "person_id"),)

    id: Mapped[UuidKey]
    kalibrering_id: Mapped[UUID] = mapped_column(ForeignKey("kalibrering.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    aabnet_at: Mapped[datetime]
    afsluttet_at: Mapped[datetime | None]
    trukket_at: Mapped[datetime | None]
    kalibrering: Mapped[Kalibrering] = relationship(back_populates="logge")
    person: Mapped[Person] = relationship()


class KalibreringHaendelse(Base):
    """One event, in the event log's format."""

    __tablename__ = "kalibrering_haendelse"
    __table_args__ = (CheckConstraint("nr >= 0", "nr"), CheckConstraint("t_ms >= 0", "t_ms"))

    log_id: Mapped[UUID] = mapped_column(
        ForeignKey("kalibrering_log.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    nr: Mapped[int]
    t_ms: Mapped[int]
    spor: Mapped[str] = mapped_column(String(40))
    kode: Mapped[str] = mapped_column(Text)


class FoersteDag(Base):
    """How far a new person is with their first round on a practice samtale; what they wrote is for their own eyes."""

    __tablename__ = "foerste_dag"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kontrakt_at: Mapped[datetime | None]
    kalibrering_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("kalibrering.id", ondelete="SET NULL"), index=True
    )
    lykkedes: Mapped[str] = mapped_column(Text, default="")
    iagttagelse: Mapped[str] = mapped_column(Text, default="")
    oplevelse: Mapped[str] = mapped_column(Text, default="")
    skrevet_at: Mapped[datetime | None]
    skjult_at: Mapped[datetime | None]
    kalibrering: Mapped[Kalibrering | None] = relationship()

"""One observer's log of one samtale. Events are raw and never changed; every figure is derived."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import Base, UuidKey
from supervision.personer.models import Person


class Observation(Base):
    """A log: from the recorder (with its kontrakt) or from a file (with the names the file gave).

    `startet_at` is the wall clock of `t_ms` 0 when it is known; `afsluttet_at` is set when the observer ends it,
    `overdraget_at` when it is handed over to the fokusperson (with the feedback; a file at once): until then only the
    observer sees it, and from then on it takes no more events. The observer reads it until `observatoer_indtil`.
    """

    __tablename__ = "observation"
    __table_args__ = (
        UniqueConstraint("kontrakt_id"),
        UniqueConstraint("organisation_id", "fokusperson_id", "fil_observation", "fil_observatoer"),
        CheckConstraint("kilde IN ('optager', 'fil')", "kilde"),
        CheckConstraint(
            "(kilde = 'optager' AND kontrakt_id IS NOT NULL AND observatoer_id IS NOT NULL)"
            " OR (kilde = 'fil' AND fil_observation IS NOT NULL AND fil_observatoer IS NOT NULL)",
            "ophav",
        ),
        Index(None, "fokusperson_id", "startet_at"),
        Index(None, "organisation_id", "startet_at"),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    kontrakt_id: Mapped[UUID | None] = mapped_column(ForeignKey("feedback_kontrakt.id"))
    fokusperson_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    observatoer_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    kilde: Mapped[str] = mapped_column(String(10))
    fil_observation: Mapped[str | None] = mapped_column(String(120))
    fil_observatoer: Mapped[str | None] = mapped_column(String(120))
    startet_at: Mapped[datetime]
    oprettet_at: Mapped[datetime]
    afsluttet_at: Mapped[datetime | None]
    overdraget_at: Mapped[datetime | None]
    observatoer_indtil: Mapped[datetime | None]
    kontrakt: Mapped[FeedbackKontrakt | None] = relationship()
    fokusperson: Mapped[Person] = relationship(foreign_keys=fokusperson_id)
    observatoer: Mapped[Person | None] = relationship(foreign_keys=observatoer_id)


class Haendelse(Base):
    """One event. The key starts with the observation, so that a batch lands on one page of the database."""

    __tablename__ = "haendelse"
    __table_args__ = (
        CheckConstraint("nr >= 0", "nr"),
        CheckConstraint("t_ms >= 0", "t_ms"),
        {"sqlite_with_rowid": False},
    )

    observation_id: Mapped[UUID] = mapped_column(ForeignKey("observation.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    nr: Mapped[int]
    t_ms: Mapped[int]
    spor: Mapped[str] = mapped_column(String(40))
    kode: Mapped[str] = mapped_column(Text)
    modtaget_at: Mapped[datetime]

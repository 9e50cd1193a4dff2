"""How a meeting goes: its agenda and clock, who comes and who is there, what lies on the table, and its pictures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.db import Base, UuidKey
from supervision.feedback.models import FeedbackPunkt
from supervision.grupper.models.moeder import Moede
from supervision.observationer.models import Observation
from supervision.personer.models import Person


class Dagsordenspunkt(Base):
    """One point of a meeting's agenda. `slags` is one of `rules.SLAGS`; `brugt_s`: seconds used before it was left."""

    __tablename__ = "dagsordenspunkt"
    __table_args__ = (
        UniqueConstraint("moede_id", "nr"),
        CheckConstraint("titel <> ''", "titel"),
        CheckConstraint("minutter BETWEEN 1 AND 180", "minutter"),
        CheckConstraint("brugt_s >= 0", "brugt_s"),
        CheckConstraint(
            "slags IN ('siden_sidst', 'bordet', 'planche', 'laeringspil', 'lykkes_bedre', 'tjek_ud', 'plenum',"
            " 'pause', 'andet')",
            "slags",
        ),
    )

    id: Mapped[UuidKey]
    moede_id: Mapped[UUID] = mapped_column(ForeignKey("moede.id", ondelete="CASCADE"))
    nr: Mapped[int]
    slags: Mapped[str] = mapped_column(String(20))
    titel: Mapped[str] = mapped_column(String(80))
    minutter: Mapped[int]
    brugt_s: Mapped[int] = mapped_column(default=0)


class Moedeur(Base):
    """Where a meeting that was begun is: its point, the question shown, and since when the point's clock runs.

    `fra_at`: None while the meeting has a pause. There is none before the meeting is begun.
    """

    __tablename__ = "moedeur"
    __table_args__ = (CheckConstraint("spoergsmaal >= 0", "spoergsmaal"),)

    moede_id: Mapped[UUID] = mapped_column(ForeignKey("moede.id", ondelete="CASCADE"), primary_key=True)
    punkt_id: Mapped[UUID | None] = mapped_column(ForeignKey("dagsordenspunkt.id", ondelete="SET NULL"))
    fra_at: Mapped[datetime | None]
    spoergsmaal: Mapped[int] = mapped_column(default=0)


class Moededeltager(Base):
    """One person's answer to the invitation, and whether they were there. `her_af`: who ticked it."""

    __tablename__ = "moededeltager"
    __table_args__ = (
        UniqueConstraint("moede_id", "person_id"),
        CheckConstraint("svar IS NULL OR svar IN ('kommer', 'kan_ikke')", "svar"),
        CheckConstraint("(svar IS NULL) = (svaret_at IS NULL)", "svaret"),
        CheckConstraint("(her_at IS NULL) = (her_af IS NULL)", "her"),
    )

    id: Mapped[UuidKey]
    moede_id: Mapped[UUID] = mapped_column(ForeignKey("moede.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    svar: Mapped[str | None] = mapped_column(String(10))
    svaret_at: Mapped[datetime | None]
    her_at: Mapped[datetime | None]
    her_af: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship(foreign_keys=person_id)


class PaaBordet(Base):
    """What its owner has put on the table for one meeting: the ticks of an observation, or a point of feedback.

    Taken back, the row is deleted. `med_navn`: a point is shown with the owner's first name; ticks never are.
    """

    __tablename__ = "paa_bordet"
    __table_args__ = (
        CheckConstraint("(observation_id IS NULL) <> (punkt_id IS NULL)", "hvad"),
        CheckConstraint("observation_id IS NULL OR NOT med_navn", "med_navn"),
        UniqueConstraint("moede_id", "observation_id"),
        UniqueConstraint("moede_id", "punkt_id"),
    )

    id: Mapped[UuidKey]
    moede_id: Mapped[UUID] = mapped_column(ForeignKey("moede.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    observation_id: Mapped[UUID | None] = mapped_column(ForeignKey("observation.id", ondelete="CASCADE"))
    punkt_id: Mapped[UUID | None] = mapped_column(ForeignKey("feedback_punkt.id", ondelete="CASCADE"))
    med_navn: Mapped[bool] = mapped_column(default=False)
    lagt_at: Mapped[datetime]
    moede: Mapped[Moede] = relationship()
    observation: Mapped[Observation | None] = relationship()
    punkt: Mapped[FeedbackPunkt | None] = relationship()


class Gruppebillede(Base):
    """The sums that were shown at a meeting, frozen. `tal` is gone as soon as the picture is put away (`skjult_at`)."""

    __tablename__ = "gruppebillede"
    __table_args__ = (
        CheckConstraint("skjult_at IS NULL OR tal IS NULL", "skjult"),
        Index(None, "moede_id", "vist_at"),
    )

    id: Mapped[UuidKey]
    moede_id: Mapped[UUID] = mapped_column(ForeignKey("moede.id", ondelete="CASCADE"))
    vist_at: Mapped[datetime]
    vist_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    skjult_at: Mapped[datetime | None]
    tal: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    bidrag: Mapped[list[Billedbidrag]] = relationship(cascade="all, delete-orphan")
    seere: Mapped[list[Billedseer]] = relationship(cascade="all, delete-orphan")


class Billedbidrag(Base):
    """Whose ticks of which day were in a picture. It stays when the picture is put away: what was seen is known.

    `observation_id` points to no table, so that it also stays when the observation is deleted.
    """

    __tablename__ = "billedbidrag"
    __table_args__ = (Index(None, "person_id", "dag"),)

    billede_id: Mapped[UUID] = mapped_column(
        ForeignKey("gruppebillede.id", ondelete="CASCADE"), primary_key=True
    )
    observation_id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    dag: Mapped[date]


class Billedseer(Base):
    """Who may see a picture: those who were in the group, or facilitated it, when it was shown. Nobody comes later."""

    __tablename__ = "billedseer"

    billede_id: Mapped[UUID] = mapped_column(
        ForeignKey("gruppebillede.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)

"""Feedback on one observation: the observatør writes, the fokusperson owns it and has the last word."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.db import Base, UuidKey
from supervision.observationer.models import Observation
from supervision.personer.models import Person


class Feedback(Base):
    """A draft until `sendt_at`, then the fokusperson's. The author reads for 14 days after `lukket_at`.

    `egen_note` is the fokusperson's alone, `tager_med` the author's alone, for good.
    """

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("observation_id"),)

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    observation_id: Mapped[UUID] = mapped_column(ForeignKey("observation.id"))
    fokusperson_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    observatoer_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    oprettet_at: Mapped[datetime]
    sendt_at: Mapped[datetime | None]
    laest_at: Mapped[datetime | None]
    tak_at: Mapped[datetime | None]
    tak: Mapped[str] = mapped_column(Text, default="")
    egen_note: Mapped[str] = mapped_column(Text, default="")
    tager_med: Mapped[str] = mapped_column(Text, default="", server_default="")
    lukket_at: Mapped[datetime | None]
    observation: Mapped[Observation] = relationship()
    fokusperson: Mapped[Person] = relationship(foreign_keys=fokusperson_id)
    observatoer: Mapped[Person] = relationship(foreign_keys=observatoer_id)
    punkter: Mapped[list[FeedbackPunkt]] = relationship(
        back_populates="feedback", order_by="FeedbackPunkt.nr", cascade="all, delete-orphan"
    )
    skuffer: Mapped[list[Skuffe]] = relationship(cascade="all, delete-orphan", order_by="Skuffe.slags")


class FeedbackPunkt(Base):
    """One sentence or two. `t_ms` hangs it on a moment of the log; sent, the fokusperson can see it."""

    __tablename__ = "feedback_punkt"
    __table_args__ = (
        UniqueConstraint("feedback_id", "nr"),
        CheckConstraint(
            "slags IN ('lykkedes', 'iagttagelse', 'oplevelse', 'fortolkning', 'godt_raad')", "slags"
        ),
        CheckConstraint("tekst <> ''", "tekst"),
        CheckConstraint("t_ms IS NULL OR t_ms >= 0", "t_ms"),
    )

    id: Mapped[UuidKey]
    feedback_id: Mapped[UUID] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"))
    nr: Mapped[int]
    slags: Mapped[str] = mapped_column(String(20))
    tekst: Mapped[str] = mapped_column(Text)
    t_ms: Mapped[int | None]
    sendt_at: Mapped[datetime | None]
    beholdt_at: Mapped[datetime | None]
    feedback: Mapped[Feedback] = relationship(back_populates="punkter")
    spoergsmaal: Mapped[list[Spoergsmaal]] = relationship(
        order_by="Spoergsmaal.stillet_at", cascade="all, delete-orphan"
    )


class Spoergsmaal(Base):
    """The fokusperson asks back about one point; the answer stands under it."""

    __tablename__ = "spoergsmaal"
    __table_args__ = (CheckConstraint("(svar IS NULL) = (svaret_at IS NULL)", "svar"),)

    id: Mapped[UuidKey]
    punkt_id: Mapped[UUID] = mapped_column(ForeignKey("feedback_punkt.id", ondelete="CASCADE"), index=True)
    tekst: Mapped[str] = mapped_column(Text)
    stillet_at: Mapped[datetime]
    svar: Mapped[str | None] = mapped_column(Text)
    svaret_at: Mapped[datetime | None]


class Skuffe(Base):
    """A drawer with a padlock: asked for by the observatør, opened or shut by the fokusperson."""

    __tablename__ = "skuffe"
    __table_args__ = (CheckConstraint("slags IN ('fortolkning', 'godt_raad')", "slags"),)

    feedback_id: Mapped[UUID] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True)
    slags: Mapped[str] = mapped_column(String(20), primary_key=True)
    spurgt_at: Mapped[datetime | None]
    aabnet_at: Mapped[datetime | None]
    lukket_at: Mapped[datetime | None]


class Refleksion(Base):
    """The fokusperson's own thoughts before the feedback; theirs alone until `vist_at`, and again when taken back."""

    __tablename__ = "refleksion"
    __table_args__ = (UniqueConstraint("kontrakt_id"),)

    id: Mapped[UuidKey]
    kontrakt_id: Mapped[UUID] = mapped_column(ForeignKey("feedback_kontrakt.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    lykkedes: Mapped[str] = mapped_column(Text)
    svaert: Mapped[str] = mapped_column(Text)
    hoere: Mapped[str] = mapped_column(Text)
    skrevet_at: Mapped[datetime]
    vist_at: Mapped[datetime | None]


class Laesning(Base):
    """When one of the two last went through what had come since: answers, later points, thanks."""

    __tablename__ = "feedback_laesning"

    feedback_id: Mapped[UUID] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    set_at: Mapped[datetime]

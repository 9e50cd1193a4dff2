"""An exercise without a citizen: who is in it, how they are divided, where each small group is, and what they wrote."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.db import Base, UuidKey
from supervision.grupper.models.grupper import Laeringsgruppe
from supervision.personer.models import Person


class Oevelse(Base):
    """One exercise in a group. Whether people gather, are divided or are done follows from the moments.

    `foer_halve`, `efter_halve`: the mean of the numbers before and after in halves, frozen when it was ended; None
    where fewer than three gave both.
    """

    __tablename__ = "oevelse"
    __table_args__ = (
        CheckConstraint(
            "slags IN ('triade', 'motivation', 'plus_minus', 'reformulering', 'gode_raad')", "slags"
        ),
        CheckConstraint("fordelt_at IS NULL OR fordelt_at >= begyndt_at", "fordelt"),
        CheckConstraint("sluttet_at IS NULL OR sluttet_at >= begyndt_at", "slut"),
        CheckConstraint("(foer_halve IS NULL) = (efter_halve IS NULL)", "begge_tal"),
        CheckConstraint("foer_halve IS NULL OR sluttet_at IS NOT NULL", "frosset"),
        CheckConstraint("foer_halve BETWEEN 4 AND 18 AND efter_halve BETWEEN 4 AND 18", "tal"),
        Index(None, "gruppe_id", "begyndt_at"),
    )

    id: Mapped[UuidKey]
    gruppe_id: Mapped[UUID] = mapped_column(ForeignKey("laeringsgruppe.id", ondelete="CASCADE"))
    moede_id: Mapped[UUID | None] = mapped_column(ForeignKey("moede.id", ondelete="SET NULL"), index=True)
    slags: Mapped[str] = mapped_column(String(20))
    begyndt_at: Mapped[datetime]
    begyndt_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    fordelt_at: Mapped[datetime | None]
    sluttet_at: Mapped[datetime | None]
    foer_halve: Mapped[int | None]
    efter_halve: Mapped[int | None]
    gruppe: Mapped[Laeringsgruppe] = relationship()
    holdene: Mapped[list[Oevelseshold]] = relationship(
        cascade="all, delete-orphan", order_by="Oevelseshold.nr", back_populates="oevelse"
    )
    deltagere: Mapped[list[Oevelsesdeltager]] = relationship(
        cascade="all, delete-orphan",
        order_by="(Oevelsesdeltager.plads, Oevelsesdeltager.kom_at, Oevelsesdeltager.id)",
    )


class Oevelseshold(Base):
    """Two to five people who do it together. `trin`: their place in the exercise's steps, counted from 0.

    `ture`: how many turns there are, settled when they begin. `fra_at`: since when the step's clock runs; None while it
    stands. `brugt_s`: what the step had before that.
    """

    __tablename__ = "oevelseshold"
    __table_args__ = (
        UniqueConstraint("oevelse_id", "nr"),
        CheckConstraint("trin >= 0", "trin"),
        CheckConstraint("ture BETWEEN 1 AND 6", "ture"),
        CheckConstraint("brugt_s >= 0", "brugt_s"),
    )

    id: Mapped[UuidKey]
    oevelse_id: Mapped[UUID] = mapped_column(ForeignKey("oevelse.id", ondelete="CASCADE"))
    nr: Mapped[int]
    ture: Mapped[int]
    trin: Mapped[int] = mapped_column(default=0)
    fra_at: Mapped[datetime | None]
    brugt_s: Mapped[int] = mapped_column(default=0)
    oevelse: Mapped[Oevelse] = relationship(back_populates="holdene")
    tekster: Mapped[list[Oevelsestekst]] = relationship(
        cascade="all, delete-orphan", order_by="(Oevelsestekst.nr, Oevelsestekst.id)", back_populates="hold"
    )


class Oevelsesdeltager(Base):
    """One person in an exercise. The two numbers are their own: they are shown to nobody else."""

    __tablename__ = "oevelsesdeltager"
    __table_args__ = (
        UniqueConstraint("oevelse_id", "person_id"),
        CheckConstraint("plads >= 0", "plads"),
        CheckConstraint("tal_foer BETWEEN 1 AND 10", "tal_foer"),
        CheckConstraint("tal_efter BETWEEN 1 AND 10", "tal_efter"),
    )

    id: Mapped[UuidKey]
    oevelse_id: Mapped[UUID] = mapped_column(ForeignKey("oevelse.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    hold_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("oevelseshold.id", ondelete="SET NULL"), index=True
    )
    plads: Mapped[int] = mapped_column(default=0)
    kom_at: Mapped[datetime]
    tal_foer: Mapped[int | None]
    tal_efter: Mapped[int | None]
    person: Mapped[Person] = relationship()


class Oevelsestekst(Base):
    """Something a small group wrote, without an author and without a moment: it is theirs together.

    `tur`: in which turn, counted from 0. `til_id`: the statement that it answers.
    """

    __tablename__ = "oevelsestekst"
    __table_args__ = (
        CheckConstraint(
            "felt IN ('fokus', 'virker', 'oeve', 'varsom', 'grund', 'plus', 'minus', 'udsagn', 'svar', 'raad')",
            "felt",
        ),
        CheckConstraint("tekst <> ''", "tekst"),
        CheckConstraint("(felt = 'svar') = (til_id IS NOT NULL)", "til"),
        CheckConstraint("tur >= 0", "tur"),
        Index(None, "hold_id", "nr"),
    )

    id: Mapped[UuidKey]
    hold_id: Mapped[UUID] = mapped_column(ForeignKey("oevelseshold.id", ondelete="CASCADE"))
    felt: Mapped[str] = mapped_column(String(10))
    tur: Mapped[int] = mapped_column(default=0)
    nr: Mapped[int]
    tekst: Mapped[str] = mapped_column(String(300))
    til_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("oevelsestekst.id", ondelete="CASCADE"), index=True
    )
    hold: Mapped[Oevelseshold] = relationship(back_populates="tekster")

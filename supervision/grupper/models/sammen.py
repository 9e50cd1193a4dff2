"""What is written together at a meeting: notes, the acts that have been carried out, and what is said at tjek ud.

Tjek ud and the acts lie without row numbers (SQLite's own order of arrival), and tjek ud without a moment: nothing in
the database tells in which order the anonymous ones came, and so beside whose notes.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from supervision.db import Base, UuidKey
from supervision.grupper.models.grupper import Plenumaftale
from supervision.grupper.models.moeder import Moede
from supervision.grupper.rules.sammen import LYKKES_FELTER, PLANCHE_FELTER, TJEK_UD_BOKSE
from supervision.personer.models import Person


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class SammenNr(Base):
    """A meeting's change number: it grows by one with each change, in the transaction of the change."""

    __tablename__ = "sammen_nr"
    __table_args__ = (CheckConstraint("nr >= 0", "nr"),)

    moede_id: Mapped[UUID] = mapped_column(ForeignKey("moede.id", ondelete="CASCADE"), primary_key=True)
    nr: Mapped[int] = mapped_column(default=0)


class SammenHandling(Base):
    """An act that has been carried out, by the id that its device gave it: sent again, it does nothing."""

    __tablename__ = "sammen_handling"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    moede_id: Mapped[UUID] = mapped_column(ForeignKey("moede.id", ondelete="CASCADE"), index=True)


class Seddel(Base):
    """A short note under one of planchen's questions, or under one of the fields of lykkes bedre.

    udgave: grows with each change of it. nr: the meeting's change number at its last change. plads, oprettet_nr: its
    order. sideloeb_til: the note that it parted from when two wrote on it at once. An entry of lykkes bedre with an
    owner (a person, or everybody) is an agreement of the group; ejer_ja_at: when that person said yes.
    """

    __tablename__ = "seddel"
    __table_args__ = (
        CheckConstraint(_one_of("felt", PLANCHE_FELTER + LYKKES_FELTER), "felt"),
        CheckConstraint("tekst <> ''", "tekst"),
        CheckConstraint("udgave >= 1", "udgave"),
        CheckConstraint(
            f"(ejer_id IS NULL AND NOT ejer_alle) OR ({_one_of('felt', LYKKES_FELTER)}"
            " AND NOT (ejer_alle AND ejer_id IS NOT NULL))",
            "ejer",
        ),
        CheckConstraint("ejer_ja_at IS NULL OR ejer_id IS NOT NULL", "ja"),
        Index(None, "moede_id", "nr"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    moede_id: Mapped[UUID] = mapped_column(ForeignKey("moede.id", ondelete="CASCADE"))
    felt: Mapped[str] = mapped_column(String(20))
    tekst: Mapped[str] = mapped_column(String(300))
    udgave: Mapped[int] = mapped_column(default=1)
    nr: Mapped[int]
    oprettet_nr: Mapped[int]
    plads: Mapped[int]
    taget: Mapped[bool] = mapped_column(default=False)
    sideloeb_til: Mapped[UUID | None]
    ejer_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    ejer_alle: Mapped[bool] = mapped_column(default=False)
    ejer_ja_at: Mapped[datetime | None]
    plenumaftale_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("plenumaftale.id", ondelete="SET NULL"), index=True
    )
    moede: Mapped[Moede] = relationship()
    ejer: Mapped[Person | None] = relationship()
    plenumaftale: Mapped[Plenumaftale | None] = relationship(
        backref=backref("sedler", lazy="selectin", viewonly=True, sync_backref=False),
    )

    @property
    def ejer_ord(self) -> str:
        """The owner's first name, "alle", or nothing."""
        return "alle" if self.ejer_alle else self.ejer.fornavn if self.ejer else ""

    @property
    def ejer_saetning(self) -> str:
        """Who takes it on, or has been asked to; nothing when it is nobody's."""
        if self.ejer_alle or self.ejer is None:
            return "Alle tager den" if self.ejer_alle else ""
        return f"{self.ejer_ord} {'tager den' if self.ejer_ja_at else 'er spurgt'}"


class TjekUd(Base):
    """One line of somebody's tjek ud.

    forfatter_id: None where the group wants it without names. kvittering: SHA-256 of a random word that only the
    device has (its session cookie), so that whoever wrote it can take it back. vist: it may be shown while the
    meeting runs. taget_op: the day on which the facilitator took up a "Men".
    """

    __tablename__ = "tjek_ud"
    __table_args__ = (
        CheckConstraint(_one_of("boks", TJEK_UD_BOKSE), "boks"),
        CheckConstraint("tekst <> ''", "tekst"),
        CheckConstraint("taget_op IS NULL OR boks = 'men'", "taget_op"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[UuidKey]
    moede_id: Mapped[UUID] = mapped_column(ForeignKey("moede.id", ondelete="CASCADE"), index=True)
    boks: Mapped[str] = mapped_column(String(20))
    tekst: Mapped[str] = mapped_column(String(300))
    forfatter_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    kvittering: Mapped[str] = mapped_column(String(64))
    vist: Mapped[bool] = mapped_column(default=False)
    taget_op: Mapped[date | None]
    moede: Mapped[Moede] = relationship()
    forfatter: Mapped[Person | None] = relationship()

"""What leaders follow up on, and short surveys of which only sums are kept.

Who has answered stands in `opfoelgning_deltager`, with no moment; what was answered is only ever added to numbers that
were there, as 0, when the survey began. Nothing ties the two together, and no order or time of an answer is stored.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.db import Base, UuidKey


class Opfoelgning(Base):
    """A teamleder's frame for one quarter; `udgave` rises each time it is written, `skrevet_at` is the last."""

    __tablename__ = "opfoelgning"
    __table_args__ = (
        UniqueConstraint("team_id", "aar", "nr"),
        CheckConstraint("nr BETWEEN 1 AND 4", "nr"),
        CheckConstraint("udgave >= 1", "udgave"),
    )

    id: Mapped[UuidKey]
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"))
    aar: Mapped[int]
    nr: Mapped[int]
    status: Mapped[str] = mapped_column(Text)
    viden: Mapped[str] = mapped_column(Text)
    laering: Mapped[str] = mapped_column(Text)
    justering: Mapped[str] = mapped_column(Text)
    hindringer: Mapped[str] = mapped_column(Text)
    udgave: Mapped[int]
    skrevet_at: Mapped[datetime]
    skrevet_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


class Skema(Base):
    """One survey of a team, open until it is closed; one at a time."""

    __tablename__ = "opfoelgning_skema"
    __table_args__ = (
        CheckConstraint("lukket_at IS NULL OR lukket_at >= aabnet_at", "lukket"),
        Index(
            "uq_opfoelgning_skema_et_aabent",
            "team_id",
            unique=True,
            sqlite_where=text("lukket_at IS NULL"),
            postgresql_where=text("lukket_at IS NULL"),
        ),
    )

    id: Mapped[UuidKey]
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"), index=True)
    aabnet_at: Mapped[datetime]
    aabnet_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    lukket_at: Mapped[datetime | None]
    metoder: Mapped[list[SkemaMetode]] = relationship(
        cascade="all, delete-orphan", order_by="SkemaMetode.plads"
    )
    hindringer: Mapped[list[SkemaHindring]] = relationship(
        cascade="all, delete-orphan", order_by="SkemaHindring.plads"
    )
    deltagere: Mapped[list[SkemaDeltager]] = relationship(cascade="all, delete-orphan")


class SkemaMetode(Base):
    """A method that is asked of, with how many answered what."""

    __tablename__ = "opfoelgning_metode"
    __table_args__ = (CheckConstraint("bruger >= 0 AND mere >= 0 AND ingen_mening >= 0", "antal"),)

    skema_id: Mapped[UUID] = mapped_column(
        ForeignKey("opfoelgning_skema.id", ondelete="CASCADE"), primary_key=True
    )
    kode: Mapped[str] = mapped_column(String(80), primary_key=True)
    navn: Mapped[str] = mapped_column(String(200))
    plads: Mapped[int]
    bruger: Mapped[int] = mapped_column(default=0)
    mere: Mapped[int] = mapped_column(default=0)
    ingen_mening: Mapped[int] = mapped_column(default=0)


class SkemaHindring(Base):
    """An obstacle of the closed list, with how many chose it."""

    __tablename__ = "opfoelgning_hindring"
    __table_args__ = (CheckConstraint("antal >= 0", "antal"),)

    skema_id: Mapped[UUID] = mapped_column(
        ForeignKey("opfoelgning_skema.id", ondelete="CASCADE"), primary_key=True
    )
    kode: Mapped[str] = mapped_column(String(20), primary_key=True)
    plads: Mapped[int]
    antal: Mapped[int] = mapped_column(default=0)


class SkemaDeltager(Base):
    """Somebody who is asked, and whether they have answered; never what or when."""

    __tablename__ = "opfoelgning_deltager"

    skema_id: Mapped[UUID] = mapped_column(
        ForeignKey("opfoelgning_skema.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    har_svaret: Mapped[bool] = mapped_column(default=False)

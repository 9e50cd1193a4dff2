"""The way in: who is signed in where, wrong tries, and the second step of a sign-in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervision.db import Base, UuidKey


class Indlogning(Base):
    """A person signed in on one device. Only the hash of what its cookie holds is kept; ended is deleted.

    `hvile_min`: after so many minutes without a request it is over; none only where an older version began it.
    `enhed`: the browser and the device in plain words.
    """

    __tablename__ = "indlogning"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 64", "token_hash"),
        CheckConstraint("set_at >= begyndt_at", "set_at"),
        CheckConstraint("slutter_at > begyndt_at", "slutter_at"),
        CheckConstraint("hvile_min > 0", "hvile_min"),
    )

    id: Mapped[UuidKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    begyndt_at: Mapped[datetime]
    set_at: Mapped[datetime]
    slutter_at: Mapped[datetime] = mapped_column(index=True)
    hvile_min: Mapped[int | None]
    enhed: Mapped[str] = mapped_column(String(60))


class Adgangsforsoeg(Base):
    """Wrong tries at one account or from one address, see `rules.forsoeg`. The key is a keyed hash of which."""

    __tablename__ = "adgangsforsoeg"
    __table_args__ = (
        CheckConstraint("length(noegle) = 64", "noegle"),
        CheckConstraint("fejl >= 0", "fejl"),
        CheckConstraint("trin >= 0", "trin"),
    )

    noegle: Mapped[str] = mapped_column(String(64), primary_key=True)
    fejl: Mapped[int] = mapped_column(default=0)
    trin: Mapped[int] = mapped_column(default=0)
    seneste: Mapped[list[float]] = mapped_column(JSON, default=list)
    vent_til: Mapped[datetime | None]
    aendret_at: Mapped[datetime] = mapped_column(index=True)


class Kodegenerator(Base):
    """The app on a person's phone that makes one-time codes. `taeller`: the last code that was used."""

    __tablename__ = "kodegenerator"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    hemmelighed: Mapped[str] = mapped_column(String(500))
    taeller: Mapped[int | None]
    oprettet_at: Mapped[datetime]


class Noedkode(Base):
    """A code on paper that opens the door once when the phone is gone; only its hash is kept."""

    __tablename__ = "noedkode"
    __table_args__ = (
        UniqueConstraint("person_id", "kode_hash"),
        CheckConstraint("length(kode_hash) = 64", "kode_hash"),
    )

    id: Mapped[UuidKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kode_hash: Mapped[str] = mapped_column(String(64))
    brugt_at: Mapped[datetime | None]


class Adgangsnoegle(Base):
    """A passkey: the public half of a key that the person's device or security key holds."""

    __tablename__ = "adgangsnoegle"
    __table_args__ = (UniqueConstraint("credential_id"), CheckConstraint("taeller >= 0", "taeller"))

    id: Mapped[UuidKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary)
    offentlig_noegle: Mapped[bytes] = mapped_column(LargeBinary)
    taeller: Mapped[int]
    transporter: Mapped[list[Any]] = mapped_column(JSON, default=list)
    navn: Mapped[str] = mapped_column(String(60))
    oprettet_at: Mapped[datetime]
    brugt_at: Mapped[datetime | None]

"""A samtale and its feedback-kontrakter. State is derived from who said yes to which version, and when."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision import clock
from supervision.db import Base, UuidKey
from supervision.personer.models import Person


class Samtale(Base):
    """One conversation that somebody will attend. It has no field for the citizen, and must not get one.

    `emner`: what is planned to be on the list of topics, as codes of the catalogue's emneliste.
    """

    __tablename__ = "samtale"
    __table_args__ = (
        CheckConstraint(
            "type IN ('individuel', 'faellessamtale', 'cv_samtale', 'raadighedssamtale', 'opfoelgning',"
            " 'virksomhedsmoede', 'oevelse')",
            "type",
        ),
        CheckConstraint("form IN ('fysisk', 'telefonisk', 'digital')", "form"),
        CheckConstraint("laengde_min BETWEEN 5 AND 240", "laengde"),
        CheckConstraint("forloeb_nr IS NULL OR forloeb_nr BETWEEN 1 AND 30", "forloeb_nr"),
        Index(None, "organisation_id", "starter_at"),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    type: Mapped[str] = mapped_column(String(20))
    form: Mapped[str] = mapped_column(String(20))
    starter_at: Mapped[datetime]
    laengde_min: Mapped[int]
    sted: Mapped[str] = mapped_column(String(120), default="")
    forloeb_nr: Mapped[int | None]
    emner: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    oprettet_at: Mapped[datetime] = mapped_column(default=clock.now)
    oprettet_af: Mapped[UUID]
    kontrakter: Mapped[list[FeedbackKontrakt]] = relationship(back_populates="samtale")


class FeedbackKontrakt(Base):
    """What two colleagues agree before one of them sits in.

    A yes is to one `udgave`, which rises when something that a yes hangs on is changed: both are asked again.
    `laast_at` is when the recorder was started on it: from then on the agreement stands as it was.
    `skabelon_version` and `gm_version` are the versions whose words it keeps, whatever the catalogue says later.
    The same two have one on a samtale that is not withdrawn.
    """

    __tablename__ = "feedback_kontrakt"
    __table_args__ = (
        Index(
            "uq_feedback_kontrakt_i_kraft",
            "samtale_id",
            "fokusperson_id",
            "observatoer_id",
            unique=True,
            sqlite_where=text("trukket_at IS NULL"),
            postgresql_where=text("trukket_at IS NULL"),
        ),
        CheckConstraint("fokusperson_id <> observatoer_id", "to_personer"),
        CheckConstraint("slags IN ('kollegial', 'supervision')", "slags"),
        CheckConstraint("udgave >= 1", "udgave"),
        CheckConstraint("feedback_min BETWEEN 5 AND 120", "feedback_min"),
        CheckConstraint("(trukket_at IS NULL) = (trukket_af IS NULL)", "trukket"),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    samtale_id: Mapped[UUID] = mapped_column(ForeignKey("samtale.id"), index=True)
    fokusperson_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    observatoer_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    slags: Mapped[str] = mapped_column(String(20), default="kollegial")
    maal: Mapped[str] = mapped_column(Text, default="")
    redskaber: Mapped[str] = mapped_column(Text, default="")
    bidrag: Mapped[str] = mapped_column(Text, default="")
    skabelon: Mapped[str | None] = mapped_column(String(60))
    skabelon_version: Mapped[int | None]
    gm_variant: Mapped[str] = mapped_column(String(60), default="gm_marselisborg")
    gm_version: Mapped[int] = mapped_column(default=1, server_default="1")
    parter: Mapped[list[str]] = mapped_column(JSON, default=lambda: ["medarbejder", "borger"])
    udenfor: Mapped[str] = mapped_column(Text, default="")
    plads: Mapped[str] = mapped_column(String(200), default="")
    praesentation: Mapped[str] = mapped_column(String(300), default="")
    borger_ja: Mapped[bool | None]
    fortolkning_tilladt: Mapped[bool] = mapped_column(default=False)
    gode_raad_tilladt: Mapped[bool] = mapped_column(default=False)
    feedback_hvornaar: Mapped[str] = mapped_column(String(20), default="lige_efter")
    feedback_min: Mapped[int] = mapped_column(default=15)
    udgave: Mapped[int] = mapped_column(default=1)
    oprettet_at: Mapped[datetime] = mapped_column(default=clock.now)
    oprettet_af: Mapped[UUID]
    aendret_at: Mapped[datetime] = mapped_column(default=clock.now)
    aendret_af: Mapped[UUID]
    laast_at: Mapped[datetime | None]
    trukket_at: Mapped[datetime | None]
    trukket_af: Mapped[UUID | None]
    samtale: Mapped[Samtale] = relationship(back_populates="kontrakter")
    fokusperson: Mapped[Person] = relationship(foreign_keys=fokusperson_id)
    observatoer: Mapped[Person] = relationship(foreign_keys=observatoer_id)
    fokuspunkter: Mapped[list[Fokuspunkt]] = relationship(
        order_by="Fokuspunkt.nr", cascade="all, delete-orphan"
    )
    kendetegn: Mapped[list[KontraktKendetegn]] = relationship(
        order_by="KontraktKendetegn.nr", cascade="all, delete-orphan"
    )
    jaer: Mapped[list[KontraktJa]] = relationship(order_by="KontraktJa.at", cascade="all, delete-orphan")


class Fokuspunkt(Base):
    """What the fokusperson wants watched, in their own words; at most three.

    `princip_id`, `princip_tekst`: the local principle it is about, if any, with the words it had then.
    `linje_id`: the line of the fokusperson's own læringspil that it came from (`LaeringspilLinje.linje_id`).
    """

    __tablename__ = "fokuspunkt"
    __table_args__ = (
        CheckConstraint("nr BETWEEN 1 AND 3", "nr"),
        CheckConstraint("tekst <> ''", "tekst"),
        CheckConstraint("(princip_id IS NULL) = (princip_tekst IS NULL)", "princip"),
    )

    kontrakt_id: Mapped[UUID] = mapped_column(
        ForeignKey("feedback_kontrakt.id", ondelete="CASCADE"), primary_key=True
    )
    nr: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tekst: Mapped[str] = mapped_column(String(300))
    princip_id: Mapped[UUID | None] = mapped_column(ForeignKey("princip.id"))
    princip_tekst: Mapped[str | None] = mapped_column(String(120))
    linje_id: Mapped[UUID | None] = mapped_column(index=True)


class KontraktKendetegn(Base):
    """A kendetegn on the screen, with the words it had when it was agreed; at most twelve."""

    __tablename__ = "kontrakt_kendetegn"
    __table_args__ = (CheckConstraint("nr BETWEEN 1 AND 12", "nr"), UniqueConstraint("kontrakt_id", "kode"))

    kontrakt_id: Mapped[UUID] = mapped_column(
        ForeignKey("feedback_kontrakt.id", ondelete="CASCADE"), primary_key=True
    )
    nr: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kode: Mapped[str] = mapped_column(String(60))
    kort: Mapped[str] = mapped_column(String(40))
    tekst: Mapped[str] = mapped_column(String(300))


class KontraktJa(Base):
    """One person's yes to one version of the kontrakt."""

    __tablename__ = "kontrakt_ja"

    kontrakt_id: Mapped[UUID] = mapped_column(
        ForeignKey("feedback_kontrakt.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    udgave: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]

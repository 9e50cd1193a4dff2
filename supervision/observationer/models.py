"""One observer's log of one samtale. Events are raw and never changed; every figure is derived."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, Uuid, text
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


class Sammenfatning(Base):
    """The figures of one log that has ended, kept beside it by whatever stores its events (`tables.values_of`).

    Derived, and never the truth: `regler` is the version of the rules they were made by, `haendelser` how many events
    they were made of. A party or phase that the log does not have is NULL; `resten` is what has no column.
    """

    __tablename__ = "sammenfatning"
    __table_args__ = (
        CheckConstraint("varighed_ms >= 0", "varighed_ms"),
        CheckConstraint("indrammet BETWEEN 0 AND giv", "indrammet"),
        CheckConstraint("haendelser >= 0", "haendelser"),
        {"sqlite_with_rowid": False},
    )

    observation_id: Mapped[UUID] = mapped_column(ForeignKey("observation.id"), primary_key=True)
    varighed_ms: Mapped[int]
    medarbejder_ms: Mapped[int | None]
    borger_ms: Mapped[int | None]
    medarbejder2_ms: Mapped[int | None]
    tredje_ms: Mapped[int | None]
    kontrakt_ms: Mapped[int | None]
    emne_ms: Mapped[int | None]
    timeout_ms: Mapped[int | None]
    afslutning_ms: Mapped[int | None]
    giv: Mapped[int]
    indrammet: Mapped[int]
    uden_foer: Mapped[int]
    uden_efter: Mapped[int]
    resten: Mapped[dict[str, Any]] = mapped_column(JSON)
    haendelser: Mapped[int]
    regler: Mapped[int]
    beregnet_at: Mapped[datetime]


class Karantaene(Base):
    """One event that came too late or to nowhere: put aside for whoever sent it, and for nobody else.

    `kontrakt_id` is as the device claimed it, and may be somebody else's or none at all; so it points to no table.
    `kode` of a note that was sealed and cannot be opened is still sealed.
    """

    __tablename__ = "karantaene"
    __table_args__ = (
        UniqueConstraint("person_id", "kontrakt_id", "haendelse_id"),
        CheckConstraint("nr >= 0", "nr"),
        CheckConstraint("t_ms >= 0", "t_ms"),
        CheckConstraint("grund IN ('overdraget', 'fremmed', 'trukket', 'ikke_klar')", "grund"),
        Index(None, "modtaget_at"),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kontrakt_id: Mapped[UUID]
    haendelse_id: Mapped[UUID]
    nr: Mapped[int]
    t_ms: Mapped[int]
    spor: Mapped[str] = mapped_column(String(40))
    kode: Mapped[str] = mapped_column(Text)
    grund: Mapped[str] = mapped_column(String(20))
    startet_at: Mapped[datetime | None]
    modtaget_at: Mapped[datetime]


class Enhedslink(Base):
    """A link that opens the recorder of one kontrakt on another device of its observatør: ten minutes, one use.

    Only the hash of its code is kept. `tilbagekaldt_at` closes it before it is used, and the device after it is.
    """

    __tablename__ = "enhedslink"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("length(token_hash) = 64", "token_hash"),
        CheckConstraint("udloeber_at > oprettet_at", "udloeber"),
        CheckConstraint("brugt_at IS NULL OR brugt_at < udloeber_at", "brugt"),
        Index(
            "uq_enhedslink_et_aabent",
            "kontrakt_id",
            "person_id",
            unique=True,
            sqlite_where=text("brugt_at IS NULL AND tilbagekaldt_at IS NULL"),
            postgresql_where=text("brugt_at IS NULL AND tilbagekaldt_at IS NULL"),
        ),
    )

    id: Mapped[UuidKey]
    kontrakt_id: Mapped[UUID] = mapped_column(ForeignKey("feedback_kontrakt.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    oprettet_at: Mapped[datetime]
    udloeber_at: Mapped[datetime]
    brugt_at: Mapped[datetime | None]
    tilbagekaldt_at: Mapped[datetime | None]


class Registrering(Base):
    """Something that was used in the samtale, noted afterwards: a value, letters, an artefact. It has no free text.

    `data` is codes and whole numbers by the schema of its `slags` (katalog.rules.vaerdier). `t_ms` is where on the
    timeline it belongs, when that was chosen. `privat`: only `person_id`, who noted it, sees it.
    """

    __tablename__ = "registrering"
    __table_args__ = (
        UniqueConstraint("observation_id", "person_id", "slags", "nr"),
        CheckConstraint(
            "slags IN ('foer', 'skala', 'motivation', 'aftale', 'plus_minus', 'abc', 'trappe', 'samtaleskema',"
            " 'antonovsky', 'emner', 'jobvaerdi', 'redskab', 'mi_aand', 'stadie', 'relationel')",
            "slags",
        ),
        CheckConstraint("privat OR slags NOT IN ('mi_aand', 'stadie')", "privat"),
        CheckConstraint("nr BETWEEN 1 AND 99", "nr"),
        CheckConstraint("t_ms IS NULL OR t_ms >= 0", "t_ms"),
        Index(None, "person_id", "slags"),
    )

    id: Mapped[UuidKey]
    observation_id: Mapped[UUID] = mapped_column(ForeignKey("observation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    slags: Mapped[str] = mapped_column(String(20))
    nr: Mapped[int]
    t_ms: Mapped[int | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    privat: Mapped[bool]
    oprettet_at: Mapped[datetime]
    aendret_at: Mapped[datetime]
    observation: Mapped[Observation] = relationship()
    person: Mapped[Person] = relationship()

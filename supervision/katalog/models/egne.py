"""An organisation's own skabeloner and methods, version by version, and the originals that it does not offer."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from supervision import clock
from supervision.db import Base, UuidKey


class EgetIndhold(Base):
    """One version of a skabelon or a method that an organisation has made its own.

    `key` is the same in all versions: the original's for a method that was copied, one of the organisation's own
    otherwise. `indhold` has the fields of the content files, without `version`, `dato` and `aendret`. A version is
    written while it is a draft, and stands for ever when it is published; the newest one that is published says what
    is offered, and when that one is retired nothing is.
    `fra_key`, `fra_version`: the original. `aendret`: what the version changed, in the editor's words.
    """

    __tablename__ = "eget_indhold"
    __table_args__ = (
        UniqueConstraint("organisation_id", "slags", "key", "version"),
        CheckConstraint("slags IN ('skabelon', 'metode')", "slags"),
        CheckConstraint("tilstand IN ('kladde', 'udgivet', 'udgaaet')", "tilstand"),
        CheckConstraint("version >= 1", "version"),
        CheckConstraint("(tilstand = 'kladde') = (udgivet_at IS NULL)", "udgivet"),
        CheckConstraint("(tilstand = 'udgaaet') = (udgaaet_at IS NOT NULL)", "udgaaet"),
        CheckConstraint("(udgivet_at IS NULL) = (udgivet_af IS NULL)", "udgivet_af"),
        CheckConstraint("(udgaaet_at IS NULL) = (udgaaet_af IS NULL)", "udgaaet_af"),
        Index(
            "uq_eget_indhold_en_kladde",
            "organisation_id",
            "slags",
            "key",
            unique=True,
            sqlite_where=text("tilstand = 'kladde'"),
            postgresql_where=text("tilstand = 'kladde'"),
        ),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    slags: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(default=1)
    tilstand: Mapped[str] = mapped_column(String(10), default="kladde")
    indhold: Mapped[dict[str, Any]] = mapped_column(JSON)
    fra_key: Mapped[str | None] = mapped_column(String(60))
    fra_version: Mapped[int | None]
    aendret: Mapped[str] = mapped_column(String(300), default="")
    oprettet_at: Mapped[datetime] = mapped_column(default=clock.now)
    oprettet_af: Mapped[UUID]
    udgivet_at: Mapped[datetime | None]
    udgivet_af: Mapped[UUID | None]
    udgaaet_at: Mapped[datetime | None]
    udgaaet_af: Mapped[UUID | None]


class SkjultOriginal(Base):
    """A skabelon or method of the product's that an organisation does not offer; gone when it is shown again."""

    __tablename__ = "skjult_original"
    __table_args__ = (
        UniqueConstraint("organisation_id", "slags", "key"),
        CheckConstraint("slags IN ('skabelon', 'metode')", "slags"),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    slags: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(60))
    skjult_at: Mapped[datetime] = mapped_column(default=clock.now)
    skjult_af: Mapped[UUID]

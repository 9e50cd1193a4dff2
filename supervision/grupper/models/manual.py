"""An organisation's supervisionsmanual in its versions, and who has read which of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from supervision.db import Base, UuidKey


class Manual(Base):
    """One version: a draft until `udgivet_at`, then as it is for good. Version 0, our own text, has no row.

    `tekst`: Markdown. `aendring`: what is new in it, in a line.
    """

    __tablename__ = "manual"
    __table_args__ = (
        UniqueConstraint("organisation_id", "version"),
        CheckConstraint("version >= 1", "version"),
        CheckConstraint("tekst <> ''", "tekst"),
        CheckConstraint("(udgivet_at IS NULL) = (udgivet_af IS NULL)", "udgivet"),
        Index(
            "uq_manual_en_kladde",
            "organisation_id",
            unique=True,
            sqlite_where=text("udgivet_at IS NULL"),
            postgresql_where=text("udgivet_at IS NULL"),
        ),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    version: Mapped[int]
    tekst: Mapped[str] = mapped_column(Text)
    aendring: Mapped[str] = mapped_column(String(200), default="")
    oprettet_at: Mapped[datetime]
    oprettet_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    aendret_at: Mapped[datetime]
    udgivet_at: Mapped[datetime | None]
    udgivet_af: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class ManualLaest(Base):
    """Somebody has read the limits of the role in one version of an organisation's manual (0: our own text)."""

    __tablename__ = "manual_laest"
    __table_args__ = (
        UniqueConstraint("person_id", "organisation_id", "version"),
        CheckConstraint("version >= 0", "version"),
    )

    id: Mapped[UuidKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    version: Mapped[int]
    laest_at: Mapped[datetime]

"""An organisation's few principles for its samtaler, in its own words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from supervision.db import Base, UuidKey


class Princip(Base):
    """One fælles princip. Out of use (`ude_at`) it is offered no more; kontrakter keep the words they were made with.

    `nr`: its place in the list; those out of use keep the place they had.
    """

    __tablename__ = "princip"
    __table_args__ = (
        CheckConstraint("tekst <> ''", "tekst"),
        CheckConstraint("nr >= 1", "nr"),
        CheckConstraint("(ude_at IS NULL) = (ude_af IS NULL)", "ude"),
        Index(
            "uq_princip_i_brug",
            "organisation_id",
            "tekst",
            unique=True,
            sqlite_where=text("ude_at IS NULL"),
            postgresql_where=text("ude_at IS NULL"),
        ),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    nr: Mapped[int]
    tekst: Mapped[str] = mapped_column(String(120))
    forklaring: Mapped[str] = mapped_column(String(300), default="")
    oprettet_at: Mapped[datetime]
    oprettet_af: Mapped[UUID]
    aendret_at: Mapped[datetime | None]
    ude_at: Mapped[datetime | None]
    ude_af: Mapped[UUID | None]

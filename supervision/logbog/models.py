"""A private note of training. Only its author ever reads it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from supervision.db import Base, UuidKey


class Lognotat(Base):
    """What was tried, what happened, what next; to a line of the writer's læringspil or to a samtale when they want."""

    __tablename__ = "lognotat"
    __table_args__ = (Index(None, "person_id", "skrevet_at"),)

    id: Mapped[UuidKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    observation_id: Mapped[UUID | None] = mapped_column(ForeignKey("observation.id"))
    linje_id: Mapped[UUID | None]
    skrevet_at: Mapped[datetime]
    aendret_at: Mapped[datetime]
    proevet: Mapped[str] = mapped_column(Text)
    skete: Mapped[str] = mapped_column(Text, default="")
    naeste: Mapped[str] = mapped_column(Text, default="")

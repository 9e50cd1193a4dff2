"""Who did what, when, to what: ids and verbs, never content."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from supervision import clock
from supervision.db import Base, UuidKey, db


class Historik(Base):
    """One act. `handling` is a verb of the product; `genstand` is the table, `genstand_id` the row."""

    __tablename__ = "historik"
    __table_args__ = (Index(None, "genstand", "genstand_id"),)

    id: Mapped[UuidKey]
    at: Mapped[datetime]
    person_id: Mapped[UUID | None]
    handling: Mapped[str] = mapped_column(String(60))
    genstand: Mapped[str] = mapped_column(String(40))
    genstand_id: Mapped[UUID]


def note(handling: str, genstand: Base, *, by: UUID | None) -> None:
    """Write down an act in the running transaction. `genstand` must have its `id` already."""
    db.session.add(
        Historik(
            at=clock.now(),
            person_id=by,
            handling=handling,
            genstand=genstand.__tablename__,
            genstand_id=genstand.id,  # type: ignore[attr-defined]
        )
    )

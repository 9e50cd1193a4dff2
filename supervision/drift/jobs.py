"""When each job last succeeded: what has to run each night or minute, and whether it does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from supervision import clock
from supervision.db import Base, db


class Koersel(Base):
    """One job and the moment it last ended well."""

    __tablename__ = "koersel"

    navn: Mapped[str] = mapped_column(String(40), primary_key=True)
    lykkedes_at: Mapped[datetime]


def note_success(navn: str) -> None:
    """The job has ended well now. In the running transaction; the caller commits. navn: the command's name."""
    db.session.merge(Koersel(navn=navn, lykkedes_at=clock.now()))


def last_success() -> dict[str, datetime]:
    """Job -> when it last ended well; nothing for one that never has."""
    return {row.navn: row.lykkedes_at for row in db.session.scalars(select(Koersel))}

"""What is kept of an access: who, when, whose, what kind of thing, what was done, by which right. Never content."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from supervision.db import Base, UuidKey

LAEST, SOEGT, HENTET, AENDRET, SLETTET = HANDLINGER = ("laest", "soegt", "hentet", "aendret", "slettet")
GRUPPE, TEAM, ORGANISATION, LOGGEN = OMFANG = ("gruppe", "team", "organisation", "adgangslog")


class Adgang(Base):
    """One access. Triggers refuse every change, and every deletion before its time (see `retention`).

    `hvem_id`: empty for a command on the server. Whose: one person (`ejer_id`), or everybody in a group, a team or an
    organisation at that moment (`omfang`, `omfang_id`). No foreign keys: what was seen of somebody who has been deleted
    since is still answered for.
    """

    __tablename__ = "adgang"
    __table_args__ = (
        CheckConstraint(f"handling IN {HANDLINGER}", "handling"),
        CheckConstraint(f"omfang IN {OMFANG}", "omfang"),
        CheckConstraint("(ejer_id IS NULL) = (omfang IS NOT NULL)", "hvis"),
        CheckConstraint("organisation_id IS NOT NULL OR omfang = 'adgangslog'", "organisation"),
        Index(None, "ejer_id", "at"),
        Index(None, "omfang_id", "at"),
        Index(None, "at"),
    )

    id: Mapped[UuidKey]
    at: Mapped[datetime]
    hvem_id: Mapped[UUID | None]
    ejer_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    omfang: Mapped[str | None] = mapped_column(String(20))
    omfang_id: Mapped[UUID | None]
    slags: Mapped[str] = mapped_column(String(30))
    genstand_id: Mapped[UUID | None]
    handling: Mapped[str] = mapped_column(String(10))
    ret: Mapped[str] = mapped_column(String(20))


class Adgangsfrist(Base):
    """For how many months an access is kept, where it is not 12. One row; the triggers read it."""

    __tablename__ = "adgangsfrist"
    __table_args__ = (
        CheckConstraint("id = 1", "en"),
        CheckConstraint("maaneder BETWEEN 6 AND 120", "maaneder"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    maaneder: Mapped[int]

"""Letting go of accesses when their time is over: the one way there is."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import delete, func, select

from supervision import clock
from supervision.adgangslog.model import AENDRET, LOGGEN, SLETTET, Adgang, Adgangsfrist
from supervision.db import db
from supervision.problems import RuleBroken

MAANEDER = 12
"""How long an access is kept where nothing else is set."""
MINDST, HOEJST = 6, 120


def kept_months() -> int:
    """For how many months an access is kept here."""
    found = db.session.get(Adgangsfrist, 1)
    return found.maaneder if found else MAANEDER


def keep_for(maaneder: int, *, by: UUID | None) -> None:
    """Keep accesses for so many months; noted in the log itself. Raises RuleBroken outside 6 to 120."""
    if not MINDST <= maaneder <= HOEJST:
        raise RuleBroken(f"Adgange gemmes i mindst {MINDST} og højst {HOEJST} måneder.", "maaneder")
    db.session.merge(Adgangsfrist(id=1, maaneder=maaneder))
    _note(AENDRET, by)


def count_before(moment: datetime) -> int:
    """How many accesses there are from before a moment, of all organisations."""
    return db.session.scalar(select(func.count()).where(Adgang.at < moment)) or 0


def slet_adgange_foer(dato: date, *, by: UUID | None = None) -> int:
    """Delete every access from before a Danish date. Returns how many; notes that it was done when there were any.

    Raises RuleBroken for a date nearer than what is kept. The database's triggers hold the same limit by their own
    clock, so a moved `clock` cannot make them let a young row go. Never commits.
    """
    if dato > foerste_dag(clock.today(), kept_months()):
        raise RuleBroken(f"Adgange gemmes i {kept_months()} måneder. Vælg en tidligere dato.", "dato")
    gone = db.session.execute(delete(Adgang).where(Adgang.at < clock.from_local(dato, time(0)))).rowcount  # type: ignore[attr-defined]
    if gone:
        _note(SLETTET, by)
    return int(gone)


def foerste_dag(today: date, maaneder: int) -> date:
    """The first day whose accesses are kept: so many months before today, or the 28th where there is no such day."""
    months = today.year * 12 + today.month - 1 - maaneder
    return date(months // 12, months % 12 + 1, min(today.day, 28))


def _note(handling: str, by: UUID | None) -> None:
    db.session.add(
        Adgang(
            at=clock.now(),
            hvem_id=by,
            omfang=LOGGEN,
            slags=LOGGEN,
            handling=handling,
            ret="egen" if by is None else "administrator",
        )
    )

"""The sample that whoever answers for the data looks through: rows drawn at random, without content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import func, select

from supervision import clock
from supervision.adgangslog.model import HENTET, LOGGEN, Adgang
from supervision.db import db, metadata


@dataclass(frozen=True, slots=True)
class Udtrukket:
    """One drawn access: who, when, what kind of thing of whose, what was done, by which right."""

    tid: str
    hvem: str
    ret: str
    handling: str
    slags: str
    hvis: str
    id: str


@dataclass(frozen=True, slots=True)
class Stikproeve:
    """What was drawn from the accesses of `fra` up to, not with, `til`. antal: how many there were, by right."""

    fra: date
    til: date
    antal: Counter[str]
    linjer: list[Udtrukket]


def draw_sample(*, fra: date, til: date, antal: int) -> Stikproeve:
    """Draw up to `antal` of other people's accesses of these days (Danish dates) at random; noted as an access itself.

    What people did with their own is not drawn. Never commits.
    """
    between = (
        Adgang.at >= clock.from_local(fra, time(0)),
        Adgang.at < clock.from_local(til, time(0)),
        Adgang.ret != "egen",
    )
    counted = db.session.execute(select(Adgang.ret, func.count()).where(*between).group_by(Adgang.ret))
    per_ret: Counter[str] = Counter()
    for ret, n in counted:
        per_ret[ret] = n
    drawn = db.session.scalars(select(Adgang).where(*between).order_by(func.random()).limit(antal)).all()
    names = _names(drawn)
    rows = sorted(drawn, key=lambda row: (row.at, row.id))
    db.session.add(Adgang(at=clock.now(), omfang=LOGGEN, slags=LOGGEN, handling=HENTET, ret="stikproeve"))
    return Stikproeve(fra, til, per_ret, [_line(row, names) for row in rows])


def _line(row: Adgang, names: dict[UUID, str]) -> Udtrukket:
    whose = row.ejer_id or row.omfang_id
    gone = "(slettet)"
    return Udtrukket(
        tid=f"{clock.local(row.at):%Y-%m-%d %H:%M}",
        hvem=names.get(row.hvem_id, gone) if row.hvem_id else "kommando på serveren",
        ret=row.ret,
        handling=row.handling,
        slags=row.slags,
        hvis=names.get(whose, gone) if whose else "",
        id=str(row.id),
    )


def _names(rows: Sequence[Adgang]) -> dict[UUID, str]:
    wanted = {id_ for row in rows for id_ in (row.hvem_id, row.ejer_id, row.omfang_id) if id_}
    found: dict[UUID, str] = {}
    for table in ("person", "laeringsgruppe", "team", "organisation"):
        columns = metadata.tables[table].c
        for id_, navn in db.session.execute(select(columns.id, columns.navn).where(columns.id.in_(wanted))):
            found[id_] = navn
    return found

"""Forming a round's pairs, and naming one's half-days. The facilitator forms; what has begun stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from supervision import clock, history
from supervision.db import db
from supervision.grupper import queries, rules
from supervision.grupper.models import LedigTid, Parbesoeg, Parplan, Runde, Supervisionspar
from supervision.grupper.queries.par import bookede, find_parplan, list_kandidater
from supervision.grupper.rules import par as par_rules
from supervision.grupper.rules.pardannelse import Gruppering, check_par, retninger
from supervision.grupper.rules.partider import check_tider, faelles, foreslaa_tider
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken


def save_par(
    runde: Runde,
    *,
    grupper: Sequence[Gruppering],
    by: Person,
    paa_tvaers: bool = False,
    med_tider: bool = False,
    udgave: int = 0,
) -> Parplan:
    """Let these be the round's pairs; those that are the same people keep their visits. `runde.gruppe` is held.

    udgave: the version of the plan that was seen, 0 for none. med_tider: propose times for new visits, within the
    half-days the two have named. Raises RuleBroken: the round is over, somebody formed others meanwhile, somebody
    stands twice, or a pair that has begun would be parted.
    """
    gruppe = runde.gruppe
    if gruppe.facilitator_id != by.id or gruppe.nedlagt_at is not None:
        raise NotAllowed
    rules.check_not_ended(runde, clock.today())
    plan = find_parplan(runde)
    par_rules.check_udgave(udgave, plan.udgave if plan else 0)
    medlemmer = {person.id for person in queries.list_medlemmer(gruppe)}
    check_par(grupper, medlemmer)
    kept = _let_go(runde, grupper, medlemmer)
    for nr, one in enumerate(grupper, 1):
        par = kept.get(frozenset(one))
        if par is None:
            _form(runde, one, nr=nr, med_tider=med_tider, by=by)
        else:
            par.nr = nr
    return _note_plan(plan, runde, paa_tvaers=paa_tvaers, by=by)


def save_ledige_tider(runde: Runde, *, tider: Collection[str], by: Person) -> None:
    """Name the half-days on which one can; none takes the answer back. Raises RuleBroken, NotAllowed."""
    if by.id not in {person.id for person in queries.list_medlemmer(runde.gruppe)}:
        raise NotAllowed
    rules.check_not_ended(runde, clock.today())
    codes = check_tider(tider)
    db.session.scalar(select(Runde.id).where(Runde.id == runde.id).with_for_update())  # sent twice: one waits
    found = db.session.scalar(
        select(LedigTid).where(LedigTid.runde_id == runde.id, LedigTid.person_id == by.id)
    )
    if found is not None and not codes:
        db.session.delete(found)
    elif found is not None:
        found.tider, found.aendret_at = codes, clock.now()
    elif codes:
        db.session.add(LedigTid(runde_id=runde.id, person_id=by.id, tider=codes, aendret_at=clock.now()))
    db.session.flush()


def _let_go(
    runde: Runde, grupper: Sequence[Gruppering], medlemmer: Collection[UUID]
) -> dict[frozenset[UUID], Supervisionspar]:
    """Part the pairs that are not wanted any more. Returns those that stay, by their people."""
    wanted = {frozenset(one) for one in grupper}
    _hold_besoeg(runde)
    standing = db.session.scalars(
        select(Supervisionspar)
        .where(Supervisionspar.runde_id == runde.id, Supervisionspar.oploest_at.is_(None))
        .order_by(Supervisionspar.nr)
    ).all()
    kept = {}
    for par in standing:
        people = frozenset(besoeg.fokusperson_id for besoeg in par.besoeg)
        if people in wanted:
            kept[people] = par
        else:
            _part(par, all_are_in=people <= set(medlemmer))
    db.session.flush()
    return kept


def _hold_besoeg(runde: Runde) -> None:
    """Nobody says that a visit was held while it is decided whether it can disappear."""
    db.session.scalars(
        select(Parbesoeg)
        .join(Parbesoeg.par)
        .where(Supervisionspar.runde_id == runde.id)
        .order_by(Parbesoeg.id)
        .with_for_update(of=Parbesoeg)
        .execution_options(populate_existing=True)
    ).all()


def _part(par: Supervisionspar, *, all_are_in: bool) -> None:
    """What nothing has come of disappears; what has begun stands, and parts only when somebody has left."""
    facts = bookede(par.besoeg)
    begun = [besoeg for besoeg in par.besoeg if par_rules.is_begun(besoeg, facts.get(besoeg.kontrakt_id))]
    if not begun:
        db.session.delete(par)
        return
    if all_are_in:
        names = " og ".join(besoeg.fokusperson.fornavn for besoeg in par.besoeg)
        raise RuleBroken(
            f"{names} er i gang: de har en kontrakt eller har holdt et besøg. Lad dem blive sammen i denne runde."
        )
    par.besoeg[:] = begun
    par.oploest_at = clock.now()


def _form(runde: Runde, one: Gruppering, *, nr: int, med_tider: bool, by: Person) -> None:
    now = clock.now()
    ways = retninger(one)
    times = _times(runde, one, len(ways)) if med_tider else [None] * len(ways)
    par = Supervisionspar(runde=runde, nr=nr, dannet_at=now, dannet_af=by.id)
    db.session.add(par)
    for place, ((fokusperson_id, observatoer_id), at) in enumerate(zip(ways, times, strict=True), 1):
        par.besoeg.append(
            Parbesoeg(
                nr=place,
                fokusperson_id=fokusperson_id,
                observatoer_id=observatoer_id,
                starter_at=clock.from_local(at.date(), at.time()) if at else None,
                foreslaaet=at is not None,
                metoder=[],
                aendret_at=now,
                aendret_af=by.id,
            )
        )


def _times(runde: Runde, one: Gruppering, antal: int) -> list[datetime | None]:
    """From tomorrow on, in half-days that all of them can."""
    said = [kandidat.tider for kandidat in list_kandidater(runde) if kandidat.id in one]
    first = max(runde.fra, clock.today() + timedelta(days=1))
    return foreslaa_tider(faelles(said), antal, fra=first, til=runde.til)


def _note_plan(plan: Parplan | None, runde: Runde, *, paa_tvaers: bool, by: Person) -> Parplan:
    if plan is None:
        plan = Parplan(runde_id=runde.id, udgave=0)
        db.session.add(plan)
    plan.udgave += 1
    plan.paa_tvaers, plan.gemt_at, plan.gemt_af = paa_tvaers, clock.now(), by.id
    db.session.flush()
    history.note("dan_par", plan, by=by.id)
    return plan

"""An exercise: begun, joined, divided by hand or by itself, moved on step by step, and ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import select

from supervision import clock, history
from supervision.db import db
from supervision.grupper.models import (
    Laeringsgruppe,
    Moede,
    Oevelse,
    Oevelsesdeltager,
    Oevelseshold,
)
from supervision.grupper.queries import oevelser as queries
from supervision.grupper.rules import moeder as ure
from supervision.grupper.rules import oevelser as rules
from supervision.grupper.rules.oevelser_indhold import FOER
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken

BEGYNDT: Final = "I er begyndt. Gå igennem trinene, eller slut øvelsen og begynd en ny."


def begin_oevelse(gruppe: Laeringsgruppe, *, slags: str, moede: Moede | None, by: Person) -> Oevelse:
    """Begin an exercise that people can join; a member who begins it is in it. Raises RuleBroken, NotAllowed.

    moede: the group's meeting that runs now, if there is one.
    """
    _check_inside(gruppe, by)
    known = rules.get_slags(slags)
    db.session.scalar(select(Laeringsgruppe.id).where(Laeringsgruppe.id == gruppe.id).with_for_update())
    if queries.find_i_gang(gruppe) is not None:
        raise RuleBroken(rules.I_GANG_ALLEREDE)
    now = clock.now()
    oevelse = Oevelse(
        gruppe=gruppe,
        moede_id=moede.id if moede else None,
        slags=known.key,
        begyndt_at=now,
        begyndt_af=by.id,
        holdene=[],
        deltagere=[],
    )
    if by.id != gruppe.facilitator_id:
        oevelse.deltagere.append(Oevelsesdeltager(person_id=by.id, kom_at=now))
    db.session.add(oevelse)
    db.session.flush()
    history.note("begynd", oevelse, by=by.id)
    return oevelse


def join(oevelse: Oevelse, *, by: Person) -> None:
    """Be in it; after it was divided in the smallest small group. Twice changes nothing. Raises RuleBroken."""
    rules.check_i_gang(oevelse, clock.now())
    _check_inside(oevelse.gruppe, by)
    mig = queries.find_mig(oevelse, by)
    if mig is None:
        mig = Oevelsesdeltager(person_id=by.id, kom_at=clock.now(), plads=len(oevelse.deltagere))
        oevelse.deltagere.append(mig)
        db.session.flush()
        history.note("kom_med", mig, by=by.id)
    if oevelse.fordelt_at is not None and queries.find_mit_hold(oevelse, by) is None:
        _place(
            oevelse,
            mig,
            min(oevelse.holdene, key=lambda hold: (len(queries.paa_hold(oevelse, hold)), hold.nr)),
        )
        db.session.flush()


def leave(oevelse: Oevelse, *, by: Person) -> bool:
    """Go out of it. What one wrote with the others stays with them. False: one is not in it, or it is over."""
    mig, hold = queries.find_mig(oevelse, by), queries.find_mit_hold(oevelse, by)
    if mig is None or rules.tilstand(oevelse, clock.now()) == rules.SLUT:
        return False
    history.note("gik", mig, by=by.id)
    if hold is not None:
        mig.hold_id, mig.plads = None, 0
        _settle(oevelse, hold)
    elif oevelse.fordelt_at is None:
        oevelse.deltagere.remove(mig)
    db.session.flush()
    return True


def divide(oevelse: Oevelse, *, by: Person) -> None:
    """Divide those who are there, in the order they came; until somebody has begun. Raises RuleBroken, NotAllowed."""
    _check_leads(oevelse, by)
    _check_not_begun(oevelse)
    people = sorted(oevelse.deltagere, key=lambda one: (one.kom_at, one.id))
    sizes = rules.del_op(len(people), rules.get_slags(oevelse.slags))
    for one in people:
        one.hold_id = None
    db.session.flush()
    oevelse.holdene.clear()
    db.session.flush()
    left = list(people)
    for nr, size in enumerate(sizes, start=1):
        hold = Oevelseshold(nr=nr, ture=size, trin=0, brugt_s=0, tekster=[])
        oevelse.holdene.append(hold)
        db.session.flush()
        for plads in range(size):
            one = left.pop(0)
            one.hold_id, one.plads = hold.id, plads
    oevelse.fordelt_at = clock.now()
    db.session.flush()
    history.note("fordel", oevelse, by=by.id)


def move(oevelse: Oevelse, *, deltager_id: UUID, til: UUID, by: Person) -> None:
    """Let a person change places with another, or move to another small group. Raises RuleBroken, NotAllowed.

    til: the id of the other's row or of the small group. Within a small group a change of places is one of roles.
    """
    _check_leads(oevelse, by)
    rows = {one.id: one for one in oevelse.deltagere}
    holdene = {hold.id: hold for hold in oevelse.holdene}
    one, other = rows.get(deltager_id), rows.get(til)
    if one is None or one is other or (other is None and til not in holdene):
        raise RuleBroken("Vælg først hvem, og så en anden eller et hold.", "til")
    touched = [holdene[row.hold_id] for row in (one, other) if row is not None and row.hold_id in holdene]
    if any(queries.begyndt(hold) for hold in (*touched, *([holdene[til]] if til in holdene else []))):
        raise RuleBroken(BEGYNDT, "til")
    if other is not None:
        one.hold_id, other.hold_id = other.hold_id, one.hold_id
        one.plads, other.plads = other.plads, one.plads
    else:
        _place(oevelse, one, holdene[til])
    db.session.flush()
    for hold in {hold.id: hold for hold in (*touched, *([holdene[til]] if til in holdene else []))}.values():
        _settle(oevelse, hold)
    db.session.flush()
    history.note("byt", oevelse, by=by.id)


def steer(oevelse: Oevelse, *, hold_id: UUID | None, handling: str, trin: int, by: Person) -> None:
    """One of `HANDLINGER` for one's small group; for any of them, or all (hold_id None), by whoever leads.

    trin: the step that was seen when it was asked for: two phones that ask at once move on once. Raises RuleBroken,
    NotAllowed.
    """
    rules.check_i_gang(oevelse, clock.now())
    mine, leads = queries.find_mit_hold(oevelse, by), queries.leder(oevelse, by)
    chosen = [hold for hold in oevelse.holdene if hold_id in (None, hold.id)]
    if not leads and (mine is None or hold_id != mine.id):
        raise NotAllowed
    act = HANDLINGER.get(handling)
    if act is None:
        raise RuleBroken("Det kender vi ikke. Genindlæs siden.")
    for hold in chosen:
        if hold.trin == trin:
            act(hold, len(rules.forloeb(rules.get_slags(oevelse.slags), hold.ture)))
    db.session.flush()
    history.note(f"styr_{handling}", oevelse, by=by.id)


def set_tal(oevelse: Oevelse, *, tal: int | None, by: Person) -> None:
    """One's own number at the step where it is asked of one; it can be changed until the next. Raises RuleBroken."""
    rules.check_i_gang(oevelse, clock.now())
    mig, hold = queries.find_mig(oevelse, by), queries.find_mit_hold(oevelse, by)
    if mig is None or hold is None:
        raise NotAllowed
    stilling = queries.get_stilling(oevelse, hold)
    rolle = next(rolle for one, rolle in stilling.medlemmer if one is mig)
    if stilling.skridt is None or not rules.skal_saette_tal(stilling.skridt.trin, rolle):
        raise RuleBroken("Tallet sættes på det trin, hvor der bliver spurgt til det.", "tal")
    chosen = rules.check_tal(tal)
    if stilling.skridt.trin.tal == FOER:
        mig.tal_foer = chosen
    else:
        mig.tal_efter = chosen
    db.session.flush()


def end_oevelse(oevelse: Oevelse, *, by: Person) -> None:
    """End it, and freeze the group's number. Ended already: nothing changes. Raises RuleBroken, NotAllowed."""
    _check_leads(oevelse, by)
    if oevelse.sluttet_at is not None:
        return
    rules.check_i_gang(oevelse, clock.now())
    for hold in oevelse.holdene:
        _stop(hold)
    oevelse.sluttet_at = clock.now()
    found = rules.gruppens_tal((one.tal_foer, one.tal_efter) for one in oevelse.deltagere)
    oevelse.foer_halve, oevelse.efter_halve = found or (None, None)
    db.session.flush()
    history.note("slut", oevelse, by=by.id)


def _begin(hold: Oevelseshold, _last: int) -> None:
    if not queries.begyndt(hold):
        hold.fra_at = clock.now()


def _next(hold: Oevelseshold, last: int) -> None:
    if hold.trin < last:
        hold.trin, hold.brugt_s = hold.trin + 1, 0
        hold.fra_at = clock.now() if hold.trin < last else None


def _back(hold: Oevelseshold, _last: int) -> None:
    if hold.trin > 0:
        hold.trin, hold.brugt_s, hold.fra_at = hold.trin - 1, 0, clock.now()


def _pause(hold: Oevelseshold, _last: int) -> None:
    _stop(hold)


def _resume(hold: Oevelseshold, last: int) -> None:
    if hold.trin < last:
        hold.fra_at = hold.fra_at or clock.now()


HANDLINGER: Final[Mapping[str, Callable[[Oevelseshold, int], None]]] = {
    "begynd": _begin,
    "naeste": _next,
    "tilbage": _back,
    "pause": _pause,
    "genoptag": _resume,
}


def _stop(hold: Oevelseshold) -> None:
    if hold.fra_at is not None:
        hold.brugt_s = max(1, round(ure.brugt_ms(hold.brugt_s, hold.fra_at, clock.now()) / 1000))
    hold.fra_at = None


def _place(oevelse: Oevelse, one: Oevelsesdeltager, hold: Oevelseshold) -> None:
    """Last in the small group; whoever comes when it has begun has no turn of their own."""
    one.hold_id, one.plads = hold.id, len(queries.paa_hold(oevelse, hold)) + 1
    _settle(oevelse, hold)


def _settle(oevelse: Oevelse, hold: Oevelseshold) -> None:
    """Places without gaps, and as many turns as people until they begin."""
    people = queries.paa_hold(oevelse, hold)
    for plads, one in enumerate(people):
        one.plads = plads
    if not queries.begyndt(hold):
        hold.ture = max(1, min(6, len(people)))


def _check_not_begun(oevelse: Oevelse) -> None:
    rules.check_i_gang(oevelse, clock.now())
    if any(queries.begyndt(hold) for hold in oevelse.holdene):
        raise RuleBroken(BEGYNDT)


def _check_leads(oevelse: Oevelse, by: Person) -> None:
    if not queries.leder(oevelse, by):
        raise NotAllowed


def _check_inside(gruppe: Laeringsgruppe, by: Person) -> None:
    members = {medlem.person_id for medlem in gruppe.medlemmer if medlem.ud_at is None}
    if gruppe.nedlagt_at is not None or by.id not in {*members, gruppe.facilitator_id}:
        raise NotAllowed

"""Calling a meeting, changing and cancelling it, its agenda, and who comes and is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from supervision import clock, history
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import Dagsordenspunkt, Laeringsgruppe, Moede, Moededeltager, Moedeur, Runde
from supervision.grupper.queries.fremmoede import find_deltager
from supervision.grupper.queries.moeder import list_dagsorden
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken


def call_moede(
    gruppe: Laeringsgruppe,
    *,
    start_at: datetime,
    minutter: int,
    sted: str,
    runde: Runde | None,
    tjek_ud_anonymt: bool,
    by: Person,
) -> Moede:
    """A new meeting with the agenda proposed for its length. Raises RuleBroken, NotAllowed."""
    _check_leads(gruppe, by)
    _check_own_runde(gruppe, runde)
    moede = Moede(
        gruppe=gruppe,
        runde=runde,
        start_at=start_at,
        minutter=minutter,
        sted=rules.check_indkaldelse(start_at, minutter, sted, clock.now()),
        tjek_ud_anonymt=tjek_ud_anonymt,
        indkaldt_at=clock.now(),
        indkaldt_af=by.id,
    )
    db.session.add(moede)
    db.session.flush()
    for nr, punkt in enumerate(rules.foreslaa(minutter), start=1):
        db.session.add(_line(moede, nr, punkt))
    db.session.flush()
    history.note("indkald", moede, by=by.id)
    return moede


def change_moede(
    moede: Moede,
    *,
    start_at: datetime,
    minutter: int,
    sted: str,
    runde: Runde | None,
    tjek_ud_anonymt: bool,
    by: Person,
) -> bool:
    """Another time, place, length, round or way to check out. True: it was moved, so everybody is asked anew.

    `moede` is held. An agenda that nobody has touched follows a new length. Raises RuleBroken, NotAllowed.
    """
    _check_leads(moede.gruppe, by)
    _check_own_runde(moede.gruppe, runde)
    rules.check_can_change(moede, clock.now())
    cleaned = rules.check_indkaldelse(start_at, minutter, sted, clock.now())
    moved = (moede.start_at, moede.sted) != (start_at, cleaned)
    if moede.minutter != minutter and _is_proposed(moede):
        set_dagsorden(moede, punkter=[(None, punkt) for punkt in rules.foreslaa(minutter)], by=by)
    moede.start_at, moede.minutter, moede.sted = start_at, minutter, cleaned
    moede.runde_id, moede.tjek_ud_anonymt = runde.id if runde else None, tjek_ud_anonymt
    if moved:
        moede.flyttet_at = clock.now()
    db.session.flush()
    history.note("flyt" if moved else "ret", moede, by=by.id)
    return moved


def cancel_moede(moede: Moede, *, by: Person) -> None:
    """It is not held. Raises RuleBroken, NotAllowed."""
    _check_leads(moede.gruppe, by)
    rules.check_can_change(moede, clock.now())
    moede.aflyst_at = clock.now()
    db.session.flush()
    history.note("aflys", moede, by=by.id)


def set_dagsorden(moede: Moede, *, punkter: Sequence[tuple[UUID | None, rules.Punkt]], by: Person) -> None:
    """The agenda anew, before the meeting or during it. `moede` is held. Raises RuleBroken, NotAllowed.

    punkter: (id of a line that stays, or None for a new one; the line), in their order. Lines that are left out are
    removed; the one that is being held stays whatever is sent.
    """
    _check_leads(moede.gruppe, by)
    rules.check_open_table(moede, clock.now())
    cleaned = rules.check_dagsorden([punkt for _, punkt in punkter])
    before = {row.id: row for row in list_dagsorden(moede)}
    kept = {id_ for id_, _ in punkter if id_ in before}
    ur = db.session.get(Moedeur, moede.id)
    if ur is not None and ur.punkt_id in before and ur.punkt_id not in kept:
        raise RuleBroken("Punktet, I er i gang med, kan ikke fjernes. Gå videre til et andet først.")
    for place, row in enumerate(before.values()):
        row.nr = 1000 + place  # out of the way: a line's number is its own within the meeting
        if row.id not in kept:
            db.session.delete(row)
    db.session.flush()
    for nr, ((id_, _), punkt) in enumerate(zip(punkter, cleaned, strict=True), start=1):
        if id_ in before:
            row = before[id_]
            row.nr, row.slags, row.titel, row.minutter = nr, punkt.slags, punkt.titel, punkt.minutter
        else:
            db.session.add(_line(moede, nr, punkt))
    db.session.flush()
    history.note("ret_dagsorden", moede, by=by.id)


def answer_moede(moede: Moede, *, svar: str, by: Person) -> None:
    """Say whether one comes. Raises RuleBroken, NotAllowed for whoever is not called."""
    _check_inside(moede.gruppe, by.id)
    rules.check_svar(moede, svar, clock.now())
    row = _row_of(moede, by.id)
    row.svar, row.svaret_at = svar, clock.now()
    db.session.flush()
    history.note(f"svar_{svar}", row, by=by.id)


def arrive(moede: Moede, *, by: Person) -> None:
    """“Jeg er her”. The second time changes nothing. Raises RuleBroken, NotAllowed for whoever is not called."""
    _check_inside(moede.gruppe, by.id)
    now = clock.now()
    rules.check_can_arrive(moede, now, clock.today(), clock.local(moede.start_at).date())
    _set_her(moede, by.id, her=True, by=by)


def tick_fremmoede(moede: Moede, *, person_id: UUID, her: bool, by: Person) -> None:
    """The facilitator ticks who is there, or takes a tick away. Raises RuleBroken, NotAllowed."""
    _check_leads(moede.gruppe, by)
    now = clock.now()
    rules.check_can_tick(moede, now, clock.today(), clock.local(moede.start_at).date())
    if find_deltager(moede, person_id) is None:
        _check_inside(moede.gruppe, person_id)
    _set_her(moede, person_id, her=her, by=by)


def _set_her(moede: Moede, person_id: UUID, *, her: bool, by: Person) -> None:
    row = _row_of(moede, person_id)
    if (row.her_at is not None) != her:
        row.her_at, row.her_af = (clock.now(), by.id) if her else (None, None)
        db.session.flush()
        history.note("er_her" if her else "er_her_ikke", row, by=by.id)


def _row_of(moede: Moede, person_id: UUID) -> Moededeltager:
    row = find_deltager(moede, person_id)
    if row is None:
        row = Moededeltager(moede_id=moede.id, person_id=person_id)
        db.session.add(row)
        db.session.flush()
    return row


def _line(moede: Moede, nr: int, punkt: rules.Punkt) -> Dagsordenspunkt:
    return Dagsordenspunkt(
        moede_id=moede.id, nr=nr, slags=punkt.slags, titel=punkt.titel, minutter=punkt.minutter
    )


def _is_proposed(moede: Moede) -> bool:
    lines = [rules.Punkt(row.slags, row.titel, row.minutter) for row in list_dagsorden(moede)]
    return lines == rules.foreslaa(moede.minutter)


def _check_leads(gruppe: Laeringsgruppe, by: Person) -> None:
    if gruppe.facilitator_id != by.id or gruppe.nedlagt_at is not None:
        raise NotAllowed


def _check_inside(gruppe: Laeringsgruppe, person_id: UUID) -> None:
    members = {medlem.person_id for medlem in gruppe.medlemmer if medlem.ud_at is None}
    if gruppe.nedlagt_at is not None or person_id not in {*members, gruppe.facilitator_id}:
        raise NotAllowed


def _check_own_runde(gruppe: Laeringsgruppe, runde: Runde | None) -> None:
    if runde is not None and runde.gruppe_id != gruppe.id:
        raise NotAllowed

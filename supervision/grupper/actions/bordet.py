"""Putting one's own on the table for a meeting and taking it back, and showing the group's picture of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import select

from supervision import clock, history
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import (
    Billedbidrag,
    Billedseer,
    Gruppebillede,
    Laeringsgruppe,
    Moede,
    PaaBordet,
)
from supervision.grupper.queries.bordet import (
    list_billeder_vist,
    list_egne_punkter,
    list_egne_samtaler,
    list_lagt,
    list_vist_foer,
    navn_af,
)
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken


def put_on_table(
    moede: Moede,
    *,
    samtaler: Collection[UUID],
    punkter: Collection[UUID],
    med_navn: bool,
    by: Person,
) -> list[PaaBordet]:
    """Put own samtaler (as figures in the group's sums) and own points of feedback on the table. `moede` is held.

    med_navn: the points are shown with one's first name. Raises RuleBroken (nothing chosen, not one's own, over),
    NotAllowed for whoever is no member.
    """
    if by.id not in {medlem.person_id for medlem in moede.gruppe.medlemmer if medlem.ud_at is None}:
        raise NotAllowed
    rules.check_open_table(moede, clock.now())
    if not samtaler and not punkter:
        raise RuleBroken("Vælg mindst én ting at lægge på bordet.")
    own = {one.id for one in list_egne_samtaler(moede, viewer=by)}
    points = {one.id for one in list_egne_punkter(moede, viewer=by)}
    if not set(samtaler) <= own or not set(punkter) <= points:
        raise RuleBroken("Noget af det valgte ligger der allerede eller er ikke dit. Genindlæs siden.")
    now = clock.now()
    rows = [
        *(PaaBordet(moede_id=moede.id, person_id=by.id, observation_id=id_, lagt_at=now) for id_ in samtaler),
        *(
            PaaBordet(moede_id=moede.id, person_id=by.id, punkt_id=id_, med_navn=med_navn, lagt_at=now)
            for id_ in punkter
        ),
    ]
    db.session.add_all(rows)
    db.session.flush()
    for row in rows:
        history.note("laeg_paa_bordet", row, by=by.id)
    return rows


def take_back(paa_bordet: PaaBordet, *, by: Person) -> None:
    """Take one's own off the table: gone at once, and with it every picture it is in. Raises NotAllowed."""
    if paa_bordet.person_id != by.id:
        raise NotAllowed
    _take_off(paa_bordet, by=by)
    db.session.flush()


def take_back_from_gruppe(gruppe: Laeringsgruppe, *, person_id: UUID | None, by: Person) -> None:
    """Take what a person (None: everybody) has on the group's tables off them: they go out, or the group is closed."""
    wanted = select(PaaBordet).join(Moede, Moede.id == PaaBordet.moede_id).where(Moede.gruppe_id == gruppe.id)
    if person_id is not None:
        wanted = wanted.where(PaaBordet.person_id == person_id)
    for row in db.session.scalars(wanted).all():
        _take_off(row, by=by)
    db.session.flush()


def show_billede(moede: Moede, *, by: Person) -> Gruppebillede:
    """Make the picture of what is on the table now, freeze it, and put an earlier one away. `moede` is held.

    Raises RuleBroken (with one sentence whatever the reason), NotAllowed for all but the facilitator.
    """
    if moede.gruppe.facilitator_id != by.id:
        raise NotAllowed
    rules.check_running(moede, clock.now())
    lagt = list_lagt(moede)
    rules.check_kan_vises(
        rules.bidrag_af((one.person_id, one.observation_id) for _, one in lagt), list_vist_foer(moede)
    )
    hide_billede(moede, by=by)
    billede = Gruppebillede(
        moede_id=moede.id,
        vist_at=clock.now(),
        vist_af=by.id,
        tal=[asdict(one) for one in rules.billedet([one for _, one in lagt], navn_af(moede))],
        bidrag=[
            Billedbidrag(
                observation_id=one.observation_id,
                person_id=one.person_id,
                dag=clock.local(observation.startet_at).date(),
            )
            for observation, one in lagt
        ],
        seere=[Billedseer(person_id=person_id) for person_id in _in_the_group(moede.gruppe)],
    )
    db.session.add(billede)
    db.session.flush()
    history.note("vis", billede, by=by.id)
    return billede


def hide_billede(moede: Moede, *, by: Person) -> None:
    """Put the picture away for everybody. None is shown: nothing changes. Raises NotAllowed."""
    if moede.gruppe.facilitator_id != by.id:
        raise NotAllowed
    for billede in list_billeder_vist(moede):
        _put_away(billede, by=by)
    db.session.flush()


def _take_off(paa_bordet: PaaBordet, *, by: Person) -> None:
    """Pictures are put away also when the meeting is over: what was taken back is in none."""
    for billede in list_billeder_vist(paa_bordet.moede):
        if any(one.observation_id == paa_bordet.observation_id for one in billede.bidrag):
            _put_away(billede, by=by)
    history.note("tag_af_bordet", paa_bordet, by=by.id)
    db.session.delete(paa_bordet)


def _put_away(billede: Gruppebillede, *, by: Person) -> None:
    billede.skjult_at, billede.tal = clock.now(), None
    history.note("skjul", billede, by=by.id)


def _in_the_group(gruppe: Laeringsgruppe) -> set[UUID]:
    return {medlem.person_id for medlem in gruppe.medlemmer if medlem.ud_at is None} | {gruppe.facilitator_id}

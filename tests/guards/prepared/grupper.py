"""Meetings, exercises, pairs and homework of a læringsgruppe."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from agreed import add_kontrakt
from held import held
from road import person

from prepared import House, Sent, ready
from supervision import clock
from supervision.db import db
from supervision.grupper import actions
from supervision.grupper.actions import oevelser
from supervision.grupper.models import (
    Gruppemedlem,
    Hjemmeopgave,
    Laeringsgruppe,
    Moede,
    Moedeur,
    Oevelse,
    PaaBordet,
    Parbesoeg,
)


def _all_three_in(house: House) -> None:
    """Jonas and Åse are in Mette's group too; inside `rows`."""
    gruppe = house.get(Laeringsgruppe, "gruppe_id")
    for who in (house.world.jonas, house.world.aase):
        gruppe.medlemmer.append(Gruppemedlem(person_id=who, ind_at=clock.now()))
    db.session.flush()


@ready("grupper.begynd_moede")
def a_meeting_begun(house: House) -> Sent:
    """A meeting that is due and has not begun."""
    with house.rows():
        moede = house.get(Moede, "moede_id")
        moede.begyndt_at, moede.start_at = None, clock.now()
        db.session.query(Moedeur).filter_by(moede_id=moede.id).delete()
    return Sent(house.people["teamleder"])


def _three_on_the_table(house: House) -> Moede:
    """A running meeting, with a samtale of each of three on the table; inside `rows`."""
    _all_three_in(house)
    moede = house.get(Moede, "moede_id")
    assert isinstance(moede, Moede)
    moede.begyndt_at = moede.start_at = clock.now()
    for who in (house.world.jonas, house.world.aase):
        log = held(who, house.world.mette, house.own["organisation_id"], clock.today() - timedelta(days=3))
        db.session.add(
            PaaBordet(moede_id=moede.id, person_id=who, observation_id=log.id, lagt_at=clock.now())
        )
    db.session.flush()
    return moede


@ready("grupper.vis_gruppebillede")
def a_picture_shown(house: House) -> Sent:
    """Three have put something on the table."""
    with house.rows():
        _three_on_the_table(house)
    return Sent(house.people["teamleder"])


@ready("grupper.skjul_gruppebillede")
def a_picture_put_away(house: House) -> Sent:
    """A picture that everybody sees."""
    with house.rows():
        actions.show_billede(_three_on_the_table(house), by=person(house.world.leder))
    return Sent(house.people["teamleder"])


def _exercise(house: House, slags: str, *, divided: bool) -> UUID:
    """An exercise that the facilitator began and three are in, instead of the one that runs; inside `rows`."""
    _all_three_in(house)
    leder, gruppe = person(house.world.leder), house.get(Laeringsgruppe, "gruppe_id")
    house.get(Oevelse, "oevelse_id").sluttet_at = clock.now()
    made = oevelser.begin_oevelse(gruppe, slags=slags, moede=None, by=leder)
    for who in (house.world.mette, house.world.jonas, house.world.aase):
        oevelser.join(made, by=person(who))
    if divided:
        oevelser.divide(made, by=leder)
    return made.id


@ready("grupper.begynd_oevelse")
def an_exercise_begun(house: House) -> Sent:
    """No exercise runs."""
    with house.rows():
        house.get(Oevelse, "oevelse_id").sluttet_at = clock.now()
    return Sent(house.people["teamleder"], {"slags": "gode_raad"})


@ready("grupper.del_op")
def an_exercise_divided(house: House) -> Sent:
    """Three are there."""
    with house.rows():
        made = _exercise(house, "triade", divided=False)
    return Sent(house.people["teamleder"], ids={"oevelse_id": made})


@ready("grupper.byt_plads")
def places_changed(house: House) -> Sent:
    """Three in a small group."""
    with house.rows():
        made = _exercise(house, "triade", divided=True)
        first, second = (one.id for one in db.session.get_one(Oevelse, made).deltagere[:2])
    return Sent(house.people["teamleder"], {"hvem": str(first), "til": str(second)}, {"oevelse_id": made})


@ready("grupper.saet_oevelsestal")
def a_number_set(house: House) -> Sent:
    """A triad at its first step, where everybody is asked for a number."""
    with house.rows():
        made = _exercise(house, "triade", divided=True)
    return Sent(house.people["ejer"], {"tal": "6"}, {"oevelse_id": made})


def _agreed_visit(house: House) -> dict[str, str]:
    """The visit has a time and no kontrakt; the version that is seen. Inside `rows`."""
    besoeg = house.get(Parbesoeg, "besoeg_id")
    besoeg.starter_at, besoeg.laengde_min = clock.now() + timedelta(days=2), 45
    besoeg.samtaletype = "individuel"
    db.session.flush()
    return {"udgave": str(besoeg.udgave)}


@ready("grupper.book_kontrakt")
def a_visit_booked(house: House) -> Sent:
    """A visit with a time."""
    with house.rows():
        seen = _agreed_visit(house)
    return Sent(house.people["ejer"], seen, asks=("maerk",))


@ready("grupper.knyt_kontrakt")
def a_kontrakt_of_a_visit(house: House) -> Sent:
    """A kontrakt that the two have beside the visit."""
    with house.rows():
        seen, kontrakt_id = _agreed_visit(house), add_kontrakt(house.world)
    return Sent(house.people["ejer"], {**seen, "kontrakt": str(kontrakt_id)})


@ready("grupper.gem_par")
def pairs_formed(house: House) -> Sent:
    """Three in the group, and one visit planned already."""
    with house.rows():
        _all_three_in(house)
    url = f"/runder/{house.own['runde_id']}/par/dan?forslag=1"
    three = {"en": house.world.mette, "to": house.world.jonas, "tre": house.world.aase}
    return Sent(
        house.people["teamleder"],
        house.standing(house.people["teamleder"], url, "grupper.gem_par")
        | {f"par-0-{place}": str(who) for place, who in three.items()},
        asks=("paa_tvaers", "med_tider"),
    )


@ready("grupper.knyt_opgave")
def homework_linked(house: House) -> Sent:
    """A kontrakt of two who are in the group, in the days of the round."""
    with house.rows():
        _all_three_in(house)
        kontrakt_id = add_kontrakt(house.world)
        assert house.get(Hjemmeopgave, "hjemmeopgave_id").afsluttet_at is None
    return Sent(house.people["ejer"], {"kontrakt": str(kontrakt_id)})

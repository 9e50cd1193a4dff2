"""Who reads which log, when; with other people's logs beside it in every list."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import made_up_logs as made_up
import pytest
from flask import Flask
from observed import BEGAN, from_file, observe
from people import World
from sqlalchemy import event

from supervision import clock
from supervision.db import db
from supervision.observationer import measures, queries
from supervision.observationer.models import Observation
from supervision.personer.models import Person
from supervision.problems import NotFound

pytestmark = pytest.mark.usefixtures("context")

STRANGERS = ("aase", "leder", "fremmed", "noise", "supervisor", "anden_supervisor", "administrator")


def person(world: World, name: str) -> Person:
    found = db.session.get(Person, world.people[name])
    assert found is not None
    return found


def sees(world: World, name: str, observation_id: UUID) -> bool:
    try:
        found = queries.get_observation(observation_id, viewer=person(world, name))
    except NotFound:
        return False
    return found.id == observation_id


def test_until_it_is_handed_over_only_the_observer_sees_it(world: World) -> None:
    running = observe(world, [], ended=False)
    assert sees(world, "jonas", running)
    assert not [name for name in ("mette", *STRANGERS) if sees(world, name, running)]


def test_handed_over_the_two_see_it_and_nobody_else(world: World) -> None:
    handed = observe(world, [], handed_over=True)
    assert sees(world, "jonas", handed)
    assert sees(world, "mette", handed)
    assert not [name for name in STRANGERS if sees(world, name, handed)]


def test_the_observer_reads_until_the_day_that_was_set(world: World) -> None:
    until = BEGAN + timedelta(days=14)
    handed = observe(world, [], handed_over=True, until=until)
    with clock.travel(until - timedelta(minutes=1)):
        assert sees(world, "jonas", handed)
    with clock.travel(until + timedelta(minutes=1)):
        assert not sees(world, "jonas", handed)
        assert sees(world, "mette", handed), "it is still hers"
        assert queries.list_observationer(viewer=person(world, "jonas")) == []


def test_a_log_from_a_file_is_the_fokuspersons_alone(world: World) -> None:
    imported = from_file(world, [])
    assert sees(world, "mette", imported)
    assert not [name for name in ("jonas", *STRANGERS) if sees(world, name, imported)]


def test_what_does_not_exist_looks_the_same(world: World) -> None:
    with pytest.raises(NotFound):
        queries.get_observation(uuid4(), viewer=person(world, "mette"))


def test_my_list_holds_mine_newest_first_and_nobody_elses(world: World) -> None:
    older = observe(world, [], handed_over=True)
    newer = observe(world, [], handed_over=True, observatoer="aase", began=BEGAN + timedelta(days=1))
    files = [
        from_file(world, [], navn=navn, hvem=hvem) for navn, hvem in (("b", "1"), ("a", "2"), ("a", "1"))
    ]
    observe(world, [], fokusperson="fremmed", handed_over=True)
    observe(world, [], observatoer="aase")
    from_file(world, [], fokusperson="noise")
    found = queries.list_observationer(viewer=person(world, "mette"))
    assert [o.id for o in found[:1]] == [newer]
    assert {o.id for o in found} == {older, newer, *files}
    assert [o.id for o in found if o.kilde == "fil"] == [files[2], files[1], files[0]]
    assert sum(queries.count_observationer(viewer=person(world, "mette")).values()) == 5
    assert queries.list_observationer(viewer=person(world, "administrator")) == []


def test_a_page_of_the_list_costs_one_query(world: World) -> None:
    for number in range(55):
        from_file(world, [], navn=f"samtale-{number:02}")
    mette = person(world, "mette")
    asked: list[str] = []
    remember = lambda _c, _cu, statement, *_rest: asked.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", remember)
    try:
        first = queries.list_observationer(viewer=mette, page=1)
        names = [o.fokusperson.navn for o in first]
    finally:
        event.remove(db.engine, "before_cursor_execute", remember)
    assert len(asked) == 1
    assert len(names) == queries.PAGE
    second = queries.list_observationer(viewer=mette, page=2)
    assert [o.fil_observation for o in second] == [f"samtale-{number}" for number in range(50, 55)]


def test_events_come_in_order_and_only_those_of_the_log(world: World) -> None:
    events = made_up.ordinary()
    observation_id = observe(world, reversed(events))
    from_file(world, made_up.two_hours())
    found = queries.list_haendelser(observation_id)
    assert found == sorted(events, key=lambda h: (h.t_ms, h.nr))


def test_figures_are_those_of_the_measures(world: World) -> None:
    events = made_up.ordinary()
    assert queries.maal_of(observe(world, events)) == measures.maal(events)


def test_notes_are_the_observers_alone(world: World) -> None:
    observation_id = observe(world, made_up.ordinary(), handed_over=True)
    observation = queries.get_observation(observation_id, viewer=person(world, "mette"))
    for name, expected in (("jonas", ["Mette lænede sig frem her"]), ("mette", [])):
        seen = queries.get_tidslinje(observation, viewer=person(world, name))
        told = [ting.navn for row in seen.raekker for ting in row.ting if ting.spor == "note"]
        drawn = [m.navn for bane in seen.billede.baner if bane.spor == "note" for m in bane.maerker]
        assert told == drawn == expected
        assert seen.maal == queries.maal_of(observation_id)


def test_a_last_note_ends_the_samtale_for_both_readers(world: World) -> None:
    events = made_up.log((0, "taler", "borger"), (60_000, "note", "husk det her"))
    observation_id = observe(world, events, handed_over=True)
    observation = queries.get_observation(observation_id, viewer=person(world, "mette"))
    for name in ("mette", "jonas"):
        assert queries.get_tidslinje(observation, viewer=person(world, name)).maal["varighed_ms"] == 60_000


def test_names_are_the_kontrakts_own_before_the_catalogues(world: World) -> None:
    observation = queries.get_observation(observe(world, []), viewer=person(world, "jonas"))
    assert observation.kontrakt is not None
    first = observation.kontrakt.kendetegn[0]
    first.kort = "Vores eget\u00adord"
    navn = queries.navne_of(observation)
    assert navn("faerdighed", first.kode) == "Vores egetord", "a soft hyphen is no part of a name"
    assert navn("faerdighed", "spejling") == "Spejling"
    assert navn("faerdighed", "ukendt_kode") == "ukendt kode"
    assert navn("element", "kontrakt.formaal") == "Formål"
    assert navn("taler", "borger") == "Borger"


def test_a_kontrakt_leads_to_its_own_log(world: World, app: Flask) -> None:
    first, second = observe(world, []), observe(world, [], observatoer="aase")
    for observation_id in (first, second):
        observation = db.session.get(Observation, observation_id)
        assert observation is not None
        assert observation.kontrakt_id is not None
        found = queries.find_observation_of(observation.kontrakt_id)
        assert found is not None
        assert found.id == observation_id
    assert queries.find_observation_of(uuid4()) is None

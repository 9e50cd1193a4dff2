"""Mending the timeline: all is appended, each edit once, by the observatør, between the end and the handing over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from made_up_logs import MINUTE, log
from observed import from_file, observe
from people import World

from supervision.aftaler.queries import recorder_screen
from supervision.db import db
from supervision.history import Historik
from supervision.observationer import measures, rules
from supervision.observationer.actions import editing
from supervision.observationer.actions.recording import hand_over
from supervision.observationer.models import Haendelse as Row
from supervision.observationer.models import Observation
from supervision.observationer.queries import list_haendelser
from supervision.observationer.rules import Haendelse
from supervision.observationer.timeline import edits
from supervision.personer.models import Person
from supervision.problems import NotAllowed, NotFound, Problem, RuleBroken

TICK = UUID(int=4)
START, TALK, PAUSE, END, BACK = (UUID(int=number) for number in (1, 2, 5, 7, 8))


def events() -> list[Haendelse]:
    """Ten minutes: talk, a tick, a pause, an end; and a tick that was taken back while it ran."""
    return log(
        (0, "ur", "start"),
        (0, "taler", "medarbejder"),
        (2 * MINUTE, "taler", "borger"),
        (3 * MINUTE, "faerdighed", "no_spoerger"),
        (4 * MINUTE, "ur", "pause"),
        (5 * MINUTE, "ur", "genoptag"),
        (10 * MINUTE, "ur", "slut"),
        (6 * MINUTE, "faerdighed", "no_spoerger"),
        (6 * MINUTE, "fortryd", str(UUID(int=8))),
    )


class Log:
    """An observation of jonas', and what can be done with it in his name."""

    def __init__(self, world: World, **how: Any) -> None:
        self.world = world
        self.observation = db.session.get_one(Observation, observe(world, events(), **how))
        self.jonas = db.session.get_one(Person, world.jonas)

    def do(self, action: Callable[..., Any], **what: Any) -> Any:
        done = action(observation=self.observation, by=what.pop("by", self.jonas), **what)
        db.session.commit()
        return done

    def add(self, t_ms: int, spor: str, kode: str, new_id: UUID | None = None) -> UUID:
        what = {"new_id": new_id or edits.new_id(), "t_ms": t_ms, "spor": spor, "kode": kode}
        made: UUID = self.do(editing.add_haendelse, **what)
        return made

    @property
    def stored(self) -> list[Haendelse]:
        return list_haendelser(self.observation.id)

    def standing(self, spor: str) -> list[tuple[int, str]]:
        return [(h.t_ms, h.kode) for h in measures.effective(self.stored) if h.spor == spor]


@pytest.fixture
def own(context: Flask, world: World) -> Log:
    return Log(world)


def refused(field: str | None, log: Log, action: Callable[..., Any], **what: Any) -> str:
    """The text of the rule that is broken, for that field; and nothing was stored."""
    before = len(log.stored)
    with pytest.raises(RuleBroken) as broken:
        log.do(action, **what)
    db.session.rollback()
    assert broken.value.field == field
    assert len(log.stored) == before
    return broken.value.text


def test_a_move_is_a_fortryd_and_the_same_thing_at_another_time(own: Log) -> None:
    before = {h.id: h for h in own.stored}
    moved = own.do(editing.move_haendelse, haendelse_id=TICK, t_ms=7 * MINUTE)
    after = {h.id: h for h in own.stored}
    assert {id_: after[id_] for id_ in before} == before, "no event was changed or taken away"
    fortryd, new = sorted((after[id_] for id_ in after.keys() - before.keys()), key=lambda h: h.nr)
    assert (fortryd.spor, fortryd.kode, fortryd.nr) == ("fortryd", str(TICK), 10)
    assert new == Haendelse(moved, 11, 7 * MINUTE, "faerdighed", "no_spoerger")
    assert measures.maal(own.stored)["faerdigheder"] == {"no_spoerger": 1}
    again = own.do(editing.move_haendelse, haendelse_id=TICK, t_ms=7 * MINUTE)
    assert again == moved, "the button pressed twice"
    assert len(own.stored) == len(after)
    assert "allerede" in refused(None, own, editing.move_haendelse, haendelse_id=TICK, t_ms=8 * MINUTE)
    assert own.do(editing.move_haendelse, haendelse_id=moved, t_ms=7 * MINUTE) == moved, "where it is already"
    assert len(own.stored) == len(after)


def test_what_is_taken_back_is_put_in_again_once_and_can_go_on_so(own: Log) -> None:
    own.do(editing.take_haendelse_back, haendelse_id=TICK)
    own.do(editing.take_haendelse_back, haendelse_id=TICK)
    assert own.standing("faerdighed") == []
    assert len(own.stored) == 10
    again = own.do(editing.put_haendelse_back, haendelse_id=TICK)
    assert own.do(editing.put_haendelse_back, haendelse_id=TICK) == again
    assert own.standing("faerdighed") == [(3 * MINUTE, "no_spoerger")]
    own.do(editing.take_haendelse_back, haendelse_id=again)
    last = own.do(editing.put_haendelse_back, haendelse_id=again)
    assert last not in (again, TICK)
    assert own.standing("faerdighed") == [(3 * MINUTE, "no_spoerger")]
    own.do(editing.put_haendelse_back, haendelse_id=BACK)
    assert own.standing("faerdighed") == [(3 * MINUTE, "no_spoerger"), (6 * MINUTE, "no_spoerger")]
    for standing in (TALK, last):
        assert "ikke taget tilbage" in refused(None, own, editing.put_haendelse_back, haendelse_id=standing)


def test_a_thing_is_added_once_and_only_what_the_screen_has(own: Log) -> None:
    new_id = edits.new_id()
    for _ in range(2):
        assert own.add(9 * MINUTE, "faerdighed", "no_spoerger", new_id) == new_id
    assert own.standing("faerdighed") == [(3 * MINUTE, "no_spoerger"), (9 * MINUTE, "no_spoerger")]
    assert max(h.nr for h in own.stored) == 10
    own.add(0, "note", "Hun nikkede")
    own.add(10 * MINUTE, "taler", "")
    for spor, kode, field in [
        ("faerdighed", "ukendt", "hvad"),
        ("element", "kontrakt.findes_ikke", "hvad"),
        ("taler", "tredje", "hvad"),
        ("fase", "pause", "hvad"),
        ("ur", "start", "hvad"),
        ("ur", "slut", "hvad"),
        ("fortryd", str(TICK), "hvad"),
        ("blik", "ned", "hvad"),
        ("note", "", "tekst"),
        ("note", "x" * (rules.MAX_KODE + 1), "tekst"),
    ]:
        what = {"new_id": edits.new_id(), "t_ms": MINUTE, "spor": spor, "kode": kode}
        assert refused(field, own, editing.add_haendelse, **what), spor
    what = {"new_id": uuid4(), "t_ms": MINUTE, "spor": "note", "kode": "x"}
    assert refused(None, own, editing.add_haendelse, **what), "an id that the page did not make"


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_all_that_can_be_added_is_accepted_and_on_the_screen(own: Log) -> None:
    kontrakt = own.observation.kontrakt
    assert kontrakt is not None
    choices = editing.addable(kontrakt, own.stored)
    screen: Any = recorder_screen(kontrakt)
    assert choices["faerdighed"] == tuple(tegn["kode"] for tegn in screen["kendetegn"])
    assert choices["element"] == tuple(one["kode"] for fase in screen["faser"] for one in fase["elementer"])
    assert choices["taler"] == ("medarbejder", "borger", "samtidig", "stilhed", "")
    assert choices["emne"] == ("1", "")
    for spor, koder in choices.items():
        for kode in koder:
            own.add(MINUTE, spor, kode)
    assert editing.addable(kontrakt, own.stored)["emne"] == ("1", "2", "")


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_time_is_within_the_samtale(own: Log) -> None:
    for t_ms in (-1000, 10 * MINUTE + 1000):
        assert refused("tid", own, editing.move_haendelse, haendelse_id=TICK, t_ms=t_ms)
        added = {"new_id": edits.new_id(), "t_ms": t_ms, "spor": "note", "kode": "x"}
        assert refused("tid", own, editing.add_haendelse, **added)
    text = refused("tid", own, editing.move_haendelse, haendelse_id=TICK, t_ms=11 * MINUTE)
    assert text == "Da var samtalen slut. Skriv en tid, der højst er 10.00."
    for t_ms in (10 * MINUTE, 0):
        latest = [h.id for h in measures.effective(own.stored) if h.spor == "faerdighed"]
        own.do(editing.move_haendelse, haendelse_id=latest[0], t_ms=t_ms)
        assert own.standing("faerdighed") == [(t_ms, "no_spoerger")]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_beginning_stands_fast_and_the_end_may_move_but_not_go(own: Log) -> None:
    assert "ligger fast" in refused("tid", own, editing.move_haendelse, haendelse_id=START, t_ms=MINUTE)
    for fixed in (START, END):
        refused(None, own, editing.take_haendelse_back, haendelse_id=fixed)
    text = refused("tid", own, editing.move_haendelse, haendelse_id=END, t_ms=61 * MINUTE)
    assert text == "Da havde du afsluttet. Skriv en tid, der højst er 1.00.00."
    earlier = own.do(editing.move_haendelse, haendelse_id=END, t_ms=150_000)
    assert measures.maal(own.stored)["varighed_ms"] == 150_000
    assert measures.maal(own.stored)["faerdigheder"] == {}, "what lies after the end does not count"
    assert refused(None, own, editing.put_haendelse_back, haendelse_id=END), "an end beside the end"
    later = own.do(editing.move_haendelse, haendelse_id=earlier, t_ms=30 * MINUTE)
    assert measures.maal(own.stored)["faerdigheder"] == {"no_spoerger": 1}
    assert own.standing("ur")[-1] == (30 * MINUTE, "slut")
    assert later != earlier


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_log_without_an_end_may_get_one(context: Flask, world: World) -> None:
    own = Log(world)
    own.do(editing.take_haendelse_back, haendelse_id=PAUSE)
    db.session.query(Row).filter(Row.id == END).delete()
    db.session.commit()
    kontrakt = own.observation.kontrakt
    assert kontrakt is not None
    assert "slut" in editing.addable(kontrakt, own.stored)["ur"]
    own.add(20 * MINUTE, "ur", "slut")
    assert measures.maal(own.stored)["varighed_ms"] == 20 * MINUTE


def test_only_the_observatoer_between_the_end_and_the_handing_over(context: Flask, world: World) -> None:
    acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (editing.move_haendelse, {"haendelse_id": TICK, "t_ms": MINUTE}),
        (editing.take_haendelse_back, {"haendelse_id": TICK}),
        (editing.put_haendelse_back, {"haendelse_id": BACK}),
        (editing.add_haendelse, {"new_id": edits.new_id(), "t_ms": 1, "spor": "note", "kode": "x"}),
    ]
    own, running = Log(world), Log(world, ended=False)
    assert editing.is_open(own.observation)
    assert not editing.is_open(running.observation)
    imported = db.session.get_one(Observation, from_file(world, events()))
    assert not editing.is_open(imported)
    mette = db.session.get_one(Person, world.mette)
    for act, what in acts:
        assert "kører endnu" in refused(None, running, act, **what)
        for observation, who in ((own.observation, mette), (imported, mette)):
            with pytest.raises(NotAllowed):
                act(observation=observation, by=who, **what)
    for act, what in acts[:3]:
        with pytest.raises(NotFound):
            own.do(act, **{**what, "haendelse_id": uuid4()})
    hand_over(own.observation, by=own.jonas)
    db.session.commit()
    assert not editing.is_open(own.observation)
    for act, what in acts:
        assert "ligger fast" in refused(None, own, act, **what)


def test_what_was_done_is_noted_without_content(own: Log) -> None:
    own.do(editing.move_haendelse, haendelse_id=TICK, t_ms=MINUTE)
    own.do(editing.put_haendelse_back, haendelse_id=BACK)
    own.add(MINUTE, "note", "Hun nikkede")
    own.do(editing.take_haendelse_back, haendelse_id=PAUSE)
    rows = db.session.query(Historik).filter(Historik.genstand_id == own.observation.id).order_by(Historik.at)
    assert sorted((row.handling, row.person_id, row.genstand) for row in rows) == sorted(
        (verb, own.world.jonas, "observation")
        for verb in (
            "flyttede_haendelse",
            "satte_haendelse_ind_igen",
            "tilfoejede_haendelse",
            "tog_haendelse_tilbage",
        )
    )


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_any_order_of_edits_leaves_every_event_in_place(own: Log) -> None:
    """A log that is mended at random: it only grows, and its ids and figures stay those of a valid log."""
    from random import Random

    random = Random(4)
    for _ in range(36):
        before = own.stored
        things = [h.id for h in before if h.spor != "fortryd"]
        act, what = random.choice(
            [
                (editing.move_haendelse, {"t_ms": random.randrange(0, 10) * MINUTE}),
                (editing.take_haendelse_back, {}),
                (editing.put_haendelse_back, {}),
            ]
        )
        try:
            own.do(act, haendelse_id=random.choice(things), **what)
        except Problem:
            db.session.rollback()
        assert [h for h in own.stored if h in before] == before
        assert measures.start_end(own.stored)[0] == 0
    assert len(own.stored) > 14, "most of them did something"
    assert len({h.id for h in own.stored}) == len(own.stored)
    for h in own.stored:
        assert not rules.list_problems({field: getattr(h, field) for field in rules.FELTER}, strict=True)

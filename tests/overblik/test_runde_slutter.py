"""The end of a round: told two weeks before, to its people alone, without content, and not to whoever said no."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from people import World
from road import person
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.grupper import actions
from supervision.overblik import actions as outbox
from supervision.overblik.models import Besked
from supervision.overblik.queries.anledninger import list_anledninger
from supervision.personer.actions.beskeder import choose_beskeder
from supervision.personer.rules import beskeder

TIL = date(2026, 12, 2)
FIRST = datetime(2026, 11, 18, 8, tzinfo=clock.DANISH_TIME)
"""The morning two weeks before the end."""


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(FIRST):
        yield


def make(app: Flask, world: World) -> None:
    with app.app_context():
        for leader, member in (
            (world.leder, world.mette),
            (world.leder, world.jonas),
            (world.sydleder, world.aase),
        ):
            made = actions.create_gruppe(navn="Gruppen", by=person(leader))
            actions.add_medlem(made, person=person(member), by=person(leader))
            fra = date(2026, 11, 1)
            actions.create_runde(made, navn="1. runde", fra=fra, til=TIL, by=person(leader))
            if member == world.aase:
                actions.close_gruppe(made, by=person(leader))
        choose_beskeder(by=person(world.jonas), til=["feedback"])
        db.session.commit()
        db.session.remove()


def test_its_people_are_told_once_and_not_too_late(app: Flask, world: World) -> None:
    make(app, world)
    told = {world.mette: 1, world.jonas: 1, world.leder: 2}
    with app.app_context():
        for at, expected in (
            (FIRST - timedelta(days=1), {}),
            (FIRST, told),
            (FIRST + timedelta(days=14), told),
            (FIRST + timedelta(days=15), {}),
        ):
            with clock.travel(at):
                found = [one.person_id for one in list_anledninger().values() if one.slags == beskeder.RUNDE]
            assert {who: found.count(who) for who in found} == expected, at
        for at in (FIRST, FIRST + timedelta(days=1)):
            with clock.travel(at):
                outbox.fill_outbox(list_anledninger())
        sent = [row.person_id for row in db.session.query(Besked).all()]
        assert sorted(sent) == sorted([world.mette, world.leder, world.leder]), "Jonas has switched it off"
        db.session.query(Besked).delete()
        with clock.travel(FIRST + timedelta(days=5)):
            outbox.fill_outbox(list_anledninger())
        assert db.session.query(Besked).count() == 0, "a new system does not tell what is no news"
        db.session.rollback()
    lines = beskeder.linjer({(beskeder.RUNDE, None): 2}, TIL)
    assert lines == ["2 runder i dine læringsgrupper slutter om et par uger."]


def test_i_dag_says_it_to_whoever_wants_it(sqlite_app: Flask, sqlite_world: World) -> None:
    make(sqlite_app, sqlite_world)
    mette, jonas = (Browser.signed_in(sqlite_app, sqlite_world.people[who]) for who in ("mette", "jonas"))
    assert "Runden slutter om 14 dage." in mette.get("/").get_data(as_text=True)
    assert "Runden slutter" not in jonas.get("/").get_data(as_text=True)
    for days, words in ((13, "Runden slutter i morgen."), (14, "Runden slutter i dag.")):
        with clock.travel(FIRST + timedelta(days=days)):
            assert words in mette.get("/").get_data(as_text=True)
    with clock.travel(FIRST - timedelta(days=1)):
        assert "Runden slutter" not in mette.get("/").get_data(as_text=True)

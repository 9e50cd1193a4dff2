"""What a round asks: derived or said by oneself, left out by the facilitator, and never told of who has not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from groups import FRA, TIL, make_round, storing
from people import World
from road import agreed, person, recorded
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.grupper import actions, queries, rules
from supervision.grupper.models import Moede, Pligtsagt, Runde
from supervision.grupper.rules.pligter import FACILITATOR, KODER, MEDLEM
from supervision.history import Historik
from supervision.problems import NotAllowed, RuleBroken

TODAY = date(2026, 11, 18)


@dataclass
class Days:
    """A round as the rules see it."""

    fra: date = FRA
    til: date = TIL
    uden_pligter: list[str] = field(default_factory=list)


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(datetime(2026, 11, 18, 12, tzinfo=clock.DANISH_TIME)):
        yield


def test_a_samtale_tells_whether_and_never_how_often() -> None:
    mette, jonas, from_file = uuid4(), uuid4(), uuid4()
    samtaler = [(mette, jonas), (mette, jonas), (from_file, None)]
    assert rules.af_samtaler(mette, samtaler) == {"observeret"}
    assert rules.af_samtaler(jonas, samtaler) == {"har_observeret", "f_har_observeret"}
    assert rules.af_samtaler(from_file, samtaler) == {"observeret"}
    assert rules.af_samtaler(uuid4(), samtaler) == set()
    assert rules.kerne_marks(Days(), {"observeret", "logbog"}, leads=False) == [
        ("observeret", True), ("har observeret", False), ("møde", False),
    ]  # fmt: skip
    leading = rules.kerne_marks(Days(uden_pligter=["ledet"]), {"indkaldt"}, leads=True)
    assert leading == [("har observeret", False), ("indkaldt", True)]


def test_both_lists_of_the_sources_are_there_and_each_duty_can_be_left_out() -> None:
    assert len(MEDLEM) == len(FACILITATOR) == 7
    assert len(KODER) == 14, "a code in both lists could not be left out of one alone"
    for one in (*MEDLEM, *FACILITATOR):
        runde = Days(uden_pligter=rules.check_uden([one.kode]))
        left = {kept.kode for leads in (False, True) for kept in rules.pligter_i(runde, leads=leads)}
        assert left == KODER - {one.kode}
    with pytest.raises(RuleBroken):
        rules.check_uden(["karakter"])


@pytest.mark.parametrize(
    ("sagt", "leads", "day", "fine"),
    [
        ({"logbog", "moede"}, False, TODAY, True),
        (set(), False, TODAY, True),
        ({"logbog"}, False, FRA - timedelta(days=1), False),
        ({"logbog"}, False, TIL + timedelta(days=14), True),
        ({"logbog"}, False, TIL + timedelta(days=15), False),
        ({"observeret"}, False, TODAY, False),
        ({"fokus"}, False, TODAY, False),
        ({"fokus", "leder"}, True, TODAY, True),
        ({"metoder"}, False, TODAY, False),
        ({"vrøvl"}, False, TODAY, False),
    ],
)
def test_what_may_be_said_and_when(sagt: set[str], leads: bool, day: date, fine: bool) -> None:
    runde = Days(uden_pligter=["metoder"])
    if fine:
        assert rules.check_sagt(runde, sagt, day, leads=leads) == sagt
        return
    with pytest.raises(RuleBroken):
        rules.check_sagt(runde, sagt, day, leads=leads)


def test_the_end_is_near_for_two_weeks() -> None:
    for days, near in ((15, False), (14, True), (0, True), (-1, False)):
        assert rules.slutter_snart(Days(), TIL - timedelta(days=days)) is near
    assert not rules.slutter_snart(Days(fra=TODAY + timedelta(days=1), til=TODAY + timedelta(days=5)), TODAY)


def test_what_is_said_and_what_is_held_meet_on_the_board(app: Flask, world: World) -> None:
    with app.app_context():
        runde = make_round(world)
        mette, jonas, leder = person(world.mette), person(world.jonas), person(world.leder)
        recorded(agreed(mette, jonas), jonas)
        actions.say_pligter(runde, sagt=["logbog", "moede"], by=mette)
        actions.say_pligter(runde, sagt=["fokus"], by=leder)
        board = {one.person.id: one for one in queries.list_tavle(runde.gruppe, runde)}
        assert [one.leads for one in board.values()] == [False, False, False, True]
        assert board[mette.id].marks == [("observeret", True), ("har observeret", False), ("møde", True)]
        assert dict(board[jonas.id].marks)["har observeret"] is True
        assert board[world.noise].gjort == frozenset(), "the namesake of another house has said nothing"
        assert dict(board[leder.id].marks) == {
            "har observeret": False, "indkaldt": False, "ledet mødet": False,
        }  # fmt: skip
        said = queries.list_sagt_ja(runde, list(board.values()))
        assert said == [("ført logbog", ["Mette Ærø"]), ("holdt fokus på runden", ["Lone Leth"])]
        assert queries.pligter_fortalt(runde, mette.id) == {"observeret"}

        _meeting(runde, begun=False)
        assert queries.pligter_fortalt(runde, leder.id) == {"indkaldt"}
        _meeting(runde, begun=True)
        assert queries.pligter_fortalt(runde, leder.id) == {"indkaldt", "ledet"}
        assert queries.pligter_for(runde, viewer=leder) == [
            ("har observeret", False), ("indkaldt", True), ("ledet mødet", True),
        ]  # fmt: skip
        db.session.rollback()


def _meeting(runde: Runde, *, begun: bool) -> None:
    leads = runde.gruppe.facilitator_id
    at = clock.now()
    cancelled = Moede(start_at=at, indkaldt_af=runde.gruppe.medlemmer[0].person_id, aflyst_at=at)
    held = Moede(start_at=at, indkaldt_af=leads, begyndt_at=at if begun else None)
    elsewhere = Moede(start_at=at + timedelta(days=90), indkaldt_af=leads, begyndt_at=at)
    for moede in (cancelled, held, elsewhere):
        moede.gruppe_id, moede.indkaldt_at = runde.gruppe_id, at
        db.session.add(moede)
    db.session.flush()


def test_a_yes_is_taken_back_without_a_trace_on_the_board(app: Flask, world: World) -> None:
    with app.app_context():
        runde, mette = make_round(world), person(world.mette)
        for sagt in (["logbog", "oevet"], ["logbog", "oevet"], ["oevet"]):
            actions.say_pligter(runde, sagt=sagt, by=mette)
        stands = db.session.query(Pligtsagt.pligt).filter_by(runde_id=runde.id).all()
        assert [row[0] for row in stands] == ["oevet"]
        acts = db.session.query(Historik.handling).filter_by(genstand="pligt_sagt", person_id=mette.id)
        assert sorted(row[0] for row in acts) == ["fortryd_pligt", "sig_pligt", "sig_pligt"]

        with pytest.raises(NotAllowed):
            actions.choose_pligter(runde, uden=["oevet"], by=mette)
        actions.choose_pligter(runde, uden=["oevet", "observeret"], by=person(world.leder))
        board = queries.list_tavle(runde.gruppe, runde)
        assert [word for word, _ in board[0].marks] == ["har observeret", "møde"]
        assert queries.list_sagt_ja(runde, board) == []
        with (
            clock.travel(clock.from_local(TIL + timedelta(days=1), datetime.min.time())),
            pytest.raises(RuleBroken),
        ):
            actions.choose_pligter(runde, uden=[], by=person(world.leder))
        db.session.rollback()


def test_the_way_through_the_pages(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    with storing(app):
        runde = make_round(world)
        runde_id, gruppe_id = runde.id, runde.gruppe_id
    mette, leder = Browser.signed_in(app, world.mette), Browser.signed_in(app, world.leder)
    own, duties, group = f"/runder/{runde_id}/mine", f"/runder/{runde_id}/pligter", f"/grupper/{gruppe_id}"
    assert own in mette.get(group).get_data(as_text=True)
    assert duties not in mette.get(group).get_data(as_text=True)
    assert duties in leder.get(group).get_data(as_text=True)

    for wrong in (["observeret"], ["fokus"], ["<script>"]):
        refused = mette.send(own, sagt=wrong)
        assert refused.status_code == 422
        assert "Din egen runde" in refused.get_data(as_text=True)
    assert mette.send(own, sagt=["logbog", "moede"]).location == group
    page = leder.get(group).get_data(as_text=True)
    assert re.search(r"<dt>Ført logbog</dt><dd>Mette Ærø</dd>", page)
    assert "Åse" not in page
    assert page.count("Ført logbog") == 1
    assert re.findall(
        r'value="(\w+)"[^>]*checked|checked[^>]*value="(\w+)"', mette.get(own).get_data(as_text=True)
    )

    assert leder.send(duties, medlem=["karakter"]).status_code == 422
    assert leder.send(duties, medlem=["moede"], facilitator=[]).status_code == 303
    assert mette.send(own, sagt=["logbog"]).status_code == 422, "the round does not ask for it any more"
    page = mette.get(group).get_data(as_text=True)
    assert "Ført logbog" not in page
    assert "har observeret" not in page[page.index('id="runden"') :]
    assert "Runden beder ikke om noget særligt" in leder.get(own).get_data(as_text=True)

    for who in ("aase", "sydleder", "anden_supervisor", "administrator"):
        stranger = Browser.signed_in(app, world.people[who])
        assert stranger.get(own).status_code == stranger.send(own, sagt=["logbog"]).status_code == 404
        assert stranger.get(duties).status_code == stranger.send(duties).status_code == 404
    assert mette.get(duties).status_code == mette.send(duties).status_code == 404

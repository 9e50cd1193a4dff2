"""A hjemmeopgave: given by the facilitator, linked by each pair itself, and told of by name and status alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from groups import TIL, make_round, storing
from people import World
from road import agreed, person, recorded, sent, written
from test_pligter import Days
from web import Browser

from supervision import clock
from supervision.aftaler import actions as aftaler
from supervision.db import db
from supervision.grupper import actions, queries, rules
from supervision.grupper.models import Hjemmeopgave, HjemmeopgaveKontrakt
from supervision.grupper.rules import Indhold
from supervision.problems import NotAllowed, NotFound, RuleBroken

TODAY = date(2026, 11, 18)
FRIST = date(2026, 11, 25)
GOOD = Indhold("Hel UGU", "Prøv det.", "Kursusdag 2", ("ugu", "taletid"), FRIST)


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(datetime(2026, 11, 18, 12, tzinfo=clock.DANISH_TIME)):
        yield


@pytest.mark.parametrize(
    ("indhold", "wrong"),
    [
        (GOOD, None),
        (replace(GOOD, titel="  Hel   UGU ", tekst="\nPrøv det.\n", metoder=("ugu", "ugu", "taletid")), None),
        (replace(GOOD, titel=" "), "titel"),
        (replace(GOOD, titel="x" * 121), "titel"),
        (replace(GOOD, tekst="x" * 2001), "tekst"),
        (replace(GOOD, kursusdag="x" * 61), "kursusdag"),
        (replace(GOOD, metoder=("a", "b", "c", "d", "e")), "metoder"),
        (replace(GOOD, frist=TODAY - timedelta(days=1)), "frist"),
        (replace(GOOD, frist=TIL + timedelta(days=1)), "frist"),
    ],
)
def test_what_may_be_written(indhold: Indhold, wrong: str | None) -> None:
    if wrong is None:
        assert rules.check_indhold(indhold, Days(), earliest=TODAY) == GOOD
        return
    with pytest.raises(RuleBroken) as problem:
        rules.check_indhold(indhold, Days(), earliest=TODAY)
    assert problem.value.field == wrong


def test_a_pair_goes_from_planned_to_held_to_feedback_and_nothing_else_is_told(
    app: Flask, world: World
) -> None:
    with app.app_context():
        runde = make_round(world)
        mette, jonas, leder = person(world.mette), person(world.jonas), person(world.leder)
        with pytest.raises(NotAllowed):
            actions.create_hjemmeopgave(runde, indhold=GOOD, by=mette)
        opgave = actions.create_hjemmeopgave(runde, indhold=GOOD, by=leder)
        inside, outside = agreed(mette, jonas, days=1), agreed(mette, person(world.aase), days=1)
        beyond = agreed(jonas, mette, days=20)
        assert queries.list_mulige_kontrakter(opgave, viewer=mette) == [inside]
        assert queries.list_mulige_kontrakter(opgave, viewer=leder) == []
        with pytest.raises(RuleBroken):
            actions.link_opgave(opgave, kontrakt=outside, by=mette)
        with pytest.raises(NotAllowed):
            actions.link_opgave(opgave, kontrakt=beyond, by=leder)

        linked = actions.link_opgave(opgave, kontrakt=inside, by=mette)
        assert actions.link_opgave(opgave, kontrakt=inside, by=jonas) is linked
        names = ("Jonas Øland", "Mette Ærø")
        assert queries.list_opgavepar(opgave) == [queries.Par(names, "planlagt")]
        observation = recorded(inside, jonas)
        assert queries.list_opgavepar(opgave) == [queries.Par(names, "holdt")]
        sent(written(observation, jonas), jonas)
        again = actions.link_opgave(opgave, kontrakt=agreed(jonas, mette, days=2), by=jonas)
        assert queries.list_opgavepar(opgave) == [queries.Par(names, "feedback givet")], "a pair stands once"
        assert queries.list_egne_knyttede(opgave, viewer=jonas) == [linked, again]
        assert queries.list_egne_knyttede(opgave, viewer=leder) == []

        actions.leave_gruppe(runde.gruppe, by=jonas)
        assert queries.list_opgavepar(opgave) == [], "whoever has left is not named"
        with pytest.raises(NotFound):
            queries.get_knyttet(linked.id, viewer=leder)
        with pytest.raises(NotFound):
            actions.unlink_opgave(linked, by=leder)
        actions.unlink_opgave(queries.get_knyttet(linked.id, viewer=jonas), by=jonas)
        assert db.session.query(HjemmeopgaveKontrakt).all() == [again]
        db.session.rollback()


def test_what_is_withdrawn_or_ended_is_out(app: Flask, world: World) -> None:
    with app.app_context():
        runde = make_round(world)
        mette, jonas, leder = person(world.mette), person(world.jonas), person(world.leder)
        later = actions.create_hjemmeopgave(runde, indhold=replace(GOOD, titel="Senere"), by=leder)
        opgave = actions.create_hjemmeopgave(runde, indhold=replace(GOOD, frist=TODAY), by=leder)
        assert queries.list_hjemmeopgaver(runde) == [opgave, later]
        assert queries.list_aabne_i([runde.id]) == [opgave, later]
        kontrakt = agreed(mette, jonas)
        actions.link_opgave(opgave, kontrakt=kontrakt, by=jonas)
        aftaler.withdraw(kontrakt, by=jonas)
        assert queries.list_opgavepar(opgave) == queries.list_mulige_kontrakter(opgave, viewer=mette) == []

        with clock.travel(clock.now() + timedelta(days=1)):
            assert queries.list_aabne_i([runde.id]) == [later]
            assert queries.list_hjemmeopgaver(runde) == [later, opgave]
            actions.change_hjemmeopgave(opgave, indhold=replace(GOOD, frist=TODAY), by=leder)
            assert opgave.aendret_at is None, "its deadline was that day already, and the words are the same"
            actions.change_hjemmeopgave(opgave, indhold=GOOD, by=leder)
            assert opgave.aendret_at is not None
            assert opgave.frist == FRIST
        actions.end_hjemmeopgave(later, by=leder)
        assert later not in queries.list_aabne_i([runde.id])
        with pytest.raises(RuleBroken):
            actions.change_hjemmeopgave(later, indhold=GOOD, by=leder)
        with pytest.raises(RuleBroken):
            actions.link_opgave(later, kontrakt=agreed(jonas, mette), by=mette)
        assert queries.list_aabne_i([]) == []
        db.session.rollback()


def test_the_way_through_the_pages(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    with storing(app):
        runde = make_round(world)
        runde_id, gruppe_id = runde.id, runde.gruppe_id
        kontrakt_id = agreed(person(world.mette), person(world.jonas), days=1).id
        foreign_id = agreed(person(world.mette), person(world.aase), days=2).id
    mette, jonas = Browser.signed_in(app, world.mette), Browser.signed_in(app, world.jonas)
    leder, noise = Browser.signed_in(app, world.leder), Browser.signed_in(app, world.noise)
    ny, group = f"/runder/{runde_id}/hjemmeopgaver/ny", f"/grupper/{gruppe_id}"
    assert ny in leder.get(group).get_data(as_text=True)
    assert "Hjemmeopgaver" not in mette.get(group).get_data(as_text=True)
    typed = {
        "titel": "Hel <b>UGU</b>",
        "kursusdag": "Kursusdag 2",
        "tekst": "Prøv det.",
        "frist": "25.11.2026",
    }
    methods = {"metoder-0": "taletid", "metoder-1": "UGU (Undersøg – Giv – Undersøg)"}
    for change, words in (
        ({"titel": ""}, "mangler en overskrift"),
        ({"frist": "1.1.2027"}, "mens runden er i gang"),
        ({"frist": "snart"}, "Skriv en dato"),
        ({"metoder-2": "Findes ikke"}, "ikke i kataloget"),
        ({"tekst": "Ring til 010190-1234"}, "CPR"),
    ):
        refused = leder.send(ny, **{**typed, **change})
        page = refused.get_data(as_text=True)
        assert refused.status_code == 422, change
        assert words in page, change
        assert all(text.replace("<", "&lt;").replace(">", "&gt;") in page for text in change.values())
    with app.app_context():
        from supervision.katalog.content import load_katalog

        methods["metoder-1"] = load_katalog().metode("ugu").navn.upper()  # type: ignore[union-attr]
        methods["metoder-0"] = load_katalog().metode("taletid").navn  # type: ignore[union-attr]
    made = leder.send(ny, **typed, **methods)
    assert made.status_code == 303
    with app.app_context():
        opgave = db.session.query(Hjemmeopgave).filter_by(runde_id=runde_id).one()
        opgave_id, keys = opgave.id, list(opgave.metoder)
        db.session.remove()
    assert keys == ["taletid", "ugu"]
    sag = f"/hjemmeopgaver/{opgave_id}"
    for browser in (mette, leder, noise):
        assert sag in browser.get(group).get_data(as_text=True)
        assert sag in browser.get("/").get_data(as_text=True)
        assert "kanarie-opgave" not in browser.get("/").get_data(as_text=True)
        page = browser.get(sag).get_data(as_text=True)
        assert "Hel &lt;b&gt;UGU&lt;/b&gt;" in page
        assert "/metoder/ugu" in page

    assert mette.send(f"{sag}/knyt", kontrakt=str(foreign_id)).status_code == 422
    assert noise.send(f"{sag}/knyt", kontrakt=str(kontrakt_id)).status_code == 422
    assert mette.send(f"{sag}/knyt", kontrakt="vrøvl").status_code == 422
    assert mette.send(f"{sag}/knyt", kontrakt=str(kontrakt_id)).location == sag
    assert "Jonas Øland og Mette Ærø" in noise.get(sag).get_data(as_text=True)
    assert "planlagt" in noise.get(sag).get_data(as_text=True)
    with app.app_context():
        knyttet_id = db.session.query(HjemmeopgaveKontrakt.id).scalar()
        db.session.remove()
    loesn = f"/hjemmeopgaver/knyttet/{knyttet_id}/loesn"
    assert loesn in mette.get(sag).get_data(as_text=True)
    assert loesn not in leder.get(sag).get_data(as_text=True)
    assert leder.send(loesn).status_code == noise.send(loesn).status_code == 404
    assert jonas.send(loesn).location == sag

    assert leder.get(f"{sag}/ret").get_data(as_text=True).count("UGU") > 1
    assert leder.send(f"{sag}/ret", **{**typed, "titel": ""}).status_code == 422
    assert leder.send(f"{sag}/ret", **{**typed, "titel": "Kun taletid"}, **methods).location == sag
    assert leder.send(f"{sag}/afslut").location == sag
    assert leder.get(f"{sag}/ret").status_code == 422
    assert sag not in mette.get("/").get_data(as_text=True)
    assert "afsluttet" in mette.get(group).get_data(as_text=True)
    for who in ("aase", "sydleder", "administrator"):
        stranger = Browser.signed_in(app, world.people[who])
        for path in (sag, f"{sag}/ret", ny, f"/hjemmeopgaver/{uuid4()}"):
            assert stranger.get(path).status_code == 404, (who, path)
        assert stranger.send(f"{sag}/knyt", kontrakt=str(kontrakt_id)).status_code == 404
    for path in (f"{sag}/ret", ny):
        assert mette.get(path).status_code == mette.send(path, **typed).status_code == 404
    assert mette.send(f"{sag}/afslut").status_code == 404

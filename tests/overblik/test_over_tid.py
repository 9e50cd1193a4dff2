"""Quarters after each other, what was used and what was not, and who decides how the figures are divided."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import pytest
from flask import Flask
from held import crew, held, log
from people import World
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.overblik import charts, queries, tables
from supervision.overblik.actions import plan_groups, publish_due
from supervision.overblik.models import Rapportplan
from supervision.overblik.rules import Kvartal, Vist
from supervision.overblik.tables import Billede, Celle, Raekke
from supervision.personer.models import Organisation, Person, Team

NOW = datetime(2026, 11, 20, 9, tzinfo=clock.DANISH_TIME)
Q1, Q2, Q3 = (date(2026, month, 12) for month in (2, 5, 8))


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(NOW):
        yield


@pytest.fixture
def three_quarters(sqlite_app: Flask, sqlite_world: World) -> list[UUID]:
    """Team Nord: five observed in the first and third quarter, four in the second; in Syd five in the third."""
    with sqlite_app.app_context():
        house = sqlite_world.organisations["jobcenter"]
        people = crew(house, sqlite_world.teams["nord"], 5)
        for day, who, ticks in ((Q1, people, 3), (Q2, people[:4], 3), (Q3, people, 0)):
            for person in who:
                events = log(share=0.4, ticks={"k": ticks})
                held(person, sqlite_world.noise, house, day, events=events, kendetegn=["k"])
        for person in crew(house, sqlite_world.teams["syd"], 5, "Syd"):
            held(person, sqlite_world.noise, house, Q3, type="cv_samtale")
        publish_due(clock.today())
        db.session.commit()
        db.session.remove()
    return people


def overblikke(world: World, who: UUID) -> list[queries.Overblik]:
    team, viewer = db.session.get_one(Team, world.teams["nord"]), db.session.get_one(Person, who)
    return queries.list_team_over_tid(team, viewer=viewer)


def test_a_silent_quarter_is_a_gap_and_never_a_nought(
    sqlite_app: Flask, sqlite_world: World, three_quarters: list[UUID]
) -> None:
    with sqlite_app.app_context():
        found = {one.noegle: one for one in tables.over_tid(overblikke(sqlite_world, sqlite_world.leder))}
        assert list(found) == list(tables.NOEGLER)
        [tegn] = found["faerdigheder"].linjer
        assert [vist.tekst if vist else None for vist in tegn.punkter] == [
            "ca. 3 pr. samtale",
            None,
            "under 1 pr. samtale",
        ]
        assert [linje.kode for linje in found["ugu"].linjer] == ["hel"]
        drawn = json.loads(charts.over_tid.figure_json(found["taletid"]))["data"]
        assert [trace["y"] for trace in drawn] == [[40, None, 40], [60, None, 60]]
        assert len({(trace["marker"]["symbol"], trace["line"]["dash"]) for trace in drawn}) == 2
        dots = json.loads(charts.over_tid.figure_json(found["faerdigheder"]))["data"]
        assert dots[0]["x"] == ["1/26", "3/26"]
        one = three_quarters[0]
        assert all(not line.linjer for line in tables.over_tid(overblikke(sqlite_world, one))), "R7"


def test_the_trend_is_frozen_and_stands_on_the_page(
    sqlite_app: Flask, sqlite_world: World, three_quarters: list[UUID]
) -> None:
    url = f"/overblik/team/{sqlite_world.teams['nord']}/over-tid"
    browser = Browser.signed_in(sqlite_app, sqlite_world.leder)
    before = browser.get(url).get_data(as_text=True)
    assert "for få observerede" in before
    assert before.count("<table") == len(tables.NOEGLER)
    with sqlite_app.app_context():
        for person in three_quarters:
            house = sqlite_world.organisations["jobcenter"]
            held(person, sqlite_world.noise, house, Q2, events=log(share=0.9), handed_over=NOW)
        db.session.commit()
        db.session.remove()
    after = browser.get(url).get_data(as_text=True)
    assert after[after.index("<main") :] == before[before.index("<main") :]


def test_used_hardly_used_and_in_no_figure(
    sqlite_app: Flask, sqlite_world: World, three_quarters: list[UUID]
) -> None:
    cell = Celle(frozenset(), 0.0)
    rows = (
        Raekke("a", "A", Vist("ca. 2 pr. samtale", 2), cell),
        Raekke("b", "B", Vist("under 1 pr. samtale", 0), cell),
    )
    found = tables.brug(
        [Billede("faerdigheder", rows)], {"Ét": {"a": "A", "c": "Å", "d": "D"}, "To": {"c": "Å"}}
    )
    assert ([r.kode for r in found.brugt], [r.kode for r in found.sjaeldent]) == (["a"], ["b"])
    assert found.uden == (("Ét", ("D", "Å")), ("To", ("Å",)))
    assert found.skabeloner == ("To",)
    browser = Browser.signed_in(sqlite_app, sqlite_world.leder)
    page = browser.get(f"/overblik/team/{sqlite_world.teams['nord']}/debrifing").get_data(as_text=True)
    sheet = re.sub(r"\s+", " ", page[page.index("<main") :])
    assert "Debrifing: Team Nord, 3. kvartal 2026" in sheet
    assert "<dt>Aftalt, men brugt lidt eller slet ikke</dt> <dd>k</dd>" in sheet
    assert "ikke hvad borgerne fik ud af det (effekt)" in sheet


def test_the_supervisor_sees_organisations_side_by_side_and_others_do_not(
    sqlite_app: Flask, sqlite_world: World, three_quarters: list[UUID]
) -> None:
    page = Browser.signed_in(sqlite_app, sqlite_world.supervisor).get("/overblik/paa-tvaers")
    words = page.get_data(as_text=True)
    assert str(sqlite_world.organisations["jobcenter"]) in words
    assert str(sqlite_world.organisations["a_kasse"]) not in words
    assert "10–19 observerede" in words
    assert "for få observerede" in words
    for who in (sqlite_world.leder, sqlite_world.mette, sqlite_world.administrator):
        assert Browser.signed_in(sqlite_app, who).get("/overblik/paa-tvaers").status_code == 404


def test_divided_by_samtaletype_the_organisation_has_a_part_for_each_and_teams_have_none(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    house_id, nord = sqlite_world.organisations["jobcenter"], sqlite_world.teams["nord"]
    with sqlite_app.app_context():
        admin = db.session.get_one(Person, sqlite_world.administrator)
        plan_groups(db.session.get_one(Organisation, house_id), navne={}, opdeling="samtaletype", by=admin)
        for type_, count in (("individuel", 4), ("cv_samtale", 5)):
            for person in crew(house_id, nord, count, type_.title()):
                held(person, sqlite_world.noise, house_id, Q3, type=type_)
        publish_due(clock.today())
        db.session.commit()
        db.session.remove()
    browser = Browser.signed_in(sqlite_app, sqlite_world.leder)
    url = f"/overblik/organisation/{house_id}"
    page = browser.get(url).get_data(as_text=True)
    assert "CV-samtale · 5–9 observerede" in page
    assert 'data-chart="taletid-data"' in page
    assert 'id="om-pligter"' not in page
    silent = browser.get(f"{url}?slags=individuel").get_data(as_text=True)
    assert "data-chart" not in silent
    assert "for få observerede" in silent
    assert browser.get(f"{url}?slags=alle").status_code == 404
    assert browser.get(f"{url}/over-tid?slags=alle").status_code == 404
    assert "CV-samtale" in browser.get(f"{url}/over-tid").get_data(as_text=True)
    team = browser.get(f"/overblik/team/{nord}").get_data(as_text=True)
    assert "data-chart" not in team
    assert "delt efter slags samtale" in team


def test_the_administrator_merges_teams_from_the_next_quarter(
    sqlite_app: Flask, sqlite_world: World, three_quarters: list[UUID]
) -> None:
    url = f"/administration/organisationer/{sqlite_world.organisations['jobcenter']}/tal"
    nord, syd = (f"team_{sqlite_world.teams[team]}" for team in ("nord", "syd"))
    browser = Browser.signed_in(sqlite_app, sqlite_world.administrator)
    page = browser.get(url).get_data(as_text=True)
    assert "gælder fra 1. kvartal 2027" in page
    assert "observerede</" not in page
    form = {"csrf_token": browser.token(), "opdeling": "team", nord: "Nord og Syd", syd: ""}
    alone = browser.post(url, data=form)
    assert alone.status_code == 422
    assert "kun ved ét team" in alone.get_data(as_text=True)
    assert browser.post(url, data={**form, "opdeling": "person", syd: "Nord og Syd"}).status_code == 422
    assert browser.post(url, data={**form, syd: " Nord  og Syd "}).status_code == 303
    with sqlite_app.app_context():
        assert {row.navn for row in db.session.query(Rapportplan)} == {"Nord og Syd"}
        plan = queries.get_plan(
            sqlite_world.organisations["jobcenter"],
            Kvartal(2026, 4),
            viewer=db.session.get_one(Person, sqlite_world.administrator),
        )
        assert "Nord og Syd" in {gruppe.navn for gruppe in plan.grupper}
        db.session.remove()
    assert "Team Nord og Team Syd" in browser.get(url).get_data(as_text=True)

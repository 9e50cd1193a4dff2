"""Giving and ending roles in the browser, and what they open on which day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from administrator_pages import field_error, noted, roles_of, words
from flask import Flask
from people import LONG_AGO, World, give_role
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from supervision import clock
from supervision.access import may_knock
from supervision.db import db
from supervision.personer.models import Person, Rolletildeling

TOMORROW = timedelta(days=1)


def give(browser: Any, world: World, person: str, **fields: Any) -> Any:
    sent = {"rolle": "medarbejder", "team": "", "organisation": "", "fra": clock.today(), **fields}
    return browser.send(f"/administration/personer/{getattr(world, person)}/roller/ny", **sent)


def role_of(app: Flask, world: World, person: str, rolle: str) -> Any:
    with app.app_context():
        return db.session.scalar(
            select(Rolletildeling.id).where(
                Rolletildeling.person_id == getattr(world, person),
                Rolletildeling.rolle == rolle,
                Rolletildeling.til.is_(None),
            )
        )


def end(browser: Any, rolle_id: Any, til: Any) -> Any:
    return browser.send(f"/administration/roller/{rolle_id}/slut", til=til)


def test_the_form_offers_the_teams_of_the_own_organisation(world: World, browser_for: Any) -> None:
    page = browser_for(world.administrator).get(f"/administration/personer/{world.noise}/roller/ny")
    source = page.get_data(as_text=True)
    assert str(world.teams["kasse_nord"]) in source
    assert str(world.teams["nord"]) not in source
    assert f'value="{clock.today()}"' in source


def test_another_team_ends_the_old_row_and_begins_a_new_one(
    app: Flask, world: World, browser_for: Any
) -> None:
    browser, today = browser_for(world.administrator), clock.today()
    began = today - LONG_AGO
    answer = give(browser, world, "mette", team=world.teams["syd"])
    assert answer.status_code == 303
    assert roles_of(app, world.mette) == [
        ("medarbejder", "Team Nord", began, today),
        ("medarbejder", "Team Syd", today, None),
    ]
    assert roles_of(app, world.jonas) == [("medarbejder", "Team Nord", began, None)]
    assert sorted(noted(app, "rolletildeling")) == ["giv", "slut"]
    text = words(browser.get(answer.location))
    assert "Medarbejder i Team Syd nu" in text
    assert "Medarbejder i Team Nord slut" in text
    assert "Team Syd" in words(browser_for(world.mette).get("/profil"))


def test_moved_again_the_same_day_keeps_every_row(app: Flask, world: World, browser_for: Any) -> None:
    browser, today = browser_for(world.administrator), clock.today()
    give(browser, world, "mette", team=world.teams["syd"])
    give(browser, world, "mette", team=world.teams["nord"])
    rows = roles_of(app, world.mette)
    assert len(rows) == 3
    assert ("medarbejder", "Team Syd", today, today) in rows
    assert ("medarbejder", "Team Nord", today, None) in rows
    assert "nåede ikke at gælde" in words(browser.get(f"/administration/personer/{world.mette}"))


def test_a_move_may_be_planned(app: Flask, world: World, browser_for: Any) -> None:
    browser, day = browser_for(world.administrator), clock.today() + timedelta(days=10)
    assert give(browser, world, "mette", team=world.teams["syd"], fra=f"{day:%d.%m.%Y}").status_code == 303
    assert roles_of(app, world.mette)[0][3] == day
    assert "Team Nord" in words(browser_for(world.mette).get("/profil"))
    page = give(browser, world, "mette", team=world.teams["nord"], fra=clock.today())
    assert "allerede rollen" in field_error(page, "rolle")


def test_a_supervisor_has_an_organisation_from_and_to(app: Flask, world: World, browser_for: Any) -> None:
    browser, today = browser_for(world.administrator), clock.today()
    answer = give(
        browser,
        world,
        "anden_supervisor",
        rolle="supervisor",
        organisation=world.organisations["jobcenter"],
        team=world.teams["nord"],
        fra=today,
        til=today + TOMORROW,
    )
    assert answer.status_code in (303, 422)
    answer = give(
        browser,
        world,
        "anden_supervisor",
        rolle="supervisor",
        organisation=world.organisations["jobcenter"],
        til=today + TOMORROW,
    )
    assert answer.status_code == 303
    rows = [row for row in roles_of(app, world.anden_supervisor) if row[2] == today]
    assert rows == [("supervisor", "", today, today + 2 * TOMORROW)]


def test_an_administrator_has_no_scope_whatever_is_sent(app: Flask, world: World, browser_for: Any) -> None:
    browser = browser_for(world.administrator)
    answer = give(
        browser,
        world,
        "mette",
        rolle="administrator",
        team=world.teams["nord"],
        organisation=world.organisations["jobcenter"],
        givet_af=world.jonas,
        person_id=world.jonas,
    )
    assert answer.status_code == 303
    with app.app_context():
        row = db.session.scalar(
            select(Rolletildeling).where(
                Rolletildeling.rolle == "administrator", Rolletildeling.person_id == world.mette
            )
        )
        assert row is not None
        assert (row.team_id, row.organisation_id, row.givet_af) == (None, None, world.administrator)
    assert browser_for(world.mette).get("/administration").status_code == 200
    assert browser_for(world.jonas).get("/administration").status_code == 404


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({}, "team", "Vælg et team."),
        ({"rolle": "teamleder"}, "team", "Vælg et team."),
        ({"rolle": "supervisor"}, "organisation", "Vælg en organisation."),
        ({"rolle": "direktør"}, "rolle", "Vælg en af mulighederne."),
        ({"team": "nord", "rolle": "medarbejder"}, "rolle", "allerede rollen"),
        ({"team": "kasse_nord"}, "team", "Vælg en af mulighederne."),
        ({"team": uuid4()}, "team", "Vælg en af mulighederne."),
        ({"team": "syd", "fra": ""}, "fra", "Vælg den første dag."),
        ({"team": "syd", "fra": "32.13.2027"}, "fra", "Skriv en dato"),
        ({"team": "syd", "fra": "0001-01-01"}, "fra", "mellem år 2000 og 2100"),
        ({"team": "syd", "fra": "2001-01-01"}, "fra", "Vælg en senere dag."),
        ({"team": "syd", "til": "2001-01-01"}, "til", "før den første"),
        ({"team": "syd", "til": "9999-12-31"}, "til", "mellem år 2000 og 2100"),
    ],
)
def test_an_unfit_role_is_refused_at_the_field(
    app: Flask, world: World, browser_for: Any, fields: dict[str, Any], field: str, said: str
) -> None:
    before = roles_of(app, world.mette)
    fields = {**fields, "team": world.teams.get(fields.get("team"), fields.get("team", ""))}
    page = give(browser_for(world.administrator), world, "mette", **fields)
    assert page.status_code == 422
    assert said in field_error(page, field)
    assert roles_of(app, world.mette) == before


def test_an_ended_role_is_kept_and_opens_nothing(app: Flask, world: World, browser_for: Any) -> None:
    browser, today = browser_for(world.administrator), clock.today()
    rolle_id = role_of(app, world, "leder", "teamleder")
    page = browser.get(f"/administration/roller/{rolle_id}/slut")
    assert f'value="{today}"' in page.get_data(as_text=True)
    assert "Lone Leth" in words(browser_for(world.mette).get("/profil"))
    assert end(browser, rolle_id, today).status_code == 303
    assert roles_of(app, world.leder) == [("teamleder", "Team Nord", today - LONG_AGO, today)]
    assert "Lone Leth" not in words(browser_for(world.mette).get("/profil"))
    again = end(browser, rolle_id, today)
    assert again.status_code == 422
    assert "allerede slut" in field_error(again, "til")


@pytest.mark.parametrize("til", ["", "x", "1999-01-01", "2222-01-01"])
def test_an_unfit_end_is_refused(app: Flask, world: World, browser_for: Any, til: str) -> None:
    rolle_id = role_of(app, world, "mette", "medarbejder")
    page = end(browser_for(world.administrator), rolle_id, til)
    assert page.status_code == 422
    assert field_error(page, "til")
    assert roles_of(app, world.mette)[0][3] is None


def test_ones_own_last_administrator_role_stays(app: Flask, world: World, browser_for: Any) -> None:
    browser, today = browser_for(world.administrator), clock.today()
    own = role_of(app, world, "administrator", "administrator")
    page = end(browser, own, today)
    assert page.status_code == 422
    assert "din egen rolle som administrator" in words(page)
    with app.app_context():
        give_role(world.mette, "administrator")
        db.session.commit()
    assert end(browser, own, today).status_code == 422
    assert end(browser_for(world.mette), own, today).status_code == 303
    assert browser.get("/administration").status_code == 302, "signed out: the roles are others"
    assert browser_for(world.administrator).get("/administration").status_code == 404


def test_two_open_teams_are_refused_by_the_database_itself(context: Flask, world: World) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError):
        give_role(world.mette, "medarbejder", team_id=world.teams["syd"], fra=date(2027, 1, 1))
    db.session.rollback()


def may_edit(app: Flask, person_id: Any, organisation_id: Any) -> bool:
    with app.app_context():
        return db.session.get_one(Person, person_id).maa_rette_katalog(organisation_id)


def test_a_supervisor_may_be_given_the_right_to_the_catalogue_of_that_organisation_alone(
    app: Flask, world: World, browser_for: Any
) -> None:
    browser, today, who = browser_for(world.administrator), clock.today(), world.anden_supervisor
    jobcenter, kasse = world.organisations["jobcenter"], world.organisations["a_kasse"]
    give(browser, world, "anden_supervisor", rolle="supervisor", organisation=jobcenter, retter_katalog="y")
    assert may_edit(app, who, jobcenter)
    assert not may_edit(app, who, kasse)
    assert not may_edit(app, world.supervisor, jobcenter)
    assert "må rette metoder og skabeloner" in words(browser.get(f"/administration/personer/{who}"))
    give(browser, world, "mette", team=world.teams["syd"], retter_katalog="y")
    assert not may_edit(app, world.mette, jobcenter)
    with app.app_context():
        given = select(Rolletildeling.id).where(Rolletildeling.retter_katalog)
        (rolle_id,) = db.session.scalars(given).all()
    assert end(browser, rolle_id, today).status_code == 303
    assert not may_edit(app, who, jobcenter)
    late = browser.send(f"/administration/roller/{rolle_id}/katalog", retter_katalog="y")
    assert late.status_code == 422
    assert "allerede slut" in field_error(late, "retter_katalog")


def test_the_right_is_given_and_taken_while_the_role_runs(app: Flask, world: World, browser_for: Any) -> None:
    browser, jobcenter = browser_for(world.administrator), world.organisations["jobcenter"]
    address = f"/administration/roller/{role_of(app, world, 'supervisor', 'supervisor')}/katalog"
    assert "Sune Super som supervisor i Jobcenter Testby" in words(browser.get(address))
    for sent, holds in (({"retter_katalog": "y"}, True), ({"retter_katalog": "y"}, True), ({}, False)):
        assert browser.send(address, **sent).status_code == 303
        assert may_edit(app, world.supervisor, jobcenter) is holds
    assert sorted(noted(app, "rolletildeling")) == ["giv_katalogret", "tag_katalogret"]
    other = role_of(app, world, "mette", "medarbejder")
    assert browser.get(f"/administration/roller/{other}/katalog").status_code == 404


def test_the_catalogues_door_opens_for_administrators_and_those_with_the_right(
    app: Flask, world: World
) -> None:
    with app.app_context():
        rolle = db.session.scalars(
            select(Rolletildeling).where(Rolletildeling.person_id == world.supervisor)
        ).one()
        rolle.retter_katalog = True
        db.session.flush()
        opens = {
            name: may_knock("katalogredaktoer", db.session.get_one(Person, who))
            for name, who in world.people.items()
        }
    assert {name for name, may in opens.items() if may} == {"administrator", "supervisor"}


def test_the_database_keeps_the_right_to_supervisors(app: Flask, world: World) -> None:
    with app.app_context():
        give_role(world.mette, "administrator")
        with pytest.raises(IntegrityError):
            give_role(world.mette, "teamleder", team_id=world.teams["syd"], retter_katalog=True)

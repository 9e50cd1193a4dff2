"""Organisations and teams in the browser, and the door before all of administration."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from administrator_pages import count_of, field_error, noted, questions, words
from flask import Flask
from people import World, add_person, give_role

from supervision import adgangslog
from supervision.access import matrix
from supervision.db import db
from supervision.personer.models import Organisation, Person, Rolletildeling, Team

OUTSIDERS = ("mette", "leder", "supervisor", "noise")


def addresses(app: Flask, world: World) -> list[tuple[str, str, str]]:
    """(endpoint, method, address) of everything that only an administrator may ask."""
    with app.app_context():
        rolle_id = db.session.query(Rolletildeling.id).filter_by(person_id=world.mette).scalar()
    ids: dict[str, UUID] = {
        "organisation_id": world.organisations["jobcenter"],
        "team_id": world.teams["nord"],
        "person_id": world.mette,
        "rolle_id": rolle_id,
        "loginregel_id": uuid4(),
        "identitet_id": uuid4(),
    }
    adapter = app.url_map.bind("localhost")
    return [
        (rule.endpoint, method, adapter.build(rule.endpoint, {name: ids[name] for name in rule.arguments}))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if rule.endpoint in matrix() and matrix()[rule.endpoint].who == "administrator"
        if rule.endpoint.startswith("personer.")
    ]


def test_nobody_but_an_administrator_gets_in(app: Flask, world: World, browser_for: Any) -> None:
    doors = addresses(app, world)
    assert len(doors) == 39
    before = [count_of(app, model) for model in (Person, Rolletildeling, Organisation, Team)]
    for name in OUTSIDERS:
        browser = browser_for(getattr(world, name))
        token = browser.token()
        for endpoint, method, url in doors:
            answer = browser.open(
                url, method=method, data={"csrf_token": token} if method == "POST" else None
            )
            assert answer.status_code == 404, (name, endpoint, method)
    assert [count_of(app, model) for model in (Person, Rolletildeling, Organisation, Team)] == before


def test_nobody_signed_in_is_asked_to_sign_in(app: Flask, world: World, browser_for: Any) -> None:
    for endpoint, method, url in addresses(app, world):
        answer = browser_for().open(url, method=method)
        assert answer.status_code in (302, 400), endpoint
        assert method == "POST" or answer.location.startswith("/log-ind")


def test_a_former_or_coming_administrator_does_not_get_in(app: Flask, world: World, browser_for: Any) -> None:
    from datetime import timedelta

    from supervision import clock

    with app.app_context():
        give_role(world.mette, "administrator", til=clock.today())
        give_role(world.jonas, "administrator", fra=clock.today() + timedelta(days=1))
        give_role(world.aase, "administrator", fra=clock.today(), til=clock.today() + timedelta(days=1))
        db.session.commit()
    codes = [
        browser_for(person).get("/administration").status_code
        for person in (world.mette, world.jonas, world.aase)
    ]
    assert codes == [404, 404, 200]


@pytest.mark.parametrize("path", ["organisationer", "teams", "personer", "roller"])
def test_an_unknown_thing_is_not_found(world: World, browser_for: Any, path: str) -> None:
    browser = browser_for(world.administrator)
    tail = {"teams": "/ret", "roller": "/slut"}.get(path, "")
    assert browser.get(f"/administration/{path}/{uuid4()}{tail}").status_code == 404
    assert browser.get(f"/administration/{path}/1{tail}").status_code == 404


def test_the_overview_counts_teams_and_active_people(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        shut = db.session.get(Person, world.fremmed)
        assert shut is not None
        shut.active = False
        db.session.commit()
    text = words(browser_for(world.administrator).get("/administration"))
    assert "A-kassen Prøve A-kasse 1 team, 1 person" in text
    assert "Jobcenter Testby Jobcenter 2 teams, 6 personer" in text
    assert "ingen teams, 2 personer" in text


def test_an_organisation_shows_its_own_teams_and_supervisors(world: World, browser_for: Any) -> None:
    url = f"/administration/organisationer/{world.organisations['jobcenter']}"
    text = words(browser_for(world.administrator).get(url))
    assert "Team Nord 3 medarbejdere · teamleder Lone Leth" in text
    assert "Team Syd 1 medarbejder · teamleder Sanne Syd" in text
    assert "Sune Super" in text
    assert "Anja Anden" not in text
    assert "7 personer har ikke valgt en adgangskode endnu" in text


def test_make_and_change_an_organisation(app: Flask, world: World, browser_for: Any) -> None:
    browser = browser_for(world.administrator)
    answer = browser.send("/administration/organisationer/ny", navn="  Jobcenter  Øst ", slags="jobcenter")
    assert answer.status_code == 303
    assert "Jobcenter Øst er oprettet" in words(browser.get(answer.location))
    assert browser.get(answer.location + "/ret").status_code == 200
    wanted = {"navn": "Øst", "slags": "a_kasse"}
    assert browser.send(answer.location + "/ret", **wanted).status_code == 303
    assert "Øst A-kasse" in words(browser.get(answer.location))
    browser.send(answer.location + "/ret", **wanted)
    assert noted(app, "organisation") == ["opret", "ret"]


@pytest.mark.parametrize(
    ("navn", "slags", "field", "said"),
    [
        ("", "jobcenter", "navn", "Skriv et navn."),
        ("x" * 121, "jobcenter", "navn", "for langt"),
        ("jobcenter  TESTBY", "jobcenter", "navn", "allerede en organisation"),
        ("Nyt", "kommune", "slags", "Vælg en af mulighederne."),
        ("<script>alert(1)</script>" * 9, "jobcenter", "navn", "for langt"),
    ],
)
def test_an_unfit_organisation_is_refused_at_the_field(
    app: Flask, world: World, browser_for: Any, navn: str, slags: str, field: str, said: str
) -> None:
    page = browser_for(world.administrator).send("/administration/organisationer/ny", navn=navn, slags=slags)
    assert page.status_code == 422
    assert said in field_error(page, field)
    assert count_of(app, Organisation) == 3


def test_make_and_change_a_team(app: Flask, world: World, browser_for: Any) -> None:
    browser = browser_for(world.administrator)
    home = f"/administration/organisationer/{world.organisations['a_kasse']}"
    assert browser.get(home + "/teams/nyt").status_code == 200
    assert browser.send(home + "/teams/nyt", navn="Team Syd").status_code == 303
    page = browser.send(home + "/teams/nyt", navn="team nord")
    assert (page.status_code, field_error(page, "navn")) == (
        422,
        "Organisationen har allerede et team med det navn.",
    )
    url = f"/administration/teams/{world.teams['kasse_nord']}/ret"
    assert browser.get(url).status_code == 200
    assert browser.send(url, navn="Team Syd").status_code == 422
    assert browser.send(url, navn="TEAM NORD").status_code == 303
    assert "TEAM NORD" in words(browser.get(home))
    assert "Team Nord" in words(
        browser.get(f"/administration/organisationer/{world.organisations['jobcenter']}")
    )
    assert noted(app, "team") == ["opret", "ret"]


def test_a_team_stays_in_its_organisation_whatever_is_sent(
    app: Flask, world: World, browser_for: Any
) -> None:
    other = world.organisations["a_kasse"]
    browser_for(world.administrator).send(
        f"/administration/teams/{world.teams['syd']}/ret",
        navn="Team Vest",
        organisation_id=other,
        id=uuid4(),
    )
    with app.app_context():
        team = db.session.get(Team, world.teams["syd"])
        assert team is not None
        assert (team.navn, team.organisation_id) == ("Team Vest", world.organisations["jobcenter"])


def test_names_are_shown_as_text(app: Flask, world: World, browser_for: Any) -> None:
    browser = browser_for(world.administrator)
    answer = browser.send(
        "/administration/organisationer/ny", navn="<img src=x onerror=alert(1)> Øst", slags="jobcenter"
    )
    assert "&lt;img src=x" in browser.get(answer.location).get_data(as_text=True)


def test_the_number_of_questions_does_not_grow(app: Flask, world: World, browser_for: Any) -> None:
    browser = browser_for(world.administrator)
    home = f"/administration/organisationer/{world.organisations['a_kasse']}"
    urls = ("/administration", home, home + "/uden-adgangskode", "/administration/personer")

    def ask() -> list[int]:
        counts = []
        for url in urls:
            adgangslog.forget()
            with questions(app) as sent:
                assert browser.get(url).status_code == 200
            counts.append(len(sent))
        return counts

    before = ask()
    with app.app_context():
        for number in range(30):
            organisation = Organisation(navn=f"Hus {number}", slags="supervision")
            team = Team(navn=f"Team {number}", organisation_id=world.organisations["a_kasse"])
            db.session.add_all([organisation, team])
            db.session.flush()
            person = add_person(f"Ny {number}", f"ny{number}@x.dk", world.organisations["a_kasse"])
            give_role(person, "medarbejder", team_id=team.id)
            guest = add_person(f"Gæst {number}", f"gaest{number}@x.dk", organisation.id)
            give_role(guest, "supervisor", organisation_id=world.organisations["a_kasse"])
        db.session.commit()
    assert ask() == before
    assert max(before) <= 14

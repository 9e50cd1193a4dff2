"""The profile and the help page."""

from __future__ import annotations

from typing import Any

from administrator_pages import words
from flask import Flask
from people import World, give_role

from supervision import clock
from supervision.db import db


def test_the_profile_shows_ones_own_roles_and_teamleder(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        give_role(world.mette, "supervisor", organisation_id=world.organisations["a_kasse"])
        give_role(world.mette, "teamleder", team_id=world.teams["syd"], til=clock.today())
        db.session.commit()
    text = words(browser_for(world.mette).get("/profil"))
    assert "Medarbejder i Team Nord" in text
    assert "Supervisor i A-kassen Prøve" in text
    assert "Teamleder i Team Syd" not in text
    assert "Din teamleder Lone Leth" in text
    assert "Sanne Syd" not in text
    assert "Din adgangskode blev sidst sat" not in text


def test_a_person_without_roles_is_told_so(app: Flask, world: World, browser_for: Any) -> None:
    from people import add_person

    with app.app_context():
        person = add_person("Ny Ny", "ny@test.example", world.organisations["jobcenter"])
        db.session.commit()
    assert "Du har ingen rolle endnu." in words(browser_for(person).get("/profil"))


def test_help_leads_only_where_one_may_go(browser_for: Any, world: World) -> None:
    for person, may in ((None, False), (world.administrator, False), (world.mette, True)):
        browser = browser_for(person)
        assert ("/kalibrering" in browser.get("/hjaelp").get_data(as_text=True)) is may
    assert browser.get("/kalibrering").status_code == 200


def test_help_is_for_everybody_and_says_who_sees_what(browser_for: Any, world: World) -> None:
    for person in (None, world.mette):
        page = browser_for(person).get("/hjaelp")
        assert page.status_code == 200
        text = words(page)
        for promised in (
            "Læring",
            "Før",
            "Undervejs",
            "Efter",
            "Sammen",
            "mindst fem observerede",
            "14 dage",
            "Karakterer",
            "Rangering",
            "Lydoptagelse",
            "Borgerens identitet",
            "Kun observatøren",
        ):
            assert promised in text
        assert page.get_data(as_text=True).count("<dt>") == 10

"""The page on which an organisation's words are chosen, and what the pages then say."""

from __future__ import annotations

import pytest
from administrator_pages import field_error, noted, words
from flask import Flask
from people import World
from sqlalchemy import select
from web import Browser

from supervision.db import db
from supervision.personer.models import Organisation, Rolletildeling

PLAIN = {"borger-valg": "borger", "medarbejder-valg": "medarbejder", "samtale-valg": "samtale"}
GENDERS = {f"{navn}-koen": "en" for navn in ("borger", "medarbejder", "samtale")}
CHOSEN = {**PLAIN, **GENDERS, "smart_a": "begge", "taletid_graense": "80"}
OWN = {"borger-valg": "eget", "borger-koen": "et", "borger-ental": "dagpengemedlem"}


@pytest.fixture
def administrator(sqlite_app: Flask, sqlite_world: World) -> Browser:
    return Browser.signed_in(sqlite_app, sqlite_world.administrator)


def page_of(world: World, organisation: str = "jobcenter") -> str:
    return f"/administration/organisationer/{world.organisations[organisation]}/ord"


def stored(app: Flask, world: World, organisation: str = "jobcenter") -> Organisation:
    with app.app_context():
        found = db.session.get_one(Organisation, world.organisations[organisation])
        db.session.expunge(found)
        return found


def test_words_are_chosen_and_the_pages_say_them_there_alone(
    sqlite_app: Flask, sqlite_world: World, administrator: Browser
) -> None:
    help_page = "/hjaelp"
    before = words(administrator.get(help_page))
    assert "Borgeren får at vide, at en kollega sidder med" in before
    page = page_of(sqlite_world)
    assert administrator.send(page, **CHOSEN).status_code == 303
    assert noted(sqlite_app, "organisation") == []
    new = {
        **CHOSEN,
        "borger-valg": "ledig",
        "samtale-valg": "moede",
        "smart_a": "accepteret",
        "taletid_graense": "65",
    }
    assert administrator.send(page, **new).status_code == 303
    administrator.send(page, **new)
    assert noted(sqlite_app, "organisation") == ["ret_ord"]
    kept = stored(sqlite_app, sqlite_world)
    assert (kept.ordvalg, kept.smart_a, kept.taletid_graense) == (
        {"borger": "ledig", "samtale": "moede"},
        "accepteret",
        65,
    )
    shown = words(administrator.get(page))
    assert "Den ledige siger selv, hvad mødet skal bruges til." in shown
    after = words(administrator.get(help_page))
    assert "Den ledige får at vide, at en kollega sidder med" in after
    assert "borger" not in after.lower()
    for other in (sqlite_world.noise, None):
        elsewhere = words(Browser.signed_in(sqlite_app, other).get(help_page))
        assert "Borgeren får at vide, at en kollega sidder med" in elsewhere
    assert administrator.send(page, **CHOSEN).status_code == 303
    assert stored(sqlite_app, sqlite_world).ordvalg is None
    assert "Borgeren får at vide, at en kollega sidder med" in words(administrator.get(help_page))


def test_an_own_word_is_shown_before_it_is_kept(
    sqlite_app: Flask, sqlite_world: World, administrator: Browser
) -> None:
    page = page_of(sqlite_world)
    wanted = {**CHOSEN, **OWN}
    shown = administrator.send(page, **wanted, vis="ja")
    assert shown.status_code == 200
    assert "Dagpengemedlemet siger selv" in words(shown)
    source = shown.get_data(as_text=True)
    assert 'value="dagpengemedlemene"' in source
    assert stored(sqlite_app, sqlite_world).ordvalg is None
    right = {"borger-bestemt": "dagpengemedlemmet", "borger-flertal": "dagpengemedlemmer"}
    right["borger-bestemt_flertal"] = "dagpengemedlemmerne"
    assert administrator.send(page, **wanted, **right).status_code == 303
    kept = stored(sqlite_app, sqlite_world)
    assert kept.ord.paa("Hver borger og borgernes ord") == "Hvert dagpengemedlem og dagpengemedlemmernes ord"
    again = administrator.get(page)
    assert "En medarbejder taler med et dagpengemedlem." in words(again)
    assert 'value="dagpengemedlemmerne"' in again.get_data(as_text=True)


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"borger-valg": "klient"}, "borger-valg", "Vælg en af mulighederne."),
        ({**OWN, "borger-ental": ""}, "borger-ental", "Skriv ordet i ental"),
        ({**OWN, "borger-ental": "Fokusperson"}, "borger-ental", "altid den kollega"),
        ({**OWN, "borger-ental": "kunde #1"}, "borger-ental", "kun bogstaver"),
        ({**OWN, "borger-flertal": "x" * 31}, "borger-flertal", "højst 30 tegn"),
        ({**OWN, "borger-koen": "den"}, "borger-koen", "Vælg en af mulighederne."),
        (
            {"samtale-valg": "eget", "samtale-koen": "en", "samtale-ental": "jobsamtale"},
            "samtale-ental",
            "arbejdsgiver",
        ),
        ({"smart_a": "alt"}, "smart_a", "Vælg en af mulighederne."),
        ({"taletid_graense": "49"}, "taletid_graense", "mellem 50 og 95"),
        ({"taletid_graense": "mange"}, "taletid_graense", "helt tal"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field_and_nothing_is_lost(
    sqlite_app: Flask,
    sqlite_world: World,
    administrator: Browser,
    sent: dict[str, str],
    field: str,
    said: str,
) -> None:
    wanted = {**CHOSEN, "medarbejder-valg": "raadgiver", **sent}
    refused = administrator.send(page_of(sqlite_world), **wanted)
    assert refused.status_code == 422
    assert said in field_error(refused, field)
    assert '<option selected value="raadgiver">' in refused.get_data(as_text=True)
    assert stored(sqlite_app, sqlite_world).ordvalg is None
    assert noted(sqlite_app, "organisation") == []


def test_a_supervisor_with_the_right_chooses_the_words_of_that_house_alone(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    world, page = sqlite_world, page_of(sqlite_world)
    supervisor = Browser.signed_in(sqlite_app, world.supervisor)
    assert supervisor.get(page).status_code == 404
    with sqlite_app.app_context():
        of_supervisor = select(Rolletildeling).where(Rolletildeling.person_id == world.supervisor)
        db.session.scalars(of_supervisor).one().retter_katalog = True
        db.session.commit()
    assert page in supervisor.get("/profil").get_data(as_text=True)
    assert "Administration" not in words(supervisor.get(page))
    assert supervisor.send(page, **{**CHOSEN, "borger-valg": "kandidat"}).status_code == 303
    assert stored(sqlite_app, world).ordvalg == {"borger": "kandidat"}
    other = page_of(world, "a_kasse")
    assert supervisor.get(other).status_code == 404
    assert supervisor.send(other, **CHOSEN).status_code == 404
    mette = Browser.signed_in(sqlite_app, world.mette)
    assert (mette.get(page).status_code, mette.send(page, **CHOSEN).status_code) == (404, 404)

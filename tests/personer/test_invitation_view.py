"""Invitations: shown once, one use, 72 hours, and the way into the system for real."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from administrator_pages import field_error, noted, person_of, words
from flask import Flask
from people import World, add_person

from supervision import clock, sign_in
from supervision.db import db
from supervision.personer.models import Invitation, Person

PHRASE = "tre grønne cykler på taget"
CLOSED = "Linket virker ikke længere"


def links_of(page: Any) -> list[str]:
    return re.findall(r'value="https?://localhost(/invitation/[^"]+)"', page.get_data(as_text=True))


def invite(browser: Any, person_id: Any) -> str:
    page = browser.send(f"/administration/personer/{person_id}/invitation")
    assert page.status_code == 200
    (link,) = links_of(page)
    return link


def choose(browser: Any, link: str, first: str = PHRASE, second: str | None = None) -> Any:
    page = browser.get(link).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    fields = {"adgangskode": first, "gentag": first if second is None else second}
    return browser.post(link, data={"csrf_token": token.group(1) if token else browser.token(), **fields})


def test_a_new_person_chooses_a_password_and_signs_in(app: Flask, world: World, browser_for: Any) -> None:
    link = invite(browser_for(world.administrator), world.mette)
    fresh = browser_for()
    page = words(fresh.get(link))
    assert "Velkommen, Mette" in page
    assert "mette@test.example" in page
    answer = choose(fresh, link)
    assert (answer.status_code, answer.location) == (303, "/log-ind")
    page = fresh.get("/log-ind").get_data(as_text=True)
    assert "Din adgangskode er sat." in page
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    fields = {"csrf_token": token.group(1), "email": "mette@test.example", "password": PHRASE}
    assert fresh.post("/log-ind", data=fields).location == "/"
    assert "Din adgangskode blev sidst sat" in words(fresh.get("/profil"))
    assert noted(app, "person") == ["vaelg_adgangskode"]
    assert noted(app, "invitation") == ["opret"]


@pytest.mark.gate("E8")
def test_only_the_hash_of_a_long_token_is_kept(app: Flask, world: World, browser_for: Any) -> None:
    token = invite(browser_for(world.administrator), world.mette).rsplit("/", 1)[1]
    assert len(token) >= 43
    with app.app_context():
        row = db.session.query(Invitation).one()
        assert row.token_hash == sha256(token.encode()).hexdigest()
        assert row.udloeber_at - row.oprettet_at == timedelta(hours=72)
        assert row.oprettet_af == world.administrator
        for table in db.metadata.sorted_tables:
            for values in db.session.execute(table.select()):
                assert token not in "|".join(map(str, values))


def test_unknown_used_old_replaced_and_shut_give_the_same_page(
    app: Flask, world: World, browser_for: Any
) -> None:
    admin = browser_for(world.administrator)
    used, replaced, shut = (invite(admin, person) for person in (world.mette, world.jonas, world.aase))
    choose(browser_for(), used)
    invite(admin, world.jonas)
    admin.send(f"/administration/personer/{world.aase}/luk")
    admin.send(f"/administration/personer/{world.aase}/luk-op")
    old = invite(admin, world.fremmed)
    pages = {}
    with clock.travel(clock.now() + timedelta(hours=72, seconds=1)):
        pages["old"] = browser_for().get(old)
    for name, link in (
        ("used", used),
        ("replaced", replaced),
        ("shut", shut),
        ("unknown", "/invitation/" + "x" * 43),
        ("long", "/invitation/" + "x" * 5000),
        ("strange", "/invitation/%00%ff"),
    ):
        pages[name] = browser_for().get(link)
        assert choose(browser_for(), link).status_code == 404, name
    assert {page.status_code for page in pages.values()} == {404}
    assert len({words(page) for page in pages.values()}) == 1
    assert CLOSED in words(pages["old"])


@pytest.mark.gate("E8")
def test_the_link_works_to_the_end_of_the_third_day(world: World, browser_for: Any) -> None:
    link = invite(browser_for(world.administrator), world.mette)
    with clock.travel(clock.now() + timedelta(hours=71, minutes=59)):
        assert choose(browser_for(), link).status_code == 303


def test_looking_does_not_use_the_link_up(world: World, browser_for: Any) -> None:
    link = invite(browser_for(world.administrator), world.mette)
    for _ in range(3):
        assert browser_for().get(link).status_code == 200
    assert choose(browser_for(), link).status_code == 303


@pytest.mark.parametrize(
    ("first", "second", "field", "said"),
    [
        ("", "", "adgangskode", "mellem 15 og 128 tegn"),
        ("fjorten tegn..", "fjorten tegn..", "adgangskode", "mellem 15 og 128 tegn"),
        ("x" * 129, "x" * 129, "adgangskode", "mellem 15 og 128 tegn"),
        ("x" * 10_000, "x" * 10_000, "adgangskode", "mellem 15 og 128 tegn"),
        (PHRASE, PHRASE + "!", "gentag", "De to adgangskoder er ikke ens."),
    ],
)
def test_an_unfit_password_is_said_at_the_field_and_the_link_still_works(
    app: Flask, world: World, browser_for: Any, first: str, second: str, field: str, said: str
) -> None:
    link = invite(browser_for(world.administrator), world.mette)
    page = choose(browser_for(), link, first, second)
    assert page.status_code == 422
    assert said in field_error(page, field)
    mette = person_of(app, "mette@test.example")
    assert mette is not None
    assert mette["password"] is None
    assert choose(browser_for(), link).status_code == 303


def test_a_new_link_for_a_forgotten_password_ends_all_other_sessions(
    app: Flask, world: World, browser_for: Any
) -> None:
    with app.app_context():
        for person_id in (world.mette, world.jonas):
            person = db.session.get(Person, person_id)
            assert person is not None
            person.password = sign_in.hash_of("den gamle adgangskode")
        db.session.commit()
    theirs, noise, admin = (browser_for(p) for p in (world.mette, world.jonas, world.administrator))
    assert "Nyt link" in words(admin.get(f"/administration/personer/{world.mette}"))
    link = invite(admin, world.mette)
    assert theirs.get("/profil").status_code == 200
    assert choose(browser_for(), link).status_code == 303
    assert theirs.get("/profil").status_code == 302
    assert noise.get("/profil").status_code == 200


def test_a_person_who_is_shut_out_gets_no_link(world: World, browser_for: Any) -> None:
    admin = browser_for(world.administrator)
    admin.send(f"/administration/personer/{world.mette}/luk")
    page = admin.send(f"/administration/personer/{world.mette}/invitation")
    assert page.status_code == 422
    assert "lukket ude" in words(page)


def test_links_for_all_who_wait_and_have_none(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        for person_id in (world.noise,):
            add_person("Ny Kasse", "ny@test.example", world.organisations["a_kasse"])
            person = db.session.get(Person, person_id)
            assert person is not None
            person.password = sign_in.hash_of(PHRASE)
        add_person("Anden Ny", "anden@test.example", world.organisations["a_kasse"])
        db.session.commit()
    admin = browser_for(world.administrator)
    home = f"/administration/organisationer/{world.organisations['a_kasse']}"
    page = admin.get(home + "/uden-adgangskode")
    assert "Mette Ærø" not in words(page)
    first = person_of(app, "anden@test.example")
    assert first is not None
    kept = invite(admin, first["id"])
    page = admin.send(home + "/invitationer")
    assert len(links_of(page)) == 1
    assert "Ny Kasse" in words(page)
    assert browser_for().get(kept).status_code == 200
    again = admin.send(home + "/invitationer")
    assert again.status_code == 303
    assert "Alle har allerede et link" in words(admin.get(again.location))
    assert "har et link, der virker til" in words(admin.get(again.location))


@pytest.mark.gate("E8")
def test_the_token_stands_in_no_log(
    app: Flask, world: World, browser_for: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    link = invite(browser_for(world.administrator), world.mette)
    choose(browser_for(), link)
    choose(browser_for(), link)
    assert link.rsplit("/", 1)[1] not in caplog.text

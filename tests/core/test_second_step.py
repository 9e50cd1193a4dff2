"""Codes from a phone behind the password: set up, asked for, used once, and taken away."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from passlib.totp import TOTP
from people import PASSWORD, World
from test_sign_in import enter, found_token, is_in, words
from web import Browser
from werkzeug.test import TestResponse

from supervision import clock
from supervision.db import db
from supervision.history import Historik
from supervision.personer.models import Kodegenerator, Noedkode, Person
from supervision.sign_in import second_step

EMAIL = "mette@test.example"


@pytest.fixture
def known(sqlite_app: Flask, sqlite_world: World, password_hash: str) -> World:
    with sqlite_app.app_context():
        db.session.get_one(Person, sqlite_world.mette).password = password_hash
        db.session.commit()
        db.session.remove()
    return sqlite_world


class Phone:
    """The app on a phone, given the key that the page shows."""

    def __init__(self, page: TestResponse) -> None:
        text = page.get_data(as_text=True)
        self.secret = re.search(r'name="hemmelighed"[^>]*value="([^"]+)"', text)
        key = re.search(r'class="code-key">([^<]+)<', text)
        assert key is not None
        self.totp = TOTP(key=key[1].replace("-", ""), format="base32")

    def code(self) -> str:
        return str(self.totp.generate(clock.now()).token)

    def fields(self, code: str | None = None) -> dict[str, str]:
        assert self.secret is not None
        return {"hemmelighed": self.secret[1], "kode": code or self.code()}


def set_up(browser: Browser) -> tuple[Phone, list[str]]:
    """Switch the codes on from the profile: the phone, and the codes on paper."""
    phone = Phone(browser.get("/profil/adgang/kode"))
    page = browser.send("/profil/adgang/kode", **phone.fields())
    assert page.status_code == 200
    return phone, re.findall(r"<li><code>([0-9a-f-]+)</code></li>", page.get_data(as_text=True))


def answer_step(browser: Browser, code: str, url: str = "/log-ind/kode") -> TestResponse:
    token = found_token(browser.get(url))
    return browser.post(url, data={"csrf_token": token, "kode": code})


def past_password(app: Flask, next: str = "") -> Browser:
    browser = Browser.signed_in(app, None)
    answer = enter(browser, EMAIL, PASSWORD, next=next)
    assert answer.location == "/log-ind/kode"
    assert not is_in(browser)
    return browser


def test_a_code_is_asked_for_after_the_password_and_opens_once(sqlite_app: Flask, known: World) -> None:
    phone, _ = set_up(Browser.signed_in(sqlite_app, known.mette))
    began = clock.now() + timedelta(minutes=2)
    with clock.travel(began):
        browser = past_password(sqlite_app, next="/hjaelp")
        wrong = answer_step(browser, "000000" if phone.code() != "000000" else "111111")
        assert wrong.status_code == 422
        assert "Koden passer ikke." in words(wrong)
        code = phone.code()
        right = answer_step(browser, f"{code[:3]} {code[3:]}")
        assert (right.status_code, right.location) == (303, "/hjaelp")
        assert is_in(browser)
        again = past_password(sqlite_app)
        assert answer_step(again, code).status_code == 422, "used up"
        assert not is_in(again)
    with clock.travel(began + timedelta(seconds=31)):
        assert answer_step(again, phone.code()).status_code == 303
    with sqlite_app.app_context():
        kept = db.session.get_one(Kodegenerator, known.mette).hemmelighed
        db.session.remove()
    assert phone.totp.base32_key not in kept


@pytest.mark.gate("E5")
@pytest.mark.planted("E5")
def test_the_check_sees_a_code_that_opens_twice(
    sqlite_app: Flask, known: World, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    phone, _ = set_up(Browser.signed_in(sqlite_app, known.mette))
    with clock.travel(clock.now() + timedelta(minutes=2)):
        assert taken_twice(sqlite_app, phone) == [True, False]
    monkeypatch.setattr(second_step.actions, "use_counter", lambda person_id, counter: True)
    real = second_step.Codes.match
    monkeypatch.setattr(
        second_step.Codes, "match", lambda self, code, secret, last=None: real(self, code, secret)
    )
    with clock.travel(clock.now() + timedelta(minutes=4)):
        assert taken_twice(sqlite_app, phone) == [True, True]
    record_property("figure", "a one-time code opened once of 2 times")


def taken_twice(app: Flask, phone: Phone) -> list[bool]:
    code = phone.code()
    return [answer_step(past_password(app), code).status_code == 303 for _ in range(2)]


@pytest.mark.wide
def test_a_code_on_paper_opens_once(sqlite_app: Flask, known: World) -> None:
    _, koder = set_up(Browser.signed_in(sqlite_app, known.mette))
    assert len(set(koder)) == 10
    first = koder[0].upper().replace("-", " ")
    assert answer_step(past_password(sqlite_app), first).status_code == 303
    assert answer_step(past_password(sqlite_app), koder[0]).status_code == 422
    inside = Browser.signed_in(sqlite_app, known.mette)
    assert "Du har 9 nødkoder tilbage." in words(inside.get("/profil/adgang"))
    inside.send("/profil/adgang/noedkoder")
    assert answer_step(past_password(sqlite_app), koder[1]).status_code == 422
    with sqlite_app.app_context():
        assert not {row.kode_hash for row in db.session.query(Noedkode)} & set(koder)
        db.session.remove()


@pytest.mark.wide
def test_codes_are_slowed_down_like_passwords(sqlite_app: Flask, known: World) -> None:
    phone, _ = set_up(Browser.signed_in(sqlite_app, known.mette))
    browser = past_password(sqlite_app)
    for _ in range(5):
        assert "Koden passer ikke." in words(answer_step(browser, "12345"))
    assert "Vent 30 sekunder" in words(answer_step(browser, phone.code()))


@pytest.mark.wide
def test_the_second_step_is_not_taken_without_the_first_nor_long_after(
    sqlite_app: Flask, known: World
) -> None:
    set_up(Browser.signed_in(sqlite_app, known.mette))
    assert Browser.signed_in(sqlite_app, None).get("/log-ind/kode").location == "/log-ind"
    assert Browser.signed_in(sqlite_app, None).get("/log-ind/kode/ny").location == "/log-ind"
    browser = past_password(sqlite_app)
    assert browser.get("/log-ind/kode/ny").location == "/log-ind", "no new phone by a password alone"
    with clock.travel(clock.now() + timedelta(minutes=11)):
        assert browser.get("/log-ind/kode").location == "/log-ind"


@pytest.mark.wide
def test_where_it_is_demanded_nobody_gets_in_by_a_password_alone(sqlite_app: Flask, known: World) -> None:
    settings = sqlite_app.extensions["settings"]
    sqlite_app.extensions["settings"] = replace(settings, second_factor=True)
    try:
        browser = Browser.signed_in(sqlite_app, None)
        assert enter(browser, EMAIL, PASSWORD).location == "/log-ind/kode/ny"
        assert not is_in(browser)
        phone = Phone(browser.get("/log-ind/kode/ny"))
        token = found_token(browser.get("/log-ind/kode/ny"))
        page = browser.post("/log-ind/kode/ny", data={"csrf_token": token, **phone.fields()})
        assert "Dine nødkoder" in words(page)
        assert is_in(browser)
        drop = browser.send("/profil/adgang/kode/fra", adgangskode=PASSWORD)
        assert "Her skal alle have et andet trin." in words(drop)
    finally:
        sqlite_app.extensions["settings"] = settings


@pytest.mark.wide
def test_taking_it_away_asks_for_a_password_that_can_stand_alone(sqlite_app: Flask, known: World) -> None:
    from supervision.sign_in import hash_of

    browser = Browser.signed_in(sqlite_app, known.mette)
    set_up(browser)
    assert "Adgangskoden passer ikke." in words(
        browser.send("/profil/adgang/kode/fra", adgangskode="forkert")
    )
    with sqlite_app.app_context():
        db.session.get_one(Person, known.mette).password = hash_of("kvæ8Zuløt")
        db.session.commit()
        db.session.remove()
    assert "for kort til at stå alene" in words(
        browser.send("/profil/adgang/kode/fra", adgangskode="kvæ8Zuløt")
    )
    with sqlite_app.app_context():
        db.session.get_one(Person, known.mette).password = hash_of(PASSWORD)
        db.session.commit()
        db.session.remove()
    assert browser.send("/profil/adgang/kode/fra", adgangskode=PASSWORD).status_code == 303
    assert enter(Browser.signed_in(sqlite_app, None), EMAIL, PASSWORD).location == "/"


def test_an_administrator_resets_a_lost_phone_and_it_is_noted(sqlite_app: Flask, known: World) -> None:
    mine = Browser.signed_in(sqlite_app, known.mette)
    set_up(mine)
    admin = Browser.signed_in(sqlite_app, known.administrator)
    url = f"/administration/personer/{known.mette}"
    assert "Nulstil andet trin" in words(admin.get(url))
    page = admin.send(f"{url}/nulstil-andet-trin")
    assert "/invitation/" in page.get_data(as_text=True)
    assert not is_in(mine)
    assert "Nulstil andet trin" not in words(admin.get(url))
    with sqlite_app.app_context():
        person = db.session.get_one(Person, known.mette)
        assert person.password is None
        noted = db.session.query(Historik).filter_by(genstand_id=known.mette)
        acts = {(row.handling, row.person_id) for row in noted}
        db.session.remove()
    assert ("nulstil_andet_trin", known.administrator) in acts
    assert ("slaa_engangskoder_til", known.mette) in acts
    assert Browser.signed_in(sqlite_app, known.jonas).send(f"{url}/nulstil-andet-trin").status_code == 404

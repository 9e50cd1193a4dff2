"""Sign-in for real: the form is filled in and sent, as a person does it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from people import PASSWORD, World
from web import Browser
from werkzeug.test import TestResponse

from supervision import sign_in
from supervision.db import db
from supervision.history import Historik
from supervision.personer.models import Person

REFUSED = "E-mail og adgangskode passer ikke sammen. Prøv igen."
NEW = "fire små blå æbler på bordet"
ENGLISH = re.compile(
    r"\b(password|sign in|login|please|invalid|required|email address|remember|submit)\b", re.I
)


@pytest.fixture
def known(app: Flask, world: World, password_hash: str) -> World:
    """Mette has a password, hashed as the product does it."""
    with app.app_context():
        person = db.session.get(Person, world.mette)
        assert person is not None
        person.password = password_hash
        db.session.commit()
        db.session.remove()
    return world


def enter(browser: Browser, email: str, password: str, next: str = "") -> TestResponse:
    url = "/log-ind"
    token = found_token(browser.get(url))
    return browser.post(url, data={"csrf_token": token, "email": email, "password": password, "next": next})


def found_token(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get_data(as_text=True))
    assert found is not None
    return found.group(1)


def words(page: TestResponse) -> str:
    """What is read on the page: its text without markup."""
    body = page.get_data(as_text=True).split("<main", 1)[1].split("</main>")[0]
    return re.sub(r"<[^>]+>", " ", body)


def is_in(browser: Browser) -> bool:
    return browser.get("/profil").status_code == 200


def change(browser: Browser, old: str, new: str, again: str | None = None) -> TestResponse:
    return browser.send(
        "/skift-adgangskode", password=old, new_password=new, new_password_confirm=again or new
    )


@pytest.mark.parametrize("email", ["mette@test.example", "  METTE@Test.Example \t"])
def test_email_and_password_open_the_door_whatever_the_case(
    browser_for: Any, known: World, email: str
) -> None:
    browser = browser_for()
    answer = enter(browser, email, PASSWORD)
    assert (answer.status_code, answer.location) == (302, "/")
    assert is_in(browser)


def test_the_hash_is_argon2_with_the_chosen_cost(app: Flask, known: World) -> None:
    with app.app_context():
        person = db.session.get(Person, known.mette)
        assert person is not None
        assert str(person.password).startswith("$argon2id$v=19$m=47104,t=1,p=1$")


def test_unknown_wrong_shut_out_and_uninvited_get_the_same_answer(
    app: Flask, browser_for: Any, known: World
) -> None:
    with app.app_context():
        shut = db.session.get(Person, known.jonas)
        assert shut is not None
        shut.password, shut.active = sign_in.hash_of(PASSWORD), False
        db.session.commit()
    tries = {
        "wrong": ("mette@test.example", "en helt anden adgangskode"),
        "unknown": ("ingen@test.example", PASSWORD),
        "shut": ("jonas@test.example", PASSWORD),
        "uninvited": ("aase@test.example", PASSWORD),
        "no email": ("mette", PASSWORD),
    }
    pages = {}
    for name, (email, password) in tries.items():
        browser = browser_for()
        answer = enter(browser, email, password)
        assert answer.status_code == 200
        assert not is_in(browser), name
        pages[name] = words(answer)
        assert pages[name].count(REFUSED) == 1, name
    assert len(set(pages.values())) == 1


def test_a_session_dies_when_the_person_is_shut_out(app: Flask, browser_for: Any, known: World) -> None:
    browser = browser_for(known.mette)
    assert is_in(browser)
    with app.app_context():
        person = db.session.get(Person, known.mette)
        assert person is not None
        person.active = False
        db.session.commit()
    assert not is_in(browser)


def test_what_is_missing_is_said(browser_for: Any, known: World) -> None:
    assert "Skriv din e-mail og din adgangskode." in words(enter(browser_for(), "", ""))
    assert "Skriv din adgangskode." in words(enter(browser_for(), "mette@test.example", ""))


@pytest.mark.parametrize("password", ["x" * 10_000, "æ\0ø", "\ud83d\ude00" * 3, "é" * 200])
def test_a_strange_password_is_answered_kindly(browser_for: Any, known: World, password: str) -> None:
    password = password.encode("utf-16", "surrogatepass").decode("utf-16")
    answer = enter(browser_for(), "mette@test.example", password)
    assert answer.status_code == 200
    assert REFUSED in words(answer)


@pytest.mark.parametrize(
    "email", ["a\0b@test.example", "x" * 5000 + "@test.example", "'; drop table person; --"]
)
def test_a_strange_email_is_answered_kindly(browser_for: Any, known: World, email: str) -> None:
    answer = enter(browser_for(), email, PASSWORD)
    assert answer.status_code == 200
    assert REFUSED in words(answer)


def test_everything_on_the_pages_is_danish(browser_for: Any, known: World) -> None:
    browser = browser_for()
    pages = [browser.get("/log-ind"), enter(browser, "mette@test.example", "forkert")]
    inside = browser_for(known.mette)
    pages += [
        inside.get("/skift-adgangskode"),
        change(inside, "forkert", NEW),
        change(inside, PASSWORD, "kort"),
        change(inside, PASSWORD, NEW, "en anden lang sætning"),
        change(inside, PASSWORD, PASSWORD),
        change(inside, "", ""),
    ]
    for page in pages:
        assert page.status_code == 200
        assert not ENGLISH.search(words(page)), words(page)


def test_going_on_to_where_one_was_headed(browser_for: Any, known: World) -> None:
    answer = enter(browser_for(), "mette@test.example", PASSWORD, next="/profil?x=1")
    assert answer.location == "/profil?x=1"


ELSEWHERE = (
    "//ond.example",
    "///ond.example",
    "/\\ond.example",
    "\\\\ond.example",
    "\\/ond.example",
    "https://ond.example/",
    "https:ond.example",
    "http:///ond.example",
    " //ond.example",
    "\t//ond.example",
    "/\t/ond.example",
    "%2f%2fond.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//localhost@ond.example",
    "https://localhost.ond.example",
    "/%09/ond.example",
    "/..//ond.example",
)


def test_nobody_is_sent_to_another_site(browser_for: Any, known: World) -> None:
    for target in ELSEWHERE:
        browser = browser_for()
        answer = enter(browser, "mette@test.example", PASSWORD, next=target)
        assert answer.status_code == 302
        assert is_in(browser)
        by_query = browser_for()
        token = found_token(by_query.get("/log-ind", query_string={"next": target}))
        fields = {"csrf_token": token, "email": "mette@test.example", "password": PASSWORD}
        for location in (
            answer.location,
            by_query.post("/log-ind", query_string={"next": target}, data=fields).location,
        ):
            assert re.match(r"/(?![/\\\t\n\r])", location) or re.match(r"[\w%-]+(?![\w%-]*:)", location), (
                location
            )
            assert not re.search(r"[\\\t\n\r]", location), location
            assert urlsplit(urljoin("http://localhost/log-ind", location)).netloc == "localhost", location


def test_sign_out_takes_a_post_with_its_token(browser_for: Any, known: World) -> None:
    browser = browser_for(known.mette)
    assert browser.get("/log-ud").status_code == 404
    assert browser.post("/log-ud").status_code == 400
    assert is_in(browser)
    answer = browser.send("/log-ud")
    assert (answer.status_code, answer.location) == (302, "/log-ind")
    assert not is_in(browser)


def test_a_new_password_signs_out_everywhere_else(app: Flask, browser_for: Any, known: World) -> None:
    here, there, noise = browser_for(known.mette), browser_for(known.mette), browser_for(known.jonas)
    answer = change(here, PASSWORD, NEW)
    assert (answer.status_code, answer.location) == (302, "/profil")
    page = here.get("/profil").get_data(as_text=True)
    assert "Din adgangskode er skiftet. Du er logget ud alle andre steder." in page
    assert "Din adgangskode blev sidst sat" in page
    assert not is_in(there)
    assert is_in(noise)
    assert not is_in_with(browser_for(), PASSWORD)
    assert is_in_with(browser_for(), NEW)
    with app.app_context():
        rows = db.session.query(Historik).filter_by(handling="skift_adgangskode").all()
        assert [(row.person_id, row.genstand_id) for row in rows] == [(known.mette, known.mette)]


def is_in_with(browser: Browser, password: str) -> bool:
    enter(browser, "mette@test.example", password)
    return is_in(browser)


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("forkert adgangskode", NEW, NEW, "Adgangskoden passer ikke."),
        (PASSWORD, "fjorten tegn..", "fjorten tegn..", "mellem 15 og 128 tegn"),
        (PASSWORD, "x" * 10_000, "x" * 10_000, "mellem 15 og 128 tegn"),
        (PASSWORD, NEW, NEW + "!", "De to adgangskoder er ikke ens."),
        (PASSWORD, PASSWORD, PASSWORD, "skal være en anden end den gamle"),
    ],
)
def test_an_unfit_change_is_said_at_the_field(
    browser_for: Any, known: World, old: str, new: str, again: str, said: str
) -> None:
    page = change(browser_for(known.mette), old, new, again)
    assert page.status_code == 200
    assert said in words(page)
    assert not is_in_with(browser_for(), new) or new == PASSWORD


def test_an_old_password_of_ten_kilobytes_is_only_wrong(browser_for: Any, known: World) -> None:
    page = change(browser_for(known.mette), "x" * 10_000, NEW)
    assert page.status_code == 200
    assert "Adgangskoden passer ikke." in words(page)


def test_there_is_no_json_door_and_no_token(browser_for: Any, known: World) -> None:
    browser = browser_for()
    token = found_token(browser.get("/log-ind"))
    answer = browser.post(
        "/log-ind?include_auth_token",
        json={"email": "mette@test.example", "password": PASSWORD},
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )
    assert "authentication_token" not in answer.get_data(as_text=True)
    assert answer.mimetype == "text/html"


def test_nothing_is_remembered_beyond_the_session(browser_for: Any, known: World) -> None:
    browser = browser_for()
    page = browser.get("/log-ind")
    assert "Husk mig" not in page.get_data(as_text=True)
    answer = browser.post(
        "/log-ind",
        data={
            "csrf_token": found_token(page),
            "email": "mette@test.example",
            "password": PASSWORD,
            "remember": "y",
        },
    )
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert "remember" not in cookie
        assert "Expires" not in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie

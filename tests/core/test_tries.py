"""Wrong passwords: how soon one waits, how long, and who does not have to wait with one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from people import PASSWORD, World
from sqlalchemy import text
from test_sign_in import found_token, words
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.personer.actions import forsoeg as counting
from supervision.personer.models import Adgangsforsoeg, Person
from supervision.personer.rules import forsoeg as rules
from supervision.sign_in import forms

WAIT = "Der er skrevet forkert for mange gange. Vent "
CLOSED = "at adgangskoden er lukket"
SQLITE_FIRST = pytest.mark.parametrize(
    "app", ["sqlite", pytest.param("postgres", marks=pytest.mark.wide)], indirect=True
)
METTE, JONAS, NOBODY = "mette@test.example", "jonas@test.example", "ingen@test.example"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried here is the counting: a password is compared as it is."""
    monkeypatch.setattr(forms, "is_right", lambda typed, kept: kept is not None and typed == PASSWORD)
    monkeypatch.setattr(forms, "is_old_fashioned", lambda kept: False)


@pytest.fixture
def known(app: Flask, world: World) -> World:
    return _with_passwords(app, world)


def _with_passwords(app: Flask, world: World) -> World:
    with app.app_context():
        for who in (world.mette, world.jonas, world.aase):
            db.session.get_one(Person, who).password = "not looked at"
        db.session.commit()
        db.session.remove()
    return world


@pytest.fixture
def sqlite_known(sqlite_app: Flask, sqlite_world: World) -> World:
    return _with_passwords(sqlite_app, sqlite_world)


class Door:
    """The sign-in page in one browser, from one address."""

    def __init__(self, app: Flask, address: str = "10.0.0.1") -> None:
        self.browser = Browser.signed_in(app, None)
        self.where = {"environ_base": {"REMOTE_ADDR": address}}
        self.token = found_token(self.browser.get("/log-ind"))

    def knock(self, email: str, password: str = "forkert") -> str:
        """ "in", "no", or the words about waiting."""
        fields = {"csrf_token": self.token, "email": email, "password": password}
        answer = self.browser.post("/log-ind", data=fields, **self.where)
        if answer.status_code == 302:
            return "in"
        said = words(answer)
        return " ".join(said[said.index("Der er skrevet") :].split()) if "Der er skrevet" in said else "no"


def waits(app: Flask, email: str, steps: int) -> list[int]:
    """How many seconds one is told to wait, time after time, when one always tries wrong as soon as one may."""
    door, at, found = Door(app), clock.now(), []
    for number in range(4):
        with clock.travel(at + timedelta(seconds=number)):
            assert door.knock(email) == "no"
    for _ in range(steps):
        with clock.travel(at + timedelta(seconds=5)):
            assert door.knock(email) == "no"
            said = door.knock(email)
        if not said.startswith(WAIT):
            return found
        number, unit = said.removeprefix(WAIT).split(",")[0].split()
        found.append(int(number) * (60 if unit.startswith("minut") else 1))
        at += timedelta(seconds=found[-1] + 1)
    return found


@SQLITE_FIRST
@pytest.mark.gate("E6")
@pytest.mark.parametrize("email", [METTE, NOBODY])
def test_the_sixth_within_a_minute_waits_and_ever_longer(
    app: Flask, known: World, email: str, record_property: Any
) -> None:
    found = waits(app, email, 7)
    assert found == [30, 60, 120, 240, 480, 900, 900]
    record_property("figure", f"after 5 wrong in 60 s: {found} seconds")


@pytest.mark.wide
@pytest.mark.planted("E6")
def test_the_check_sees_a_wait_that_does_not_grow(
    sqlite_app: Flask, sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "ventetid", lambda trin: rules.FOERSTE_VENTETID)
    assert waits(sqlite_app, METTE, 3) == [30, 30, 30]


@SQLITE_FIRST
@pytest.mark.gate("E6")
def test_only_this_account_waits_and_what_is_tried_meanwhile_does_not_count(app: Flask, known: World) -> None:
    door, began = Door(app), clock.now()
    with clock.travel(began):
        assert [door.knock(METTE) for _ in range(5)] == ["no"] * 5
        for _ in range(3):
            assert door.knock(METTE, PASSWORD).startswith(WAIT)
        assert Door(app).knock(JONAS, PASSWORD) == "in"
    with clock.travel(began + timedelta(seconds=31)):
        assert door.knock(METTE, PASSWORD) == "in"
        assert Door(app).knock(METTE) == "no", "all is forgotten"
    with app.app_context():
        assert {row.fejl for row in db.session.query(Adgangsforsoeg)} <= {0, 1}
        db.session.remove()


@pytest.mark.wide
@SQLITE_FIRST
@pytest.mark.gate("E6")
def test_five_a_minute_is_allowed_and_slow_tries_are_not_held_up(app: Flask, known: World) -> None:
    door, began = Door(app), clock.now()
    for number in range(12):
        with clock.travel(began + timedelta(seconds=16 * number)):
            assert door.knock(METTE) == "no", number


@SQLITE_FIRST
@pytest.mark.gate("E6")
def test_an_address_has_thirty_wrong_a_minute(app: Flask, known: World) -> None:
    here, there, began = Door(app), Door(app, "10.0.0.2"), clock.now()
    with clock.travel(began):
        for number in range(30):
            assert here.knock(f"nogen{number}@test.example") == "no", number
        assert here.knock("en-til@test.example").startswith(WAIT)
        assert here.knock(METTE, PASSWORD).startswith(WAIT)
        assert there.knock(METTE, PASSWORD) == "in"
    with clock.travel(began + timedelta(seconds=61)):
        assert here.knock(JONAS, PASSWORD) == "in"


@pytest.mark.wide
def test_right_ones_do_not_count_for_an_address(sqlite_app: Flask, sqlite_known: World) -> None:
    for _ in range(35):
        assert Door(sqlite_app).knock(METTE, PASSWORD) == "in"


@pytest.mark.wide
@pytest.mark.gate("E6")
def test_a_hundred_in_a_row_close_the_password_until_a_new_one_is_chosen(
    app: Flask, known: World, browser_for: Any
) -> None:
    door, began = Door(app), clock.now()
    for number in range(100):
        with clock.travel(began + timedelta(minutes=16 * number)):
            assert door.knock(METTE) == "no", number
    with clock.travel(began + timedelta(days=30)):
        assert CLOSED in Door(app).knock(METTE, PASSWORD)
        assert Door(app).knock(JONAS, PASSWORD) == "in"
    page = browser_for(known.administrator).send(f"/administration/personer/{known.mette}/invitation")
    link = page.get_data(as_text=True).split('value="http://localhost/invitation/')[1].split('"')[0]
    guest = browser_for()
    token = found_token(guest.get(f"/invitation/{link}"))
    fields = {"csrf_token": token, "adgangskode": PASSWORD, "gentag": PASSWORD}
    assert guest.post(f"/invitation/{link}", data=fields).status_code == 303
    assert Door(app).knock(METTE, PASSWORD) == "in"


def looked_at(app: Flask, monkeypatch: pytest.MonkeyPatch, at_once: int = 12) -> int:
    """How many passwords are compared when so many come at the same moment for one account."""
    seen: list[str] = []
    monkeypatch.setattr(forms, "is_right", lambda typed, kept: bool(seen.append(typed)))
    doors, start = [Door(app, f"10.1.0.{number}") for number in range(at_once)], threading.Barrier(at_once)

    def knock(door: Door) -> None:
        start.wait(10)
        door.knock(METTE)

    threads = [threading.Thread(target=knock, args=(door,)) for door in doors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(seen)


@pytest.mark.gate("E6")
def test_many_at_once_are_counted_too(app: Flask, known: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert looked_at(app, monkeypatch) == 5


@pytest.mark.wide
@pytest.mark.planted("E6")
def test_the_check_sees_a_count_that_is_not_held(
    app: Flask, known: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked up first and counted after: everybody who comes at once is let by."""
    monkeypatch.setattr(counting, "_keep", lambda *_: time.sleep(0.01))
    assert looked_at(app, monkeypatch) > 5


def waits_for_a_slow_password(app: Flask, monkeypatch: pytest.MonkeyPatch, hold: Callable[[], Any]) -> float:
    """Seconds that another person's sign-in takes while one password is being compared for a second."""
    begun = threading.Event()

    def slow(typed: str, kept: str | None) -> bool:
        if typed == "langsom":
            hold()
            begun.set()
            time.sleep(1.0)
        return typed == PASSWORD

    monkeypatch.setattr(forms, "is_right", slow)
    first, second = Door(app), Door(app, "10.0.0.9")
    thread = threading.Thread(target=lambda: first.knock(METTE, "langsom"))
    thread.start()
    assert begun.wait(5)
    began = time.monotonic()
    assert second.knock(JONAS, PASSWORD) == "in"
    took = time.monotonic() - began
    thread.join()
    return took


@pytest.mark.wide
@pytest.mark.gate("E6")
def test_nobody_waits_while_another_password_is_compared(
    sqlite_app: Flask, sqlite_known: World, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    took = waits_for_a_slow_password(sqlite_app, monkeypatch, lambda: None)
    assert took < 0.8
    record_property("figure", f"another account signs in in {took * 1000:.0f} ms meanwhile")


@pytest.mark.wide
@pytest.mark.planted("E6")
def test_the_check_sees_a_lock_that_is_held_meanwhile(
    sqlite_app: Flask, sqlite_known: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = lambda: db.session.execute(text("SELECT 1"))  # noqa: E731 - on SQLite a POST takes the lock with it
    assert waits_for_a_slow_password(sqlite_app, monkeypatch, held) > 0.8


@pytest.mark.wide
@pytest.mark.gate("E6")
@pytest.mark.parametrize("url", ["/kalender/{}.ics", "/o/{}", "/invitation/{}"])
def test_secret_addresses_cannot_be_guessed_at(sqlite_app: Flask, sqlite_world: World, url: str) -> None:
    browser = Browser.signed_in(sqlite_app, None)
    statuses = [browser.get(url.format(f"{number:040d}")).status_code for number in range(31)]
    assert statuses == [404] * 30 + [429]
    refused = browser.get(url.format("x" * 40))
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    elsewhere = browser.get(url.format("x" * 40), environ_base={"REMOTE_ADDR": "10.9.9.9"})
    assert elsewhere.status_code == 404
    assert browser.get("/log-ind").status_code == 200

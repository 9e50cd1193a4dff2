"""Sessions that the server ends: no copy of a cookie outlives them, and they end when they should."""

from __future__ import annotations

import base64
import re
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask_security.core import _user_loader as loader_without_sessions
from installation import settings_for
from people import PASSWORD, World, make_world
from sqlalchemy import text
from test_sign_in import NEW, change, enter, is_in
from web import Browser

from supervision import clock, create_app
from supervision.config import Settings
from supervision.db import db
from supervision.personer.actions import people
from supervision.personer.models import Indlogning, Person
from supervision.personer.rules import indlogning as rules
from supervision.problems import SettingsProblem
from supervision.sign_in import sessions

IDLE = {"mette": 30, "administrator": 15}


@pytest.fixture
def known(app: Flask, world: World, password_hash: str) -> World:
    """Mette has a password."""
    with app.app_context():
        db.session.get_one(Person, world.mette).password = password_hash
        db.session.commit()
        db.session.remove()
    return world


def copy_of(browser: Browser) -> Browser:
    """Another browser with the same cookie, as a thief has it."""
    name = browser.application.config["SESSION_COOKIE_NAME"]
    cookie, thief = browser.get_cookie(name), Browser.signed_in(browser.application, None)
    assert cookie is not None
    thief.set_cookie(name, cookie.value)
    return thief


def secret_of(browser: Browser) -> str:
    with browser.session_transaction() as session:
        return str(session[sessions.KEY])


def endings(app: Flask, world: World) -> dict[str, Callable[[Browser], object]]:
    """What ends the session of mette's browser."""
    admin = Browser.signed_in(app, world.administrator)
    other = lambda: Browser.signed_in(app, world.mette)  # noqa: E731
    person = f"/administration/personer/{world.mette}"
    role = {"rolle": "supervisor", "organisation": str(world.organisations["a_kasse"])}
    today = {"fra": clock.today().isoformat()}
    return {
        "sign-out": lambda mine: mine.send("/log-ud"),
        "another role": lambda mine: admin.send(f"{person}/roller/ny", **role, **today),
        "closed from a list": lambda mine: other().send("/profil/adgang/luk-andre"),
        "another password": lambda mine: change(other(), PASSWORD, NEW),
        "another password of its own": lambda mine: change(mine, NEW, "en helt anden lang sætning"),
        "shut out": lambda mine: admin.send(f"{person}/luk"),
    }


def accepted_replays(app: Flask, world: World) -> list[str]:
    """The endings after which an old cookie still opens a door."""
    found = []
    for name, end in endings(app, world).items():
        mine = Browser.signed_in(app, world.mette)
        thief = copy_of(mine)
        assert is_in(thief), f"before: {name}"
        end(mine)
        if is_in(thief):
            found.append(name)
    return found


SQLITE_FIRST = pytest.mark.parametrize(
    "app", ["sqlite", pytest.param("postgres", marks=pytest.mark.wide)], indirect=True
)


@SQLITE_FIRST
@pytest.mark.gate("E4")
def test_no_old_cookie_is_taken_after_the_session_ended(
    app: Flask, known: World, record_property: Any
) -> None:
    assert accepted_replays(app, known) == []
    record_property("figure", f"0 replays accepted after {len(endings(app, known))} ways to end a session")


@pytest.mark.planted("E4")
def test_the_check_sees_a_sign_out_that_only_clears_the_cookie(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    manager: Any = sqlite_app.login_manager  # type: ignore[attr-defined]
    own = manager._user_callback
    manager.user_loader(loader_without_sessions)
    try:
        mine = Browser.signed_in(sqlite_app, sqlite_world.mette)
        thief = copy_of(mine)
        mine.send("/log-ud")
        assert is_in(thief)
    finally:
        manager.user_loader(own)


@SQLITE_FIRST
@pytest.mark.gate("E4")
def test_a_new_secret_of_256_bits_at_sign_in_and_at_another_role(app: Flask, known: World) -> None:
    browser = Browser.signed_in(app, None)
    browser.get("/log-ind")
    enter(browser, "mette@test.example", PASSWORD)
    first = secret_of(browser)
    browser.send("/log-ud")
    enter(browser, "mette@test.example", PASSWORD)
    second = secret_of(browser)
    assert first != second
    assert len(base64.urlsafe_b64decode(second + "==")) == 32
    assert stored(app, second) == []

    admin = Browser.signed_in(app, known.administrator)
    before, thief = secret_of(admin), copy_of(admin)
    fields = {"rolle": "supervisor", "organisation": str(known.organisations["a_kasse"])}
    url = f"/administration/personer/{known.administrator}/roller/ny"
    assert admin.send(url, fra=clock.today().isoformat(), **fields).status_code == 303
    assert is_in(admin)
    assert secret_of(admin) != before
    assert not is_in(thief)


def stored(app: Flask, secret: str) -> list[str]:
    """The tables in which this secret stands as it is."""
    with app.app_context():
        found = [
            table.name
            for table in db.metadata.sorted_tables
            for row in db.session.execute(table.select())
            if secret in "|".join(map(str, row))
        ]
        db.session.remove()
    return found


def ends_after(app: Flask, person_id: UUID, minutes: list[int]) -> int | None:
    """The first of these minutes (one request at each) at which the person is signed out."""
    browser, began = Browser.signed_in(app, person_id, ages=True), clock.now()
    for minute in minutes:
        with clock.travel(began + timedelta(minutes=minute)):
            if not is_in(browser):
                return minute
    return None


@pytest.mark.wide
@pytest.mark.gate("E4")
@pytest.mark.parametrize("who", list(IDLE))
def test_quiet_ends_it_and_so_do_twelve_hours(sqlite_app: Flask, sqlite_world: World, who: str) -> None:
    person, idle = sqlite_world.people[who], IDLE[who]
    assert ends_after(sqlite_app, person, [idle - 1, 2 * idle - 2]) is None, "seen in between"
    assert ends_after(sqlite_app, person, [idle + 1]) == idle + 1
    busy = list(range(idle - 2, 12 * 60, idle - 2))
    assert ends_after(sqlite_app, person, [*busy, 12 * 60 - 1, 12 * 60 + 1]) == 12 * 60 + 1


@pytest.mark.wide
@pytest.mark.planted("E4")
def test_the_check_sees_a_session_that_never_ends(
    sqlite_app: Flask, sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "er_aaben", lambda indlogning, now: True)
    assert ends_after(sqlite_app, sqlite_world.mette, [31, 12 * 60 + 1]) is None


def test_reading_writes_at_most_when_one_was_seen_and_only_once_a_minute(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    browser = Browser.signed_in(sqlite_app, sqlite_world.mette, ages=True)
    began, before = clock.now(), rows_but_last_seen(sqlite_app)
    seen = [last_seen(sqlite_app)]
    for seconds, url in (
        (30, "/profil"),
        (59, "/"),
        (90, "/api/indlogning"),
        (95, "/profil"),
        (140, "/profil"),
    ):
        with clock.travel(began + timedelta(seconds=seconds)):
            assert browser.get(url).status_code == 200
        seen.append(last_seen(sqlite_app))
    assert [seen[n] == seen[n - 1] for n in range(1, 6)] == [True, True, True, False, True]
    assert rows_but_last_seen(sqlite_app) == before


def last_seen(app: Flask) -> datetime:
    with app.app_context():
        found = db.session.query(Indlogning.set_at).scalar()
        db.session.remove()
    return found  # type: ignore[no-any-return]


def rows_but_last_seen(app: Flask) -> list[Any]:
    with app.app_context():
        found = [
            tuple(value for key, value in row._mapping.items() if key != "set_at")
            for table in db.metadata.sorted_tables
            for row in db.session.execute(table.select())
        ]
        db.session.remove()
    return found


@pytest.mark.wide
def test_a_page_is_read_also_while_somebody_else_writes(sqlite_app: Flask, sqlite_world: World) -> None:
    browser = Browser.signed_in(sqlite_app, sqlite_world.mette, ages=True)
    taken, done = threading.Event(), threading.Event()

    def write_for_long() -> None:
        with sqlite_app.app_context(), db.engine.begin() as connection:
            connection.execute(text("UPDATE team SET navn = navn"))
            taken.set()
            done.wait(10)

    writer = threading.Thread(target=write_for_long)
    writer.start()
    taken.wait(5)
    began = time.monotonic()
    with clock.travel(clock.now() + timedelta(minutes=5)):
        assert is_in(browser)
    assert time.monotonic() - began < 3
    done.set()
    writer.join()


def test_where_one_is_signed_in_is_shown_and_can_be_ended(sqlite_app: Flask, sqlite_world: World) -> None:
    here, there, third = (Browser.signed_in(sqlite_app, sqlite_world.mette) for _ in range(3))
    noise = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    page = here.get("/profil/adgang").get_data(as_text=True)
    assert page.count("Chrome på Linux</h3>") + page.count("Chrome på Linux <") == 3
    doors = re.findall(r'action="(/profil/adgang/[0-9a-f-]{36}/luk)"', page)
    assert len(doors) == 2
    assert noise.send(doors[0]).status_code == 404
    assert here.send(doors[0]).status_code == 303
    assert sorted([is_in(there), is_in(third)]) == [False, True]
    assert here.send("/profil/adgang/luk-andre").status_code == 303
    assert [is_in(there), is_in(third), is_in(here), is_in(noise)] == [False, False, True, True]


def test_how_long_is_left_and_going_on(sqlite_app: Flask, sqlite_world: World) -> None:
    browser, began = Browser.signed_in(sqlite_app, sqlite_world.mette, ages=True), clock.now()
    with clock.travel(began + timedelta(minutes=28)):
        assert browser.get("/api/indlogning").json["rest_s"] in range(100, 121)  # type: ignore[index]
        assert browser.send_json("/api/indlogning", {}).json["rest_s"] in range(1790, 1801)  # type: ignore[index]
    with clock.travel(began + timedelta(hours=12, seconds=-60)):
        assert browser.get("/api/indlogning").status_code == 401


@pytest.mark.parametrize(
    ("words", "enhed"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) … Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge på Windows",
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) … Version/18.0 Mobile Safari/604.1",
            "Safari på iPad",
        ),
        ("Mozilla/5.0 (Linux; Android 15) … Chrome/140.0 Mobile Safari/537.36", "Chrome på Android"),
        ("<script>alert(1)</script>", "En ukendt enhed"),
        ("", "En ukendt enhed"),
    ],
)
def test_a_device_is_named_in_plain_words(words: str, enhed: str) -> None:
    assert rules.enhed(words) == enhed


@pytest.mark.wide
@pytest.mark.gate("E4")
def test_over_https_the_cookie_is_bound_to_the_host(
    tmp_path: Path, migrated_sqlite: Path, password_hash: str
) -> None:
    app = create_app(replace(settings_for(tmp_path), cookie_secure=True))
    shutil.copy(migrated_sqlite, tmp_path / "supervision.db")
    with app.app_context():
        make_world(password_hash)
        db.session.commit()
        db.session.remove()
    browser = Browser.signed_in(app, None)
    https = {"base_url": "https://localhost"}
    page = browser.get("/log-ind", **https).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    fields = {"csrf_token": token[1], "email": "mette@test.example", "password": PASSWORD}
    answer = browser.post("/log-ind", data=fields, headers={"Referer": "https://localhost/log-ind"}, **https)
    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, *marks = (part.strip() for part in cookie.split(";"))
    assert name.startswith("__Host-supervision=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(marks)
    assert not [mark for mark in marks if mark.startswith(("Domain", "Expires", "Max-Age"))]
    assert browser.get("/profil", **https).status_code == 200
    with app.app_context():
        db.engine.dispose()


def test_an_address_of_https_makes_the_cookie_secure(tmp_path: Path) -> None:
    def secure(**given: str) -> bool:
        return Settings.from_environment(tmp_path, given).cookie_secure

    assert secure(PUBLIC_URL="https://feedback.example.dk")
    assert not secure(PUBLIC_URL="http://127.0.0.1:8000")
    assert not secure()
    assert secure(COOKIE_SECURE="ja")
    with pytest.raises(SettingsProblem, match="COOKIE_SECURE kan ikke være nej"):
        secure(PUBLIC_URL="https://feedback.example.dk", COOKIE_SECURE="nej")


def test_shutting_out_leaves_no_session_behind(sqlite_app: Flask, sqlite_world: World) -> None:
    Browser.signed_in(sqlite_app, sqlite_world.mette)
    with sqlite_app.app_context():
        mette = db.session.get_one(Person, sqlite_world.mette)
        people.deactivate(mette, by=db.session.get_one(Person, sqlite_world.administrator))
        assert db.session.query(Indlogning).count() == 0
        db.session.rollback()
        db.session.remove()

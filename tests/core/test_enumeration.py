"""Nobody learns by an answer, its size or its time who has an account."""

from __future__ import annotations

import re
from itertools import combinations
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from flask import Flask
from people import World
from test_sign_in import found_token
from web import Browser

from supervision.db import db
from supervision.personer.models import Person
from supervision.personer.rules import forsoeg
from supervision.sign_in import forms, passwords

ROUNDS = 67
"""Times three kinds: 200 tries."""
APART_MS = 50


@pytest.fixture
def three_kinds(sqlite_app: Flask, sqlite_world: World, password_hash: str) -> dict[str, str]:
    """The e-mails of somebody, of somebody shut out, and of nobody; all as long as each other."""
    with sqlite_app.app_context():
        for who in (sqlite_world.mette, sqlite_world.jonas):
            db.session.get_one(Person, who).password = password_hash
        db.session.get_one(Person, sqlite_world.jonas).active = False
        db.session.commit()
        db.session.remove()
    return {"known": "mette@test.example", "shut out": "jonas@test.example", "unknown": "nobod@test.example"}


def tries(app: Flask, emails: dict[str, str], rounds: int) -> dict[str, list[tuple[int, int, float]]]:
    """(status, length without what is typed and the token, ms) of wrong passwords, the kinds in turn."""
    found: dict[str, list[tuple[int, int, float]]] = {name: [] for name in emails}
    browser = Browser.signed_in(app, None)
    token = found_token(browser.get("/log-ind"))
    for _ in range(rounds):
        for name, email in emails.items():
            fields = {"csrf_token": token, "email": email, "password": "en forkert adgangskode"}
            began = perf_counter()
            answer = browser.post("/log-ind", data=fields)
            took = (perf_counter() - began) * 1000
            page = re.sub(r'name="csrf_token"[^>]*>', "", answer.get_data(as_text=True)).replace(email, "")
            found[name].append((answer.status_code, len(page), took))
    return found


def apart_ms(found: dict[str, list[tuple[int, int, float]]]) -> float:
    """The median of how much longer one kind took than another in the same round, for the two furthest apart."""
    times = [[took for _, _, took in answers] for answers in found.values()]
    return max(
        abs(median(one - other for one, other in zip(first, second, strict=True)))
        for first, second in combinations(times, 2)
    )


def without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The counting goes on, but nobody has to wait."""
    monkeypatch.setattr(forsoeg, "afvist_konto", lambda stand, now: None)
    monkeypatch.setattr(forsoeg, "afvist_adresse", lambda stand, now: None)


@pytest.mark.wide
@pytest.mark.timeout(300)
@pytest.mark.gate("E7")
def test_known_unknown_and_shut_out_answer_alike_and_as_fast(
    sqlite_app: Flask, three_kinds: dict[str, str], monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    without_limits(monkeypatch)
    found = tries(sqlite_app, three_kinds, ROUNDS)
    assert len({answer[:2] for answers in found.values() for answer in answers}) == 1
    assert apart_ms(found) < APART_MS
    record_property("figure", f"medians {apart_ms(found):.1f} ms apart over {3 * ROUNDS} tries, lengths ±0")


@pytest.mark.wide
@pytest.mark.planted("E7")
def test_the_check_sees_a_password_that_is_looked_at_only_when_there_is_one(
    sqlite_app: Flask, three_kinds: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_limits(monkeypatch)
    monkeypatch.setattr(
        forms, "is_right", lambda typed, kept: kept is not None and passwords.is_right(typed, kept)
    )
    assert apart_ms(tries(sqlite_app, three_kinds, 7)) > APART_MS


@pytest.mark.wide
@pytest.mark.gate("E7")
def test_waiting_is_told_alike(sqlite_app: Flask, three_kinds: dict[str, str], monkeypatch: Any) -> None:
    monkeypatch.setattr(forms, "is_right", lambda typed, kept: False)
    found = {}
    for name, email in three_kinds.items():
        with sqlite_app.app_context():
            db.session.execute(db.metadata.tables["adgangsforsoeg"].delete())
            db.session.commit()
        answers = tries(sqlite_app, {name: email}, 6)[name]
        found[name] = [answer[:2] for answer in answers]
    assert found["known"][4] != found["known"][5], "the sixth is told to wait"
    assert found["known"] == found["unknown"] == found["shut out"]


@pytest.mark.gate("E7")
def test_secret_addresses_that_were_used_and_that_never_were_answer_alike(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    admin, guest = (
        Browser.signed_in(sqlite_app, sqlite_world.administrator),
        Browser.signed_in(sqlite_app, None),
    )
    page = admin.send(f"/administration/personer/{sqlite_world.mette}/invitation").get_data(as_text=True)
    old = page.split('value="http://localhost/invitation/')[1].split('"')[0]
    admin.send(f"/administration/personer/{sqlite_world.mette}/invitation")
    answers = [guest.get(f"/invitation/{token}") for token in (old, "x" * len(old))]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].get_data() == answers[1].get_data()

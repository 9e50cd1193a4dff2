"""Addresses that are secrets: enough chance in them, only their sums kept, they end, and nobody is told of them."""

from __future__ import annotations

import logging
import math
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from agreed import add_kontrakt
from crawling import Quick
from flask import Flask
from people import PASSWORD, World
from road import person

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.headers import SECRET_ADDRESSES
from supervision.observationer.actions import devices
from supervision.personer.actions import beskeder, invitations
from supervision.personer.models import Person

BITS = 128
URL_SAFE = 64


@pytest.fixture
def secrets(sqlite_app: Flask, sqlite_world: World) -> dict[str, tuple[str, float]]:
    """Kind -> (address, bits of chance in its secret). Made by the product's own actions, stored."""
    with sqlite_app.app_context():
        jonas, administrator = person(sqlite_world.jonas), person(sqlite_world.administrator)
        invited = invitations.invite(jonas, by=administrator)
        calendar = beskeder.make_kalenderlink(by=jonas)
        kontrakt = db.session.get_one(FeedbackKontrakt, add_kontrakt(sqlite_world))
        _, code = devices.make_link(kontrakt=kontrakt, by=jonas)
        db.session.commit()
        db.session.remove()
    return {
        "invitation": (f"/invitation/{invited}", len(invited) * math.log2(URL_SAFE)),
        "kalender": (f"/kalender/{calendar}.ics", len(calendar) * math.log2(URL_SAFE)),
        "enhed": (f"/o/{code}", devices.CODE_LENGTH * math.log2(len(set(devices.ALPHABET)))),
    }


def secret_of(address: str) -> str:
    return address.rsplit("/", 1)[1].removesuffix(".ics")


def found_on_disk(app: Flask, secret: str) -> list[str]:
    """The files of the installation in which these words stand."""
    needles = {secret.encode(), secret.replace("-", "").encode()}
    return [
        path.name
        for path in Path(app.instance_path).rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


@pytest.mark.gate("E8")
def test_a_secret_is_long_kept_as_a_sum_and_told_to_nobody(
    sqlite_app: Flask,
    secrets: dict[str, tuple[str, float]],
    caplog: pytest.LogCaptureFixture,
    record_property: Any,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name, (address, bits) in secrets.items():
        assert bits >= BITS, name
        answer = Quick.signed_in(sqlite_app, None).get(address)
        assert answer.status_code == 200, name
        assert answer.headers["Referrer-Policy"] == "strict-origin", name
        assert found_on_disk(sqlite_app, secret_of(address)) == [], name
        assert secret_of(address) not in caplog.text, name
    assert len(SECRET_ADDRESSES) == len([e for e in sqlite_app.view_functions if e in SECRET_ADDRESSES])
    record_property(
        "figure",
        f"{len(secrets)} kinds of secret address, the shortest {min(bits for _, bits in secrets.values()):.0f} bits:"
        " 0 in the files, logs or Referer",
    )


@pytest.mark.gate("E8")
@pytest.mark.planted("E8")
def test_a_secret_kept_as_it_is_would_be_found(
    sqlite_app: Flask, sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check on a broken product: what is kept of a token is the token."""
    monkeypatch.setattr(beskeder, "hash_of_token", lambda token: token.ljust(64, "x"))
    with sqlite_app.app_context():
        token = beskeder.make_kalenderlink(by=person(sqlite_world.jonas))
        db.session.commit()
        db.session.remove()
    assert found_on_disk(sqlite_app, token) != []


@pytest.mark.gate("E8")
def test_each_ends_when_it_should(
    sqlite_app: Flask, sqlite_world: World, secrets: dict[str, tuple[str, float]], record_property: Any
) -> None:
    nobody = Quick.signed_in(sqlite_app, None)
    lives = {"enhed": timedelta(minutes=10), "invitation": timedelta(hours=72)}
    now = clock.now()
    for name, life in lives.items():
        for late, status in ((-timedelta(seconds=20), 200), (timedelta(), 404)):
            with clock.travel(now + life + late):
                assert nobody.get(secrets[name][0]).status_code == status, (name, late)
    with sqlite_app.app_context():
        jonas = db.session.get_one(Person, sqlite_world.jonas)
        beskeder.close_kalenderlink(jonas, by=jonas)
        db.session.commit()
        db.session.remove()
    assert nobody.get(secrets["kalender"][0]).status_code == 404
    record_property(
        "figure",
        "a code for another device ends after 10 min, an invitation after 72 h, a calendar when closed",
    )


def elsewhere() -> list[str]:
    """200 addresses to go on to after the sign-in that lead away, or try to."""
    hosts = (
        "ond.example",
        "localhost.ond.example",
        "ond.example:80",
        "127.1.1.1",
        "[::1]",
        "ønd.example",
        "ond.example%00",
        "a@ond.example",
    )
    ways = (
        "http://{}", "https://{}/", "//{}", "///{}", "////{}", "/\\{}", "\\\\{}", "\\/{}", "/\t/{}",
        "/\n/{}", "/%09/{}", "/%2f{}",
        "/%5c{}", "http:{}", "http:/{}", "https:///{}", "hTTp://{}", " //{}", "\t//{}", "\x01//{}",
        "//\u3002{}", "/.//{}", "/..//{}",
        "ftp://{}", "//{}/log-ind",
    )  # fmt: skip
    scripts = ("javascript:alert(1)//{}", "data:text/html,{}", "vbscript:{}")
    return [way.format(host) for way in (*ways, *scripts) for host in hosts][:200]


def leads_away(location: str) -> bool:
    """Whether a browser on our page would end up somewhere else: as the URL standard reads it, not as Python does."""
    seen = location.strip("".join(map(chr, range(33)))).replace("\t", "").replace("\n", "").replace("\r", "")
    seen = seen.replace("\\", "/")
    scheme = seen.split(":", 1)[0].isalpha() and ":" in seen.split("/", 1)[0]
    return seen.startswith("//") or (scheme and not seen.startswith("http://localhost/"))


@pytest.mark.wide
@pytest.mark.gate("E8b")
def test_no_sign_in_leads_to_another_site(
    sqlite_app: Flask,
    sqlite_world: World,
    password_hash: str,
    record_property: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with sqlite_app.app_context():
        db.session.get_one(Person, sqlite_world.mette).password = password_hash
        db.session.commit()
        db.session.remove()
    monkeypatch.setattr("flask_security.forms.verify_and_update_password", lambda *_: True, raising=False)
    monkeypatch.setattr(Person, "verify_and_update_password", lambda *_: True, raising=False)
    led = list[str]()
    for target in elsewhere():
        browser = Quick.signed_in(sqlite_app, None)
        fields = {"email": "mette@test.example", "password": PASSWORD, "next": target}
        answer = browser.send("/log-ind", **fields)
        assert answer.status_code == 302, target
        led.append(answer.location)
        again = browser.get("/log-ind", query_string={"next": target})
        led.append(again.location or "/")
    assert [location for location in led if leads_away(location)] == []
    assert sum(map(leads_away, elsewhere())) > 120, "the check knows an address that leads away"
    record_property("figure", f"{len(elsewhere())} payloads, each signing in and signed in: 0 led away")

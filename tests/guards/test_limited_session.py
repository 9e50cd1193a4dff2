"""A device that was opened by a link gets an answer from the recorder of its kontrakt, and from nothing else.

Every address is knocked on, whatever it is; what answers must be named in the matrix (`enhed: true`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from agreed import add_kontrakt
from flask import Flask
from flask.testing import FlaskClient
from people import World, make_world
from test_viewpoints import build, fill
from web import Browser
from werkzeug.routing import Rule as Address

from supervision.access import DEVICE_MARK, matrix
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer.actions import devices
from supervision.personer.models import Person

ONLY = "Denne enhed er kun åben til optageren"
LAST = ("security.login", "security.logout")
ALLOWED = {"kontrakt_id", "token", "filename"}
"""What may stand in an address that is open to a limited session; the gate knows no other object."""


@dataclass
class Opened:
    """Jonas' device, opened for one kontrakt of his; and another of his kontrakter."""

    client: FlaskClient
    values: dict[str, Any]
    kontrakt_id: UUID
    other_id: UUID


@pytest.fixture
def opened(sqlite_app: Flask) -> Opened:
    with sqlite_app.app_context():
        world: World = make_world()
        values = fill(world)
        kontrakt_id, other_id = add_kontrakt(world), values["kontrakt_id"]
        kontrakt, jonas = db.session.get(FeedbackKontrakt, kontrakt_id), db.session.get(Person, world.jonas)
        assert kontrakt is not None
        assert jonas is not None
        link, _ = devices.make_link(kontrakt=kontrakt, by=jonas)
        devices.use_link(link=link)
        link_id = link.id
        db.session.commit()
        db.session.remove()
    with Browser.signed_in(sqlite_app, world.jonas).session_transaction() as session:
        signed_in = dict(session)
    client = sqlite_app.test_client()
    with client.session_transaction() as session:
        session.update(signed_in)
        session[DEVICE_MARK] = {"kontrakt": str(kontrakt_id), "link": str(link_id)}
    values |= {"token": "x" * 28, "filename": "css/app.css", "kontrakt_id": kontrakt_id}
    return Opened(client, values, kontrakt_id, other_id)


def knocks(app: Flask, values: dict[str, Any]) -> Iterator[tuple[Address, str, str]]:
    """(address, method, url) of everything that can be asked for. Signing in and out comes last: it ends sessions."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint in LAST, str(rule)))
    for rule in rules:
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule, method, build(app, rule, values)


def answers(client: FlaskClient, method: str, url: str, token: str = "") -> bool:
    """Whether something else came back than the word that only the recorder is open."""
    if url.startswith("/api/"):
        sent: dict[str, Any] = {} if method == "GET" else {"json": {}, "headers": {"X-Supervision": "1"}}
        return client.open(url, method=method, **sent).status_code != 401
    return client.open(url, method=method, data={"csrf_token": token}).status_code != 403


@pytest.mark.gate("A2")
def test_a_limited_session_is_answered_by_what_the_matrix_opens_and_nothing_else(
    sqlite_app: Flask, opened: Opened
) -> None:
    page = opened.client.get("/log-ind").get_data(as_text=True)
    token = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    wrong = [
        f"{method} {url}"
        for rule, method, url in knocks(sqlite_app, opened.values)
        if answers(opened.client, method, url, token) != matrix()[rule.endpoint].enhed
    ]
    assert wrong == []


def test_another_kontrakt_of_the_same_person_is_closed(sqlite_app: Flask, opened: Opened) -> None:
    other = opened.values | {"kontrakt_id": opened.other_id}
    wrong = [
        f"{method} {url}"
        for rule, method, url in knocks(sqlite_app, other)
        if "kontrakt_id" in rule.arguments and answers(opened.client, method, url)
    ]
    assert wrong == []
    shown = opened.client.get("/samtaler").get_data(as_text=True)
    assert ONLY in shown
    assert f'href="/optager/{opened.kontrakt_id}"' in shown
    assert 'href="/log-ind?next=/samtaler"' in shown
    assert "Hovedmenu" not in shown


def test_no_other_object_stands_in_an_open_address(sqlite_app: Flask) -> None:
    for rule in sqlite_app.url_map.iter_rules():
        if matrix()[rule.endpoint].enhed:
            assert rule.arguments <= ALLOWED, (
                f"{rule.endpoint} is open to a device, but the gate cannot hold it"
            )


def test_the_walk_sees_a_mark_that_is_ignored(sqlite_app: Flask, opened: Opened) -> None:
    """The same person without the mark is answered behind every kind of door: the walk above is not blind."""
    with opened.client.session_transaction() as session:
        del session[DEVICE_MARK]
    doors = {"personer.profil", "personer.hjaelp", "feedback.samtaler", "observationer.observation"}
    answered = {
        rule.endpoint
        for rule, method, url in knocks(sqlite_app, opened.values)
        if rule.endpoint in doors and answers(opened.client, method, url)
    }
    assert answered == doors

"""The running log holds ids, numbers and words of closed sets; not a word that anybody wrote gets in (C8b)."""

from __future__ import annotations

import ast
import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, request
from people import World
from road import walk
from web import Browser

from supervision import HOUSE, error_pages
from supervision.db import db
from supervision.drift import events
from supervision.drift.events import Lines, NotForTheLog, log_event
from supervision.personer.models import Person

CANARIES = ("kanarie-", "010203", "Ærø", "@test.example", "kaktus")
"""What stands in the texts, numbers, names, e-mails and addresses of the road below."""
LOGS = re.compile(
    r"(?<![.\w])print\(|\blog(ging|ger)?\b.*\.(debug|info|warning|error|exception|critical|log)\("
)
"""What a module of ours would log by, past `log_event`."""


@contextmanager
def written() -> Iterator[list[str]]:
    """Every line that comes out of the process's log, at its most talkative."""
    lines: list[str] = []

    class Kept(Lines):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    root, kept = logging.getLogger(), Kept()
    levels = {name: logging.getLogger(name).level for name in ("", "supervision", "sqlalchemy", "werkzeug")}
    root.addHandler(kept)
    for name in levels:
        logging.getLogger(name or None).setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(kept)
        for name, level in levels.items():
            logging.getLogger(name or None).setLevel(level)


def the_road(app: Flask, world: World) -> None:
    """Pages, forms that are refused and taken, searches, JSON, what is missing, and a fault in the middle of it."""
    with app.app_context():
        ids = dict(walk(world).ids)
        db.session.commit()
        db.session.remove()
    mette, jonas = Browser.signed_in(app, world.mette), Browser.signed_in(app, world.jonas)
    for browser in (mette, jonas):
        for url in (
            "/",
            "/samtaler",
            f"/feedback/{ids['feedback_id']}",
            f"/observationer/{ids['observation_id']}",
            "/logbog?soeg=kanarie-soegt",
            "/findes-ikke/kaktus?navn=Mette+%C3%86r%C3%B8",
            f"/api/kontrakter/{ids['kontrakt_id']}/haendelser",
        ):
            browser.get(url)
    mette.send("/logbog/ny", proevet="kanarie-logbog 010203-0405", skete="kaktus")
    mette.send("/logbog/ny", proevet="kanarie-logbog", skete="Mette Ærø")
    mette.send(f"/feedback/{ids['feedback_id']}/tak", tak="kanarie-tak")
    jonas.send_json(f"/api/kontrakter/{ids['kontrakt_id']}/haendelser", {"haendelser": "kanarie-json"})
    nobody = Browser.signed_in(app, None)
    nobody.send("/log-ind", email="mette@test.example", password="kanarie-adgangskode")
    admin = Browser.signed_in(app, world.administrator)
    admin.get("/administration/personer?q=mette@test.example")
    a_fault(app)


def a_fault(app: Flask) -> None:
    """An error that nobody foresaw, and a library that logs what it was given."""
    with app.test_request_context("/kaktus?kanarie-spoerg=1"):
        try:
            raise ValueError("kanarie-fejl hos Mette Ærø, 010203-0405")
        except ValueError as problem:
            app.config["TESTING"] = False
            error_pages._unforeseen(problem)
        logging.getLogger("et.fremmed.bibliotek").error("kanarie-fremmed: %s", request.args)


def found_in(lines: list[str]) -> list[str]:
    """The canaries that stand there, as they are or as JSON writes them."""
    text = "\n".join(lines)
    return [canary for canary in CANARIES if canary in text or json.dumps(canary)[1:-1] in text]


@pytest.mark.gate("C8b")
def test_not_a_word_that_anybody_wrote_gets_into_the_log(
    sqlite_app: Flask, sqlite_world: World, record_property: Callable[[str, str], None]
) -> None:
    with written() as lines:
        the_road(sqlite_app, sqlite_world)
    asked = [json.loads(line) for line in lines]
    assert found_in(lines) == []
    assert {"kald", "uventet_fejl", "andet"} <= {line["event"] for line in asked}
    known = {"tid", "niveau", "event", "hvor", "linjer", *events.FIELDS}
    assert {key for line in asked for key in line} <= known
    people = {line["person"] for line in asked if "person" in line}
    assert {str(sqlite_world.mette), str(sqlite_world.jonas)} <= people
    (fault,) = [line for line in asked if line["event"] == "uventet_fejl"]
    assert fault["fejl"] == "ValueError"
    record_property("figure", f"0 of {len(CANARIES)} canaries in {len(lines)} log lines")


@pytest.mark.gate("C8b")
@pytest.mark.parametrize("bug", ["plain", "fields"])
@pytest.mark.planted("C8b")
def test_a_product_that_logs_what_was_typed_is_caught(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch, bug: str
) -> None:
    """Two planted bugs: lines as Python's own logging writes them, and a list of fields without a check."""
    if bug == "plain":
        monkeypatch.setattr(Lines, "format", lambda self, record: logging.Formatter().format(record))
    else:
        monkeypatch.setattr(events, "FIELDS", dict.fromkeys((*events.FIELDS, "sti"), lambda _value: True))

        monkeypatch.setattr(error_pages, "respond", lambda _answer: log_event("kald", sti=request.full_path))
    with written() as lines:
        a_fault(sqlite_app)
    assert found_in(lines) != []


@pytest.mark.parametrize(
    "fields",
    [
        {"sti": "/feedback"},
        {"endpoint": "Mette Ærø"},
        {"endpoint": "/feedback/1"},
        {"person": "mette@test.example"},
        {"person": Person(navn="Mette")},
        {"status": "200"},
        {"antal": [1, 2]},
        {"antal": {"navn": "Mette"}},
        {"kald": "kanarie"},
        {"svar": "550 Mailbox mette@test.example unavailable"},
        {"fejl": "ValueError: Mette"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_the_log_takes_only_what_is_on_its_list(
    fields: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_strict", True)
    with pytest.raises(NotForTheLog):
        log_event("kald", **fields)
    with pytest.raises(NotForTheLog):
        log_event("Mette")
    monkeypatch.setattr(events, "_strict", False)
    with written() as lines:
        log_event("kald", **fields)
    (line,) = lines
    assert "ette" not in line
    assert "kanarie" not in line


def test_ids_and_numbers_are_what_it_is_for() -> None:
    person = uuid4()
    with written() as lines:
        log_event(
            "kald",
            kald="0123456789ab",
            endpoint="feedback.laes",
            metode="GET",
            status=200,
            ms=1.5,
            person=person,
        )
    (line,) = lines
    assert UUID(json.loads(line)["person"]) == person
    assert json.loads(line)["endpoint"] == "feedback.laes"


def bypasses(source: str) -> list[int]:
    """Lines that log or print in another way than by `log_event`."""
    if not LOGS.search(source):
        return []
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [node.lineno for node in calls if LOGS.search(ast.unparse(node.func) + "(")]


def test_nothing_of_ours_logs_past_the_list() -> None:
    ours = [path for path in (HOUSE / "supervision").rglob("*.py") if path.name != "events.py"]
    assert [str(path) for path in ours if bypasses(path.read_text(encoding="utf-8"))] == []
    assert bypasses("current_app.logger.info(form.data)") == [1]
    assert bypasses("logging.getLogger('x').warning(name)") == [1]
    assert bypasses("print(form)") == [1]


def test_the_database_does_not_echo(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        assert not db.engine.echo


def test_an_error_page_tells_the_number_that_the_log_has(sqlite_app: Flask, sqlite_world: World) -> None:
    browser = Browser.signed_in(sqlite_app, sqlite_world.mette)
    with written() as lines:
        answer = browser.post("/log-ud")
    number = answer.headers["X-Request-Id"]
    assert answer.status_code == 400
    assert f"nummeret <b>{number}</b>" in answer.get_data(as_text=True)
    assert [json.loads(line)["kald"] for line in lines if '"kald":' in line] == [number]
    assert browser.get("/findes-ikke").headers["X-Request-Id"] != number

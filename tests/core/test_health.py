"""Health, readiness and figures: answers for machines, with nothing about people in them."""

from __future__ import annotations

import shutil
from collections import namedtuple
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from people import World
from road import walk
from sqlalchemy import text
from web import Browser

from supervision.db import db
from supervision.drift.jobs import note_success

Usage = namedtuple("Usage", "total used free")


def test_health_and_readiness_are_for_anybody_and_say_what_is_missing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = Browser.signed_in(app, None)
    assert nobody.get("/sundhed").get_json() == {"sund": True}
    ready = nobody.get("/klar")
    assert (ready.status_code, ready.get_json()["klar"]) == (200, True)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(1, 1, 10))
    full = nobody.get("/klar")
    assert full.status_code == 503
    assert full.get_json() == {"klar": False, "database": True, "migreret": True, "plads": False}
    monkeypatch.undo()
    with app.app_context():
        version = db.session.scalar(text("SELECT version_num FROM alembic_version"))
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        db.session.commit()
    old = nobody.get("/klar")
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = :was"), {"was": version})
        db.session.commit()
    assert (old.status_code, old.get_json()["migreret"]) == (503, False)


def test_a_database_that_is_away_is_not_ready_but_healthy(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    def away(*_args: Any) -> None:
        raise OperationalError("connect", {}, Exception("gone"))

    nobody = Browser.signed_in(sqlite_app, None)
    with sqlite_app.app_context():
        monkeypatch.setattr(type(db.engine), "connect", away)
    assert nobody.get("/klar").get_json()["database"] is False
    assert nobody.get("/sundhed").status_code == 200


def test_the_figures_count_and_name_nobody(sqlite_app: Flask, sqlite_world: World) -> None:
    with sqlite_app.app_context():
        ids = dict(walk(sqlite_world).ids)
        note_success("udgiv-tal")
        db.session.commit()
        db.session.remove()
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    mette.get(f"/feedback/{ids['feedback_id']}")
    mette.get("/findes-ikke/Mette")
    shown = Browser.signed_in(sqlite_app, None).get("/maalinger").get_data(as_text=True)
    assert 'supervision_requests_total{endpoint="feedback.laes",status="2xx"}' in shown
    assert 'supervision_requests_total{endpoint="ukendt",status="4xx"}' in shown
    assert 'supervision_refusals_total{status="404"}' in shown
    assert 'supervision_job_last_success_seconds{job="udgiv-tal"}' in shown
    for name in ("ticks_stored_total", "outbox_waiting", "quarantine_events", "request_seconds_bucket"):
        assert f"supervision_{name}" in shown
    with sqlite_app.app_context():
        people = [*sqlite_world.people.values(), *ids.values()]
    assert [one for one in (*map(str, people), "Mette", "@", "kanarie") if one in shown] == []


def test_only_this_machine_or_whoever_has_the_token_may_look(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = Browser.signed_in(sqlite_app, None)
    assert nobody.get("/maalinger").status_code == 200
    assert nobody.get("/maalinger", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert nobody.get("/maalinger", environ_base={"REMOTE_ADDR": "10.0.0.7"}).status_code == 404
    with_token = replace(sqlite_app.extensions["settings"], metrics_token="en-lang-hemmelighed-til-maalinger")
    monkeypatch.setitem(sqlite_app.extensions, "settings", with_token)
    right = {"Authorization": "Bearer en-lang-hemmelighed-til-maalinger", "X-Forwarded-For": "10.0.0.7"}
    assert nobody.get("/maalinger", headers=right).status_code == 200
    for wrong in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer en-anden-hemmelighed"}):
        assert nobody.get("/maalinger", headers=wrong).status_code == 404

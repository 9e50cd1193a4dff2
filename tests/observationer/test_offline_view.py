"""What opens the recorder without a net: the page without names, the service worker with its list, the manifest."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from agreed import add_kontrakt
from flask import Flask, url_for
from people import World
from web import Browser

from supervision.db import db
from supervision.personer.models import Organisation

API = Path(__file__).parents[2] / "static/js/recorder/api.js"


@pytest.fixture
def browser_of(sqlite_app: Flask) -> Any:
    return lambda person: Browser.signed_in(sqlite_app, person)


def listed(text: str, name: str) -> Any:
    """A constant that the server put in front of the service worker."""
    found = re.search(rf"^const {name} = (.+);$", text, re.MULTILINE)
    assert found is not None
    return json.loads(found[1])


def test_the_page_is_the_same_for_everybody(sqlite_app: Flask, sqlite_world: World, browser_of: Any) -> None:
    pages = {browser_of(person).get("/optager/skal").text for person in (None, *sqlite_world.people.values())}
    assert len(pages) == 1
    page = pages.pop()
    assert "csrf" not in page
    assert not any(name in page for name in ("Mette", "Jonas", "Testby"))


def test_the_worker_lists_files_that_are_there_and_changes_with_them(
    sqlite_app: Flask, sqlite_world: World, browser_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browser_of(None)
    answer = browser.get("/service-worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-store"
    assert listed(answer.text, "SHELL") == "/optager/skal"
    files = listed(answer.text, "FILES")
    assert len(files) > 40
    assert all(address.startswith("/static/") for address in files)
    assert {browser.get(address).status_code for address in files} == {200}
    page = browser.get("/optager/skal").text
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        if not address.endswith(".png") and "app-180" not in address and "print.css" not in address:
            assert address in files, "the page must not need what is not kept"
    monkeypatch.setattr("supervision.observationer.views.offline.render_shell", lambda: "en ny side")
    assert listed(browser.get("/service-worker.js").text, "VERSION") != listed(answer.text, "VERSION")


def test_the_manifest_makes_it_an_app(sqlite_app: Flask, sqlite_world: World, browser_of: Any) -> None:
    browser = browser_of(None)
    answer = browser.get("/static/app.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = json.loads(answer.text)
    assert (manifest["start_url"], manifest["display"], manifest["lang"]) == ("/", "standalone", "da")
    assert {browser.get(icon["src"]).status_code for icon in manifest["icons"]} == {200}
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}


def test_the_addresses_in_the_scripts_are_the_servers(sqlite_app: Flask) -> None:
    """Each address in api.js against the server's own, so that a renamed route cannot leave a device behind."""
    kontrakt = uuid4()
    known = {
        "observationer.optager", "observationer.anden_enhed", "observationer.for_kontrakt", "aftaler.kontrakt",
        "aftaler.aftaler", "observationer.optager_data", "observationer.modtag_haendelser", "observationer.afslut",
    }  # fmt: skip
    without = {
        "observationer.lagt_til_side",
        "observationer.hent_kryds",
        "observationer.saet_til_side",
        "observationer.hvem",
    }
    with sqlite_app.test_request_context():
        wanted = {url_for(name, kontrakt_id=kontrakt) for name in known} | {url_for(name) for name in without}
        wanted.add(url_for("security.login", next=url_for("observationer.logget_ind")))
        wanted.add(url_for("feedback.genopret", observation_id=kontrakt))
    written = API.read_text(encoding="utf-8").replace("${this.root}", "/api/kontrakter/${kontrakt}")
    found = {
        re.sub(r"\$\{(kontrakt|observation)\}", str(kontrakt), one)
        for one in re.findall(r'["`](/[a-z][^"`]*)["`]', written)
    }
    assert found - {f"/api/kontrakter/{kontrakt}"} == wanted


def test_the_limit_is_the_organisations(sqlite_app: Flask, sqlite_world: World, browser_of: Any) -> None:
    with sqlite_app.app_context():
        kontrakt_id = add_kontrakt(sqlite_world)
        db.session.get_one(Organisation, sqlite_world.organisations["jobcenter"]).taletid_graense = 65
        db.session.commit()
        db.session.remove()
    data = browser_of(sqlite_world.people["jonas"]).get(f"/api/kontrakter/{kontrakt_id}/optager").json
    assert data["skaerm"]["graense"] == 0.65
    assert "Mette" not in json.dumps(data["skaerm"], ensure_ascii=False), (
        "what the device keeps holds no names"
    )
    assert data["start"]["fokusperson"] == "Mette"

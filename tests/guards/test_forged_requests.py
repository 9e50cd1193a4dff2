"""No address that changes something does so for another site: without a token, as a plain form, from another origin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from crawling import Quick, fingerprint
from flask import Flask
from people import World
from test_viewpoints import VIEWPOINTS, build, fill
from werkzeug.routing import Rule as Address

from supervision import access
from supervision.access import API_HEADER, matrix
from supervision.db import db

FOREIGN = "https://ond.example"
REFUSED = {403}
"""A JSON address answers 403; a form 400 for its token as well."""
JSON = b'{"handling": "x"}'

Forged = dict[str, Any]


def forged_forms(token: str) -> Iterator[tuple[str, Forged]]:
    """Ways to send a form from somewhere else; the last ones have even got hold of a token."""
    fields = {"tekst": "x"}
    yield "no token", {"data": fields}
    yield "a made-up token", {"data": {**fields, "csrf_token": "x" * 60}}
    yield "no body", {}
    yield "as text", {"data": b"csrf_token=" + token.encode(), "content_type": "text/plain"}
    yield "as JSON", {"json": {"csrf_token": token}}
    yield "another origin", {"data": {**fields, "csrf_token": token}, "headers": {"Origin": FOREIGN}}
    yield "no origin to tell", {"data": {**fields, "csrf_token": token}, "headers": {"Origin": "null"}}
    for site in ("cross-site", "same-site"):
        yield site, {"data": {**fields, "csrf_token": token}, "headers": {"Sec-Fetch-Site": site}}


def forged_json(token: str) -> Iterator[tuple[str, Forged]]:
    """The same for addresses that our own scripts ask."""
    ours = {API_HEADER: "1"}
    kind = "application/json"
    yield "no header of ours", {"data": JSON, "content_type": kind}
    yield "as text", {"data": JSON, "content_type": "text/plain", "headers": ours}
    yield "urlencoded", {"data": {"a": "b", "csrf_token": token}, "headers": ours}
    yield "multipart", {"data": {"a": "b"}, "content_type": "multipart/form-data", "headers": ours}
    yield "no kind", {"data": JSON, "headers": ours}
    for name, value in (("Origin", FOREIGN), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")):
        yield f"{name}: {value}", {"data": JSON, "content_type": kind, "headers": {**ours, name: value}}
    yield (
        "same-site",
        {"data": JSON, "content_type": kind, "headers": {**ours, "Sec-Fetch-Site": "same-site"}},
    )


def changing(app: Flask) -> Iterator[Address]:
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()):
            yield rule


def accepted(app: Flask, people: dict[str, Quick], values: dict[str, Any]) -> tuple[int, list[str]]:
    """How many forged requests were sent, and which were not refused."""
    count, found = 0, list[str]()
    for rule in changing(app):
        line, url = matrix()[rule.endpoint], build(app, rule, {**values, "token": "x" * 28})
        if line.csrf == "svar":
            continue  # an identity provider's answer, which comes from another site: its own tests hold it (E9)
        who = next((one for one in line.seen_by if one in people), "administrator")
        who = "ejer" if line.who in ("public", "signed_in", "deltager") and not line.seen_by else who
        who = {"teamleder": "teamleder", "supervisor": "supervisor"}.get(line.who, who)
        ways = forged_json if line.csrf == "json" else forged_forms
        for name, sent in ways(people[who].token()):
            status = people[who].post(url, **sent).status_code
            count += 1
            if status not in (REFUSED if line.csrf == "json" else REFUSED | {400}):
                found.append(f"{rule.endpoint} as {who}, {name}: {status}")
    return count, found


@pytest.fixture
def everything(sqlite_app: Flask, sqlite_world: World) -> tuple[dict[str, Quick], dict[str, Any]]:
    with sqlite_app.app_context():
        values = fill(sqlite_world)
        db.session.commit()
        db.session.remove()
    people = {n: Quick.signed_in(sqlite_app, sqlite_world.people[w]) for n, w in VIEWPOINTS.items() if w}
    return people, values


@pytest.mark.wide
@pytest.mark.gate("E3")
def test_nothing_is_changed_for_another_site(
    sqlite_app: Flask, everything: tuple[dict[str, Quick], dict[str, Any]], record_property: Any
) -> None:
    before = fingerprint(sqlite_app)
    count, found = accepted(sqlite_app, *everything)
    assert found == []
    assert fingerprint(sqlite_app) == before
    record_property(
        "figure", f"{count} forged requests to {len(list(changing(sqlite_app)))} addresses: 0 accepted"
    )


@pytest.mark.wide
@pytest.mark.gate("E3")
@pytest.mark.planted("E3")
def test_a_gate_that_asks_for_no_token_is_found(
    sqlite_app: Flask, everything: tuple[dict[str, Quick], dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    people, values = everything
    only = [
        rule
        for rule in changing(sqlite_app)
        if rule.endpoint in ("logbog.skriv_notat", "observationer.saet_til_side")
    ]
    monkeypatch.setattr("test_forged_requests.changing", lambda _app: iter(only))
    assert accepted(sqlite_app, people, values)[1] == []
    monkeypatch.setattr(access, "_refuse_forged", lambda rule: None)
    found = " ".join(accepted(sqlite_app, people, values)[1])
    assert "logbog.skriv_notat as ejer, no token" in found
    assert "observationer.saet_til_side as ejer, as text" in found
    monkeypatch.setattr(access, "_refuse_other_sites", lambda: None)
    assert "cross-site" in " ".join(accepted(sqlite_app, people, values)[1])


@pytest.mark.gate("E3")
def test_another_sites_words_are_not_kept_for_whoever_is_signed_out(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    """The page that keeps what was typed until one has signed in must not offer to send what another site wrote."""
    nobody = Quick.signed_in(sqlite_app, None)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": FOREIGN}):
        answer = nobody.post("/logbog/ny", data={"proevet": "Skrevet af andre"}, headers=headers)
        assert answer.status_code == 403
        assert "Skrevet af andre" not in answer.get_data(as_text=True)
    assert nobody.post("/logbog/ny", data={"proevet": "Mit eget"}).status_code == 401

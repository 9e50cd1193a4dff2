"""Every status carries every header, whoever asks and whatever went wrong; and where there is TLS, it says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from installation import settings_for
from people import World
from sqlalchemy.exc import OperationalError
from web import Browser

from supervision import create_app
from supervision.headers import CONTENT_SECURITY_POLICY, HEADERS, ONLY_HTTPS
from supervision.problems import RuleBroken
from supervision.static_files import StaticFiles

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}


def answers(app: Flask, world: World) -> dict[int, Any]:
    """Status -> an answer that has it, from the product's own addresses."""
    mette, nobody = Browser.signed_in(app, world.mette), app.test_client()
    problems = {
        422: RuleBroken("Nej."),
        503: OperationalError("x", {}, Exception("locked")),
        500: ValueError("x"),
    }
    found: dict[int, Any] = {
        200: nobody.get("/hjaelp"),
        302: nobody.get("/profil"),
        400: mette.post("/log-ud"),
        401: nobody.get("/api/hvem"),
        403: mette.post("/log-ud", headers={"Sec-Fetch-Site": "cross-site"}),
        404: nobody.get("/findes-ikke"),
        413: nobody.post("/log-ind", data={"email": "x" * 3_000_000}),
    }
    app.config["TESTING"] = False
    for code, problem in problems.items():
        app.view_functions["personer.hjaelp"] = _raises(problem)
        found[code] = nobody.get("/hjaelp")
    return found


def _raises(problem: Exception) -> Any:
    def view() -> str:
        raise problem

    return view


def missing(found: dict[int, Any]) -> list[str]:
    wanted = {**HEADERS, "Cache-Control": "no-store"}
    return [
        f"{code}: {name}"
        for code, answer in found.items()
        for name, value in wanted.items()
        if answer.headers.get(name) != value
    ]


@pytest.mark.gate("E1")
@pytest.mark.planted("E1")
@pytest.mark.one_process("puts a view of its own into the application")
def test_every_status_carries_every_header(
    sqlite_app: Flask, sqlite_world: World, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    monkeypatch.setitem(
        sqlite_app.view_functions, "personer.hjaelp", sqlite_app.view_functions["personer.hjaelp"]
    )
    found = answers(sqlite_app, sqlite_world)
    assert {code: answer.status_code for code, answer in found.items()} == {code: code for code in found}
    assert missing(found) == []
    record_property("figure", f"{len(found)} statuses × {len(HEADERS) + 1} headers: 0 missing")
    found[404].headers.remove("Permissions-Policy")
    assert missing(found) == ["404: Permissions-Policy"], "one that is left out is seen"


@pytest.mark.wide
@pytest.mark.gate("E1")
def test_where_people_come_by_tls_every_answer_says_so(tmp_path: Path) -> None:
    """Also when the server in front speaks TLS and asks us in the open, as it does on one machine."""
    for secure in (True, False):
        app = create_app(replace(settings_for(tmp_path / str(secure)), cookie_secure=secure))
        app.wsgi_app = StaticFiles(app)  # type: ignore[method-assign]
        client = app.test_client()
        for path in ("/findes-ikke", "/profil", "/static/css/app.css", "/static/nej.css"):
            told = client.get(path).headers.get("Strict-Transport-Security")
            assert told == (ONLY_HTTPS["Strict-Transport-Security"] if secure else None), path
        over_tls = client.get("/profil", base_url="https://localhost")
        assert "max-age=31536000; includeSubDomains" in over_tls.headers["Strict-Transport-Security"]


def loose(policy: str) -> list[str]:
    """What a content security policy lets in that it should not, and what it forgets."""
    found = dict(part.split(" ", 1) for part in policy.split("; "))
    return [name for name in {**found, **POLICY} if found.get(name) != POLICY.get(name)]


@pytest.mark.gate("E2")
@pytest.mark.planted("E2")
def test_the_policy_lets_nothing_in_but_our_own(record_property: Any) -> None:
    assert loose(CONTENT_SECURITY_POLICY) == []
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    record_property("figure", f"{len(POLICY)} directives, 0 unsafe-*")
    inline = CONTENT_SECURITY_POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    assert loose(inline) == ["script-src"]
    assert loose(CONTENT_SECURITY_POLICY.replace("; frame-ancestors 'none'", "")) == ["frame-ancestors"]
    assert loose(CONTENT_SECURITY_POLICY + "; media-src *") == ["media-src"]

"""Every request gets a number of its own, a line in the log, and its place in the figures."""

from __future__ import annotations

import secrets
import time
from typing import Any
from uuid import UUID

from flask import Flask, Response, g, request
from sqlalchemy import inspect

from supervision.config import Settings
from supervision.drift.events import init_logging, log_event
from supervision.drift.metrics import count_answer, init_metrics

HEADER = "X-Request-Id"


def init_app(app: Flask, settings: Settings) -> None:
    """Register before everything else: its beginning is the request's, its end comes after all others' ends."""
    init_logging(strict=settings.testing, requests=settings.log_requests)
    init_metrics(app)
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The running request's number, as error pages tell it."""
    found: str = g.get("request_id") or _new_id()
    return found


def _begin() -> None:
    g.request_id = _new_id()
    g.began = time.perf_counter()


def _new_id() -> str:
    return secrets.token_hex(6)


NAMELESS = frozenset(
    {"grupper.gem_sammen", "grupper.send_tjek_ud", "grupper.tag_tjek_ud", "overblik.svar_skema"}
)
"""Where people may write or answer without a name: the line does not say who."""


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    response.headers[HEADER] = request_id()
    count_answer(request.endpoint, response.status_code, seconds)
    fields: dict[str, Any] = {
        "kald": request_id(),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
    }
    if request.endpoint:
        fields["endpoint"] = request.endpoint
    if request.method in ("GET", "HEAD", "POST", "OPTIONS"):
        fields["metode"] = request.method
    person_id = None if request.endpoint in NAMELESS else _person_id()
    if person_id:
        fields["person"] = person_id
    log_event("kald", **fields)
    return response


def _person_id() -> UUID | None:
    """Whoever was signed in, by the key of the row that was loaded: the database is not asked again."""
    state = inspect(g.get("_login_user"), raiseerr=False)
    return state.identity[0] if state is not None and state.identity else None

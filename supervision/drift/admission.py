"""Ticks wait in a line of their own, so that people's pages never stand behind them.

At nine o'clock every tablet sends at once what it gathered without a net. Only a few batches are worked on at a time.
Some more wait, each with a thread but with no connection to the database; the rest is told at once, before a session
or the database is touched, when to come again. A device loses nothing by that: it keeps its ticks until they are
answered for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from io import BytesIO
from logging import WARNING
from math import inf
from random import random
from threading import BoundedSemaphore, Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException

from supervision.config import MAX_BODY_BYTES
from supervision.db import WAITED, Turns
from supervision.drift.events import log_event
from supervision.drift.metrics import count_turned_away
from supervision.headers import HEADERS, NOT_KEPT, ONLY_HTTPS

if TYPE_CHECKING:
    from flask import Flask

FROM_DEVICES = frozenset(
    {
        "observationer.modtag_haendelser",
        "observationer.afslut",
        "observationer.saet_til_side",
        "grupper.gem_kryds_i_oevelse",
        "grupper.afslut_kryds_i_oevelse",
    }
)
"""What a recorder sends by itself, and sends again until it is answered for."""

AT_WORK = 4
"""Enough to keep one interpreter and the disk busy. A page shares the interpreter with every one of them."""
IN_LINE = 92
"""Takes what 200 recorders send while everything stands still for 2.4 s; the server has threads beside these."""
LEAVING = 16
"""Of those turned away so many at a time are heard to the end: else their connection breaks, and the answer with it."""
WAIT_S = 3.0
"""Well within a device's own patience (20 s). The wait for the database is shorter by as much as this was long."""
BACK_A_SECOND = 50
"""Not more than so many are told to come in the same second: that many are turned away at little cost."""
SOONEST_S, LATEST_S = 1.0, 30.0
LOG_EVERY_S = 10.0
FULL, TOO_LONG = "full", "waited"
"""Why somebody was turned away: too many stood in the line, or their turn did not come in time."""
ANSWER = json.dumps(
    {
        "fejl": "Krydsene bliver på enheden og sendes igen om lidt.",
        "titel": "Der er travlt lige nu",
    },
    ensure_ascii=False,
).encode()

StartResponse = Callable[..., Any]


class Admission:
    """Put in front of an application: `app.wsgi_app = Admission(app)`.

    at_work: how many batches are worked on at once; in_line: how many more may wait, each at most wait_s seconds.
    """

    def __init__(
        self, app: Flask, *, at_work: int = AT_WORK, in_line: int = IN_LINE, wait_s: float = WAIT_S
    ) -> None:
        self.application = app.wsgi_app
        self._app, self._wait_s = app, wait_s
        self._only_https: bool = app.config["SESSION_COOKIE_SECURE"]
        self._addresses = app.url_map.bind("")
        self._inside = BoundedSemaphore(at_work + in_line)
        self._leaving = BoundedSemaphore(LEAVING)
        self._turns = Turns(at_work)
        self._appointments = Appointments()
        self._told = Told()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """The application's answer; for a batch when its turn comes, or 503 with when to come again."""
        endpoint = self._device_endpoint(environ)
        if endpoint is None:
            return self.application(environ, start_response)
        if not self._inside.acquire(blocking=False):
            return self._turn_away(environ, start_response, endpoint, FULL)
        try:
            read_body(environ)
            came = monotonic()
            if not self._turns.take(self._wait_s):
                return self._turn_away(environ, start_response, endpoint, TOO_LONG)
            environ[WAITED] = monotonic() - came
            try:
                return self.application(environ, start_response)
            finally:
                self._turns.give()
        finally:
            self._inside.release()

    def _device_endpoint(self, environ: dict[str, Any]) -> str | None:
        path = environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] != "POST" or not path.startswith("/api/"):
            return None
        try:
            endpoint, _ = self._addresses.match(path, method="POST")
        except HTTPException:
            return None
        return endpoint if endpoint in FROM_DEVICES else None

    def _turn_away(
        self, environ: dict[str, Any], start_response: StartResponse, endpoint: str, why: str
    ) -> Iterable[bytes]:
        if self._leaving.acquire(blocking=False):
            try:
                read_body(environ)
            finally:
                self._leaving.release()
        count_turned_away(self._app, endpoint, why)
        self._told.one_more()
        secure = self._only_https or environ["wsgi.url_scheme"] == "https"
        headers = {
            "Content-Type": "application/json",
            "Content-Length": str(len(ANSWER)),
            "Retry-After": str(self._appointments.next_s()),
            **HEADERS,
            **NOT_KEPT,
            **(ONLY_HTTPS if secure else {}),
        }
        start_response("503 SERVICE UNAVAILABLE", list(headers.items()))
        return [ANSWER]


def read_body(environ: dict[str, Any]) -> None:
    """Take the body in while waiting: a slow net must not hold a place where work is done.

    What is too large by its own word stays unread, for the application to refuse; of one without a length, no more is
    read than makes it too large.
    """
    given = environ.get("CONTENT_LENGTH") or ""
    if given.isdecimal() and int(given) <= MAX_BODY_BYTES:
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(given)))
    elif not given and environ.get("wsgi.input_terminated"):
        body = environ["wsgi.input"].read(MAX_BODY_BYTES + 1)
        environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}


class Appointments:
    """When each of those turned away is to come again: one after the other, not all in the same second."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._last = -inf

    def next_s(self) -> int:
        """Whole seconds from now: 1 to 3 for the first hundred, never more than LATEST_S."""
        with self._guard:
            now = monotonic()
            self._last = min(max(now + SOONEST_S, self._last + 1 / BACK_A_SECOND), now + LATEST_S)
            return int(self._last - now + random())


class Told:
    """One line in the log each ten seconds, however many were turned away."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._count, self._since = 0, -inf

    def one_more(self) -> None:
        """Count one; write how many when it is time."""
        with self._guard:
            self._count += 1
            now = monotonic()
            if now - self._since < LOG_EVERY_S:
                return
            count, self._count, self._since = self._count, 0, now
        log_event("kryds_maa_vente", level=WARNING, antal=count)

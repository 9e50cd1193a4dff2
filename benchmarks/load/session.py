"""One signed-in device: a connection that stays open, a cookie, and a note of every answer."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from ..durability.scene import PASSWORD
from ..durability.server import HOST

PATIENCE_S = 60
ASKED_TO_WAIT = "503 asked to wait"
"""How an answer is noted that says when to come again: apart from errors, and its time apart from those of the rest."""
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Answers:
    """What all devices were answered. times: milliseconds by kind; statuses: by kind and status, "broken" for none."""

    times: dict[str, list[float]] = field(default_factory=dict)
    statuses: dict[str, Counter[str]] = field(default_factory=dict)
    _lock: Any = field(default_factory=Lock)

    def note(self, kind: str, status: str, seconds: float) -> None:
        """One answer of this kind, so long after it was due."""
        with self._lock:
            timed = f"{kind}, {status}" if status == ASKED_TO_WAIT else kind
            self.times.setdefault(timed, []).append(seconds * 1000)
            self.statuses.setdefault(kind, Counter())[status] += 1


class Session:
    """A person's device. Used by one thread. stays: its connection is kept open between requests."""

    def __init__(self, port: int, answers: Answers, *, stays: bool = True) -> None:
        self._port, self._answers, self._stays = port, answers, stays
        self._cookies: dict[str, str] = {}
        self._connection: HTTPConnection | None = None
        self.told_to_wait_s = 0.0
        """What the last answer said: so long before the next try; 0 when it said nothing of it."""

    @property
    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def sign_in(self, email: str) -> None:
        """By the form, as anybody does, past the page that is shown once. Raises RuntimeError when it is refused."""
        page, body = self._ask("GET", "/log-ind", None, {})
        token = TOKEN.search(body.decode())
        if token is None:
            raise RuntimeError(f"the sign-in page has no form ({page.status})")
        form = urlencode({"email": email, "password": PASSWORD, "csrf_token": token[1]})
        reply, _ = self._ask("POST", "/log-ind", form, {"Content-Type": "application/x-www-form-urlencoded"})
        if reply.status not in (302, 303) or reply.headers["Location"].startswith("/log-ind"):
            raise RuntimeError(f"the sign-in was refused ({reply.status})")
        self._ask("GET", "/", None, {})
        self._hang_up()

    def keep(self, name: str, value: str) -> None:
        """Signed in by this cookie."""
        self._cookies[name] = value

    def post(self, kind: str, path: str, body: dict[str, Any], *, due: float) -> Any:
        """Send JSON; what was answered, None unless it was stored. due: monotonic seconds."""
        headers = {"Content-Type": "application/json", "X-Supervision": "1"}
        return self._noted(kind, due, "POST", path, json.dumps(body), headers, parse=json.loads)

    def get(self, kind: str, path: str, *, due: float) -> str | None:
        """Read a page; None unless it was answered with 200. due: monotonic seconds."""
        page: str | None = self._noted(kind, due, "GET", path, None, {}, parse=bytes.decode)
        return page

    def _noted(
        self,
        kind: str,
        due: float,
        method: str,
        path: str,
        body: str | None,
        headers: dict[str, str],
        *,
        parse: Any,
    ) -> Any:
        try:
            reply, answered = self._ask(method, path, body, headers)
        except (OSError, HTTPException):
            self._answers.note(kind, "broken", monotonic() - due)
            self.told_to_wait_s = 0.0
            self._hang_up()
            return None
        if not self._stays:
            self._hang_up()
        self.told_to_wait_s = float(reply.headers["Retry-After"] or 0)
        asked_to_wait = reply.status == 503 and self.told_to_wait_s > 0
        self._answers.note(kind, ASKED_TO_WAIT if asked_to_wait else str(reply.status), monotonic() - due)
        return parse(answered) if reply.status == 200 else None

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[HTTPResponse, bytes]:
        if self._connection is None:
            self._connection = HTTPConnection(HOST, self._port, timeout=PATIENCE_S)
        self._connection.request(method, path, body, {**headers, "Cookie": self._cookie})
        reply = self._connection.getresponse()
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return reply, reply.read()

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

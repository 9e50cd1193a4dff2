"""The devices: sign in by the form, then send, repeat, shuffle and throw replies away until all is answered for."""

from __future__ import annotations

import json
import re
from collections import Counter
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode

from .logs import Book, Log
from .scene import PASSWORD
from .server import HOST

REPLIES_DISCARDED = 0.05
PATIENCE_S = 15
PAUSE_S = 0.01
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Pulse:
    """Whether the server that was started last has answered a batch. Late replies of a killed one do not count."""

    def __init__(self) -> None:
        self.generation = 0
        self._answered = Event()

    def next_server(self) -> None:
        """A new server is about to start."""
        self.generation += 1
        self._answered.clear()

    def beat(self, generation: int) -> None:
        """A batch that was sent in this generation was answered."""
        if generation == self.generation:
            self._answered.set()

    def wait(self, seconds: float) -> bool:
        """Wait for the first answer; False when none came."""
        return self._answered.wait(seconds)


class Client(Thread):
    """One device. `counts`: replies by status, and `discarded`, `broken` (no whole reply) and `refused` events.

    discarding: the share of replies that are thrown away, as if the net had gone just then.
    """

    def __init__(
        self, book: Book, port: int, seed: int, pulse: Pulse, discarding: float = REPLIES_DISCARDED
    ) -> None:
        super().__init__(daemon=True)
        self._discarding = discarding
        self.counts: Counter[str] = Counter()
        self.in_flight = False
        self.draining = Event()
        self._book, self._port, self._pulse = book, port, pulse
        self._chance = Random(seed)
        self._cookie = ""
        self._connection: HTTPConnection | None = None

    def sign_in(self) -> None:
        """Sign in by the form, as anybody does. Raises RuntimeError when it is refused."""
        connection = HTTPConnection(HOST, self._port, timeout=PATIENCE_S)
        connection.request("GET", "/log-ind")
        reply = connection.getresponse()
        token = TOKEN.search(reply.read().decode())
        if token is None:
            raise RuntimeError(f"the sign-in page has no form ({reply.status})")
        form = urlencode({"email": self._book.email, "password": PASSWORD, "csrf_token": token[1]})
        headers = {"Cookie": _cookie_of(reply), "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/log-ind", form, headers)
        reply = connection.getresponse()
        reply.read()
        connection.close()
        if reply.status not in (302, 303):
            raise RuntimeError(f"the sign-in was refused ({reply.status})")
        self._cookie = _cookie_of(reply)

    def run(self) -> None:
        """Send until told to drain, and then until nothing waits."""
        while not (self.draining.is_set() and self._book.waiting() == 0):
            new_ones = not self.draining.is_set()
            log = self._next_log()
            batch = log.draw(self._chance, new_ones=new_ones)
            if batch["haendelser"]:
                self.send(log, batch)
            else:
                sleep(PAUSE_S)

    def send(self, log: Log, batch: dict[str, Any]) -> None:
        """Send one batch and settle what is answered for; a broken connection or another status settles nothing."""
        generation = self._pulse.generation
        try:
            status, answer = self._post(f"/api/kontrakter/{log.kontrakt_id}/haendelser", batch)
        except (OSError, HTTPException):
            self._hang_up()
            return
        self.counts[str(status)] += 1
        if status != 200:
            sleep(PAUSE_S)
            return
        self._pulse.beat(generation)
        self.counts["refused"] += len(answer["afvist"]) + len(answer["konflikt"])
        if self._chance.random() < self._discarding:
            self.counts["discarded"] += 1
        else:
            log.settle(answer["gemt"])

    def _next_log(self) -> Log:
        """The running samtale; when draining, whichever has something waiting."""
        if self.draining.is_set():
            return next((log for log in self._book.logs if log.waiting), self._book.logs[-1])
        return self._book.current()

    def _post(self, path: str, batch: dict[str, Any]) -> tuple[int, Any]:
        if self._connection is None:
            self._connection = HTTPConnection(HOST, self._port, timeout=PATIENCE_S)
            self._connection.connect()
        headers = {"Cookie": self._cookie, "Content-Type": "application/json", "X-Supervision": "1"}
        self.in_flight = True
        try:
            self._connection.request("POST", path, json.dumps(batch), headers)
            reply = self._connection.getresponse()
            body = reply.read()
        except (OSError, HTTPException):
            self.counts["broken"] += 1
            raise
        finally:
            self.in_flight = False
        return reply.status, json.loads(body) if reply.status == 200 else None

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        sleep(PAUSE_S)


def sign_in_when_up(clients: list[Client], within_s: float) -> bool:
    """Sign all in, waiting for a server that is about to answer; False when it did not in time."""
    give_up = monotonic() + within_s
    for client in clients:
        while True:
            try:
                client.sign_in()
                break
            except (OSError, HTTPException):
                if monotonic() > give_up:
                    return False
                sleep(0.05)
    return True


def _cookie_of(reply: Any) -> str:
    cookies = [line.split(";")[0] for line in reply.headers.get_all("Set-Cookie", [])]
    return "; ".join(cookies)

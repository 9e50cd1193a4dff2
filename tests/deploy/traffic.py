"""People at work through the proxy while a process behind it is killed or stopped, and what became of their work."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from urllib.parse import urlencode
from uuid import uuid4

from machine import NAME, Machine
from people import PASSWORD
from test_recipes import Person

FORM = "application/x-www-form-urlencoded"
SEEN_S = 2.0
"""By then the proxy has seen that a process is gone, and sends no more forms there."""
AGREED = """
cd /opt/supervision
systemd-run --quiet --pipe --wait --uid=supervision --property=EnvironmentFile=/etc/supervision/supervision.env \\
  --working-directory=/opt/supervision --setenv=PYTHONPATH=tests .venv/bin/python -c '
from people import PASSWORD, make_world
from road import agreed, person
from supervision import create_app
from supervision.db import db
from supervision.sign_in import hash_of
with create_app().app_context():
    world = make_world(hash_of(PASSWORD))
    print(agreed(person(world.mette), person(world.jonas)).id)
    db.session.commit()
'
"""
"""The people of the tests, and a kontrakt that two of them have said yes to."""


class Somebody(Person):
    """A person somewhere else, at a browser, over https and through the proxy."""

    def __init__(self, machine: Machine, source: str = "127.0.0.5") -> None:
        super().__init__(443)
        self._machine, self._source = machine, source

    def send(self, path: str, body: str | None = None, form: str = FORM) -> tuple[int, str, str]:
        """(status, where to, text) of one request, whatever it is answered with."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers |= {"Content-Type": form, "Referer": f"https://{NAME}{path}", "X-Supervision": "1"}
        method = "POST" if body else "GET"
        reply, text = self._machine.ask(path, method=method, body=body, source=self._source, headers=headers)
        for line in reply.headers.get_all("Set-Cookie", []):
            assert "Secure" in line
            assert "HttpOnly" in line
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        return reply.status, reply.headers.get("Location", ""), text

    def _once(self, path: str, body: str | None) -> tuple[int, str, str]:
        return self.send(path, body)


class Traffic:
    """Three people at work at once through the proxy: one reads pages, one sends forms, one records a samtale."""

    def __init__(self, machine: Machine, agnes: Somebody) -> None:
        home = re.search(r"/administration/organisationer/[0-9a-f-]{36}", agnes.ask("/administration"))
        assert home is not None
        self._machine, self._cookies, self._form = machine, dict(agnes.cookies), f"{home[0]}/teams/nyt"
        kontrakt = machine.run(AGREED).split()[-1]
        self._ticks = f"/api/kontrakter/{kontrakt}/haendelser"
        self._jonas = Somebody(machine, "127.0.0.21")
        self._jonas.ask("/log-ind")
        self._jonas.ask("/log-ind", email="jonas@test.example", password=PASSWORD)
        self._struck = time.monotonic()
        self.pages: list[int] = []
        self.taken: list[str] = []
        self.failed: list[str] = []
        self.sent: list[str] = []
        self.again = 0
        self.latest_s = 0.0
        self._over = threading.Event()

    def __enter__(self) -> None:
        self._pool = ThreadPoolExecutor(3)
        self._work = [
            self._pool.submit(self._until_over, one) for one in (self._read, self._send, self._tick)
        ]

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._pool.shutdown()
        for work in self._work:
            work.result()

    def strike(self, script: str) -> None:
        """End a process. What fails from this moment on failed by this."""
        self._struck = time.monotonic()
        self._machine.run(script)

    def _fail(self, status: int) -> None:
        assert status == 502
        self.latest_s = max(self.latest_s, time.monotonic() - self._struck)

    def _until_over(self, work: Callable[[Somebody, int], None]) -> None:
        agnes = Somebody(self._machine)
        agnes.cookies = dict(self._cookies)
        for number in count():
            if self._over.is_set():
                return
            work(agnes, number)

    def _read(self, agnes: Somebody, number: int) -> None:
        self.pages.append(agnes.send("/profil")[0])

    def _send(self, agnes: Somebody, number: int) -> None:
        navn = f"Hold {number}"
        agnes.ask(self._form)
        status = agnes.send(self._form, urlencode({"navn": navn, "csrf_token": agnes.token}))[0]
        if status in (302, 303):
            self.taken.append(navn)
        else:
            self._fail(status)
            self.failed.append(navn)

    def _tick(self, _: Somebody, number: int) -> None:
        """As the recorder: what no answer names as stored is sent again by the same ids."""
        name = str(uuid4())
        event = {"id": name, "nr": number, "t_ms": number * 100, "spor": "faerdighed", "kode": "k_tid"}
        body = json.dumps({"startet_at": "2026-03-03T10:30:00+01:00", "haendelser": [event]})
        self.sent.append(name)
        for _attempt in range(20):
            status, _location, text = self._jonas.send(self._ticks, body, "application/json")
            if status == 200:
                assert json.loads(text)["gemt"] == [name], text
                return
            self._fail(status)
            self.again += 1
        raise AssertionError("never stored")

    def nothing_is_lost_or_doubled(self) -> str:
        """What was sent is in the database once. Returns the figures."""
        assert min(len(self.pages), len(self.taken), len(self.sent)) > 40
        assert set(self.pages) == {200}
        teams = self._stored("select navn from team where navn like 'Hold %'")
        assert len(teams) == len(set(teams)), "none is doubled"
        assert set(self.taken) <= set(teams) <= {*self.taken, *self.failed}, "none is lost"
        assert self.latest_s < SEEN_S, "the proxy has seen by then that a process is gone"
        assert sorted(self._stored("select id from haendelse where kode = 'k_tid'")) == sorted(self.sent)
        unanswered = len(set(teams) - set(self.taken))
        return (
            f"{len(self.pages)} pages, 0 failed; {len(self.taken) + len(self.failed)} forms, "
            f"{len(self.failed)} got 502 ({unanswered} of them stored), "
            f"the last {self.latest_s:.1f} s after; {len(self.sent)} ticks, {self.again} sent again, each stored once"
        )

    def _stored(self, query: str) -> list[str]:
        return self._machine.run(f'cd / && sudo -u postgres psql -tA supervision -c "{query}"').splitlines()

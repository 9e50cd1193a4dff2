"""`python -m benchmarks.tick_cpu`: the CPU of storing a batch of ten ticks, against the least it could be (Y1).

The whole product answers: the sign-in by its session, the gate, the access log, the check of each event, the commit,
the receipt. The floor is a Flask view that takes an empty POST and puts ten ready rows into SQLite by `sqlite3`
alone, with the same key, journal and sync. Both are asked past any server, in this process, one at a time.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask

from supervision import create_app
from supervision.db import sqlite_driver, sqlite_journal

from .durability.databases import Installation, installation
from .durability.scene import PASSWORD, Observer, make_scene
from .paired import main_of, past, run_paired, summed, too_noisy
from .recorder_page import twelve_kendetegn

EVENTS = 10
BATCHES, BARE_BATCHES = 20, 100
"""Of a block: the product's, and the floor's."""

BATCHES_OF_A_LOG = 60
"""Then the next kontrakt: 600 events."""

AGAINST_FLOOR = 2.0
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
TABLE = (
    "CREATE TABLE haendelse (observation_id BLOB, id BLOB, nr INT, t_ms INT, spor TEXT, kode TEXT, modtaget_at TEXT,"
    " PRIMARY KEY (observation_id, id)) WITHOUT ROWID"
)
INSERT = "INSERT INTO haendelse VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"


class Client:
    """Asks a WSGI application past any server, and keeps its cookies. One thread."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        """Status and body."""
        given: dict[str, Any] = {}

        def start(status: str, answered: list[tuple[str, str]], _why: Any = None) -> Any:
            given.update(status=int(status[:3]), headers=answered)

        parts = self._app.wsgi_app(self._environ(method, path, body, headers), start)
        answer = b"".join(parts)
        close = getattr(parts, "close", None)
        if close:
            close()
        for name, value in given["headers"]:
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        return given["status"], answer

    def sign_in(self, email: str) -> None:
        """By the form. Raises RuntimeError when it is refused."""
        _, page = self.ask("GET", "/log-ind")
        token = TOKEN.search(page.decode())
        form = {"email": email, "password": PASSWORD, "csrf_token": token[1] if token else ""}
        kind = "application/x-www-form-urlencoded"
        status, _ = self.ask("POST", "/log-ind", urlencode(form).encode(), CONTENT_TYPE=kind)
        if status not in (302, 303):
            raise RuntimeError(f"the sign-in was refused ({status})")

    @property
    def cookie(self) -> str:
        """The header as a browser would send it."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def _environ(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": self.cookie,
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **headers,
        }


def id_of(nr: int, chance: Random) -> UUID:
    """As the recorder makes it (`newId` in static/js/recorder/log.js): the number first, then chance."""
    return UUID(int=nr << 80 | 8 << 76 | chance.getrandbits(12) << 64 | 2 << 62 | chance.getrandbits(62))


def batches(kontrakter: tuple[UUID, ...], chance: Random) -> Iterator[tuple[str, bytes]]:
    """Address and body of one batch after the other, each of EVENTS new ticks, log after log."""
    koder = twelve_kendetegn()
    for kontrakt_id in kontrakter:
        for batch in range(BATCHES_OF_A_LOG):
            first = batch * EVENTS
            events = [
                {
                    "id": str(id_of(nr, chance)),
                    "nr": nr,
                    "t_ms": nr * 1000,
                    "spor": "faerdighed" if nr else "ur",
                    "kode": koder[nr % len(koder)] if nr else "start",
                }
                for nr in range(first, first + EVENTS)
            ]
            body = {"startet_at": "2026-03-02T10:30:00+00:00", "haendelser": events}
            yield f"/api/kontrakter/{kontrakt_id}/haendelser", json.dumps(body).encode()


def product(made: Installation, observer: Observer, chance: Random) -> Callable[[], None]:
    """A block of the product's own."""
    client = Client(create_app(made.settings))
    client.sign_in(observer.email)
    waiting = batches(observer.kontrakter, chance)

    def block() -> None:
        for _ in range(BATCHES):
            path, body = next(waiting)
            status, answer = client.ask(
                "POST", path, body, CONTENT_TYPE="application/json", HTTP_X_SUPERVISION="1"
            )
            if status != 200 or len(json.loads(answer)["gemt"]) != EVENTS:
                raise RuntimeError(f"a batch was answered with {status}: {answer[:300]!r}")

    return block


def bare(folder: Path, chance: Random) -> Callable[[], None]:
    """A block of the least it could be."""
    app = Flask("bare")
    driver = sqlite_driver()
    connection = driver.connect(folder / "bare.sqlite3", isolation_level=None)
    journal, synchronous = sqlite_journal(driver.sqlite_version_info)
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute(TABLE)
    log = UUID(int=chance.getrandbits(128), version=4).bytes

    @app.post("/haendelser")
    def haendelser() -> str:
        rows = [
            (log, chance.randbytes(16), nr, nr * 1000, "faerdighed", "k_tid", "2026-03-02")
            for nr in range(EVENTS)
        ]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(INSERT, rows)
        connection.execute("COMMIT")
        return ""

    client = Client(app)

    def block() -> None:
        for _ in range(BARE_BATCHES):
            client.ask("POST", "/haendelser")

    return block


def measure(blocks: int, seed: int) -> dict[str, Any]:
    """Both, in an installation of its own."""
    logs = (blocks + 2) * BATCHES // BATCHES_OF_A_LOG + 1
    chance = Random(seed)
    with installation("sqlite") as made:
        [observer] = make_scene(made, observers=1, kontrakter=logs, kendetegn=twelve_kendetegn())
        ours = product(made, observer, chance)
        floor = bare(made.settings.instance_path, chance)
        with (
            open(os.devnull, "w") as nowhere,
            redirect_stderr(nowhere),
        ):  # The running log is written as ever.
            spent = run_paired({"product": (ours, BATCHES)}, (floor, BARE_BATCHES), blocks=blocks, seed=seed)
        return summed(spent, seed=seed)


def judge(found: dict[str, Any]) -> list[str]:
    """What breaks Y1; empty when nothing does."""
    return too_noisy(found) or past("the tick handler's CPU", found["product"]["cpu"], AGAINST_FLOOR)


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    what = "Y1: the CPU of a batch of ten ticks, against a bare batch in SQLite and an empty POST"
    plan = {"batches_a_block": BATCHES, "events": EVENTS}
    return main_of("tick_cpu", what, about=__doc__, measure=measure, judge=judge, plan=plan)


if __name__ == "__main__":
    sys.exit(main())

"""When the disk is full, the database is held by somebody else, or it goes away: 200, 503 or 507, and nothing is lost.

Each check knocks on a page, a form and the road of the ticks; the planted bug is the same product without its answers.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from installation import settings_for
from people import World, make_world
from road import agreed, person
from sqlalchemy import create_engine, event, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from web import Browser

from supervision import clock, create_app, error_pages
from supervision import db as database
from supervision.db import db, prepare_sqlite, sqlite_driver, sqlite_journal
from supervision.laeringspil.models import Laeringspil
from supervision.maintenance import upgrade_database
from supervision.observationer.models import Haendelse

OLD = sqlite3.sqlite_version_info
BATCHES = 400
REFUSED = {503: "Der er travlt lige nu", 507: "Der er ikke plads til mere lige nu"}
LINE = {
    "linjer-0-faerdighed": "At lade en pause stå lidt endnu",
    "linjer-0-situation": "",
    "linjer-0-effekt": "",
    "linjer-0-maade": "afproeve",
}


class Device:
    """An observer who ticks. `answered`: ids the server said were stored; `counts`: answers by status."""

    def __init__(self, app: Flask, world: World, kontrakt_id: UUID) -> None:
        self.browser = Browser.signed_in(app, world.jonas)
        self.address = f"/api/kontrakter/{kontrakt_id}/haendelser"
        self.answered: set[UUID] = set()
        self.waiting: list[dict[str, Any]] = []
        self.counts: Counter[int] = Counter()
        self.began = clock.now().isoformat()
        self._number = 0

    def tick(self, events: int = 5) -> int:
        """Send what waits and some more. Returns the status; keeps what was not answered for."""
        for _ in range(events):
            self._number += 1
            self.waiting.append(
                {"id": str(uuid4()), "nr": self._number, "t_ms": self._number * 100, "spor": "note", "kode": "k" * 200}
                if self._number > 1
                else {"id": str(uuid4()), "nr": 1, "t_ms": 0, "spor": "ur", "kode": "start"}
            )  # fmt: skip
        return self.send()

    def send(self) -> int:
        """Send what waits, a hundred at a time."""
        status = 200
        while self.waiting and status == 200:
            batch = self.waiting[:100]
            answer = self.browser.send_json(self.address, {"startet_at": self.began, "haendelser": batch})
            status = answer.status_code
            self.counts[status] += 1
            if status == 200:
                assert not answer.json["afvist"], answer.json["afvist"]
                self.answered |= {UUID(id_) for id_ in answer.json["gemt"]}
                self.waiting = self.waiting[100:]
            else:
                clear(answer)
        return status


def clear(answer: Any) -> None:
    """A refusal is 503 or 507, with when to try again, in Danish."""
    assert answer.status_code in REFUSED, answer.get_data(as_text=True)[:300]
    assert int(answer.headers["Retry-After"]) > 0
    said = answer.json["titel"] if answer.is_json else answer.get_data(as_text=True)
    assert REFUSED[answer.status_code] in said


def stored(app: Flask) -> set[UUID]:
    with app.app_context():
        ids = list(db.session.scalars(select(Haendelse.id)))
        db.session.remove()
    assert len(ids) == len(set(ids))
    return set(ids)


def world_with_kontrakt(app: Flask) -> tuple[World, UUID]:
    with app.app_context():
        world = make_world()
        kontrakt = agreed(person(world.mette), person(world.jonas))
        kontrakt_id = kontrakt.id
        db.session.commit()
        db.session.remove()
    return world, kontrakt_id


def write_a_form(browser: Browser, token: str, more: str = "") -> Any:
    """Draw the læringspil, a form with words of one's own; the same words twice are one version."""
    line = {**LINE, "linjer-0-effekt": more}
    return browser.post("/laering/ret", data={"csrf_token": token, **line})


@pytest.fixture
def tmpfs(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """`tmpfs("8m")` mounts a small disk, and again makes it larger. Skips where that is not allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = False

    def mount(size: str) -> Path:
        nonlocal mounted
        options = f"remount,size={size}" if mounted else f"size={size}"
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, text=True, check=False
        )  # fmt: skip
        if done.returncode and not mounted:
            pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")
        assert done.returncode == 0, done.stderr
        mounted = True
        return folder

    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    yield mount
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.wide
@pytest.mark.gate("B9")
@pytest.mark.parametrize("driver", [sqlite_driver(), sqlite3], ids=["newest", "own"])
def test_a_full_disk_refuses_and_loses_nothing(
    driver: Any,
    tmpfs: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setattr(database, "sqlite_driver", lambda: driver)
    folder = tmpfs("8m") / "instance"
    app = create_app(settings_for(folder))
    upgrade_database(app)
    world, kontrakt_id = world_with_kontrakt(app)
    device, reader = Device(app, world, kontrakt_id), Browser.signed_in(app, world.mette)
    token = reader.token()
    forms: Counter[int] = Counter()
    for number in range(BATCHES):
        device.tick(10)
        if number == BATCHES // 4:
            eat_the_rest(folder.parent)
        if number % 20 == 0:
            assert reader.get("/").status_code == 200, "reading goes on"
            answer = write_a_form(reader, token, f"Ord nummer {number}")
            forms[answer.status_code] += 1
            if answer.status_code not in (200, 303):
                clear(answer)
                assert "At lade en pause stå lidt endnu" in answer.get_data(as_text=True)
    assert device.counts[507] > BATCHES // 2, device.counts
    assert forms[507] > 0, forms
    assert device.answered <= stored(app)
    assert set(device.counts) == {200, 507}
    tmpfs("64m")
    assert device.send() == 200
    assert device.waiting == []
    assert stored(app) == device.answered
    with app.app_context():
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
        db.session.remove()
        db.engine.dispose()
    refused = sum(count for status, count in device.counts.items() if status != 200)
    said = f"{refused} batches refused (507), 0 x 500, {len(device.answered)} acked, 0 lost"
    record_property("figure", f"SQLite {driver.sqlite_version}: {said}")


@pytest.mark.planted("B9")
def test_a_full_disk_that_is_any_trouble_is_seen(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not grow stands in for the disk. The planted bug: nobody asks what the trouble is."""
    world, kontrakt_id = world_with_kontrakt(sqlite_app)
    device = Device(sqlite_app, world, kontrakt_id)
    assert device.tick() == 200
    with sqlite_app.app_context():
        event.listen(db.engine, "connect", may_not_grow)
        db.engine.dispose()
    sqlite_app.config["TESTING"] = False
    try:
        assert fill_up(device) == 507
        assert device.answered <= stored(sqlite_app)
        monkeypatch.setattr(error_pages, "trouble_of", lambda _problem: None)
        with pytest.raises(AssertionError, match="gik galt"):
            fill_up(device)
    finally:
        with sqlite_app.app_context():
            event.remove(db.engine, "connect", may_not_grow)


def may_not_grow(connection: Any, _record: Any) -> None:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages + 4}")


def fill_up(device: Device) -> int:
    """Tick until something else than 200 comes back."""
    return next(status for status in (device.tick(100) for _ in range(200)) if status != 200)


def eat_the_rest(folder: Path) -> None:
    """Something else takes what room there is."""
    with suppress(OSError), (folder / "noget andet").open("wb", buffering=0) as other:
        while True:
            other.write(b"x" * 4096)


HOLDER = """
import sqlite3, sys, time
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
other.execute("COMMIT")
"""
"""A process of its own: SQLite's locks are the process's, so that two libraries in one would not see each other's."""


@contextmanager
def held(app: Flask, seconds: float) -> Iterator[None]:
    """Another process's writer has the lock for that long."""
    with app.app_context():
        file = str(db.engine.url.database)
    command = [sys.executable, "-c", HOLDER, file, str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield


@pytest.mark.wide
@pytest.mark.gate("B10")
@pytest.mark.parametrize(("seconds", "expected"), [(3, 200), (15, 503)])
def test_a_writer_elsewhere_is_waited_for_and_not_too_long(
    seconds: int, expected: int, sqlite_app: Flask, record_property: Callable[[str, object], None]
) -> None:
    """Three at once, so that who comes after also gets an answer within 11 s: the line and the lock are one wait."""
    world, kontrakt_id = world_with_kontrakt(sqlite_app)
    device, writer, reader = (
        Device(sqlite_app, world, kontrakt_id),
        Browser.signed_in(sqlite_app, world.mette),
        Browser.signed_in(sqlite_app, world.aase),
    )
    assert device.tick() == 200
    assert reader.get("/").status_code == 200  # its template is read once, and not while the clock runs
    token = writer.token()
    sqlite_app.config["TESTING"] = False
    took: dict[str, tuple[int, float]] = {}

    def timed(name: str, ask: Callable[[], Any], after: float) -> None:
        time.sleep(after)
        began = time.monotonic()
        answer = ask()
        took[name] = (getattr(answer, "status_code", answer), time.monotonic() - began)

    asked = (
        ("ticks", device.tick, 0.0),
        ("form", lambda: write_a_form(writer, token), 0.4),
        ("page", lambda: reader.get("/"), 0.2),
    )
    threads = [threading.Thread(target=timed, args=one) for one in asked]
    with held(sqlite_app, seconds):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert took["page"][0] == 200
    assert took["page"][1] < 2
    assert took["ticks"][0] == expected
    assert took["form"][0] in ((303,) if expected == 200 else (503,))
    slowest = max(seconds for _, seconds in took.values())
    assert slowest < 11, took
    assert device.send() == 200
    assert stored(sqlite_app) == device.answered
    record_property("figure", f"lock held {seconds} s: {expected}, slowest answer {slowest:.1f} s, 0 lost")


@pytest.fixture
def guest_app(postgres_app: Flask, postgres_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The product on PostgreSQL as a role that may have two connections; `postgres_app` is the one who rules."""
    role, name = f"gaest_{uuid4().hex[:8]}", f"fejl_{uuid4().hex[:8]}"
    outside = {"isolation_level": "AUTOCOMMIT"}
    with postgres_app.app_context(), db.engine.connect().execution_options(**outside) as connection:
        connection.execute(text(f"CREATE ROLE {role} LOGIN PASSWORD 'gaest' CONNECTION LIMIT 2"))
        connection.execute(text(f"CREATE DATABASE {name} OWNER {role}"))
    from sqlalchemy.engine import make_url

    url = make_url(postgres_url).set(username=role, password="gaest", database=name)
    app = create_app(settings_for(tmp_path / "guest", url.render_as_string(hide_password=False)))
    upgrade_database(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    with postgres_app.app_context(), db.engine.connect().execution_options(**outside) as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        connection.execute(text(f"DROP ROLE {role}"))


@pytest.mark.gate("B10")
def test_no_connection_left_is_a_clear_answer(
    guest_app: Flask, record_property: Callable[[str, object], None]
) -> None:
    world, kontrakt_id = world_with_kontrakt(guest_app)
    device, reader = Device(guest_app, world, kontrakt_id), Browser.signed_in(guest_app, world.mette)
    assert device.tick() == 200
    token = reader.token()
    guest_app.config["TESTING"] = False
    with guest_app.app_context():
        db.engine.dispose()
        others = [create_engine(db.engine.url, poolclass=NullPool).connect() for _ in range(2)]
    assert device.tick() == 503
    clear(reader.get("/"))
    clear(reader.get("/log-ind", follow_redirects=True))
    clear(write_a_form(reader, token))
    for other in others:
        other.close()
    assert device.send() == 200
    assert reader.get("/").status_code == 200
    assert stored(guest_app) == device.answered
    record_property(
        "figure", f"0 connections left: 4 of 4 answers 503, 0 of {len(device.answered)} acked lost"
    )


@pytest.mark.wide
@pytest.mark.gate("B10")
def test_a_backend_killed_in_the_middle_loses_nothing(
    guest_app: Flask, postgres_app: Flask, record_property: Callable[[str, object], None]
) -> None:
    """Killed before each statement of the sending in turn, and before its commit."""
    world, kontrakt_id = world_with_kontrakt(guest_app)
    device, reader = Device(guest_app, world, kontrakt_id), Browser.signed_in(guest_app, world.mette)
    assert device.tick() == 200
    guest_app.config["TESTING"] = False
    token = reader.token()
    kills = Killer(guest_app, postgres_app)
    statuses: Counter[int] = Counter()
    for ask in (
        lambda: device.tick(),
        lambda: reader.get("/").status_code,
        lambda: write_a_form(reader, token).status_code,
    ):
        for nth in range(1, 60):
            with kills.at(nth) as happened:
                status = ask()
            statuses[status] += 1
            assert status in ((503,) if happened else (200, 303))
            if not happened:
                break
    assert statuses[503] >= 15, statuses
    assert device.send() == 200
    assert stored(guest_app) == device.answered
    with guest_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Laeringspil)) == 1
        db.session.remove()
    record_property(
        "figure",
        f"{statuses[503]} backends killed mid-transaction: {statuses[503]} x 503, 0 x 500, 0 acked lost",
    )


class Killer:
    """Ends the backend of the product's own connection before its nth statement (its commit is the last one)."""

    def __init__(self, app: Flask, ruler: Flask) -> None:
        self._app, self._ruler = app, ruler
        self._left = 0
        self._happened: list[int] = []
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", lambda connection, *_: self._count(connection))
            event.listen(db.engine, "commit", self._count)

    def at(self, nth: int) -> Any:
        @contextmanager
        def armed() -> Iterator[list[int]]:
            self._left, self._happened = nth, []
            yield self._happened
            self._left = 0

        return armed()

    def _count(self, connection: Any) -> None:
        if self._left == 0:
            return
        self._left -= 1
        if self._left == 0:
            pid = connection.connection.dbapi_connection.info.backend_pid
            with self._ruler.app_context():
                with db.engine.connect() as ruler:
                    ruler.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
                self._happened.append(pid)


@pytest.mark.wide
@pytest.mark.planted("B10")
def test_a_product_without_these_answers_is_seen(guest_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted bug: trouble with the database is as unforeseen as any other."""
    world, kontrakt_id = world_with_kontrakt(guest_app)
    device, reader = Device(guest_app, world, kontrakt_id), Browser.signed_in(guest_app, world.mette)
    guest_app.config["TESTING"] = False
    monkeypatch.setattr(error_pages, "trouble_of", lambda _problem: None)
    with guest_app.app_context():
        db.engine.dispose()
        others = [create_engine(db.engine.url, poolclass=NullPool).connect() for _ in range(2)]
    for ask in (device.tick, lambda: clear(reader.get("/"))):
        with pytest.raises((AssertionError, DBAPIError)):
            ask()
    for other in others:
        other.close()


def sound(make: Callable[[Any], tuple[str, str]], module: Any) -> bool:
    """B3: WAL only where the library has the WAL-reset bug mended; else the rollback journal with EXTRA."""
    journal, synchronous = make(module.sqlite_version_info)
    found = module.sqlite_version_info
    mended = found >= (3, 51, 3) or (3, 50, 7) <= found < (3, 51) or (3, 44, 6) <= found < (3, 45)
    return (journal, synchronous) == (("WAL", "FULL") if mended else ("DELETE", "EXTRA"))


@pytest.mark.gate("B3")
@pytest.mark.planted("B3")
def test_a_file_in_wal_is_taken_out_of_it_by_an_old_library(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, record_property: Callable[[str, object], None]
) -> None:
    """Written by the new library, then opened by the old one, which must not go on in WAL, and says so."""
    file = tmp_path / "supervision.db"
    found = {}
    for module in (sqlite_driver(), sqlite3):
        engine = create_engine(f"sqlite:///{file}", module=module, poolclass=NullPool)
        prepare_sqlite(engine)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE IF NOT EXISTS x (y)"))
            connection.execute(text("INSERT INTO x VALUES (1)"))
        with engine.connect() as connection:
            found[module.sqlite_version] = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
            assert (
                connection.exec_driver_sql("PRAGMA journal_mode").scalar()
                == sqlite_journal(module.sqlite_version_info)[0].lower()
            )
        assert sound(sqlite_journal, module)
        engine.dispose()
    if sqlite_journal(OLD)[0] == "DELETE":
        assert f"sqlite_uden_wal version={sqlite3.sqlite_version}" in caplog.text
    assert not sound(lambda _version: ("WAL", "NORMAL"), sqlite3), "a guard that always says WAL is seen"
    record_property("figure", ", ".join(f"SQLite {version}: {mode}" for version, mode in found.items()))

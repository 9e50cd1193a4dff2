"""The database layer against its known traps: lost updates, dropped time zones, the WAL-reset bug."""

from __future__ import annotations

import secrets
import sqlite3
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from people import World
from sqlalchemy import Engine, create_engine, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError
from sqlalchemy.pool import NullPool

from supervision import db as database
from supervision.config import Settings, database_url
from supervision.db import LOCK_TIMEOUT_MS, WAITED, Turns, db, prepare_sqlite, sqlite_driver, sqlite_journal
from supervision.history import Historik
from supervision.personer.models import Organisation, Person
from supervision.problems import SettingsProblem

THREADS = 8
ROUNDS = 20


@pytest.mark.gate("B3")
@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 40, 1), ("DELETE", "EXTRA")),
        ((3, 44, 5), ("DELETE", "EXTRA")),
        ((3, 44, 6), ("WAL", "FULL")),
        ((3, 45, 0), ("DELETE", "EXTRA")),
        ((3, 50, 6), ("DELETE", "EXTRA")),
        ((3, 50, 7), ("WAL", "FULL")),
        ((3, 51, 2), ("DELETE", "EXTRA")),
        ((3, 51, 3), ("WAL", "FULL")),
        ((3, 53, 4), ("WAL", "FULL")),
        ((4, 0, 0), ("WAL", "FULL")),
    ],
)
def test_the_journal_fits_the_library(version: tuple[int, ...], expected: tuple[str, str]) -> None:
    assert sqlite_journal(version) == expected


def not_set_up(engine: Engine, module: Any) -> list[str]:
    """What the connections of an engine, three in turn, say of themselves that they should not."""
    journal, synchronous = sqlite_journal(module.sqlite_version_info)
    wanted = {
        "journal_mode": journal.lower(),
        "synchronous": {"FULL": 2, "EXTRA": 3}[synchronous],
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": LOCK_TIMEOUT_MS,
    }
    found = []
    for _ in range(3):
        with engine.connect() as connection:
            said = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
        found += [f"{name}: {said[name]}" for name in wanted if said[name] != wanted[name]]
    return found


@pytest.mark.gate("B2", "B3")
@pytest.mark.parametrize("module", [sqlite3, sqlite_driver()], ids=["own", "newest"])
def test_every_connection_is_set_up(module: Any, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}", module=module, poolclass=NullPool)
    prepare_sqlite(engine)
    assert not_set_up(engine, module) == []


@pytest.mark.planted("B2", "B3")
def test_connections_as_the_library_makes_them_are_seen(tmp_path: Path) -> None:
    """Set up once, as a file keeps it: the journal stays, and the rest is gone with the connection."""
    module: Any = sqlite_driver()
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}", module=module, poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("PRAGMA synchronous=NORMAL")
    found = set(not_set_up(engine, module))
    assert "foreign_keys: 0" in found
    event.listen(engine, "connect", lambda made, _record: made.execute("PRAGMA synchronous=NORMAL"))
    assert "synchronous: 1" in not_set_up(engine, module)


def answered_alike(engines: list[Engine], statement: str) -> bool:
    """Whether every engine takes a statement."""
    taken = []
    for engine in engines:
        with engine.connect() as connection, suppress(DBAPIError):
            connection.exec_driver_sql(statement)
            taken.append(engine)
    return len(taken) == len(engines)


@pytest.mark.planted("B15")
def test_what_only_one_engine_takes_is_seen(sqlite_app: Flask, postgres_app: Flask) -> None:
    """Why the suite runs on both: each of these passes on SQLite alone, or on PostgreSQL alone."""
    engines = []
    for app in (sqlite_app, postgres_app):
        with app.app_context():
            engines.append(db.engine)
    assert answered_alike(engines, "SELECT navn, count(*) FROM person GROUP BY navn")
    assert not answered_alike(engines, "SELECT navn, email, count(*) FROM person GROUP BY navn")
    assert not answered_alike(engines, "SELECT 1 FROM person WHERE navn = 1")
    assert not answered_alike(engines, "SELECT DISTINCT ON (navn) navn FROM person")


def test_concurrent_changes_are_all_kept(app: Flask) -> None:
    """Read, add one, write, from eight threads: with SQLAlchemy's own transactions most are lost."""
    with app.app_context():
        db.session.add(Organisation(navn="0", slags="jobcenter"))
        db.session.commit()
        lock = {} if db.engine.dialect.name == "sqlite" else {"with_for_update": True}
    failures: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(ROUNDS):
                with app.app_context():
                    row = db.session.scalars(
                        select(Organisation).with_for_update() if lock else select(Organisation)
                    ).one()
                    row.navn = str(int(row.navn) + 1)
                    db.session.commit()
        except Exception as problem:
            failures.append(problem)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with app.app_context():
        assert db.session.scalars(select(Organisation.navn)).one() == str(THREADS * ROUNDS)


def test_a_reading_request_does_not_wait_for_a_writer(sqlite_app: Flask, tmp_path: Path) -> None:
    with sqlite_app.app_context():
        db.session.execute(text("SELECT 1"))  # outside a request: takes the write lock
        with sqlite_app.test_request_context("/"), db.engine.connect() as other:
            assert other.exec_driver_sql("SELECT count(*) FROM person").scalar() == 0
        db.session.rollback()


def test_a_moment_keeps_its_zone(context: Flask) -> None:
    moment = datetime(2026, 3, 3, 10, 30, tzinfo=timezone(timedelta(hours=1)))
    row = Historik(at=moment, handling="prøve", genstand="x", genstand_id=uuid4())
    db.session.add(row)
    db.session.commit()
    db.session.expire_all()
    assert row.at == moment
    assert row.at.tzinfo is UTC


def test_a_naive_moment_is_refused(context: Flask) -> None:
    statement = insert(Organisation.__table__.metadata.tables["laeringsgruppe"]).values(
        oprettet_at=datetime(2026, 3, 3)
    )
    with pytest.raises(StatementError, match="time zone"):
        db.session.execute(statement)


def test_foreign_keys_hold(context: Flask) -> None:
    db.session.add(Person(navn="x", email="x@test.example", organisation_id=uuid4()))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_raised_problem_rolls_back(app: Flask) -> None:
    from supervision.db import commits

    @commits
    def view() -> str:
        db.session.execute(update(Organisation).values(navn="x"))
        db.session.add(Organisation(navn="y", slags="jobcenter"))
        db.session.flush()
        raise RuntimeError

    with app.app_context():
        with pytest.raises(RuntimeError):
            view()
        assert db.session.scalars(select(Organisation)).all() == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgres://a/b", "postgresql+psycopg://a/b"),
        ("postgresql://a/b", "postgresql+psycopg://a/b"),
        ("sqlite:///x.db", "sqlite:///x.db"),
    ],
)
def test_the_database_address_names_its_driver(given: str, expected: str, tmp_path: Path) -> None:
    assert database_url(given, tmp_path) == expected


def test_another_kind_of_database_is_refused_in_danish(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match="DATABASE_URL skal begynde med"):
        database_url("mysql://x", tmp_path)


def test_settings_make_and_keep_a_secret(tmp_path: Path) -> None:
    first = Settings.from_environment(tmp_path, {})
    again = Settings.from_environment(tmp_path, {})
    assert first.secret_key == again.secret_key
    assert len(first.secret_key) >= 48
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_two_that_start_at_once_keep_one_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second process comes while the first is making the key; it once read an empty file, or fell."""
    made, whole = secrets.token_urlsafe, []

    def while_another_starts(length: int) -> str:
        monkeypatch.setattr(secrets, "token_urlsafe", made)
        whole.append(Settings.from_environment(tmp_path, {}).secret_key)
        return made(length)

    monkeypatch.setattr(secrets, "token_urlsafe", while_another_starts)
    mine = Settings.from_environment(tmp_path, {}).secret_key
    assert len(mine) >= 48
    assert whole == [mine]
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"], "nothing half-made is left"


def test_a_setting_that_is_neither_yes_nor_no_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match="COOKIE_SECURE skal være ja eller nej"):
        Settings.from_environment(tmp_path, {"COOKIE_SECURE": "måske"})


def test_who_waits_first_writes_first(sqlite_app: Flask) -> None:
    """Twelve who write at once, each in a thread of its own: all get through, in the order they came."""
    order: list[int] = []
    with sqlite_app.app_context():
        engine = db.engine
    holder = engine.connect()
    holder.execute(text("SELECT 1"))

    def write(number: int) -> None:
        with engine.begin() as connection:
            connection.execute(text("SELECT 1"))
            order.append(number)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for writer in writers:
        writer.start()
        writer.join(0.03)
    assert order == []
    holder.close()
    for writer in writers:
        writer.join(5)
    assert order == list(range(12))


def test_a_turn_that_does_not_come_is_not_kept() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.01)
    turns.give()
    assert turns.take(0)
    turns.give()


@pytest.mark.wide
@pytest.mark.gate("B10")
def test_what_was_waited_in_line_is_taken_off_the_wait_for_a_lock(app: Flask, world: World) -> None:
    """Who has stood in line for all but 50 ms is told while somebody else still writes, for two seconds more."""
    change = update(Person).values(navn="En anden")
    waited = LOCK_TIMEOUT_MS / 1000 - 0.05
    with app.app_context(), db.engine.connect() as other:
        other.execute(change)
        done = threading.Timer(2, other.close)
        done.start()
        with app.test_request_context(method="POST", environ_overrides={WAITED: waited}):
            with pytest.raises(OperationalError):
                db.session.execute(change)
            assert done.is_alive()
            db.session.remove()
        done.join()
        with app.test_request_context(method="POST", environ_overrides={WAITED: waited + 3}):
            db.session.execute(change)
            db.session.rollback()


class SlowSleeper:
    """A locked database on a busy machine: whoever is to wait so long for it waits half as long again."""

    def __init__(self) -> None:
        self.patience_ms = database.LOCK_TIMEOUT_MS
        self.info: dict[str, bool] = {}
        self.connection = self.dbapi_connection = self

    def execute(self, asked: str) -> None:
        if asked.startswith("PRAGMA busy_timeout="):
            self.patience_ms = int(asked.split("=")[1])
            return
        time.sleep(self.patience_ms * 1.5 / 1000)
        raise sqlite3.OperationalError("database is locked")

    exec_driver_sql = execute


def test_the_wait_for_the_lock_is_measured_by_a_real_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite measures it by the sleeps that it asks for: its ten seconds were thirteen on a busy machine."""
    monkeypatch.setattr(database, "LOCK_TIMEOUT_MS", 600)
    monkeypatch.setattr(database, "TRY_MS", 50)
    slow, began = SlowSleeper(), time.monotonic()
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        database._begin_in_turn(slow, Turns())
    assert time.monotonic() - began < 0.85
    assert slow.patience_ms == 600

"""The database: engine, session, base class, column types, and the one place that commits.

Held against four known traps: SQLite's silent lost updates (BEGIN IMMEDIATE), cascades that fire during a batch
migration (see migrations/env.py), time zones dropped by SQLite (`UtcDateTime`), and the WAL-reset bug of SQLite
libraries before 3.51.3 (`sqlite_journal`).
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps
from logging import WARNING
from pathlib import Path
from threading import Event, Lock
from time import monotonic
from typing import Annotated, Any, ParamSpec, TypeVar
from uuid import UUID, uuid4

from flask import Flask, has_request_context, request
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, Uuid, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, mapped_column

from supervision.config import Settings
from supervision.drift.events import log_event

P = ParamSpec("P")
R = TypeVar("R")

LOCK_TIMEOUT_MS = 9_000
"""Whoever asks is answered within 11 s, on a busy machine, too."""
CONNECTIONS = 32
"""As many as work at the same time: the server's other threads hold ticks that wait (see `drift.admission`), and those
have no connection."""
WRITES = "writes"
"""In a connection's execution options: it writes, though the request it belongs to only reads."""
IDLE_IN_TRANSACTION_MS = 600_000
"""A process that stopped in the middle lets go of its locks after this; a long job of the night is well within it."""
POOL_WAIT_S = LOCK_TIMEOUT_MS / 1000
CONNECT_WAIT_S = 5
TRY_MS = 250
"""SQLite counts the sleeps that it asks for, not how long they last: on a busy machine its 9 s are 12 or 14. It is
asked for so much at a time, and a real clock says when that is enough."""
WAITED_LONG_S = 0.05
"""From here on, what was waited in line is taken off the wait for PostgreSQL's locks, so that both are 9 s at most."""
WAITED = "supervision.waited_s"
"""In a request's environ: how long it stood in line before it came to us. That, too, is part of the 9 s."""
FULL_DISK, PASSING = "full", "passing"
"""Kinds of trouble with a database that nobody has done anything wrong to cause."""
SQLITE_FULL = ("database or disk is full",)
SQLITE_PASSING = (
    "database is locked",
    "database table is locked",
    "disk i/o error",
    "unable to open database file",
    "attempt to write a readonly database",
    "database schema has changed",
)
POSTGRES_FULL = ("53100",)
POSTGRES_PASSING = ("08", "40", "53", "55P03", "57", "58", "25006", "25P03")
"""Beginnings of SQLSTATE: connection, rolled back by a deadlock, no resources, lock timeout, shut down, system error,
a read-only standby, idle too long."""
TURN = "turn"
"""In a connection's info: whether it has the turn to write."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on every engine. Raises ValueError when given a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment must carry its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every model."""

    metadata = metadata
    type_annotation_map = {datetime: UtcDateTime(), UUID: Uuid()}


UuidKey = Annotated[UUID, mapped_column(Uuid(), primary_key=True, default=uuid4)]
"""A random primary key that can stand in an address without telling how many there are."""

db = SQLAlchemy(metadata=metadata, disable_autonaming=True)
migrate = Migrate(db=db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True)


def init_app(app: Flask, settings: Settings) -> None:
    """Connect the application to its database."""
    if settings.database_url.startswith("sqlite"):
        driver = sqlite_driver()
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
            "module": driver,
            "connect_args": {"check_same_thread": False},
        }
        if settings.database_url != "sqlite://":  # One in memory has one connection.
            pool = {"pool_size": CONNECTIONS, "pool_timeout": POOL_WAIT_S}
            app.config["SQLALCHEMY_ENGINE_OPTIONS"].update(pool)
    else:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
            "pool_pre_ping": True,
            "pool_size": CONNECTIONS,
            "max_overflow": 2,
            "pool_timeout": POOL_WAIT_S,
            "connect_args": {"connect_timeout": CONNECT_WAIT_S},
        }
    db.init_app(app)
    migrate.init_app(app)
    with app.app_context():
        (prepare_sqlite if db.engine.dialect.name == "sqlite" else prepare_postgres)(db.engine)


def trouble_of(problem: BaseException) -> str | None:
    """FULL_DISK or PASSING (try again), or None when the problem is not of the database's own making."""
    if isinstance(problem, (PoolTimeout, PendingRollbackError)):
        return PASSING
    if not isinstance(problem, DBAPIError):
        return None
    state = getattr(problem.orig, "sqlstate", None)
    if state:
        full, passing = state.startswith(POSTGRES_FULL), state.startswith(POSTGRES_PASSING)
    else:
        said = str(problem.orig).lower()
        full = said.startswith(SQLITE_FULL)
        passing = said.startswith(SQLITE_PASSING) or problem.connection_invalidated or _no_contact(problem)
    return FULL_DISK if full else PASSING if passing else None


def _no_contact(problem: DBAPIError) -> bool:
    """psycopg gives no SQLSTATE when there is no server, or when it went away in the middle."""
    return isinstance(problem, OperationalError | InterfaceError) and not isinstance(
        problem.orig, sqlite3.Error | sqlite_driver().Error
    )


before_commit: list[Callable[[Any], None]] = []
"""Called with the answer of a view that changes something, in its transaction, just before the commit."""


def writing_engine() -> Engine:
    """The engine for a transaction of its own that writes: let go of the session's own transaction first, since in
    the rollback journal a reader that stays keeps every writer waiting."""
    return db.engine.execution_options(**{WRITES: True})


def commits(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view that changes something: one commit when it returns, a rollback when it raises."""

    @wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            answer = view(*args, **kwargs)
            for act in before_commit:
                act(answer)
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        return answer

    wrapper.commits = True  # type: ignore[attr-defined]
    return wrapper


def sqlite_driver() -> Any:
    """The newest SQLite at hand: `pysqlite3` when it is installed and newer than Python's own."""
    try:
        import pysqlite3
    except ImportError:
        return sqlite3
    return pysqlite3 if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info else sqlite3


def sqlite_journal(version: Sequence[int]) -> tuple[str, str]:
    """(journal_mode, synchronous) that keep an answered commit on disk with this SQLite library.

    WAL loses data with two connections before 3.51.3, but for the mended 3.50.7 and 3.44.6 (sqlite.org, WAL-reset
    bug); there the rollback journal with an extra sync of the folder is used. In WAL only FULL has the commit on
    disk.
    """
    found = tuple(version[:3])
    mended = found >= (3, 51, 3) or (3, 50, 7) <= found < (3, 51) or (3, 44, 6) <= found < (3, 45)
    return ("WAL", "FULL") if mended else ("DELETE", "EXTRA")


def prepare_postgres(engine: Engine) -> None:
    """Nobody waits for another's lock longer than with SQLite, and nobody who died keeps one."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.execute(f"SET lock_timeout = {LOCK_TIMEOUT_MS}")
        connection.execute(f"SET idle_in_transaction_session_timeout = {IDLE_IN_TRANSACTION_MS}")
        connection.commit()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        waited = _waited_in_line()
        if waited >= WAITED_LONG_S:
            left = max(1, LOCK_TIMEOUT_MS - round(waited * 1000))  # 0 would be for ever.
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {left}")


def prepare_sqlite(engine: Engine) -> None:
    """Set each connection up, and let every transaction that may write take its lock at once."""
    dbapi: Any = engine.dialect.loaded_dbapi
    journal, synchronous = sqlite_journal(dbapi.sqlite_version_info)
    if journal != "WAL":
        log_event("sqlite_uden_wal", level=WARNING, version=dbapi.sqlite_version)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={LOCK_TIMEOUT_MS}",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"journal_mode={journal}",
            f"synchronous={synchronous}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    turns = Turns()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        if _only_reads() and not connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql("BEGIN")
            return
        _begin_in_turn(connection, turns)

    def _give_turn(_connection: Any, record: Any, *_why: Any) -> None:
        if record.info.pop(TURN, False):
            turns.give()

    event.listen(engine, "checkin", _give_turn)
    event.listen(engine, "invalidate", _give_turn)


def _begin_in_turn(connection: Any, turns: Turns) -> None:
    """Take the lock. The waits in line, for the turn and for whoever holds it outside this process are 9 s together."""
    until = monotonic() - _waited_in_line() + LOCK_TIMEOUT_MS / 1000
    if TURN not in connection.info:
        connection.info[TURN] = turns.take(max(0, until - monotonic()))
    driver = connection.connection.dbapi_connection
    try:
        while (left := round((until - monotonic()) * 1000)) > 0:
            driver.execute(f"PRAGMA busy_timeout={min(left, TRY_MS)}")
            in_the_way = _begin(driver)
            if not in_the_way:
                return
            if "locked" not in in_the_way:
                break
        driver.execute("PRAGMA busy_timeout=0")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={LOCK_TIMEOUT_MS}")


def _begin(driver: Any) -> str:
    """Take the lock in the time that is set. Gives what was in the way, "" when nothing was."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except (sqlite3.Error, sqlite_driver().Error) as problem:
        return str(problem)
    return ""


class Turns:
    """A line, first come first served. places: how many have their turn at a time; one, for those who will write.

    SQLite lets those who wait ask again and again, and whoever asks at the right moment gets the lock: under load
    some wait for seconds while others pass them. Other processes still meet at SQLite's own lock.
    """

    def __init__(self, places: int = 1) -> None:
        self._guard = Lock()
        self._waiting: deque[Event] = deque()
        self._free = places

    def take(self, timeout_s: float) -> bool:
        """Wait for the turn. False when it did not come in time: then SQLite's own lock decides."""
        with self._guard:
            if self._free:
                self._free -= 1
                return True
            mine = Event()
            self._waiting.append(mine)
        if mine.wait(timeout_s):
            return True
        with self._guard:
            if mine.is_set():
                return True
            self._waiting.remove(mine)
        return False

    def give(self) -> None:
        """Let the next one have it."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


def _waited_in_line() -> float:
    return float(request.environ.get(WAITED, 0)) if has_request_context() else 0.0


def _only_reads() -> bool:
    return has_request_context() and request.method in ("GET", "HEAD", "OPTIONS")

"""The database brought to the newest schema, by one process at a time, with a copy of a SQLite file taken first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from supervision import clock
from supervision.db import db, sqlite_driver
from supervision.problems import RuleBroken

KEPT_COPIES = 5
PATIENCE_S = 300
"""How long one process waits for another that migrates."""
OURS = 0x6B66_7376
"""The key of the lock in PostgreSQL, so that several servers on one database can start at once."""


def upgrade_database(app: Flask) -> bool:
    """Bring the database to the newest schema. Returns False when it was there already.

    A SQLite file with something in it is copied to `backups/` in the instance folder first; the newest five stay.
    Several may call at once: one does it, the others wait. Raises RuleBroken when the wait is too long.
    """
    with app.app_context():
        if _at_head(app):
            return False
        with one_at_a_time(app):
            if _at_head(app):
                return False
            if _current() is not None and db.engine.dialect.name == "sqlite":
                copy_database(Path(app.instance_path))
            upgrade()
            return True


def migration_config(app: Flask) -> Config:
    """Alembic's configuration of this product."""
    config: Config = app.extensions["migrate"].migrate.get_config()
    return config


def schema_versions(app: Flask) -> tuple[str | None, str | None]:
    """(the database's version, the newest one); the context must be pushed."""
    return _current(), ScriptDirectory.from_config(migration_config(app)).get_current_head()


@contextmanager
def one_at_a_time(app: Flask) -> Iterator[None]:
    """Hold the right to change the schema; others wait. Given back by the system when the process dies."""
    held = (
        _held_in_a_file(Path(app.instance_path))
        if db.engine.dialect.name == "sqlite"
        else _held_in_postgres()
    )
    with held:
        yield


def copy_database(instance: Path) -> Path:
    """Copy the open SQLite file, consistent and compact, and let go of the oldest copies. Returns the copy."""
    backups = instance / "backups"
    backups.mkdir(exist_ok=True)
    target = backups / f"før-migrering-{clock.now():%Y%m%d-%H%M%S-%f}.db"
    unfinished = target.with_suffix(".tmp")
    with db.engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        driver.execute("VACUUM INTO ?", (str(unfinished),))
    unfinished.replace(target)
    for old in sorted(backups.glob("før-migrering-*.db"))[:-KEPT_COPIES]:
        old.unlink()
    return target


def _at_head(app: Flask) -> bool:
    current, head = schema_versions(app)
    return current == head


def _current() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _held_in_a_file(instance: Path) -> Iterator[None]:
    """A small SQLite file is the lock: the same on Linux and Windows, and gone with the process."""
    driver = sqlite_driver()
    lock = driver.connect(instance / "migrering.lock", timeout=PATIENCE_S, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except driver.OperationalError as problem:
        lock.close()
        raise RuleBroken(
            "En anden proces er ved at ændre databasen. Vent, til den er færdig, og prøv igen."
        ) from problem
    try:
        yield
    finally:
        lock.close()


@contextmanager
def _held_in_postgres() -> Iterator[None]:
    with db.engine.connect() as connection, connection.begin():
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_S}s'"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:ours)"), {"ours": OURS})
        yield

"""`supervision gendan`: a backup back into an installation, proved first; what is there stays until the new one is
whole."""

from __future__ import annotations

import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from gzip import BadGzipFile
from importlib import import_module
from pathlib import Path
from typing import IO

from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, MetaData, inspect, text

from supervision import clock
from supervision.config import Settings
from supervision.db import db, sqlite_driver
from supervision.maintenance.backup import sqlite_counts, sqlite_version
from supervision.maintenance.kopi import BLOCK, Damaged, Manifest, key_print, open_kopi, sync_folder
from supervision.maintenance.migrating import migration_config, one_at_a_time, upgrade_database
from supervision.maintenance.postgres_tables import VERSION_TABLE, load_tables, row_counts
from supervision.problems import RuleBroken

AFTER_RESTORE: tuple[str, ...] = ("supervision.rettigheder.cli:replay_after_restore",)
"""What must be done before anybody uses restored data, in order, as `module:function`; each is called with the
app."""

NOT_EMPTY = (
    "Der er allerede personer i databasen. Intet er ændret. Brug --erstat, hvis kopien skal sættes i stedet for "
    "det, der "
    "er der nu."
)
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def restore(app: Flask, path: Path, *, replace: bool = False) -> Manifest:
    """Put a backup in the place of the installation's database. Returns what it held.

    replace: also where there are people already; a SQLite file is then kept in `backups/`. Raises RuleBroken
    (Damaged for the file) with the database as it was; after that `after_restore` runs, and what it raises comes
    when the data is in.
    """
    with open_kopi(path) as (manifest, data), app.app_context():
        _fits(manifest, app)
        with _cut_is_damage(path):
            _INTO[manifest.motor](app, manifest, data, replace)
    after_restore(app)
    return manifest


def after_restore(app: Flask) -> None:
    """Bring restored data to the newest schema, then do what is on the list: deletions made since the backup, above
    all."""
    upgrade_database(app)
    for name in AFTER_RESTORE:
        module, function = name.split(":")
        hook: Callable[[Flask], object] = getattr(import_module(module), function)
        hook(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def same_key(manifest: Manifest, settings: Settings) -> bool:
    """Whether the installation has the SECRET_KEY that the backup was made under."""
    salt, was = manifest.noegle
    return key_print(settings.secret_key, salt) == was


def _fits(manifest: Manifest, app: Flask) -> None:
    here = db.engine.dialect.name
    if manifest.motor not in _INTO or manifest.motor != here:
        raise RuleBroken(
            f"Kopien er fra {NAMES.get(manifest.motor, manifest.motor)}, og DATABASE_URL peger på {NAMES[here]}. "
            f"Intet er ændret."
        )
    known = {
        script.revision for script in ScriptDirectory.from_config(migration_config(app)).walk_revisions()
    }
    if manifest.skema not in known:
        raise RuleBroken(
            f"Kopien er lavet med en nyere udgave af systemet (skema {manifest.skema}). Intet er ændret. Opdater "
            f"først."
        )


@contextmanager
def _cut_is_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, ValueError, BadGzipFile, zlib.error) as problem:
        raise Damaged(f"{path} kan ikke pakkes ud. Intet er ændret. Brug en anden kopi.", "fil") from problem


def _into_sqlite(app: Flask, manifest: Manifest, data: IO[bytes], replace: bool) -> None:
    target = Path(str(db.engine.url.database))
    target.parent.mkdir(parents=True, exist_ok=True)
    db.session.remove()
    db.engine.dispose()
    with one_at_a_time(app), _beside(target) as made:
        with made.open("wb") as out:
            shutil.copyfileobj(data, out, BLOCK)
            out.flush()
            os.fsync(out.fileno())
        _prove_sqlite(made, manifest)
        if target.exists():
            _put_aside(target, Path(app.instance_path), replace=replace)
        os.replace(made, target)
        sync_folder(target.parent)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new file in the same folder, gone afterwards unless it was renamed."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for left in (name, f"{name}-journal", f"{name}-wal", f"{name}-shm"):
            with suppress(FileNotFoundError):
                os.unlink(left)


def _prove_sqlite(made: Path, manifest: Manifest) -> None:
    connection = sqlite_driver().connect(f"file:{made}?mode=ro&immutable=1", uri=True)
    try:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        agrees = (
            sqlite_version(connection) == manifest.skema and sqlite_counts(connection) == manifest.raekker
        )
    except sqlite_driver().DatabaseError as problem:
        raise Damaged(
            "Databasen i kopien kan ikke åbnes. Intet er ændret. Brug en anden kopi.", "fil"
        ) from problem
    finally:
        connection.close()
    if found != "ok" or not agrees:
        raise Damaged("Databasen i kopien er ikke hel. Intet er ændret. Brug en anden kopi.", "fil")


def _put_aside(target: Path, instance: Path, *, replace: bool) -> None:
    """Keep what is there now as a whole file in `backups/`. Raises RuleBroken when it is in use, or not empty."""
    driver = sqlite_driver()
    connection = driver.connect(target, timeout=1)
    try:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'person'").fetchone()
        if known and connection.execute("SELECT 1 FROM person LIMIT 1").fetchone() and not replace:
            raise RuleBroken(NOT_EMPTY)
        connection.execute(
            "PRAGMA journal_mode=DELETE"
        )  # refused while anybody else has the file open in WAL
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except driver.OperationalError as problem:
        raise RuleBroken("Databasen er i brug. Intet er ændret. Stop systemet, og prøv igen.") from problem
    except driver.DatabaseError as problem:
        if not replace:
            raise RuleBroken(
                f"Databasen i {target} kan ikke læses. Intet er ændret. Brug --erstat."
            ) from problem
    finally:
        connection.close()
    backups = instance / "backups"
    backups.mkdir(exist_ok=True)
    shutil.copy2(target, backups / f"før-gendannelse-{clock.now():%Y%m%d-%H%M%S}.db")
    for left in (f"{target}-wal", f"{target}-shm", f"{target}-journal"):
        with suppress(FileNotFoundError):
            os.unlink(left)


def _into_postgres(app: Flask, manifest: Manifest, data: IO[bytes], replace: bool) -> None:
    """All in one transaction: the old tables go, the schema of the backup comes, its rows are read. Or nothing
    happens."""
    with one_at_a_time(app), db.engine.connect() as connection, connection.begin():
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        _drop_all(connection, replace=replace)
        config = migration_config(app)
        config.attributes["connection"] = connection
        command.upgrade(config, manifest.skema)
        _empty_all(connection)
        load_tables(connection, data)
        if row_counts(connection) != manifest.raekker:
            raise Damaged("Rækkerne i kopien passer ikke med dens liste. Intet er ændret.", "fil")
        db.session.remove()


def _drop_all(connection: Connection, *, replace: bool) -> None:
    people = inspect(connection).has_table("person") and connection.scalar(
        text("SELECT count(*) FROM person")
    )
    if people and not replace:
        raise RuleBroken(NOT_EMPTY)
    there = MetaData()
    there.reflect(connection)
    there.drop_all(connection)


def _empty_all(connection: Connection) -> None:
    """A migration may have put rows of its own there; those of the backup come instead."""
    for name in reversed(_sorted_names(connection)):
        connection.execute(text(f'DELETE FROM "{name}"'))  # noqa: S608


def _sorted_names(connection: Connection) -> list[str]:
    found = MetaData()
    found.reflect(connection)
    return [table.name for table in found.sorted_tables if table.name != VERSION_TABLE]


_INTO: dict[str, Callable[[Flask, Manifest, IO[bytes], bool], None]] = {
    "sqlite": _into_sqlite,
    "postgresql": _into_postgres,
}

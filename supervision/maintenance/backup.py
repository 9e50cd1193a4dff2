"""`supervision sikkerhedskopi`: the whole database in one proved file, while the product runs."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkstemp
from typing import IO, Any

from flask import Flask
from sqlalchemy import text

from supervision import clock
from supervision.config import Settings
from supervision.db import db, sqlite_driver
from supervision.maintenance.kopi import BLOCK, Manifest, key_print, write_kopi
from supervision.maintenance.postgres_tables import dump_tables, frozen_view, row_counts
from supervision.problems import RuleBroken

NAMED = "supervision-%Y%m%d-%H%M%S.kopi"
"""The name of a backup that was given none, by the time in UTC."""


def write_backup(app: Flask, target: Path | None = None) -> Path:
    """Copy the database as it is at one moment, beside a running product. Returns the file.

    target: the file, which must not exist; without it one named by the time in the folder of backups, where those
    that are too old then go. Raises RuleBroken when there is no database, no room, or the copy is not sound.
    """
    settings: Settings = app.extensions["settings"]
    chosen = target or settings.backup_dir / f"{clock.now():{NAMED}}"
    if chosen.exists():
        raise RuleBroken(f"{chosen} findes allerede. Vælg et andet navn; en kopi overskrives aldrig.", "fil")
    chosen.parent.mkdir(parents=True, exist_ok=True)
    with app.app_context():
        sqlite = db.engine.dialect.name == "sqlite"
        (_copy_sqlite if sqlite else _copy_postgres)(settings, chosen)
    if target is None:
        drop_old(settings.backup_dir, settings.backup_days)
    return chosen


def drop_old(folder: Path, days: int) -> list[Path]:
    """Delete the backups older than that by their names, never the newest. Returns what went."""
    kept_from = clock.now() - timedelta(days=days)
    old = [path for path, at in list_backups(folder)[:-1] if at < kept_from]
    for path in old:
        path.unlink()
    return old


def list_backups(folder: Path) -> list[tuple[Path, datetime]]:
    """The backups that were given no name, with their moments, oldest first."""
    return sorted(_dated(folder), key=lambda found: found[1])


def _dated(folder: Path) -> Iterator[tuple[Path, datetime]]:
    for path in folder.glob("supervision-*.kopi"):
        try:
            yield path, datetime.strptime(path.name, NAMED).replace(tzinfo=UTC)
        except ValueError:
            continue


def _copy_sqlite(settings: Settings, target: Path) -> None:
    """By SQLite's own online backup, in one step: writers in WAL are not held up, and none of it is half."""
    source = Path(str(db.engine.url.database))
    if not source.exists():
        raise RuleBroken(
            f"Der er ingen database i {source}. Se efter, om DATABASE_URL og SUPERVISION_INSTANCE er rigtige."
        )
    _need_room(target.parent, source)
    handle, name = mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    os.close(handle)
    copy = Path(name)
    try:
        counts, version = _online(source, copy)
        manifest = _manifest(settings, "sqlite", version, counts)
        write_kopi(target, manifest, lambda out: _pour(copy, out))
    finally:
        for left in (copy, Path(f"{copy}-journal")):
            left.unlink(missing_ok=True)


def _online(source: Path, copy: Path) -> tuple[dict[str, int], str]:
    driver = sqlite_driver()
    reader, made = driver.connect(f"file:{source}?mode=ro", uri=True, timeout=60), driver.connect(copy)
    try:
        reader.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")
        found = made.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise RuleBroken(
                f"Databasen er beskadiget, så den kan ikke kopieres: {found}. Gendan den seneste gode kopi."
            )
        return sqlite_counts(made), sqlite_version(made)
    finally:
        made.close()
        reader.close()


def sqlite_counts(connection: Any) -> dict[str, int]:
    """Rows by table in an open SQLite file."""
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
    ]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def sqlite_version(connection: Any) -> str:
    """The newest migration of an open SQLite file. Raises RuleBroken when it has none."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    if row is None:
        raise RuleBroken("Der er intet i databasen endnu. Kør supervision migrer først.")
    return str(row[0])


def _copy_postgres(settings: Settings, target: Path) -> None:
    """From one frozen view of the database, table by table; nobody is held up."""
    with frozen_view(db.engine) as connection:
        counts = row_counts(connection)
        if "alembic_version" not in counts:
            raise RuleBroken("Der er intet i databasen endnu. Kør supervision migrer først.")
        version = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
        manifest = _manifest(settings, "postgresql", version, counts)
        write_kopi(target, manifest, lambda out: dump_tables(connection, out))


def _manifest(settings: Settings, engine: str, version: str, counts: dict[str, int]) -> Manifest:
    salt = secrets.token_hex(16)
    return Manifest(
        motor=engine,
        skema=version,
        lavet=clock.now().isoformat(timespec="seconds"),
        raekker=counts,
        noegle=(salt, key_print(settings.secret_key, salt)),
    )


def _need_room(folder: Path, source: Path) -> None:
    """The copy and the packed file lie there at once for a moment."""
    needed, free = 2 * source.stat().st_size, shutil.disk_usage(folder).free
    if free < needed:
        raise RuleBroken(
            f"Der er {free // BLOCK} MB ledig i {folder}, og kopien kan bruge {needed // BLOCK} MB. Skaf plads, "
            f"eller "
            "vælg en anden mappe."
        )


def _pour(copy: Path, out: IO[bytes]) -> None:
    with copy.open("rb") as raw:
        shutil.copyfileobj(raw, out, BLOCK)

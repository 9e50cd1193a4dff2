"""A file that somebody fetches is nowhere afterwards: not in the temporary folder, not in the instance, not kept."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from people import World
from test_viewpoints import VIEWPOINTS, build, fill

from supervision.access import matrix
from supervision.db import db
from supervision.observationer.formats.filtyper import FILTYPER
from supervision.observationer.views import hent

pytestmark = [
    pytest.mark.wide,
    pytest.mark.gate("F3"),
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]

FILES = ("/fil", "/hent", ".csv", ".ics", "csv-skabelon")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder where temporary files go."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def fetched(app: Flask, world: World, browser_for: Any, temporary: Path) -> tuple[list[str], int]:
    """(what was left behind, how many files were fetched): each file that somebody may have, in each of its types."""
    with app.app_context():
        ids = fill(world)
        db.session.commit()
        db.session.remove()
    before, left, count = names(Path(app.instance_path)), [], 0
    for rule in app.url_map.iter_rules():
        line = matrix()[rule.endpoint]
        if "GET" not in (rule.methods or ()) or not str(rule).endswith(FILES) or rule.arguments - set(ids):
            continue
        viewpoint = next(iter(line.seen_by), "ejer")
        viewpoint = "administrator" if line.who == "administrator" else viewpoint
        browser = browser_for(world.people[VIEWPOINTS[viewpoint] or "mette"])
        for filtype in FILTYPER:
            with browser.get(build(app, rule, ids), query_string={"type": filtype}) as answer:
                answer.get_data()
            if "attachment" not in answer.headers.get("Content-Disposition", ""):
                continue
            count += 1
            left += [f"{rule}: kept"] if answer.headers["Cache-Control"] != "no-store" else []
            left += [f"{rule}: {name}" for name in names(temporary)]
    return left + sorted(names(Path(app.instance_path)) - before), count


def names(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if not path.name.startswith("supervision.db")
    }


def test_no_file_is_left(
    app: Flask, world: World, browser_for: Any, temporary: Path, record_property: Any
) -> None:
    left, count = fetched(app, world, browser_for, temporary)
    assert left == []
    assert count > 20
    record_property("figure", f"{count} files fetched, 0 left on the disk, all no-store")


@pytest.mark.planted("F3")
def test_a_file_with_a_name_is_found(
    app: Flask, world: World, browser_for: Any, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hent, "TemporaryFile", partial(tempfile.NamedTemporaryFile, delete=False))
    left, _ = fetched(app, world, browser_for, temporary)
    assert left != []

"""The house keeps its plan: features import leftwards, rooms import what their row allows, nothing has an unknown name.

Each check is a function of plain values, so that a broken example can be put before it (at the foot of the file).
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervision import FEATURES, HOUSE

PACKAGE = HOUSE / "supervision"
CORE = {
    "__init__", "config", "clock", "db", "danish", "bidi", "access", "navigation", "problems", "history", "error_pages",
    "cli", "cpr", "forms", "headers", "mail", "sign_in", "server", "maintenance", "static_files", "compression",
    "wsgi", "adgangslog", "drift", "privacy", "sso_config", "stykliste",
}  # fmt: skip
ROOMS = {
    "__init__": "standard library, own feature",
    "rules": "a rule of the profession",
    "models": "what is stored",
    "queries": "reads the database",
    "actions": "changes the database",
    "forms": "turns what was typed or sent into values",
    "measures": "event log to figures",
    "timeline": "event log to the geometry of its picture",
    "agreement": "two logs to their agreement",
    "tables": "rows to frames",
    "statistics": "numbers to numbers",
    "charts": "draws",
    "formats": "reads or writes a file format",
    "sso": "speaks with an identity provider",
    "views": "speaks HTTP",
    "cli": "is run by hand",
    "content": "katalog's content and its reader",
}
NO_ROOM = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service"}
PURE = {"rules", "measures", "timeline", "agreement", "statistics"}
"""Rooms that know the standard library, the problems and other pure rooms only."""
THIRD_PARTY = {
    "models": {"sqlalchemy", "flask_security"},
    "queries": {"sqlalchemy"},
    "actions": {"sqlalchemy", "flask_security"},
    "forms": {"wtforms", "flask_wtf", "orjson", "werkzeug"},
    "tables": {"pandas"},
    "charts": {"plotly"},
    "formats": {"yaml", "segno", "orjson", "cryptography", "icalendar", "markdown_it", "xlsxwriter"},
    "content": {"yaml"},
    "sso": {"authlib", "joserfc", "lxml", "onelogin"},
    "views": {
        "flask",
        "jinja2",
        "markupsafe",
        "werkzeug",
        "flask_login",
        "flask_security",
        "itsdangerous",
        "orjson",
        "sqlalchemy",
    },
    "cli": {"click", "rich", "sqlalchemy", "flask"},
}
CORE_OF_PURE = {"supervision.cpr", "supervision.problems"}
SUPPORT = {"demo"}
"""Beside the features: the demo, which uses them all as a person would."""
MOST_LINES = 400
LONGEST_FUNCTION = 45


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def imported(source: str, package: str) -> Iterator[tuple[str, int]]:
    """Every imported module's full name with its line; relative ones made whole; type-checking imports too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join(
                    [*package.split(".")[: len(package.split(".")) - node.level + 1], base]
                ).rstrip(".")
            yield base, node.lineno
            for alias in node.names:
                yield f"{base}.{alias.name}", node.lineno


def place(path: Path) -> tuple[str, str]:
    """(feature or "", room): a folder counts as the room it is named after."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    if parts[0] in FEATURES or parts[0] in SUPPORT:
        return parts[0], parts[1] if len(parts) > 1 else "__init__"
    return "", parts[0]


def wrong_names(path: Path) -> list[str]:
    feature, room = place(path)
    if path.stem in NO_ROOM:
        return [f"{path.stem} is no room"]
    if feature in SUPPORT:
        return []
    known = ROOMS if feature else CORE
    return [] if room in known else [f"{room} is not a room of {feature or 'the core'}"]


def wrong_imports(path: Path, source: str) -> list[str]:
    feature, room = place(path)
    package = ".".join(("supervision", *path.relative_to(PACKAGE).parts[:-1]))
    found = []
    for name, line in imported(source, package):
        problem = _leftwards(feature, name) or _room_table(feature, room, name)
        if problem:
            found.append(f"{path.name}:{line} {problem}")
    return found


def _leftwards(feature: str, name: str) -> str:
    parts = name.split(".")
    if parts[0] != "supervision" or len(parts) < 2 or parts[1] not in FEATURES or feature not in FEATURES:
        return ""
    if FEATURES.index(parts[1]) > FEATURES.index(feature):
        return f"{feature} imports {parts[1]}, which stands to its right"
    return ""


def _room_table(feature: str, room: str, name: str) -> str:
    top = name.split(".")[0]
    if not feature or feature in SUPPORT or top in sys.stdlib_module_names:
        return ""
    if top != "supervision":
        return "" if top in THIRD_PARTY.get(room, set()) else f"{room} imports {name}"
    parts = name.split(".")
    if room in PURE:
        pure = len(parts) > 2 and parts[1] in FEATURES and parts[2] in PURE
        whole = len(parts) <= 2 and parts[-1] in (*FEATURES, "supervision")
        core = any(name.startswith(allowed) for allowed in CORE_OF_PURE)
        return "" if pure or core or whole else f"{room} is pure, but imports {name}"
    target = parts[2] if len(parts) > 2 and parts[1] in FEATURES else ""
    if target == "views" and room != "views":
        return f"{room} imports views"
    if room in ("models", "queries") and target in ("actions", "forms"):
        return f"{room} imports {target}"
    if room in ("models", "queries", "actions") and name.startswith(
        ("supervision.access", "supervision.forms")
    ):
        return f"{room} knows the web"
    return ""


def too_large(path: Path, source: str) -> list[str]:
    found = []
    lines = source.count("\n")
    if lines > MOST_LINES:
        found.append(f"{path.name}: {lines} lines")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                found.append(f"{path.name}:{node.lineno} {node.name} has {length} lines")
    return found


def undocumented(source: str) -> list[str]:
    """Public functions and classes of a module without a docstring (Flask-WTF's inner Meta and methods aside)."""
    tree = ast.parse(source)
    nodes = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    missing = [
        node.name for node in nodes if not node.name.startswith("_") and ast.get_docstring(node) is None
    ]
    return missing if ast.get_docstring(tree) else ["the module itself", *missing]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_module_keeps_the_plan(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert wrong_names(path) == []
    assert wrong_imports(path, source) == []
    assert too_large(path, source) == []
    assert undocumented(source) == []


def test_the_top_of_the_house() -> None:
    folders = {
        path.name
        for path in HOUSE.iterdir()
        if path.is_dir() and not path.name.startswith(".") and path.name != "instance"
    }
    built = {"build", "dist", "kollegial_supervision.egg-info"}
    assert folders - built <= {"supervision", "templates", "static", "tests", "benchmarks", "deploy", "docs"}
    assert all((PACKAGE / feature).is_dir() for feature in FEATURES)


@pytest.mark.parametrize(
    ("where", "source", "words"),
    [
        ("katalog/rules.py", "from supervision.aftaler import rules", "to its right"),
        ("aftaler/rules.py", "import flask", "imports flask"),
        ("aftaler/rules.py", "from supervision.db import db", "is pure"),
        ("aftaler/queries.py", "from supervision.aftaler.actions import x", "imports actions"),
        ("aftaler/queries.py", "import pandas", "imports pandas"),
        ("aftaler/actions.py", "from flask import request", "imports flask"),
        ("aftaler/models.py", "from ..feedback import models", "to its right"),
        ("overblik/charts.py", "import pandas as pd", "imports pandas"),
        ("personer/forms.py", "from supervision.personer.views import x", "imports views"),
    ],
)
def test_a_broken_import_is_seen(where: str, source: str, words: str) -> None:
    assert any(words in problem for problem in wrong_imports(PACKAGE / where, source))


@pytest.mark.parametrize(
    "where", ["aftaler/helpers.py", "aftaler/stuff.py", "stuff.py", "feedback/rules/utils.py"]
)
def test_a_broken_name_is_seen(where: str) -> None:
    assert wrong_names(PACKAGE / where)


def test_a_room_that_swells_is_seen() -> None:
    assert too_large(PACKAGE / "x.py", "x = 1\n" * 401)
    assert too_large(PACKAGE / "x.py", "def f():\n" + "    x = 1\n" * 45)
    assert undocumented('"""x"""\ndef f(): pass\n') == ["f"]

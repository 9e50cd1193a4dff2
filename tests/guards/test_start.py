"""Starting is light, and nothing from outside is ever asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from supervision import HOUSE

OUTSIDE = re.compile(
    r"""(?:https?:)?//(?!127\.0\.0\.1|localhost|www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}""", re.IGNORECASE
)
OWN = [
    path
    for folder in ("templates", "static/js", "static/css", "supervision")
    for path in sorted((HOUSE / folder).rglob("*"))
    if path.suffix in {".html", ".js", ".css", ".py", ".svg"}
]


def modules_after(statement: str) -> set[str]:
    script = f"import sys; {statement}; print(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=HOUSE
    )
    return set(done.stdout.split())


def test_the_application_starts_without_pandas_and_plotly(tmp_path: Path) -> None:
    statement = (
        "from pathlib import Path; from supervision import create_app; from supervision.config import Settings; "
        f"create_app(Settings(Path({str(tmp_path)!r}), 'sqlite://', 'x'))"
    )
    loaded = modules_after(statement)
    assert "flask" in loaded
    assert not loaded & {
        "pandas",
        "plotly",
        "numpy",
        "icalendar",
        "onelogin",
        "lxml",
        "supervision.personer.sso.oidc",
    }


def test_the_command_helps_without_flask_security() -> None:
    loaded = modules_after(
        "from supervision import cli; cli.command.get_help(cli.click.Context(cli.command))"
    )
    assert not loaded & {"flask_security", "sqlalchemy", "pandas", "plotly"}


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_outside_address(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    found = [match.group() for match in OUTSIDE.finditer(source) if "example" not in match.group()]
    assert found == []


def test_an_outside_address_is_seen() -> None:
    assert OUTSIDE.search('<script src="https://cdn.jsdelivr.net/x.js">')
    assert OUTSIDE.search("url(//fonts.googleapis.com/css)")
    assert not OUTSIDE.search("http://www.w3.org/2000/svg")

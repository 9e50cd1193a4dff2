"""`python -m benchmarks.startup`: what a new process costs before it does anything (Y13).

`create_app()` beside the import of the four frameworks it stands on (Flask, SQLAlchemy by Flask-SQLAlchemy,
Flask-Security and Flask-WTF), and `supervision --help` beside `argparse` and `sqlite3`; a process each time, its own
CPU. What `create_app()` has loaded is looked at too: nothing that only a chart, a table or a download needs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from .paired import main_of, past, run_paired, summed, too_noisy

FRAMEWORKS = "import flask, flask_sqlalchemy, flask_security, flask_wtf"
APP = "from supervision import create_app; create_app()"
LITTLE = "import argparse, sqlite3"
HELP = "import sys; sys.argv = ['supervision', '--help']; from supervision.cli import main; main()"
HEAVY = ("pandas", "numpy", "plotly", "xlsxwriter")
LOADED = f"{APP}; import json, sys; print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
OF_FRAMEWORKS = 1.3
OF_LITTLE = 2.5


def measure(blocks: int, seed: int) -> dict[str, Any]:
    """Both pairs, and what was loaded."""
    with tempfile.TemporaryDirectory(prefix="startup-") as folder:
        started = _process(folder)
        app = run_paired(
            {"create_app": (started(APP), 1)},
            (started(FRAMEWORKS), 1),
            blocks=blocks,
            seed=seed,
            children=True,
        )
        help_ = run_paired(
            {"help": (started(HELP), 1)}, (started(LITTLE), 1), blocks=blocks, seed=seed, children=True
        )
        loaded = subprocess.run(
            [sys.executable, "-c", LOADED], env=_environ(folder), stdout=subprocess.PIPE, check=True
        )
        return {
            "create_app against its frameworks": summed(app, seed=seed),
            "--help against argparse and sqlite3": summed(help_, seed=seed),
            "loaded by create_app": json.loads(loaded.stdout),
        }


def _environ(folder: str) -> dict[str, str]:
    return {**os.environ, "SUPERVISION_INSTANCE": folder, "DATABASE_URL": ""}


def _process(folder: str) -> Callable[[str], Callable[[], None]]:
    def of(code: str) -> Callable[[], None]:
        def run() -> None:
            command = [sys.executable, "-c", code]
            subprocess.run(command, env=_environ(folder), stdout=subprocess.DEVNULL, check=True)

        return run

    return of


def judge(found: dict[str, Any]) -> list[str]:
    """What breaks Y13; empty when nothing does."""
    app, help_ = found["create_app against its frameworks"], found["--help against argparse and sqlite3"]
    problems = [f"create_app() loads {name}" for name in found["loaded by create_app"]]
    problems += too_noisy(app) or past("create_app()", app["create_app"]["cpu"], OF_FRAMEWORKS)
    return problems + (too_noisy(help_) or past("supervision --help", help_["help"]["cpu"], OF_LITTLE))


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    what = "Y13: create_app() and supervision --help in a new process"
    return main_of("startup", what, about=__doc__, measure=measure, judge=judge)


if __name__ == "__main__":
    sys.exit(main())

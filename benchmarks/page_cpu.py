"""`python -m benchmarks.page_cpu`: a page of fifty rows, its CPU and its questions to the database (Y9).

*Samtaler* with fifty kontrakter, asked past any server, beside the least it could be: one question by `sqlite3` that
fetches the fifty rows, and the same template with the same things in it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from typing import Any

from flask import Flask, g, template_rendered
from flask_login import current_user
from sqlalchemy import Engine, event

from supervision import create_app
from supervision.db import sqlite_driver

from .durability.databases import Installation, installation
from .durability.scene import make_scene
from .paired import main_of, past, run_paired, summed, too_noisy
from .tick_cpu import Client

PAGE = "/samtaler"
MANY, FEW = 50, 5
PAGES = 5
AGAINST_RAW = 1.7
MOST_QUERIES = 5
ROWS = (
    "SELECT k.*, s.*, f.navn, o.navn FROM feedback_kontrakt k JOIN samtale s ON s.id = k.samtale_id"
    " JOIN person f ON f.id = k.fokusperson_id JOIN person o ON o.id = k.observatoer_id ORDER BY s.starter_at, k.id"
)
TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT")


def product(made: Installation, app: Flask, email: str) -> Callable[[], bytes]:
    """Ask for the page. Raises RuntimeError when it is not given."""
    client = Client(app)
    client.sign_in(email)

    def page() -> bytes:
        status, body = client.ask("GET", PAGE)
        if status != 200:
            raise RuntimeError(f"the page was answered with {status}")
        return body

    return page


def raw(made: Installation, app: Flask, ask: Callable[[], bytes]) -> Callable[[], None]:
    """The rows by `sqlite3`, and the template with what the product gave it the last time."""
    given: dict[str, Any] = {}

    def note(_app: Flask, template: Any, context: dict[str, Any], **_more: Any) -> None:
        given.update(template=template, context=context, person=current_user._get_current_object())

    with template_rendered.connected_to(note, app):
        ask()
    connection = sqlite_driver().connect(made.settings.database_url.removeprefix("sqlite:///"))

    def page() -> None:
        rows = connection.execute(ROWS).fetchall()
        if len(rows) != MANY:
            raise RuntimeError(f"{len(rows)} rows")
        with app.test_request_context(PAGE):
            g._login_user = given["person"]
            given["template"].render(given["context"])

    return page


def queries_of(ask: Callable[[], bytes]) -> int:
    """How many questions one page asks of the database, its transaction's own words left out."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(TRANSACTION):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(asked)


def measure(blocks: int, seed: int) -> dict[str, Any]:
    """The page with many rows beside the floor, and the questions of many and of few."""
    queries: dict[str, int] = {}
    with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
        for rows in (FEW, MANY):
            with installation("sqlite") as made:
                [observer] = make_scene(made, observers=1, kontrakter=rows)
                app = create_app(made.settings)
                ask = product(made, app, observer.email)
                ask()
                queries[f"{rows} rows"] = queries_of(ask)
                if rows == MANY:
                    floor = raw(made, app, ask)
                    spent = run_paired(
                        {"page": (_times(ask), PAGES)}, (_times(floor), PAGES), blocks=blocks, seed=seed
                    )
    return {"times": summed(spent, seed=seed), "queries": queries}


def _times(do: Callable[[], object]) -> Callable[[], None]:
    def several() -> None:
        for _ in range(PAGES):
            do()

    return several


def judge(found: dict[str, Any]) -> list[str]:
    """What breaks Y9; empty when nothing does."""
    many, few = found["queries"][f"{MANY} rows"], found["queries"][f"{FEW} rows"]
    problems = [f"{many} queries, over {MOST_QUERIES}"] if many > MOST_QUERIES else []
    problems += [f"{many} queries at {MANY} rows, {few} at {FEW}"] if many != few else []
    times = found["times"]
    return problems + (too_noisy(times) or past("a page of fifty rows", times["page"]["cpu"], AGAINST_RAW))


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    what = "Y9: a page of fifty rows, its CPU and its queries"
    plan = {"page": PAGE}
    return main_of("page_cpu", what, about=__doc__, measure=measure, judge=judge, plan=plan)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m benchmarks.charts`: what a page with charts costs before its first picture is readable (Y14).

The picture's table stands open in the page, so what counts is the script that a browser must have before it shows it:
one in front of the first table that neither waits (`type="module"`, `defer`) nor stands aside (`async`). The page is a
person's own *Min udvikling* with ten samtaler. A figure's JSON, made from its rows, stands beside a bare dump of the
same figure as a dict.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from typing import Any

from supervision import HOUSE, create_app
from supervision.db import db
from supervision.maintenance import upgrade_database
from supervision.overblik.charts import figure_json
from supervision.overblik.rules.team import Vist
from supervision.overblik.tables.team import Billede, Celle, Raekke
from supervision.personer.models import Person
from supervision.sign_in import hash_of

from .durability.databases import installation
from .durability.scene import PASSWORD
from .many_logs import LOGS_A_HOUSE, make_country
from .paired import main_of, past, run_paired, summed, too_noisy
from .tick_cpu import Client

PAGE = "/laering/min-udvikling"
EVENTS = 60
FIGURES = 200
MOST_KB = 100.0
NOTHING = Celle(frozenset(), 0.0)
AGAINST_DUMP = 3.0
SCRIPT = re.compile(r"<script\b([^>]*)>")
SOURCE = re.compile(r'src="/static/([^"?]+)')
WAITS = re.compile(r'\b(defer|async)\b|type="(module|application/json)"')


def first_page(seed: int) -> str:
    """The page of somebody with ten samtaler. Raises RuntimeError when it has no chart."""
    with installation("sqlite") as made, open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
        app = create_app(made.settings)
        upgrade_database(app)
        with app.app_context():
            house = make_country(LOGS_A_HOUSE, EVENTS, seed).houses[0]
            person = db.session.get(Person, next(iter(house.teams.values()))[0])
            assert person is not None
            person.password, email = hash_of(PASSWORD), person.email
            db.session.commit()
        client = Client(app)
        client.sign_in(email)
        status, page = client.ask("GET", PAGE)
    if status != 200 or b'class="chart"' not in page:
        raise RuntimeError(f"no chart on the page ({status})")
    return page.decode()


def kb_before_the_table(page: str) -> float:
    """Kilobytes of script that stand in the way of the first picture's table; raises ValueError without one."""
    table = page.index("<table", page.index('class="chart"'))
    blocking = [found[1] for found in SCRIPT.finditer(page[:table]) if not WAITS.search(found[1])]
    files = [HOUSE / "static" / source[1] for one in blocking if (source := SOURCE.search(one))]
    return round(sum(path.stat().st_size for path in files) / 1000, 1)


def picture() -> Billede:
    """Fourteen bars, as many as a picture has at most."""
    rows = tuple(
        Raekke(f"k_{nr}", f"Kendetegn nummer {nr}", Vist(f"{nr * 7} %", nr * 7), NOTHING) for nr in range(14)
    )
    return Billede("faerdigheder", rows)


def measure(blocks: int, seed: int) -> dict[str, Any]:
    """The page's script, and figures beside a bare dump."""
    billede = picture()
    plain = json.loads(figure_json(billede))
    spent = run_paired(
        {"product": (_often(lambda: figure_json(billede)), FIGURES)},
        (_often(lambda: json.dumps(plain)), FIGURES),
        blocks=blocks,
        seed=seed,
    )
    return {
        "kb_before_the_table": kb_before_the_table(first_page(seed)),
        "times": summed(spent, seed=seed),
    }


def _often(do: Callable[[], object]) -> Callable[[], None]:
    def several() -> None:
        for _ in range(FIGURES):
            do()

    return several


def judge(found: dict[str, Any]) -> list[str]:
    """What breaks Y14; empty when nothing does."""
    before, times = found["kb_before_the_table"], found["times"]
    problems = [f"{before} kB of script before the first picture, over {MOST_KB}"] if before > MOST_KB else []
    return problems + (too_noisy(times) or past("a figure's JSON", times["product"]["cpu"], AGAINST_DUMP))


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    what = "Y14: script before the first picture is readable, and a figure's JSON"
    plan = {"page": PAGE}
    return main_of("charts", what, about=__doc__, measure=measure, judge=judge, plan=plan)


if __name__ == "__main__":
    sys.exit(main())

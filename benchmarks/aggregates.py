"""`python -m benchmarks.aggregates`: the figures of many samtaler from the row that is kept of each (Y10, Y12).

Houses of ten teams of ten, where each is observed ten times in a year: so many logs of 240 events that a team's quarter
is as large in a small country as in a large one. The events are made by lot from a seed and put straight into the
database; the rows are made by the command itself, `supervision sammenfat`, in a process of its own, and then held
against the events by `--proev`. What the pages ask is asked by the product's own functions, each question is explained
by the database, and none may name the table of events; that the look can see it is shown by asking for the events.

DuckDB, where it is installed, gets the same rows in memory and sums up all teams by month: the yardstick.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import event, select, text

from supervision import clock, create_app
from supervision.db import db
from supervision.katalog.rules import plain
from supervision.maintenance import upgrade_database
from supervision.observationer.measures import maal
from supervision.observationer.models import Observation, Sammenfatning
from supervision.observationer.queries import list_logs, list_maal
from supervision.overblik import queries, rules, tables
from supervision.overblik.actions import publish
from supervision.overblik.models import Udgivelse
from supervision.overblik.rules.udvikling import Valg
from supervision.personer.models import Organisation, Person, Team

from .durability.databases import ENGINES, Installation, installation
from .many_logs import Country, make_country
from .report import end_with

ROUNDS = 15
QUARTER = rules.Kvartal(2026, 2)
LATER = datetime(2026, 11, 20, 9, tzinfo=clock.DANISH_TIME)
GROWTH = 1.5
"""Y10: how much longer a team's quarter may take in the largest country than in the smallest."""
OF_DUCKDB = 1.0
"""Y10: the page of the whole house against DuckDB over all rows in memory, in a country of NATIONAL logs."""
NATIONAL = 100_000
MEMORY_MB = 10.0
"""How much more memory the rebuild may hold in the largest country than in the smallest."""
EVENTS_TABLE = re.compile(r"\b(pk_)?haendelse\b")

BY_MONTH = """
SELECT team, month, AVG(share) FROM (
    SELECT r.team_id AS team, {month} AS month, o.fokusperson_id AS person,
           AVG(1.0 * s.medarbejder_ms / (s.medarbejder_ms + s.borger_ms)) AS share
    FROM sammenfatning s
    JOIN observation o ON o.id = s.observation_id
    JOIN rolletildeling r ON r.person_id = o.fokusperson_id AND r.rolle = 'medarbejder'
    WHERE s.medarbejder_ms + s.borger_ms > 0
    GROUP BY 1, 2, 3
) people GROUP BY team, month ORDER BY team, month
"""
"""The mean of per-person means of the talk time, of every team in every month."""
MONTH = {"sqlite": "substr(o.startet_at, 1, 7)", "postgresql": "to_char(o.startet_at, 'YYYY-MM')"}

IN_ITS_OWN_PROCESS = """
import re
from supervision.cli import main
try:
    main()
finally:
    print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()).group(1))
"""
"""The command, and after its own words the most memory it held, in kB (what `wait4` gives counts the parent's too)."""


@dataclass
class Asked:
    """The questions that were asked of the database, with their values."""

    said: list[tuple[str, Any]] = field(default_factory=list)

    def note(self, _connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        """For `before_cursor_execute`."""
        if statement.lstrip().upper().startswith("SELECT"):
            self.said.append((statement, values))


def measure(engine: str, logs: int, events: int, seed: int) -> dict[str, Any]:
    """Everything that is measured in one country on one engine; milliseconds unless the name says otherwise."""
    with installation(engine) as made:
        app = create_app(made.settings)
        upgrade_database(app)
        with app.app_context(), clock.travel(LATER):
            began = time.perf_counter()
            country = make_country(logs, events, seed)
            db.session.remove()
            found: dict[str, Any] = {
                "logs": logs,
                "events": logs * events,
                "made_s": round(time.perf_counter() - began, 1),
                "database": made.database_version(),
                "rebuild": rebuild(made, logs),
            }
            if engine == "postgres":
                with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.execute(text("ANALYZE"))
            found |= of_the_pages(country)
            db.session.remove()
            db.engine.dispose()
    return found


def rebuild(made: Installation, logs: int) -> dict[str, Any]:
    """The command from no rows to all of them, and `--proev`: seconds, memory, whether all is equal."""
    before, first, proof = (run_command(made, *more) for more in (("--help",), (), ("--proev",)))
    return {
        "seconds": first["seconds"],
        "cpu_s": first["cpu_s"],
        "cpu_ms_a_log": round((first["cpu_s"] - before["cpu_s"]) * 1000 / logs, 3),
        "peak_mb": first["peak_mb"],
        "proved_equal": proof["code"] == 0 and first["code"] == 0,
        "said": [one["said"] for one in (first, proof)],
    }


def run_command(made: Installation, *arguments: str) -> dict[str, Any]:
    """`supervision sammenfat` in a process of its own."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", IN_ITS_OWN_PROCESS, "sammenfat", *arguments],
        env={**os.environ, **made.environ},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = process.stdout.read().splitlines()
    _, status, used = os.wait4(process.pid, 0)
    return {
        "seconds": round(time.perf_counter() - began, 2),
        "cpu_s": round(used.ru_utime + used.ru_stime, 2),
        "code": os.waitstatus_to_exitcode(status),
        "peak_mb": round(int(said[-1]) / 1024, 1),
        "said": said[0],
    }


def of_the_pages(country: Country) -> dict[str, Any]:
    """What the pages ask, timed and explained, and the sum over all teams beside DuckDB's."""
    house, chance = country.houses[0], Random(7)
    people = {team: house.teams[team] for team in chance.sample(sorted(house.teams), 3)}
    viewer_id = house.teams[min(house.teams)][0]
    began = time.perf_counter()
    publish(house.id, QUARTER)
    db.session.commit()
    published_s = round(time.perf_counter() - began, 1)
    some = list(db.session.scalars(select(Observation.id).order_by(Observation.id).limit(100)))
    asked: dict[str, Callable[[], object]] = {
        "team_quarter": lambda: [team_quarter(house.id, who) for who in people.values()],
        "own_year": lambda: own_year(viewer_id),
        "published_team": lambda: published(house.id, min(house.teams), viewer_id),
        "published_house": lambda: published(house.id, None, viewer_id),
    }
    plans = {name: events_in_plans(ask) for name, ask in asked.items()}
    times = {name: timed(ask) for name, ask in asked.items()}
    times["team_quarter"] = round(times["team_quarter"] / len(people), 2)
    return {
        **times,
        "publish_a_house_s": published_s,
        "figures_of_100_logs_from_rows": timed(lambda: list_maal(some)),
        "figures_of_100_logs_from_events": timed(lambda: {k: maal(v) for k, v in list_logs(some).items()}),
        "all_teams_by_month": timed(all_teams_by_month),
        "plans_with_events": plans,
        "plans_of_the_control": events_in_plans(lambda: list_logs(some)),
        "duckdb": in_duckdb(all_teams_by_month()),
    }


def team_quarter(house: UUID, people: Sequence[UUID]) -> object:
    """A team's four pictures of a quarter, as they are computed when it is published."""
    counted = queries.list_observerede(house, QUARTER, personer=people, ledere=frozenset())
    return tables.billeder(counted, plain)


def own_year(person_id: UUID) -> object:
    """Min udvikling."""
    viewer = db.session.get_one(Person, person_id)
    return queries.get_udvikling(Valg(periode="alle"), viewer=viewer, today=clock.today())


def published(house: UUID, team: UUID | None, person_id: UUID) -> object:
    """A published quarter, of a team or of the whole house."""
    viewer = db.session.get_one(Person, person_id)
    stored = db.session.scalars(select(Udgivelse).filter_by(organisation_id=house)).one()
    if team is None:
        return queries.get_samlet(db.session.get_one(Organisation, house), stored, viewer=viewer)
    return queries.get_overblik(db.session.get_one(Team, team), stored, viewer=viewer)


def all_teams_by_month() -> list[tuple[Any, ...]]:
    """Every team and month of the country, summed up by the database from the rows."""
    found = db.session.execute(text(BY_MONTH.format(month=MONTH[db.engine.dialect.name])))
    return [tuple(row) for row in found]


def timed(ask: Callable[[], object]) -> float:
    """The shortest of ROUNDS times in milliseconds, each in a session of its own, after one that does not count.

    The shortest, since countries are measured minutes apart and whatever else the machine does only adds to a time.
    """
    taken = []
    for _ in range(ROUNDS + 1):
        db.session.remove()
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return round(min(taken[1:]), 2)


def events_in_plans(ask: Callable[[], object]) -> int:
    """How many of the questions have a plan that names the table of events. Raises RuntimeError when none is asked."""
    asked = Asked()
    db.session.remove()
    event.listen(db.engine, "before_cursor_execute", asked.note)
    ask()
    event.remove(db.engine, "before_cursor_execute", asked.note)
    db.session.remove()
    if not asked.said:
        raise RuntimeError("nothing was asked of the database")
    return sum(bool(EVENTS_TABLE.search(plan_of(statement, values))) for statement, values in asked.said)


def plan_of(statement: str, values: Any) -> str:
    """The database's own explanation of how it would answer."""
    word = "EXPLAIN QUERY PLAN" if db.engine.dialect.name == "sqlite" else "EXPLAIN"
    with db.engine.connect() as connection:
        found = connection.exec_driver_sql(f"{word} {statement}", values)
        return "\n".join(str(tuple(row)) for row in found)


def in_duckdb(expected: list[tuple[Any, ...]]) -> dict[str, Any]:
    """The same sum over the same rows in DuckDB's memory; {} where it is not installed."""
    if find_spec("duckdb") is None:
        return {}
    duckdb = import_module("duckdb")
    kept = select(Sammenfatning.observation_id, Sammenfatning.medarbejder_ms, Sammenfatning.borger_ms)
    duck = duckdb.connect(":memory:")
    duck.execute("CREATE TABLE sammenfatning (observation_id VARCHAR, medarbejder_ms INT, borger_ms INT)")
    duck.execute("CREATE TABLE observation (id VARCHAR, fokusperson_id VARCHAR, startet_at VARCHAR)")
    duck.execute("CREATE TABLE rolletildeling (person_id VARCHAR, team_id VARCHAR, rolle VARCHAR)")
    for table, rows in (
        ("sammenfatning", db.session.execute(kept)),
        ("observation", db.session.execute(text("SELECT id, fokusperson_id, startet_at FROM observation"))),
        ("rolletildeling", db.session.execute(text("SELECT person_id, team_id, rolle FROM rolletildeling"))),
    ):
        fill(duck, table, [[_plain(value) for value in row] for row in rows])
    ask = BY_MONTH.format(month=MONTH["sqlite"])
    found = duck.execute(ask).fetchall()
    return {
        "version": duckdb.__version__,
        "all_teams_by_month": timed(lambda: duck.execute(ask).fetchall()),
        "same_figures": same(by_team_and_month(found), by_team_and_month(expected)),
    }


def by_team_and_month(rows: Sequence[tuple[Any, ...]]) -> dict[tuple[str, str], float]:
    """(team, month) -> its figure, however the engine writes an id."""
    return {(str(_plain(team)), str(month)): float(share) for team, month, share in rows}


def same(found: dict[tuple[str, str], float], wanted: dict[tuple[str, str], float]) -> bool:
    """Whether they are equal but for the order of a sum's parts."""
    return found.keys() == wanted.keys() and all(abs(found[key] - wanted[key]) < 1e-9 for key in found)


def fill(duck: Any, table: str, rows: list[list[Any]]) -> None:
    """Put rows into DuckDB by way of a frame, which it reads quickly."""
    import pandas as pd

    frame = pd.DataFrame(rows)
    duck.register("frame", frame)
    duck.execute(f"INSERT INTO {table} SELECT * FROM frame")
    duck.unregister("frame")


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return value if isinstance(value, int | None) else str(value)


def judge(found: Sequence[dict[str, Any]]) -> list[str]:
    """What breaks Y10 or Y12; found: one engine's countries, the smallest first. Empty when nothing does."""
    problems = []
    for one in found:
        where = f"{one['logs']} logs"
        problems += [
            f"{where}: {n} plans of {name} name the events"
            for name, n in one["plans_with_events"].items()
            if n
        ]
        if not one["plans_of_the_control"]:
            problems.append(f"{where}: the look at plans did not see the events where they are read")
        if not one["rebuild"]["proved_equal"]:
            problems.append(f"{where}: the rows are not what the events give")
        if one["duckdb"] and not one["duckdb"]["same_figures"]:
            problems.append(f"{where}: DuckDB has other figures")
    return problems + _of_growth(growth(found), found[-1])


def _of_growth(grown: dict[str, float], largest: dict[str, Any]) -> list[str]:
    problems = []
    if grown and grown["team_quarter"] > GROWTH:
        problems.append(f"a team's quarter takes {grown['team_quarter']} × as long, over {GROWTH}")
    if grown and grown["rebuild_peak_mb"] > MEMORY_MB:
        problems.append(f"the rebuild holds {grown['rebuild_peak_mb']} MB more, over {MEMORY_MB}")
    if largest["logs"] >= NATIONAL and largest["duckdb"]:
        share = largest["published_house"] / largest["duckdb"]["all_teams_by_month"]
        if share > OF_DUCKDB:
            problems.append(f"the page of the house takes {share:.2f} × DuckDB's sum, over {OF_DUCKDB}")
    return problems


def growth(found: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The largest country against the smallest: times as ratios, memory in MB; {} of one country."""
    if len(found) < 2:
        return {}
    least, most = found[0], found[-1]
    names = ("team_quarter", "own_year", "published_team", "published_house", "all_teams_by_month")
    ratios = {name: round(most[name] / least[name], 2) for name in names}
    a_log = most["rebuild"]["cpu_ms_a_log"] / least["rebuild"]["cpu_ms_a_log"]
    held = most["rebuild"]["peak_mb"] - least["rebuild"]["peak_mb"]
    return {**ratios, "rebuild_cpu_ms_a_log": round(a_log, 2), "rebuild_peak_mb": round(held, 1)}


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.aggregates", description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument(
        "--logs", type=int, nargs="+", default=[1000, 10_000], help="thousands, the smallest first"
    )
    parser.add_argument("--events", type=int, default=240, help="how many each log has")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    chosen = parser.parse_args()
    found = [measure(chosen.engine, logs, chosen.events, chosen.seed) for logs in sorted(chosen.logs)]
    return end_with(
        f"aggregates-{chosen.engine}",
        "Y10 and Y12: figures from one kept row a log, the rows made anew, and no page that reads events",
        plan={name: getattr(chosen, name) for name in ("engine", "logs", "events", "seed")},
        findings={"countries": found, "growth": growth(found)},
        problems=judge(found),
        save=chosen.save,
    )


if __name__ == "__main__":
    sys.exit(main())

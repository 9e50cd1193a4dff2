"""The groups' practice samtaler: in each round one is ticked together, each with their own thumb."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random

from sqlalchemy import insert

from supervision import clock
from supervision.db import db
from supervision.demo.houses import Byen
from supervision.demo.ids import id_of, numbered, row_id
from supervision.demo.played import attempt
from supervision.demo.workdays import workday_from
from supervision.demo.year import Rundeplan, list_runder
from supervision.grupper.actions import begin_kalibrering, end_log, join, steer
from supervision.grupper.models import Kalibrering, KalibreringHaendelse, KalibreringLog
from supervision.observationer.content import Manuskript, load_manuskripter

MEMBERS = 5
"""How many of a group take part, as many as there are where it is smaller."""
AFTER = timedelta(minutes=1)
HARD = {"fu_borger": 0.6}
"""What these colleagues hear differently, and how often each of them misses it."""


def hold_kalibreringer(byen: Byen, first: datetime, since: datetime | None, until: datetime) -> None:
    """The practice samtaler between two moments (since None: from the beginning)."""
    for runde in list_runder(clock.local(first).date(), clock.local(until).date()):
        at = clock.from_local(workday_from(runde.fra + timedelta(days=8)), time(14, 0))
        if at + timedelta(hours=1) < until and (since is None or at >= since):
            with attempt(f"kalibrering:{runde.gruppe.key}:{runde.nr}"):
                _play(byen, runde, at)


def _play(byen: Byen, runde: Rundeplan, at: datetime) -> None:
    scope = f"kalibrering:{runde.gruppe.key}:{runde.nr}"
    if db.session.get(Kalibrering, row_id(scope, "kalibrering")) is not None:
        return
    scripts = load_manuskripter()
    manuskript = scripts[(runde.nr + runde.gruppe.forskudt) % len(scripts)]
    leader = byen.people[runde.gruppe.facilitator]
    with numbered(scope):
        with clock.travel(at):
            made = begin_kalibrering(
                manuskript=manuskript.key, gruppe=byen.grupper[runde.gruppe.key], by=leader
            )
            logs = [(key, join(made, by=byen.people[key])) for key in byen.medlemmer(runde.gruppe)[:MEMBERS]]
            steer(made, handling="start", by=leader)
        with clock.travel(at + timedelta(milliseconds=manuskript.varer_ms) + AFTER):
            for key, log in logs:
                _tick(manuskript, log, Random(f"{scope}:{key}"), f"{scope}:{key}")
                end_log(made, by=byen.people[key])
        with clock.travel(at + timedelta(milliseconds=manuskript.varer_ms) + 2 * AFTER):
            steer(made, handling="vis", by=leader)


def _tick(manuskript: Manuskript, log: KalibreringLog, rng: Random, scope: str) -> None:
    rows = [
        {"log_id": log.id, "id": id_of(scope, str(nr)), "nr": nr, "t_ms": t_ms, "spor": spor, "kode": kode}
        for nr, (t_ms, spor, kode) in enumerate(_heard(manuskript, rng))
    ]
    db.session.execute(insert(KalibreringHaendelse), rows)


def _heard(manuskript: Manuskript, rng: Random) -> Iterator[tuple[int, str, str]]:
    """The key as one colleague hears it: a little late, some of it missed, now and then a tick of their own."""
    missed = {"taler": 0.03, "fase": 0.05, "emne": 0.1, "ugu": 0.2, "element": 0.3, "faerdighed": 0.25}
    late = rng.randint(500, 1300)
    for event in manuskript.noegle():
        if event.spor == "ur":
            yield event.t_ms, event.spor, event.kode
        elif rng.random() >= HARD.get(event.kode, missed[event.spor]):
            yield min(event.t_ms + late + rng.randint(0, 1800), manuskript.varer_ms), event.spor, event.kode
    for _ in range(rng.randint(0, 3)):
        yield rng.randint(20_000, manuskript.varer_ms), "faerdighed", rng.choice(manuskript.kendetegn[:2])
    for kode in HARD.keys() & set(manuskript.kendetegn):
        yield rng.randint(20_000, manuskript.varer_ms), "faerdighed", kode

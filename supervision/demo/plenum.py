"""The groups' meetings: what they agreed in plenum, and how it went with what they agreed last time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import cache

import yaml

from supervision import clock
from supervision.db import db
from supervision.demo.houses import Byen
from supervision.demo.ids import numbered, row_id
from supervision.demo.texts import CONTENT
from supervision.demo.workdays import workday_from
from supervision.demo.year import Rundeplan, list_runder
from supervision.grupper.actions import create_plenumaftale, mark_plenumaftale
from supervision.grupper.models import Plenumaftale
from supervision.grupper.rules import aftale_tilstand

PER_MOEDE = 2
KEPT_ROUNDS = 3
"""After so many rounds what was kept going is done: nobody has to be reminded of it."""


@cache
def load_aftaler() -> tuple[tuple[str, str], ...]:
    """(words, what is said of it at the next meeting), from the content file."""
    raw = yaml.safe_load((CONTENT / "plenum.yaml").read_text(encoding="utf-8"))
    return tuple((one["tekst"], one["udfald"]) for one in raw["aftaler"])


def hold_moeder(byen: Byen, first: datetime, since: datetime | None, until: datetime) -> None:
    """The meetings between two moments (since None: from the beginning), one in each round."""
    for runde in list_runder(clock.local(first).date(), clock.local(until).date()):
        at = moede_at(runde)
        if at < until and (since is None or at >= since):
            with clock.travel(at):
                _take_up(byen, runde)
                _agree(byen, runde)


def moede_at(runde: Rundeplan) -> datetime:
    """When the round's meeting begins."""
    return clock.from_local(workday_from(runde.til - timedelta(days=12)), time(13, 0))


def _take_up(byen: Byen, runde: Rundeplan) -> None:
    """What was agreed at the last meeting, and what has been kept going for a while and is done now."""
    for place in range(PER_MOEDE):
        _answer(byen, runde, runde.nr - 1, place, was="aaben", answer=_words(runde, runde.nr - 1, place)[1])
        _answer(byen, runde, runde.nr - KEPT_ROUNDS, place, was="fortsat", answer="gjort")


def _answer(byen: Byen, runde: Rundeplan, nr: int, place: int, *, was: str, answer: str) -> None:
    """Of what was agreed in the `nr`th round; what a visitor has answered or deleted is left alone."""
    aftale = db.session.get(Plenumaftale, row_id(_scope(runde, nr, place), "plenumaftale"))
    if aftale is not None and aftale_tilstand(aftale) == was:
        with numbered(f"{_scope(runde, nr, place)}:{answer}"):
            mark_plenumaftale(
                aftale, maerke=answer, dag=clock.today(), by=byen.people[runde.gruppe.facilitator]
            )


def _agree(byen: Byen, runde: Rundeplan) -> None:
    """The facilitator holds the pen first, then a member."""
    for place, key in enumerate((runde.gruppe.facilitator, *byen.medlemmer(runde.gruppe)[:1])[:PER_MOEDE]):
        tekst, _ = _words(runde, runde.nr, place)
        with numbered(_scope(runde, runde.nr, place)):
            create_plenumaftale(
                byen.grupper[runde.gruppe.key], tekst=tekst, aftalt=clock.today(), by=byen.people[key]
            )


def _words(runde: Rundeplan, nr: int, place: int) -> tuple[str, str]:
    """Each group begins at another place in the list."""
    found = load_aftaler()
    return found[(nr * PER_MOEDE + place + runde.gruppe.forskudt) % len(found)]


def _scope(runde: Rundeplan, nr: int, place: int) -> str:
    return f"plenum:{runde.gruppe.key}:{nr}:{place}"

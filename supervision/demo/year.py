"""The plan of life in the demo: rounds, samtaler, supervision days and læringspile. Pure.

The plan is a function of the first week alone. Chance is seeded by (week, person), so a longer plan begins
with the shorter one, and the same day always has the same plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from supervision import clock
from supervision.demo.forloeb import Forloeb, life_of, plan_forloeb
from supervision.demo.pairing import observer_of
from supervision.demo.people import BY_KEY, GRUPPER, Gruppe
from supervision.demo.texts import load_texts
from supervision.demo.workdays import monday_of, workday_from

WEEK = timedelta(weeks=1)
ROUND_WEEKS = 10
FIRST_BUILD_WEEKS = 56
"""How much life there is before the week in which the demo is first made."""

SUPERVISION_EVERY = 12
SUPERVISION_CLOCKS = (time(9, 0), time(10, 30))


@dataclass(frozen=True, slots=True)
class Rundeplan:
    """A round of a group, both days included. nr: counted from 0."""

    gruppe: Gruppe
    nr: int
    fra: date
    til: date

    @property
    def navn(self) -> str:
        """What the round is called."""
        return f"{self.nr + 1}. runde"

    @property
    def at(self) -> datetime:
        """When the facilitator makes it: on its first morning."""
        return clock.from_local(self.fra, time(7, 45))


@dataclass(frozen=True, slots=True)
class Pil:
    """A new version of somebody's læringspil; `linjer` are numbers into the texts."""

    person: str
    nr: int
    at: datetime
    linjer: tuple[int, ...]


def first_week(today: date) -> date:
    """The Monday on which the demo's life begins when it is first made today."""
    return monday_of(today) - FIRST_BUILD_WEEKS * WEEK


def list_runder(first: date, until: date) -> list[Rundeplan]:
    """All rounds of all groups that begin before `until` (a Danish date)."""
    found = []
    for gruppe in GRUPPER:
        fra, nr = first + gruppe.forskudt * WEEK, 0
        while fra < until:
            found.append(Rundeplan(gruppe, nr, fra, fra + ROUND_WEEKS * WEEK - timedelta(days=1)))
            fra, nr = fra + ROUND_WEEKS * WEEK, nr + 1
    return found


def list_forloeb(first: date, until: date) -> list[Forloeb]:
    """Every samtale of the rounds and the supervision days that begin before `until`, with its whole life."""
    found = [
        forloeb
        for runde in list_runder(first, until)
        for forloeb in (*_of_round(runde), *_of_facilitator(runde))
    ]
    found += _supervision(first, until)
    return [replace(forloeb, skridt=life_of(forloeb)) for forloeb in found]


def list_besoeg(runde: Rundeplan) -> dict[tuple[str, str], Forloeb]:
    """(fokusperson, observatør) -> the samtale that the two of a pair come to hold in the round, with its life."""
    found: dict[tuple[str, str], Forloeb] = {}
    for plan in _of_round(runde):
        if plan.observatoer == observer_of(runde.gruppe, runde.nr, plan.fokusperson):
            found.setdefault((plan.fokusperson, plan.observatoer), replace(plan, skridt=life_of(plan)))
    return found


def list_pile(first: date, until: date) -> list[Pil]:
    """The læringspile of those who draw one: a new version in every second round."""
    lines = load_texts().laeringspil
    found = []
    for runde in list_runder(first, until):
        for place, person in enumerate(runde.gruppe.medlemmer):
            if place % 4 == 3 or (runde.nr + place) % 2:
                continue
            fits = [
                nr
                for nr, line in enumerate(lines)
                if runde.gruppe.key in line.get("teams", (runde.gruppe.key,))
            ]
            rng = Random(f"pil:{runde.fra}:{person}")
            at = clock.from_local(workday_from(runde.fra + timedelta(days=2)), time(14, 20))
            found.append(Pil(person, runde.nr, at, tuple(rng.sample(fits, rng.randrange(1, 4)))))
    return found


def style_of(person: str, nr: int) -> tuple[float, float]:
    """(share of the talk time, how often the last U is there) in the `nr`th round: people train."""
    begins = BY_KEY[person].taletid
    drift = min(nr, 6)
    return begins - (begins - 0.42) * 0.09 * drift, min(0.9, 0.4 + 0.07 * drift)


def _of_round(runde: Rundeplan) -> Iterator[Forloeb]:
    """Most are observed once, some twice, and now and then somebody does not get round to it.

    First by the one they are paired with, then by a neighbour.
    """
    members = runde.gruppe.medlemmer
    for place, person in enumerate(members):
        rng = Random(f"runde:{runde.fra}:{person}")
        weeks = rng.sample(range(1, ROUND_WEEKS - 1), 2)
        often = rng.choices((0, 1, 2), (10, 76, 14))[0]
        for turn, week in enumerate(sorted(weeks)[:often]):
            step = 1 + (runde.nr + turn) % (len(members) - 1)
            neighbour = members[(place + step) % len(members)]
            paired = None if turn else observer_of(runde.gruppe, runde.nr, person)
            observer = paired or neighbour
            yield _samtale(runde, person, observer, runde.fra + week * WEEK, named=neighbour)


def _of_facilitator(runde: Rundeplan) -> Iterator[Forloeb]:
    """The teamleder sits in on one samtale of each round."""
    person = runde.gruppe.medlemmer[(2 * runde.nr + 1) % len(runde.gruppe.medlemmer)]
    yield _samtale(runde, person, runde.gruppe.facilitator, runde.fra + 4 * WEEK)


def _samtale(runde: Rundeplan, person: str, observer: str, monday: date, named: str | None = None) -> Forloeb:
    """named: the neighbour whose name the key has carried since before there were pairs, so that it stays the same."""
    rng = Random(f"uge:{monday}:{person}")
    taletid, ugu = style_of(person, runde.nr)
    return plan_forloeb(
        f"{runde.gruppe.key}:{monday}:{person}:{named or observer}",
        fokusperson=person,
        observatoer=observer,
        team=runde.gruppe.key,
        day=workday_from(monday + timedelta(days=rng.randrange(5))),
        taletid=taletid + rng.gauss(0, 0.04),
        ugu=ugu,
    )


def _supervision(first: date, until: date) -> Iterator[Forloeb]:
    """A morning of two sessions in every twelfth week of each group."""
    for number, gruppe in enumerate(GRUPPER):
        monday, nr = first + (3 + 4 * number) * WEEK, 0
        while monday < until:
            day = workday_from(monday + timedelta(days=2))
            for place, at in enumerate(SUPERVISION_CLOCKS):
                person = gruppe.medlemmer[(2 * nr + place) % len(gruppe.medlemmer)]
                taletid, ugu = style_of(person, nr * SUPERVISION_EVERY // ROUND_WEEKS)
                yield plan_forloeb(
                    f"supervision:{gruppe.key}:{monday}:{person}",
                    fokusperson=person,
                    observatoer="inger",
                    team=gruppe.key,
                    day=day,
                    at=at,
                    taletid=taletid,
                    ugu=ugu,
                    supervision=True,
                )
            monday, nr = monday + SUPERVISION_EVERY * WEEK, nr + 1

"""The pairs of the demo's rounds: formed by the facilitator, planned, moved, held and called off by the pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from random import Random
from uuid import UUID

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.demo.forloeb import Forloeb
from supervision.demo.houses import Byen
from supervision.demo.ids import id_of, numbered, row_id
from supervision.demo.pairing import list_late, list_par, list_visits
from supervision.demo.texts import load_texts
from supervision.demo.workdays import workday_from, workdays_after
from supervision.demo.year import WEEK, Rundeplan, list_besoeg, list_runder
from supervision.grupper.actions import link_kontrakt, mark_besoeg, plan_besoeg, save_ledige_tider, save_par
from supervision.grupper.models import Parbesoeg, Runde
from supervision.grupper.rules.par import Besoegsplan
from supervision.grupper.rules.partider import TIDER
from supervision.katalog.content import load_katalog
from supervision.problems import Problem

DAY = timedelta(days=1)
KINDS = ("samtalestyring", "undersoegende", "motiverende", "maalsaetning", "progression")
"""The kinds of methods that the pairs try."""


@dataclass(frozen=True, slots=True)
class Trin:
    """A step of a visit: its moment, who takes it, and what. `to`: the new time, for a plan."""

    at: datetime
    by: str
    verb: str
    to: datetime | None = None


def live_par(byen: Byen, first: datetime, since: datetime | None, until: datetime) -> None:
    """The pairs and their visits between two moments (since None: from the beginning)."""
    for runde in list_runder(clock.local(first).date(), clock.local(until).date()):
        if _due(_formed(runde), since, until):
            _form(byen, runde)
        besoeg = list_besoeg(runde)
        visits = list_visits(runde.gruppe, runde.nr)
        late = list_late(runde.gruppe, runde.nr)
        without = [two for two in visits if two not in besoeg and two not in late]
        for number, two in enumerate(visits):
            plan = besoeg.get(two)
            life = _late_life(runde, two) if two in late else _life(runde, two, plan, ill=two in without[::2])
            for trin in life:
                if _due(trin.at, since, until):
                    _take(byen, runde, number, two, plan, trin)


def _due(at: datetime, since: datetime | None, until: datetime) -> bool:
    return at < until and (since is None or at >= since)


def _formed(runde: Rundeplan) -> datetime:
    return clock.from_local(workday_from(runde.fra), time(8, 15))


def _scope(runde: Rundeplan) -> str:
    return f"par:{runde.gruppe.key}:{runde.nr}"


def _form(byen: Byen, runde: Rundeplan) -> None:
    """Most have said when they can; then the facilitator takes the proposal. What visitors formed first stands."""
    found = db.session.get(Runde, row_id(f"runde:{runde.gruppe.key}:{runde.nr}", "runde"))
    if found is None:
        return
    with clock.travel(_formed(runde)), numbered(_scope(runde)):
        try:
            for key in byen.medlemmer(runde.gruppe):
                rng = Random(f"tider:{runde.fra}:{key}")
                if rng.random() < 0.7:
                    tider = rng.sample(list(TIDER), rng.randrange(5, 9))
                    save_ledige_tider(found, tider=tider, by=byen.people[key])
            save_par(
                found,
                grupper=[
                    tuple(id_of("person", key) for key in one)
                    for one in list_par(runde.gruppe, runde.nr)
                    if byen.people.keys() >= set(one)
                ],
                med_tider=True,
                by=byen.people[runde.gruppe.facilitator],
            )
        except Problem:
            return


def _life(runde: Rundeplan, two: tuple[str, str], plan: Forloeb | None, *, ill: bool) -> Iterator[Trin]:
    """What becomes of a visit, in the order of time. ill: without a kontrakt it is called off."""
    rng = Random(f"besoeg:{runde.fra}:{two}")
    agreed = _formed(runde) + DAY * rng.randrange(1, 4) + timedelta(minutes=rng.randrange(300))
    who = rng.choice(two)
    if plan is None:
        yield from _without_kontrakt(runde, rng, agreed, who, ill=ill)
        return
    made = {step.verb: step.at for step in plan.skridt}
    moved = rng.random() < 0.35 and plan.starter - WEEK > agreed + 2 * DAY
    yield Trin(agreed, who, "aftal", plan.starter - WEEK if moved else plan.starter)
    if moved:
        yield Trin(min(plan.starter - WEEK, made["aftalt"]) - DAY, two[0], "aftal", plan.starter)
    if "trukket" in made:
        yield Trin(made["trukket"], two[1], "aflys")
    else:
        yield Trin(made["aftalt"] + timedelta(minutes=4), two[0], "book")


def _late_life(runde: Rundeplan, two: tuple[str, str]) -> Iterator[Trin]:
    """Nobody answers the proposed time for weeks, or it is moved; then it is held, and said so by one of the two."""
    rng = Random(f"sent:{runde.fra}:{two}")
    starts = clock.from_local(workday_from(runde.fra + WEEK * 8 + DAY * rng.randrange(8)), time(10))
    asked = clock.from_local(workday_from(runde.fra + WEEK * 5), time(14, 30))
    if rng.random() < 0.6:
        yield Trin(asked - 3 * WEEK, two[0], "aftal", starts - 2 * WEEK)
        yield Trin(asked, two[1], "aftal", starts)
    else:
        yield Trin(asked + 3 * WEEK - DAY, two[0], "aftal", starts)
    yield Trin(starts + timedelta(hours=1), two[1], "holdt")
    yield Trin(starts + timedelta(hours=3), two[1], "feedback")


def _without_kontrakt(
    runde: Rundeplan, rng: Random, agreed: datetime, who: str, *, ill: bool
) -> Iterator[Trin]:
    """They sat in with each other and never got a kontrakt written; or somebody was ill that day."""
    day = workday_from(runde.fra + WEEK * rng.randrange(2, 7) + DAY * rng.randrange(5))
    starts = clock.from_local(day, rng.choice((time(9), time(10, 15), time(13))))
    yield Trin(agreed, who, "aftal", starts)
    if ill:
        yield Trin(clock.from_local(workdays_after(day, -1), time(15, 10)), who, "aflys")
        return
    yield Trin(starts + timedelta(hours=2), who, "holdt")
    yield Trin(starts + timedelta(hours=3), who, "feedback")


def _take(
    byen: Byen, runde: Rundeplan, number: int, two: tuple[str, str], plan: Forloeb | None, trin: Trin
) -> None:
    """One step; where somebody who tries the demo has gone another way with the visit, theirs stands."""
    besoeg = db.session.get(Parbesoeg, row_id(_scope(runde), "parbesoeg", number))
    if (
        trin.by not in byen.people
        or besoeg is None
        or (besoeg.fokusperson_id, besoeg.observatoer_id) != _ids(two)
    ):
        return
    by = byen.people[trin.by]
    with clock.travel(trin.at), numbered(f"{_scope(runde)}:{number}:{trin.at:%y%m%d}:{trin.verb}"):
        try:
            if trin.verb == "aftal" and trin.to is not None:
                plan_besoeg(besoeg, plan=_besoegsplan(runde, two, plan, trin.to), by=by, udgave=besoeg.udgave)
            elif trin.verb == "book" and plan is not None:
                kontrakt = db.session.get(FeedbackKontrakt, plan.kontrakt_id)
                if kontrakt is not None:
                    link_kontrakt(besoeg, kontrakt=kontrakt, by=by, udgave=besoeg.udgave)
            else:
                mark_besoeg(besoeg, maerk=trin.verb, by=by, udgave=besoeg.udgave)
        except Problem:
            return


def _ids(two: tuple[str, str]) -> tuple[UUID, UUID]:
    return id_of("person", two[0]), id_of("person", two[1])


def _besoegsplan(
    runde: Rundeplan, two: tuple[str, str], plan: Forloeb | None, starts: datetime
) -> Besoegsplan:
    rng, local = Random(f"redskaber:{runde.fra}:{two}"), clock.local(starts)
    return Besoegsplan(
        dato=local.date(),
        tid=local.time(),
        laengde_min=plan.laengde if plan else 45,
        samtaletype=load_texts().slags[plan.slags].type if plan else "individuel",
        metoder=rng.sample(_metoder(), rng.choice((1, 1, 2))),
    )


@cache
def _metoder() -> tuple[str, ...]:
    katalog = load_katalog()
    return tuple(m.key for m in katalog.metoder if m.kategori in KINDS and katalog.kan_krydses(m))

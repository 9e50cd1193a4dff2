"""What happens in the rounds beside the samtaler: hjemmeopgaver with their pairs, and what each says themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.db import db
from supervision.demo.houses import Byen
from supervision.demo.ids import numbered, row_id
from supervision.demo.texts import CONTENT, in_house
from supervision.demo.workdays import workday_from
from supervision.demo.year import WEEK, Rundeplan, list_runder
from supervision.grupper.actions import choose_pligter, create_hjemmeopgave, link_opgave, say_pligter
from supervision.grupper.models import Hjemmeopgave, HjemmeopgaveKontrakt, Pligtsagt, Runde
from supervision.grupper.rules import Indhold, may_say, pligter_i
from supervision.personer.models import Person

COURSE_WEEKS = (0, 3, 6)
"""The weeks of a round with a course day, after which a hjemmeopgave is given."""
TIME_FOR_IT = timedelta(days=20)
LEFT_OUT = {"dagpenge": ["logbog"]}
"""Group -> the duties that its rounds leave out."""
EARLY = {"planlagt": 0.85, "rolle": 0.8, "leder": 0.7}
LATE = {
    "oevet": 0.8,
    "metoder": 0.85,
    "logbog": 0.6,
    "moede": 0.85,
    "fokus": 0.9,
    "f_metoder": 0.9,
    "indkaldt": 1,
    "ledet": 1,
}
"""Duty -> how likely somebody has said yes to it, early in a round and towards its end."""


@dataclass(frozen=True, slots=True)
class Tid:
    """What is to be lived: from `since` (None: from the beginning) up to, not with, `until`."""

    since: datetime | None
    until: datetime

    def has(self, at: datetime) -> bool:
        """Whether the moment lies in it."""
        return at < self.until and (self.since is None or at >= self.since)


@cache
def load_opgaver() -> list[dict[str, Any]]:
    """Title, text and methods of each, from the content file."""
    found: list[dict[str, Any]] = yaml.safe_load((CONTENT / "runder.yaml").read_text(encoding="utf-8"))[
        "hjemmeopgaver"
    ]
    return found


def live_rounds(byen: Byen, first: datetime, since: datetime | None, until: datetime) -> None:
    """Everything between two moments (since None: from the beginning)."""
    tid = Tid(since, until)
    for plan in list_runder(clock.local(first).date(), clock.local(until).date()):
        runde = db.session.get(Runde, row_id(f"runde:{plan.gruppe.key}:{plan.nr}", "runde"))
        if runde is not None and plan.gruppe.facilitator in byen.people:
            _leave_out(byen, plan, runde, tid)
            _give_opgaver(byen, plan, runde, tid)
            _say(byen, plan, runde, tid)


def _leave_out(byen: Byen, plan: Rundeplan, runde: Runde, tid: Tid) -> None:
    uden = LEFT_OUT.get(plan.gruppe.key)
    if uden and tid.has(plan.at):
        with _moment(plan.at, f"pligter:{plan.gruppe.key}:{plan.nr}"):
            choose_pligter(runde, uden=uden, by=byen.people[plan.gruppe.facilitator])


def _give_opgaver(byen: Byen, plan: Rundeplan, runde: Runde, tid: Tid) -> None:
    for place, week in enumerate(COURSE_WEEKS):
        at = _at(plan.fra + week * WEEK + timedelta(days=2), 15)
        frist = min(runde.til, clock.local(at).date() + TIME_FOR_IT)
        scope = f"opgave:{plan.gruppe.key}:{plan.nr}:{place}"
        if tid.has(at) and clock.local(at).date() < runde.til:
            with _moment(at, scope):
                indhold = _indhold(plan, place, frist)
                create_hjemmeopgave(runde, indhold=indhold, by=byen.people[plan.gruppe.facilitator])
        opgave = db.session.get(Hjemmeopgave, row_id(scope, "hjemmeopgave"))
        if opgave is not None and opgave.afsluttet_at is None:
            _link(byen, plan, opgave, tid)


def _indhold(plan: Rundeplan, place: int, frist: date) -> Indhold:
    known = load_opgaver()
    one = known[(plan.nr * len(COURSE_WEEKS) + place + plan.gruppe.forskudt) % len(known)]
    return Indhold(
        titel=one["titel"],
        tekst=in_house(one["tekst"], plan.gruppe.hus),
        kursusdag=f"Efter kursusdag {place + 1}",
        metoder=tuple(one["metoder"]),
        frist=frist,
    )


def _link(byen: Byen, plan: Rundeplan, opgave: Hjemmeopgave, tid: Tid) -> None:
    """Most pairs of the weeks between the task and its deadline say that they are on it, an hour after they agreed."""
    inside = {byen.people[key].id for key in (*byen.medlemmer(plan.gruppe), plan.gruppe.facilitator)}
    linked = set(
        db.session.scalars(
            select(HjemmeopgaveKontrakt.kontrakt_id).where(HjemmeopgaveKontrakt.hjemmeopgave_id == opgave.id)
        )
    )
    for kontrakt in _kontrakter_of(opgave):
        par = {kontrakt.fokusperson_id, kontrakt.observatoer_id}
        at = max(kontrakt.oprettet_at, opgave.oprettet_at) + timedelta(hours=1)
        willing = Random(f"knyt:{kontrakt.id}").random() < 0.8
        if par <= inside and willing and tid.has(at) and kontrakt.id not in linked:
            with _moment(at, f"knyt:{opgave.id}:{kontrakt.id}"):
                link_opgave(opgave, kontrakt=kontrakt, by=kontrakt.fokusperson)


def _kontrakter_of(opgave: Hjemmeopgave) -> list[FeedbackKontrakt]:
    ends = clock.from_local(opgave.frist + timedelta(days=1), time(0))
    return list(
        db.session.scalars(
            select(FeedbackKontrakt)
            .join(FeedbackKontrakt.samtale)
            .where(Samtale.starter_at > opgave.oprettet_at, Samtale.starter_at < ends)
            .where(FeedbackKontrakt.trukket_at.is_(None))
            .options(selectinload(FeedbackKontrakt.fokusperson))
            .order_by(Samtale.starter_at, FeedbackKontrakt.id)
        )
    )


def _say(byen: Byen, plan: Rundeplan, runde: Runde, tid: Tid) -> None:
    moments = ((_at(plan.fra + timedelta(days=4), 14), EARLY), (_at(plan.til - timedelta(days=6), 14), LATE))
    for key in (*byen.medlemmer(plan.gruppe), plan.gruppe.facilitator):
        for at, likely in moments:
            if tid.has(at) and may_say(runde, clock.local(at).date()):
                with _moment(at, f"sagt:{plan.gruppe.key}:{plan.nr}:{key}:{at}"):
                    _say_more(runde, byen.people[key], likely, Random(f"sagt:{plan.fra}:{key}"))


def _say_more(runde: Runde, person: Person, likely: dict[str, float], rng: Random) -> None:
    """What was said before, by a visitor too, stands."""
    asked = {
        one.kode for one in pligter_i(runde, leads=runde.gruppe.facilitator_id == person.id) if one.siges
    }
    before = db.session.scalars(
        select(Pligtsagt.pligt).where(Pligtsagt.runde_id == runde.id, Pligtsagt.person_id == person.id)
    )
    more = {kode for kode, chance in likely.items() if rng.random() < chance}
    say_pligter(runde, sagt=asked & (more | set(before)), by=person)


@contextmanager
def _moment(at: datetime, scope: str) -> Iterator[None]:
    with clock.travel(at), numbered(scope):
        yield


def _at(day: date, hour: int) -> datetime:
    return clock.from_local(workday_from(day), time(hour))

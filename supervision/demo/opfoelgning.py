"""What the teamledere follow up on each quarter, and their short surveys; the newest is still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

import yaml

from supervision import clock
from supervision.db import db
from supervision.demo.houses import Byen
from supervision.demo.ids import id_of, numbered, row_id
from supervision.demo.people import BY_KEY
from supervision.demo.runder import Tid
from supervision.demo.texts import CONTENT
from supervision.demo.year import FIRST_BUILD_WEEKS, WEEK
from supervision.overblik.actions import answer_skema, close_skema, open_skema, write_ramme
from supervision.overblik.models import Skema
from supervision.overblik.queries import find_aabent, find_ramme, list_metoder_at_spoerge_til
from supervision.overblik.rules import HINDRINGER, VALG, Kvartal, kvartal_of
from supervision.personer.models import Team

LEADERS = ("birgitte", "karsten", "dorthe")
OPEN_FOR = timedelta(weeks=3)
NEVER_FIRST = ("maja", "yasmin")
"""Who has not answered the one that is open: the page has its button for them."""


@cache
def load_content() -> dict[str, Any]:
    """The texts and the surveys, from the content file."""
    found: dict[str, Any] = yaml.safe_load((CONTENT / "opfoelgning.yaml").read_text(encoding="utf-8"))
    return found


def follow_up(byen: Byen, first: datetime, since: datetime | None, until: datetime) -> None:
    """The frames and the surveys between two moments (since None: from the beginning)."""
    tid = Tid(since, until)
    for nr, kvartal in enumerate(quarters(first, until)):
        at = clock.from_local(kvartal.klar + timedelta(days=5), time(14))
        for place, leader in enumerate(LEADERS):
            if tid.has(at):
                _write(byen, leader, kvartal, at, nr + place)
    for one in load_content()["skemaer"]:
        _ask(byen, one, first + (one["uge"] % FIRST_BUILD_WEEKS) * WEEK, tid)


def quarters(first: datetime, until: datetime) -> Iterator[Kvartal]:
    """The quarters whose figures are made before `until`, the oldest first."""
    kvartal = kvartal_of(clock.local(first).date())
    while clock.from_local(kvartal.klar, time(0)) < until:
        yield kvartal
        kvartal = kvartal.next()


def _write(byen: Byen, leader: str, kvartal: Kvartal, at: datetime, nr: int) -> None:
    """What a visitor has written is left alone."""
    rammer = load_content()["rammer"]
    team = db.session.get_one(Team, id_of(f"team:{BY_KEY[leader].team}", "team", "0"))
    with clock.travel(at), numbered(f"opfoelgning:{leader}:{kvartal.noegle}"):
        if find_ramme(team, kvartal) is None:
            write_ramme(team, kvartal, tekster=rammer[nr % len(rammer)], seen=0, by=byen.people[leader])


def _ask(byen: Byen, one: dict[str, Any], at: datetime, tid: Tid) -> None:
    scope = f"skema:{one['team']}:{one['uge']}"
    team = db.session.get_one(Team, id_of(f"team:{one['team']}", "team", "0"))
    if tid.has(at) and find_aabent(team) is None:
        with clock.travel(at), numbered(scope):
            known = list_metoder_at_spoerge_til(team.organisation)
            asked = [key for key in load_content()["metoder"] if key in known]
            open_skema(team, metoder=asked or list(known)[:6], by=byen.people[one["af"]])
    skema = db.session.get(Skema, row_id(scope, "opfoelgning_skema"))
    if skema is None:
        return
    if tid.has(at + timedelta(days=2)):
        _answer(byen, one, skema, Random(scope))
    if tid.has(at + OPEN_FOR):
        with clock.travel(at + OPEN_FOR):
            close_skema(skema, by=byen.people[one["af"]])


def _answer(byen: Byen, one: dict[str, Any], skema: Skema, chance: Random) -> None:
    asked = {deltager.person_id for deltager in skema.deltagere if not deltager.har_svaret}
    people = [key for key, person in byen.people.items() if person.id in asked]
    people.sort(key=lambda key: key in NEVER_FIRST)
    for key in people[: max(0, len(people) - one["mangler"])]:
        likes = {metode.kode: chance.choices(list(VALG), (5, 4, 1))[0] for metode in skema.metoder}
        hard = [kode for kode in HINDRINGER if chance.random() < {"tid": 0.7, "plan": 0.6}.get(kode, 0.25)]
        answer_skema(skema, valg=likes, hindringer=hard, by=byen.people[key])

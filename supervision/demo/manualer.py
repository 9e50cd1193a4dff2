"""Two houses' own supervisionsmanual, in versions; and who has confirmed the limits of the role in which of them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

import yaml

from supervision import clock
from supervision.db import db
from supervision.demo.houses import Byen
from supervision.demo.ids import numbered, row_id
from supervision.demo.people import FIGURER, Figur
from supervision.demo.played import attempt
from supervision.demo.runder import Tid
from supervision.demo.texts import CONTENT
from supervision.demo.year import WEEK
from supervision.grupper.actions import confirm_read, publish_manual, save_manualkladde
from supervision.grupper.content import standardmanual
from supervision.grupper.models import Manual
from supervision.grupper.queries import find_manualkladde, get_manual
from supervision.personer.models import Organisation

HAS_NOT_YET = ("maja", "yasmin")
"""Who has not confirmed the newest version: the page has its button for them."""
LIKELY = 0.85
NEWEST_WEEK = 44


@cache
def load_manualer() -> list[dict[str, Any]]:
    """The versions in the order of time, from the content file."""
    found: list[dict[str, Any]] = yaml.safe_load((CONTENT / "runder.yaml").read_text(encoding="utf-8"))[
        "manualer"
    ]
    return found


def write_manualer(byen: Byen, first: datetime, since: datetime | None, until: datetime) -> None:
    """The versions and the confirmations between two moments (since None: from the beginning)."""
    tid = Tid(since, until)
    for one in load_manualer():
        at = first + one["uge"] * WEEK
        house = [figur for figur in FIGURER if figur.hus == one["hus"] and figur.key in byen.people]
        if tid.has(at) or (since is None and at < until):
            with attempt(_scope(one)):
                _write(byen, one, byen.people[house[0].key].organisation, at)
        if one.get("udgives", True):
            _confirm(byen, one, house, at, tid)


def _write(byen: Byen, one: dict[str, Any], organisation: Organisation, at: datetime) -> None:
    """A draft that a visitor has begun is left alone."""
    if find_manualkladde(organisation.id) is not None:
        return
    by, scope = byen.people[one["af"]], _scope(one)
    with clock.travel(at), numbered(scope):
        tekst = f"{standardmanual()}\n\n{one['tekst']}"
        kladde = save_manualkladde(organisation, tekst=tekst, aendring=one["aendring"], seen=None, by=by)
    if one.get("udgives", True):
        with clock.travel(at + timedelta(minutes=40)), numbered(f"{scope}:udgivet"):
            publish_manual(organisation, seen=kladde.aendret_at, by=by)


def _confirm(byen: Byen, one: dict[str, Any], house: list[Figur], published: datetime, tid: Tid) -> None:
    row = db.session.get(Manual, row_id(_scope(one), "manual"))
    if row is None or row.udgivet_at is None:
        return
    for figur in house:
        rng = Random(f"laest:{_scope(one)}:{figur.key}")
        day = clock.local(published).date() + timedelta(days=rng.randrange(1, 20))
        at = clock.from_local(day, time(8 + rng.randrange(7), rng.randrange(60)))
        unwilling = rng.random() > LIKELY or (one["uge"] == NEWEST_WEEK and figur.key in HAS_NOT_YET)
        if figur.uger is None or figur.rolle == "administrator" or unwilling or not tid.has(at):
            continue
        person = byen.people[figur.key]
        with clock.travel(at), numbered(f"laest:{_scope(one)}:{figur.key}"):
            if get_manual(person.organisation_id).version == row.version:
                confirm_read(person.organisation, version=row.version, by=person)


def _scope(one: dict[str, Any]) -> str:
    return f"manual:{one['hus']}:{one['uge']}"

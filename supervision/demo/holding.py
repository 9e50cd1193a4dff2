"""The samtale itself: what the recorder sent while it ran, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from supervision import clock, history
from supervision.aftaler import actions, rules
from supervision.aftaler.queries import gamemaster
from supervision.db import db
from supervision.demo.forloeb import Forloeb, begun
from supervision.demo.logs import Oenske, make_log, seen_by_another
from supervision.demo.played import PlayedOn
from supervision.demo.samtalen import Samtalen
from supervision.demo.texts import fitting, in_house, load_texts
from supervision.katalog.content import load_katalog
from supervision.observationer.actions import recording
from supervision.observationer.models import Observation

ONCE = ("tjekpunkt", "artefakt")
"""Types of methods whose kendetegn are there or not, so they get one tick at most."""

ON_THE_WAY = timedelta(seconds=3)


def record(samtalen: Samtalen) -> None:
    """The whole log as a tablet without a net sends it, and then the end. Raises PlayedOn, RuleBroken."""
    plan, kontrakt, by = samtalen.plan, samtalen.get_kontrakt(), samtalen.observatoer
    if kontrakt.laast_at is not None:
        raise PlayedOn
    rules.check_can_record(kontrakt)
    start = begun(plan)
    raw = _log(samtalen)
    with clock.travel(start):
        samtalen.observation = _open(samtalen, start)
    end = start + timedelta(milliseconds=max(event["t_ms"] for event in raw))
    with clock.travel(end + ON_THE_WAY):
        receipt = recording.store_haendelser(kontrakt=kontrakt, by=by, startet_at=start, raw=raw)
    assert not receipt.afvist, receipt.afvist
    with clock.travel(end + 5 * ON_THE_WAY):
        recording.end_observation(observation=samtalen.observation, by=by)


def _log(samtalen: Samtalen) -> list[dict[str, Any]]:
    """What the observatør taps; the second one in a samtale hears the same, and sees it with their own eyes."""
    plan = samtalen.plan
    own = make_log(_wish(samtalen, plan))
    if plan.sammen is None:
        return own
    return seen_by_another(
        make_log(_wish(samtalen, plan.sammen)),
        own,
        key=f"{plan.key}:log",
        later_ms=int((begun(plan) - begun(plan.sammen)) / timedelta(milliseconds=1)),
        other_fokusperson=plan.fokusperson != plan.sammen.fokusperson,
    )


def _open(samtalen: Samtalen, start: datetime) -> Observation:
    """What the first batch makes of itself, but under an id that a later run finds again."""
    kontrakt = samtalen.get_kontrakt()
    actions.lock_kontrakt(kontrakt, by=samtalen.observatoer)
    observation = Observation(
        organisation_id=kontrakt.organisation_id,
        kontrakt_id=kontrakt.id,
        fokusperson_id=kontrakt.fokusperson_id,
        observatoer_id=kontrakt.observatoer_id,
        kilde="optager",
        startet_at=start,
        oprettet_at=clock.now(),
    )
    db.session.add(observation)
    db.session.flush()
    history.note("begyndte_observation", observation, by=samtalen.observatoer.id)
    return observation


def _wish(samtalen: Samtalen, plan: Forloeb) -> Oenske:
    kontrakt = samtalen.get_kontrakt()
    variant = gamemaster(kontrakt)
    assert variant is not None
    koder = (*plan.koder, *_of_the_line(samtalen, plan))
    return Oenske(
        key=f"{plan.key}:log",
        minutter=plan.laengde,
        parter=kontrakt.parter,
        taletid=plan.taletid,
        ugu=plan.ugu,
        elementer={fase.kode: [element.kode for element in fase.elementer] for fase in variant.faser},
        kendetegn=koder,
        en_gang=_ticked_once(koder),
        noter=[in_house(tekst, samtalen.hus) for tekst in fitting(load_texts().noter, plan.slags)],
    )


def _of_the_line(samtalen: Samtalen, plan: Forloeb) -> list[str]:
    """The kendetegn that came into this kontrakt with a line of the fokusperson's arrow."""
    if plan is not samtalen.plan:
        return []
    on_screen = [tegn.kode for tegn in samtalen.get_kontrakt().kendetegn]
    return [kode for kode in on_screen if kode not in plan.koder and kode in load_texts().kendetegn]


def _ticked_once(koder: Sequence[str]) -> frozenset[str]:
    katalog = load_katalog()
    methods = {kode: tegn.metode for kode in koder if (tegn := katalog.kendetegn(kode))}
    return frozenset(
        kode for kode, key in methods.items() if (metode := katalog.metode(key)) and metode.type in ONCE
    )

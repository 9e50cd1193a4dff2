"""The groups' exercises: every other round one, begun by a member, gone through step by step, and ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import cache
from itertools import cycle, islice
from random import Random
from uuid import UUID

import yaml

from supervision import clock
from supervision.demo.houses import Byen
from supervision.demo.ids import numbered
from supervision.demo.texts import CONTENT, in_house
from supervision.demo.workdays import workday_from
from supervision.demo.year import Rundeplan, list_runder
from supervision.grupper.actions import oevelser as actions
from supervision.grupper.actions.oevelsestekster import write_tekst
from supervision.grupper.models import Oevelse, Oevelseshold
from supervision.grupper.queries import list_medlemmer
from supervision.grupper.queries import oevelser as queries
from supervision.grupper.rules import oevelser as rules
from supervision.grupper.rules.oevelser_indhold import FELTER, FOER
from supervision.personer.models import Person
from supervision.problems import RuleBroken

RAEKKE = ("triade", "gode_raad", "reformulering", "motivation", "plus_minus")
INTO_THE_ROUND = timedelta(days=14)
PER_FIELD = 2


@cache
def load_skrevet(hus: str) -> dict[str, list[str]]:
    """The lines by field in the words of the house, from the content file."""
    found = yaml.safe_load((CONTENT / "oevelser.yaml").read_text(encoding="utf-8"))
    return {felt: [in_house(tekst, hus) for tekst in tekster] for felt, tekster in found.items()}


def hold_oevelser(byen: Byen, first: datetime, since: datetime | None, until: datetime) -> None:
    """The exercises between two moments (since None: from the beginning)."""
    for runde in list_runder(clock.local(first).date(), clock.local(until).date()):
        at = clock.from_local(workday_from(runde.fra + INTO_THE_ROUND), time(9, 0))
        if runde.nr % 2 and at < until and (since is None or at >= since):
            with numbered(f"oevelse:{runde.gruppe.key}:{runde.nr}"):
                _hold(byen, runde, at)


def _hold(byen: Byen, runde: Rundeplan, at: datetime) -> None:
    """A visitor may have one running in the group: then there is none."""
    gruppe, people = byen.grupper[runde.gruppe.key], list_medlemmer(byen.grupper[runde.gruppe.key])
    slags = RAEKKE[(runde.nr // 2 + runde.gruppe.forskudt // 2) % len(RAEKKE)]
    try:
        with clock.travel(at):
            oevelse = actions.begin_oevelse(gruppe, slags=slags, moede=None, by=people[0])
    except RuleBroken:
        return
    for nr, person in enumerate(people[1:], start=1):
        with clock.travel(at + timedelta(seconds=20 * nr)):
            actions.join(oevelse, by=person)
    at += timedelta(minutes=5)
    with clock.travel(at):
        actions.divide(oevelse, by=people[0])
        actions.steer(oevelse, hold_id=None, handling="begynd", trin=0, by=people[0])
    at = _go_through(oevelse, people, at, runde.gruppe.hus)
    with clock.travel(at + timedelta(minutes=3)):
        actions.end_oevelse(oevelse, by=people[0])


def _go_through(oevelse: Oevelse, everybody: list[Person], at: datetime, hus: str) -> datetime:
    """All small groups one step at a time. Gives when the last is through."""
    people, rng = {person.id: person for person in everybody}, Random(str(oevelse.id))
    decks = {felt: cycle(rng.sample(tekster, len(tekster))) for felt, tekster in load_skrevet(hus).items()}
    while any(queries.get_stilling(oevelse, hold).skridt for hold in oevelse.holdene):
        minutes = 1
        for hold in oevelse.holdene:
            stilling = queries.get_stilling(oevelse, hold)
            if stilling.skridt is not None:
                minutes = max(minutes, stilling.skridt.trin.minutter)
                with clock.travel(at + timedelta(seconds=40)):
                    _write(oevelse, stilling, people[stilling.medlemmer[0][0].person_id], decks)
                    _set_numbers(stilling, rng)
        at += timedelta(minutes=minutes)
        with clock.travel(at):
            for hold in oevelse.holdene:
                _next(oevelse, hold, people)
    return at


def _next(oevelse: Oevelse, hold: Oevelseshold, people: dict[UUID, Person]) -> None:
    by = people[queries.paa_hold(oevelse, hold)[0].person_id]
    actions.steer(oevelse, hold_id=hold.id, handling="naeste", trin=hold.trin, by=by)


def _write(
    oevelse: Oevelse, stilling: queries.Stilling, by: Person, decks: Mapping[str, Iterator[str]]
) -> None:
    """What the step asks for; every statement that waits is answered."""
    if stilling.skridt is None:
        return
    for felt in stilling.skridt.trin.felter:
        if felt == "svar":
            while (udsagn := queries.get_side(oevelse, viewer=by).udsagn) is not None:
                write_tekst(oevelse, felt=felt, tekst=next(decks[felt]), til_id=udsagn.id, by=by)
            continue
        many = 1 if FELTER[felt].hoejst == 1 else FELTER[felt].mindst or PER_FIELD
        for tekst in islice(decks[felt], many):
            write_tekst(oevelse, felt=felt, tekst=tekst, til_id=None, by=by)


def _set_numbers(stilling: queries.Stilling, rng: Random) -> None:
    """As their own phones would, without a query for each."""
    for deltager, rolle in stilling.medlemmer:
        if stilling.skridt is None or not rules.skal_saette_tal(stilling.skridt.trin, rolle):
            continue
        if stilling.skridt.trin.tal == FOER:
            deltager.tal_foer = rng.randrange(3, 7)
        else:
            deltager.tal_efter = min(10, (deltager.tal_foer or 5) + rng.randrange(4))

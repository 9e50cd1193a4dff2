"""The groups' two-hour meetings: called, answered, held with their table and picture; and one that waits today."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from supervision import clock
from supervision.db import db
from supervision.demo.houses import Byen
from supervision.demo.ids import id_of, numbered, row_id
from supervision.demo.played import attempt
from supervision.demo.plenum import moede_at
from supervision.demo.workdays import monday_of
from supervision.demo.year import Rundeplan, list_runder
from supervision.grupper import actions
from supervision.grupper.models import Moede, Runde
from supervision.grupper.queries import list_egne_punkter, list_egne_samtaler
from supervision.grupper.queries import list_medlemmer as list_members
from supervision.grupper.queries import list_moeder as list_meetings
from supervision.grupper.rules import INDKALDT, foreslaa, moede_tilstand
from supervision.personer.models import Person
from supervision.problems import RuleBroken

CALLED = timedelta(days=21)
"""How long before a meeting it is called."""
STEDER = ("Mødelokale 2", "Kantinen, det bagerste bord", "Mødelokale 4")
MINUTTER = 120
LATELY = timedelta(days=84)
"""How old what lies on the table of the meeting that waits may be."""
IDAG = "job"
"""The group that has a meeting on the day the demo is opened, for whoever wants to lead one."""


def hold_moeder(byen: Byen, first: datetime, since: datetime | None, until: datetime) -> None:
    """The meetings' lives between two moments (since None: from the beginning), one meeting in each round."""
    today = clock.local(until).date()
    for runde in list_runder(clock.local(first).date(), today):
        at = moede_at(runde)
        for before, act in ((CALLED, _call), (timedelta(days=9), _answer), (timedelta(), _hold)):
            if at - before < until and (since is None or at - before >= since):
                with attempt(f"{_scope(runde)}:{before}"):
                    act(byen, runde, at)
    _wait_today(byen, until)


def _call(byen: Byen, runde: Rundeplan, at: datetime) -> None:
    gruppe = byen.grupper[runde.gruppe.key]
    with clock.travel(at - CALLED), numbered(_scope(runde)):
        actions.call_moede(
            gruppe,
            start_at=at,
            minutter=MINUTTER,
            sted=STEDER[runde.nr % len(STEDER)],
            runde=db.session.get(Runde, row_id(f"runde:{runde.gruppe.key}:{runde.nr}", "runde")),
            tjek_ud_anonymt=runde.nr % 2 == 1,
            by=gruppe.facilitator,
        )


def _answer(byen: Byen, runde: Rundeplan, at: datetime) -> None:
    """Most say that they come; one says no, and some do not get round to it."""
    moede = _find(runde)
    if moede is None or moede_tilstand(moede, at - timedelta(days=9)) != INDKALDT:
        return
    for place, person in enumerate(list_members(byen.grupper[runde.gruppe.key])):
        answer = _answer_of(runde, place)
        if answer:
            with (
                clock.travel(at - timedelta(days=8, minutes=7 * place)),
                numbered(f"{_scope(runde)}:svar:{place}"),
            ):
                actions.answer_moede(moede, svar=answer, by=person)


def _hold(byen: Byen, runde: Rundeplan, at: datetime) -> None:
    """Table, people, points of the agenda one after the other, picture, end."""
    moede, gruppe = _find(runde), byen.grupper[runde.gruppe.key]
    if moede is None or moede_tilstand(moede, at) != INDKALDT or moede.start_at != at:
        return
    members = list_members(gruppe)
    _fill_table(moede, members, _scope(runde), at - timedelta(hours=2), clock.from_local(runde.fra, time()))
    there = [person for place, person in enumerate(members) if _answer_of(runde, place) != "kan_ikke"]
    _hold_as_called(moede, at, _scope(runde), there)


def _hold_as_called(moede: Moede, at: datetime, scope: str, there: list[Person]) -> None:
    leder = moede.gruppe.facilitator
    with clock.travel(at), numbered(f"{scope}:begyndt"):
        actions.begin_moede(moede, by=leder)
        actions.arrive(moede, by=leder)
        for person in there:
            actions.tick_fremmoede(moede, person_id=person.id, her=True, by=leder)
    _run(moede, leder, at, scope)


def _run(moede: Moede, leder: Person, at: datetime, scope: str) -> None:
    """Through the agenda as it was proposed, with the picture some minutes into its point."""
    for nr, punkt in enumerate(foreslaa(MINUTTER), start=1):
        if punkt.slags == "bordet":
            with clock.travel(at + timedelta(minutes=4)), numbered(f"{scope}:billede"):
                _show(moede, leder)
        at += timedelta(minutes=punkt.minutter)
        with clock.travel(at), numbered(f"{scope}:punkt:{nr}"):
            if nr < len(foreslaa(MINUTTER)):
                actions.steer_moede(moede, handling="naeste", by=leder)
            else:
                actions.end_moede(moede, by=leder)


def _show(moede: Moede, leder: Person) -> None:
    try:
        actions.show_billede(moede, by=leder)
    except RuleBroken:
        return  # too few put something on the table: the group talks without a picture


def _fill_table(
    moede: Moede, members: list[Person], scope: str, at: datetime, since: datetime, most: int = 3
) -> None:
    """A few put the ticks of the round's last samtale on the table, and every third of them a sentence too.

    The same few each time where they have any: whoever saw their ticks counts them in no figure of the quarter (R7).
    """
    willing = Random(f"bord:{moede.gruppe_id}").sample(members, len(members))
    put = 0
    for place, person in enumerate(willing):
        if put == most:
            return
        with clock.travel(at + timedelta(minutes=9 * place)), numbered(f"{scope}:bord:{place}"):
            samtaler = [one for one in list_egne_samtaler(moede, viewer=person) if one.startet_at >= since]
            punkter = list_egne_punkter(moede, viewer=person) if place % 3 == 0 else []
            if samtaler:
                put += 1
                actions.put_on_table(
                    moede,
                    samtaler=[samtaler[0].id],
                    punkter=[one.id for one in punkter if one.slags == "lykkedes"][:1],
                    med_navn=place == 0,
                    by=person,
                )


def _wait_today(byen: Byen, until: datetime) -> None:
    """A meeting today that somebody can lead, called the day before, with something on its table; one in each week.

    Those of earlier weeks that nobody began are held, as everything else is when its day is over.
    """
    gruppe, today = byen.grupper[IDAG], clock.local(until).date()
    for earlier in [moede for moede in list_meetings(gruppe) if moede.runde_id is None]:
        if (
            clock.local(earlier.start_at).date() < today
            and moede_tilstand(earlier, earlier.start_at) == INDKALDT
        ):
            _hold_as_called(earlier, earlier.start_at, f"moede:uge:{earlier.id}", list_members(gruppe))
    scope = f"moede:uge:{monday_of(today)}"
    if db.session.get(Moede, row_id(scope, "moede")) is not None:
        return
    start, asked = clock.from_local(today, time(13, 0)), until - timedelta(hours=14)
    with clock.travel(asked), numbered(scope):
        moede = actions.call_moede(
            gruppe,
            start_at=start,
            minutter=MINUTTER,
            sted=STEDER[0],
            runde=None,
            tjek_ud_anonymt=True,
            by=gruppe.facilitator,
        )
    others = [person for person in list_members(gruppe) if person.id != id_of("person", "maja")]
    _fill_table(
        moede, others, scope, asked + timedelta(hours=3), clock.from_local(today - LATELY, time()), most=4
    )


def _answer_of(runde: Rundeplan, place: int) -> str | None:
    return Random(f"svar:{runde.fra}:{runde.gruppe.key}:{place}").choices(
        ("kommer", "kan_ikke", None), (80, 8, 12)
    )[0]


def _find(runde: Rundeplan) -> Moede | None:
    return db.session.get(Moede, row_id(_scope(runde), "moede"))


def _scope(runde: Rundeplan) -> str:
    return f"moede:{runde.gruppe.key}:{runde.nr}"

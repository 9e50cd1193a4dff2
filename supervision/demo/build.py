"""Making the demo, and topping it up with the days since the last run; one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from logging import WARNING
from uuid import UUID

from sqlalchemy import func, select

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.demo import (
    adgange,
    dage,
    effekt,
    egne,
    kalibrering,
    linjer,
    manualer,
    modelvisninger,
    modstand,
    moeder,
    oevelser,
    opfoelgning,
    par,
    plenum,
    principper,
    rettigheder,
    runder,
    sammen,
    scene,
    tal,
    year,
)
from supervision.demo.forloeb import Forloeb
from supervision.demo.houses import HOME, Byen, make_groups, make_people, make_rounds
from supervision.demo.ids import id_of, numbered
from supervision.demo.people import BY_KEY, FIGURER
from supervision.demo.planche import write_together
from supervision.demo.played import attempt, forgiving
from supervision.demo.steps import live
from supervision.demo.texts import in_house, load_texts
from supervision.demo.workdays import monday_of
from supervision.drift.events import log_event
from supervision.history import Historik
from supervision.laeringspil.actions import draw_laeringspil
from supervision.laeringspil.rules import Linje
from supervision.personer.models import Person
from supervision.problems import Problem

TOPPED_UP = "fyldte_demo_op"
AHEAD = timedelta(days=21)
"""How long before a samtale its kontrakt may be made."""


class NotADemo(Problem):
    """The database belongs to real people."""

    def __init__(self) -> None:
        super().__init__("Databasen indeholder rigtige personer. Demoen kører kun i sin egen.")


@dataclass(frozen=True, slots=True)
class Vindue:
    """What a run has to do: life from `since` (None: from the first week on) up to, not with, `until`."""

    first: date
    since: datetime | None
    until: datetime
    today: date


def top_up(today: date, hash_of: Callable[[], str], progress: Callable[[int, int], None]) -> bool:
    """Bring the demo up to the morning of `today` (a Danish date) and commit. False: it was there already.

    hash_of: makes the hash of the one password. progress: told (done, of how many) samtaler. Raises NotADemo.
    """
    _check_only_demo_people()
    vindue = _vindue(today)
    if vindue.since is not None and vindue.since >= vindue.until:
        db.session.rollback()
        return False
    with forgiving(really=vindue.since is not None) as left_out:
        byen = make_people(vindue.first, today, hash_of)
        for part in _parts(byen, vindue, progress):
            with attempt(repr(part)):
                part()
    _note_run(vindue)
    db.session.commit()
    if left_out:
        log_event("demo_udeladt", level=WARNING, antal=len(left_out))
    return True


def _parts(
    byen: Byen, vindue: Vindue, progress: Callable[[int, int], None]
) -> Iterator[Callable[[], object]]:
    """The demo's life in its order."""
    first, since, until = clock.from_local(vindue.first, time(9)), vindue.since, vindue.until
    plans: list[Forloeb] = []
    yield lambda: make_groups(byen, vindue.first)
    yield lambda: make_rounds(byen, vindue.first, until)
    yield lambda: principper.make_principper(byen, first)
    yield lambda: egne.make_egne(byen, vindue.first)
    yield lambda: _draw_pile(byen, vindue)
    yield lambda: dage.open_feedback(until)
    yield lambda: plans.extend(_live_all(byen, vindue, progress))
    yield lambda: dage.end_dage(until)
    yield lambda: dage.make_dage(byen, plans, until)
    yield lambda: linjer.tie_lines_to_feedback(since, until)
    yield lambda: runder.live_rounds(byen, first, since, until)
    yield lambda: manualer.write_manualer(byen, first, since, until)
    yield lambda: principper.retire_principper(byen, since, until)
    yield lambda: par.live_par(byen, first, since, until)
    yield lambda: oevelser.hold_oevelser(byen, first, since, until)
    yield lambda: plenum.hold_moeder(byen, first, since, until)
    yield lambda: kalibrering.hold_kalibreringer(byen, first, since, until)
    yield lambda: tal.publish_all(vindue.first, since, until)
    yield lambda: opfoelgning.follow_up(byen, first, since, until)
    yield lambda: effekt.bring_all(byen, first, since, until)
    yield lambda: moeder.hold_moeder(byen, first, since, until)
    yield lambda: rettigheder.decide_and_read(byen, first, until)
    yield lambda: write_together(byen, first, since, until)  # at the meetings that were made above
    yield lambda: adgange.look_at_it_all(first, until)


def _check_only_demo_people() -> None:
    known = {id_of("person", figur.key) for figur in FIGURER}
    real = select(Person.id).where(Person.slettet_at.is_(None))
    if any(person_id not in known for person_id in db.session.scalars(real)):
        db.session.rollback()
        raise NotADemo


def _vindue(today: date) -> Vindue:
    """The first run is remembered by its note; everything in the demo is counted from that week."""
    first_run, last_run = db.session.execute(
        select(func.min(Historik.at), func.max(Historik.at)).where(Historik.handling == TOPPED_UP)
    ).one()
    born = clock.local(first_run).date() if first_run else today
    return Vindue(
        first=year.first_week(born),
        since=last_run,
        until=clock.from_local(today, time(0)),
        today=today,
    )


def _draw_pile(byen: Byen, vindue: Vindue) -> None:
    lines = load_texts().laeringspil
    for pil in year.list_pile(vindue.first, vindue.today):
        if not _is_due(pil.at, vindue, anew=False):
            continue
        with clock.travel(pil.at), numbered(f"pil:{pil.person}:{pil.nr}"):
            draw_laeringspil(
                by=byen.people[pil.person],
                linjer=[_line(lines[nr], pil.person, nr) for nr in pil.linjer],
            )


def _line(words: dict[str, str], person: str, nr: int) -> Linje:
    hus = BY_KEY[person].hus
    return Linje(
        faerdighed=in_house(words["faerdighed"], hus),
        situation=in_house(words["situation"], hus),
        maade=words["maade"],
        effekt=in_house(words["effekt"], hus),
        kendetegn_kode=words["kendetegn"],
        id=id_of("linje", person, str(nr)),
        er_ny=True,
    )


def _live_all(byen: Byen, vindue: Vindue, progress: Callable[[int, int], None]) -> list[Forloeb]:
    plans = year.list_forloeb(vindue.first, vindue.today + AHEAD)
    scenes = _scenes(vindue)
    known = _known([*plans, *scenes])
    now = {plan.key for plan in (*scene.of_day(vindue.today), *_of_week(monday_of(vindue.today)))}
    plans += [plan for plan in scenes if plan.kontrakt_id in known or plan.key in now]
    done = 0
    for together in _by_samtale(plans):
        lives = []
        for plan in together:
            anew = plan.kontrakt_id not in known
            steps = [step for step in plan.skridt if _is_due(step.at, vindue, anew=anew and plan.key in now)]
            if steps and {plan.fokusperson, plan.observatoer} <= byen.people.keys():
                samtalen = byen.samtalen(plan)
                samtalen.find()
                lives.append((samtalen, steps, anew))
        if lives:
            live(lives)
        done += len(together)
        progress(done, len(plans))
    return plans


def _by_samtale(plans: Sequence[Forloeb]) -> list[list[Forloeb]]:
    """The plans in their order, those of one samtale together."""
    found: dict[str, list[Forloeb]] = {}
    for plan in plans:
        found.setdefault(plan.sammen.key if plan.sammen else plan.key, []).append(plan)
    return list(found.values())


def _of_week(monday: date) -> list[Forloeb]:
    return [
        *scene.of_week(monday),
        *sammen.of_week(monday),
        *modstand.of_week(monday),
        *modelvisninger.of_week(monday),
        *dage.of_week(monday),
    ]


def _scenes(vindue: Vindue) -> list[Forloeb]:
    """What may have been open on the day of an earlier run, and is taken up in this one."""
    found = []
    day = vindue.first + year.FIRST_BUILD_WEEKS * year.WEEK
    while day <= vindue.today:
        found += scene.of_day(day)
        if day.weekday() == 0:
            found += _of_week(day)
        day += timedelta(days=1)
    return found


def _known(plans: Sequence[Forloeb]) -> set[UUID]:
    wanted = {plan.kontrakt_id for plan in plans}
    return wanted & set(db.session.scalars(select(FeedbackKontrakt.id)))


def _is_due(at: datetime, vindue: Vindue, *, anew: bool) -> bool:
    """Between the last run and this one; a matter of today's that is new is lived from its beginning."""
    return at < vindue.until and (anew or vindue.since is None or at >= vindue.since)


def _note_run(vindue: Vindue) -> None:
    """One row for each run, so that the next one knows where to go on from."""
    db.session.add(
        Historik(
            id=id_of("fyldt", str(vindue.today)),
            at=vindue.until,
            person_id=None,
            handling=TOPPED_UP,
            genstand="organisation",
            genstand_id=HOME,
        )
    )

"""The supervision days of the demo: the mornings of the year, one of six sessions ahead, and what runs today.

A day is laid around samtaler that have plans of their own; the session follows what came of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from supervision import clock
from supervision.aftaler.models import (
    Dagbane,
    Dagenslinje,
    Dagpause,
    FeedbackKontrakt,
    Supervisionsdag,
    Supervisionssession,
)
from supervision.aftaler.rules import dagsplan, tilstand
from supervision.db import db
from supervision.demo.forloeb import Forloeb, Skridt, held
from supervision.demo.houses import Byen
from supervision.demo.ids import id_of, numbered, row_id
from supervision.demo.people import BY_KEY
from supervision.demo.scene import agreed_before, open_matter, with_steps
from supervision.demo.workdays import workdays_after

RAMME = (
    "Velkommen. Vi er her for at lære, ikke for at bedømme."
    " Først ti minutter om det, du gerne vil lykkes med. Så holder"
    " du din samtale, og når borgeren er gået, har vi et kvarter til feedback. Det, vi taler om, er dit."
)
LINJER = (
    "Øv det med at vente tre sekunder efter et åbent spørgsmål. Bed din makker lytte efter pauserne.",
    "Du samlede op to gange. Prøv at lade borgeren samle op den tredje, og hør, hvad din makker lagde mærke til.",
    "Dagsordenen åbnede samtalen. Prøv at vende tilbage til den til sidst.",
)
SIGNE = "signe"
SEKS = (
    ("inger", "thuy", time(9, 0), "job"),
    ("inger", "maja", time(10, 15), "job"),
    ("inger", "bo", time(12, 45), "pejlemaerker"),
    (SIGNE, "kirstine", time(9, 0), "job"),
    (SIGNE, "rasmus", time(10, 15), "pejlemaerker"),
    (SIGNE, "tobias", time(12, 45), "job"),
)
"""(supervisor, fokusperson, when the forberedelse begins, kind of samtale) of the day ahead."""
STILLE = ("rasmus", "bo")
"""Those of the six who have begun their kontrakt, and no more, until the day before."""


@dataclass(frozen=True, slots=True)
class Dag:
    """A day's key, its lanes and its samtaler. sendt: when the kontrakter were given."""

    key: str
    dato: date
    hus: str
    supervisorer: tuple[str, ...]
    forloeb: tuple[Forloeb, ...]
    pauser: tuple[tuple[int, int, str], ...] = ()


def of_week(monday: date) -> list[Forloeb]:
    """The six samtaler of the supervision day that lies ahead in the week of `monday`, each with its life."""
    day, before = workdays_after(monday, 6), workdays_after(monday, 5)
    found = []
    for supervisor, person, at, slags in SEKS:
        samtale = (datetime.combine(day, at) + timedelta(minutes=dagsplan.FORBEREDELSE)).time()
        planned = open_matter(
            f"dag:{monday}:{person}", person, supervisor, day, samtale, slags, supervision=True, form="fysisk"
        )
        planned = replace(planned, laengde=dagsplan.SAMTALE, sted=f"Lokale {2 if supervisor == SIGNE else 1}")
        begun = [
            (workdays_after(monday, -2), time(13, 5), "begyndt"),
            (before, time(9, 0), "aftalt"),
            (before, time(9, 20), "foerste_ja"),
            (before, time(14, 0), "andet_ja"),
        ]
        made = begun if person in STILLE else agreed_before(workdays_after(monday, 2))
        found.append(with_steps(planned, [*made, *_afterwards(day)], [Skridt(held(planned), "optaget")]))
    return found


def _afterwards(day: date) -> list[tuple[date, time, str]]:
    next_day = workdays_after(day, 1)
    return [
        (day, time(15, 0), "kladde"),
        (day, time(15, 30), "sendt"),
        (next_day, time(8, 40), "laest"),
        (next_day, time(8, 50), "tak"),
        (workdays_after(day, 8), time(14, 0), "lukket"),
    ]


def open_feedback(until: datetime) -> None:
    """On the days that an earlier run made and that are over now the citizens have left: feedback can be written."""
    for session in _left_open(until):
        _let_go(session)
    db.session.flush()


def end_dage(until: datetime) -> None:
    """What was held of them is over; what nobody recorded did not take place."""
    for session in _left_open(until):
        _hold(session)
    db.session.flush()


def _left_open(until: datetime) -> list[Supervisionssession]:
    return (
        db.session.query(Supervisionssession)
        .join(Supervisionssession.dag)
        .filter(Supervisionsdag.dato < clock.local(until).date(), Supervisionssession.sluttet_at.is_(None))
        .filter(Supervisionssession.udskudt_at.is_(None), Supervisionssession.aflyst_at.is_(None))
        .order_by(Supervisionssession.id)
        .all()
    )


def make_dage(byen: Byen, plans: Iterable[Forloeb], until: datetime) -> None:
    """Lay the days around the samtaler that there are, those of earlier runs left as they stand."""
    today = clock.local(until).date()
    known = set(db.session.query(Supervisionsdag.id).all())
    for dag in _dage(plans):
        if (row_id(_scope(dag), "supervisionsdag"),) not in known:
            _make(byen, dag, today)


def _dage(plans: Iterable[Forloeb]) -> Iterator[Dag]:
    """One day for each date and house on which somebody is a supervisor in a samtale of its own."""
    by_day: dict[tuple[date, str], list[Forloeb]] = {}
    for plan in plans:
        if plan.supervision and plan.sammen is None:
            place = (clock.local(plan.starter).date(), BY_KEY[plan.fokusperson].hus)
            by_day.setdefault(place, []).append(plan)
    for (dato, hus), found in sorted(by_day.items(), key=lambda one: one[0]):
        supervisorer = tuple(dict.fromkeys(plan.observatoer for plan in found))
        pauser = ((11 * 60 + 30, 30, "Frokost"),) if len(found) > 2 else ()
        yield Dag(f"{hus}:{dato}", dato, hus, supervisorer, tuple(found), pauser)


def _make(byen: Byen, dag: Dag, today: date) -> None:
    kontrakter = {plan.key: db.session.get(FeedbackKontrakt, plan.kontrakt_id) for plan in dag.forloeb}
    there = [(plan, kontrakt) for plan in dag.forloeb if (kontrakt := kontrakter[plan.key]) is not None]
    if not there:
        return
    made = workdays_after(dag.dato, -8)
    with clock.travel(clock.from_local(made, time(13, 0))), numbered(_scope(dag)):
        starts = [_start(plan) for plan, _ in there]
        home = byen.people[dag.forloeb[0].fokusperson].organisation_id
        row = Supervisionsdag(
            organisation_id=home,
            dato=dag.dato,
            sted="2. sal",
            fra=min(starts) // 60 * 60,
            til=max(15 * 60, *(start + 65 for start in starts)),
            briefing_fra=min(starts) // 60 * 60 - 30,
            briefing_min=20,
            ramme=RAMME,
            lokaler=[f"Lokale {nr}" for nr in range(1, len(dag.supervisorer) + 1)],
            oprettet_af=id_of("person", "inger"),
            sendt_at=clock.now(),
        )
        row.baner = [
            Dagbane(supervisor_id=id_of("person", key), nr=nr) for nr, key in enumerate(dag.supervisorer, 1)
        ]
        row.pauser = [
            Dagpause(start=start, minutter=minutter, navn=navn) for start, minutter, navn in dag.pauser
        ]
        row.sessioner = [_session(dag, plan, kontrakt) for plan, kontrakt in there]
        db.session.add(row)
        db.session.flush()
        if dag.dato < today:
            for nr, session in enumerate(row.sessioner):
                _hold(session)
                if nr % 2 == 0 and session.sluttet_at:
                    _hand_on(byen, session, nr + dag.dato.day)
        db.session.flush()


def _session(dag: Dag, plan: Forloeb, kontrakt: FeedbackKontrakt) -> Supervisionssession:
    samtale = kontrakt.samtale
    return Supervisionssession(
        supervisor_id=kontrakt.observatoer_id,
        fokusperson_id=kontrakt.fokusperson_id,
        kontrakt=kontrakt,
        start=_start(plan),
        samtale_min=min(60, max(20, samtale.laengde_min)),
        lokale=f"Lokale {dag.supervisorer.index(plan.observatoer) + 1}",
        type=samtale.type,
        form=samtale.form,
        aflyst_at=kontrakt.trukket_at,
    )


def _hold(session: Supervisionssession) -> None:
    """As planned, or not at all when its recorder was never opened."""
    kontrakt = session.kontrakt
    if kontrakt is None or tilstand(kontrakt) != "i_gang":
        session.begyndt_at = session.forberedt_at = session.borger_gaaet_at = None
        session.aflyst_at = session.aflyst_at or clock.from_local(session.dag.dato, time(18))
        return
    _let_go(session)
    assert session.borger_gaaet_at is not None
    session.sluttet_at = session.borger_gaaet_at + timedelta(minutes=dagsplan.FEEDBACK)


def _let_go(session: Supervisionssession) -> None:
    """Forberedelse and samtale at their planned times."""
    at = clock.from_local(session.dag.dato, time(session.start // 60, session.start % 60))
    samtale = at + timedelta(minutes=session.forberedelse_min)
    session.begyndt_at = session.begyndt_at or at
    session.forberedt_at = session.forberedt_at or samtale
    session.borger_gaaet_at = session.borger_gaaet_at or samtale + timedelta(minutes=session.samtale_min)


def _hand_on(byen: Byen, session: Supervisionssession, nr: int) -> None:
    """A line, which most hand on to somebody of their own group."""
    fokusperson = next(key for key, person in byen.people.items() if person.id == session.fokusperson_id)
    team = [key for key, figur in BY_KEY.items() if figur.team == BY_KEY[fokusperson].team]
    assert session.sluttet_at is not None
    session.linje = Dagenslinje(
        tekst=LINJER[nr % len(LINJER)], skrevet_at=session.sluttet_at, skrevet_af=session.supervisor_id
    )
    if nr % 3:
        session.linje.givet_videre_at = session.sluttet_at + timedelta(days=1)
        session.linje.givet_videre_til = id_of("person", team[(team.index(fokusperson) + 1) % len(team)])


def _start(plan: Forloeb) -> int:
    at = clock.local(plan.starter)
    return at.hour * 60 + at.minute - dagsplan.FORBEREDELSE


def _scope(dag: Dag) -> str:
    return f"supervisionsdag:{dag.key}"

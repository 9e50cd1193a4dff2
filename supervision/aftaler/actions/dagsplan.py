"""Planning a supervision day: the day, its sessions, sending the kontrakter, moving and cancelling.

Who may is settled where the day is loaded, by `queries.dage`. Once the plan is sent, each session has a samtale and a
kontrakt, and what is changed in the plan is changed there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from supervision import clock, history
from supervision.aftaler import queries, rules
from supervision.aftaler.actions.agreeing import withdraw
from supervision.aftaler.actions.making import change_observatoer, create_planned
from supervision.aftaler.actions.writing import write_trin
from supervision.aftaler.models import Dagbane, Dagpause, Supervisionsdag, Supervisionssession
from supervision.aftaler.rules import dagsplan, sessioner
from supervision.db import db
from supervision.personer.models import Organisation, Person
from supervision.problems import RuleBroken


class Changed(RuleBroken):
    """Somebody else has changed the session since the page was made; what they did stands."""


@dataclass(frozen=True, slots=True)
class Dagsvalg:
    """What is chosen for a day. Times: minutes after midnight; briefing_fra None: no briefing."""

    dato: date
    sted: str
    fra: int
    til: int
    briefing_fra: int | None
    briefing_min: int
    ramme: str
    lokaler: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sessionsvalg:
    """What is chosen for a session. start: minutes after midnight. lokale None: the supervisor's own room."""

    supervisor: Person
    start: int
    lokale: str | None = None
    samtale_min: int = dagsplan.SAMTALE
    type: str = "individuel"
    form: str = "fysisk"


def create_dag(
    *, organisation: Organisation, valg: Dagsvalg, supervisorer: Sequence[Person], by: Person
) -> Supervisionsdag:
    """A new day, not sent to anybody. Raises RuleBroken."""
    _check_dag(valg, supervisorer)
    if valg.dato < clock.today():
        raise RuleBroken("Datoen er gået. Vælg i dag eller senere.", "dato")
    dag = Supervisionsdag(organisation_id=organisation.id, oprettet_at=clock.now(), oprettet_af=by.id)
    _write_dag(dag, valg)
    db.session.add(dag)
    db.session.flush()
    _write_baner(dag, supervisorer)
    history.note("opret_dagsplan", dag, by=by.id)
    return dag


def change_dag(dag: Supervisionsdag, *, valg: Dagsvalg, supervisorer: Sequence[Person], by: Person) -> None:
    """Other words, place, date, or supervisors; the samtaler follow. Raises RuleBroken."""
    _check_open(dag)
    _check_dag(valg, supervisorer)
    standing = _standing(dag)
    if valg.dato != dag.dato:
        if valg.dato < clock.today():
            raise RuleBroken("Datoen er gået. Vælg i dag eller senere.", "dato")
        for session in standing:
            sessioner.check_kan_flyttes(session)
            _check_not_recorded(session)
    chosen = {person.id for person in supervisorer}
    for session in standing:
        if session.supervisor_id not in chosen:
            raise RuleBroken(
                f"{session.supervisor.fornavn} har sessioner på planen. Flyt dem først.", "supervisorer"
            )
    _write_dag(dag, valg)
    _write_baner(dag, supervisorer)
    for session in standing:
        if sessioner.tilstand(session) == "planlagt" and not _is_recorded(session):
            _follow(session, by)
    history.note("ret_dagsplan", dag, by=by.id)


def add_session(
    dag: Supervisionsdag, *, fokusperson: Person, valg: Sessionsvalg, by: Person
) -> Supervisionssession:
    """One more session on the plan; its kontrakt is made when the plan is sent. Raises RuleBroken."""
    _check_open(dag)
    if len(_standing(dag)) >= dagsplan.FLEST:
        raise RuleBroken(f"Der er plads til {dagsplan.FLEST} sessioner på en dag.", "fokusperson")
    _check_session(dag, fokusperson, valg)
    session = Supervisionssession(
        dag_id=dag.id,
        fokusperson_id=fokusperson.id,
        forberedelse_min=dagsplan.FORBEREDELSE,
        feedback_min=dagsplan.FEEDBACK,
        oprettet_at=clock.now(),
    )
    session.fokusperson = fokusperson
    _write_session(dag, session, valg)
    dag.sessioner.append(session)
    db.session.flush()
    history.note("saet_session_paa", session, by=by.id)
    return session


def fill_dag(
    dag: Supervisionsdag, *, fokuspersoner: Sequence[Person], fra: int, samtale_min: int, by: Person
) -> int:
    """Lay a session for each, with breaks and lunch, in the lanes of the day. How many. Raises RuleBroken.

    Breaks that stand where a new one would be laid are kept.
    """
    _check_open(dag)
    forslag = dagsplan.laeg(len(fokuspersoner), len(dag.baner), fra, samtale_min)
    if len(_standing(dag)) + len(fokuspersoner) > dagsplan.FLEST:
        raise RuleBroken(f"Der er plads til {dagsplan.FLEST} sessioner på en dag.", "fokuspersoner")
    laid = [
        (fokuspersoner[place], Sessionsvalg(dag.baner[bane].supervisor, start, samtale_min=samtale_min))
        for place, bane, start in forslag.pladser
    ]
    for fokusperson, valg in laid:
        _check_session(dag, fokusperson, valg)
    for fokusperson, valg in laid:
        add_session(dag, fokusperson=fokusperson, valg=valg, by=by)
    taken = {pause.start for pause in dag.pauser}
    for start, minutter, navn in forslag.pauser:
        if start not in taken:
            add_pause(dag, start=start, minutter=minutter, navn=navn, by=by)
    last = max(dagsplan.slut(session) for session in _standing(dag))
    dag.fra, dag.til = min(dag.fra, fra), max(dag.til, last)
    db.session.flush()
    return len(forslag.pladser)


def add_pause(dag: Supervisionsdag, *, start: int, minutter: int, navn: str, by: Person) -> Dagpause:
    """A break for everybody. Raises RuleBroken."""
    _check_open(dag)
    dagsplan.check_pause(start, minutter, navn)
    pause = Dagpause(dag_id=dag.id, start=start, minutter=minutter, navn=navn)
    dag.pauser.append(pause)
    db.session.flush()
    history.note("laeg_pause", pause, by=by.id)
    return pause


def delete_pause(dag: Supervisionsdag, *, pause: Dagpause, by: Person) -> None:
    """Take a break away."""
    _check_open(dag)
    history.note("fjern_pause", pause, by=by.id)
    dag.pauser.remove(pause)
    db.session.flush()


def change_session(session: Supervisionssession, *, valg: Sessionsvalg, version: int, by: Person) -> bool:
    """Move a session, or give it another room, length or type. False when it is so already.

    version: of the session as the page had it. Raises Changed when it is another now, RuleBroken when it has begun.
    """
    before = _chosen(session)
    after = replace(valg, lokale=_room_after(session, valg))
    if before == after:
        return False
    if version != session.version:
        raise Changed(
            f"{session.fokusperson.fornavn}s session er ændret af en anden, siden du åbnede siden. Den ligger nu"
            f" kl. {dagsplan.kl(session.start)} hos {session.supervisor.fornavn}. Din ændring er ikke gemt."
        )
    _check_open(session.dag)
    sessioner.check_kan_flyttes(session)
    _check_not_recorded(session)
    _check_session(session.dag, session.fokusperson, after)
    _write_session(session.dag, session, after)
    session.version += 1
    _follow(session, by)
    db.session.flush()
    history.note("flyt_session", session, by=by.id)
    return True


def send_dag(dag: Supervisionsdag, *, by: Person) -> int:
    """Give each fokusperson who has none yet a samtale and a kontrakt. How many. Raises RuleBroken."""
    _check_open(dag)
    waiting = [session for session in _standing(dag) if session.kontrakt_id is None]
    if waiting and dag.dato < clock.today():
        raise RuleBroken("Dagen er gået. Ret datoen, før du sender.")
    if not _standing(dag):
        raise RuleBroken("Der er ingen sessioner på planen endnu. Læg mindst én, før du sender.")
    for session in waiting:
        kontrakt = create_planned(
            by=by,
            fokusperson=session.fokusperson,
            observatoer=session.supervisor,
            samtale=_samtalen(session),
        )
        kontrakt.feedback_min = session.feedback_min
        session.kontrakt = kontrakt
    dag.sendt_at = dag.sendt_at or clock.now()
    db.session.flush()
    history.note("send_dagsplan", dag, by=by.id)
    return len(waiting)


def cancel_session(session: Supervisionssession, *, by: Person) -> None:
    """Take it off the plan; its kontrakt is taken back. Twice does nothing. Raises RuleBroken when it has begun."""
    if session.aflyst_at is not None:
        return
    sessioner.check_kan_flyttes(session)
    if session.kontrakt is not None:
        withdraw(session.kontrakt, by=by)
    session.aflyst_at = clock.now()
    session.version += 1
    db.session.flush()
    history.note("aflys_session", session, by=by.id)


def cancel_dag(dag: Supervisionsdag, *, by: Person) -> None:
    """Cancel the day and what has not begun of it. Twice does nothing."""
    if dag.aflyst_at is not None:
        return
    for session in _standing(dag):
        if sessioner.tilstand(session) == "planlagt" and not _is_recorded(session):
            cancel_session(session, by=by)
    dag.aflyst_at, dag.aflyst_af = clock.now(), by.id
    db.session.flush()
    history.note("aflys_dagsplan", dag, by=by.id)


def _is_recorded(session: Supervisionssession) -> bool:
    return session.kontrakt is not None and session.kontrakt.laast_at is not None


def _check_not_recorded(session: Supervisionssession) -> None:
    if _is_recorded(session):
        raise RuleBroken("Optageren er startet. Sessionen kan ikke ændres i planen mere.")


def _check_open(dag: Supervisionsdag) -> None:
    if dag.aflyst_at is not None:
        raise RuleBroken("Dagen er aflyst. Lav en ny plan, hvis I finder en anden dag.")


def _check_dag(valg: Dagsvalg, supervisorer: Sequence[Person]) -> None:
    if valg.til <= valg.fra:
        raise RuleBroken("Dagen skal slutte, efter den er begyndt.", "til")
    if not supervisorer:
        raise RuleBroken("Vælg mindst én supervisor.", "supervisorer")


def _write_dag(dag: Supervisionsdag, valg: Dagsvalg) -> None:
    dag.dato, dag.sted, dag.fra, dag.til = valg.dato, valg.sted, valg.fra, valg.til
    dag.briefing_fra, dag.briefing_min, dag.ramme = valg.briefing_fra, valg.briefing_min, valg.ramme
    dag.lokaler = list(valg.lokaler)


def _write_baner(dag: Supervisionsdag, supervisorer: Sequence[Person]) -> None:
    known = {bane.supervisor_id: bane for bane in dag.baner}
    wanted = [person.id for person in supervisorer]
    for supervisor_id in known.keys() - set(wanted):
        dag.baner.remove(known[supervisor_id])
    for nr, person in enumerate(supervisorer, 1):
        if person.id in known:
            known[person.id].nr = nr
        else:
            dag.baner.append(Dagbane(dag_id=dag.id, supervisor_id=person.id, nr=nr, supervisor=person))
    db.session.flush()
    dag.baner.sort(key=lambda bane: bane.nr)


def _check_session(dag: Supervisionsdag, fokusperson: Person, valg: Sessionsvalg) -> None:
    """All that could be wrong with it, before anything is written. Raises RuleBroken."""
    if valg.supervisor.id not in {bane.supervisor_id for bane in dag.baner}:
        raise RuleBroken("Vælg en af dagens supervisorer.", "supervisor")
    if valg.supervisor.id == fokusperson.id:
        raise RuleBroken(
            f"{fokusperson.fornavn} kan ikke være supervisor for sig selv. Vælg en anden.", "supervisor"
        )
    dagsplan.check_samtale_min(valg.samtale_min)
    dagsplan.check_start(valg.start, dagsplan.FORBEREDELSE + valg.samtale_min + dagsplan.FEEDBACK)


def _write_session(dag: Supervisionsdag, session: Supervisionssession, valg: Sessionsvalg) -> None:
    places = [bane.supervisor_id for bane in dag.baner]
    own = _own_room(dag, places.index(valg.supervisor.id))
    session.supervisor_id, session.supervisor = valg.supervisor.id, valg.supervisor
    session.samtale_min, session.type, session.form = valg.samtale_min, valg.type, valg.form
    session.lokale = own if valg.lokale is None else valg.lokale
    session.start = valg.start


def _own_room(dag: Supervisionsdag, place: int) -> str:
    return dag.lokaler[place] if place < len(dag.lokaler) else ""


def _room_after(session: Supervisionssession, valg: Sessionsvalg) -> str:
    """The chosen room; else the one it has, or the other supervisor's own when it stood in the first one's own."""
    if valg.lokale is not None:
        return valg.lokale
    places = {bane.supervisor_id: place for place, bane in enumerate(session.dag.baner)}
    before, after = places.get(session.supervisor_id), places.get(valg.supervisor.id)
    if before is None or after is None or before == after:
        return session.lokale
    in_own = session.lokale == _own_room(session.dag, before)
    return _own_room(session.dag, after) if in_own else session.lokale


def _chosen(session: Supervisionssession) -> Sessionsvalg:
    return Sessionsvalg(
        session.supervisor, session.start, session.lokale, session.samtale_min, session.type, session.form
    )


def _follow(session: Supervisionssession, by: Person) -> None:
    """Let samtale and kontrakt be as the plan says. The plan owns the time, so nobody is asked again for that."""
    kontrakt = session.kontrakt
    if kontrakt is None:
        return
    if kontrakt.observatoer_id != session.supervisor_id:
        session.kontrakt = kontrakt = change_observatoer(kontrakt, by=by, observatoer=session.supervisor)
    before = queries.read_trin(kontrakt)["samtalen"]
    assert isinstance(before, rules.SamtaleTrin)
    after = _samtalen(session, before)
    if after == before:
        return
    agreed = (before.type, before.form) == (after.type, after.form)
    kontrakt.udgave += rules.gives_yes(kontrakt) and not agreed
    write_trin(kontrakt, after)
    kontrakt.aendret_at, kontrakt.aendret_af = clock.now(), by.id


def _samtalen(session: Supervisionssession, stands: rules.SamtaleTrin | None = None) -> rules.SamtaleTrin:
    """The step Samtalen as the plan has it, with what the two have written themselves."""
    dag, at = session.dag, session.start + session.forberedelse_min
    kept = stands is not None and stands.type == session.type
    return rules.SamtaleTrin(
        type=session.type,
        form=session.form,
        dato=dag.dato,
        tid=time(at // 60, at % 60),
        laengde_min=session.samtale_min,
        sted=", ".join(part for part in (session.lokale, dag.sted) if part)[: rules.TEKST_MAX["sted"]],
        forloeb_nr=stands.forloeb_nr if stands else None,
        slags="supervision",
        maal=stands.maal if stands else "",
        redskaber=stands.redskaber if stands else "",
        bidrag=stands.bidrag if stands else "",
        parter=stands.parter if stands and kept else rules.default_parter(session.type),
    )


def _standing(dag: Supervisionsdag) -> list[Supervisionssession]:
    return [session for session in dag.sessioner if session.aflyst_at is None]

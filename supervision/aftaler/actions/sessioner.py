"""A session while it runs, and the line for the day after."""

from __future__ import annotations

from supervision import clock, history
from supervision.aftaler import rules
from supervision.aftaler.models import Dagenslinje, Supervisionssession
from supervision.aftaler.rules import sessioner
from supervision.db import db
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken


def take_skridt(session: Supervisionssession, *, skridt: str, by: Person) -> None:
    """Begin it, end the forberedelse, say that the citizen has left, or end it. Raises RuleBroken, NotAllowed."""
    _check_supervisor(session, by)
    recorded_at = session.kontrakt.laast_at if session.kontrakt else None
    sessioner.check_skridt(session, skridt, optaget=recorded_at is not None)
    if skridt == "begynd" and session.kontrakt is None:
        raise RuleBroken("Send først planen, så fokuspersonen får sin kontrakt.")
    if skridt == "begynd" and session.dag.dato > clock.today():
        raise RuleBroken("Sessionen er en anden dag. Den kan begynde, når dagen er der.")
    if skridt == "borger_gaaet":  # the recorder may have been opened without the taps before it
        session.begyndt_at = session.begyndt_at or recorded_at
        session.forberedt_at = session.forberedt_at or recorded_at
    setattr(session, sessioner.SKRIDT[skridt], clock.now())
    db.session.flush()
    history.note(f"session_{skridt}", session, by=by.id)


def undo_skridt(session: Supervisionssession, *, by: Person) -> None:
    """Take the last step back after a slip of the finger. Raises RuleBroken when there is none to take back."""
    _check_supervisor(session, by)
    skridt = sessioner.sidste_skridt(session)
    if skridt is None:
        raise RuleBroken("Der er ikke noget at fortryde.")
    setattr(session, sessioner.SKRIDT[skridt], None)
    db.session.flush()
    history.note("session_fortrudt", session, by=by.id)


def put_off_feedback(session: Supervisionssession, *, grund: str, by: Person) -> None:
    """The feedback comes later, for a reason of `GRUNDE`; it may be written from now on. Raises RuleBroken."""
    _check_supervisor(session, by)
    sessioner.check_udskyd(session, grund)
    session.udskudt_at, session.udskudt_grund = clock.now(), grund
    db.session.flush()
    history.note("udskyd_feedback", session, by=by.id)


def write_linje(session: Supervisionssession, *, tekst: str, by: Person) -> None:
    """The supervisor's line for the day after. It is the fokusperson's once it is handed on. Raises RuleBroken."""
    _check_supervisor(session, by)
    cleaned = rules.clean_text(tekst)
    if sessioner.tilstand(session) in ("planlagt", "aflyst"):
        raise RuleBroken("Sessionen er ikke begyndt endnu.", "tekst")
    if not cleaned:
        raise RuleBroken("Skriv en linje, eller lad det være.", "tekst")
    if len(cleaned) > sessioner.LINJE_MAX:
        raise RuleBroken(f"Der er plads til {sessioner.LINJE_MAX} tegn. Skriv det kortere.", "tekst")
    if session.linje is None:
        session.linje = Dagenslinje(tekst=cleaned, skrevet_at=clock.now(), skrevet_af=by.id)
    elif session.linje.givet_videre_at is not None:
        navn = session.fokusperson.fornavn
        raise RuleBroken(f"{navn} har givet linjen videre, så den står, som den er.", "tekst")
    else:
        session.linje.tekst, session.linje.skrevet_at = cleaned, clock.now()
    db.session.flush()
    history.note("skriv_linje", session.linje, by=by.id)


def hand_on_linje(session: Supervisionssession, *, til: Person, by: Person) -> None:
    """The fokusperson hands the line on to one colleague. Raises RuleBroken, NotAllowed for everybody else."""
    if by.id != session.fokusperson_id or session.linje is None:
        raise NotAllowed
    if til.id == by.id:
        raise RuleBroken("Vælg en kollega.", "kollega")
    if session.linje.givet_videre_at is not None:
        raise RuleBroken("Linjen er allerede givet videre.", "kollega")
    session.linje.givet_videre_at, session.linje.givet_videre_til = clock.now(), til.id
    db.session.flush()
    history.note("giv_linje_videre", session.linje, by=by.id)


def _check_supervisor(session: Supervisionssession, by: Person) -> None:
    if by.id != session.supervisor_id:
        raise NotAllowed

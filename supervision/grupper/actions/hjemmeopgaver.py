"""Giving a group a hjemmeopgave, changing and ending it; and linking one's own kontrakt to it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from supervision import clock, history
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import Hjemmeopgave, HjemmeopgaveKontrakt, Runde
from supervision.grupper.queries.hjemmeopgaver import people_inside
from supervision.grupper.rules import Indhold
from supervision.personer.models import Person
from supervision.problems import NotAllowed, NotFound


def create_hjemmeopgave(runde: Runde, *, indhold: Indhold, by: Person) -> Hjemmeopgave:
    """A new task of the round. Raises RuleBroken, NotAllowed for all but the facilitator."""
    _check_leads(runde, by)
    rules.check_not_ended(runde, clock.today())
    clean = rules.check_indhold(indhold, runde, earliest=clock.today())
    made = Hjemmeopgave(runde=runde, oprettet_at=clock.now(), oprettet_af=by.id, **_columns(clean))
    db.session.add(made)
    db.session.flush()
    history.note("opret", made, by=by.id)
    return made


def change_hjemmeopgave(opgave: Hjemmeopgave, *, indhold: Indhold, by: Person) -> None:
    """Other words, methods or another deadline. The same changes nothing. Raises RuleBroken, NotAllowed."""
    _check_leads(opgave.runde, by)
    rules.check_not_afsluttet(opgave)
    earliest = min(opgave.frist, clock.today())
    wanted = _columns(rules.check_indhold(indhold, opgave.runde, earliest=earliest))
    if any(getattr(opgave, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(opgave, name, value)
        opgave.aendret_at = clock.now()
        history.note("ret", opgave, by=by.id)
    db.session.flush()


def end_hjemmeopgave(opgave: Hjemmeopgave, *, by: Person) -> None:
    """End it before its deadline; it stays to be read. Again: nothing. Raises NotAllowed."""
    _check_leads(opgave.runde, by)
    if opgave.afsluttet_at is None:
        opgave.afsluttet_at, opgave.afsluttet_af = clock.now(), by.id
        history.note("afslut", opgave, by=by.id)
    db.session.flush()


def link_opgave(opgave: Hjemmeopgave, *, kontrakt: FeedbackKontrakt, by: Person) -> HjemmeopgaveKontrakt:
    """Show the group that this pair is on it. Linked already: that link. Raises RuleBroken, NotAllowed for others."""
    par = (kontrakt.fokusperson_id, kontrakt.observatoer_id)
    if by.id not in par:
        raise NotAllowed
    rules.check_not_afsluttet(opgave)
    rules.check_kan_knyttes(par, people_inside(opgave.runde.gruppe))
    stands = _find(opgave.id, kontrakt.id)
    if stands is not None:
        return stands
    made = HjemmeopgaveKontrakt(
        hjemmeopgave_id=opgave.id, kontrakt=kontrakt, knyttet_at=clock.now(), knyttet_af=by.id
    )
    db.session.add(made)
    db.session.flush()
    history.note("knyt", made, by=by.id)
    return made


def unlink_opgave(knyttet: HjemmeopgaveKontrakt, *, by: Person) -> None:
    """Take the link away; either of the two may. Raises NotFound for anybody else."""
    if by.id not in (knyttet.kontrakt.fokusperson_id, knyttet.kontrakt.observatoer_id):
        raise NotFound
    history.note("loesn", knyttet, by=by.id)
    db.session.delete(knyttet)
    db.session.flush()


def _find(hjemmeopgave_id: UUID, kontrakt_id: UUID) -> HjemmeopgaveKontrakt | None:
    return db.session.scalar(
        select(HjemmeopgaveKontrakt).where(
            HjemmeopgaveKontrakt.hjemmeopgave_id == hjemmeopgave_id,
            HjemmeopgaveKontrakt.kontrakt_id == kontrakt_id,
        )
    )


def _columns(indhold: Indhold) -> dict[str, object]:
    return {
        "titel": indhold.titel,
        "tekst": indhold.tekst,
        "kursusdag": indhold.kursusdag,
        "metoder": list(indhold.metoder),
        "frist": indhold.frist,
    }


def _check_leads(runde: Runde, by: Person) -> None:
    if runde.gruppe.facilitator_id != by.id or runde.gruppe.nedlagt_at is not None:
        raise NotAllowed

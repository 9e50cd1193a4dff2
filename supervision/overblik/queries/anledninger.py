"""What there is to tell people by e-mail at this moment, worked out from what is stored.

For the command that sends, not for a viewer: everybody is told of their own only. What somebody has dealt with in the
meantime is not here any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from supervision import clock
from supervision.aftaler import rules as aftaler
from supervision.aftaler.models import FeedbackKontrakt, Samtale, Supervisionssession
from supervision.db import db
from supervision.feedback.models import Feedback, FeedbackPunkt, Spoergsmaal
from supervision.feedback.queries.nyt import NYLIGT, unseen_mere, unseen_svar
from supervision.grupper.models import Laeringsgruppe, Runde
from supervision.grupper.queries.hjemmeopgaver import people_inside
from supervision.grupper.rules.pligter import PAAMINDES
from supervision.personer.rules import beskeder

Noegle = tuple[UUID, str, UUID]
"""(person, kind, what it is about): what is told once."""


@dataclass(frozen=True, slots=True)
class Anledning:
    """One thing to tell one person. genstand_id: as in `Besked`. dag: of the samtale to be reminded of, else None."""

    person_id: UUID
    slags: str
    genstand_id: UUID
    sket_at: datetime
    dag: date | None = None

    @property
    def noegle(self) -> Noegle:
        """What it is told once by."""
        return self.person_id, self.slags, self.genstand_id


def list_anledninger() -> dict[Noegle, Anledning]:
    """All there is to tell now, whether anybody wants it by e-mail or not. A constant number of queries."""
    found = [*_kontrakter(), *_planned(), *_feedback(), *_spoergsmaal(), *_svar(), *_runder()]
    return {anledning.noegle: anledning for anledning in sorted(found, key=lambda one: one.sket_at)}


def _kontrakter() -> Iterator[Anledning]:
    """The yes that is wanted, and the samtaler of the next working day, of all that is still to come."""
    rows = db.session.scalars(
        select(FeedbackKontrakt)
        .join(FeedbackKontrakt.samtale)
        .options(joinedload(FeedbackKontrakt.samtale), selectinload(FeedbackKontrakt.jaer))
        .where(FeedbackKontrakt.trukket_at.is_(None), FeedbackKontrakt.laast_at.is_(None))
        .where(Samtale.starter_at > clock.now())
    )
    for kontrakt in rows:
        yield from _wanted_yes(kontrakt)
        yield from _reminders(kontrakt)


def _planned() -> Iterator[Anledning]:
    """A kontrakt that came with the plan of a supervision day, as long as nobody has said yes: its fokusperson's."""
    rows = db.session.scalars(
        select(FeedbackKontrakt)
        .join(Supervisionssession, Supervisionssession.kontrakt_id == FeedbackKontrakt.id)
        .join(FeedbackKontrakt.samtale)
        .options(selectinload(FeedbackKontrakt.jaer))
        .where(FeedbackKontrakt.trukket_at.is_(None), FeedbackKontrakt.laast_at.is_(None))
        .where(Samtale.starter_at > clock.now())
    )
    for kontrakt in rows:
        if aftaler.tilstand(kontrakt) == "kladde":
            about = uuid5(kontrakt.id, "dagsplan")
            yield Anledning(kontrakt.fokusperson_id, beskeder.KONTRAKT, about, kontrakt.oprettet_at)


def _wanted_yes(kontrakt: FeedbackKontrakt) -> Iterator[Anledning]:
    if aftaler.tilstand(kontrakt) != "venter":
        return
    at = max(ja.at for ja in kontrakt.jaer if ja.udgave == kontrakt.udgave)
    for person_id in aftaler.venter_paa(kontrakt):
        yield Anledning(person_id, beskeder.KONTRAKT, uuid5(kontrakt.id, str(kontrakt.udgave)), at)


def _reminders(kontrakt: FeedbackKontrakt) -> Iterator[Anledning]:
    day = clock.local(kontrakt.samtale.starter_at).date()
    at = beskeder.paamindes(day, clock.DANISH_TIME)
    if at > clock.now():
        return
    about = uuid5(kontrakt.samtale_id, day.isoformat())
    for person_id in (kontrakt.fokusperson_id, kontrakt.observatoer_id):
        yield Anledning(person_id, beskeder.SAMTALE, about, max(at, kontrakt.oprettet_at), day)


def _feedback() -> Iterator[Anledning]:
    """A letter that nobody has opened, and points that came after it was opened."""
    rows = db.session.execute(
        select(Feedback.fokusperson_id, Feedback.id, Feedback.sendt_at).where(
            Feedback.laest_at.is_(None), Feedback.sendt_at > clock.now() - NYLIGT
        )
    )
    for person_id, feedback_id, at in rows:
        if at:
            yield Anledning(person_id, beskeder.FEEDBACK, feedback_id, at)
    for person_id, feedback_id, _, _, at in db.session.execute(unseen_mere()):
        if at:
            yield Anledning(person_id, beskeder.FEEDBACK, uuid5(feedback_id, at.isoformat()), at)


def _spoergsmaal() -> Iterator[Anledning]:
    rows = db.session.execute(
        select(Feedback.observatoer_id, Spoergsmaal.id, Spoergsmaal.stillet_at)
        .join(FeedbackPunkt, FeedbackPunkt.feedback_id == Feedback.id)
        .join(Spoergsmaal, Spoergsmaal.punkt_id == FeedbackPunkt.id)
        .where(Spoergsmaal.svaret_at.is_(None), Feedback.lukket_at.is_(None))
        .where(Spoergsmaal.stillet_at > clock.now() - NYLIGT)
    )
    for person_id, spoergsmaal_id, at in rows:
        yield Anledning(person_id, beskeder.SPOERGSMAAL, spoergsmaal_id, at)


def _svar() -> Iterator[Anledning]:
    for person_id, _, _, spoergsmaal_id, at in db.session.execute(unseen_svar()):
        if at:
            yield Anledning(person_id, beskeder.SVAR, spoergsmaal_id, at)


def _runder() -> Iterator[Anledning]:
    """A round that ends within the next days, to all its people: whatever they have done, and nobody else knows."""
    today = clock.today()
    rows = db.session.scalars(
        select(Runde)
        .join(Runde.gruppe)
        .where(Laeringsgruppe.nedlagt_at.is_(None), Runde.fra <= today)
        .where(Runde.til >= today, Runde.til <= today + PAAMINDES)
        .options(joinedload(Runde.gruppe).selectinload(Laeringsgruppe.medlemmer))
    )
    for runde in rows:
        at = clock.from_local(max(runde.fra, runde.til - PAAMINDES), beskeder.MORGEN)
        about = uuid5(runde.id, runde.til.isoformat())
        for person_id in people_inside(runde.gruppe):
            yield Anledning(person_id, beskeder.RUNDE, about, at)

"""Reading hjemmeopgaver: for those in the group now. Of a linked kontrakt the two names and how far they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.feedback.models import Feedback
from supervision.grupper import rules
from supervision.grupper.models import Hjemmeopgave, HjemmeopgaveKontrakt, Laeringsgruppe, Runde
from supervision.grupper.queries.grupper import seen_by
from supervision.observationer.models import Observation
from supervision.personer.models import Person
from supervision.problems import NotFound

_TWO = (
    joinedload(HjemmeopgaveKontrakt.kontrakt).joinedload(FeedbackKontrakt.fokusperson),
    joinedload(HjemmeopgaveKontrakt.kontrakt).joinedload(FeedbackKontrakt.observatoer),
)


@dataclass(frozen=True, slots=True)
class Par:
    """A pair that linked a kontrakt. navne: both, by name, whoever was observed. status: of what is furthest."""

    navne: tuple[str, str]
    status: str


def list_hjemmeopgaver(runde: Runde) -> list[Hjemmeopgave]:
    """All of a round: what is to be done, the nearest deadline first, then what is over, the last first."""
    wanted = select(Hjemmeopgave).where(Hjemmeopgave.runde_id == runde.id)
    found = list(
        db.session.scalars(wanted.order_by(Hjemmeopgave.frist, Hjemmeopgave.oprettet_at, Hjemmeopgave.id))
    )
    today = clock.today()
    aabne = [opgave for opgave in found if rules.er_aaben(opgave, today)]
    return [*aabne, *(opgave for opgave in reversed(found) if opgave not in aabne)]


def list_aabne_i(runde_ids: Collection[UUID]) -> list[Hjemmeopgave]:
    """What is to be done now in these rounds, the nearest deadline first. One query, and none without a round."""
    if not runde_ids:
        return []
    wanted = (
        select(Hjemmeopgave)
        .where(Hjemmeopgave.runde_id.in_(runde_ids), Hjemmeopgave.afsluttet_at.is_(None))
        .where(Hjemmeopgave.frist >= clock.today())
        .order_by(Hjemmeopgave.frist, Hjemmeopgave.oprettet_at, Hjemmeopgave.id)
    )
    return list(db.session.scalars(wanted))


def get_hjemmeopgave(hjemmeopgave_id: UUID, *, viewer: Person, hold: bool = False) -> Hjemmeopgave:
    """One of a group that the viewer is in or facilitates now, with its round and group. Raises NotFound.

    hold: keep the row until the commit.
    """
    wanted = (
        select(Hjemmeopgave)
        .join(Hjemmeopgave.runde)
        .join(Runde.gruppe)
        .where(Hjemmeopgave.id == hjemmeopgave_id, seen_by(viewer))
        .options(joinedload(Hjemmeopgave.runde).joinedload(Runde.gruppe))
    )
    if hold:
        wanted = wanted.with_for_update(of=Hjemmeopgave).execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def get_hjemmeopgave_to_lead(hjemmeopgave_id: UUID, *, viewer: Person, hold: bool = False) -> Hjemmeopgave:
    """As `get_hjemmeopgave`, for the facilitator alone. Raises NotFound, for members too."""
    found = get_hjemmeopgave(hjemmeopgave_id, viewer=viewer, hold=hold)
    if found.runde.gruppe.facilitator_id != viewer.id:
        raise NotFound
    return found


def get_knyttet(knyttet_id: UUID, *, viewer: Person) -> HjemmeopgaveKontrakt:
    """A link of one of the viewer's own kontrakter, whichever of the two made it. Raises NotFound."""
    found = db.session.scalar(
        select(HjemmeopgaveKontrakt)
        .join(HjemmeopgaveKontrakt.kontrakt)
        .where(HjemmeopgaveKontrakt.id == knyttet_id)
        .where(_own(viewer))
    )
    if found is None:
        raise NotFound
    return found


def list_opgavepar(opgave: Hjemmeopgave) -> list[Par]:
    """The pairs that linked a kontrakt, each once, sorted by name; only while both are in the group.

    Load the task by `get_hjemmeopgave`. A kontrakt that was withdrawn is none.
    """
    inside = people_inside(opgave.runde.gruppe)
    rows = db.session.execute(
        select(HjemmeopgaveKontrakt, Observation.afsluttet_at, Feedback.sendt_at)
        .join(HjemmeopgaveKontrakt.kontrakt)
        .outerjoin(Observation, Observation.kontrakt_id == FeedbackKontrakt.id)
        .outerjoin(Feedback, Feedback.observation_id == Observation.id)
        .where(HjemmeopgaveKontrakt.hjemmeopgave_id == opgave.id, FeedbackKontrakt.trukket_at.is_(None))
        .options(*_TWO)
    )
    people: dict[frozenset[UUID], tuple[Person, Person]] = {}
    reached: dict[frozenset[UUID], list[tuple[bool, bool]]] = defaultdict(list)
    for knyttet, ended, sent in rows:
        two = (knyttet.kontrakt.fokusperson, knyttet.kontrakt.observatoer)
        ids = frozenset(person.id for person in two)
        if ids <= inside:
            people[ids] = two
            reached[ids].append((ended is not None, sent is not None))
    found = [Par(_by_name(two), rules.laengst(reached[ids])) for ids, two in people.items()]
    return sorted(found, key=lambda par: [sorteringsnoegle(navn) for navn in par.navne])


def list_egne_knyttede(opgave: Hjemmeopgave, *, viewer: Person) -> list[HjemmeopgaveKontrakt]:
    """The links of the viewer's own kontrakter, whichever of the two made them, in the order of the clock."""
    return list(
        db.session.scalars(
            select(HjemmeopgaveKontrakt)
            .join(HjemmeopgaveKontrakt.kontrakt)
            .join(FeedbackKontrakt.samtale)
            .where(HjemmeopgaveKontrakt.hjemmeopgave_id == opgave.id, FeedbackKontrakt.trukket_at.is_(None))
            .where(_own(viewer))
            .options(*_TWO, joinedload(HjemmeopgaveKontrakt.kontrakt).joinedload(FeedbackKontrakt.samtale))
            .order_by(Samtale.starter_at, HjemmeopgaveKontrakt.id)
        )
    )


def list_mulige_kontrakter(opgave: Hjemmeopgave, *, viewer: Person) -> list[FeedbackKontrakt]:
    """The viewer's own in the days of the round with somebody who is in the group, that are not linked to it yet.

    What is to come first, in the order of the clock; then what was, the last first.
    """
    runde, inside = opgave.runde, people_inside(opgave.runde.gruppe)
    linked = select(HjemmeopgaveKontrakt.kontrakt_id).where(HjemmeopgaveKontrakt.hjemmeopgave_id == opgave.id)
    found = db.session.scalars(
        select(FeedbackKontrakt)
        .join(FeedbackKontrakt.samtale)
        .where(_own(viewer))
        .where(FeedbackKontrakt.trukket_at.is_(None), FeedbackKontrakt.id.not_in(linked))
        .where(Samtale.starter_at >= clock.from_local(runde.fra, time.min))
        .where(Samtale.starter_at < clock.from_local(runde.til + timedelta(days=1), time.min))
        .options(
            joinedload(FeedbackKontrakt.samtale),
            joinedload(FeedbackKontrakt.fokusperson),
            joinedload(FeedbackKontrakt.observatoer),
        )
        .order_by(Samtale.starter_at, FeedbackKontrakt.id)
    )
    possible = [one for one in found if {one.fokusperson_id, one.observatoer_id} <= inside]
    coming = [one for one in possible if one.samtale.starter_at >= clock.now()]
    return [*coming, *(one for one in reversed(possible) if one not in coming)]


def people_inside(gruppe: Laeringsgruppe) -> set[UUID]:
    """Who is in the group now, its facilitator among them."""
    return {m.person_id for m in gruppe.medlemmer if m.ud_at is None} | {gruppe.facilitator_id}


def _own(viewer: Person) -> ColumnElement[bool]:
    return or_(FeedbackKontrakt.fokusperson_id == viewer.id, FeedbackKontrakt.observatoer_id == viewer.id)


def _by_name(two: tuple[Person, Person]) -> tuple[str, str]:
    first, second = sorted((person.navn for person in two), key=sorteringsnoegle)
    return first, second

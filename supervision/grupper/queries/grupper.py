"""Reading groups: always through membership or facilitation; whoever has left sees nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from supervision import clock
from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import Gruppemedlem, Laeringsgruppe, Runde
from supervision.observationer.models import Observation
from supervision.personer.models import Person
from supervision.personer.queries import list_kolleger
from supervision.personer.rules import MEDARBEJDER, SUPERVISOR, TEAMLEDER
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class Deltager:
    """One line of the board."""

    person: Person
    marks: list[tuple[str, bool]]


def list_grupper(*, viewer: Person) -> list[Laeringsgruppe]:
    """The groups in which the viewer is a member or the facilitator now, sorted by name."""
    found = db.session.scalars(_whole().where(seen_by(viewer)))
    return sorted(found, key=lambda gruppe: (sorteringsnoegle(gruppe.navn), gruppe.oprettet_at, gruppe.id))


def get_gruppe(gruppe_id: UUID, *, viewer: Person) -> Laeringsgruppe:
    """A group in which the viewer is a member or the facilitator now. Raises NotFound."""
    gruppe = db.session.scalar(_whole().where(Laeringsgruppe.id == gruppe_id, seen_by(viewer)))
    if gruppe is None:
        raise NotFound
    return gruppe


def get_gruppe_to_lead(gruppe_id: UUID, *, viewer: Person, hold: bool = False) -> Laeringsgruppe:
    """A group that the viewer facilitates. Raises NotFound, for its members too.

    hold: keep the row until the commit, so that two changes at once wait for each other.
    """
    if hold:
        db.session.scalar(select(Laeringsgruppe.id).where(Laeringsgruppe.id == gruppe_id).with_for_update())
    gruppe = get_gruppe(gruppe_id, viewer=viewer)
    if gruppe.facilitator_id != viewer.id:
        raise NotFound
    return gruppe


def get_runde_to_lead(runde_id: UUID, *, viewer: Person, hold: bool = False) -> Runde:
    """A round of a group that the viewer facilitates, with its group. Raises NotFound."""
    gruppe_id = db.session.scalar(select(Runde.gruppe_id).where(Runde.id == runde_id))
    if gruppe_id is None:
        raise NotFound
    gruppe = get_gruppe_to_lead(gruppe_id, viewer=viewer, hold=hold)
    return next(runde for runde in gruppe.runder if runde.id == runde_id)


def list_medlemmer(gruppe: Laeringsgruppe) -> list[Person]:
    """The members now, sorted by name; people who can no longer sign in are not among them."""
    people = [m.person for m in gruppe.medlemmer if m.ud_at is None and m.person.active]
    return sorted(people, key=lambda person: (sorteringsnoegle(person.navn), person.id))


def list_mulige_medlemmer(gruppe: Laeringsgruppe, *, viewer: Person) -> tuple[list[Person], list[Person]]:
    """Whom the facilitator can take in: (people of the teams they lead, other colleagues), by name."""
    inside = {m.person_id for m in gruppe.medlemmer if m.ud_at is None} | {gruppe.facilitator_id}
    outside = [person for person in list_kolleger(viewer=viewer) if person.id not in inside]
    led = viewer.team_ids(TEAMLEDER)
    own = [person for person in outside if person.team_ids(MEDARBEJDER) & led]
    return own, [person for person in outside if person not in own]


def list_mulige_facilitatorer(gruppe: Laeringsgruppe, *, viewer: Person) -> list[Person]:
    """Whom it can be handed over to: its members, and colleagues who are teamledere or supervisorer."""
    members = list_medlemmer(gruppe)
    known = {person.id for person in members} | {viewer.id}
    leading = [
        person
        for person in list_kolleger(viewer=viewer)
        if person.id not in known and (person.har_rolle(TEAMLEDER) or person.har_rolle(SUPERVISOR))
    ]
    return sorted([*members, *leading], key=lambda person: (sorteringsnoegle(person.navn), person.id))


def list_tavle(gruppe: Laeringsgruppe, runde: Runde) -> list[Deltager]:
    """The round's board: the members by name, then the facilitator. Marks only, one query for all."""
    members = list_medlemmer(gruppe)
    samtaler = _samtaler(runde, [*(m.id for m in members), gruppe.facilitator_id])
    lines = [Deltager(m, rules.pligter(m.id, samtaler).medlem_marks()) for m in members]
    leader = rules.pligter(gruppe.facilitator_id, samtaler).facilitator_marks()
    return [*lines, Deltager(gruppe.facilitator, leader)]


def pligter_for(runde: Runde, *, viewer: Person) -> list[tuple[str, bool]]:
    """The viewer's own marks in a round of a group that was loaded through `list_grupper`."""
    done = rules.pligter(viewer.id, _samtaler(runde, [viewer.id]))
    leads = runde.gruppe.facilitator_id == viewer.id
    return done.facilitator_marks() if leads else done.medlem_marks()


def seen_by(viewer: Person) -> ColumnElement[bool]:
    """The condition on a group: not closed, and the viewer its facilitator or a member now."""
    membership = select(Gruppemedlem.gruppe_id).where(
        Gruppemedlem.person_id == viewer.id, Gruppemedlem.ud_at.is_(None)
    )
    inside = or_(Laeringsgruppe.facilitator_id == viewer.id, Laeringsgruppe.id.in_(membership))
    return Laeringsgruppe.nedlagt_at.is_(None) & inside


def _whole() -> Select[Laeringsgruppe]:
    return select(Laeringsgruppe).options(
        joinedload(Laeringsgruppe.facilitator),
        selectinload(Laeringsgruppe.medlemmer)
        .joinedload(Gruppemedlem.person)
        .joinedload(Person.organisation),
        selectinload(Laeringsgruppe.runder),
    )


def _samtaler(runde: Runde, people: Sequence[UUID]) -> list[tuple[UUID, UUID | None]]:
    """(observed, observer) of the ended observations that began on one of the round's days in Denmark."""
    begins = clock.from_local(runde.fra, time.min)
    ends = clock.from_local(runde.til + timedelta(days=1), time.min)
    found = db.session.execute(
        select(Observation.fokusperson_id, Observation.observatoer_id)
        .where(Observation.startet_at >= begins, Observation.startet_at < ends)
        .where(Observation.afsluttet_at.is_not(None))
        .where(or_(Observation.fokusperson_id.in_(people), Observation.observatoer_id.in_(people)))
        .distinct()
    )
    return [(row[0], row[1]) for row in found]

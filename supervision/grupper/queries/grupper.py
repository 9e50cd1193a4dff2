"""Reading groups: always through membership or facilitation; whoever has left sees nothing."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.grupper.models import Gruppemedlem, Laeringsgruppe, Runde
from supervision.personer.models import Person
from supervision.personer.queries import list_kolleger
from supervision.personer.rules import MEDARBEJDER, SUPERVISOR, TEAMLEDER
from supervision.problems import NotFound


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


def get_runde(runde_id: UUID, *, viewer: Person, hold: bool = False) -> Runde:
    """A round of a group in which the viewer is a member or the facilitator now. Raises NotFound.

    hold: keep the viewer's own row until the commit, so that two answers at once wait for each other.
    """
    gruppe_id = db.session.scalar(select(Runde.gruppe_id).where(Runde.id == runde_id))
    if gruppe_id is None:
        raise NotFound
    if hold:
        db.session.scalar(select(Person.id).where(Person.id == viewer.id).with_for_update())
    gruppe = get_gruppe(gruppe_id, viewer=viewer)
    return next(runde for runde in gruppe.runder if runde.id == runde_id)


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

"""Who is called to a meeting, what they answered, and who was there: marks without content."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import Moede, Moededeltager, Runde
from supervision.personer.models import Person


@dataclass(frozen=True, slots=True)
class Indkaldt:
    """One person who is called to a meeting. svar: None as long as they owe an answer to where it lies now."""

    person: Person
    svar: str | None
    her: bool


def list_indkaldte(moede: Moede) -> list[Indkaldt]:
    """Everybody who is called: the members now by name, then the facilitator; and whoever was there and has left since.

    Attendance is a mark, not content: everybody in the group sees it.
    """
    kept = {
        row.person_id: row
        for row in db.session.scalars(
            select(Moededeltager)
            .where(Moededeltager.moede_id == moede.id)
            .options(joinedload(Moededeltager.person))
        )
    }
    members = [m.person for m in moede.gruppe.medlemmer if m.ud_at is None and m.person.active]
    known = {person.id for person in members} | {moede.gruppe.facilitator_id}
    members += [row.person for row in kept.values() if row.person_id not in known and row.her_at]
    members.sort(key=lambda person: (sorteringsnoegle(person.navn), person.id))
    return [_indkaldt(moede, person, kept) for person in (*members, moede.gruppe.facilitator)]


def list_her(moede: Moede) -> list[UUID]:
    """The ids of those who are there, in the order they came."""
    return list(
        db.session.scalars(
            select(Moededeltager.person_id)
            .where(Moededeltager.moede_id == moede.id, Moededeltager.her_at.is_not(None))
            .order_by(Moededeltager.her_at, Moededeltager.id)
        )
    )


def list_fremmoedte(moede: Moede) -> list[Person]:
    """Those who were at the meeting, by name: the fact behind the duty of the two-hour meeting."""
    people = db.session.scalars(
        select(Person)
        .join(Moededeltager, Moededeltager.person_id == Person.id)
        .where(Moededeltager.moede_id == moede.id, Moededeltager.her_at.is_not(None))
    )
    return sorted(people, key=lambda person: (sorteringsnoegle(person.navn), person.id))


def har_deltaget(person: Person, runde: Runde) -> bool:
    """Whether the person was at a meeting of the round that was held; the facilitator was there if it was begun."""
    return person.id in deltagere_i(runde)


def deltagere_i(runde: Runde) -> set[UUID]:
    """Everybody who was at a meeting of the round that was held, in one query; who called each counts as there."""
    rows = db.session.execute(
        select(Moede.indkaldt_af, Moededeltager.person_id)
        .outerjoin(Moededeltager, (Moededeltager.moede_id == Moede.id) & Moededeltager.her_at.is_not(None))
        .where(Moede.runde_id == runde.id, Moede.begyndt_at.is_not(None))
    )
    return {person_id for row in rows for person_id in row if person_id is not None}


def find_deltager(moede: Moede, person_id: UUID) -> Moededeltager | None:
    """What is kept of one person at a meeting."""
    return db.session.scalar(
        select(Moededeltager).where(Moededeltager.moede_id == moede.id, Moededeltager.person_id == person_id)
    )


def _indkaldt(moede: Moede, person: Person, kept: dict[UUID, Moededeltager]) -> Indkaldt:
    row = kept.get(person.id)
    if row is None:
        return Indkaldt(person, None, her=False)
    stands = not rules.skal_svare(row.svaret_at, moede.flyttet_at)
    return Indkaldt(person, row.svar if stands else None, her=row.her_at is not None)

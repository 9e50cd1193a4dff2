"""Making, changing and closing a group. Whoever goes out takes what they shared with the group along."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from supervision import clock, history
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.actions.bordet import take_back_from_gruppe
from supervision.grupper.models import Deling, Gruppemedlem, Laeringsgruppe
from supervision.personer.models import Person
from supervision.personer.rules import TEAMLEDER
from supervision.problems import NotAllowed, NotFound


def create_gruppe(*, navn: str, by: Person) -> Laeringsgruppe:
    """A new group with the teamleder who makes it as facilitator. Raises NotAllowed for anybody else."""
    if not by.har_rolle(TEAMLEDER):
        raise NotAllowed
    gruppe = Laeringsgruppe(
        organisation_id=by.organisation_id,
        navn=rules.check_navn(navn),
        facilitator_id=by.id,
        oprettet_at=clock.now(),
    )
    db.session.add(gruppe)
    db.session.flush()
    history.note("opret", gruppe, by=by.id)
    return gruppe


def rename_gruppe(gruppe: Laeringsgruppe, *, navn: str, by: Person) -> None:
    """Give it another name. The same name changes nothing. Raises RuleBroken."""
    _check_leads(gruppe, by)
    cleaned = rules.check_navn(navn)
    if cleaned != gruppe.navn:
        gruppe.navn = cleaned
        history.note("omdoeb", gruppe, by=by.id)
    db.session.flush()


def add_medlem(gruppe: Laeringsgruppe, *, person: Person, by: Person) -> Gruppemedlem:
    """Take a colleague in. Raises RuleBroken when they are in already or the group is full."""
    _check_leads(gruppe, by)
    members = {m.person_id for m in gruppe.medlemmer if m.ud_at is None}
    rules.check_can_join(person.id, gruppe.facilitator_id, members)
    medlem = Gruppemedlem(person_id=person.id, ind_at=clock.now())
    gruppe.medlemmer.append(medlem)
    db.session.flush()
    history.note("tilfoej_medlem", medlem, by=by.id)
    return medlem


def remove_medlem(gruppe: Laeringsgruppe, *, person_id: UUID, by: Person) -> None:
    """Take somebody out: they see nothing of the group from the next request on. Raises NotFound."""
    _check_leads(gruppe, by)
    _let_go(gruppe, person_id, by)


def leave_gruppe(gruppe: Laeringsgruppe, *, by: Person) -> None:
    """Go out oneself. Raises NotFound for the facilitator, who hands the group over instead."""
    _let_go(gruppe, by.id, by)


def hand_over_facilitator(gruppe: Laeringsgruppe, *, to: Person, by: Person) -> None:
    """Let somebody else facilitate. A member who takes over stops being one; who gives it away goes out."""
    _check_leads(gruppe, by)
    if to.id == by.id:
        return
    for medlem in gruppe.medlemmer:
        if medlem.person_id == to.id and medlem.ud_at is None:
            medlem.ud_at = clock.now()
    gruppe.facilitator_id = to.id
    _withdraw_from(gruppe, by.id)
    take_back_from_gruppe(gruppe, person_id=by.id, by=by)
    db.session.flush()
    history.note("skift_facilitator", gruppe, by=by.id)


def close_gruppe(gruppe: Laeringsgruppe, *, by: Person) -> None:
    """Close it for good: it disappears for all, and everything shared with it is withdrawn."""
    _check_leads(gruppe, by)
    gruppe.nedlagt_at = clock.now()
    _withdraw_from(gruppe, None)
    take_back_from_gruppe(gruppe, person_id=None, by=by)
    db.session.flush()
    history.note("nedlaeg", gruppe, by=by.id)


def _check_leads(gruppe: Laeringsgruppe, by: Person) -> None:
    if gruppe.facilitator_id != by.id or gruppe.nedlagt_at is not None:
        raise NotAllowed


def _let_go(gruppe: Laeringsgruppe, person_id: UUID, by: Person) -> None:
    found = next((m for m in gruppe.medlemmer if m.person_id == person_id and m.ud_at is None), None)
    if found is None:
        raise NotFound
    found.ud_at = clock.now()
    _withdraw_from(gruppe, person_id)
    take_back_from_gruppe(gruppe, person_id=person_id, by=by)
    db.session.flush()
    history.note("fjern_medlem", found, by=by.id)


def _withdraw_from(gruppe: Laeringsgruppe, person_id: UUID | None) -> None:
    """Take back what the person (None: everybody) shares with the group, so that it never comes up again."""
    wanted = select(Deling).where(Deling.gruppe_id == gruppe.id, Deling.trukket_at.is_(None))
    if person_id is not None:
        wanted = wanted.where(Deling.delt_af == person_id)
    for deling in db.session.scalars(wanted):
        deling.trukket_at = clock.now()

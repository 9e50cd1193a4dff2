"""Reading invitations: which ones still open the door, and who waits for one."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from supervision import clock
from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.history import Historik
from supervision.personer.models import EksternIdentitet, Invitation, Person
from supervision.personer.queries.administration import only_administrators
from supervision.personer.rules import invitations as rules


def hash_of_token(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def find_invited(token: str) -> tuple[Invitation, Person] | None:
    """The invitation that this token opens now, and its person. None when unknown, used, too old or shut."""
    found = db.session.execute(
        select(Invitation, Person)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.token_hash == hash_of_token(token), Person.active)
    ).first()
    if found is None or not rules.er_aaben(found[0], clock.now()):
        return None
    return found[0], found[1]


def list_open_invitations(person_id: UUID) -> list[Invitation]:
    """The person's links that still work, newest first."""
    found = db.session.scalars(
        select(Invitation)
        .where(Invitation.person_id == person_id, Invitation.brugt_at.is_(None))
        .order_by(Invitation.oprettet_at.desc())
    )
    return [invitation for invitation in found if rules.er_aaben(invitation, clock.now())]


def list_without_password(organisation_id: UUID, *, viewer: Person) -> list[tuple[Person, datetime | None]]:
    """Active people who cannot sign in yet, by a provider either, sorted, each with how long a link of theirs works."""
    only_administrators(viewer)
    people = list(
        db.session.scalars(
            select(Person)
            .where(Person.organisation_id == organisation_id, Person.active, Person.password.is_(None))
            .where(Person.id.not_in(select(EksternIdentitet.person_id)))
        )
    )
    links = db.session.scalars(
        select(Invitation)
        .join(Person, Person.id == Invitation.person_id)
        .where(Person.organisation_id == organisation_id, Invitation.brugt_at.is_(None))
    )
    until = {link.person_id: link.udloeber_at for link in links if rules.er_aaben(link, clock.now())}
    people.sort(key=lambda person: (sorteringsnoegle(person.navn), person.email))
    return [(person, until.get(person.id)) for person in people]


def find_password_set_at(person: Person) -> datetime | None:
    """When the person last chose a password, as the history has it."""
    return db.session.scalar(
        select(Historik.at)
        .where(Historik.genstand == Person.__tablename__, Historik.genstand_id == person.id)
        .where(Historik.handling.in_((rules.PASSWORD_CHANGED, rules.PASSWORD_CHOSEN)))
        .order_by(Historik.at.desc())
        .limit(1)
    )

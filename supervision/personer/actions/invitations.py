"""Inviting a person to choose a password, and the choice itself."""

from __future__ import annotations

import secrets
from uuid import UUID

from sqlalchemy import update

from supervision import clock, history, sign_in
from supervision.db import db
from supervision.personer.actions.people import close_links, sign_out_everywhere
from supervision.personer.models import Invitation, Person
from supervision.personer.queries.administration import only_administrators
from supervision.personer.queries.invitations import hash_of_token
from supervision.personer.rules import invitations as rules
from supervision.problems import RuleBroken


def invite(person: Person, *, by: Person) -> str:
    """A new link for the person; the ones before it stop working. Returns the token, which is kept nowhere.

    Raises RuleBroken when the person is shut out.
    """
    only_administrators(by)
    if not person.active:
        raise RuleBroken("Personen er lukket ude. Luk op for personen først.")
    return new_token(person, by=by.id)


def new_token(person: Person, *, by: UUID | None) -> str:
    """As `invite`, for whoever has the right already (`by` None: the server's own command line)."""
    close_links(person)
    token = secrets.token_urlsafe(rules.TOKEN_BYTES)
    now = clock.now()
    invitation = Invitation(
        person_id=person.id,
        token_hash=hash_of_token(token),
        oprettet_at=now,
        oprettet_af=by,
        udloeber_at=now + rules.LIFETIME,
    )
    db.session.add(invitation)
    db.session.flush()
    history.note("opret", invitation, by=by)
    return token


def accept_invitation(invitation: Invitation, person: Person, *, password: str) -> Person:
    """Set the password, use the link up, and sign the person out everywhere else.

    Raises RuleBroken (adgangskode) for an unfit password, without a field when the link is used already.
    """
    sign_in.check_password(password, person, "adgangskode")
    used = db.session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.brugt_at.is_(None))
        .values(brugt_at=clock.now())
        .returning(Invitation.id)
    ).first()
    if used is None:
        raise RuleBroken("Linket er allerede brugt.")
    person.password = sign_in.hash_of(password)
    sign_out_everywhere(person)
    close_links(person)
    sign_in.forget_tries(person.email)
    sign_in.forget_tries(str(person.id), kind=sign_in.CODE)
    history.note(rules.PASSWORD_CHOSEN, person, by=person.id)
    db.session.flush()
    return person

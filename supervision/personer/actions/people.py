"""Making and changing people, and shutting and opening their way in."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import update

from supervision import clock, history
from supervision.db import db
from supervision.personer import rules
from supervision.personer.actions.adgang import end_all
from supervision.personer.actions.beskeder import close_kalenderlink
from supervision.personer.actions.uniqueness import flushed
from supervision.personer.models import Invitation, Organisation, Person
from supervision.personer.queries import find_person_by_email
from supervision.personer.queries.administration import only_administrators
from supervision.personer.rules import wording
from supervision.problems import RuleBroken

EMAIL_TAKEN = "E-mailen bruges allerede af en anden."


def create_person(*, navn: str, email: str, organisation: Organisation, by: Person) -> Person:
    """A new person without a password and without roles. Raises RuleBroken (navn, email)."""
    only_administrators(by)
    person = Person(id=uuid4(), navn=wording.navn(navn), email=wording.email(email))
    person.organisation_id = organisation.id
    return _stored(person, by=by)


def change_person(person: Person, *, navn: str, email: str, organisation: Organisation, by: Person) -> Person:
    """A new name, e-mail or organisation. Nothing is noted when none is. Raises RuleBroken on the field."""
    only_administrators(by)
    wanted = (wording.navn(navn), wording.email(email), organisation.id)
    if wanted == (person.navn, person.email, person.organisation_id):
        return person
    if organisation.id != person.organisation_id:
        rules.check_shift_of_organisation(person.rolletildelinger, clock.today())
    other = find_person_by_email(wanted[1])
    if other is not None and other.id != person.id:
        raise RuleBroken(EMAIL_TAKEN, "email")
    with flushed(EMAIL_TAKEN, "email"):
        person.navn, person.email, person.organisation_id = wanted
    history.note("ret", person, by=by.id)
    return person


def deactivate(person: Person, *, by: Person) -> Person:
    """Shut the way in: signed out everywhere, links dead, roles untouched. Raises RuleBroken for oneself."""
    only_administrators(by)
    rules.check_not_oneself(person.id, by.id)
    if person.active:
        person.active = False
        sign_out_everywhere(person)
        close_links(person)
        close_kalenderlink(person, by=by)
        history.note("luk", person, by=by.id)
        db.session.flush()
    return person


def activate(person: Person, *, by: Person) -> Person:
    """Open the way in again, with the password there was."""
    only_administrators(by)
    if not person.active:
        person.active = True
        history.note("luk_op", person, by=by.id)
        db.session.flush()
    return person


def sign_out_everywhere(person: Person) -> None:
    """End every session of the person, and make what their cookies hold worthless."""
    person.fs_uniquifier = uuid4().hex
    end_all(person)


def close_links(person: Person) -> None:
    """Let no invitation of the person work any more."""
    now = clock.now()
    db.session.execute(
        update(Invitation)
        .where(Invitation.person_id == person.id, Invitation.brugt_at.is_(None), Invitation.udloeber_at > now)
        .values(udloeber_at=now)
    )


def _stored(person: Person, *, by: Person) -> Person:
    if find_person_by_email(person.email) is not None:
        raise RuleBroken(EMAIL_TAKEN, "email")
    with flushed(EMAIL_TAKEN, "email"):
        db.session.add(person)
    history.note("opret", person, by=by.id)
    return person

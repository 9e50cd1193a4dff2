"""Reading what stands behind a person's password: codes from a phone, codes on paper, passkeys."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from sqlalchemy import exists, func, select

from supervision.db import db
from supervision.personer.models import Adgangsnoegle, Kodegenerator, Noedkode, Person
from supervision.problems import NotFound


def has_second_step(person_id: UUID) -> bool:
    """Whether a password alone does not let this person in."""
    return bool(
        db.session.scalar(
            select(
                exists().where(Kodegenerator.person_id == person_id)
                | exists().where(Adgangsnoegle.person_id == person_id)
            )
        )
    )


def find_kodegenerator(person_id: UUID) -> Kodegenerator | None:
    """The person's app that makes codes, or None."""
    return db.session.get(Kodegenerator, person_id)


def count_noedkoder(person_id: UUID) -> int:
    """How many of the person's codes on paper are left."""
    left = select(func.count()).select_from(Noedkode).where(Noedkode.person_id == person_id)
    return db.session.scalar(left.where(Noedkode.brugt_at.is_(None))) or 0


def list_noegler(person_id: UUID) -> list[Adgangsnoegle]:
    """The person's passkeys, oldest first."""
    return list(
        db.session.scalars(
            select(Adgangsnoegle)
            .where(Adgangsnoegle.person_id == person_id)
            .order_by(Adgangsnoegle.oprettet_at, Adgangsnoegle.id)
        )
    )


def get_noegle(noegle_id: UUID, *, viewer: Person) -> Adgangsnoegle:
    """One of the viewer's own passkeys. Raises NotFound."""
    found = db.session.get(Adgangsnoegle, noegle_id)
    if found is None or found.person_id != viewer.id:
        raise NotFound
    return found


def find_noegle(credential_id: bytes) -> tuple[Adgangsnoegle, Person] | None:
    """The passkey with this id, and whose it is. None when unknown or shut out."""
    found = db.session.execute(
        select(Adgangsnoegle, Person)
        .join(Person, Person.id == Adgangsnoegle.person_id)
        .where(Adgangsnoegle.credential_id == credential_id, Person.active)
    ).first()
    return None if found is None else (found[0], found[1])


def hash_of_noedkode(person_id: UUID, kode: str) -> str:
    """What is kept of a code on paper: blanks, dashes and capitals do not count."""
    plain = "".join(sign for sign in kode.lower() if sign.isalnum())
    return sha256(f"{person_id}:{plain}".encode()).hexdigest()

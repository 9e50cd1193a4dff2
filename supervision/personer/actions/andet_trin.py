"""Setting up, using and taking away what stands behind a person's password."""

from __future__ import annotations

import secrets
from uuid import UUID

from sqlalchemy import delete, or_, update
from sqlalchemy.engine import CursorResult

from supervision import clock, history
from supervision.db import db
from supervision.personer.actions.people import close_links, sign_out_everywhere
from supervision.personer.actions.uniqueness import flushed
from supervision.personer.models import Adgangsnoegle, Kodegenerator, Noedkode, Person
from supervision.personer.queries.administration import only_administrators
from supervision.personer.queries.andet_trin import find_kodegenerator, hash_of_noedkode
from supervision.personer.rules import andet_trin as rules
from supervision.problems import RuleBroken


def set_kodegenerator(person: Person, *, hemmelighed: str, taeller: int) -> None:
    """Take a phone into use (in the place of another). hemmelighed: encrypted. taeller: the code just used."""
    db.session.execute(delete(Kodegenerator).where(Kodegenerator.person_id == person.id))
    db.session.add(
        Kodegenerator(person_id=person.id, hemmelighed=hemmelighed, taeller=taeller, oprettet_at=clock.now())
    )
    db.session.flush()
    history.note(rules.KODE_TIL, person, by=person.id)


def use_counter(person_id: UUID, taeller: int) -> bool:
    """Use a code up. False when it, or a later one, was used before."""
    return _changed_one(
        update(Kodegenerator)
        .where(Kodegenerator.person_id == person_id)
        .where(or_(Kodegenerator.taeller.is_(None), Kodegenerator.taeller < taeller))
        .values(taeller=taeller)
    )


def drop_kodegenerator(person: Person, *, by: Person) -> None:
    """The phone is used no more; without it the codes on paper are none."""
    if find_kodegenerator(person.id) is None:
        return
    db.session.execute(delete(Kodegenerator).where(Kodegenerator.person_id == person.id))
    db.session.execute(delete(Noedkode).where(Noedkode.person_id == person.id))
    history.note(rules.KODE_FRA, person, by=by.id)


def new_noedkoder(person: Person) -> list[str]:
    """Ten new codes on paper; the old ones open nothing any more. They are shown once and kept nowhere."""
    db.session.execute(delete(Noedkode).where(Noedkode.person_id == person.id))
    koder = ["-".join(secrets.token_hex(2) for _ in range(4)) for _ in range(rules.NOEDKODER)]
    db.session.add_all(
        Noedkode(person_id=person.id, kode_hash=hash_of_noedkode(person.id, kode)) for kode in koder
    )
    history.note(rules.NOEDKODER_NYE, person, by=person.id)
    return koder


def use_noedkode(person: Person, kode: str) -> bool:
    """Use a code on paper up. False when it is none, or was used before."""
    used = _changed_one(
        update(Noedkode)
        .where(Noedkode.person_id == person.id, Noedkode.brugt_at.is_(None))
        .where(Noedkode.kode_hash == hash_of_noedkode(person.id, kode))
        .values(brugt_at=clock.now())
    )
    if used:
        history.note(rules.NOEDKODE_BRUGT, person, by=person.id)
    return used


def add_noegle(
    *,
    navn: str,
    credential_id: bytes,
    offentlig_noegle: bytes,
    taeller: int,
    transporter: list[str],
    by: Person,
) -> Adgangsnoegle:
    """A passkey of one's own. Raises RuleBroken when it is in use already."""
    made = Adgangsnoegle(
        person_id=by.id,
        credential_id=credential_id,
        offentlig_noegle=offentlig_noegle,
        taeller=taeller,
        transporter=transporter,
        navn=navn,
        oprettet_at=clock.now(),
    )
    with flushed("Enheden bruges allerede som passkey."):
        db.session.add(made)
    history.note(rules.NOEGLE_TIL, made, by=by.id)
    return made


def use_noegle(noegle: Adgangsnoegle, *, taeller: int) -> None:
    """It opened the door now."""
    noegle.taeller, noegle.brugt_at = taeller, clock.now()


def drop_noegle(noegle: Adgangsnoegle, *, by: Person) -> None:
    """A passkey is used no more."""
    history.note(rules.NOEGLE_FRA, noegle, by=by.id)
    db.session.delete(noegle)
    db.session.flush()


def reset(person: Person, *, by: Person) -> None:
    """The person has lost the phone: everything behind the password goes, and the password with it.

    A new one is chosen by a link, since the old one may be shorter than a password that stands alone.
    """
    only_administrators(by)
    if not person.active:
        raise RuleBroken("Personen er lukket ude. Luk op for personen først.")
    for table in (Kodegenerator, Noedkode, Adgangsnoegle):
        db.session.execute(delete(table).where(table.person_id == person.id))
    person.password = None
    sign_out_everywhere(person)
    close_links(person)
    history.note(rules.NULSTILLET, person, by=by.id)
    db.session.flush()


def _changed_one(statement: object) -> bool:
    result = db.session.execute(statement)  # type: ignore[call-overload]
    assert isinstance(result, CursorResult)
    return result.rowcount == 1

"""Reading what a person wants to be told, and whose calendar a secret address opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from supervision.db import db
from supervision.personer.models import Beskedvalg, Kalenderlink, Person
from supervision.personer.queries.invitations import hash_of_token


def list_valg(person_ids: Collection[UUID]) -> dict[UUID, dict[str, bool]]:
    """Person -> kind -> on or off, for what they chose themselves; nothing for whoever never chose."""
    found: dict[UUID, dict[str, bool]] = defaultdict(dict)
    rows = db.session.scalars(select(Beskedvalg).where(Beskedvalg.person_id.in_(person_ids)))
    for valg in rows:
        found[valg.person_id][valg.slags] = valg.til
    return found


def find_kalenderlink(*, viewer: Person) -> Kalenderlink | None:
    """The viewer's calendar address that works now."""
    return db.session.scalar(
        select(Kalenderlink).where(Kalenderlink.person_id == viewer.id, Kalenderlink.lukket_at.is_(None))
    )


def find_kalenderejer(token: str) -> Person | None:
    """Whose calendar this secret opens. None when it is unknown or taken back, or the person is shut out."""
    return db.session.scalar(
        select(Person)
        .join(Kalenderlink, Kalenderlink.person_id == Person.id)
        .where(Kalenderlink.token_hash == hash_of_token(token), Kalenderlink.lukket_at.is_(None))
        .where(Person.active)
    )

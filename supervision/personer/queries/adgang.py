"""Reading who is signed in where."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from supervision import clock
from supervision.db import db
from supervision.personer.models import Indlogning, Person
from supervision.personer.rules import indlogning as rules
from supervision.problems import NotFound


def hash_of_session(token: str) -> str:
    """What is kept of the secret in a cookie."""
    return sha256(token.encode()).hexdigest()


def find_signed_in(token: str, uniquifier: str) -> tuple[Person, Indlogning] | None:
    """Whom this secret lets in now, in one read. None when it is ended, too old, or the person is shut out."""
    secret = {"token_hash": hash_of_session(token), "uniquifier": uniquifier}
    found = db.session.execute(_signed_in(), secret).first()
    if found is None or not rules.er_aaben(found[1], clock.now()):
        return None
    return found[0], found[1]


@cache
def _signed_in() -> Select[Person, Indlogning]:
    """Written once: it is asked at every request, and to write it costs more than to ask."""
    return (
        select(Person, Indlogning)
        .join(Indlogning, Indlogning.person_id == Person.id)
        .where(Indlogning.token_hash == bindparam("token_hash"))
        .where(Person.fs_uniquifier == bindparam("uniquifier"), Person.active)
    )


def list_indlogninger(*, viewer: Person) -> list[Indlogning]:
    """Where the viewer is signed in now, the one last seen first."""
    found = db.session.scalars(
        select(Indlogning)
        .where(Indlogning.person_id == viewer.id)
        .order_by(Indlogning.set_at.desc(), Indlogning.id)
    )
    return [one for one in found if rules.er_aaben(one, clock.now())]


def get_indlogning(indlogning_id: UUID, *, viewer: Person) -> Indlogning:
    """One of the viewer's own. Raises NotFound."""
    found = db.session.get(Indlogning, indlogning_id)
    if found is None or found.person_id != viewer.id:
        raise NotFound
    return found

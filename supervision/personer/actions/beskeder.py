"""A person's own choices: what to be told by e-mail, and the secret address of the own calendar."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from sqlalchemy import select

from supervision import clock, history
from supervision.db import db
from supervision.personer.models import Beskedvalg, Kalenderlink, Person
from supervision.personer.queries.beskeder import find_kalenderlink, list_valg
from supervision.personer.queries.invitations import hash_of_token
from supervision.personer.rules import beskeder as rules

TOKEN_BYTES = 32
"""256 bits of chance; at least 128 are asked for."""


def choose_beskeder(*, by: Person, til: Collection[str]) -> None:
    """Be told by e-mail of these kinds and of no other. The same choice once more changes nothing."""
    _hold(by)
    before = list_valg([by.id]).get(by.id, {})
    wanted = {slags: slags in til for slags in rules.SLAGS}
    if wanted == before:
        return
    now = clock.now()
    for slags, on in wanted.items():
        db.session.merge(Beskedvalg(person_id=by.id, slags=slags, til=on, valgt_at=now))
    history.note("valgte_beskeder", by, by=by.id)
    db.session.flush()


def make_kalenderlink(*, by: Person) -> str:
    """A new secret for the person's calendar; the one before it stops working. Returned once, and kept nowhere."""
    _hold(by)
    close_kalenderlink(by, by=by)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = Kalenderlink(person_id=by.id, token_hash=hash_of_token(token), oprettet_at=clock.now())
    db.session.add(link)
    db.session.flush()
    history.note("lavede_kalenderlink", link, by=by.id)
    return token


def close_kalenderlink(person: Person, *, by: Person) -> None:
    """Let the calendar's address stop working. There is none: nothing."""
    link = find_kalenderlink(viewer=person)
    if link is not None:
        link.lukket_at = clock.now()
        history.note("lukkede_kalenderlink", link, by=by.id)
        db.session.flush()


def _hold(person: Person) -> None:
    """Two presses at once wait for each other."""
    db.session.scalar(select(Person.id).where(Person.id == person.id).with_for_update())

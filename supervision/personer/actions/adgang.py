"""Beginning and ending sign-ins. A sign-in that is over is deleted: nothing of it is of use to anybody."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, update
from sqlalchemy.orm import scoped_session

from supervision import clock
from supervision.db import db
from supervision.personer import rules
from supervision.personer.models import Indlogning, Person
from supervision.personer.queries.adgang import hash_of_session
from supervision.personer.rules import indlogning as lasting


def start_indlogning(person: Person, *, enhed: str, kun_optageren: bool = False) -> tuple[Indlogning, str]:
    """A sign-in of this person, and the secret for its cookie, which is kept nowhere.

    kun_optageren: the recorder of one kontrakt on another device. Its link ends it too, and the list says what it is.
    """
    now, token = clock.now(), secrets.token_urlsafe(lasting.TOKEN_BYTES)
    db.session.execute(delete(Indlogning).where(Indlogning.slutter_at <= now))
    made = Indlogning(
        person_id=person.id,
        token_hash=hash_of_session(token),
        begyndt_at=now,
        set_at=now,
        slutter_at=now + lasting.LAENGST,
        hvile_min=lasting.hvile_min(administrator=_runs_the_system(person)),
        enhed=f"{enhed}{lasting.KUN_OPTAGEREN}" if kun_optageren else enhed,
    )
    db.session.add(made)
    db.session.flush()
    return made, token


def renew_indlogning(indlogning: Indlogning, *, by: Person) -> str:
    """A new secret in the place of the old one, for whoever got another role. Returns the secret."""
    token = secrets.token_urlsafe(lasting.TOKEN_BYTES)
    indlogning.token_hash = hash_of_session(token)
    indlogning.hvile_min = lasting.hvile_min(administrator=_runs_the_system(by))
    db.session.flush()
    return token


def see_indlogning(writer: Connection | scoped_session[Any], indlogning_id: UUID) -> None:
    """Write down that its person was seen now, by the running transaction or one of its own."""
    writer.execute(update(Indlogning).where(Indlogning.id == indlogning_id).values(set_at=clock.now()))


def end_indlogning(token: str) -> None:
    """End the sign-in whose cookie holds this secret."""
    db.session.execute(delete(Indlogning).where(Indlogning.token_hash == hash_of_session(token)))


def close_indlogning(indlogning: Indlogning, *, by: Person) -> None:
    """End one of one's own."""
    db.session.execute(
        delete(Indlogning).where(Indlogning.id == indlogning.id, Indlogning.person_id == by.id)
    )


def end_all(person: Person, *, but: UUID | None = None) -> None:
    """End the person's sign-ins everywhere (`but` one)."""
    theirs = delete(Indlogning).where(Indlogning.person_id == person.id)
    db.session.execute(theirs if but is None else theirs.where(Indlogning.id != but))


def _runs_the_system(person: Person) -> bool:
    """Whether the person is an administrator today, or becomes one while the sign-in lasts."""
    today = clock.today()
    return any(
        rules.gaelder(rolle, day)
        for rolle in person.rolletildelinger
        if rolle.rolle == rules.ADMINISTRATOR
        for day in (today, today + timedelta(days=1))
    )

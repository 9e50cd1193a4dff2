"""Writing in the logbog, mending a note and taking it away."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import select

from supervision import clock, history
from supervision.db import db
from supervision.laeringspil.queries import list_kendte_linjer
from supervision.logbog import rules
from supervision.logbog.models import Lognotat
from supervision.observationer.queries import get_observation
from supervision.personer.models import Person
from supervision.problems import NotAllowed, NotFound


def write_notat(*, notat_id: UUID, notat: rules.Notat, by: Person) -> Lognotat:
    """Keep a note under an id that its form was given, so that pressing the button twice makes one note.

    The same id again changes that note. Raises RuleBroken on what cannot be kept, NotAllowed when the id is
    another's, NotFound when it points at what the writer may not see.
    """
    rules.check_notat(notat)
    db.session.scalar(select(Person.id).where(Person.id == by.id).with_for_update())
    found = db.session.get(Lognotat, notat_id)
    if found is not None:
        change_notat(found, notat=notat, by=by)
        return found
    _check_links(notat, by)
    now = clock.now()
    found = Lognotat(id=notat_id, person_id=by.id, skrevet_at=now, aendret_at=now, **_columns(notat))
    db.session.add(found)
    db.session.flush()
    history.note("skrev_lognotat", found, by=by.id)
    return found


def change_notat(found: Lognotat, *, notat: rules.Notat, by: Person) -> None:
    """Mend a note; the same words again change nothing. Raises RuleBroken on what cannot be kept."""
    _check_own(found, by)
    rules.check_notat(notat)
    changed = [name for name, value in _columns(notat).items() if getattr(found, name) != value]
    if not changed:
        return
    if {"linje_id", "observation_id"} & set(changed):
        _check_links(notat, by)
    for name in changed:
        setattr(found, name, _columns(notat)[name])
    found.aendret_at = clock.now()
    history.note("rettede_lognotat", found, by=by.id)
    db.session.flush()


def delete_notat(found: Lognotat, *, by: Person) -> None:
    """Take a note away for good; that it was done is remembered, not what it said."""
    _check_own(found, by)
    history.note("slettede_lognotat", found, by=by.id)
    db.session.delete(found)
    db.session.flush()


def _check_own(found: Lognotat, by: Person) -> None:
    if found.person_id != by.id:
        raise NotAllowed


def _check_links(notat: rules.Notat, by: Person) -> None:
    """Raises NotFound when it points at somebody else's line, or at a samtale that the writer may not see."""
    if notat.linje_id and notat.linje_id not in list_kendte_linjer(viewer=by):
        raise NotFound
    if notat.observation_id:
        get_observation(notat.observation_id, viewer=by)


def _columns(notat: rules.Notat) -> dict[str, Any]:
    return asdict(notat)

"""Saying yes to a kontrakt, taking it back, and locking it when the recorder starts."""

from __future__ import annotations

from supervision import clock, history
from supervision.aftaler import queries, rules
from supervision.aftaler.models import FeedbackKontrakt, KontraktJa
from supervision.db import db
from supervision.personer.models import Person
from supervision.problems import RuleBroken

READ_AGAIN = "Kontrakten er blevet ændret, siden du åbnede siden. Læs den igen, før du siger ja."


def say_yes(kontrakt: FeedbackKontrakt, *, by: Person, seen: str | None = None) -> None:
    """Accept the kontrakt as it stands; a second yes to the same version does nothing.

    seen: `queries.content_version` of the page that was read. Raises RuleBroken when the content has changed
    since, when something is missing, or when it is locked or withdrawn.
    """
    rules.check_can_say_yes(kontrakt)
    if seen is not None and seen != queries.content_version(kontrakt):
        raise RuleBroken(READ_AGAIN)
    if rules.has_said_yes(kontrakt, by.id):
        return
    kontrakt.jaer.append(KontraktJa(person_id=by.id, udgave=kontrakt.udgave, at=clock.now()))
    db.session.flush()
    history.note("sig_ja", kontrakt, by=by.id)


def withdraw(kontrakt: FeedbackKontrakt, *, by: Person) -> None:
    """Take it back, as either may until the recorder starts; twice does nothing. Raises RuleBroken."""
    if kontrakt.trukket_at is not None:
        return
    rules.check_can_change(kontrakt)
    kontrakt.trukket_at, kontrakt.trukket_af = clock.now(), by.id
    db.session.flush()
    history.note("traek_kontrakt", kontrakt, by=by.id)


def lock_kontrakt(kontrakt: FeedbackKontrakt, *, by: Person) -> None:
    """The recorder was started: from now on the kontrakt stands. Twice does nothing.

    Raises RuleBroken when it is not ready.
    """
    rules.check_can_record(kontrakt)
    if kontrakt.laast_at is not None:
        return
    kontrakt.laast_at = clock.now()
    db.session.flush()
    history.note("laas_kontrakt", kontrakt, by=by.id)

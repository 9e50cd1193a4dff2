"""The fokusperson writes their own thoughts down, and shows them or not; the observatør notes what they take along."""

from __future__ import annotations

from collections.abc import Mapping

from supervision import clock, history
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.feedback import queries
from supervision.feedback.models import Feedback, Refleksion
from supervision.feedback.rules.refleksion import check_refleksion
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken


def write_refleksion(*, kontrakt: FeedbackKontrakt, by: Person, svar: Mapping[str, str]) -> None:
    """Write or change the thoughts; they stay with their writer until shown. svar: field of a question -> text.

    Raises NotAllowed for anybody but the fokusperson, RuleBroken when nothing is answered.
    """
    _check_fokusperson(kontrakt, by)
    check_refleksion(svar)
    refleksion = queries.find_refleksion(kontrakt, viewer=by)
    if refleksion is None:
        refleksion = Refleksion(kontrakt_id=kontrakt.id, person_id=by.id)
        db.session.add(refleksion)
    refleksion.lykkedes, refleksion.svaert, refleksion.hoere = svar["lykkedes"], svar["svaert"], svar["hoere"]
    refleksion.skrevet_at = clock.now()
    db.session.flush()
    history.note("skrev_egne_tanker", refleksion, by=by.id)


def show_refleksion(*, kontrakt: FeedbackKontrakt, by: Person, show: bool) -> None:
    """Let the observatør read the thoughts, or take them back. Saying it twice changes nothing."""
    _check_fokusperson(kontrakt, by)
    refleksion = queries.find_refleksion(kontrakt, viewer=by)
    if refleksion is None:
        raise RuleBroken("Der er ikke skrevet noget endnu.")
    if show == (refleksion.vist_at is not None):
        return
    refleksion.vist_at = clock.now() if show else None
    history.note("viste_egne_tanker" if show else "trak_egne_tanker_tilbage", refleksion, by=by.id)
    db.session.flush()


def take_along(*, feedback: Feedback, by: Person, tekst: str) -> None:
    """What the observatør takes along for themself; nobody else ever sees it."""
    if feedback.observatoer_id != by.id:
        raise NotAllowed
    feedback.tager_med = tekst
    db.session.flush()


def _check_fokusperson(kontrakt: FeedbackKontrakt, by: Person) -> None:
    if kontrakt.fokusperson_id != by.id:
        raise NotAllowed

"""The fokusperson's side: open it, thank, ask, keep, note, open and shut drawers, close. And the answers."""

from __future__ import annotations

from supervision import clock, history
from supervision.db import db
from supervision.feedback import queries
from supervision.feedback.models import Feedback, FeedbackPunkt, Laesning, Skuffe, Spoergsmaal
from supervision.feedback.rules import punkter
from supervision.observationer.actions.recording import close_for_observer
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken


def open_feedback(*, feedback: Feedback, by: Person) -> None:
    """The fokusperson opens it for the first time; later times change nothing."""
    _check_fokusperson(feedback, by)
    if feedback.laest_at is None:
        feedback.laest_at = clock.now()
        history.note("aabnede_feedback", feedback, by=by.id)
        db.session.flush()


def see_nyt(*, feedback: Feedback, by: Person) -> None:
    """One of the two has seen what came since; it is not told as new any more. No history: nobody else learns it."""
    if by.id not in (feedback.fokusperson_id, feedback.observatoer_id):
        raise NotAllowed
    db.session.merge(Laesning(feedback_id=feedback.id, person_id=by.id, set_at=clock.now()))
    db.session.flush()


def say_thanks(*, feedback: Feedback, by: Person, tak: str) -> None:
    """Thank, with words when there are any. Said once: a second time changes nothing."""
    _check_fokusperson(feedback, by)
    if feedback.tak_at is not None:
        return
    feedback.tak_at, feedback.tak = clock.now(), tak
    history.note("sagde_tak", feedback, by=by.id)
    db.session.flush()


def ask_question(*, punkt: FeedbackPunkt, by: Person, tekst: str) -> None:
    """Ask back about one point. Raises RuleBroken when it is closed or there are many already."""
    feedback = punkt.feedback
    _check_fokusperson(feedback, by)
    _check_not_closed(feedback)
    if any(asked.tekst == tekst and asked.svaret_at is None for asked in punkt.spoergsmaal):
        return
    if len(punkt.spoergsmaal) >= punkter.MAX_SPOERGSMAAL:
        raise RuleBroken("Der står mange spørgsmål her allerede. Tag resten, når I mødes.", "tekst")
    punkt.spoergsmaal.append(Spoergsmaal(tekst=tekst, stillet_at=clock.now()))
    history.note("spurgte_ind", punkt, by=by.id)
    db.session.flush()


def answer_question(*, feedback: Feedback, spoergsmaal: Spoergsmaal, by: Person, svar: str) -> None:
    """Answer a question, once. Raises RuleBroken when it is answered otherwise, or the feedback is closed."""
    if feedback.observatoer_id != by.id:
        raise NotAllowed
    if spoergsmaal.svar == svar:
        return
    _check_not_closed(feedback)
    if spoergsmaal.svaret_at is not None:
        raise RuleBroken("Du har allerede svaret. Resten kan I tage, når I mødes.", "tekst")
    spoergsmaal.svar, spoergsmaal.svaret_at = svar, clock.now()
    history.note("svarede", spoergsmaal, by=by.id)
    db.session.flush()


def keep_punkt(*, punkt: FeedbackPunkt, by: Person, keep: bool) -> None:
    """Mark a point as one to keep, or take the mark off; only the fokusperson ever sees it."""
    _check_fokusperson(punkt.feedback, by)
    if keep != (punkt.beholdt_at is not None):
        punkt.beholdt_at = clock.now() if keep else None
        db.session.flush()


def write_egen_note(*, feedback: Feedback, by: Person, tekst: str) -> None:
    """The fokusperson's note to themself, also after the feedback is closed."""
    _check_fokusperson(feedback, by)
    feedback.egen_note = tekst
    db.session.flush()


def open_skuffe(*, feedback: Feedback, slags: str, by: Person) -> None:
    """Open a drawer: what lies in it may be sent from now on. Open already: nothing. RuleBroken: closed."""
    _check_fokusperson(feedback, by)
    _check_not_closed(feedback)
    if slags in queries.open_drawers(queries.get_kontrakt_of(feedback.observation), feedback):
        return
    skuffe = _skuffe(feedback, slags)
    skuffe.aabnet_at, skuffe.lukket_at = clock.now(), None
    history.note("aabnede_skuffe", feedback, by=by.id)
    db.session.flush()


def shut_skuffe(*, feedback: Feedback, slags: str, by: Person) -> None:
    """Shut a drawer, or say no to the one who asked. What was sent stays; the rest is its writer's."""
    _check_fokusperson(feedback, by)
    _check_not_closed(feedback)
    skuffe = _skuffe(feedback, slags)
    if skuffe.lukket_at is None:
        skuffe.lukket_at = clock.now()
        history.note("lukkede_skuffe", feedback, by=by.id)
        db.session.flush()


def close_feedback(*, feedback: Feedback, by: Person) -> None:
    """The last word: no more questions or answers; the observatør reads for 14 days more. Twice: nothing."""
    _check_fokusperson(feedback, by)
    if feedback.lukket_at is not None:
        return
    feedback.lukket_at = clock.now()
    close_for_observer(feedback.observation, until=punkter.observer_may_read_until(feedback.lukket_at))
    history.note("lukkede_feedback", feedback, by=by.id)
    db.session.flush()


def _check_fokusperson(feedback: Feedback, by: Person) -> None:
    if feedback.fokusperson_id != by.id:
        raise NotAllowed


def _check_not_closed(feedback: Feedback) -> None:
    if feedback.lukket_at is not None:
        raise RuleBroken(punkter.ER_LUKKET)


def _skuffe(feedback: Feedback, slags: str) -> Skuffe:
    found = queries.find_skuffe(feedback, slags)
    if found is None:
        found = Skuffe(slags=slags)
        feedback.skuffer.append(found)
    return found

"""The observatør's side: a draft is begun, saved, and sent as a whole; drawers are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from supervision import clock, history
from supervision.aftaler.queries.dage import find_session_of
from supervision.aftaler.rules.sessioner import check_feedback_aaben
from supervision.db import db
from supervision.feedback import queries
from supervision.feedback.models import Feedback, FeedbackPunkt, Skuffe
from supervision.feedback.rules import punkter
from supervision.feedback.rules.punkter import Kladdepunkt
from supervision.observationer.actions.recording import hand_over
from supervision.observationer.models import Observation
from supervision.personer.models import Person
from supervision.problems import NotAllowed, NotFound, RuleBroken

READ_AGAIN = "Teksten er ændret, siden du læste den igennem. Læs den en gang til, før du sender."


def begin_feedback(*, observation: Observation, by: Person) -> Feedback:
    """The feedback on this observation, made now if there is none. The caller holds the observation's row.

    Raises RuleBroken while the citizen of a supervision session is still there, as `send_feedback` does.
    """
    if observation.observatoer_id != by.id:
        raise NotAllowed
    found = queries.find_feedback_of(observation)
    if found is not None:
        return found
    check_feedback_aaben(find_session_of(observation.kontrakt_id))
    feedback = Feedback(
        organisation_id=observation.organisation_id,
        observation=observation,
        fokusperson_id=observation.fokusperson_id,
        observatoer_id=by.id,
        oprettet_at=clock.now(),
    )
    db.session.add(feedback)
    db.session.flush()
    history.note("begyndte_feedback", feedback, by=by.id)
    return feedback


def save_kladde(*, feedback: Feedback, kladde: Sequence[Kladdepunkt], by: Person) -> None:
    """Write the draft as typed. Points are known by their id, so saving twice is saving once.

    Points that are not in `kladde` stay as they are; an empty text takes one away. Raises, before anything is
    written, RuleBroken: too many points, one that is sent, a drawer never opened; NotFound: another's id.
    """
    _check_author(feedback, by)
    known = {punkt.id: punkt for punkt in feedback.punkter}
    changed = [typed for typed in kladde if _differs(typed, known.get(typed.id))]
    for typed in changed:
        _check_writable(feedback, typed, known.get(typed.id))
    _check_foreign([typed.id for typed in changed if typed.id not in known])
    taken_away = {typed.id for typed in kladde if not typed.tekst}
    if len((known.keys() | {typed.id for typed in changed}) - taken_away) > punkter.MAX_PUNKTER:
        raise RuleBroken(f"Der er plads til {punkter.MAX_PUNKTER} punkter. Slet et, før du skriver flere.")
    for typed in changed:
        _write(feedback, typed, known)
    _put_in_order(feedback, [typed.id for typed in kladde])
    db.session.flush()


def ask_for_skuffe(*, feedback: Feedback, slags: str, by: Person) -> None:
    """Ask the fokusperson to open a drawer: once, and never after a no. Asking again does nothing."""
    _check_author(feedback, by)
    if feedback.lukket_at is not None:
        raise RuleBroken(punkter.ER_LUKKET)
    kontrakt = queries.get_kontrakt_of(feedback.observation)
    skuffe = queries.find_skuffe(feedback, slags)
    if not punkter.maa_spoerge_om_skuffe(queries.allowed(kontrakt, slags), skuffe):
        return
    feedback.skuffer.append(Skuffe(slags=slags, spurgt_at=clock.now()))
    history.note("spurgte_om_skuffe", feedback, by=by.id)
    db.session.flush()


def send_feedback(*, feedback: Feedback, by: Person, laest: str) -> bool:
    """Send all that may be sent, and hand the observation over. False when all of it was sent already.

    laest: `punkter.fingerprint` of what was read through. Raises RuleBroken when it is another text now, when
    nothing that succeeded is in it, or when the fokusperson has closed it.
    """
    _check_author(feedback, by)
    check_feedback_aaben(find_session_of(feedback.observation.kontrakt_id))
    sending = queries.list_to_send(feedback)
    if feedback.sendt_at is not None and not sending:
        return False
    if feedback.lukket_at is not None:
        raise RuleBroken(punkter.ER_LUKKET)
    if feedback.sendt_at is None:
        punkter.check_kan_sendes(sending)
    if laest != punkter.fingerprint(sending):
        raise RuleBroken(READ_AGAIN)
    now = clock.now()
    hand_over(feedback.observation, by=by)
    for punkt in sending:
        punkt.sendt_at = now
    history.note("eftersendte_feedback" if feedback.sendt_at else "sendte_feedback", feedback, by=by.id)
    feedback.sendt_at = feedback.sendt_at or now
    db.session.flush()
    return True


def _check_author(feedback: Feedback, by: Person) -> None:
    if feedback.observatoer_id != by.id:
        raise NotAllowed


def _differs(typed: Kladdepunkt, punkt: FeedbackPunkt | None) -> bool:
    if punkt is None:
        return bool(typed.tekst)
    return (typed.tekst, typed.t_ms) != (punkt.tekst, punkt.t_ms)


def _check_writable(feedback: Feedback, typed: Kladdepunkt, punkt: FeedbackPunkt | None) -> None:
    """What was typed in an open drawer may be saved, though it was shut since: it stays with the writer."""
    if feedback.lukket_at is not None:
        raise RuleBroken(punkter.ER_LUKKET)
    slags = punkt.slags if punkt else typed.slags
    own_half = slags in punkter.EGEN_BANEHALVDEL
    if (punkt and punkt.sendt_at) or (own_half and feedback.sendt_at):
        raise RuleBroken(punkter.ER_SENDT)
    if own_half:
        return
    kontrakt = queries.get_kontrakt_of(feedback.observation)
    if not punkter.har_vaeret_aaben(queries.allowed(kontrakt, slags), queries.find_skuffe(feedback, slags)):
        navn, stedord = feedback.fokusperson.fornavn, punkter.SKUFFE_STEDORD[slags]
        raise RuleBroken(f"{punkter.SLAGS[slags]} er låst, til {navn} beder om {stedord}.")


def _check_foreign(new_ids: Sequence[UUID]) -> None:
    if new_ids and db.session.scalar(select(FeedbackPunkt.id).where(FeedbackPunkt.id.in_(new_ids)).limit(1)):
        raise NotFound


def _write(feedback: Feedback, typed: Kladdepunkt, known: dict[UUID, FeedbackPunkt]) -> None:
    punkt = known.get(typed.id)
    if punkt is None:
        nr = max((punkt.nr for punkt in feedback.punkter), default=0) + 1
        feedback.punkter.append(
            FeedbackPunkt(id=typed.id, nr=nr, slags=typed.slags, tekst=typed.tekst, t_ms=typed.t_ms)
        )
    elif typed.tekst:
        punkt.tekst, punkt.t_ms = typed.tekst, typed.t_ms
    else:
        feedback.punkter.remove(punkt)


def _put_in_order(feedback: Feedback, ids: Sequence[UUID]) -> None:
    """Number the drafted points anew when their order changed; always upwards, as a number stands once."""
    place = {id_: number for number, id_ in enumerate(ids)}
    drafted = [punkt for punkt in feedback.punkter if punkt.sendt_at is None and punkt.id in place]
    wanted = sorted(drafted, key=lambda punkt: place[punkt.id])
    if [punkt.nr for punkt in wanted] == sorted(punkt.nr for punkt in drafted):
        return
    highest = max(punkt.nr for punkt in feedback.punkter)
    for number, punkt in enumerate(wanted, highest + 1):
        punkt.nr = number

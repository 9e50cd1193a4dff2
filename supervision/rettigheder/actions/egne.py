"""What a person decides about their own data: erasure, undoing it, deleting a feedback, having read who sees what."""

from __future__ import annotations

from pathlib import Path

from supervision import clock, history
from supervision.db import db
from supervision.feedback.models import Feedback
from supervision.personer.models import Person
from supervision.problems import NotAllowed
from supervision.rettigheder import rules
from supervision.rettigheder.actions.fjern import remove
from supervision.rettigheder.actions.sletning import check_may_leave, remove_lonely_samtaler
from supervision.rettigheder.formats import journal as journals
from supervision.rettigheder.models import Oplyst, Sletteanmodning
from supervision.rettigheder.queries.opbevaring import beskyttelse_for
from supervision.rettigheder.queries.stier import table_of


def ask_for_erasure(*, by: Person) -> Sletteanmodning:
    """Ask to have everything about oneself erased when the days to undo it are over. Asked already: nothing changes.

    Raises RuleBroken for the last administrator.
    """
    found = db.session.get(Sletteanmodning, by.id)
    if found is not None:
        return found
    check_may_leave(by)
    now = clock.now()
    _, dage = beskyttelse_for(by.organisation_id)
    found = Sletteanmodning(person_id=by.id, bedt_at=now, tidligst_at=rules.tidligst(now, dage))
    db.session.add(found)
    db.session.flush()
    history.note("bad_om_sletning", by, by=by.id)
    return found


def undo_erasure(*, by: Person) -> None:
    """Take it back. Not asked: nothing."""
    found = db.session.get(Sletteanmodning, by.id)
    if found is not None:
        db.session.delete(found)
        history.note("fortroed_sletning", by, by=by.id)
        db.session.flush()


def delete_feedback(feedback: Feedback, *, journal: Path, by: Person) -> None:
    """The fokusperson lets go of feedback they were given, with kontrakt, ticks and figures, read or not."""
    if feedback.fokusperson_id != by.id or feedback.sendt_at is None:
        raise NotAllowed
    observation = feedback.observation
    slags, id = "observation", observation.id
    samtaler = set()
    if observation.kontrakt is not None:
        slags, id = "feedback_kontrakt", observation.kontrakt.id
        samtaler = {observation.kontrakt.samtale_id}
    history.note("slettede_feedback", feedback, by=by.id)
    journals.append(journal, slags, id, clock.now())
    table = table_of(slags)
    remove(table, table.c.id == id)
    remove_lonely_samtaler(samtaler)


def acknowledge(*, udgave: str, by: Person) -> None:
    """The person has read who can see what, in this wording of the facts."""
    db.session.merge(Oplyst(person_id=by.id, udgave=udgave, laest_at=clock.now()))
    db.session.flush()

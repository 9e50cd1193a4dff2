"""A new person's first round on a practice samtale. Everything in it is theirs alone."""

from __future__ import annotations

from supervision import clock
from supervision.db import db
from supervision.grupper.actions.kalibrering import begin_kalibrering
from supervision.grupper.models import FoersteDag
from supervision.grupper.rules import foerste_dag as rules
from supervision.observationer import content
from supervision.personer.models import Person
from supervision.problems import RuleBroken


def agree_on_practice(*, kendetegn: list[str], by: Person) -> FoersteDag:
    """Say yes to the practice kontrakt: these kendetegn, on the first practice samtale. Raises RuleBroken.

    Doing it again lays a new samtale ready; the text that was written stays.
    """
    known = content.find_manuskript(rules.MANUSKRIPT)
    if known is None:
        raise RuleBroken("Øvesamtalen findes ikke længere.")
    chosen = rules.check_valg(kendetegn, known.kendetegn)
    dag = _of(by)
    dag.kalibrering = begin_kalibrering(manuskript=known.key, gruppe=None, by=by, kendetegn=chosen)
    dag.kontrakt_at = clock.now()
    db.session.flush()
    return dag


def write_practice_feedback(*, tekster: dict[str, str], by: Person) -> FoersteDag:
    """Keep what was written to the made-up colleague. Raises RuleBroken."""
    cleaned, dag = rules.check_tekster(tekster), _of(by)
    dag.lykkedes, dag.iagttagelse, dag.oplevelse = (cleaned[felt] for felt in rules.FELTER)
    dag.skrevet_at = clock.now()
    db.session.flush()
    return dag


def hide_first_day(*, by: Person, skjul: bool = True) -> None:
    """Take the card off I dag, or put it back."""
    _of(by).skjult_at = clock.now() if skjul else None
    db.session.flush()


def _of(person: Person) -> FoersteDag:
    found = db.session.get(FoersteDag, person.id)
    if found is None:
        found = FoersteDag(person_id=person.id, lykkedes="", iagttagelse="", oplevelse="")
        db.session.add(found)
        db.session.flush()
    return found

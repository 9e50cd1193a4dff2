"""Writing an organisation's principles, ordering them, and taking them out of use.

None is ever deleted: a kontrakt that was tagged with it points at it, and keeps the words it had.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from supervision import clock, history
from supervision.db import db
from supervision.katalog.models import Princip
from supervision.katalog.queries.principper import list_principper
from supervision.katalog.rules import principper as rules
from supervision.personer.models import Person
from supervision.problems import NotAllowed


def create_princip(*, organisation_id: UUID, tekst: str, forklaring: str = "", by: Person) -> Princip:
    """A new principle, last in the list. The organisation is held. Raises RuleBroken, NotAllowed."""
    _check_may(organisation_id, by)
    in_use = list_principper(organisation_id)
    words = _checked(tekst, forklaring, in_use)
    rules.check_room(len(in_use))
    last = db.session.scalar(select(func.max(Princip.nr)).where(Princip.organisation_id == organisation_id))
    made = Princip(
        organisation_id=organisation_id,
        nr=(last or 0) + 1,
        tekst=words[0],
        forklaring=words[1],
        oprettet_at=clock.now(),
        oprettet_af=by.id,
    )
    db.session.add(made)
    db.session.flush()
    history.note("opret", made, by=by.id)
    return made


def change_princip(princip: Princip, *, tekst: str, forklaring: str, by: Person) -> None:
    """Other words, for the kontrakter to come. The same as before changes nothing. Raises RuleBroken, NotAllowed."""
    _check_may(princip.organisation_id, by)
    others = [one for one in list_principper(princip.organisation_id) if one.id != princip.id]
    words = _checked(tekst, forklaring, others if princip.ude_at is None else [])
    if words != (princip.tekst, princip.forklaring):
        princip.tekst, princip.forklaring = words
        princip.aendret_at = clock.now()
        db.session.flush()
        history.note("ret", princip, by=by.id)


def move_princip(princip: Princip, *, step: int, by: Person) -> None:
    """One place up (-1) or down (1) among those in use; past an end nothing happens. Raises NotAllowed."""
    _check_may(princip.organisation_id, by)
    in_use = list_principper(princip.organisation_id)
    if princip not in in_use:
        return
    ordered = rules.moved(in_use, in_use.index(princip), step)
    if ordered == in_use:
        return
    for one, nr in zip(ordered, sorted(one.nr for one in in_use), strict=True):
        one.nr = nr
    db.session.flush()
    history.note("flyt", princip, by=by.id)


def take_out_princip(princip: Princip, *, by: Person) -> None:
    """Offer it no more; the kontrakter that have it keep it. Twice does nothing. Raises NotAllowed."""
    _check_may(princip.organisation_id, by)
    if princip.ude_at is None:
        princip.ude_at, princip.ude_af = clock.now(), by.id
        db.session.flush()
        history.note("tag_ud", princip, by=by.id)


def put_back_princip(princip: Princip, *, by: Person) -> None:
    """Offer it again, in its old place. Twice does nothing. Raises RuleBroken, NotAllowed."""
    _check_may(princip.organisation_id, by)
    if princip.ude_at is None:
        return
    in_use = list_principper(princip.organisation_id)
    _checked(princip.tekst, princip.forklaring, in_use)
    rules.check_room(len(in_use))
    princip.ude_at = princip.ude_af = None
    db.session.flush()
    history.note("tag_i_brug", princip, by=by.id)


def _check_may(organisation_id: UUID, by: Person) -> None:
    if not by.maa_rette_katalog(organisation_id):
        raise NotAllowed


def _checked(tekst: str, forklaring: str, others: list[Princip]) -> tuple[str, str]:
    words = rules.clean_princip(tekst, forklaring)
    rules.check_princip(*words, [one.tekst for one in others])
    return words

"""Reading a person's own læringspil. Nobody else's is ever given."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from supervision.db import db
from supervision.laeringspil.models import Laeringspil, LaeringspilLinje
from supervision.laeringspil.rules import Linje
from supervision.personer.models import Person
from supervision.problems import NotFound


def find_laeringspil(person: Person, *, hold: bool = False) -> Laeringspil | None:
    """The person's current arrow with its lines, or None before the first one is drawn.

    hold: keep the person's row until the commit, so that two who save at once wait for each other.
    """
    if hold:
        db.session.scalar(select(Person.id).where(Person.id == person.id).with_for_update())
    return db.session.scalar(
        select(Laeringspil)
        .options(selectinload(Laeringspil.linjer))
        .where(Laeringspil.person_id == person.id, Laeringspil.afloest_at.is_(None))
    )


def get_laeringspil(laeringspil_id: UUID, *, viewer: Person) -> Laeringspil:
    """One version of the viewer's own arrow, current or not. Raises NotFound, also on somebody else's."""
    found = db.session.scalar(
        select(Laeringspil)
        .options(selectinload(Laeringspil.linjer))
        .where(Laeringspil.id == laeringspil_id, Laeringspil.person_id == viewer.id)
    )
    if found is None:
        raise NotFound
    return found


def list_tidligere(*, viewer: Person) -> list[Laeringspil]:
    """The viewer's versions that another has taken the place of, newest first."""
    return list(
        db.session.scalars(
            select(Laeringspil)
            .options(selectinload(Laeringspil.linjer))
            .where(Laeringspil.person_id == viewer.id, Laeringspil.afloest_at.is_not(None))
            .order_by(Laeringspil.oprettet_at.desc(), Laeringspil.id)
        )
    )


def list_linjer(laeringspil: Laeringspil | None) -> tuple[Linje, ...]:
    """An arrow's lines as values; none before the first arrow is drawn."""
    stored = laeringspil.linjer if laeringspil else []
    return tuple(
        Linje(
            linje.faerdighed, linje.situation, linje.maade, linje.effekt, linje.kendetegn_kode, linje.linje_id
        )
        for linje in stored
    )


def list_kendte_linjer(*, viewer: Person) -> dict[UUID, str]:
    """Every line the viewer has ever drawn: its id -> its newest words, those of the current arrow first."""
    rows = db.session.execute(
        select(LaeringspilLinje.linje_id, LaeringspilLinje.faerdighed)
        .join(Laeringspil)
        .where(Laeringspil.person_id == viewer.id, LaeringspilLinje.linje_id.is_not(None))
        .order_by(Laeringspil.afloest_at.is_not(None), Laeringspil.oprettet_at.desc(), LaeringspilLinje.nr)
    )
    found: dict[UUID, str] = {}
    for linje_id, words in rows:
        if linje_id is not None:
            found.setdefault(linje_id, words)
    return found

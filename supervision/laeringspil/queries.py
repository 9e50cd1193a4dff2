"""Reading a person's own læringspil. Nobody else's is ever given."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from supervision.db import db
from supervision.laeringspil.models import Laeringspil, LaeringspilLinje
from supervision.laeringspil.rules import Aendring, Linje, list_aendringer
from supervision.personer.models import Person
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class Udgave:
    """One version of an arrow with what it changed; the first one changed nothing."""

    pil: Laeringspil
    aendringer: tuple[Aendring, ...]


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


def list_linjer(laeringspil: Laeringspil | None) -> tuple[Linje, ...]:
    """An arrow's lines as values; none before the first arrow is drawn."""
    stored = laeringspil.linjer if laeringspil else []
    return tuple(as_linje(linje) for linje in stored)


def as_linje(stored: LaeringspilLinje) -> Linje:
    """A stored line as a value."""
    return Linje(
        stored.faerdighed,
        stored.situation,
        stored.maade,
        stored.effekt,
        stored.kendetegn_kode,
        stored.linje_id,
        stored.fra_punkt_id,
        stored.afloeser_id,
    )


def find_linje(linje_id: UUID, *, viewer: Person) -> Linje | None:
    """One line of the viewer's own in its newest words, in the current arrow or not; None for anybody else's."""
    udgaver = _list_of_linje(linje_id, viewer)
    return as_linje(udgaver[-1][1]) if udgaver else None


def list_udgaver_af_linje(linje_id: UUID, *, viewer: Person) -> list[tuple[Laeringspil, Linje]]:
    """The viewer's versions in which the line stands, oldest first, each with its words then. Others' give none."""
    return [(pil, as_linje(linje)) for pil, linje in _list_of_linje(linje_id, viewer)]


def list_efterfoelgere(*, viewer: Person) -> list[Linje]:
    """Every line of the viewer's that came from a point of feedback or took another's place, oldest first.

    Each once, in its newest words.
    """
    rows = db.session.scalars(
        select(LaeringspilLinje)
        .join(Laeringspil)
        .where(Laeringspil.person_id == viewer.id)
        .where(or_(LaeringspilLinje.fra_punkt_id.is_not(None), LaeringspilLinje.afloeser_id.is_not(None)))
        .order_by(Laeringspil.oprettet_at, LaeringspilLinje.nr)
    )
    found: dict[UUID | None, Linje] = {}
    for row in rows:
        found[row.linje_id] = as_linje(row)
    return list(found.values())


def list_udgaver(*, viewer: Person) -> list[Udgave]:
    """All the viewer's versions, newest first, each with what it changed in the one before it."""
    drawn = db.session.scalars(
        select(Laeringspil)
        .options(selectinload(Laeringspil.linjer))
        .where(Laeringspil.person_id == viewer.id)
        .order_by(Laeringspil.oprettet_at, Laeringspil.afloest_at.is_(None), Laeringspil.id)
    )
    found: list[Udgave] = []
    before: tuple[Linje, ...] = ()
    for pil in drawn:
        linjer = list_linjer(pil)
        found.append(Udgave(pil, list_aendringer(before, linjer) if found else ()))
        before = linjer
    return found[::-1]


def _list_of_linje(linje_id: UUID, viewer: Person) -> list[tuple[Laeringspil, LaeringspilLinje]]:
    rows = db.session.execute(
        select(Laeringspil, LaeringspilLinje)
        .join(LaeringspilLinje, LaeringspilLinje.laeringspil_id == Laeringspil.id)
        .where(Laeringspil.person_id == viewer.id, LaeringspilLinje.linje_id == linje_id)
        .order_by(Laeringspil.oprettet_at, Laeringspil.afloest_at.is_(None), Laeringspil.id)
    )
    return [(row[0], row[1]) for row in rows]


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

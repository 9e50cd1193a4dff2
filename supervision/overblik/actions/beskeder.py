"""The outbox: put notices in it, take them out to be sent, and note how it went.

At least once: a notice is taken out, and that is committed, before the e-mail is handed over; that it was sent is noted
after. A crash between the two sends it once more, with the same Message-ID, when its pause is over. The other way round
it would be lost.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from supervision import clock
from supervision.db import db
from supervision.overblik.models import Besked
from supervision.overblik.queries.anledninger import Anledning, Noegle
from supervision.personer.models import Person
from supervision.personer.queries.beskeder import list_valg
from supervision.personer.rules import beskeder as rules


def fill_outbox(anledninger: Mapping[Noegle, Anledning]) -> None:
    """Put in what is new and wanted; take out what is not sent and has been dealt with, or is wanted no more."""
    now = clock.now()
    wanted = _wanted(anledninger)
    for besked in db.session.scalars(select(Besked).where(_waiting())):
        if _noegle(besked) not in wanted:
            db.session.delete(besked)
    db.session.execute(
        delete(Besked).where(
            or_(Besked.sendt_at.is_not(None), Besked.opgivet_at.is_not(None)),
            Besked.oprettet_at < now - rules.GEMMES,
        )
    )
    db.session.flush()
    rows = [_row(one, now) for one in wanted.values() if one.sket_at > now - rules.MENS_DET_ER_NYT]
    if rows:
        db.session.execute(_insert_ignoring_known(), rows)


def list_due() -> list[UUID]:
    """The people who have something to be sent now, whoever has waited longest first."""
    waits = select(Besked.person_id, Besked.sendes_tidligst_at).where(_due(clock.now()))
    rows = db.session.execute(waits.order_by(Besked.sendes_tidligst_at, Besked.id))
    return list(dict.fromkeys(person_id for person_id, _ in rows))


def take_out(person_id: UUID, *, known: Collection[Noegle]) -> dict[UUID, Noegle]:
    """All that is to be sent to one person now, as one attempt: by id, what it is told once by.

    known: what is still so (`list_anledninger`); the rest is left to the next round. What is taken out is not due again
    before its pause is over. Empty when another round has taken it.
    """
    now = clock.now()
    found = db.session.scalars(
        select(Besked)
        .where(Besked.person_id == person_id, _due(now))
        .order_by(Besked.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    taken = {besked.id: besked for besked in found if _noegle(besked) in known}
    for besked in taken.values():
        besked.forsoeg += 1
        besked.foerste_forsoeg_at = besked.foerste_forsoeg_at or now
        besked.sendes_tidligst_at = rules.tidligst(clock.local(now + rules.pause(besked.forsoeg)))
    db.session.flush()
    return {id_: _noegle(besked) for id_, besked in taken.items()}


def note_sent(ids: Collection[UUID]) -> None:
    """The server has taken them."""
    db.session.execute(update(Besked).where(Besked.id.in_(ids)).values(sendt_at=clock.now()))


def note_failed(ids: Collection[UUID], *, for_good: bool) -> list[UUID]:
    """They were not taken. Returns those that are given up: refused for good, or tried for a day."""
    now = clock.now()
    given_up = [
        besked
        for besked in db.session.scalars(select(Besked).where(Besked.id.in_(ids)).order_by(Besked.id))
        if for_good or rules.opgives(besked.foerste_forsoeg_at or now, now)
    ]
    for besked in given_up:
        besked.opgivet_at = now
    db.session.flush()
    return [besked.id for besked in given_up]


def _noegle(besked: Besked) -> Noegle:
    return besked.person_id, besked.slags, besked.genstand_id


def _wanted(anledninger: Mapping[Noegle, Anledning]) -> dict[Noegle, Anledning]:
    people = _active({one.person_id for one in anledninger.values()})
    valg = list_valg(people)
    return {
        noegle: one
        for noegle, one in anledninger.items()
        if one.person_id in people and rules.er_til(one.slags, valg.get(one.person_id, {}))
    }


def _active(person_ids: Collection[UUID]) -> set[UUID]:
    return set(db.session.scalars(select(Person.id).where(Person.id.in_(person_ids), Person.active)))


def _row(anledning: Anledning, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "person_id": anledning.person_id,
        "slags": anledning.slags,
        "genstand_id": anledning.genstand_id,
        "oprettet_at": now,
        "sendes_tidligst_at": rules.tidligst(clock.local(anledning.sket_at + rules.VENTETID)),
        "forsoeg": 0,
    }


def _insert_ignoring_known() -> Any:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    return insert(Besked).on_conflict_do_nothing(index_elements=["person_id", "slags", "genstand_id"])


def _waiting() -> ColumnElement[bool]:
    return and_(Besked.sendt_at.is_(None), Besked.opgivet_at.is_(None))


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(_waiting(), Besked.sendes_tidligst_at <= now)

"""Events that cannot go where they were sent: put aside for whoever sent them, for thirty days, and told of.

The server finds the reason itself. A kontrakt that does not exist and one that is somebody else's have the same one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from supervision import clock, history
from supervision.aftaler.queries import get_kontrakt, get_kontrakt_to_record
from supervision.db import db
from supervision.observationer import rules
from supervision.observationer.actions.checking import Refusal, believable, check_batch, check_of_the_unknown
from supervision.observationer.models import Karantaene
from supervision.observationer.queries import find_observation_of, find_stored_haendelser
from supervision.observationer.rules import KARANTAENE_DAGE
from supervision.personer.models import Person
from supervision.problems import NotFound, RuleBroken

MAX_ROWS = 5000
"""How many events one person may have aside: more than eight samtaler of 600."""
FULL = (
    f"Der er ikke plads til mere: højst {MAX_ROWS} hændelser kan være lagt til side. "
    "Hent dem som en fil, og slet dem, før der kommer flere."
)
STILL_OPEN = "Kontrakten er åben for dig. Send krydsene igen."
aside_table: Any = Karantaene.__table__


class StillOpen(RuleBroken):
    """The kontrakt can be recorded on by this person now: nothing needs to be put aside."""

    def __init__(self) -> None:
        super().__init__(STILL_OPEN)


@dataclass(frozen=True, slots=True)
class PutAside:
    """What became of a stranded batch. gemt: what the log held already, and so is not put aside."""

    karantaene: list[UUID]
    gemt: list[UUID]
    afvist: list[Refusal]


def put_batch_aside(
    *, by: Person, kontrakt_id: UUID, startet_at: datetime | None, raw: Sequence[object], secret: str | None
) -> PutAside:
    """Put aside what a device could not send to this kontrakt (as it claims; its codes are not held against one).

    Raises StillOpen when `by` can send it there after all, RuleBroken when there is no more room; then nothing is kept.
    """
    grund, stored_in = _why(kontrakt_id, by)
    checked = check_batch(raw, check_of_the_unknown(kontrakt_id, secret))
    known = find_stored_haendelser(stored_in, checked.wanted) if stored_in else {}
    events = [event for _, event in checked.wanted.values() if known.get(event.id) != event]
    put_aside(by=by, kontrakt_id=kontrakt_id, startet_at=startet_at, events=events, grund=grund)
    gemt = [event.id for _, event in checked.wanted.values() if known.get(event.id) == event]
    return PutAside([event.id for event in events], gemt, checked.afvist)


def put_aside(
    *,
    by: Person,
    kontrakt_id: UUID,
    startet_at: datetime | None,
    events: Sequence[rules.Haendelse],
    grund: str,
) -> None:
    """Put these events aside for `by`; those that are aside already stay as they are. Nothing to put does nothing.

    Whatever has been aside for `KARANTAENE_DAGE`, anybody's, goes. Raises RuleBroken when `by` would have more than
    `MAX_ROWS`; then none of these is kept.
    """
    if not events:
        return
    _hold(by)
    now = clock.now()
    db.session.execute(
        delete(aside_table).where(aside_table.c.modtaget_at <= now - timedelta(days=KARANTAENE_DAGE))
    )
    new = _not_aside_yet(events, by, kontrakt_id)
    if not new:
        return
    if _count(by) + len(new) > MAX_ROWS:
        raise RuleBroken(FULL)
    rows = [
        {
            "id": uuid4(),
            "organisation_id": by.organisation_id,
            "person_id": by.id,
            "kontrakt_id": kontrakt_id,
            "haendelse_id": event.id,
            "nr": event.nr,
            "t_ms": event.t_ms,
            "spor": event.spor,
            "kode": event.kode,
            "grund": grund,
            "startet_at": believable(startet_at),
            "modtaget_at": now,
        }
        for event in new
    ]
    db.session.execute(_insert_ignoring_known(), rows)
    history.note("lagde_til_side", Karantaene(id=rows[0]["id"]), by=by.id)
    db.session.flush()


def delete_put_aside(*, kontrakt_id: UUID, by: Person) -> int:
    """Delete what `by` has aside for this kontrakt; how many events it was. Raises NotFound when it was none."""
    gone = db.session.scalars(
        delete(aside_table)
        .where(aside_table.c.person_id == by.id, aside_table.c.kontrakt_id == kontrakt_id)
        .returning(aside_table.c.id)
    ).all()
    if not gone:
        raise NotFound
    history.note("slettede_lagt_til_side", Karantaene(id=min(gone)), by=by.id)
    db.session.flush()
    return len(gone)


def _why(kontrakt_id: UUID, by: Person) -> tuple[str, UUID | None]:
    """The reason (`rules.GRUNDE`), and the log that may hold some of the events already. Raises StillOpen."""
    try:
        get_kontrakt_to_record(kontrakt_id, viewer=by)
    except NotFound:
        return "fremmed", None
    except RuleBroken:
        trukket = get_kontrakt(kontrakt_id, viewer=by).trukket_at is not None
        return ("trukket" if trukket else "ikke_klar"), None
    observation = find_observation_of(kontrakt_id)
    if observation is None or observation.overdraget_at is None:
        raise StillOpen
    return "overdraget", observation.id


def _hold(by: Person) -> None:
    """One at a time for each person, so that two devices at once cannot pass `MAX_ROWS` (SQLite has one writer)."""
    db.session.execute(select(Person.id).where(Person.id == by.id).with_for_update(key_share=True))


def _not_aside_yet(events: Sequence[rules.Haendelse], by: Person, kontrakt_id: UUID) -> list[rules.Haendelse]:
    aside = set(
        db.session.scalars(
            select(aside_table.c.haendelse_id)
            .where(aside_table.c.person_id == by.id, aside_table.c.kontrakt_id == kontrakt_id)
            .where(aside_table.c.haendelse_id.in_([event.id for event in events]))
        )
    )
    return [event for event in events if event.id not in aside]


def _count(by: Person) -> int:
    return db.session.scalar(select(func.count()).where(aside_table.c.person_id == by.id)) or 0


def _insert_ignoring_known() -> Any:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    key = ["person_id", "kontrakt_id", "haendelse_id"]
    return insert(aside_table).on_conflict_do_nothing(index_elements=key)

"""From the recorder to the database: events stored once each, an end, and the handing over with the feedback.

A batch is answered in full: what is stored now, what was refused and why, which ids came back with another body
(the first wins), and what came after the handing over and was put aside. Nothing that is sent again changes anything,
and one bad event never takes the others with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from supervision import clock, history
from supervision.aftaler.actions import lock_kontrakt
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer import rules
from supervision.observationer.actions.checking import (
    Checked,
    Refusal,
    believable,
    check_batch,
    check_for,
)
from supervision.observationer.actions.quarantine import put_aside
from supervision.observationer.actions.sammenfatning import hold, sum_up
from supervision.observationer.models import Haendelse, Observation
from supervision.observationer.queries import count_haendelser, find_stored_haendelser
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken

events_table: Any = Haendelse.__table__
observations_table: Any = Observation.__table__


@dataclass(slots=True)
class Receipt:
    """What became of a batch. gemt: all that are in the database now, from this sending or an earlier one.

    karantaene: what came after the handing over. antal: how many events the whole log holds now.
    """

    observation_id: UUID
    afsluttet_at: datetime | None
    gemt: list[UUID] = field(default_factory=list)
    konflikt: list[UUID] = field(default_factory=list)
    afvist: list[Refusal] = field(default_factory=list)
    karantaene: list[UUID] = field(default_factory=list)
    antal: int = 0


def store_haendelser(
    *,
    kontrakt: FeedbackKontrakt,
    by: Person,
    startet_at: datetime | None,
    raw: Sequence[object],
    secret: str | None = None,
) -> Receipt:
    """Store a batch from the recorder. The first batch makes the observation and locks the kontrakt.

    startet_at: the wall clock of `t_ms` 0 on the device, aware; the first one given counts.
    raw: the events as they came, each checked by itself. secret: SECRET_KEY, that sealed notes are opened with;
    without it they are refused. What comes after the handing over is put aside, not stored.
    Raises NotAllowed when `by` is not the kontrakt's observer.
    """
    if kontrakt.observatoer_id != by.id:
        raise NotAllowed
    observation = _begin_once(kontrakt, by, startet_at)
    checked = check_batch(raw, check_for(kontrakt, secret))
    receipt = Receipt(
        observation.id, observation.afsluttet_at, konflikt=checked.konflikt, afvist=checked.afvist
    )
    new = 0
    if observation.overdraget_at is None:
        new = insert_haendelser(observation, (event for _, event in checked.wanted.values()))
    if new == len(checked.wanted):  # As good as always: nothing to look up.
        receipt.gemt, late = list(checked.wanted), {}
    else:
        late = _settle(observation, checked, receipt)
    _put_late_ones_aside(late, receipt, kontrakt=kontrakt, by=by, startet_at=startet_at)
    receipt.antal = count_haendelser(observation.id)
    if receipt.konflikt:
        history.note("afviste_aendret_haendelse", observation, by=by.id)
    db.session.flush()
    return receipt


def end_observation(*, observation: Observation, by: Person) -> None:
    """Note that the observer has ended the samtale. Ending it again changes nothing. Raises NotAllowed."""
    if observation.observatoer_id != by.id:
        raise NotAllowed
    if observation.afsluttet_at is not None:
        return
    observation.afsluttet_at = clock.now()
    history.note("afsluttede_observation", observation, by=by.id)
    _sum_up_for_the_first_time(observation)


def hand_over(observation: Observation, *, by: Person) -> None:
    """Let the fokusperson see the log, with the feedback; from now on it takes no events. Twice does nothing.

    A samtale that was never ended in the recorder ends here. Raises NotAllowed when `by` is not the observer.
    """
    if observation.observatoer_id != by.id:
        raise NotAllowed
    if observation.overdraget_at is not None:
        return
    ended_before = observation.afsluttet_at is not None
    observation.overdraget_at = clock.now()
    observation.afsluttet_at = observation.afsluttet_at or observation.overdraget_at
    history.note("overdrog_observation", observation, by=by.id)
    db.session.flush()
    if not ended_before:
        _sum_up_for_the_first_time(observation)


def close_for_observer(observation: Observation, until: datetime) -> None:
    """Let the observer read until then (aware) and no longer. What was set before is never put later."""
    if observation.observatoer_indtil is None or until < observation.observatoer_indtil:
        observation.observatoer_indtil = until
        db.session.flush()


def _begin_once(kontrakt: FeedbackKontrakt, by: Person, startet_at: datetime | None) -> Observation:
    """The kontrakt's observation, made now if it is the first batch; two first batches make one."""
    found = _locked_observation(kontrakt)
    if found is not None:
        return found
    made = db.session.execute(
        _insert_ignoring_known(observations_table, db.engine.dialect.name, "kontrakt_id").returning(
            observations_table.c.id
        ),
        {
            "id": uuid4(),
            "organisation_id": kontrakt.organisation_id,
            "kontrakt_id": kontrakt.id,
            "fokusperson_id": kontrakt.fokusperson_id,
            "observatoer_id": kontrakt.observatoer_id,
            "kilde": "optager",
            "startet_at": believable(startet_at) or clock.now(),
            "oprettet_at": clock.now(),
        },
    ).first()
    found = _locked_observation(kontrakt)
    assert found is not None
    if made is not None:
        lock_kontrakt(kontrakt, by=by)
        history.note("begyndte_observation", found, by=by.id)
    return found


def _locked_observation(kontrakt: FeedbackKontrakt) -> Observation | None:
    """Held against `hand_over` until the commit, but not against other batches (SQLite has one writer)."""
    return db.session.scalar(
        _locked(), {"kontrakt_id": kontrakt.id}, execution_options={"populate_existing": True}
    )


@cache
def _locked() -> Select[Observation]:
    """Written once: every batch asks it."""
    return (
        select(Observation)
        .where(Observation.kontrakt_id == bindparam("kontrakt_id"))
        .with_for_update(read=True)
    )


def insert_haendelser(observation: Observation, events: Iterable[rules.Haendelse]) -> int:
    """Append events to a log; those it has stay as they are. The caller holds the observation as it is now.

    Gives how many were new; -1 where the database does not say. They go in the order of the key: the same
    events in two orders at once would deadlock in PostgreSQL. Of a log that has ended the figures are kept beside it,
    so they are made anew; one that runs costs no more than its events.
    """
    ended = observation.afsluttet_at is not None
    now = clock.now()
    rows = [
        {
            "observation_id": observation.id,
            "id": event.id,
            "nr": event.nr,
            "t_ms": event.t_ms,
            "spor": event.spor,
            "kode": event.kode,
            "modtaget_at": now,
        }
        for event in sorted(events, key=lambda event: event.id)
    ]
    if not rows:
        return 0
    if ended:
        hold([observation.id])
    done: Any = db.session.execute(
        _insert_events(db.engine.dialect.name), rows, execution_options={"preserve_rowcount": True}
    )
    if ended:
        sum_up([observation.id])
    return int(done.rowcount)


def _sum_up_for_the_first_time(observation: Observation) -> None:
    """After the flush nobody else can store in the log before the commit, and every batch that began is seen."""
    db.session.flush()
    hold([observation.id])
    sum_up([observation.id])


@cache
def _insert_events(engine: str) -> Any:
    """Written once: every batch does it."""
    return _insert_ignoring_known(events_table, engine, "observation_id", "id")


def _insert_ignoring_known(table: Any, engine: str, *key: str) -> Any:
    insert = postgresql.insert if engine == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing(index_elements=list(key))


def _settle(observation: Observation, checked: Checked, receipt: Receipt) -> dict[int, rules.Haendelse]:
    """Look up what the database holds for these ids, and say of each what became of it.

    Gives those that are not there, by their place in the batch: the log was handed over.
    """
    late: dict[int, rules.Haendelse] = {}
    stored = find_stored_haendelser(observation.id, checked.wanted)
    for id_, (place, event) in checked.wanted.items():
        if id_ not in stored:
            late[place] = event
        elif stored[id_] == event:
            receipt.gemt.append(id_)
        elif id_ not in receipt.konflikt:
            receipt.konflikt.append(id_)
    return late


def _put_late_ones_aside(
    late: dict[int, rules.Haendelse],
    receipt: Receipt,
    *,
    kontrakt: FeedbackKontrakt,
    by: Person,
    startet_at: datetime | None,
) -> None:
    """They go to quarantine; when there is no more room, they are refused, and the device keeps them."""
    events = list(late.values())
    try:
        put_aside(by=by, kontrakt_id=kontrakt.id, startet_at=startet_at, events=events, grund="overdraget")
    except RuleBroken as full:
        receipt.afvist += [
            Refusal(place, str(event.id), "haendelse", full.text) for place, event in late.items()
        ]
        return
    receipt.karantaene += [event.id for event in events]

"""From the recorder to the database: events stored once each, an end, and the handing over with the feedback.

A batch is answered in full: what is stored now, what was refused and why, and which ids came back with
another body (the first wins). Nothing that is sent again changes anything, and one bad event never takes the
others with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from supervision import clock, history
from supervision.aftaler.actions import lock_kontrakt
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.observationer import rules
from supervision.observationer.models import Haendelse, Observation
from supervision.observationer.rules import FieldProblem
from supervision.personer.models import Person
from supervision.problems import NotAllowed

HANDED_OVER = "Feedbacken er sendt, så der kan ikke komme mere i denne log."
EARLIEST_START = datetime(2020, 1, 1, tzinfo=UTC)
LATEST_START = timedelta(hours=25)
"""How far ahead a device's clock may be and still be believed; durations never depend on it."""

Wanted = dict[UUID, tuple[int, rules.Haendelse]]
"""Id -> its place in the batch and the event."""

events_table: Any = Haendelse.__table__
observations_table: Any = Observation.__table__


@dataclass(frozen=True, slots=True)
class Refusal:
    """One event that was not stored. plads: its place in the batch, from 0; id: as it came, if text."""

    plads: int
    id: str | None
    felt: str
    fejl: str


@dataclass(slots=True)
class Receipt:
    """What became of a batch. gemt: all that are in the database now, from this sending or an earlier one."""

    observation_id: UUID
    gemt: list[UUID] = field(default_factory=list)
    konflikt: list[UUID] = field(default_factory=list)
    afvist: list[Refusal] = field(default_factory=list)


def store_haendelser(
    *, kontrakt: FeedbackKontrakt, by: Person, startet_at: datetime | None, raw: Sequence[object]
) -> Receipt:
    """Store a batch from the recorder. The first batch makes the observation and locks the kontrakt.

    startet_at: the wall clock of `t_ms` 0 on the device, aware; the first one given counts.
    raw: the events as they came, each checked by itself.
    Raises NotAllowed when `by` is not the kontrakt's observer.
    """
    if kontrakt.observatoer_id != by.id:
        raise NotAllowed
    observation = _begin_once(kontrakt, by, startet_at)
    receipt = Receipt(observation.id)
    wanted = _valid(raw, _agreed_codes(kontrakt), receipt)
    if observation.overdraget_at is None:
        _insert(observation.id, (event for _, event in wanted.values()))
    _settle(observation, wanted, receipt)
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
    db.session.flush()


def hand_over(observation: Observation, *, by: Person) -> None:
    """Let the fokusperson see the log, with the feedback; from now on it takes no events. Twice does nothing.

    A samtale that was never ended in the recorder ends here. Raises NotAllowed when `by` is not the observer.
    """
    if observation.observatoer_id != by.id:
        raise NotAllowed
    if observation.overdraget_at is not None:
        return
    observation.overdraget_at = clock.now()
    observation.afsluttet_at = observation.afsluttet_at or observation.overdraget_at
    history.note("overdrog_observation", observation, by=by.id)
    db.session.flush()


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
        _insert_ignoring_known(observations_table, "kontrakt_id").returning(observations_table.c.id),
        {
            "id": uuid4(),
            "organisation_id": kontrakt.organisation_id,
            "kontrakt_id": kontrakt.id,
            "fokusperson_id": kontrakt.fokusperson_id,
            "observatoer_id": kontrakt.observatoer_id,
            "kilde": "optager",
            "startet_at": _believable(startet_at),
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
        select(Observation).where(Observation.kontrakt_id == kontrakt.id).with_for_update(read=True),
        execution_options={"populate_existing": True},
    )


def _believable(startet_at: datetime | None) -> datetime:
    """A device whose clock is years off still gets its ticks stored, from when they came here."""
    now = clock.now()
    if startet_at is None or not EARLIEST_START <= startet_at <= now + LATEST_START:
        return now
    return startet_at


def _agreed_codes(kontrakt: FeedbackKontrakt) -> Mapping[str, frozenset[str]]:
    """Track -> the codes that the kontrakt's screen has, for the tracks that it decides."""
    variant = load_katalog().gm_variant(kontrakt.gm_variant)
    elementer = [element.kode for fase in variant.faser for element in fase.elementer] if variant else []
    return {
        "faerdighed": frozenset(kendetegn.kode for kendetegn in kontrakt.kendetegn),
        "element": frozenset(elementer),
    }


def _valid(raw: Sequence[object], agreed: Mapping[str, frozenset[str]], receipt: Receipt) -> Wanted:
    """The events that may be stored; the others are named in the receipt."""
    wanted: Wanted = {}
    for place, one in enumerate(raw):
        try:
            event = _check(one, agreed)
        except FieldProblem as problem:
            receipt.afvist.append(Refusal(place, _id_of(one), problem.field, problem.text))
            continue
        if wanted.setdefault(event.id, (place, event))[1] != event:
            receipt.konflikt.append(event.id)
    return wanted


def _check(one: object, agreed: Mapping[str, frozenset[str]]) -> rules.Haendelse:
    if not isinstance(one, dict):
        raise FieldProblem("haendelse", "En hændelse skal være et objekt med id, nr, t_ms, spor og kode.")
    event = rules.check_haendelse(one, strict=True)
    if event.kode not in agreed.get(event.spor, (event.kode,)):
        raise FieldProblem("kode", "Det står ikke på skærmen i jeres kontrakt.")
    return event


def _id_of(one: object) -> str | None:
    found = one.get("id") if isinstance(one, dict) else None
    return found[:36] if isinstance(found, str) else None


def _insert(observation_id: UUID, events: Iterable[rules.Haendelse]) -> None:
    """In the order of the key: the same events in two orders at once would deadlock in PostgreSQL."""
    now = clock.now()
    rows = [
        {
            "observation_id": observation_id,
            "id": event.id,
            "nr": event.nr,
            "t_ms": event.t_ms,
            "spor": event.spor,
            "kode": event.kode,
            "modtaget_at": now,
        }
        for event in sorted(events, key=lambda event: event.id)
    ]
    if rows:
        db.session.execute(_insert_ignoring_known(events_table, "observation_id", "id"), rows)


def _insert_ignoring_known(table: Any, *key: str) -> Any:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing(index_elements=list(key))


def _settle(observation: Observation, wanted: Wanted, receipt: Receipt) -> None:
    """Look up what the database holds for these ids, and say of each what became of it."""
    columns = [events_table.c[name] for name in rules.FELTER]
    stored = {
        row.id: rules.Haendelse(*row)
        for row in db.session.execute(
            select(*columns).where(
                events_table.c.observation_id == observation.id, events_table.c.id.in_(list(wanted))
            )
        )
    }
    for id_, (place, event) in wanted.items():
        if id_ not in stored:
            receipt.afvist.append(Refusal(place, str(id_), "haendelse", HANDED_OVER))
        elif stored[id_] == event:
            receipt.gemt.append(id_)
        elif id_ not in receipt.konflikt:
            receipt.konflikt.append(id_)

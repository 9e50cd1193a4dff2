"""Event logs from files: each (observation, observatoer) of a file becomes an observation of one person.

Importing the same file again adds nothing; a file that knows more events of a log adds those. An event that
is stored already under the same id with another body stops the whole import, as events are never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from supervision import clock, history
from supervision.db import db
from supervision.observationer import rules
from supervision.observationer.actions.sammenfatning import hold, sum_up
from supervision.observationer.formats import MAX_PROBLEMS, FileProblem, FileRefused, LogName, LogRow
from supervision.observationer.models import Haendelse, Observation
from supervision.personer.models import Organisation, Person
from supervision.problems import RuleBroken

CHUNK = 2000
NOON = time(12)
OTHER_BODY = "Hændelsen er hentet ind før med et andet indhold. En hændelse kan ikke ændres, kun fortrydes."

Logs = Mapping[LogName, Sequence[LogRow]]
"""What `logfil.read_logs` gives: the rows of each log, in the order of the file."""
T = TypeVar("T")

events_table: Any = Haendelse.__table__


@dataclass(frozen=True, slots=True)
class Imported:
    """How many logs were new, how many of the known ones got more events, and the number of new events."""

    nye_logge: int
    udvidede_logge: int
    kendte_logge: int
    haendelser: int


def import_logs(
    *,
    logs: Logs,
    organisation: Organisation,
    fokusperson: Person,
    dag: date,
    by: Person | None,
    progress: Callable[[int], None] = lambda _stored: None,
) -> Imported:
    """Add the logs, or what is new in them, as observationer of the fokusperson; handed over at once.

    dag: the Danish day of those that are new (the time of day is unknown: 12.00). progress gets the number
    of events stored so far. Raises RuleBroken when the person is of another organisation, FileRefused when an
    event is known with another body; the caller must then roll back.
    """
    if fokusperson.organisation_id != organisation.id:
        raise RuleBroken(f"{fokusperson.navn} hører ikke til i {organisation.navn}.", "person")
    known = _known_observationer(organisation.id, fokusperson.id)
    new_rows = _only_new_rows(logs, known)
    made = _make_observationer(new_rows.keys() - known.keys(), organisation, fokusperson, dag)
    for observation in made.values():
        history.note("hentede_log_ind", observation, by=by.id if by else None)
    db.session.flush()
    ids = {**known, **{name: made[name].id for name in made}}
    changed = [ids[name] for name in logs if name in made or new_rows[name]]
    hold(changed)
    _store(ids, new_rows, progress)
    sum_up(changed)
    extended = sum(1 for name in known.keys() & new_rows.keys() if new_rows[name])
    return Imported(
        nye_logge=len(made),
        udvidede_logge=extended,
        kendte_logge=len(logs) - len(made),
        haendelser=sum(len(rows) for rows in new_rows.values()),
    )


def _known_observationer(organisation_id: UUID, fokusperson_id: UUID) -> dict[LogName, UUID]:
    rows = db.session.execute(
        select(Observation.fil_observation, Observation.fil_observatoer, Observation.id)
        .where(Observation.organisation_id == organisation_id)
        .where(Observation.fokusperson_id == fokusperson_id)
        .where(Observation.kilde == "fil")
    )
    return {(row[0] or "", row[1] or ""): row.id for row in rows}


def _only_new_rows(logs: Logs, known: Mapping[LogName, UUID]) -> dict[LogName, list[LogRow]]:
    """Per log the rows that are not stored yet. Raises FileRefused for those that are, with another body."""
    problems: list[FileProblem] = []
    new_rows: dict[LogName, list[LogRow]] = {}
    for name, rows in logs.items():
        stored = _stored_events(known[name]) if name in known else {}
        new_rows[name] = [row for row in rows if row.haendelse.id not in stored]
        own_numbers = _has_own_numbers(rows)
        problems += [
            FileProblem(row.line, field, OTHER_BODY)
            for row in rows
            if row.haendelse.id in stored
            for field in _changed_field(row.haendelse, stored[row.haendelse.id], own_numbers)
        ]
    if problems:
        problems.sort(key=lambda problem: problem.line)
        raise FileRefused(problems[:MAX_PROBLEMS], stopped=len(problems) > MAX_PROBLEMS)
    return new_rows


def _stored_events(observation_id: UUID) -> dict[UUID, rules.Haendelse]:
    columns = [events_table.c[field] for field in rules.FELTER]
    rows = db.session.execute(select(*columns).where(events_table.c.observation_id == observation_id))
    return {row.id: rules.Haendelse(*row) for row in rows}


def _has_own_numbers(rows: Sequence[LogRow]) -> bool:
    """Whether `nr` says more than the place in the file, which moves when a file gets new rows."""
    return any(row.haendelse.nr != place for place, row in enumerate(rows, 1))


def _changed_field(given: rules.Haendelse, stored: rules.Haendelse, own_numbers: bool) -> list[str]:
    """The first field that is not as it was stored, if any."""
    fields = ("t_ms", "spor", "kode", *(["nr"] if own_numbers else []))
    return [field for field in fields if getattr(given, field) != getattr(stored, field)][:1]


def _make_observationer(
    names: set[LogName], organisation: Organisation, fokusperson: Person, dag: date
) -> dict[LogName, Observation]:
    now = clock.now()
    startet_at = clock.from_local(dag, NOON)
    made = {
        (observation, observatoer): Observation(
            id=uuid4(),
            organisation_id=organisation.id,
            fokusperson_id=fokusperson.id,
            kilde="fil",
            fil_observation=observation,
            fil_observatoer=observatoer,
            startet_at=startet_at,
            oprettet_at=now,
            afsluttet_at=now,
            overdraget_at=now,
        )
        for observation, observatoer in sorted(names)
    }
    db.session.add_all(made.values())
    return made


def _store(
    ids: Mapping[LogName, UUID], new_rows: Mapping[LogName, list[LogRow]], progress: Callable[[int], None]
) -> None:
    now = clock.now()
    rows = [_stored_row(ids[name], row.haendelse, now) for name, found in new_rows.items() for row in found]
    stored = 0
    for chunk in _chunks(rows):
        db.session.execute(insert(events_table), chunk)
        stored += len(chunk)
        progress(stored)


def _stored_row(observation_id: UUID, h: rules.Haendelse, now: datetime) -> dict[str, Any]:
    return {
        "observation_id": observation_id,
        "id": h.id,
        "nr": h.nr,
        "t_ms": h.t_ms,
        "spor": h.spor,
        "kode": h.kode,
        "modtaget_at": now,
    }


def _chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))

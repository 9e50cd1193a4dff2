"""A file with a device's queue, brought into the log it belongs to: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supervision import history
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries import get_kontrakt_to_record
from supervision.db import db
from supervision.observationer.actions.recording import Receipt, store_haendelser
from supervision.observationer.formats import MAX_PROBLEMS, FileProblem, FileRefused
from supervision.observationer.formats.kryds_fil import KrydsFil
from supervision.observationer.models import Observation
from supervision.observationer.queries import count_haendelser, find_observation_of
from supervision.observationer.rules import MAX_EVENTS
from supervision.personer.models import Person
from supervision.problems import NotFound, RuleBroken

NOT_YOURS = "Filen hører til en samtale, som du ikke er observatør i."
OTHER_BODY = "Hændelsen er gemt før med et andet indhold. En hændelse kan ikke ændres, kun fortrydes."


@dataclass(frozen=True, slots=True)
class Fetched:
    """nye: events the log did not hold; kendte: those it did; til_side: those that came after the handing over."""

    nye: int
    kendte: int
    til_side: int


def fetch_kryds(*, fil: KrydsFil, by: Person, secret: str) -> Fetched:
    """Store the file's events in the sender's own log, as if the device had sent them. Again adds nothing.

    Raises FileRefused when the kontrakt is not theirs to record on, or when one event cannot be taken: then
    nothing is stored, and nothing is begun.
    """
    kontrakt = _own_kontrakt(fil, by)
    begun = find_observation_of(kontrakt.id)
    before = count_haendelser(begun.id) if begun else 0
    with db.session.begin_nested():
        receipts = [
            store_haendelser(kontrakt=kontrakt, by=by, startet_at=fil.startet_at, raw=part, secret=secret)
            for part in _slices(fil.haendelser)
        ]
        _refuse_if_any_was(fil, receipts)
    nye = receipts[-1].antal - before
    if nye:
        observation = db.session.get_one(Observation, receipts[-1].observation_id)
        history.note("hentede_kryds_ind", observation, by=by.id)
        db.session.flush()
    return Fetched(
        nye=nye,
        kendte=len({id_ for receipt in receipts for id_ in receipt.gemt}) - nye,
        til_side=len({id_ for receipt in receipts for id_ in receipt.karantaene}),
    )


def _own_kontrakt(fil: KrydsFil, by: Person) -> FeedbackKontrakt:
    try:
        return get_kontrakt_to_record(fil.kontrakt, viewer=by)
    except NotFound:
        raise FileRefused([FileProblem(0, "", NOT_YOURS)]) from None
    except RuleBroken as problem:
        raise FileRefused([FileProblem(0, "", problem.text)]) from None


def _slices(events: Sequence[object]) -> Iterator[Sequence[object]]:
    return (events[start : start + MAX_EVENTS] for start in range(0, len(events), MAX_EVENTS))


def _refuse_if_any_was(fil: KrydsFil, receipts: Sequence[Receipt]) -> None:
    """`line` is the event's place in the file, 1 for the first."""
    problems = [
        FileProblem(number * MAX_EVENTS + refusal.plads + 1, refusal.felt, refusal.fejl)
        for number, receipt in enumerate(receipts)
        for refusal in receipt.afvist
    ]
    changed = {str(id_) for receipt in receipts for id_ in receipt.konflikt}
    problems += [
        FileProblem(place, "id", OTHER_BODY)
        for place, one in enumerate(fil.haendelser, 1)
        if isinstance(one, dict) and str(one.get("id")).lower() in changed
    ]
    if problems:
        problems.sort(key=lambda problem: problem.line)
        raise FileRefused(problems[:MAX_PROBLEMS], stopped=len(problems) > MAX_PROBLEMS)

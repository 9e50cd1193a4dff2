"""Noting what was used, after the samtale and until the feedback is handed over; and the own seven elements.

What is noted has no free text: `katalog.rules.vaerdier` says which codes and numbers each slags has.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from supervision import clock, history
from supervision.danish import ur
from supervision.db import db
from supervision.katalog.rules.vaerdier import SLAGS, Data, Slags, check
from supervision.observationer import measures
from supervision.observationer.models import Observation, Registrering
from supervision.observationer.queries import list_haendelser
from supervision.observationer.queries.registreringer import list_noted, omgivelser_of
from supervision.observationer.queries.samarbejde import (
    SAMARBEJDE,
    can_note_samarbejde,
    get_samarbejde,
)
from supervision.personer.models import Person
from supervision.problems import NotAllowed, NotFound, RuleBroken


def note_used(
    *,
    observation: Observation,
    slags: str,
    new_id: UUID,
    data: Data,
    by: Person,
    t_ms: int | None = None,
    variant: str = "",
) -> Registrering:
    """Note something that was used. Sent twice with one `new_id` it is stored once; what a log has one of is changed.

    t_ms: where on the timeline it belongs. variant: which of the slags' forms was filled in.
    Raises NotAllowed for others than the observatør, NotFound for an unknown slags, RuleBroken (with the field) for
    data that is not of the slags, a time outside the samtale (`tid`), one too many, or a log that is not open for it.
    """
    kind = _kind(slags)
    _hold_open(observation, by)
    _check(observation, kind, data, variant, t_ms)
    noted = list_noted(observation, slags, by=by)
    again = next((row for row in noted if row.id == new_id), noted[0] if noted and kind.hoejst == 1 else None)
    if again is not None:
        return _changed(again, data, t_ms, by)
    if db.session.get(Registrering, new_id) is not None:
        raise RuleBroken("Siden var for gammel. Prøv igen.")
    if len(noted) >= kind.hoejst:
        raise RuleBroken(f"Der kan højst stå {kind.hoejst} af den slags. Fjern en af dem først.")
    return _stored(observation, kind, new_id, noted[-1].nr + 1 if noted else 1, data, t_ms, by)


def change_used(
    *, registrering: Registrering, data: Data, by: Person, t_ms: int | None = None, variant: str = ""
) -> Registrering:
    """Change what was noted. Raises as `note_used`."""
    kind = _kind(registrering.slags)
    _check_owner(registrering, by)
    _hold_open(registrering.observation, by)
    _check(registrering.observation, kind, data, variant, t_ms)
    return _changed(registrering, data, t_ms, by)


def remove_used(*, registrering: Registrering, by: Person) -> None:
    """Take what was noted away for good. Raises as `note_used`."""
    _check_owner(registrering, by)
    _hold_open(registrering.observation, by)
    _remove(registrering, by)


def note_samarbejde(*, observation: Observation, data: Data, by: Person) -> Registrering:
    """The fokusperson's own view of the seven elements: one for the samtale, and seen by nobody else until shown.

    Raises NotAllowed for others than a fokusperson who has been given the log, RuleBroken for data that is not of it.
    """
    if not can_note_samarbejde(observation, viewer=by):
        raise NotAllowed
    _hold(observation)
    kind = SLAGS[SAMARBEJDE]
    check(kind, data, omgivelser_of(observation))
    own, _ = get_samarbejde(observation, viewer=by)
    if own is not None:
        return _changed(own, data, None, by)
    return _stored(observation, kind, None, 1, data, None, by)


def show_samarbejde(*, observation: Observation, show: bool, by: Person) -> None:
    """Let the others in the samtale see it, or take that back; as it already is does nothing.

    Raises NotFound when nothing was noted.
    """
    own = _own_samarbejde(observation, by)
    if own.privat is not show:
        return
    own.privat = not show
    history.note("viste_samarbejde" if show else "skjulte_samarbejde", own, by=by.id)
    db.session.flush()


def remove_samarbejde(*, observation: Observation, by: Person) -> None:
    """Take it away for good, for the others too. Raises NotFound when nothing was noted."""
    _remove(_own_samarbejde(observation, by), by)


def _kind(slags: str) -> Slags:
    kind = SLAGS.get(slags)
    if kind is None or kind.fokusperson:
        raise NotFound
    return kind


def _check_owner(registrering: Registrering, by: Person) -> None:
    if registrering.person_id != by.id:
        raise NotAllowed


def _hold_open(observation: Observation, by: Person) -> None:
    if observation.observatoer_id != by.id or observation.kontrakt_id is None:
        raise NotAllowed
    _hold(observation)
    if observation.afsluttet_at is None:
        raise RuleBroken("Samtalen kører endnu. Det, I brugte, noterer du, når den er slut.")
    if observation.overdraget_at is not None:
        raise RuleBroken("Feedbacken er sendt, så det, du noterede, ligger fast nu.")


def _hold(observation: Observation) -> None:
    """Keep the row until the commit, as it is now: two who note at once wait for each other."""
    db.session.scalar(
        select(Observation).where(Observation.id == observation.id).with_for_update(),
        execution_options={"populate_existing": True},
    )


def _check(observation: Observation, kind: Slags, data: Data, variant: str, t_ms: int | None) -> None:
    check(kind, data, omgivelser_of(observation, kind.key, variant))
    if t_ms is None:
        return
    if not kind.tid:
        raise RuleBroken("Det her hører ikke til ét sted på tidslinjen.")
    start, end = measures.start_end(list_haendelser(observation.id))
    if not start <= t_ms <= end:
        raise RuleBroken(f"Samtalen varede {ur(end - start)}. Skriv en tid, der ligger i den.", "tid")


def _stored(
    observation: Observation,
    kind: Slags,
    new_id: UUID | None,
    nr: int,
    data: Data,
    t_ms: int | None,
    by: Person,
) -> Registrering:
    now = clock.now()
    identity: dict[str, Any] = {} if new_id is None else {"id": new_id}
    row = Registrering(
        **identity,
        observation_id=observation.id,
        person_id=by.id,
        slags=kind.key,
        nr=nr,
        t_ms=t_ms,
        data=dict(data),
        privat=kind.privat or kind.fokusperson,
        oprettet_at=now,
        aendret_at=now,
    )
    db.session.add(row)
    if new_id is None:
        db.session.flush()
    history.note("noterede_registrering", row, by=by.id)
    db.session.flush()
    return row


def _changed(row: Registrering, data: Data, t_ms: int | None, by: Person) -> Registrering:
    if (row.data, row.t_ms) != (dict(data), t_ms):
        row.data, row.t_ms, row.aendret_at = dict(data), t_ms, clock.now()
        history.note("rettede_registrering", row, by=by.id)
        db.session.flush()
    return row


def _own_samarbejde(observation: Observation, by: Person) -> Registrering:
    if not can_note_samarbejde(observation, viewer=by):
        raise NotAllowed
    own, _ = get_samarbejde(observation, viewer=by)
    if own is None:
        raise NotFound
    return own


def _remove(row: Registrering, by: Person) -> None:
    history.note("fjernede_registrering", row, by=by.id)
    db.session.delete(row)
    db.session.flush()

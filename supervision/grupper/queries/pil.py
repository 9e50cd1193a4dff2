"""A person's own arrow, round for round: which version was drawn in which round of theirs. For its owner alone."""

from __future__ import annotations

from dataclasses import dataclass

from supervision import clock
from supervision.grupper.models import Runde
from supervision.grupper.queries.grupper import list_grupper
from supervision.grupper.rules import find_i_periode
from supervision.laeringspil.queries import Udgave, list_udgaver
from supervision.personer.models import Person


@dataclass(frozen=True, slots=True)
class RundensPil:
    """A round that has begun, with the versions drawn in it, newest first; runde None: those outside every round.

    gjaldt: the version that was the one already when the round began; None when there was none.
    """

    runde: Runde | None
    udgaver: list[Udgave]
    gjaldt: Udgave | None


def list_pil_runde_for_runde(*, viewer: Person) -> list[RundensPil]:
    """The rounds of the viewer's groups that have begun since they came in, newest first; at the end what lies outside.

    A round in which no arrow was there yet is left out.
    """
    udgaver = list_udgaver(viewer=viewer)
    days = [clock.local(one.pil.oprettet_at).date() for one in udgaver]
    found, placed = [], set()
    for runde in _runder(viewer):
        inside = find_i_periode(days, runde)
        placed |= set(inside)
        earlier = next((one for one, day in zip(udgaver, days, strict=True) if day < runde.fra), None)
        if inside or earlier:
            found.append(RundensPil(runde, [udgaver[place] for place in inside], earlier))
    outside = [one for place, one in enumerate(udgaver) if place not in placed]
    return [*found, *([RundensPil(None, outside, None)] if outside else [])]


def _runder(viewer: Person) -> list[Runde]:
    """Those that have begun, and had not ended when the viewer came into the group; newest first."""
    found = []
    for gruppe in list_grupper(viewer=viewer):
        came = [m.ind_at for m in gruppe.medlemmer if m.person_id == viewer.id and m.ud_at is None]
        first = clock.local(came[0]).date() if came else clock.local(gruppe.oprettet_at).date()
        found += [runde for runde in gruppe.runder if first <= runde.til and runde.fra <= clock.today()]
    return sorted(found, key=lambda runde: (runde.fra, runde.id), reverse=True)

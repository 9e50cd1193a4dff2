"""What the observatør mended afterwards, told by the log itself: nothing in it is ever changed, only added to.

To take back is a `fortryd`; to move is a `fortryd` and the same thing at another time; to put in again is the same
thing once more. The new ids are made of the id of the event concerned, so that the same edit sent twice is the same
event, and a reader of the log can follow a thing back to where it was first. What was added afterwards has an id of
version 8, which RFC 9562 keeps free for own use (a device makes version 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID, uuid4, uuid5

from supervision.observationer import measures
from supervision.observationer.rules import Haendelse
from supervision.observationer.timeline.shapes import Linje, Navn, Rettelse

ADDED_VERSION: Final = 8


def new_id() -> UUID:
    """An id for an event that is added afterwards."""
    return UUID(int=uuid4().int & ~(0xF << 76) | ADDED_VERSION << 76)


def is_added(haendelse_id: UUID) -> bool:
    """Whether `new_id` made it."""
    return haendelse_id.version == ADDED_VERSION


def id_of_fortryd(haendelse_id: UUID) -> UUID:
    """The id of the event that takes this one back."""
    return uuid5(haendelse_id, "fortryd")


def id_of_move(haendelse_id: UUID) -> UUID:
    """The id that this event gets at its new place; it can move once, then the one that it became."""
    return uuid5(haendelse_id, "flyt")


def id_of_return(haendelse_id: UUID) -> UUID:
    """The id that this event gets when it is put in again."""
    return uuid5(haendelse_id, "saet_ind")


def rettelser(haendelser: Iterable[Haendelse]) -> dict[UUID, Rettelse]:
    """What was done to the events, by id: those that stand, and those that were taken back for good.

    What moved on or was put in again is told of the event that it became. An untouched event is not there.
    """
    known = {h.id: h for h in haendelser}
    taken = {h.kode.lower(): h.id for h in known.values() if h.spor == "fortryd"}
    gone = [h for h in known.values() if str(h.id) in taken and h.spor != "fortryd"]
    became = {h.id: after for h in gone if (after := _successor(h, known))}
    before = {after: known[old] for old, after in became.items()}
    found: dict[UUID, Rettelse] = {}
    for h in known.values():
        if h.id not in became and h.spor != "fortryd":
            told = _taken(h, taken) or _changed(h, before)
            if told:
                found[h.id] = told
    return found


def lines(haendelser: Iterable[Haendelse], navne: Navn) -> list[Linje]:
    """Every thing that was logged, by `t_ms`, `nr`, `id`; what moved or was put in again only where it is now."""
    events = list(haendelser)
    done = rettelser(events)
    standing = {h.id for h in measures.effective(events)}
    start, end = measures.start_end(events)
    return [
        Linje(h, navne(h.spor, h.kode), h.id in standing, not start <= h.t_ms <= end, done.get(h.id))
        for h in sorted(events, key=lambda h: (h.t_ms, h.nr, h.id.int))
        if h.spor != "fortryd" and (h.id in standing or h.id in done)
    ]


def _successor(h: Haendelse, known: dict[UUID, Haendelse]) -> UUID | None:
    return next((made for made in (id_of_move(h.id), id_of_return(h.id)) if made in known), None)


def _taken(h: Haendelse, taken: dict[str, UUID]) -> Rettelse | None:
    by = taken.get(str(h.id))
    if by is None:
        return None
    return Rettelse("taget_tilbage" if by == id_of_fortryd(h.id) else "fortrudt")


def _changed(h: Haendelse, before: dict[UUID, Haendelse]) -> Rettelse | None:
    """What a standing event went through since it was first logged."""
    first = h
    while first.id in before:
        first = before[first.id]
    if is_added(first.id):
        return Rettelse("tilfoejet")
    if first.t_ms != h.t_ms:
        return Rettelse("flyttet", first.t_ms)
    return Rettelse("sat_ind") if h.id in before and h.id == id_of_return(before[h.id].id) else None

"""What the clients know of each log: what they have tried to store, and what the server has answered for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from threading import Lock
from typing import Any
from uuid import UUID

EVENTS_OF_A_SAMTALE = 600
WAITING = 24
BATCH = 16
OLD_ONES = 3
KINDS = (
    ("taler", "medarbejder"),
    ("taler", "borger"),
    ("faerdighed", "k_tid"),
    ("faerdighed", "k_formaal"),
    ("ugu", "undersoeg"),
    ("note", "Du spurgte, og du ventede på svaret – æøå"),
)

Event = tuple[int, int, str, str]
"""nr, t_ms, spor, kode."""


@dataclass
class Log:
    """One kontrakt's events as its observer's devices know them. Safe to share between threads."""

    kontrakt_id: UUID
    last: bool = False
    startet_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())
    attempted: dict[UUID, Event] = field(default_factory=dict)
    acked: list[UUID] = field(default_factory=list)
    waiting: set[UUID] = field(default_factory=set)
    _lock: Any = field(default_factory=Lock)

    def draw(self, chance: Random, *, new_ones: bool) -> dict[str, Any]:
        """A batch: some of what waits, some of what was answered for long ago, some twice, all shuffled.

        Empty when nothing waits. What is drawn stands as attempted before it is sent.
        """
        with self._lock:
            while new_ones and len(self.waiting) < WAITING and not self._full():
                self._tap(chance)
            ids = chance.sample(sorted(self.waiting), min(BATCH, len(self.waiting)))
            if ids and self.acked:
                ids += chance.choices(self.acked, k=OLD_ONES)
            ids += chance.choices(ids, k=2) if ids else []
            chance.shuffle(ids)
            events = [self._as_json(id_) for id_ in ids]
        return {"startet_at": self.startet_at, "haendelser": events}

    def settle(self, gemt: list[str]) -> None:
        """The server has answered for these: they wait no more."""
        with self._lock:
            for id_ in map(UUID, gemt):
                if id_ in self.waiting:
                    self.waiting.remove(id_)
                    self.acked.append(id_)

    @property
    def done(self) -> bool:
        """Whether the samtale is over and all of it answered for."""
        with self._lock:
            return self._full() and not self.waiting

    def _full(self) -> bool:
        return not self.last and len(self.attempted) >= EVENTS_OF_A_SAMTALE

    def _tap(self, chance: Random) -> None:
        nr = len(self.attempted)
        id_ = UUID(int=chance.getrandbits(128), version=4)
        self.attempted[id_] = (nr, nr * 400, *chance.choice(KINDS))
        self.waiting.add(id_)

    def _as_json(self, id_: UUID) -> dict[str, Any]:
        nr, t_ms, spor, kode = self.attempted[id_]
        return {"id": str(id_), "nr": nr, "t_ms": t_ms, "spor": spor, "kode": kode}


@dataclass
class Book:
    """One observer's logs, recorded one after the other on two devices at once."""

    email: str
    logs: list[Log]

    def current(self) -> Log:
        """The log that is recorded now: the first that is not done; the last one has no end."""
        return next(log for log in self.logs if not log.done)

    def waiting(self) -> int:
        """How many events nobody has answered for."""
        return sum(len(log.waiting) for log in self.logs)


def open_book(email: str, kontrakter: tuple[UUID, ...]) -> Book:
    """A log per kontrakt, with nothing in them."""
    logs = [Log(kontrakt_id) for kontrakt_id in kontrakter]
    logs[-1].last = True
    return Book(email, logs)

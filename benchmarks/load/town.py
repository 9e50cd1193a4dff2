"""Everybody who takes part in a run: signed in, with their kontrakter, and something for the readers to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from sqlalchemy import text

from ..durability.checker import Findings, check
from ..durability.databases import Installation, installation
from ..durability.scene import Observer, make_scene
from ..durability.server import Server
from ..durability.several import Several
from ..recorder_page import twelve_kendetegn, wait_until_it_answers
from .devices import Reader, Recorder
from .doors import all_in
from .memory import Memory
from .session import Answers, Session

LOG_TO_READ = 240
SET_UP_WITHIN_S = 300
MOST_CONNECTIONS = 900
"""Of more, no device stays connected between requests: a thousand tablets speak to a proxy, which does not keep a
connection for each."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many take part, how many kontrakter each recorder has, and on what: processes beyond one stand behind a proxy
    on one database."""

    recorders: int
    readers: int
    kontrakter: int = 1
    engine: str = "sqlite"
    processes: int = 1


@dataclass
class Town:
    """A running server and the people. recorders: one per recorder and kontrakt, the first kontrakt of all first."""

    made: Installation
    server: Server | Several
    answers: Answers
    memory: Memory
    recorders: list[Recorder]
    readers: list[Reader]
    told: list[Recorder]
    """The samtaler that the readers read."""

    set_up_s: float

    def check(self) -> Findings:
        """Stop the server and compare what was answered for with what the database holds."""
        self.memory.stop()
        self.server.end()
        return check(self.made, [one.log for one in [*self.recorders, *self.told]])

    def refused(self) -> int:
        """Single events that were refused, in conflict or put aside."""
        return sum(one.refused for one in [*self.recorders, *self.told])


@contextmanager
def town(size: Size, seed: int) -> Iterator[Town]:
    """`with town(Size(200, 20), seed) as made`: everybody signed in by the form, on the product's own server."""
    begun = monotonic()
    with installation(size.engine) as made:
        everybody = size.recorders + size.readers
        scene = make_scene(
            made, observers=everybody, kontrakter=size.kontrakter, kendetegn=twelve_kendetegn()
        )
        server = Several(made, size.processes) if size.processes > 1 else Server(made)
        answers = Answers()
        server.start()
        memory = Memory(server.ports)
        try:
            wait_until_it_answers(server.port)
            stay = everybody <= MOST_CONNECTIONS
            sessions = [Session(server.port, answers, stays=stay) for _ in scene]
            all_in(made, scene, sessions)
            recorders, told = _recorders(scene, sessions, size, seed)
            readers = _readers(made, told, sessions[size.recorders :])
            answers.times.clear()
            answers.statuses.clear()
            memory.start()
            set_up_s = round(monotonic() - begun, 1)
            yield Town(made, server, answers, memory, recorders, readers, told, set_up_s)
        finally:
            server.end()


def _recorders(
    scene: list[Observer], sessions: list[Session], size: Size, seed: int
) -> tuple[list[Recorder], list[Recorder]]:
    pairs = list(zip(scene, sessions, strict=True))
    recorders = [
        Recorder(session, observer.kontrakter[nth], seed * 10_000 + nth * 1000 + nr)
        for nth in range(size.kontrakter)
        for nr, (observer, session) in enumerate(pairs[: size.recorders])
    ]
    told = [
        Recorder(session, observer.kontrakter[0], seed * 10_000 + 9000 + nr)
        for nr, (observer, session) in enumerate(pairs[size.recorders :])
    ]
    return recorders, told


def _readers(made: Installation, told: list[Recorder], sessions: list[Session]) -> list[Reader]:
    engine = made.engine()
    with engine.connect() as connection:
        team_id = UUID(str(connection.scalar(text("SELECT id FROM team"))))
    engine.dispose()
    for one in told:
        one.tap(LOG_TO_READ)
        one.send_all("set-up", due=monotonic(), until=monotonic() + SET_UP_WITHIN_S)
        one.end()
    return [Reader(session, one.observation_id, team_id) for one, session in zip(told, sessions, strict=True)]

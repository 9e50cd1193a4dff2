"""Everybody who takes part in a run: signed in, with their kontrakter, and something for the readers to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import UUID

from sqlalchemy import text

from ..durability.checker import Findings, check
from ..durability.databases import Installation, installation
from ..durability.scene import Observer, make_scene
from ..durability.server import Server
from ..recorder_page import twelve_kendetegn, wait_until_it_answers
from .devices import Reader, Recorder
from .memory import Memory
from .session import Answers, Session

AT_ONCE = 4
LOG_TO_READ = 240
SET_UP_WITHIN_S = 300


@dataclass(frozen=True, slots=True)
class Size:
    """How many take part, and how many kontrakter each recorder has."""

    recorders: int
    readers: int
    kontrakter: int = 1


@dataclass
class Town:
    """A running server and the people. recorders: one per recorder and kontrakt, the first kontrakt of all first."""

    made: Installation
    server: Server
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
        self.server.kill()
        return check(self.made, [one.log for one in [*self.recorders, *self.told]])

    def refused(self) -> int:
        """Single events that were refused, in conflict or put aside."""
        return sum(one.refused for one in [*self.recorders, *self.told])


@contextmanager
def town(size: Size, seed: int) -> Iterator[Town]:
    """`with town(Size(200, 20), seed) as made`: everybody signed in by the form, on the product's own server."""
    begun = monotonic()
    with installation("sqlite") as made:
        everybody = size.recorders + size.readers
        scene = make_scene(
            made, observers=everybody, kontrakter=size.kontrakter, kendetegn=twelve_kendetegn()
        )
        server, answers = Server(made), Answers()
        server.start()
        memory = Memory(server.port)
        try:
            wait_until_it_answers(server.port)
            sessions = [Session(server.port, answers) for _ in scene]
            in_parallel(_sign_in, zip(sessions, scene, strict=True))
            recorders, told = _recorders(scene, sessions, size, seed)
            readers = _readers(made, told, sessions[size.recorders :])
            answers.times.clear()
            answers.statuses.clear()
            memory.start()
            set_up_s = round(monotonic() - begun, 1)
            yield Town(made, server, answers, memory, recorders, readers, told, set_up_s)
        finally:
            server.kill()


def in_parallel(work: Callable[[Any], None], all_of_them: Iterable[Any], at_once: int = AT_ONCE) -> None:
    """Do it for all of them, some at a time. Raises what the first that failed raised."""
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(work, all_of_them))


def _sign_in(one: tuple[Session, Observer]) -> None:
    session, observer = one
    session.sign_in(observer.email)


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

"""What the devices do: a recorder sends its ticks, a reader turns the pages."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from ..durability.logs import Log
from ..recorder_page import twelve_kendetegn
from .session import Session

BATCH = 100
"""As many as the recorder sends at a time."""

FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 300.0
"""Between tries that got no answer: twice as long each time, as the product's script does."""

AT_MOST_LATER = 1.5
"""Who is told to wait waits so long, or up to this many times longer, as the product's script does."""
KODER = twelve_kendetegn()


class Recorder:
    """One observer's log and the device that sends it."""

    def __init__(self, session: Session, kontrakt_id: UUID, seed: int) -> None:
        self.log = Log(kontrakt_id, last=True)
        self._session, self._chance = session, Random(seed)
        self._path = f"/api/kontrakter/{kontrakt_id}"
        self._waiting: list[UUID] = []
        self.refused = 0
        self.stored_after_ms: list[float] = []
        """From when a batch was first due until the server had all that waited then."""

        self.observation_id = ""

    def tap(self, ticks: int) -> None:
        """So many ticks, one each second of the samtale; they stand as attempted from now on."""
        for nr in range(len(self.log.attempted), len(self.log.attempted) + ticks):
            id_ = UUID(int=self._chance.getrandbits(128), version=4)
            kind = ("faerdighed", KODER[nr % len(KODER)]) if nr else ("ur", "start")
            self.log.attempted[id_] = (nr, nr * 1000, *kind)
            self._waiting.append(id_)

    @property
    def waiting(self) -> int:
        """How many events have not been answered for."""
        return len(self._waiting)

    def send(self, kind: str, *, due: float, at_most: int = BATCH) -> bool:
        """One batch of what waits, the oldest first. Whether it was answered for."""
        ids = self._waiting[:at_most]
        body = {"startet_at": self.log.startet_at, "haendelser": [self._as_json(id_) for id_ in ids]}
        answer = self._session.post(kind, f"{self._path}/haendelser", body, due=due)
        if answer is None:
            return False
        stored = {UUID(id_) for id_ in answer["gemt"]}
        self.refused += len(answer["afvist"]) + len(answer["konflikt"]) + len(answer["karantaene"])
        self.observation_id = answer["observation"]
        self.log.acked += [id_ for id_ in ids if id_ in stored]
        self._waiting = [id_ for id_ in self._waiting if id_ not in stored]
        return True

    def send_all(self, kind: str, *, due: float, at_most: int = BATCH, until: float) -> None:
        """Batch after batch until nothing waits, or the time is up; after one that was not stored, the pause that the
        product's own script makes: as told, or longer each time when nothing was told."""
        first, without_an_answer_s = due, FIRST_WAIT_S
        while self._waiting and monotonic() < until:
            if self.send(kind, due=due, at_most=at_most):
                without_an_answer_s = FIRST_WAIT_S
            elif told_s := self._session.told_to_wait_s:
                sleep(told_s * self._chance.uniform(1, AT_MOST_LATER))
            else:
                sleep(without_an_answer_s)
                without_an_answer_s = min(without_an_answer_s * 2, LONGEST_WAIT_S)
            due = monotonic()
        if not self._waiting:
            self.stored_after_ms.append((monotonic() - first) * 1000)

    def end(self) -> None:
        """End the samtale, so that its timeline can be read."""
        self._session.post("end", f"{self._path}/afslut", {}, due=monotonic())

    def _as_json(self, id_: UUID) -> dict[str, Any]:
        nr, t_ms, spor, kode = self.log.attempted[id_]
        return {"id": str(id_), "nr": nr, "t_ms": t_ms, "spor": spor, "kode": kode}


class Reader:
    """Somebody who reads: I dag, Samtaler, a timeline and the team's page in turn."""

    def __init__(self, session: Session, observation_id: str, team_id: UUID) -> None:
        self._session = session
        self._pages = (
            ("page: I dag", "/"),
            ("page: Samtaler", "/samtaler"),
            ("page: a timeline", f"/observationer/{observation_id}"),
            ("page: the team", f"/overblik/team/{team_id}"),
        )
        self._next = 0

    def turn(self, *, due: float) -> None:
        """The next page."""
        kind, path = self._pages[self._next % len(self._pages)]
        self._next += 1
        self._session.get(kind, path, due=due)


class Beat(Thread):
    """Does something again and again, at times of its own, until told to stop.

    work: takes when it was due, and for how many beats it stands. gap_s: between two beginnings, drawn anew each time;
    the first comes within the longest. When one takes longer than the gap, the next is late, and its time runs from
    when it was due; where it `gathers`, those that came due meanwhile are done as one.
    """

    def __init__(
        self,
        work: Callable[[float, int], None],
        gap_s: tuple[float, float],
        seed: int,
        stop: Event,
        *,
        gathers: bool = False,
    ) -> None:
        super().__init__(daemon=True)
        self._work, self._gap_s, self._stop_it, self._gathers = work, gap_s, stop, gathers
        self._chance = Random(seed)

    def run(self) -> None:
        """Until told to stop."""
        due = monotonic() + self._chance.uniform(0, self._gap_s[1])
        while not self._stop_it.wait(max(0.0, due - monotonic())):
            first, beats = due, 1
            due += self._chance.uniform(*self._gap_s)
            while self._gathers and due <= monotonic():
                beats += 1
                due += self._chance.uniform(*self._gap_s)
            self._work(first, beats)

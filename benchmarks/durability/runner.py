"""A run: four devices send while the server is killed and started again, and then the books are compared."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from benchmarks.versions import versions

from .checker import Findings, check
from .clients import Client, Pulse, sign_in_when_up
from .databases import Installation, installation
from .logs import Book, open_book
from .planted import spoil_database
from .scene import make_scene
from .server import Server
from .several import Several

OBSERVERS = 2
DEVICES_EACH = 2
"""Two devices of the same observer send the same events at the same moment."""
ALIVE_S = (0.020, 0.250)
"""How long a started server lives after its first answer."""
START_WITHIN_S = 60
DRAIN_WITHIN_S = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run. seconds: no more kills after that."""

    engine: str
    kills: int
    seconds: float
    bug: str = ""
    seed: int = 1
    processes: int = 1


@dataclass(frozen=True, slots=True)
class Killing:
    """How the killing went. in_flight: kills that hit at least one unanswered batch; seconds: without the set-up."""

    kills: int
    in_flight: int
    seconds: float


def run(plan: Plan) -> tuple[dict[str, Any], list[str]]:
    """Run the plan in an installation of its own. Returns the result to keep, and what is wrong (empty: passed)."""
    with installation(plan.engine) as made:
        kontrakter = 3 + plan.kills // 5
        observers = make_scene(made, observers=OBSERVERS, kontrakter=kontrakter)
        spoil_database(made, plan.bug)
        server = Server(made, plan.bug) if plan.processes == 1 else Several(made, plan.processes, plan.bug)
        books = [open_book(observer.email, observer.kontrakter) for observer in observers]
        try:
            killing, counts = _kill_and_drain(plan, server, books)
        finally:
            server.end()
        findings = check(made, [log for book in books for log in book.logs])
        idle = plan.processes - sum(number > 0 for number in server.served) if server.served else 0
        problems = [*findings.problems(), *_run_problems(plan, killing, counts)]
        problems += [f"processes that answered nothing: {idle}"] if idle else []
        return _result(plan, made, killing, findings, counts, problems, server.served), problems


def _kill_and_drain(plan: Plan, server: Server | Several, books: list[Book]) -> tuple[Killing, Counter[str]]:
    pulse = Pulse()
    clients = [
        Client(book, server.port, plan.seed * 100 + nr, pulse)
        for nr, book in enumerate(book for book in books for _ in range(DEVICES_EACH))
    ]
    server.start()
    if not sign_in_when_up(clients, START_WITHIN_S):
        raise RuntimeError(f"the server does not answer: {server.last_words()}")
    for client in clients:
        client.start()
    killing = _kill_often(plan, server, clients, pulse)
    if not all(client.is_alive() for client in clients):
        raise RuntimeError("a device stopped by itself; its own words stand above")
    for client in clients:
        client.draining.set()
    for client in clients:
        client.join(DRAIN_WITHIN_S)
    return killing, sum((client.counts for client in clients), Counter())


def _kill_often(plan: Plan, server: Server | Several, clients: list[Client], pulse: Pulse) -> Killing:
    """Leaves a running server behind."""
    chance = Random(plan.seed)
    begun = time.monotonic()
    kills = in_flight = 0
    while kills < plan.kills and time.monotonic() - begun < plan.seconds:
        if not pulse.wait(START_WITHIN_S):
            raise RuntimeError(f"no batch was answered: {server.last_words()}")
        time.sleep(chance.uniform(*ALIVE_S))
        in_flight += any(client.in_flight for client in clients)
        server.kill()
        kills += 1
        pulse.next_server()
        server.start()
    return Killing(kills, in_flight, round(time.monotonic() - begun, 1))


def _run_problems(plan: Plan, killing: Killing, counts: Counter[str]) -> list[str]:
    """What is wrong with the answers, or makes the run say too little."""
    statuses = [status for status in counts if status.isdecimal() and status not in ("200", "503")]
    problems = [f"replies with status {status}: {counts[status]}" for status in sorted(statuses)]
    if counts["refused"]:
        problems.append(f"refused: {counts['refused']}")
    if killing.kills < plan.kills:
        problems.append(f"only {killing.kills} of {plan.kills} kills in {plan.seconds:.0f} seconds")
    if killing.in_flight * 2 < killing.kills:
        problems.append(f"only {killing.in_flight} of {killing.kills} kills hit a batch on its way")
    return problems


def _result(
    plan: Plan,
    made: Installation,
    killing: Killing,
    findings: Findings,
    counts: Counter[str],
    problems: list[str],
    served: list[int],
) -> dict[str, Any]:
    return {
        "what": "B1: the server killed with SIGKILL while four devices send",
        "plan": asdict(plan),
        "passed": not problems,
        "problems": problems,
        "killing": asdict(killing),
        "findings": asdict(findings),
        "replies": dict(sorted(counts.items())),
        "answered_by_process": served,
        "versions": {**versions(), plan.engine: made.database_version()},
    }

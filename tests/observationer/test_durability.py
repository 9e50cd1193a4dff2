"""The durability checks of `benchmarks/durability`: they pass on the product, and they see the bugs planted for them.

Every run starts and kills a real server: two short ones each time, the other engine, the planted bugs and as many kills
as was promised with `-m soak`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from supervision import HOUSE

sys.path.insert(0, str(HOUSE))

from benchmarks.durability.checker import Findings, compare
from benchmarks.durability.fsync import Syncs, read_trace
from benchmarks.durability.logs import Log

KONTRAKT, OTHER = UUID(int=1), UUID(int=2)
A, B, C, D = (UUID(int=nr) for nr in range(10, 14))
TAPS = {A: (0, 0, "taler", "borger"), B: (1, 400, "note", "æ"), C: (2, 800, "taler", "medarbejder")}


def row(id_: UUID, *, kontrakt: UUID = KONTRAKT, kode: str | None = None) -> tuple[Any, ...]:
    nr, t_ms, spor, given = TAPS.get(id_, (9, 9, "note", "?"))
    return (kontrakt, id_, nr, t_ms, spor, given if kode is None else kode)


def found(*stored: tuple[Any, ...], begun_in_part: int = 0, integrity: str = "ok") -> Findings:
    """A and B were answered for; C was only sent."""
    log = Log(KONTRAKT, attempted=dict(TAPS), acked=[A, B], waiting={C})
    return compare([log], list(stored), begun_in_part=begun_in_part, integrity=integrity)


def test_all_that_was_answered_for_is_there_once() -> None:
    findings = found(row(A), row(B), row(C))
    assert findings.problems() == []
    assert (findings.attempted, findings.acked, findings.stored) == (3, 2, 3)


@pytest.mark.parametrize(
    ("findings", "problems"),
    [
        (found(row(A), row(C)), ["lost: 1"]),
        (found(row(A), row(B)), ["undelivered: 1"]),
        (found(row(A), row(B), row(C), row(D)), ["unexpected: 1"]),
        (found(row(A), row(B), row(B), row(B), row(C)), ["doubled: 2"]),
        (found(row(A), row(B, kode="e"), row(C)), ["changed: 1"]),
        (found(row(A), row(B, kontrakt=OTHER), row(C)), ["lost: 1", "unexpected: 1"]),
        (found(row(A), row(B), row(C), begun_in_part=1), ["begun_in_part: 1"]),
        (found(row(A), row(B), row(C), integrity="row 3 missing"), ["integrity: row 3 missing"]),
    ],
)
def test_whatever_is_wrong_is_named(findings: Findings, problems: list[str]) -> None:
    assert findings.problems() == problems


REPLY = '7  writev(9<socket:[1]>, [{iov_base="HTTP/1.1 200 OK\\r\\ncontent-type: application/json"'


@pytest.mark.parametrize(
    ("lines", "counted"),
    [
        (["8  fdatasync(5</x/supervision.db-wal>) = 0", REPLY], Syncs(1, 0, 1)),
        (["8  fdatasync(5</x/supervision.db-wal>) = 0", REPLY, REPLY], Syncs(2, 1, 1)),
        (
            ["8  fsync(5</x/supervision.db> <unfinished ...>", "8  <... fsync resumed>) = 0", REPLY],
            Syncs(1, 0, 1),
        ),
        (
            ["8  fsync(5</x/supervision.db> <unfinished ...>", REPLY, "8  <... fsync resumed>) = 0"],
            Syncs(1, 1, 1),
        ),
        (["8  fdatasync(5</x/supervision.db-wal>) = -1 EIO (Input/output error)", REPLY], Syncs(1, 1, 0)),
        (["8  fdatasync(5</x/another.file>) = 0", REPLY], Syncs(1, 1, 0)),
        ([REPLY.replace("json", "html")], Syncs(0, 0, 0)),
    ],
)
def test_a_reply_before_its_sync_is_seen_in_a_trace(lines: list[str], counted: Syncs) -> None:
    assert read_trace(lines) == counted


def measured(module: str, *arguments: str) -> tuple[int, dict[str, Any]]:
    """(exit code, result) of the command as anybody runs it."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr[-2000:]
    return done.returncode, json.loads(done.stdout)


@pytest.mark.gate("B1")
@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    "engine",
    [pytest.param("sqlite", marks=pytest.mark.wide), pytest.param("postgres", marks=pytest.mark.soak)],
)
def test_nothing_is_lost_or_doubled_when_the_server_is_killed(
    engine: str, record_property: Callable[[str, object], None]
) -> None:
    code, result = measured("benchmarks.durability", "--engine", engine, "--kills", "5")
    assert (code, result["problems"]) == (0, [])
    assert result["killing"]["kills"] == 5
    assert result["findings"]["acked"] >= 100
    record_property("figure", figure(engine, result))


def figure(engine: str, result: dict[str, Any]) -> str:
    """What a run found, in a line."""
    found = result["findings"]
    return (
        f"{engine}: {result['killing']['kills']} kills, {found['acked']} acked, {found['lost']} lost, "
        f"{found['doubled']} doubled, {found['unexpected']} unexpected"
    )


@pytest.mark.soak
@pytest.mark.gate("B1")
@pytest.mark.timeout(600)
def test_two_processes_behind_a_proxy_lose_nothing(record_property: Callable[[str, object], None]) -> None:
    """Either may be killed, or both; the devices are answered by whichever has its turn."""
    words = ("--engine", "postgres", "--processes", "2", "--kills", "8")
    code, result = measured("benchmarks.durability", *words)
    assert (code, result["problems"]) == (0, [])
    assert len(result["answered_by_process"]) == 2
    assert min(result["answered_by_process"]) > 50
    record_property("figure", figure("postgres, two processes", result))


@pytest.mark.soak
@pytest.mark.timeout(240)
@pytest.mark.parametrize(("bug", "what"), [("answer-before-commit", "lost"), ("no-unique-id", "doubled")])
@pytest.mark.gate("B1")
@pytest.mark.planted("B1")
def test_a_planted_bug_is_seen(bug: str, what: str) -> None:
    code, result = measured("benchmarks.durability", "--kills", "5", "--bug", bug)
    assert code == 1
    assert result["findings"][what] > 0
    assert all(problem.startswith(what) for problem in result["problems"])


@pytest.mark.gate("B2")
@pytest.mark.timeout(240)
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize(
    ("bug", "code"),
    [pytest.param("", 0, marks=pytest.mark.wide), pytest.param("no-sync", 1, marks=pytest.mark.soak)],
)
@pytest.mark.planted("B2")
def test_no_reply_leaves_before_its_sync(bug: str, code: int) -> None:
    planted = ["--bug", bug] if bug else []
    assert measured("benchmarks.durability.fsync", "--batches", "20", *planted)[0] == code


@pytest.mark.soak
@pytest.mark.gate("B1")
@pytest.mark.timeout(2400)
@pytest.mark.parametrize(("engine", "kills", "acked"), [("sqlite", 200, 20_000), ("postgres", 100, 5_000)])
def test_as_often_as_was_promised(engine: str, kills: int, acked: int) -> None:
    code, result = measured("benchmarks.durability", "--engine", engine, "--kills", str(kills))
    assert (code, result["problems"]) == (0, [])
    assert result["findings"]["acked"] >= acked

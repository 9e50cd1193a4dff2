"""`python -m benchmarks.durability.fsync`: no reply leaves before its batch is synced to disk (SQLite, by strace).

A kill cannot show a missing sync, since what was written lives on in the page cache; the system calls can.
Exit 0: none left early. 1: some did, or none was seen. 2: strace is not installed.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.versions import versions

from .__main__ import RESULTS
from .clients import Client, Pulse, sign_in_when_up
from .databases import Installation, installation
from .logs import open_book
from .runner import START_WITHIN_S
from .scene import make_scene
from .server import Server

CALLS = "trace=fsync,fdatasync,sendto,sendmsg,write,writev"
SYNC = re.compile(r"^(\d+) +f(?:data)?sync\([^)]*supervision\.db.*?(<unfinished|= 0)")
SYNC_ENDS = re.compile(r"^(\d+) +<\.\.\. f(?:data)?sync resumed>.*= 0")
REPLY = re.compile(r"^\d+ +(?:sendto|sendmsg|write|writev)\(.*HTTP/1\.1 200.*application/json")


@dataclass(frozen=True, slots=True)
class Syncs:
    """replies: to batches; early: those with no finished sync since the reply before; syncs: finished in all."""

    replies: int
    early: int
    syncs: int


def read_trace(lines: Iterable[str]) -> Syncs:
    """Count in the trace of batches that were sent one at a time, each with something new in it."""
    replies = early = syncs = since = 0
    begun: set[str] = set()
    for line in lines:
        sync = SYNC.match(line)
        ends = SYNC_ENDS.match(line)
        if sync and sync[2] == "<unfinished":
            begun.add(sync[1])
        elif sync or (ends and ends[1] in begun):
            syncs, since = syncs + 1, since + 1
        elif REPLY.match(line):
            replies, early, since = replies + 1, early + (since == 0), 0
    return Syncs(replies, early, syncs)


def trace(batches: int, bug: str = "") -> tuple[Syncs, dict[str, str]]:
    """Send the batches one at a time to a server under strace. Returns the counts, and what they were made with."""
    with installation("sqlite") as made:
        observer = make_scene(made, observers=1, kontrakter=1)[0]
        book = open_book(observer.email, observer.kontrakter)
        written = made.settings.instance_path / "trace"
        options = ("-f", "-I2", "-y", "-s", "400", "-e", CALLS, "-o", str(written))
        server = Server(made, bug, ("strace", *options))
        client = Client(book, server.port, 1, Pulse(), discarding=0)
        try:
            server.start()
            if not sign_in_when_up([client], START_WITHIN_S):
                raise RuntimeError(f"the server does not answer: {server.last_words()}")
            for _ in range(batches):
                client.send(book.current(), book.current().draw(Random(), new_ones=True))
            server.stop()
        finally:
            server.kill()
        return _read(written), _made_with(made)


def main() -> int:
    """Trace, print the result as JSON, and keep it with `--save`."""
    chosen = _parser().parse_args()
    if shutil.which("strace") is None:
        print("strace is not installed, so the syncs cannot be seen.", file=sys.stderr)
        return 2
    syncs, made_with = trace(chosen.batches, chosen.bug)
    passed = syncs.early == 0 and syncs.replies == chosen.batches
    result: dict[str, Any] = {
        "what": "B2: a finished sync of the SQLite files before every reply to a batch, by strace",
        "plan": {"batches": chosen.batches, "bug": chosen.bug},
        "passed": passed,
        "findings": asdict(syncs),
        "versions": made_with,
    }
    written = json.dumps(result, indent=2, ensure_ascii=False)
    print(written)
    if chosen.save:
        name = "-".join(filter(None, ("fsync", chosen.bug)))
        (RESULTS / f"{name}.json").write_text(written + "\n", encoding="utf-8")
    return 0 if passed else 1


def _read(written: Path) -> Syncs:
    with written.open(encoding="utf-8", errors="replace") as lines:
        return read_trace(lines)


def _made_with(made: Installation) -> dict[str, str]:
    return {**versions(), "sqlite": made.database_version()}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.durability.fsync", description=__doc__)
    parser.add_argument("--batches", type=int, default=50)
    parser.add_argument(
        "--bug", choices=("no-sync",), default="", help="a server that must make the check fail"
    )
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    return parser


if __name__ == "__main__":
    sys.exit(main())

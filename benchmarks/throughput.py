"""`python -m benchmarks.throughput`: durable batches a second at fifty connections (Y2), and on a slower disk (Y3).

The product's own server is asked for spells of a few seconds, beside an empty POST, a naive ORM endpoint and a bare
batch with a commit a request on the same kind of server (`bare_server`), in random order. With `--slow-disk` every sync
takes 5 ms more (`slow_sync.c`, by LD_PRELOAD; exit 2 where there is no C compiler), beside the product without.

The fifty ask again as soon as they are answered, each for a person of their own, from one thread of this process.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

from supervision import HOUSE, create_app

from .bare_server import BareServer
from .durability.databases import Installation, installation
from .durability.scene import Observer, make_scene
from .durability.server import Server
from .figures import percentile, ratio_of
from .generator import Told, ask_for, request_of
from .recorder_page import twelve_kendetegn, wait_until_it_answers
from .report import end_with
from .tick_cpu import Client, batches

CONNECTIONS = 50
LOGS = 6
ROUNDS = 8
SPELL_S = 2.0
SHARE, OF_NAIVE, TAIL = 0.40, 10.0, 3.5
SLOW_SHARE, OF_COMMITS = 0.45, 6.0
SOURCE = HOUSE / "benchmarks" / "slow_sync.c"
Asks = list[Callable[[], bytes]]


def measure(rounds: int, seed: int, *, slow: bool) -> dict[str, Any]:
    """Spell after spell of every case, in random order."""
    chance = Random(seed)
    spells: dict[str, list[Told]] = {}
    with ExitStack() as stack:
        made = stack.enter_context(installation("sqlite"))
        cases = {
            name: _case(stack, made, name, slow=name.endswith("slow"), seed=seed) for name in _names(slow)
        }
        for port, asks in cases.values():
            ask_for(SPELL_S / 2, port, asks)
        for _ in range(rounds):
            for name in chance.sample(list(cases), len(cases)):
                spells.setdefault(name, []).append(ask_for(SPELL_S, *cases[name]))
        locked = made.log_file.read_text(errors="replace").count("locked")
    return {**summed(spells, chance), "locked": locked}


def _names(slow: bool) -> tuple[str, ...]:
    if slow:
        return ("product", "product slow", "commit a request slow")
    return ("product", "empty", "empty again", "naive", "commit a request")


def _case(stack: ExitStack, made: Installation, name: str, *, slow: bool, seed: int) -> tuple[int, Asks]:
    """A server of its own, and what its fifty connections ask. Two products have a database each."""
    prefix = ("env", f"LD_PRELOAD={stack.enter_context(_shim())}") if slow else ()
    if name.startswith("product"):
        mine = stack.enter_context(installation("sqlite"))
        scene = make_scene(mine, observers=CONNECTIONS, kontrakter=LOGS, kendetegn=twelve_kendetegn())
        asks = _of_the_product(mine, scene, seed)
        server = Server(mine, prefix=prefix)
    else:
        folder = made.settings.instance_path / name.replace(" ", "-")
        folder.mkdir(parents=True)
        asks = _of_the_bare(name, seed)
        server = BareServer(made, folder, prefix)
    server.start()
    stack.callback(server.kill)
    wait_until_it_answers(server.port)
    return server.port, asks


def _of_the_product(made: Installation, scene: list[Observer], seed: int) -> Asks:
    app = create_app(made.settings)
    asks: Asks = []
    with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
        for nr, observer in enumerate(scene):
            client = Client(app)
            client.sign_in(observer.email)
            waiting = batches(observer.kontrakter, Random(seed * 1000 + nr))
            asks.append(partial(_next_of_a_log, waiting, client.cookie))
    return asks


def _next_of_a_log(waiting: Iterator[tuple[str, bytes]], cookie: str) -> bytes:
    path, body = next(waiting)
    return request_of(path, body, cookie)


def _of_the_bare(name: str, seed: int) -> Asks:
    if name.startswith("empty"):
        return [lambda: request_of("/tom", b"")] * CONNECTIONS
    path = "/orm" if name == "naive" else "/raa"
    asks: Asks = []
    for nr in range(CONNECTIONS):
        asks.append(partial(_next_bare, path, _endless(Random(seed * 1000 + nr))))
    return asks


def _next_bare(path: str, waiting: Iterator[tuple[str, bytes]]) -> bytes:
    address, body = next(waiting)
    return request_of(f"{path}/{address.split('/')[3]}", body)


def _endless(chance: Random) -> Iterator[tuple[str, bytes]]:
    while True:
        yield from batches((UUID(int=chance.getrandbits(128), version=4),), chance)


@contextmanager
def _shim() -> Iterator[Path]:
    """The library that makes each sync take longer. Ends the command where it cannot be made."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        print("There is no C compiler on this machine.", file=sys.stderr)
        sys.exit(2)
    with tempfile.TemporaryDirectory(prefix="slow-sync-") as folder:
        made = Path(folder) / "slow_sync.so"
        subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", made, SOURCE, "-ldl"], check=True)
        yield made


def summed(spells: dict[str, list[Told]], chance: Random) -> dict[str, Any]:
    """Each case's rate, percentiles and answers that were not 2xx, and the product's rate as a share of the others."""
    found: dict[str, Any] = {}
    for name, told in spells.items():
        times = [seconds for one in told for seconds in one.times]
        p50, p99 = percentile(times, 0.5) * 1000, percentile(times, 0.99) * 1000
        found[name] = {
            "a_second": round(median(one.rate for one in told), 1),
            "p50_ms": round(p50, 1),
            "p99_ms": round(p99, 1),
            "tail": round(p99 / p50, 2),
            "not_2xx": sum(
                n for one in told for status, n in one.statuses.items() if not 200 <= status < 300
            ),
        }
    rates = {name: [one.rate for one in told] for name, told in spells.items()}
    return {"cases": found, "shares": _shares(rates, chance)}


def _shares(rates: dict[str, list[float]], chance: Random) -> dict[str, Any]:
    wanted = {
        "of the empty POST": ("product", "empty"),
        "of the naive endpoint": ("product", "naive"),
        "of a bare commit a request": ("product", "commit a request"),
        "slow, of its own rate": ("product slow", "product"),
        "slow, of a commit a request": ("product slow", "commit a request slow"),
        "same against itself": ("empty again", "empty"),
    }
    return {
        words: ratio_of(rates[over], rates[under], chance)
        for words, (over, under) in wanted.items()
        if over in rates and under in rates
    }


def judge(found: dict[str, Any]) -> list[str]:
    """What breaks Y2 or Y3; empty when nothing does. A share is broken when its whole interval is under the goal."""
    goals = {
        "of the empty POST": SHARE,
        "of the naive endpoint": OF_NAIVE,
        "slow, of its own rate": SLOW_SHARE,
        "slow, of a commit a request": OF_COMMITS,
    }
    problems = [
        f"{words}: {share['ratio']} ×, under {goals[words]}"
        for words, share in found["shares"].items()
        if words in goals and share["interval"][1] < goals[words]
    ]
    product = found["cases"]["product"]
    if "empty" in found["cases"] and product["tail"] > TAIL:
        problems.append(f"p99 is {product['tail']} × p50, over {TAIL}")
    problems += [
        f"{name}: {one['not_2xx']} not 2xx" for name, one in found["cases"].items() if one["not_2xx"]
    ]
    return problems + ([f"{found['locked']} times locked"] if found["locked"] else [])


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--slow-disk", action="store_true", help="each sync takes 5 ms more (Y3)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    chosen = parser.parse_args()
    found = measure(chosen.rounds, chosen.seed, slow=chosen.slow_disk)
    return end_with(
        "throughput-slow-disk" if chosen.slow_disk else "throughput",
        "Y3: the same with 5 ms more a sync"
        if chosen.slow_disk
        else "Y2: durable batches at fifty connections",
        plan={"rounds": chosen.rounds, "spell_s": SPELL_S, "connections": CONNECTIONS, "seed": chosen.seed},
        findings=found,
        problems=judge(found),
        save=chosen.save,
    )


if __name__ == "__main__":
    sys.exit(main())

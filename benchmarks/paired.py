"""The paired runner: blocks of each case and of the floor in random order, CPU and wall, ratios of neighbouring blocks.

Absolute times swing by two from run to run on a shared machine, so a promise is a ratio inside one run. The floor runs
twice in each round: its ratio to itself says whether the machine was quiet enough for the others to be a result.
"""

from __future__ import annotations

import argparse
import gc
import resource
import time
from collections.abc import Callable, Mapping
from random import Random
from statistics import median
from typing import Any

from .figures import ratio_of
from .report import end_with

BLOCKS = 30
QUIET = (0.97, 1.03)
"""The floor against itself: outside it the run is no result."""

FLOOR, AGAIN = "floor", "floor again"
Block = tuple[Callable[[], object], int]
"""What does one block's work, and how often it does its thing in it."""

Spent = dict[str, list[tuple[float, float]]]
"""Case -> for each block the CPU seconds and the wall seconds of doing its thing once."""


def run_paired(
    cases: Mapping[str, Block],
    floor: Block,
    *,
    blocks: int = BLOCKS,
    seed: int = 1,
    children: bool = False,
) -> Spent:
    """So many rounds, each with one block of every case and two of the floor, in random order.

    Each is done once before anything counts. children: the work is done by child processes that have ended when the
    function returns, and theirs is the CPU that counts.
    """
    chance = Random(seed)
    everything = {**cases, FLOOR: floor, AGAIN: floor}
    spent: Spent = {name: [] for name in everything}
    for do, _ in everything.values():
        do()
    for _ in range(blocks):
        for name in chance.sample(list(everything), len(everything)):
            do, times = everything[name]
            gc.collect()
            began, cpu = time.perf_counter(), _cpu(children)
            do()
            spent[name].append(((_cpu(children) - cpu) / times, (time.perf_counter() - began) / times))
    return spent


def _cpu(children: bool) -> float:
    if not children:
        return time.process_time()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def summed(spent: Spent, *, seed: int = 1) -> dict[str, Any]:
    """The CPU and wall ratios of each case to the floor, and the milliseconds of each; the floor to itself."""
    chance = Random(seed)
    cpu = {name: [one[0] for one in blocks] for name, blocks in spent.items()}
    wall = {name: [one[1] for one in blocks] for name, blocks in spent.items()}
    return {
        "same_against_itself": ratio_of(cpu[AGAIN], cpu[FLOOR], chance),
        **{
            name: {
                "cpu_ms": round(median(cpu[name]) * 1000, 3),
                "wall_ms": round(median(wall[name]) * 1000, 3),
                "cpu": ratio_of(cpu[name], cpu[FLOOR], chance),
                "wall": ratio_of(wall[name], wall[FLOOR], chance),
            }
            for name in spent
            if name != AGAIN
        },
    }


def too_noisy(found: Mapping[str, Any]) -> list[str]:
    """One line when the floor differs from itself; empty when the run is a result."""
    same = found["same_against_itself"]["ratio"]
    if QUIET[0] <= same <= QUIET[1]:
        return []
    return [f"too noisy: the floor is {same} × itself, outside {QUIET[0]}-{QUIET[1]}"]


def past(words: str, ratio: Mapping[str, Any], limit: float) -> list[str]:
    """One line when the whole interval of a ratio is past its limit."""
    if ratio["interval"][0] <= limit:
        return []
    return [f"{words}: {ratio['ratio']} × ({ratio['interval'][0]}-{ratio['interval'][1]}), over {limit}"]


def main_of(
    module: str,
    what: str,
    *,
    about: str | None,
    measure: Callable[[int, int], dict[str, Any]],
    judge: Callable[[dict[str, Any]], list[str]],
    plan: Mapping[str, Any] = {},
) -> int:
    """The command of a paired measurement: measure, print the result as JSON, keep it with `--save`. The exit code.

    module: its name in `benchmarks`; measure: of (rounds, seed); about: what `--help` says of it.
    """
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{module}", description=about)
    parser.add_argument("--blocks", type=int, default=BLOCKS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    chosen = parser.parse_args()
    found = measure(chosen.blocks, chosen.seed)
    return end_with(
        module.replace("_", "-"),
        what,
        plan={"blocks": chosen.blocks, "seed": chosen.seed, **plan},
        findings=found,
        problems=judge(found),
        save=chosen.save,
    )

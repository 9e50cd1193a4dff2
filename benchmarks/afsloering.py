"""`python -m benchmarks.afsloering`: whom published figures expose, by our rules and by ways that look safe.

200 generated organisations (three teams of 3-12, two quarters, 0-3 samtaler a person and quarter). A person is
exposed when a linear combination of what may be had holds that person's samtaler and nothing else; a group of 2-4 of
one team is isolated likewise (tried in the first 40 organisations). The test is exact, in whole numbers modulo a prime.
Each way is a list of figures with weights; ours is what `supervision.overblik.rules` lets through. Exit 0 when ours
exposes nobody, also to an insider who knows their own figures, and a plain threshold does.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Any, cast

from supervision.overblik import rules
from supervision.overblik.rules.revision import Raekke, reducer, staar_alene

from .report import end_with

SEED = 20261122
ORGANISATIONS = 200
GROUPS_TRIED = 40
WEEKS = 13
QUARTERS = 2
K = 5

Kolonne = tuple[int, int]
"""(person, week): what the person's samtaler of that week were."""
Figure = dict[Kolonne, int]


@dataclass(frozen=True)
class Town:
    """teams: persons. held: (person, week) -> samtaler."""

    teams: list[list[int]]
    held: Counter[Kolonne]

    def of(self, persons: list[int], weeks: range) -> Figure:
        """The figure over these persons and weeks."""
        return {(p, w): self.held[p, w] for p in persons for w in weeks if self.held[p, w]}


def town(chance: Random) -> Town:
    """One organisation."""
    sizes = [chance.randint(3, 12) for _ in range(3)]
    people = iter(range(sum(sizes)))
    teams = [[next(people) for _ in range(size)] for size in sizes]
    held: Counter[Kolonne] = Counter()
    for person in range(sum(sizes)):
        for quarter in range(QUARTERS):
            for _ in range(chance.randint(0, 3)):
                held[person, quarter * WEEKS + chance.randrange(WEEKS)] += 1
    return Town(teams, held)


def persons(figure: Figure) -> set[int]:
    """Who is in it."""
    return {person for person, _ in figure}


def five_samtaler(where: Town) -> Iterator[Figure]:
    """Five samtaler are enough, and any run of weeks may be asked for."""
    yield from (f for f in _runs(where) if sum(f.values()) >= K)


def five_persons(where: Town) -> Iterator[Figure]:
    """Five persons are enough, and any run of weeks may be asked for."""
    yield from (f for f in _runs(where) if len(persons(f)) >= K)


def rolling(where: Town) -> Iterator[Figure]:
    """Five persons, the last thirteen weeks, drawn anew each week."""
    for team in where.teams:
        for end in range(WEEKS, QUARTERS * WEEKS + 1):
            figure = where.of(team, range(end - WEEKS, end))
            if len(persons(figure)) >= K:
                yield figure


def with_totals(where: Town) -> Iterator[Figure]:
    """Five persons, fixed quarters, and a total over all teams, the hidden ones too."""
    for weeks in _quarters():
        yield from (f for team in where.teams if len(persons(f := where.of(team, weeks))) >= K)
        everybody = [p for team in where.teams for p in team]
        if len(persons(figure := where.of(everybody, weeks))) >= K:
            yield figure


def half_years(where: Town) -> Iterator[Figure]:
    """Five persons, fixed quarters, and the half year beside them."""
    for weeks in [*_quarters(), range(QUARTERS * WEEKS)]:
        yield from (f for team in where.teams if len(persons(f := where.of(team, weeks))) >= K)


@dataclass(frozen=True)
class Tal:
    """A figure as the product's rules ask for it."""

    hvem: frozenset[int]
    weeks: range
    samlet: bool = False
    billede: str = "taletid"
    kode: str = "borger"
    samtaletype: str | None = None


def ours(where: Town, kendte: frozenset[int] = frozenset()) -> Iterator[Figure]:
    """Fixed quarters, teams from five persons, the total over the shown ones, minus what R7 keeps from the viewer."""
    for weeks in _quarters():
        groups = [frozenset(persons(where.of(team, weeks))) for team in where.teams]
        shown = [Tal(who, weeks) for who in groups if rules.r3_vises(len(who))]
        if len(shown) > 1:
            shown.append(Tal(frozenset().union(*(t.hvem for t in shown)), weeks, samlet=True))
        for tal in rules.r7_viste(shown, kendte):  # type: ignore[type-var, arg-type]
            yield where.of(sorted(tal.hvem), weeks)


WAYS: dict[str, Callable[[Town], Iterator[Figure]]] = {
    "five samtaler, any weeks": five_samtaler,
    "five persons, any weeks": five_persons,
    "five persons, rolling thirteen weeks": rolling,
    "quarters, and a total over all": with_totals,
    "quarters, and half years": half_years,
    "ours": ours,
}


def measure(organisations: int, groups_tried: int) -> dict[str, Any]:
    """Way -> persons exposed, to an outsider and to one insider; organisations with a group isolated; figures shown."""
    chance = Random(SEED)
    towns = [town(chance) for _ in range(organisations)]
    return {name: _measure(way, towns, groups_tried) for name, way in WAYS.items()}


def _measure(way: Callable[[Town], Iterator[Figure]], towns: list[Town], groups_tried: int) -> dict[str, Any]:
    found: Counter[str] = Counter()
    for nr, where in enumerate(towns):
        figures = list(way(where))
        found["figures"] += len(figures)
        found["persons"] += (total := sum(map(len, where.teams)))
        basis = reducer(cast(list[Raekke], figures))
        found["exposed"] += sum(_alone(basis, [person]) for person in range(total))
        insider = nr % total
        seen = list(ours(where, frozenset({insider}))) if way is ours else figures
        left = reducer({k: v for k, v in figure.items() if k[0] != insider} for figure in seen)
        found["exposed to an insider"] += sum(_alone(left, [p]) for p in range(total) if p != insider)
        if nr < groups_tried:
            found["organisations with a group isolated"] += _any_group(basis, where)
            found["the same for an insider"] += _any_group(left, where)
    return dict(found)


def _any_group(basis: dict[Any, dict[Any, int]], where: Town) -> bool:
    return any(
        _alone(basis, group)
        for team in where.teams
        for size in range(2, 5)
        for group in combinations(team, size)
    )


def _alone(basis: dict[Any, dict[Any, int]], group: Any) -> bool:
    wanted = set(group)
    return staar_alene(basis, frozenset(k for k in _columns(basis) if k[0] in wanted))


def _columns(basis: dict[Any, dict[Any, int]]) -> set[Any]:
    return {kolonne for row in basis.values() for kolonne in row}


def _runs(where: Town) -> Iterator[Figure]:
    for team in where.teams:
        for begin, end in combinations(range(QUARTERS * WEEKS + 1), 2):
            yield where.of(team, range(begin, end))


def _quarters() -> list[range]:
    return [range(q * WEEKS, (q + 1) * WEEKS) for q in range(QUARTERS)]


def problems(found: dict[str, Any]) -> list[str]:
    """What speaks against our way, or against the measurement."""
    bad = [f"ours: {k} {v}" for k, v in found["ours"].items() if k not in ("figures", "persons") and v]
    if not found["five persons, any weeks"]["exposed"]:
        bad.append("the plain threshold exposed nobody: the measurement sees nothing")
    if not found["quarters, and a total over all"]["organisations with a group isolated"]:
        bad.append("a total over all isolated no group: the measurement sees nothing")
    return bad


def main() -> int:
    """Print (and with --save store) the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=ORGANISATIONS)
    parser.add_argument("--save", action="store_true", help="write results/afsloering.json")
    asked = parser.parse_args()
    tried = min(GROUPS_TRIED, asked.organisations)
    found = measure(asked.organisations, tried)
    plan = {"seed": SEED, "organisations": asked.organisations, "groups tried in": tried, "k": K}
    return end_with(
        "afsloering",
        "whom published figures expose",
        plan=plan,
        findings=found,
        problems=problems(found),
        save=asked.save,
    )


if __name__ == "__main__":
    sys.exit(main())

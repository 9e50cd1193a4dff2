"""Who attends whose samtaler in a round: a proposal that the facilitator looks at, changes and saves.

Weighed in this order: nobody is with the one they were with last; the two have a half-day together; they come from
different houses, where that is wanted; they have been together seldom. Chance, the same each time for the same
word (`froe`), decides between what is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from random import Random
from typing import Final
from uuid import UUID

from supervision.problems import RuleBroken

EXACT_UP_TO: Final = 12
"""So many are matched in the best way there is; a larger group by exchanges until none makes it better."""

_AGAIN, _TIME, _ACROSS, _BEFORE, _CHANCE = 10**11, 10**8, 10**6, 2_000, 40
"""What each counts. One of a kind outweighs all of the next for `grupper.MAX_MEDLEMMER` people."""

Gruppering = tuple[UUID, ...]
"""Two, or three in a ring: each is observed by the next, and the last by the first."""


@dataclass(frozen=True, slots=True)
class Kandidat:
    """Somebody to be matched. hus: their organisation. tider: codes of half-days; None: they have not said."""

    id: UUID
    hus: UUID
    tider: frozenset[str] | None = None


def foreslaa_par(
    kandidater: Iterable[Kandidat],
    *,
    tidligere: Sequence[Iterable[Collection[UUID]]] = (),
    paa_tvaers: bool = False,
    froe: str = "",
) -> list[Gruppering]:
    """Everybody in one pair; an odd number has one group of three. The same answer whatever order they come in.

    tidligere: the groupings of the rounds before, the last first. Raises RuleBroken for fewer than two people.
    """
    people = sorted(kandidater, key=lambda one: one.id)
    if len(people) < 2:
        raise RuleBroken("Der skal være mindst to medlemmer, før der kan dannes par.")
    weights = _weights(people, tidligere, paa_tvaers=paa_tvaers, froe=froe)
    found = _best(weights, len(people)) if len(people) <= EXACT_UP_TO else _exchanged(weights, len(people))
    groups = [tuple(people[place].id for place in places) for places in found]
    Random(froe).shuffle(groups)
    return [_turned(group, froe) for group in groups]


def retninger(gruppe: Gruppering) -> list[tuple[UUID, UUID]]:
    """(fokusperson, observatør) for each visit: two for a pair, three for a ring."""
    return [(one, gruppe[(place + 1) % len(gruppe)]) for place, one in enumerate(gruppe)]


def check_par(grupper: Sequence[Sequence[UUID]], medlemmer: Collection[UUID]) -> None:
    """Each group is two or three members, and nobody is in two. Somebody may be left out. Raises RuleBroken.

    The problem's field is `par-{place}`.
    """
    seen: set[UUID] = set()
    for place, gruppe in enumerate(grupper):
        where = f"par-{place}"
        if len(gruppe) < 2:
            raise RuleBroken("Et par er mindst to. Vælg en til, eller lad parret stå tomt.", where)
        if len(gruppe) > 3:
            raise RuleBroken("Der kan højst være tre sammen.", where)
        if not set(gruppe) <= set(medlemmer):
            raise RuleBroken("En af dem er ikke længere med i gruppen. Vælg en anden.", where)
        if len(set(gruppe)) < len(gruppe) or seen & set(gruppe):
            raise RuleBroken("En af dem står to steder. Vælg hver person én gang.", where)
        seen |= set(gruppe)


def has_common_time(one: Kandidat, other: Kandidat) -> bool:
    """Whether the two have a half-day together; somebody who has not said can always."""
    return one.tider is None or other.tider is None or bool(one.tider & other.tider)


Weights = dict[tuple[int, int], int]
"""By (place, later place) among the sorted people."""


def _weights(
    people: Sequence[Kandidat],
    tidligere: Sequence[Iterable[Collection[UUID]]],
    *,
    paa_tvaers: bool,
    froe: str,
) -> Weights:
    rounds = [{frozenset(two) for gruppe in one for two in combinations(gruppe, 2)} for one in tidligere]
    chance = Random(f"par:{froe}")
    found: Weights = {}
    for (a, one), (b, other) in combinations(enumerate(people), 2):
        together = frozenset((one.id, other.id))
        weight = chance.randrange(_CHANCE)
        weight -= _BEFORE * sum(together in earlier for earlier in rounds[1:5])
        weight += _ACROSS * (paa_tvaers and one.hus != other.hus)
        weight += _TIME * has_common_time(one, other)
        weight -= _AGAIN * bool(rounds and together in rounds[0])
        found[a, b] = weight
    return found


def _weight(weights: Weights, places: Sequence[int]) -> int:
    return sum(weights[two] for two in combinations(sorted(places), 2))


def _best(weights: Weights, n: int) -> list[tuple[int, ...]]:
    """The best of all, by what is best for the rest when the first is placed; subsets are bits of a number."""

    @cache
    def rest(left: int) -> tuple[int, tuple[tuple[int, ...], ...]]:
        if not left:
            return 0, ()
        places = [place for place in range(n) if left >> place & 1]
        first, others = places[0], places[1:]
        sizes = (1, 2) if len(places) % 2 else (1,)
        options = []
        for group in ((first, *more) for size in sizes for more in combinations(others, size)):
            remaining = left & ~sum(1 << place for place in group)
            if remaining.bit_count() != 1:
                weight, groups = rest(remaining)
                options.append((_weight(weights, group) + weight, (group, *groups)))
        return max(options)

    return list(rest((1 << n) - 1)[1])


def _exchanged(weights: Weights, n: int) -> list[tuple[int, ...]]:
    """The heaviest pairs first, then every two groups divided anew as long as that makes them heavier together."""
    groups = _greedy(weights, n)
    better = True
    while better:
        better = False
        for a, b in combinations(range(len(groups)), 2):
            before = _weight(weights, groups[a]) + _weight(weights, groups[b])
            weight, one, other = max(
                (_weight(weights, part) + _weight(weights, rest), part, rest)
                for part, rest in _divided(groups[a] + groups[b])
            )
            if weight > before:
                groups[a], groups[b], better = one, other, True
    return groups


def _greedy(weights: Weights, n: int) -> list[tuple[int, ...]]:
    left, groups = set(range(n)), []
    for two in sorted(weights, key=lambda two: (-weights[two], two)):
        if len(left) > 3 and left >= set(two):
            groups.append(two)
            left -= set(two)
    return [*groups, tuple(sorted(left))]


def _divided(places: Sequence[int]) -> Iterable[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Every way to make two of a group of four, or two and three of five."""
    for part in combinations(places, 2):
        yield part, tuple(place for place in places if place not in part)


def _turned(gruppe: Gruppering, froe: str) -> Gruppering:
    """The way round a ring, and who stands first, by chance."""
    people = sorted(gruppe)
    Random(f"{froe}:{people}").shuffle(people)
    return tuple(people)

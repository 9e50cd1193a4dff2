"""How far several observers of the same samtale agree: kappa for states, matching for points.

A state track is sampled at the middle of every step (`trin`) from 0 up to the earliest end; a moment that lies
exactly on the end is outside. No running state is a category of its own (""). Time is raw: pauses are not taken out.

- Cohen (1960), A coefficient of agreement for nominal scales: two observers.
- Fleiss (1971), Measuring nominal scale agreement among many raters: three or more.

Where chance agreement is 1, kappa is not defined and is None. Everything is counted in whole numbers until the one
division, so that equal logs give exactly 1. The cost follows the number of events, not the length of the step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, Final, TypedDict

from supervision.observationer import measures
from supervision.observationer.rules import PUNKTSPOR, Haendelse

TRIN_MS: Final = 1000
TOLERANCE_MS: Final = 2000
FROM_THREE: Final = 3
"""From how many observers there is a Fleiss' kappa."""
DECIMALER: Final = 4

Units = list[tuple[tuple[str, ...], int]]
"""What the observers had at the same time, one code each, and in how many sampled moments."""


class ParTal(TypedDict):
    """Two observers on one state track: the share of moments with the same code, and Cohen's kappa."""

    enighed: float | None
    kappa: float | None


class PunktTal(TypedDict):
    """Two observers' points: how many each has, how many are matched, and 2·faelles / (a + b)."""

    a: int
    b: int
    faelles: int
    enighed: float | None


class PunktPar(PunktTal):
    """All codes together, matched code by code; and each code."""

    koder: dict[str, PunktTal]


@dataclass(frozen=True, slots=True)
class Enighed:
    """The agreement on a state track. enheder: how many moments were sampled; par: by the observers' places.

    fleiss: None with fewer than three observers, and where it is not defined.
    """

    enheder: int
    par: dict[tuple[int, int], ParTal]
    fleiss: float | None


def agreement_lines(
    together: Mapping[str, Mapping[str, list[Haendelse]]],
    spor: str,
    *,
    trin: int = TRIN_MS,
    tolerance: int = TOLERANCE_MS,
) -> Iterator[dict[str, Any]]:
    """One line of `supervision enighed` per observation; together: observation -> observatør -> events.

    States: observation, enheder (sampled moments), par {"a-b": ParTal}, and fleiss from three observers.
    Points: observation, enheder (events in all), par {"a-b": PunktPar}.
    """
    for observation, logs in together.items():
        names, events = list(logs), list(logs.values())
        if spor in PUNKTSPOR:
            yield _point_line(observation, names, events, spor, tolerance)
            continue
        found = state_agreement(events, spor, trin)
        line: dict[str, Any] = {"observation": observation, "enheder": found.enheder}
        line["par"] = {f"{names[a]}-{names[b]}": numbers for (a, b), numbers in found.par.items()}
        yield {**line, "fleiss": found.fleiss} if len(names) >= FROM_THREE else line


def state_agreement(logs: Sequence[Iterable[Haendelse]], spor: str, trin: int = TRIN_MS) -> Enighed:
    """The agreement on a state track of these logs, each one observer's. Raises ValueError for a step below 1 ms."""
    units = sample(logs, spor, trin)
    return Enighed(
        enheder=sum(number for _, number in units),
        par={(a, b): pair(units, a, b) for a, b in combinations(range(len(logs)), 2)},
        fleiss=fleiss_kappa(units) if len(logs) >= FROM_THREE else None,
    )


def point_agreement(
    a: Iterable[Haendelse], b: Iterable[Haendelse], spor: str, tolerance: int = TOLERANCE_MS
) -> PunktPar:
    """Two logs' points of a track, matched per code, one to one, in time order, within `tolerance` ms."""
    ours, theirs = times_by_code(a, spor), times_by_code(b, spor)
    koder = {
        kode: _points(ours.get(kode, []), theirs.get(kode, []), tolerance)
        for kode in sorted(ours.keys() | theirs.keys())
    }
    a_all, b_all, both = (sum(one[key] for one in koder.values()) for key in ("a", "b", "faelles"))
    return PunktPar(a=a_all, b=b_all, faelles=both, enighed=_dice(a_all, b_all, both), koder=koder)


def times_by_code(log: Iterable[Haendelse], spor: str) -> dict[str, list[int]]:
    """The times of a log's points that count, by code, each in order."""
    found: dict[str, list[int]] = {}
    for point in measures.points(log, spor):
        found.setdefault(point.kode, []).append(point.t_ms)
    return found


def match(a: Sequence[int], b: Sequence[int], tolerance: int = TOLERANCE_MS) -> list[tuple[int, int]]:
    """Pairs of places in two rising lists of times, at most `tolerance` apart: as many as there can be."""
    found, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if abs(a[i] - b[j]) <= tolerance:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif a[i] < b[j]:
            i += 1
        else:
            j += 1
    return found


def sample(logs: Sequence[Iterable[Haendelse]], spor: str, trin: int = TRIN_MS) -> Units:
    """What the observers had together in the sampled moments; the moments between two changes are one entry."""
    if trin < 1:
        raise ValueError(trin)
    whole = [list(log) for log in logs]
    end = min((measures.start_end(log)[1] for log in whole), default=0)
    last = _moments_before(end, trin)
    tracks = [dict(_changes(log, spor, trin)) for log in whole]
    cuts = sorted({0, last, *(at for track in tracks for at in track if at < last)})
    now, units = [""] * len(whole), Units()
    for fra, til in pairwise(cuts):
        now = [track.get(fra, kode) for track, kode in zip(tracks, now, strict=True)]
        units.append((tuple(now), til - fra))
    return units


def pair(units: Units, a: int, b: int) -> ParTal:
    """Raw agreement and Cohen's kappa of the observers in two places."""
    both: Counter[tuple[str, str]] = Counter()
    for codes, number in units:
        both[codes[a], codes[b]] += number
    return cohen(both)


def cohen(both: Mapping[tuple[str, str], int]) -> ParTal:
    """From a table of how often the two had which codes. None where there is nothing, or chance agreement is 1."""
    n = sum(both.values())
    if n == 0:
        return ParTal(enighed=None, kappa=None)
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for (one, other), number in both.items():
        ours[one] += number
        theirs[other] += number
    agreed = sum(number for (one, other), number in both.items() if one == other)
    chance = sum(number * theirs[kode] for kode, number in ours.items())
    return ParTal(enighed=_rounded(agreed, n), kappa=_kappa(n * agreed, chance, n * n))


def fleiss_kappa(units: Units) -> float | None:
    """Over all observers, the same number in each unit, at least two. None where it is not defined."""
    n = sum(number for _, number in units)
    if n == 0 or len(units[0][0]) < 2:
        return None
    observers = len(units[0][0])
    totals: Counter[str] = Counter()
    squares = 0
    for codes, number in units:
        here = Counter(codes)
        squares += number * (sum(times * times for times in here.values()) - observers)
        for kode, times in here.items():
            totals[kode] += number * times
    ratings = n * observers
    chance = sum(total * total for total in totals.values())
    # P = squares / (n·m·(m-1)) and Pe = chance / (n·m)²: over the common denominator (n·m)²·(m-1).
    return _kappa(squares * ratings, chance * (observers - 1), ratings * ratings * (observers - 1))


def _moments_before(t_ms: int, trin: int) -> int:
    """How many middles of steps lie before `t_ms`; so also the number of the first that does not."""
    return max(0, -((trin - 2 * t_ms) // (2 * trin)))


def _changes(log: list[Haendelse], spor: str, trin: int) -> Iterator[tuple[int, str]]:
    """(number of the first sampled moment, the code from there on); a later one for the same moment counts."""
    for kode, fra, til in measures.intervals(log, spor):
        first, after = _moments_before(fra, trin), _moments_before(til, trin)
        if first < after:
            yield first, kode
            yield after, ""


def _point_line(
    observation: str, names: list[str], events: list[list[Haendelse]], spor: str, tolerance: int
) -> dict[str, Any]:
    return {
        "observation": observation,
        "enheder": sum(len(measures.points(log, spor)) for log in events),
        "par": {
            f"{names[a]}-{names[b]}": point_agreement(events[a], events[b], spor, tolerance)
            for a, b in combinations(range(len(events)), 2)
        },
    }


def _points(a: list[int], b: list[int], tolerance: int) -> PunktTal:
    both = len(match(a, b, tolerance))
    return PunktTal(a=len(a), b=len(b), faelles=both, enighed=_dice(len(a), len(b), both))


def _dice(a: int, b: int, both: int) -> float | None:
    return _rounded(2 * both, a + b) if a + b else None


def _kappa(observed: int, chance: int, whole: int) -> float | None:
    """(po - pe) / (1 - pe), all three over the same denominator `whole`."""
    return None if chance == whole else _rounded(observed - chance, whole - chance)


def _rounded(part: int, whole: int) -> float:
    return round(part / whole, DECIMALER) + 0.0

"""Numbers of one log to numbers that can be averaged, and how sure an average of few samtaler is.

Shares are 0–1; None is "says nothing about it". Every interval is for 95 %: of a hundred samples drawn at random, the
true figure lies outside about five. How they are made:

- `mean_interval`: Student's t interval of a mean.
- `ratio_interval`: sum over sum, each samtale a cluster; linearised variance and t with n - 1 degrees of freedom
  (Cochran, Sampling Techniques, 3rd ed. 1977, 2.11 and 6.3).
- `median_interval`: the order statistics of the sign test (Conover, Practical Nonparametric Statistics, 3rd ed. 1999,
  3.2); it assumes no shape, which a longest turn does not have.
- `difference_interval`: Welch's t interval of the difference of two means, degrees of freedom rounded down.

Where all values are alike there is nothing to judge the uncertainty by: the interval has no ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import atan, comb, cos, floor, inf, pi, sin, sqrt
from statistics import fmean, median, variance
from typing import Final

LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure of n values with the ends of its 95 % interval; both None when the values are all alike."""

    n: int
    tal: float
    fra: float | None
    til: float | None


def share_of(ms: Mapping[str, int], parts: Collection[str]) -> dict[str, float]:
    """Each part's share of the time that all the parts have; {} when they have none.

    ms: milliseconds per part; a part that is not there has 0.
    """
    total = sum(ms.get(part, 0) for part in parts)
    return {part: ms.get(part, 0) / total for part in parts} if total else {}


def framed_share(giv: float, indrammet: float) -> float | None:
    """How many of the G had a U before and after; None without any G."""
    return indrammet / giv if giv else None


def mean_of(values: Iterable[float | None]) -> float | None:
    """The mean of those that say something; None when none does."""
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def mean_interval(values: Sequence[float], *, lowest: float = -inf, highest: float = inf) -> Interval:
    """The mean of at least two values; its ends never lie outside what the figure can be."""
    middle = fmean(values)
    half = _half(sqrt(variance(values) / len(values)), len(values) - 1)
    return _interval(len(values), middle, half, lowest, highest)


def ratio_interval(parts: Sequence[float], wholes: Sequence[float]) -> Interval:
    """sum(parts) / sum(wholes), 0–1, of at least two pairs of which every whole is above 0."""
    ratio = sum(parts) / sum(wholes)
    n = len(wholes)
    spread = sum((part - ratio * whole) ** 2 for part, whole in zip(parts, wholes, strict=True)) / (n - 1)
    half = _half(sqrt(spread / n) / fmean(wholes), n - 1)
    return _interval(n, ratio, half, 0.0, 1.0)


def median_interval(values: Sequence[float]) -> Interval:
    """The middle value of at least one, between two of the values themselves.

    With five the widest there is, lowest to highest, holds 93.75 %; from six on it is 95 % or more.
    """
    ordered = sorted(values)
    if ordered[0] == ordered[-1]:
        return Interval(len(ordered), ordered[0], None, None)
    left_out = _left_out(len(ordered))
    return Interval(len(ordered), median(ordered), ordered[left_out], ordered[-1 - left_out])


def difference_interval(before: Sequence[float], after: Sequence[float]) -> Interval:
    """mean(after) - mean(before), at least two of each. n: how many there are in all."""
    found = [variance(values) / len(values) for values in (before, after)]
    spread = sum(found)
    n = len(before) + len(after)
    difference = fmean(after) - fmean(before)
    if spread == 0:
        return Interval(n, difference, None, None)
    freedom = spread**2 / (found[0] ** 2 / (len(before) - 1) + found[1] ** 2 / (len(after) - 1))
    half = _half(sqrt(spread), max(1, floor(freedom + 1e-9)))
    return _interval(n, difference, half, -inf, inf)


def t_quantile(freedom: int, level: float = LEVEL) -> float:
    """Student's t that holds `level` between its two signs. freedom: whole, at least 1."""
    low, high = 0.0, 1.0
    while t_between(high, freedom) < level:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_between(middle, freedom) < level else (low, middle)
    return high


def t_between(t: float, freedom: int) -> float:
    """The probability that Student's t lies between -t and t.

    The finite sums of Abramowitz & Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4.
    """
    theta = atan(t / sqrt(freedom))
    odd = freedom % 2
    term = cos(theta) if odd else 1.0
    total = term if freedom > 1 else 0.0
    for k in range(2 + odd, freedom - 1, 2):
        term *= cos(theta) ** 2 * (k - 1) / k
        total += term
    return 2 / pi * (theta + sin(theta) * total) if odd else sin(theta) * total


def _half(standard_error: float, freedom: int) -> float:
    return t_quantile(freedom) * standard_error


def _interval(n: int, middle: float, half: float, lowest: float, highest: float) -> Interval:
    if half < 1e-12:
        return Interval(n, middle, None, None)
    return Interval(n, middle, max(lowest, middle - half), min(highest, middle + half))


def _left_out(n: int) -> int:
    """How many values may be left out at each end with 95 % of the sign test still between."""
    outside, left_out = 0.0, 0
    while (outside := outside + comb(n, left_out) / 2**n) <= (1 - LEVEL) / 2:
        left_out += 1
    return max(0, left_out - 1)

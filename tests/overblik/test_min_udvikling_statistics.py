"""The mathematics of Min udvikling, held against printed tables and figures worked out by hand."""

from __future__ import annotations

from math import isclose, sqrt

import pytest

from supervision.overblik.statistics import (
    Interval,
    difference_interval,
    mean_interval,
    mean_of,
    median_interval,
    ratio_interval,
    t_between,
    t_quantile,
)

T_TABLE = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 7: 2.365, 9: 2.262, 30: 2.042, 120: 1.980}
"""Student's t, two-sided 95 %: Abramowitz & Stegun, table 26.10."""
SIGN_TABLE = {5: 1, 6: 1, 8: 1, 9: 2, 11: 2, 12: 3, 15: 4, 20: 6, 25: 8, 50: 18}
"""n -> which value from each end a 95 % interval of the median begins with: the usual printed table; at n = 5 no
interval reaches 95 %, and the widest is given."""


@pytest.mark.parametrize(("freedom", "printed"), T_TABLE.items())
def test_t_is_the_printed_one(freedom: int, printed: float) -> None:
    assert round(t_quantile(freedom), 3) == printed
    assert isclose(t_between(t_quantile(freedom), freedom), 0.95, abs_tol=1e-9)


def test_t_of_one_and_two_degrees_of_freedom_have_closed_forms() -> None:
    assert isclose(t_between(1.0, 1), 0.5)
    assert isclose(t_between(sqrt(2), 2), 1 / sqrt(2))
    assert t_between(0.0, 7) == 0.0


def test_a_mean_with_its_interval() -> None:
    """1–5: mean 3, variance 2.5, standard error sqrt(0.5), t 2.7764."""
    found = mean_interval([5, 1, 4, 2, 3])
    assert (found.n, found.tal) == (5, 3)
    assert found.fra is not None
    assert found.til is not None
    assert isclose(found.fra, 3 - 2.776445 * sqrt(0.5), abs_tol=1e-5)
    assert isclose(found.til, 3 + 2.776445 * sqrt(0.5), abs_tol=1e-5)


def test_a_share_is_never_said_to_lie_outside_0_and_1() -> None:
    found = mean_interval([0.0, 1.0, 0.0, 1.0, 1.0], lowest=0.0, highest=1.0)
    assert (found.fra, found.til) == (0.0, 1.0)


@pytest.mark.parametrize(
    "found",
    [
        mean_interval([0.3] * 6),
        ratio_interval([1, 2, 3, 1, 2], [2, 4, 6, 2, 4]),
        median_interval([7.0] * 5),
        difference_interval([0.1] * 5, [0.4] * 5),
    ],
)
def test_what_is_all_alike_has_no_ends(found: Interval) -> None:
    assert found.fra is None
    assert found.til is None


def test_a_ratio_counts_every_g_and_not_every_samtale() -> None:
    """6 of 10; residuals -.2 .8 .4 -.6 -.4, their squares 1.36 / 4 = .34; sqrt(.34 / 5) / 2 = .130384."""
    found = ratio_interval([1, 2, 1, 0, 2], [2, 2, 1, 1, 4])
    assert (found.n, found.tal) == (5, 0.6)
    assert found.fra is not None
    assert found.til is not None
    assert isclose(found.fra, 0.6 - 2.776445 * 0.1303840, abs_tol=1e-5)
    assert isclose(found.til, 0.6 + 2.776445 * 0.1303840, abs_tol=1e-5)


@pytest.mark.parametrize(("n", "rank"), SIGN_TABLE.items())
def test_a_median_lies_between_the_values_of_the_printed_table(n: int, rank: int) -> None:
    found = median_interval([float(value) for value in range(n, 0, -1)])
    assert found == Interval(n, (n + 1) / 2, float(rank), float(n + 1 - rank))


def test_a_difference_by_welch() -> None:
    """1–5 against 3–7: variances 2.5 and 2.5, standard error 1, 8 degrees of freedom, t 2.3060."""
    found = difference_interval([1, 2, 3, 4, 5], [3, 4, 5, 6, 7])
    assert (found.n, found.tal) == (10, 2)
    assert found.fra is not None
    assert found.til is not None
    assert isclose(found.fra, 2 - 2.306004, abs_tol=1e-5)
    assert isclose(found.til, 2 + 2.306004, abs_tol=1e-5)


def test_a_difference_of_unequal_spread_has_fewer_degrees_of_freedom() -> None:
    """Variances 2.5 and 0: (0.5)² / (0.5² / 4) = 4 degrees, t 2.7764 and a standard error of sqrt(0.5)."""
    found = difference_interval([1, 2, 3, 4, 5], [9, 9, 9, 9, 9])
    assert found.til is not None
    assert isclose(found.til - found.tal, 2.776445 * sqrt(0.5), abs_tol=1e-5)


def test_the_mean_of_two_logs_leaves_out_the_one_that_says_nothing() -> None:
    assert mean_of([0.4, None, 0.6]) == 0.5
    assert mean_of([None]) is None

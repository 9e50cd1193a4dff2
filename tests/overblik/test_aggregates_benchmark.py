"""The benchmark of figures from kept rows: what it would fail on, and that its country is the same each time."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any
from uuid import UUID

import pytest

from benchmarks.aggregates import by_team_and_month, growth, judge, same
from benchmarks.many_logs import pattern
from supervision.observationer.measures import maal
from supervision.observationer.rules import Haendelse

SMALL: dict[str, Any] = {
    "logs": 1000,
    "team_quarter": 10.0,
    "own_year": 5.0,
    "published_team": 5.0,
    "published_house": 5.0,
    "all_teams_by_month": 2.0,
    "plans_with_events": {"team_quarter": 0, "own_year": 0},
    "plans_of_the_control": 1,
    "duckdb": {"all_teams_by_month": 4.0, "same_figures": True},
    "rebuild": {"proved_equal": True, "cpu_ms_a_log": 2.0, "peak_mb": 100.0},
}
LARGE = deepcopy(SMALL) | {
    "logs": 100_000,
    "team_quarter": 14.0,
    "duckdb": {"all_teams_by_month": 9.0, "same_figures": True},
}


def test_it_passes_when_nothing_grows_and_all_is_equal() -> None:
    assert judge([SMALL, LARGE]) == []
    assert growth([SMALL, LARGE])["team_quarter"] == 1.4
    assert growth([SMALL]) == {}


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda found: found.update(team_quarter=15.1), "1.51 × as long"),
        (lambda found: found.update(published_house=9.1), "DuckDB's sum"),
        (lambda found: found["plans_with_events"].update(own_year=2), "2 plans of own_year name the events"),
        (lambda found: found.update(plans_of_the_control=0), "did not see the events"),
        (lambda found: found["rebuild"].update(proved_equal=False), "not what the events give"),
        (lambda found: found["rebuild"].update(peak_mb=111.0), "11.0 MB more"),
        (lambda found: found["duckdb"].update(same_figures=False), "other figures"),
    ],
)
def test_it_fails_on_each_thing_that_was_promised(spoil: Callable[[Any], None], words: str) -> None:
    found = deepcopy(LARGE)
    spoil(found)
    [problem] = judge([SMALL, found])
    assert words in problem


def test_figures_are_the_same_but_for_the_order_of_a_sum() -> None:
    id_ = UUID(int=7)
    ours = by_team_and_month([(id_, "2026-01", 0.1 + 0.2)])
    assert same(ours, by_team_and_month([(id_.hex, "2026-01", 0.3)]))
    assert not same(ours, by_team_and_month([(id_.hex, "2026-01", 0.301)]))
    assert not same(ours, by_team_and_month([(id_.hex, "2026-02", 0.3)]))


def test_a_made_up_samtale_has_all_the_kinds_of_figures_and_the_seed_decides_it() -> None:
    rows = pattern(Random(1), 240)
    assert len(rows) == 240
    assert rows == pattern(Random(1), 240) != pattern(Random(2), 240)
    found = maal(Haendelse(UUID(int=nr), *row) for nr, row in enumerate(rows))
    assert found["varighed_ms"] == 44 * 60_000
    assert [*found["faser"]] == ["afslutning", "emne", "kontrakt", "timeout"]
    assert found["ugu"]["giv"] == 3
    assert found["faerdigheder"]
    assert 0 < found["taletid_andel"]["medarbejder"] < 1

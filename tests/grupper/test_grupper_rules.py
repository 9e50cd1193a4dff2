"""Rounds, names and what a round asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest

from supervision.grupper import rules
from supervision.problems import RuleBroken


@dataclass
class Round:
    navn: str
    fra: date
    til: date


SPRING = Round("Foråret", date(2027, 2, 1), date(2027, 4, 30))
AUTUMN = Round("Efteråret", date(2027, 9, 1), date(2027, 11, 30))


@pytest.mark.parametrize(
    ("fra", "til", "field"),
    [
        (date(2027, 5, 1), date(2027, 8, 31), None),
        (date(2027, 5, 1), date(2027, 5, 1), "til"),
        (date(2027, 5, 2), date(2027, 5, 1), "til"),
        (date(2027, 12, 1), date(2028, 11, 30), None),
        (date(2027, 12, 1), date(2028, 12, 3), "til"),
        (date(1999, 12, 31), date(2000, 2, 1), "fra"),
        (date(2027, 4, 30), date(2027, 5, 30), "fra"),
        (date(2027, 5, 1), date(2027, 9, 1), "fra"),
        (date(2027, 1, 1), date(2027, 2, 1), "fra"),
        (date(2027, 3, 1), date(2027, 3, 2), "fra"),
        (date(2027, 1, 1), date(2027, 12, 24), "fra"),
    ],
)
def test_two_rounds_of_a_group_never_share_a_day(fra: date, til: date, field: str | None) -> None:
    if field is None:
        rules.check_periode(fra, til, [SPRING, AUTUMN])
        return
    with pytest.raises(RuleBroken) as problem:
        rules.check_periode(fra, til, [SPRING, AUTUMN])
    assert problem.value.field == field


def test_the_overlap_says_with_which_round() -> None:
    with pytest.raises(RuleBroken, match=r"»Foråret« \(1\.2\.2027–30\.4\.2027\)"):
        rules.check_periode(date(2027, 4, 1), date(2027, 6, 1), [SPRING])


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2027, 1, 1), SPRING),
        (date(2027, 2, 1), SPRING),
        (date(2027, 4, 30), SPRING),
        (date(2027, 5, 1), AUTUMN),
        (date(2027, 10, 1), AUTUMN),
        (date(2028, 1, 1), AUTUMN),
    ],
)
def test_the_running_round_is_shown_else_the_next_else_the_last(day: date, shown: Round) -> None:
    assert rules.find_runde_at_vise([AUTUMN, SPRING], day) is shown
    assert rules.find_runde_at_vise([], day) is None
    running = rules.find_runde_paa([AUTUMN, SPRING], day)
    assert running is (shown if shown.fra <= day <= shown.til else None)


def test_a_name_is_cleaned_and_must_be_there() -> None:
    assert rules.check_navn("  Det   nye hold ") == "Det nye hold"
    for bad in ("", "   ", "x" * 121):
        with pytest.raises(RuleBroken) as problem:
            rules.check_navn(bad)
        assert problem.value.field == "navn"


def test_nobody_is_in_a_group_twice() -> None:
    new, member, facilitator = uuid4(), uuid4(), uuid4()
    rules.check_can_join(new, facilitator, {member})
    for taken in (member, facilitator):
        with pytest.raises(RuleBroken):
            rules.check_can_join(taken, facilitator, {member})
    with pytest.raises(RuleBroken, match="højst have 60"):
        rules.check_can_join(new, facilitator, {uuid4() for _ in range(60)})


def test_only_received_points_are_shared_and_at_least_one() -> None:
    own = [uuid4(), uuid4()]
    rules.check_can_share(own[:1], own)
    for wrong in ([], [uuid4()], [*own, uuid4()]):
        with pytest.raises(RuleBroken):
            rules.check_can_share(wrong, own)


def test_recent_is_two_weeks() -> None:
    assert timedelta(days=14) == rules.NYLIGT

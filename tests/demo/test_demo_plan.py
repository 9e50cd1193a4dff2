"""The plan is pure: a longer one begins with the shorter, and everything lies on believable days."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from supervision import clock
from supervision.demo import scene, year
from supervision.demo.people import FIGURER, GRUPPER
from supervision.demo.workdays import easter, is_workday, monday_of, workdays_after

FIRST = date(2025, 10, 20)


def test_a_longer_plan_begins_with_the_shorter() -> None:
    short = {plan.key: plan for plan in year.list_forloeb(FIRST, FIRST + timedelta(weeks=30))}
    longer = {plan.key: plan for plan in year.list_forloeb(FIRST, FIRST + timedelta(weeks=70))}
    assert len(short) > 50
    assert {key: longer[key] for key in short} == short


def test_steps_come_in_order_and_on_the_day_agreed() -> None:
    for plan in year.list_forloeb(FIRST, FIRST + timedelta(weeks=60)):
        moments = [step.at for step in plan.skridt]
        assert moments == sorted(moments)
        before = [
            step.at for step in plan.skridt if step.verb in ("aftalt", "foerste_ja", "andet_ja", "trukket")
        ]
        assert max(before) < plan.starter
        assert is_workday(clock.local(plan.starter).date())
        assert time(8) <= clock.local(plan.starter).time() <= time(15)


def test_nobody_observes_themselves_or_another_house() -> None:
    hus = {figur.key: figur.hus for figur in FIGURER}
    for plan in year.list_forloeb(FIRST, FIRST + timedelta(weeks=60)):
        assert plan.fokusperson != plan.observatoer
        assert plan.supervision == (plan.observatoer == "inger")
        assert plan.supervision or hus[plan.fokusperson] == hus[plan.observatoer]


def test_every_closed_quarter_has_enough_in_two_teams_and_too_few_in_one() -> None:
    plans = year.list_forloeb(FIRST, FIRST + timedelta(weeks=120))
    for start in (date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1)):
        until = start + timedelta(days=90)
        counted = {
            gruppe.key: {
                plan.fokusperson
                for plan in plans
                if plan.fokusperson in gruppe.medlemmer
                and plan.observatoer != gruppe.facilitator
                and plan.slags != "oevelse"
                and any(step.verb == "sendt" for step in plan.skridt)
                and start <= clock.local(plan.starter).date() < until
            }
            for gruppe in GRUPPER
        }
        assert len(counted["job"]) >= 5, start
        assert len(counted["syge"]) >= 5, start
        assert len(counted["dagpenge"]) < 5, start


def test_on_any_day_of_a_week_its_matters_are_open() -> None:
    for days in range(21):
        today = date(2026, 12, 14) + timedelta(days=days)
        until = clock.from_local(today, time(0))
        done = {
            plan.key.split(":")[0]: {step.verb for step in plan.skridt if step.at < until}
            for plan in (*scene.of_week(monday_of(today)), *scene.of_day(today))
        }
        assert done["kladde"] == {"begyndt"}
        assert done["ja"] == {"aftalt", "foerste_ja"}
        assert "optaget" in done["skylder"]
        assert "kladde" not in done["skylder"]
        assert "sendt" in done["ulaest"]
        assert "laest" not in done["ulaest"]
        assert "spurgt" in done["spurgt"]
        assert "svaret" not in done["spurgt"]
        assert "andet_ja" in done["idag"]
        assert "optaget" not in done["idag"]


@pytest.mark.parametrize(
    ("year_", "day"), [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5))]
)
def test_easter(year_: int, day: date) -> None:
    assert easter(year_) == day
    assert not is_workday(day + timedelta(days=1))


def test_workdays_skip_weekends_and_quiet_weeks() -> None:
    assert workdays_after(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert workdays_after(date(2026, 11, 23), -1) == date(2026, 11, 20)
    assert workdays_after(date(2026, 7, 3), 1) == date(2026, 7, 27)

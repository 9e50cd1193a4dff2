"""When somebody may be disturbed, how long an e-mail is tried, and what stands in it. Pure: no database, no clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from supervision.personer.rules import beskeder as rules

HERE = ZoneInfo("Europe/Copenhagen")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("moment", "earliest"),
    [
        ("2026-12-01 07:00", "2026-12-01 07:00"),
        ("2026-12-01 17:59:59", "2026-12-01 17:59:59"),
        ("2026-12-01 18:00", "2026-12-02 07:00"),
        ("2026-12-01 06:59:59", "2026-12-01 07:00"),
        ("2026-12-04 18:00", "2026-12-07 07:00"),
        ("2026-12-05 10:00", "2026-12-07 07:00"),
        ("2026-12-06 23:59", "2026-12-07 07:00"),
        ("2026-12-07 00:00", "2026-12-07 07:00"),
        ("2026-12-31 20:00", "2027-01-01 07:00"),
    ],
)
def test_nobody_is_disturbed_in_the_evening_at_night_or_in_the_weekend(moment: str, earliest: str) -> None:
    assert rules.tidligst(at(moment)) == at(earliest)


@pytest.mark.parametrize(
    ("friday", "hour_in_utc"), [("2027-03-26 19:00", 5), ("2027-10-29 19:00", 6)], ids=["spring", "autumn"]
)
def test_seven_in_the_morning_is_seven_on_both_sides_of_summer_time(friday: str, hour_in_utc: int) -> None:
    monday = rules.tidligst(at(friday))
    assert (monday.hour, monday.weekday()) == (7, 0)
    assert monday.astimezone(UTC).hour == hour_in_utc


@pytest.mark.parametrize(
    ("samtale", "reminded"),
    [
        ("2026-12-02", "2026-12-01 12:00"),
        ("2026-12-07", "2026-12-04 12:00"),
        ("2026-12-06", "2026-12-04 12:00"),
        ("2027-03-29", "2027-03-26 12:00"),
    ],
)
def test_a_reminder_comes_on_the_working_day_before(samtale: str, reminded: str) -> None:
    assert rules.paamindes(date.fromisoformat(samtale), HERE) == at(reminded)


def test_pauses_grow_from_a_minute_to_an_hour() -> None:
    minutes = [rules.pause(n) / timedelta(minutes=1) for n in range(1, 9)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60]
    assert rules.pause(10_000) == timedelta(hours=1)


def test_it_is_given_up_after_a_day() -> None:
    first = at("2026-12-01 10:00")
    assert not rules.opgives(first, first + timedelta(hours=23, minutes=59))
    assert rules.opgives(first, first + timedelta(hours=24))


def test_feedback_a_wanted_yes_and_the_end_of_a_round_are_on_for_whoever_has_not_chosen() -> None:
    assert {slags for slags in rules.SLAGS if rules.er_til(slags, {})} == {"feedback", "kontrakt", "runde"}
    assert not rules.er_til("feedback", {"feedback": False})
    assert rules.er_til("svar", {"svar": True, "feedback": False})


def test_the_lines_say_the_kind_and_how_many() -> None:
    today = date(2026, 12, 4)
    lines = rules.linjer(
        {
            ("svar", None): 2,
            ("samtale", date(2026, 12, 8)): 1,
            ("samtale", date(2026, 12, 7)): 3,
            ("samtale", date(2026, 12, 5)): 1,
            ("samtale", today): 1,
            ("kontrakt", None): 1,
            ("feedback", None): 4,
        },
        today,
    )
    assert lines == [
        "Du har fået feedback.",
        "En feedback-kontrakt venter på dit ja.",
        "Du har en samtale med kollegial feedback i dag.",
        "Du har en samtale med kollegial feedback i morgen.",
        "Du har 3 samtaler med kollegial feedback på mandag.",
        "Du har en samtale med kollegial feedback på tirsdag.",
        "Du har fået 2 svar.",
    ]

"""Days on which samtaler are held: Danish weekdays without holidays and the quiet weeks."""

from __future__ import annotations

from datetime import date, timedelta

QUIET_WEEKS = frozenset({28, 29, 30, 52})
DAY = timedelta(days=1)


def is_workday(day: date) -> bool:
    """Whether anybody holds a samtale that day."""
    if day.weekday() >= 5 or day.isocalendar().week in QUIET_WEEKS:
        return False
    if (day.month, day.day) in ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)):
        return False
    return (day - easter(day.year)).days not in (-3, -2, 1, 39, 40, 50)


def workday_from(day: date) -> date:
    """The day itself, or the first workday after it."""
    while not is_workday(day):
        day += DAY
    return day


def workdays_after(day: date, count: int) -> date:
    """The `count`th workday after the day; before it when `count` is negative; 0 is the day itself."""
    step = DAY if count > 0 else -DAY
    for _ in range(abs(count)):
        day += step
        while not is_workday(day):
            day += step
    return day


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the computus in Butcher's Ecclesiastical Calendar)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)

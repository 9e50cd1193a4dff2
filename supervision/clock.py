"""The only clocks. Everything stored is UTC; everything shown is Danish time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DANISH_TIME = ZoneInfo("Europe/Copenhagen")

_shift = timedelta(0)


def now() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC) + _shift


def today() -> date:
    """The date in Denmark now."""
    return now().astimezone(DANISH_TIME).date()


def local(moment: datetime) -> datetime:
    """An aware moment in Danish time. Raises ValueError on a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return moment.astimezone(DANISH_TIME)


def from_local(day: date, clock: time) -> datetime:
    """The UTC moment of a Danish date and time of day."""
    return datetime.combine(day, clock, DANISH_TIME).astimezone(UTC)


@contextmanager
def travel(moment: datetime) -> Iterator[None]:
    """Let the clocks run on from `moment` (aware) for as long as the block lasts."""
    global _shift
    before = _shift
    _shift = moment - datetime.now(UTC)
    try:
        yield
    finally:
        _shift = before

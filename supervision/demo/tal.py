"""The nights on which figures are made: a quarter's groups when it opens, its figures when its grace is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from supervision import clock
from supervision.demo.ids import numbered
from supervision.overblik.actions import publish_due
from supervision.overblik.rules import kvartal_of

NIGHT = time(2)


def publish_all(first: date, since: datetime | None, until: datetime) -> None:
    """The nights between two moments (since None: from the beginning)."""
    for at in _nights(first, until):
        if at < until and (since is None or at >= since):
            with clock.travel(at), numbered(f"tal:{at.date()}"):
                publish_due(clock.today())


def _nights(first: date, until: datetime) -> Iterator[datetime]:
    days = [first]
    kvartal = kvartal_of(first)
    while clock.from_local(kvartal.fra, NIGHT) < until:
        days += [kvartal.next().fra, kvartal.klar]
        kvartal = kvartal.next()
    return (clock.from_local(day, NIGHT) for day in sorted(set(days)))

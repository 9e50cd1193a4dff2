"""A calendar to subscribe to (iCalendar, RFC 5545): times only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from supervision import clock
from supervision.aftaler.rules.kalender import Begivenhed

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Kollegial supervision//Kalender//DA"
NAVN = "Kollegial supervision"
ZONE_FROM, ZONE_TO = date(2026, 1, 1), date(2038, 1, 1)
"""The years whose changes of the clock are written along."""
HENTES = timedelta(hours=1)
"""How often a calendar is asked to look again. Most decide themselves."""


def write_kalender(begivenheder: Iterable[Begivenhed], person_id: UUID) -> bytes:
    """The calendar of one person; the same bytes as long as nothing in it is changed. The library is slow to import."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAVN)
    calendar.add("x-wr-timezone", clock.DANISH_TIME.key)
    calendar.add("refresh-interval", HENTES, parameters={"VALUE": "DURATION"})
    for begivenhed in begivenheder:
        calendar.add_component(_event(begivenhed, person_id))
    calendar.add_missing_timezones(first_date=ZONE_FROM, last_date=ZONE_TO)
    return bytes(calendar.to_ical())


def _event(begivenhed: Begivenhed, person_id: UUID) -> Event:
    """Its UID is the person's own, so that two people's calendars do not tell who sits in with whom."""
    from icalendar import Event

    event = Event()
    event.add("uid", str(uuid5(begivenhed.samtale_id, str(person_id))))
    event.add("dtstamp", begivenhed.aendret_at)
    event.add("last-modified", begivenhed.aendret_at)
    event.add("dtstart", clock.local(begivenhed.starter_at))
    event.add("dtend", _end(begivenhed))
    event.add("summary", begivenhed.titel)
    event.add("status", begivenhed.status)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if begivenhed.status == "CANCELLED" else "OPAQUE")
    return event


def _end(begivenhed: Begivenhed) -> datetime:
    """So many minutes later, also on the night when the clocks are changed."""
    return clock.local(begivenhed.starter_at + timedelta(minutes=begivenhed.laengde_min))

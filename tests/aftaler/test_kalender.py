"""The calendar to subscribe to: times and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from agreed import add_kontrakt
from flask import Flask
from icalendar import Calendar
from people import World
from sqlalchemy import update
from web import Browser

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.aftaler.rules import AftaleTrin
from supervision.db import db
from supervision.personer.actions.beskeder import make_kalenderlink
from supervision.personer.models import Person

WINTER = datetime(2027, 2, 3, 9, 30, tzinfo=UTC)
SUMMER = datetime(2027, 6, 2, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_december() -> Any:
    with clock.travel(datetime(2026, 12, 1, 9, tzinfo=UTC)):
        yield


def made(world: World, at: datetime, **how: Any) -> UUID:
    """A kontrakt for a samtale then."""
    kontrakt_id = add_kontrakt(world, **how)
    kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
    db.session.execute(
        update(Samtale).where(Samtale.id == kontrakt.samtale_id).values(starter_at=at, sted="kanarie-sted")
    )
    return kontrakt_id


def address_of(person_id: UUID) -> str:
    return f"/kalender/{make_kalenderlink(by=db.session.get_one(Person, person_id))}.ics"


def events(answer: Any) -> list[tuple[str, str, str, str]]:
    """(title, status, start, end) in Danish time."""
    calendar = Calendar.from_ical(answer.get_data())
    return [
        (
            str(event["summary"]),
            str(event["status"]),
            f"{clock.local(event.decoded('dtstart')):%d.%m.%y %H.%M}",
            f"{clock.local(event.decoded('dtend')):%H.%M}",
        )
        for event in calendar.walk("VEVENT")
    ]


def test_it_holds_ones_own_samtaler_and_nobody_elses(app: Flask, world: World, browser_for: Any) -> None:
    now = clock.now()
    with app.app_context():
        made(world, WINTER)
        made(world, SUMMER, fokusperson="jonas", observatoer="mette", yes=("jonas",))
        made(world, WINTER, fokusperson="jonas", observatoer="aase")
        made(world, now - timedelta(days=31))
        made(world, now - timedelta(days=29), yes=())
        made(world, now + timedelta(days=367))
        withdrawn = db.session.get_one(FeedbackKontrakt, made(world, WINTER + timedelta(days=1)))
        withdrawn.trukket_at, withdrawn.trukket_af = now, world.jonas
        address = address_of(world.mette)
        db.session.commit()
    answer = browser_for().get(address)
    assert events(answer) == [
        ("Samtale med kollegial feedback", "TENTATIVE", "02.11.26 10.00", "10.45"),
        ("Samtale med kollegial feedback", "CONFIRMED", "03.02.27 10.30", "11.15"),
        ("Samtale med kollegial feedback", "CANCELLED", "04.02.27 10.30", "11.15"),
        ("Observation", "TENTATIVE", "02.06.27 10.30", "11.15"),
    ]
    text = answer.get_data(as_text=True)
    assert "DTSTART;TZID=Europe/Copenhagen:20270203T103000" in text
    assert "BEGIN:VTIMEZONE" in text
    for secret in ("Mette", "Jonas", "kanarie", "borger", str(world.mette), "LOCATION", "DESCRIPTION"):
        assert secret not in text


def test_several_kontrakter_of_one_samtale_are_one_event(sqlite_app: Flask, sqlite_world: World) -> None:
    with sqlite_app.app_context():
        one, two = made(sqlite_world, WINTER), made(sqlite_world, WINTER, observatoer="aase", yes=())
        first, second = (db.session.get_one(FeedbackKontrakt, id_) for id_ in (one, two))
        second.samtale_id = first.samtale_id
        first.trukket_at, first.trukket_af = clock.now(), sqlite_world.jonas
        mette, jonas = address_of(sqlite_world.mette), address_of(sqlite_world.jonas)
        db.session.commit()
    program = Browser.signed_in(sqlite_app, None)
    assert [event[:2] for event in events(program.get(mette))] == [
        ("Samtale med kollegial feedback", "TENTATIVE")
    ]
    assert [event[:2] for event in events(program.get(jonas))] == [("Observation", "CANCELLED")]


def test_an_event_keeps_its_name_when_it_is_moved_and_two_people_do_not_share_it(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    with sqlite_app.app_context():
        kontrakt_id = made(sqlite_world, WINTER)
        mette, jonas = address_of(sqlite_world.mette), address_of(sqlite_world.jonas)
        db.session.commit()
    program = Browser.signed_in(sqlite_app, None)
    names = [_uid(program.get(address)) for address in (mette, jonas, mette)]
    assert names[0] == names[2] != names[1]
    before = program.get(mette)
    assert (before.headers["Cache-Control"], before.mimetype) == ("private, no-cache", "text/calendar")
    assert "Set-Cookie" not in before.headers
    known = {"If-None-Match": before.headers["ETag"]}
    assert program.get(mette, headers=known).status_code == 304
    with sqlite_app.app_context():
        kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
        kontrakt.samtale.starter_at += timedelta(days=1)
        db.session.commit()
    after = program.get(mette, headers=known)
    assert after.status_code == 200
    assert _uid(after) == names[0]
    assert events(after)[0][2] == "04.02.27 10.30"


def test_what_is_agreed_otherwise_changes_nothing_in_it_but_when(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    """A yes and the focus are no business of a calendar."""
    from supervision.aftaler.actions import change_kontrakt

    with sqlite_app.app_context():
        kontrakt_id, address = made(sqlite_world, WINTER), address_of(sqlite_world.mette)
        db.session.commit()
    program = Browser.signed_in(sqlite_app, None)
    before = program.get(address)
    with sqlite_app.app_context():
        kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
        trin = AftaleTrin("kanarie-udenfor", "Ved døren", "", True, True, True, "lige_efter", 15)
        change_kontrakt(kontrakt, by=kontrakt.fokusperson, to=trin)
        db.session.commit()
    after = program.get(address)
    assert "kanarie" not in after.get_data(as_text=True)
    assert [event[2:] for event in events(after)] == [event[2:] for event in events(before)]


@pytest.mark.gate("E8")
def test_a_wrong_secret_is_answered_as_any_page_that_is_not_there(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    with sqlite_app.app_context():
        address = address_of(sqlite_world.mette)
        db.session.commit()
    program = Browser.signed_in(sqlite_app, None)
    wrong = program.get(address[:-5] + ("a" if address[-5] != "a" else "b") + ".ics")
    assert wrong.status_code == 404
    assert wrong.headers["Cache-Control"] == "no-store"
    assert program.post(address).status_code in (404, 405)
    with sqlite_app.app_context():
        db.session.get_one(Person, sqlite_world.mette).active = False
        db.session.commit()
    shut = program.get(address)
    assert (shut.status_code, shut.get_data()) == (404, wrong.get_data())


def _uid(answer: Any) -> str:
    return str(Calendar.from_ical(answer.get_data()).walk("VEVENT")[0]["uid"])

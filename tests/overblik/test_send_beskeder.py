"""E-mail that says that something waits: what is told to whom and when, by a real SMTP server."""

from __future__ import annotations

import re
import socket
from datetime import UTC, datetime, timedelta

from post_house import FRIDAY_EVENING, MONDAY, SOON, TUESDAY, URL, House
from road import person

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.feedback.actions import reading
from supervision.feedback.models import Feedback
from supervision.feedback.queries import get_sent_feedback
from supervision.overblik.cli import beskeder as cli
from supervision.personer.models import Person

LINK = re.compile(r"[a-z]+://\S+")


def test_each_is_told_of_their_own_once_and_not_at_once(both: House) -> None:
    both.letter(TUESDAY)
    both.kontrakt(TUESDAY, timedelta(days=9))
    assert both.round(TUESDAY) == []
    assert both.round(TUESDAY + SOON) == [
        ("jonas", ["En feedback-kontrakt venter på dit ja."]),
        ("mette", ["Du har fået feedback."]),
    ]
    assert both.round(TUESDAY + timedelta(hours=1)) == []
    assert all(row.sendt_at and row.forsoeg == 1 for row in both.rows())


def test_everything_of_the_evening_and_the_weekend_comes_in_one_on_monday_morning(both: House) -> None:
    both.choose("jonas", "kontrakt", "spoergsmaal")
    feedback_id = both.letter(FRIDAY_EVENING)
    both.kontrakt(FRIDAY_EVENING, timedelta(days=9))
    both.kontrakt(FRIDAY_EVENING + timedelta(hours=20), timedelta(days=9))
    with clock.travel(FRIDAY_EVENING + timedelta(hours=1)), both.app.app_context():
        mette = person(both.world.mette)
        feedback = get_sent_feedback(feedback_id, viewer=mette)
        reading.open_feedback(feedback=feedback, by=mette)
        reading.ask_question(punkt=feedback.punkter[0], by=mette, tekst="kanarie-spoergsmaal Hvordan?")
        db.session.commit()
    for hours in (1, 20, 40):
        assert both.round(FRIDAY_EVENING + timedelta(hours=hours)) == []
    assert both.round(MONDAY - timedelta(minutes=1)) == []
    told = ["2 feedback-kontrakter venter på dit ja.", "Der er et spørgsmål til feedback fra dig."]
    assert both.round(MONDAY) == [("jonas", told)]


def test_an_e_mail_tells_nothing_and_says_what_machines_want_to_know(house: House) -> None:
    house.letter(TUESDAY)
    with clock.travel(TUESDAY + SOON):
        cli.send_round(house.app)
    (message,) = house.post.take()
    whole = message.as_string() + str(message.get_content())
    for secret in ("Mette", "Jonas", "Ærø", "kanarie", "borger", "lykkedes", socket.gethostname()):
        assert secret not in whole
    assert message["Subject"] == "Der venter noget på dig i Kollegial supervision"
    assert (message["Auto-Submitted"], message["List-Unsubscribe"]) == ("auto-generated", f"<{URL}/profil>")
    assert str(message["Message-ID"]).endswith("@feedback.eksempel.dk>")
    assert message["Date"].datetime - TUESDAY - SOON < timedelta(minutes=1)
    assert message.get_content_type() == "text/plain"
    body = str(message.get_content())
    assert {f"{URL}/", f"{URL}/profil#beskeder"} <= set(body.splitlines())
    assert "Der venter noget på dig" in body


def test_what_has_been_dealt_with_in_the_meantime_is_not_told(house: House) -> None:
    feedback_id = house.letter(TUESDAY)
    kontrakt_id = house.kontrakt(TUESDAY, timedelta(days=9))
    house.round(TUESDAY + timedelta(minutes=5))
    assert len(house.rows()) == 2
    with clock.travel(TUESDAY + timedelta(minutes=6)), house.app.app_context():
        mette = person(house.world.mette)
        reading.open_feedback(feedback=db.session.get_one(Feedback, feedback_id), by=mette)
        kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
        kontrakt.trukket_at, kontrakt.trukket_af = clock.now(), mette.id
        db.session.commit()
    assert house.round(TUESDAY + SOON) == []
    assert house.rows() == []


def test_a_changed_kontrakt_asks_again_and_a_year_old_letter_is_not_dug_up(house: House) -> None:
    house.letter(TUESDAY - timedelta(days=5))
    kontrakt_id = house.kontrakt(TUESDAY, timedelta(days=9))
    assert house.round(TUESDAY + SOON) == [("jonas", ["En feedback-kontrakt venter på dit ja."])]
    with clock.travel(TUESDAY + timedelta(hours=1)), house.app.app_context():
        kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
        kontrakt.udgave += 1
        db.session.commit()
    assert house.round(TUESDAY + timedelta(hours=2)) == []
    with clock.travel(TUESDAY + timedelta(hours=3)), house.app.app_context():
        from supervision.aftaler.models import KontraktJa

        kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
        kontrakt.jaer.append(KontraktJa(person_id=house.world.mette, udgave=kontrakt.udgave, at=clock.now()))
        db.session.commit()
    again = house.round(TUESDAY + timedelta(hours=3) + SOON)
    assert [who for who, _ in again] == ["jonas"]


def test_nobody_is_told_what_they_turned_off_and_nobody_who_is_shut_out(house: House) -> None:
    house.choose("mette")
    house.letter(TUESDAY)
    house.kontrakt(TUESDAY, timedelta(days=9))
    with house.app.app_context():
        db.session.get_one(Person, house.world.jonas).active = False
        db.session.commit()
    assert house.round(TUESDAY + SOON) == []
    assert house.rows() == []
    house.choose("mette", "feedback")
    assert house.round(TUESDAY + timedelta(minutes=20)) == [("mette", ["Du har fået feedback."])]


def test_a_samtale_is_reminded_of_on_the_working_day_before_once(house: House) -> None:
    for who in ("mette", "jonas"):
        house.choose(who, "samtale")
    kontrakt_id = house.kontrakt(TUESDAY, MONDAY + timedelta(hours=3) - TUESDAY, yes=("mette", "jonas"))
    noon = datetime(2026, 12, 4, 11, tzinfo=UTC)
    assert house.round(noon - timedelta(minutes=1)) == []
    monday = ["Du har en samtale med kollegial feedback på mandag."]
    assert house.round(noon + SOON) == [("jonas", monday), ("mette", monday)]
    with house.app.app_context():
        db.session.get_one(FeedbackKontrakt, kontrakt_id).samtale.starter_at += timedelta(days=1)
        db.session.commit()
    assert house.round(noon + timedelta(hours=1)) == []
    tomorrow = ["Du har en samtale med kollegial feedback i morgen."]
    assert house.round(MONDAY + timedelta(hours=5, minutes=15)) == [("jonas", tomorrow), ("mette", tomorrow)]
    assert house.round(MONDAY + timedelta(hours=7)) == []


def test_an_answer_is_told_until_it_is_seen(house: House) -> None:
    house.choose("mette", "svar")
    feedback_id = house.letter(TUESDAY)
    for see_first, at in ((True, TUESDAY + timedelta(hours=2)), (False, TUESDAY + timedelta(hours=4))):
        with clock.travel(at), house.app.app_context():
            mette, jonas = person(house.world.mette), person(house.world.jonas)
            feedback = get_sent_feedback(feedback_id, viewer=mette)
            reading.open_feedback(feedback=feedback, by=mette)
            punkt = feedback.punkter[0 if see_first else 1]
            reading.ask_question(punkt=punkt, by=mette, tekst="Hvordan?")
            reading.answer_question(
                feedback=feedback, spoergsmaal=punkt.spoergsmaal[-1], by=jonas, svar="Sådan."
            )
            if see_first:
                reading.see_nyt(feedback=feedback, by=mette)
            db.session.commit()
        told = house.round(at + SOON)
        assert told == ([] if see_first else [("mette", ["Du har fået svar på et spørgsmål."])])


def test_what_is_over_is_forgotten_after_a_month(house: House) -> None:
    house.letter(TUESDAY)
    house.round(TUESDAY + SOON)
    house.round(TUESDAY + timedelta(days=29))
    assert len(house.rows()) == 1
    assert house.round(TUESDAY + timedelta(days=31)) == []
    assert house.rows() == []

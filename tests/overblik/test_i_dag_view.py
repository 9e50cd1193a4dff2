"""I dag: what waits for one person, in the order of the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from counting import count_queries
from flask import Flask
from held import held
from people import World
from road import agreed, person, recorded, sent, written

from supervision import clock
from supervision.aftaler import actions as aftaler
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.feedback.actions import reading
from supervision.feedback.models import Feedback
from supervision.grupper import actions as grupper
from supervision.laeringspil.models import Laeringspil, LaeringspilLinje
from supervision.overblik.queries import get_i_dag

NOON = datetime(2026, 11, 18, 8, tzinfo=clock.DANISH_TIME)


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(NOON):
        yield


@contextmanager
def adding(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.commit()
        db.session.remove()


def page_of(browser_for: Any, who: UUID) -> str:
    answer = browser_for(who).get("/")
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    return str(page[page.index("<main") : page.index("</main>")])


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_a_new_person_gets_the_first_day_card_and_one_button(world: World, browser_for: Any) -> None:
    page = page_of(browser_for, world.mette)
    assert "Velkommen" in page
    assert page.count('class="dag-nr') == 3
    assert "Lav din første feedback-kontrakt" in page
    assert page.count("button-primary") == 1


def test_the_next_samtale_stands_first_with_my_role_and_the_recorder(
    app: Flask, world: World, browser_for: Any
) -> None:
    with adding(app):
        agreed(person(world.mette), person(world.jonas))
        agreed(person(world.jonas), person(world.mette), days=1)
        agreed(person(world.fremmed), person(world.sydleder))
    observer = words(page_of(browser_for, world.jonas))
    assert observer.index("I dag kl. 10.30 Du observerer Mette") < observer.index("Mette observerer dig")
    assert "Kontrakten er klar" in observer
    assert "Åbn optageren" in observer
    owner = words(page_of(browser_for, world.mette))
    assert "I dag kl. 10.30 Jonas observerer dig" in owner
    assert "Frede" not in observer + owner
    assert page_of(browser_for, world.jonas).count("button-primary") == 1


@pytest.mark.parametrize(
    ("days", "words_shown"), [(1, "I morgen kl. 10.30"), (2, "Fredag den 20. november kl. 10.30")]
)
def test_a_later_day_is_named(
    app: Flask, world: World, browser_for: Any, days: int, words_shown: str
) -> None:
    with adding(app):
        agreed(person(world.mette), person(world.jonas), days=days)
    assert words_shown in words(page_of(browser_for, world.mette))


def test_a_samtale_is_next_until_it_is_over(app: Flask, world: World) -> None:
    with adding(app):
        agreed(person(world.mette), person(world.jonas))
    with app.app_context():
        for clock_time, is_next in ((time(11, 14), True), (time(11, 16), False)):
            with clock.travel(clock.from_local(date(2026, 11, 18), clock_time)):
                assert (get_i_dag(viewer=person(world.jonas)).naeste is not None) is is_next
        db.session.remove()


def test_a_samtale_whose_time_has_gone_by_is_not_among_those_to_come(
    app: Flask, world: World, browser_for: Any
) -> None:
    with adding(app):
        agreed(person(world.mette), person(world.jonas))
        agreed(person(world.mette), person(world.jonas), days=3)
        agreed(person(world.mette), person(world.jonas), days=5)
    with clock.travel(NOON + timedelta(hours=10)):
        page = words(page_of(browser_for, world.mette))
    gone, later = page.index("Tiden er gået"), page.index("Senere")
    assert (
        gone < page.index("onsdag den 18. november kl. 10.30") < later < page.index("mandag den 23. november")
    )
    with clock.travel(NOON):
        assert "Tiden er gået" not in page_of(browser_for, world.mette)


def test_what_waits_for_a_yes_says_so(app: Flask, world: World, browser_for: Any) -> None:
    with adding(app):
        kontrakt = agreed(person(world.mette), person(world.jonas), days=3)
        _change(kontrakt, by=world.mette)
    page = page_of(browser_for, world.jonas)
    assert "Mette har sagt ja og venter på dig" in words(page)
    assert "Sig ja" in words(page)


def test_feedback_owed_received_and_asked_about_waits(app: Flask, world: World, browser_for: Any) -> None:
    with adding(app):
        mette, jonas = person(world.mette), person(world.jonas)
        recorded(agreed(mette, jonas), jonas)
        feedback = written(recorded(agreed(jonas, mette), mette), mette)
        sent(feedback, mette)
        made = feedback.id
    owner, owing = words(page_of(browser_for, world.jonas)), words(page_of(browser_for, world.jonas))
    assert "Du har fået feedback fra Mette" in owner
    assert "Mette venter på din feedback" in owing
    assert "Skriv feedback" in owing
    assert "kanarie" not in owner + owing
    with adding(app):
        feedback = db.session.get_one(Feedback, made)
        reading.open_feedback(feedback=feedback, by=person(world.jonas))
        reading.ask_question(punkt=feedback.punkter[0], by=person(world.jonas), tekst="Hvad sagde jeg?")
    assert "Jonas spørger ind til din feedback" in words(page_of(browser_for, world.mette))


def test_duties_of_the_running_round_are_quiet_marks(app: Flask, world: World, browser_for: Any) -> None:
    with adding(app):
        leder, mette = person(world.leder), person(world.mette)
        gruppe = grupper.create_gruppe(navn="Onsdagsgruppen", by=leder)
        grupper.add_medlem(gruppe, person=mette, by=leder)
        grupper.create_runde(gruppe, navn="Gammel", fra=date(2026, 9, 1), til=date(2026, 11, 17), by=leder)
        grupper.create_runde(gruppe, navn="Denne", fra=date(2026, 11, 18), til=date(2026, 12, 18), by=leder)
        held(world.mette, world.jonas, world.organisations["jobcenter"], date(2026, 11, 18))
    page = words(page_of(browser_for, world.mette))
    assert "Onsdagsgruppen" in page
    assert "Denne, til og med fredag den 18. december" in page
    assert "Gammel" not in page
    assert "observeret : gjort" in page
    assert "har observeret : endnu ikke" in page
    leader = words(page_of(browser_for, world.leder))
    assert "har observeret : endnu ikke" in leader
    assert "observeret : gjort" not in leader
    assert "Onsdagsgruppen" not in page_of(browser_for, world.jonas)


def test_the_arrow_is_my_own_and_the_current_one(app: Flask, world: World, browser_for: Any) -> None:
    with adding(app):
        for who, tekst, replaced in (
            (world.mette, "Stille flere åbne spørgsmål", None),
            (world.mette, "Den gamle linje", clock.now()),
            (world.jonas, "Jonas' linje", None),
        ):
            line = LaeringspilLinje(nr=1, faerdighed=tekst, situation="CV-samtaler")
            db.session.add(
                Laeringspil(person_id=who, oprettet_at=clock.now(), afloest_at=replaced, linjer=[line])
            )
    page = words(page_of(browser_for, world.mette))
    assert "Stille flere åbne spørgsmål → CV-samtaler" in page
    assert "gamle" not in page
    assert "Jonas" not in page


def test_a_teamleder_sees_what_was_shared_lately(app: Flask, world: World, browser_for: Any) -> None:
    with adding(app):
        mette, jonas = person(world.mette), person(world.jonas)
        feedback = written(recorded(agreed(mette, jonas), jonas), jonas)
        sent(feedback, jonas)
        reading.open_feedback(feedback=feedback, by=mette)
        grupper.share_points(
            feedback,
            punkt_ids=[feedback.punkter[0].id],
            modtager_key=f"teamleder:{world.leder}",
            by=mette,
        )
    assert "kanarie-lykkedes" in page_of(browser_for, world.leder)
    assert "kanarie-lykkedes" not in page_of(browser_for, world.sydleder)
    with clock.travel(clock.now() + timedelta(days=15)):
        assert "kanarie-lykkedes" not in page_of(browser_for, world.leder)


def test_whoever_only_runs_the_system_is_shown_the_way_and_no_content(world: World, browser_for: Any) -> None:
    page = page_of(browser_for, world.administrator)
    assert 'href="/administration"' in page
    assert "Velkommen" not in page
    assert "/kontrakter/ny" not in page


def test_nobody_is_sent_to_the_sign_in_page(browser_for: Any) -> None:
    assert browser_for().get("/").location.startswith("/log-ind")


def test_the_page_asks_the_same_number_of_questions_for_one_and_for_many(
    app: Flask, world: World, browser_for: Any
) -> None:
    with adding(app):
        agreed(person(world.mette), person(world.jonas))
    few = count_queries(app, lambda: page_of(browser_for, world.mette))
    with adding(app):
        for days in range(1, 9):
            agreed(person(world.mette), person(world.jonas), days=days)
            recorded(agreed(person(world.jonas), person(world.mette), days=days), person(world.mette))
    assert count_queries(app, lambda: page_of(browser_for, world.mette)) == few <= 32


def _change(kontrakt: FeedbackKontrakt, *, by: UUID) -> None:
    """Mette changes the focus after both have said yes, and says yes to the change."""
    from supervision.aftaler.rules import FokusTrin

    aftaler.change_kontrakt(kontrakt, by=person(by), to=FokusTrin(("Noget nyt",)))
    aftaler.say_yes(kontrakt, by=person(by))

"""What has come since one last looked: on I dag and on the feedback itself, until one has seen it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from people import World
from road import person, sent, walk

from supervision import clock
from supervision.db import db
from supervision.feedback import queries
from supervision.feedback.actions import reading, writing
from supervision.feedback.models import Feedback
from supervision.feedback.rules.punkter import Kladdepunkt
from supervision.problems import NotAllowed

SVAR = "Jonas har svaret på dit spørgsmål"
MERE = "Jonas har sendt dig mere feedback"
TAK = "Mette siger tak for din feedback"


@pytest.fixture
def feedback_id(app: Flask, world: World) -> UUID:
    """Mette has read Jonas' feedback and asked about its first point."""
    with app.app_context():
        found = walk(world)["feedback_id"]
        db.session.commit()
        db.session.remove()
    return found


def words(answer: Any) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def answer(app: Flask, world: World, feedback_id: UUID) -> UUID:
    with app.app_context():
        feedback = db.session.get_one(Feedback, feedback_id)
        punkt = feedback.punkter[0]
        reading.answer_question(
            feedback=feedback,
            spoergsmaal=punkt.spoergsmaal[0],
            by=person(world.jonas),
            svar="kanarie-svar Du sagde: tolv minutter.",
        )
        db.session.commit()
        return punkt.id


def send_more(app: Flask, world: World, feedback_id: UUID) -> None:
    with app.app_context():
        feedback, jonas = db.session.get_one(Feedback, feedback_id), person(world.jonas)
        reading.open_skuffe(feedback=feedback, slags="godt_raad", by=person(world.mette))
        kladde = [Kladdepunkt(uuid4(), "godt_raad", "kanarie-raad Prøv at tegne det.", None)]
        writing.save_kladde(feedback=feedback, kladde=kladde, by=jonas)
        sent(feedback, jonas)
        db.session.commit()


def told(browser: Any) -> list[str]:
    text = words(browser.get("/"))
    return [line for line in (SVAR, MERE, TAK) if line in text]


def test_an_answer_is_new_to_whoever_asked_until_they_have_gone_to_it(
    app: Flask, world: World, feedback_id: UUID, browser_for: Any
) -> None:
    mette, jonas = browser_for(world.mette), browser_for(world.jonas)
    assert told(mette) == []
    punkt_id = answer(app, world, feedback_id)
    assert [told(mette), told(jonas), told(browser_for(world.noise))] == [[SVAR], [], []]
    assert "kanarie-svar" not in mette.get("/").get_data(as_text=True)
    assert SVAR in words(mette.get(f"/feedback/{feedback_id}"))
    assert told(mette) == [SVAR], "to look at the page by another way stores nothing"
    gone = mette.send(f"/feedback/{feedback_id}/nyt")
    assert (gone.status_code, gone.location) == (303, f"/feedback/{feedback_id}#punkt-{punkt_id}")
    assert told(mette) == []
    assert SVAR not in words(mette.get(f"/feedback/{feedback_id}"))


def test_thanks_and_later_points_are_new_too_and_each_of_the_two_sees_for_oneself(
    app: Flask, world: World, feedback_id: UUID, browser_for: Any
) -> None:
    mette, jonas = browser_for(world.mette), browser_for(world.jonas)
    mette.send(f"/feedback/{feedback_id}/tak")
    send_more(app, world, feedback_id)
    assert [told(mette), told(jonas)] == [[MERE], [TAK]]
    assert mette.send(f"/feedback/{feedback_id}/nyt").location == f"/feedback/{feedback_id}"
    assert [told(mette), told(jonas)] == [[], [TAK]]
    answer(app, world, feedback_id)
    assert told(mette) == [SVAR], "what comes after is new again"
    jonas.send(f"/feedback/{feedback_id}/nyt")
    assert told(jonas) == []


def test_what_is_closed_or_old_is_not_new(
    app: Flask, world: World, feedback_id: UUID, browser_for: Any
) -> None:
    mette, jonas = browser_for(world.mette), browser_for(world.jonas)
    answer(app, world, feedback_id)
    mette.send(f"/feedback/{feedback_id}/tak")
    with clock.travel(clock.now() + timedelta(days=15)):
        assert [told(mette), told(jonas)] == [[], []]
    mette.send(f"/feedback/{feedback_id}/luk")
    assert [told(mette), told(jonas)] == [[], [TAK]]


def test_nobody_sees_for_another(app: Flask, world: World, feedback_id: UUID) -> None:
    with app.app_context():
        feedback = db.session.get_one(Feedback, feedback_id)
        with pytest.raises(NotAllowed):
            reading.see_nyt(feedback=feedback, by=person(world.aase))
        assert queries.find_nyt(feedback, viewer=person(world.aase)) is None


def test_what_lies_in_a_drawer_that_is_shut_does_not_go_on_paper(
    app: Flask, world: World, feedback_id: UUID, browser_for: Any
) -> None:
    send_more(app, world, feedback_id)
    mette = browser_for(world.mette)
    on_paper = '<section class="fb-brev" aria-labelledby="brev-godt_raad">'
    assert on_paper in mette.get(f"/feedback/{feedback_id}").get_data(as_text=True)
    mette.send(f"/feedback/{feedback_id}/skuffer/luk", slags="godt_raad")
    page = mette.get(f"/feedback/{feedback_id}").get_data(as_text=True)
    assert on_paper not in page
    assert '<section class="fb-brev no-print" aria-labelledby="brev-godt_raad">' in page
    assert '<section class="fb-brev" aria-labelledby="brev-iagttagelse">' in page
    assert "data-udskriv" in page
    assert "data-udskriv" not in browser_for(world.jonas).get(f"/feedback/{feedback_id}").get_data(
        as_text=True
    )

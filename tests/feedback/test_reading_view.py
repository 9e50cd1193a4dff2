"""The fokusperson opens it, thanks, asks, keeps, notes, closes; the observatør answers and sees no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from letters import FIFTEEN_DAYS, THREE, sent, stored, without_token
from people import World

from supervision import clock


def page_of(browser: Any, feedback_id: Any) -> str:
    answer = browser.get(f"/feedback/{feedback_id}")
    assert answer.status_code == 200, answer.status_code
    return without_token(answer.get_data(as_text=True))


def test_a_closed_letter_until_it_is_opened(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id, mette = sent(app, world), browser_for(world.mette)
    page = page_of(mette, feedback_id)
    assert "Åbn din feedback" in page
    assert not [tekst for _, tekst in THREE if tekst in page]
    assert stored(app, feedback_id)["laest_at"] is None, "a GET wrote"
    mette.send(f"/feedback/{feedback_id}/aabn")
    first = stored(app, feedback_id)["laest_at"]
    assert first is not None
    assert all(tekst in page_of(mette, feedback_id) for _, tekst in THREE)
    mette.send(f"/feedback/{feedback_id}/aabn")
    assert stored(app, feedback_id)["laest_at"] == first


@pytest.mark.parametrize("verb", ["tak", "luk", "egen-note"])
def test_nothing_is_answered_before_it_is_opened(
    app: Flask, world: World, browser_for: Any, verb: str
) -> None:
    feedback_id = sent(app, world)
    assert browser_for(world.mette).send(f"/feedback/{feedback_id}/{verb}", tak="x").status_code == 404


def test_thanks_reach_the_observer_once(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id, mette = sent(app, world, opened=True), browser_for(world.mette)
    mette.send(f"/feedback/{feedback_id}/tak", tak="Det hjalp mig <b>meget</b>.")
    mette.send(f"/feedback/{feedback_id}/tak", tak="Noget andet")
    page = page_of(browser_for(world.jonas), feedback_id)
    assert "Mette siger tak" in page
    assert "Det hjalp mig &lt;b&gt;meget&lt;/b&gt;." in page
    assert stored(app, feedback_id)["tak"] == "Det hjalp mig <b>meget</b>."
    too_long = mette.send(f"/feedback/{feedback_id}/tak", tak="x" * 501)
    assert too_long.status_code == 422


def test_a_thanks_without_words_is_enough(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = sent(app, world, opened=True)
    browser_for(world.mette).send(f"/feedback/{feedback_id}/tak", tak="  ")
    assert "Mette siger tak" in page_of(browser_for(world.jonas), feedback_id)


def test_asked_back_and_answered_under_the_point(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = sent(app, world, opened=True)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    punkt_id = stored(app, feedback_id)["punkt_ids"][1]
    ask = f"/feedback/{feedback_id}/punkter/{punkt_id}/spoerg"
    empty = mette.send(ask, tekst="  ")
    assert empty.status_code == 422
    assert "Skriv dit spørgsmål først." in empty.get_data(as_text=True)
    for _ in range(2):
        mette.send(ask, tekst="Hvad sagde jeg lige før?")
    [(question_id, tekst, svar)] = stored(app, feedback_id)["spoergsmaal"]
    assert (tekst, svar) == ("Hvad sagde jeg lige før?", None)
    assert "Svar Mette" in jonas.get("/samtaler").get_data(as_text=True)
    assert "Hvad sagde jeg lige før?" in page_of(jonas, feedback_id)
    answer = f"/feedback/{feedback_id}/spoergsmaal/{question_id}/svar"
    assert jonas.send(answer, tekst="").status_code == 422
    for _ in range(2):
        assert jonas.send(answer, tekst="Du spurgte om hendes børn.").status_code == 303
    assert jonas.send(answer, tekst="Et andet svar").status_code == 422
    assert "Du spurgte om hendes børn." in page_of(mette, feedback_id)
    assert "Svar Mette" not in jonas.get("/samtaler").get_data(as_text=True)
    assert len(stored(app, feedback_id)["spoergsmaal"]) == 1


def test_questions_have_an_end(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id, mette = sent(app, world, opened=True), browser_for(world.mette)
    ask = f"/feedback/{feedback_id}/punkter/{stored(app, feedback_id)['punkt_ids'][0]}/spoerg"
    for number in range(10):
        assert mette.send(ask, tekst=f"Spørgsmål {number}").status_code == 303
    last = mette.send(ask, tekst="Et til, som ikke må gå tabt")
    assert last.status_code == 422
    assert "Et til, som ikke må gå tabt" in last.get_data(as_text=True)
    assert mette.send(ask, tekst="x" * 1001).status_code == 422


def test_the_observer_does_not_ask_and_the_fokusperson_does_not_answer(
    app: Flask, world: World, browser_for: Any
) -> None:
    feedback_id = sent(app, world, opened=True)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    punkt_id = stored(app, feedback_id)["punkt_ids"][0]
    assert jonas.send(f"/feedback/{feedback_id}/punkter/{punkt_id}/spoerg", tekst="x").status_code == 404
    mette.send(f"/feedback/{feedback_id}/punkter/{punkt_id}/spoerg", tekst="Hvad mente du?")
    question_id = stored(app, feedback_id)["spoergsmaal"][0][0]
    assert mette.send(f"/feedback/{feedback_id}/spoergsmaal/{question_id}/svar", tekst="x").status_code == 404


def test_what_is_kept_and_noted_is_the_fokuspersons_alone(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = sent(app, world, opened=True)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    before = page_of(jonas, feedback_id)
    punkt_id = stored(app, feedback_id)["punkt_ids"][0]
    keep = f"/feedback/{feedback_id}/punkter/{punkt_id}/behold"
    for _ in range(2):
        mette.send(keep, behold="ja")
    assert stored(app, feedback_id)["beholdt"] == [punkt_id]
    mette.send(f"/feedback/{feedback_id}/egen-note", egen_note="kanarie-note-til-mig")
    page = page_of(mette, feedback_id)
    assert "Det tager jeg med" in page
    assert "kanarie-note-til-mig" in page
    assert page_of(jonas, feedback_id) == before, "the observatør can tell"
    mette.send(keep)
    assert stored(app, feedback_id)["beholdt"] == []
    too_long = mette.send(f"/feedback/{feedback_id}/egen-note", egen_note="x" * 4001)
    assert too_long.status_code == 422
    assert stored(app, feedback_id)["egen_note"] == "kanarie-note-til-mig"


def test_closed_there_are_no_more_questions_or_answers(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = sent(app, world, opened=True)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    punkt_id = stored(app, feedback_id)["punkt_ids"][0]
    mette.send(f"/feedback/{feedback_id}/punkter/{punkt_id}/spoerg", tekst="Hvad mente du?")
    mette.send(f"/feedback/{feedback_id}/luk")
    after = stored(app, feedback_id)
    assert after["observatoer_indtil"] == after["lukket_at"] + timedelta(days=14)
    question_id = after["spoergsmaal"][0][0]
    assert mette.send(f"/feedback/{feedback_id}/punkter/{punkt_id}/spoerg", tekst="Mere?").status_code == 422
    assert jonas.send(f"/feedback/{feedback_id}/spoergsmaal/{question_id}/svar", tekst="x").status_code == 422
    mette.send(f"/feedback/{feedback_id}/luk")
    assert stored(app, feedback_id) == after
    mette.send(f"/feedback/{feedback_id}/punkter/{punkt_id}/behold", behold="ja")
    mette.send(f"/feedback/{feedback_id}/egen-note", egen_note="Bagefter")
    kept = stored(app, feedback_id)
    assert (kept["beholdt"], kept["egen_note"]) == ([punkt_id], "Bagefter")


def test_fourteen_days_after_it_is_the_fokuspersons_alone(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = sent(app, world, opened=True)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    observation_id = stored(app, feedback_id)["observation_id"]
    mette.send(f"/feedback/{feedback_id}/luk")
    with clock.travel(clock.now() + timedelta(days=13, hours=23)):
        assert THREE[0][1] in page_of(jonas, feedback_id)
    with clock.travel(clock.now() + FIFTEEN_DAYS):
        for url in (
            f"/feedback/{feedback_id}",
            f"/observationer/{observation_id}/feedback",
            f"/feedback/{feedback_id}/gennemse",
        ):
            assert jonas.get(url).status_code == 404
        assert jonas.send(f"/observationer/{observation_id}/feedback").status_code == 404
        assert jonas.send(f"/feedback/{feedback_id}/send", laest="x").status_code == 404
        page = jonas.get("/samtaler").get_data(as_text=True)
        assert "Feedbacken er nu kun hos Mette" in page
        assert str(feedback_id) not in page
        assert THREE[0][1] in page_of(mette, feedback_id)


def test_script_in_every_reply_stays_text(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = sent(app, world, opened=True)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    punkt_id, evil = stored(app, feedback_id)["punkt_ids"][0], "\x00</textarea><script>x</script>"
    mette.send(f"/feedback/{feedback_id}/punkter/{punkt_id}/spoerg", tekst=evil)
    mette.send(f"/feedback/{feedback_id}/tak", tak=evil)
    mette.send(f"/feedback/{feedback_id}/egen-note", egen_note=evil)
    question_id = stored(app, feedback_id)["spoergsmaal"][0][0]
    jonas.send(f"/feedback/{feedback_id}/spoergsmaal/{question_id}/svar", tekst=evil)
    for browser in (jonas, mette):
        page = page_of(browser, feedback_id)
        assert "<script>x" not in page
        assert "&lt;script&gt;x" in page

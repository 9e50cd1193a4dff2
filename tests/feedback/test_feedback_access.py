"""Nobody but the two: every address, GET and POST, for everybody else; and the draft for its author alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from letters import drafted, ended, sent, stored, without_token
from people import World

CANARY = "kanarie-3f9c"
POINTS = (("lykkedes", f"{CANARY} lykkedes"), ("iagttagelse", f"{CANARY} set"))
OTHERS = (
    "aase", "leder", "fremmed", "sydleder", "noise", "supervisor", "anden_supervisor", "administrator",
)  # fmt: skip


def addresses(app: Flask, feedback_id: UUID) -> tuple[list[str], list[str]]:
    """(GET, POST) of everything about one feedback."""
    found = stored(app, feedback_id)
    skriv, base = f"/observationer/{found['observation_id']}/feedback", f"/feedback/{feedback_id}"
    punkt, question = found["punkt_ids"][0], (found["spoergsmaal"] or [(uuid4(),)])[0][0]
    gets = [skriv, base, f"{base}/gennemse", f"{base}/skuffer"]
    posts = [
        skriv, f"{skriv}/skuffer", f"{base}/send", f"{base}/aabn", f"{base}/tak", f"{base}/egen-note",
        f"{base}/luk", f"{base}/skuffer/aabn", f"{base}/skuffer/luk", f"{base}/punkter/{punkt}/spoerg",
        f"{base}/punkter/{punkt}/behold", f"{base}/spoergsmaal/{question}/svar",
    ]  # fmt: skip
    return gets, posts


def expect_nothing(browser: Any, gets: list[str], posts: list[str]) -> None:
    """404 everywhere, and no word of it; just as for what does not exist."""
    nowhere = without_token(browser.get(f"/feedback/{uuid4()}").get_data(as_text=True))
    for url in gets:
        answer = browser.get(url)
        assert answer.status_code == 404, url
        assert without_token(answer.get_data(as_text=True)) == nowhere
    for url in posts:
        answer = browser.send(
            url, tekst="x", tak="x", egen_note="x", laest="x", slags="fortolkning", behold="ja"
        )
        assert answer.status_code == 404, url
        assert CANARY not in answer.get_data(as_text=True)


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_ever(app: Flask, world: World, browser_for: Any, name: str) -> None:
    feedback_id = sent(app, world, points=POINTS, opened=True)
    punkt_id = stored(app, feedback_id)["punkt_ids"][0]
    browser_for(world.mette).send(f"/feedback/{feedback_id}/punkter/{punkt_id}/spoerg", tekst="Hvad?")
    before = stored(app, feedback_id)
    browser = browser_for(world.people[name])
    expect_nothing(browser, *addresses(app, feedback_id))
    page = browser.get("/samtaler").get_data(as_text=True)
    assert str(feedback_id) not in page
    assert CANARY not in page
    assert stored(app, feedback_id) == before


def test_a_draft_is_its_authors_alone(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = drafted(app, ended(app, world), POINTS)
    before = stored(app, feedback_id)
    gets, posts = addresses(app, feedback_id)
    for name in ("mette", *OTHERS):
        expect_nothing(browser_for(world.people[name]), gets, posts)
    page = browser_for(world.mette).get("/samtaler").get_data(as_text=True)
    assert "Feedbacken fra Jonas er på vej" in page
    assert str(feedback_id) not in page
    assert str(before["observation_id"]) not in page
    assert stored(app, feedback_id) == before


def test_each_of_the_two_has_their_own_doors(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = sent(app, world, points=POINTS, opened=True)
    skriv = f"/observationer/{stored(app, feedback_id)['observation_id']}/feedback"
    base = f"/feedback/{feedback_id}"
    expect_nothing(
        browser_for(world.mette), [skriv, f"{base}/gennemse"], [skriv, f"{skriv}/skuffer", f"{base}/send"]
    )
    punkt_id = stored(app, feedback_id)["punkt_ids"][0]
    theirs = [f"{base}/{verb}" for verb in ("aabn", "tak", "egen-note", "luk", "skuffer/aabn", "skuffer/luk")]
    theirs += [f"{base}/punkter/{punkt_id}/spoerg", f"{base}/punkter/{punkt_id}/behold"]
    expect_nothing(browser_for(world.jonas), [f"{base}/skuffer"], theirs)


def test_a_point_or_question_of_another_feedback_is_not_there(
    app: Flask, world: World, browser_for: Any
) -> None:
    mine, theirs = sent(app, world, opened=True), drafted(app, ended(app, world, "aase", "mette"), POINTS)
    foreign = stored(app, theirs)["punkt_ids"][0]
    mette = browser_for(world.mette)
    for verb in ("spoerg", "behold"):
        assert (
            mette.send(f"/feedback/{mine}/punkter/{foreign}/{verb}", tekst="x", behold="ja").status_code
            == 404
        )
    answer = browser_for(world.jonas).send(f"/feedback/{mine}/spoergsmaal/{foreign}/svar", tekst="x")
    assert answer.status_code == 404


def test_an_unsent_point_in_a_drawer_is_no_point_to_the_fokusperson(
    app: Flask, world: World, browser_for: Any
) -> None:
    feedback_id, mette = sent(app, world, opened=True), browser_for(world.mette)
    mette.send(f"/feedback/{feedback_id}/skuffer/aabn", slags="godt_raad")
    drafted(app, stored(app, feedback_id)["observation_id"], (("godt_raad", CANARY),))
    hidden = stored(app, feedback_id)["punkt_ids"][-1]
    assert CANARY not in mette.get(f"/feedback/{feedback_id}").get_data(as_text=True)
    for verb in ("spoerg", "behold"):
        url = f"/feedback/{feedback_id}/punkter/{hidden}/{verb}"
        assert mette.send(url, tekst="x", behold="ja").status_code == 404


def test_nobody_signed_in_is_asked_to_sign_in(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = sent(app, world, points=POINTS)
    gets, posts = addresses(app, feedback_id)
    for url in gets:
        assert browser_for().get(url).location.startswith("/log-ind")
    for url in posts:
        assert browser_for().send(url, tekst="Mine ord").status_code == 401, url


def test_columns_posted_to_the_replies_change_nothing_else(
    app: Flask, world: World, browser_for: Any
) -> None:
    feedback_id, mette = sent(app, world, opened=True), browser_for(world.mette)
    before = stored(app, feedback_id)
    extra = {
        "fokusperson_id": str(world.aase),
        "observatoer_id": str(world.aase),
        "sendt_at": "",
        "lukket_at": "x",
    }
    mette.send(f"/feedback/{feedback_id}/egen-note", egen_note="Min", **extra)
    assert stored(app, feedback_id) == {**before, "egen_note": "Min"}

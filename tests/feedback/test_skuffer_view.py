"""The drawers: shut until the fokusperson says yes, shut again by a no; what was written stays put."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from letters import THREE, draft_fields, drafted, ended, feedback_of, save_in_background, sent, stored
from people import World
from test_sending_view import mark_of

SECRET = "kanarie-fortolkning Jeg tænker, at du var træt."


def with_secret(*, more: Any = THREE) -> tuple[Any, ...]:
    return (*more, ("fortolkning", SECRET))


def test_a_drawer_that_was_never_open_takes_nothing(app: Flask, world: World, browser_for: Any) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    answer = save_in_background(jonas, observation_id, draft_fields((uuid4(), "fortolkning", SECRET)))
    assert answer.get_json() == {"fejl": "Fortolkning er låst, til Mette beder om den."}
    page = jonas.send(
        f"/observationer/{observation_id}/feedback", **draft_fields((uuid4(), "godt_raad", SECRET))
    )
    assert page.status_code == 422
    assert SECRET in page.get_data(as_text=True), "what was typed is lost"


def test_open_by_the_kontrakt_it_is_written_and_sent(app: Flask, world: World, browser_for: Any) -> None:
    observation_id, jonas = ended(app, world, fortolkning_tilladt=True), browser_for(world.jonas)
    page = jonas.get(f"/observationer/{observation_id}/feedback").get_data(as_text=True)
    assert ">Fortolkning</h2>" in page
    assert "Gode råd er låst, til Mette beder om dem." in page
    feedback_id = drafted(app, observation_id, with_secret())
    jonas.send(f"/feedback/{feedback_id}/send", laest=mark_of(jonas, feedback_id))
    mette = browser_for(world.mette)
    mette.send(f"/feedback/{feedback_id}/aabn")
    assert SECRET in mette.get(f"/feedback/{feedback_id}").get_data(as_text=True)


def test_asked_for_before_the_sending_and_answered(app: Flask, world: World, browser_for: Any) -> None:
    observation_id = ended(app, world)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    fields = draft_fields((uuid4(), "lykkedes", "kanarie-kladde"), slags="fortolkning")
    jonas.send(f"/observationer/{observation_id}/feedback/skuffer", **fields)
    feedback_id = feedback_of(app, observation_id)
    assert feedback_id is not None
    assert stored(app, feedback_id)["punkter"][0][1] == "kanarie-kladde", "asking lost what was typed"
    assert "Svar Jonas" in mette.get("/samtaler").get_data(as_text=True)
    page = mette.get(f"/feedback/{feedback_id}/skuffer").get_data(as_text=True)
    assert "Ja tak til fortolkning" in page
    assert "kanarie-kladde" not in page
    mette.send(f"/feedback/{feedback_id}/skuffer/aabn", slags="fortolkning")
    assert ">Fortolkning</h2>" in jonas.get(f"/observationer/{observation_id}/feedback").get_data(
        as_text=True
    )
    assert mette.get(f"/feedback/{feedback_id}").status_code == 404


def test_the_question_is_asked_once_and_a_no_ends_it(app: Flask, world: World, browser_for: Any) -> None:
    observation_id = ended(app, world)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    ask = f"/observationer/{observation_id}/feedback/skuffer"
    jonas.send(ask, slags="godt_raad")
    feedback_id = feedback_of(app, observation_id)
    assert feedback_id is not None
    mette.send(f"/feedback/{feedback_id}/skuffer/luk", slags="godt_raad")
    jonas.send(ask, slags="godt_raad")
    assert stored(app, feedback_id)["skuffer"] == {"godt_raad": (True, False, True)}
    page = jonas.get(f"/observationer/{observation_id}/feedback").get_data(as_text=True)
    assert "Mette har valgt, at gode råd er låst" in page
    assert "Spørg Mette om gode råd" not in page
    assert "Svar Jonas" not in mette.get("/samtaler").get_data(as_text=True)


def test_shut_again_nothing_goes_out_and_the_text_stays(app: Flask, world: World, browser_for: Any) -> None:
    observation_id = ended(app, world)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    jonas.send(f"/observationer/{observation_id}/feedback/skuffer", slags="fortolkning")
    feedback_id = feedback_of(app, observation_id)
    assert feedback_id is not None
    mette.send(f"/feedback/{feedback_id}/skuffer/aabn", slags="fortolkning")
    drafted(app, observation_id, with_secret())
    mette.send(f"/feedback/{feedback_id}/skuffer/luk", slags="fortolkning")
    page = jonas.get(f"/observationer/{observation_id}/feedback").get_data(as_text=True)
    assert "ligger trygt hos dig" in page
    assert SECRET not in jonas.get(f"/feedback/{feedback_id}/gennemse").get_data(as_text=True)
    jonas.send(f"/feedback/{feedback_id}/send", laest=mark_of(jonas, feedback_id))
    mette.send(f"/feedback/{feedback_id}/aabn")
    assert SECRET not in mette.get(f"/feedback/{feedback_id}").get_data(as_text=True)
    assert ("fortolkning", SECRET, None, False) in stored(app, feedback_id)["punkter"]
    mette.send(f"/feedback/{feedback_id}/skuffer/aabn", slags="fortolkning")
    assert SECRET not in mette.get(f"/feedback/{feedback_id}").get_data(as_text=True), "opening sends nothing"
    assert SECRET in jonas.get(f"/observationer/{observation_id}/feedback").get_data(as_text=True)
    jonas.send(f"/feedback/{feedback_id}/send", laest=mark_of(jonas, feedback_id))
    assert SECRET in mette.get(f"/feedback/{feedback_id}").get_data(as_text=True)


def test_a_page_open_while_it_was_shut_keeps_its_words(app: Flask, world: World, browser_for: Any) -> None:
    observation_id = ended(app, world)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    jonas.send(f"/observationer/{observation_id}/feedback/skuffer", slags="fortolkning")
    feedback_id = feedback_of(app, observation_id)
    assert feedback_id is not None
    for verb in ("aabn", "luk"):
        mette.send(f"/feedback/{feedback_id}/skuffer/{verb}", slags="fortolkning")
    fields = draft_fields((uuid4(), "fortolkning", SECRET))
    assert save_in_background(jonas, observation_id, fields).status_code == 200
    assert stored(app, feedback_id)["punkter"] == [("fortolkning", SECRET, None, False)]


def test_opened_after_the_sending_the_observer_writes_on_in_it_alone(
    app: Flask, world: World, browser_for: Any
) -> None:
    feedback_id = sent(app, world, opened=True)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    mette.send(f"/feedback/{feedback_id}/skuffer/aabn", slags="godt_raad")
    assert "vil gerne høre mere fra dig" in jonas.get("/samtaler").get_data(as_text=True)
    url = f"/observationer/{stored(app, feedback_id)['observation_id']}/feedback"
    page = jonas.get(url).get_data(as_text=True)
    assert ">Gode råd</h2>" in page
    assert ">Iagttagelser</h2>" not in page
    jonas.send(url, **draft_fields((uuid4(), "godt_raad", "Du kunne måske vente.")))
    jonas.send(f"/feedback/{feedback_id}/send", laest=mark_of(jonas, feedback_id))
    assert "Du kunne måske vente." in mette.get(f"/feedback/{feedback_id}").get_data(as_text=True)
    assert "vil gerne høre mere fra dig" not in jonas.get("/samtaler").get_data(as_text=True)


def test_asked_for_after_the_sending(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = sent(app, world, opened=True)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    observation_id = stored(app, feedback_id)["observation_id"]
    answer = jonas.send(f"/observationer/{observation_id}/feedback/skuffer", slags="fortolkning")
    assert answer.location == f"/feedback/{feedback_id}"
    assert "Jonas spørger, om du vil have den." in mette.get(f"/feedback/{feedback_id}").get_data(
        as_text=True
    )


@pytest.mark.parametrize("slags", ["lykkedes", "", "karakter"])
def test_there_are_two_drawers_and_no_others(app: Flask, world: World, browser_for: Any, slags: str) -> None:
    feedback_id = sent(app, world, opened=True)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    observation_id = stored(app, feedback_id)["observation_id"]
    assert jonas.send(f"/observationer/{observation_id}/feedback/skuffer", slags=slags).status_code == 422
    for verb in ("aabn", "luk"):
        assert mette.send(f"/feedback/{feedback_id}/skuffer/{verb}", slags=slags).status_code == 422
    assert stored(app, feedback_id)["skuffer"] == {}


def test_closed_feedback_opens_no_drawer(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = sent(app, world, opened=True)
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    mette.send(f"/feedback/{feedback_id}/luk")
    observation_id = stored(app, feedback_id)["observation_id"]
    assert mette.send(f"/feedback/{feedback_id}/skuffer/aabn", slags="fortolkning").status_code == 422
    assert (
        jonas.send(f"/observationer/{observation_id}/feedback/skuffer", slags="fortolkning").status_code
        == 422
    )

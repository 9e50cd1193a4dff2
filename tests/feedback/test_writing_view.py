"""The observatør writes: saved by buttons and in the background, moved, taken away, hung on moments."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from letters import (
    THREE,
    count_points,
    draft_fields,
    drafted,
    ended,
    feedback_of,
    save_in_background,
    sent,
    stored,
    texts,
)  # fmt: skip
from people import World
from road import agreed, person, recorded

from supervision.db import db
from supervision.feedback.models import Feedback
from supervision.observationer.formats import forseglet
from supervision.observationer.models import Observation

XSS = '<script>alert("x")</script> & <b onclick=x>'


def test_the_page_shows_the_agreement_the_kinds_in_order_and_the_closed_drawers(
    app: Flask, world: World, browser_for: Any
) -> None:
    page = browser_for(world.jonas).get(f"/observationer/{ended(app, world)}/feedback").get_data(as_text=True)
    assert "kanarie-fokus" in page
    assert "kanarie-udenfor" in page
    places = [page.index(f">{word}</h2>") for word in ("Det, der lykkedes", "Iagttagelser", "Oplevelser")]
    assert places == sorted(places)
    assert "Fortolkning og gode råd er låst, til Mette beder om dem." in page
    assert "Spørg Mette om gode råd" in page
    assert "Jeg lagde mærke til …" in page
    assert "0.45 · " in page
    assert 'data-t-ms="45000"' in page


def test_looking_writes_nothing(app: Flask, world: World, browser_for: Any) -> None:
    observation_id = ended(app, world)
    browser_for(world.jonas).get(f"/observationer/{observation_id}/feedback")
    assert feedback_of(app, observation_id) is None


def test_saved_in_the_background_and_there_again(app: Flask, world: World, browser_for: Any) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    point = (uuid4(), "lykkedes", "  Du ventede.\r\nLænge. ", 45_000)
    answer = save_in_background(jonas, observation_id, draft_fields(point))
    assert answer.status_code == 200
    assert re.fullmatch(r"kl\. \d\d\.\d\d", answer.get_json()["gemt"])
    feedback_id = feedback_of(app, observation_id)
    assert feedback_id is not None
    assert stored(app, feedback_id)["punkter"] == [("lykkedes", "Du ventede.\nLænge.", 45_000, False)]
    page = jonas.get(f"/observationer/{observation_id}/feedback").get_data(as_text=True)
    assert "Du ventede.\nLænge." in page
    assert re.search(r'<option value="45000" selected>0\.45', page)
    assert re.search(r"data-chip>kl\. \d\d\.\d\d</span>", page)


def test_saving_the_same_page_twice_is_saving_once(app: Flask, world: World, browser_for: Any) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    fields = draft_fields(
        (uuid4(), "lykkedes", "En"), (uuid4(), "oplevelse", "To"), (uuid4(), "oplevelse", "")
    )
    for _ in range(2):
        assert save_in_background(jonas, observation_id, fields).status_code == 200
    assert count_points(app) == 2


def test_an_emptied_text_goes_and_can_come_back(app: Flask, world: World, browser_for: Any) -> None:
    observation_id, jonas, id_ = ended(app, world), browser_for(world.jonas), uuid4()
    for text, expected in (("En", 1), ("", 0), ("En igen", 1)):
        save_in_background(jonas, observation_id, draft_fields((id_, "lykkedes", text)))
        assert count_points(app) == expected


def test_what_another_page_wrote_is_left_alone(app: Flask, world: World, browser_for: Any) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    save_in_background(jonas, observation_id, draft_fields((uuid4(), "lykkedes", "Fra den ene")))
    save_in_background(jonas, observation_id, draft_fields((uuid4(), "lykkedes", "Fra den anden")))
    feedback_id = feedback_of(app, observation_id)
    assert feedback_id is not None
    assert texts(app, feedback_id) == ["Fra den ene", "Fra den anden"]


@pytest.mark.parametrize(
    ("handling", "expected"),
    [
        ("op:1", ["B", "A", "C"]),
        ("ned:1", ["A", "C", "B"]),
        ("slet:1", ["A", "C"]),
        ("op:0", ["A", "B", "C"]),
    ],
)
def test_buttons_move_and_take_away_and_save_what_was_typed(
    app: Flask, world: World, browser_for: Any, handling: str, expected: list[str]
) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    points = [(uuid4(), "lykkedes", text) for text in "ABC"]
    save_in_background(jonas, observation_id, draft_fields(*points))
    verb, place = handling.split(":")
    url = f"/observationer/{observation_id}/feedback"
    answer = jonas.send(url, **draft_fields(*points), handling=f"{verb}:{points[int(place)][0]}")
    assert answer.status_code == 303
    feedback_id = feedback_of(app, observation_id)
    assert feedback_id is not None
    assert texts(app, feedback_id) == expected


def test_a_starter_begins_a_new_point_without_script(app: Flask, world: World, browser_for: Any) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    url = f"/observationer/{observation_id}/feedback"
    answer = jonas.send(url, **draft_fields((uuid4(), "lykkedes", "Først")), handling="start:iagttagelse:1")
    assert answer.location.endswith("/feedback?start=iagttagelse:1#ny-iagttagelse")
    page = jonas.get(answer.location).get_data(as_text=True)
    assert ">Jeg hørte </textarea>" in page
    assert "Først" in page
    for strange in ("x:1", "lykkedes:99", "lykkedes:-1", "lykkedes:", "lykkedes:²"):
        assert jonas.get(url, query_string={"start": strange}).status_code == 200


def test_too_long_is_named_and_nothing_typed_is_lost(app: Flask, world: World, browser_for: Any) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    fields = draft_fields((uuid4(), "lykkedes", "x" * 2001), (uuid4(), "oplevelse", "Min oplevelse"))
    page = jonas.send(f"/observationer/{observation_id}/feedback", **fields)
    assert page.status_code == 422
    text = page.get_data(as_text=True)
    assert "Skriv højst 2000 tegn." in text
    assert "x" * 2001 in text
    assert "Min oplevelse" in text
    assert save_in_background(jonas, observation_id, fields).get_json() == {"fejl": "Skriv højst 2000 tegn."}
    assert count_points(app) == 0


def test_the_longest_text_in_every_point_is_stored(app: Flask, world: World, browser_for: Any) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    points = [(uuid4(), "iagttagelse", "ø" * 2000) for _ in range(30)]
    assert save_in_background(jonas, observation_id, draft_fields(*points)).status_code == 200
    one_more = draft_fields(*points, (uuid4(), "iagttagelse", "en til"))
    assert "30 punkter" in save_in_background(jonas, observation_id, one_more).get_json()["fejl"]
    assert count_points(app) == 30


def test_script_and_null_stay_text(app: Flask, world: World, browser_for: Any) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    fields = draft_fields((uuid4(), "lykkedes", f"\x00{XSS}\x07"))
    assert save_in_background(jonas, observation_id, fields).status_code == 200
    feedback_id = feedback_of(app, observation_id)
    assert feedback_id is not None
    assert texts(app, feedback_id) == [XSS]
    for url in (f"/observationer/{observation_id}/feedback", f"/feedback/{feedback_id}/gennemse"):
        page = jonas.get(url).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "broken",
    [
        {"punkter-0-id": "ikke-et-id"},
        {"punkter-0-slags": "karakter"},
        {"punkter-0-t_ms": "-1"},
        {"punkter-0-t_ms": "99999999999"},
        {"punkter-0-t_ms": "snart"},
        {"handling": "x" * 61},
    ],
)
def test_a_broken_form_is_refused_whole(
    app: Flask, world: World, browser_for: Any, broken: dict[str, str]
) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    fields = {**draft_fields((uuid4(), "lykkedes", "God tekst")), **broken}
    assert save_in_background(jonas, observation_id, fields).status_code == 422
    assert count_points(app) == 0


def test_columns_that_are_posted_change_nothing(app: Flask, world: World, browser_for: Any) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    save_in_background(jonas, observation_id, draft_fields((uuid4(), "lykkedes", "En")))
    feedback_id = feedback_of(app, observation_id)
    assert feedback_id is not None
    before = stored(app, feedback_id)
    extra = {column.name: str(world.aase) for column in Feedback.__table__.columns}
    extra |= {
        "sendt_at": "2027-01-01",
        "punkter-0-sendt_at": "2027-01-01",
        "punkter-0-beholdt_at": "2027-01-01",
    }
    fields = draft_fields((before["punkt_ids"][0], "lykkedes", "En")) | extra
    assert save_in_background(jonas, observation_id, fields).status_code == 200
    assert stored(app, feedback_id) == before


def test_a_point_of_another_feedback_cannot_be_taken_over(app: Flask, world: World, browser_for: Any) -> None:
    theirs = drafted(app, ended(app, world, "jonas", "aase"))
    mine = ended(app, world)
    stolen = stored(app, theirs)["punkt_ids"][0]
    answer = save_in_background(
        browser_for(world.jonas), mine, draft_fields((stolen, "lykkedes", "Overtaget"))
    )
    assert answer.status_code == 404
    assert texts(app, theirs) == [tekst for _, tekst in THREE]


def test_a_samtale_that_is_not_ended_asks_to_end_it(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        jonas = person(world.jonas)
        observation = recorded(agreed(person(world.mette), jonas), jonas)
        observation.afsluttet_at = None
        observation_id = observation.id
        db.session.commit()
        db.session.remove()
    page = browser_for(world.jonas).get(f"/observationer/{observation_id}/feedback")
    assert page.status_code == 422
    assert "Tryk Afslut i optageren" in page.get_data(as_text=True)


def test_an_observation_from_a_file_takes_no_feedback(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        jonas = person(world.jonas)
        observation = recorded(agreed(person(world.mette), jonas), jonas)
        observation.kilde, observation.fil_observation, observation.fil_observatoer = "fil", "a", "b"
        observation.kontrakt_id = None
        observation_id = observation.id
        db.session.commit()
        assert db.session.get(Observation, observation_id) is not None
        db.session.remove()
    assert browser_for(world.jonas).get(f"/observationer/{observation_id}/feedback").status_code == 404


def test_after_the_sending_the_page_leads_to_what_was_sent(
    app: Flask, world: World, browser_for: Any
) -> None:
    feedback_id = sent(app, world)
    observation_id = stored(app, feedback_id)["observation_id"]
    answer = browser_for(world.jonas).get(f"/observationer/{observation_id}/feedback")
    assert answer.status_code == 303
    assert answer.location == f"/feedback/{feedback_id}"


def test_what_a_device_kept_is_opened_for_its_writer_alone(
    app: Flask, world: World, browser_for: Any
) -> None:
    observation_id = ended(app, world)
    drafted(app, observation_id, (("iagttagelse", "Jeg så"),))
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    address = f"/observationer/{observation_id}/feedback"
    udgave = re.findall(r'data-udgave="([0-9a-f]*)"', jonas.get(address).get_data(as_text=True))[0]
    new = {"id": str(uuid4()), "slags": "oplevelse", "tekst": "Jeg blev rolig", "t_ms": 5000}
    cpr = {**new, "id": str(uuid4()), "tekst": "010190-1234"}
    kept = {
        "base": udgave,
        "afleveret": False,
        "punkter": [new, cpr, {**new, "slags": "ukendt"}, {**new, "t_ms": -1}],
    }
    noegle = forseglet.public_key(app.config["SECRET_KEY"])
    sealed = forseglet.seal(json.dumps(kept), noegle, observation_id)
    opened = jonas.send_json(f"/api{address}/genopret", {"forseglet": sealed})
    assert opened.get_json() == {"punkter": [new]}
    assert mette.send_json(f"/api{address}/genopret", {"forseglet": sealed}).status_code == 404
    foreign = forseglet.seal(json.dumps(kept), noegle, uuid4())
    for body in (
        {"forseglet": foreign},
        {"forseglet": "x"},
        {},
        {"forseglet": sealed[:-9] + "AAAAAAAAA"},
    ):
        assert jonas.send_json(f"/api{address}/genopret", body).status_code == 422
    for body in ([], {"forseglet": sealed, "person": str(mette)}):
        assert jonas.send_json(f"/api{address}/genopret", body).status_code == 400, (
            "a key that we do not know"
        )
    bad = forseglet.seal(json.dumps({"punkter": "nej"}), noegle, observation_id)
    assert jonas.send_json(f"/api{address}/genopret", {"forseglet": bad}).status_code == 422

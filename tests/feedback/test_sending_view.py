"""Read through, sent as a whole and once; afterwards it stands."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from letters import THREE, draft_fields, drafted, ended, save_in_background, sent, stored, texts
from people import World
from sqlalchemy import select
from web import Browser

from supervision.db import db
from supervision.history import Historik


def mark_of(browser: Browser, feedback_id: UUID) -> str:
    """The mark that the page of reading through carries."""
    page = browser.get(f"/feedback/{feedback_id}/gennemse").get_data(as_text=True)
    found = re.search(r'name="laest"[^>]*value="([0-9a-f]+)"', page)
    assert found is not None
    return found.group(1)


def test_read_as_the_other_will_see_it_then_sent_once(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id, jonas = drafted(app, ended(app, world)), browser_for(world.jonas)
    page = jonas.get(f"/feedback/{feedback_id}/gennemse").get_data(as_text=True)
    assert all(tekst in page for _, tekst in THREE)
    assert "Send til Mette" in page
    mark = mark_of(jonas, feedback_id)
    first = jonas.send(f"/feedback/{feedback_id}/send", laest=mark)
    assert first.location == f"/feedback/{feedback_id}"
    after = stored(app, feedback_id)
    assert after["sendt_at"] is not None
    assert after["overdraget_at"] is not None
    assert all(is_sent for *_, is_sent in after["punkter"])
    assert jonas.send(f"/feedback/{feedback_id}/send", laest=mark).location == f"/feedback/{feedback_id}"
    assert stored(app, feedback_id) == after


def test_without_something_that_succeeded_it_waits(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id, jonas = drafted(app, ended(app, world), THREE[1:]), browser_for(world.jonas)
    page = jonas.get(f"/feedback/{feedback_id}/gennemse").get_data(as_text=True)
    assert "mindst én ting, der lykkedes" in page
    assert "Send til Mette" not in page
    answer = jonas.send(f"/feedback/{feedback_id}/send", laest="x")
    assert answer.location.endswith("/gennemse")
    assert stored(app, feedback_id)["sendt_at"] is None


def test_what_was_changed_since_is_read_again(app: Flask, world: World, browser_for: Any) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    feedback_id = drafted(app, observation_id)
    mark = mark_of(jonas, feedback_id)
    save_in_background(jonas, observation_id, draft_fields((uuid4(), "lykkedes", "Nyt i en anden fane")))
    answer = jonas.send(f"/feedback/{feedback_id}/send", laest=mark)
    assert answer.location.endswith("/gennemse")
    assert "Læs den en gang til" in jonas.get(answer.location).get_data(as_text=True)
    assert stored(app, feedback_id)["sendt_at"] is None


def test_what_is_sent_is_not_edited(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id, jonas = sent(app, world), browser_for(world.jonas)
    before = stored(app, feedback_id)
    observation_id, first = before["observation_id"], before["punkt_ids"][0]
    for fields in (
        draft_fields((first, "lykkedes", "Rettet")),
        draft_fields((first, "lykkedes", "")),
        draft_fields((first, "lykkedes", THREE[0][1], 500)),
        draft_fields((uuid4(), "iagttagelse", "Et punkt til")),
    ):
        answer = save_in_background(jonas, observation_id, fields)
        assert answer.status_code == 422
        assert answer.get_json() == {"fejl": "Feedbacken er sendt og kan ikke ændres længere."}
    assert stored(app, feedback_id) == before


def test_a_page_left_open_that_changed_nothing_is_no_fault(
    app: Flask, world: World, browser_for: Any
) -> None:
    feedback_id, jonas = sent(app, world), browser_for(world.jonas)
    before = stored(app, feedback_id)
    points = [
        (id_, slags, tekst)
        for id_, (slags, tekst, *_) in zip(before["punkt_ids"], before["punkter"], strict=True)
    ]
    assert save_in_background(jonas, before["observation_id"], draft_fields(*points)).status_code == 200
    assert texts(app, feedback_id) == [tekst for _, tekst in THREE]


def test_the_primary_button_saves_and_leads_to_the_reading(
    app: Flask, world: World, browser_for: Any
) -> None:
    observation_id, jonas = ended(app, world), browser_for(world.jonas)
    fields = draft_fields((uuid4(), "lykkedes", "Du ventede."), handling="gennemse")
    answer = jonas.send(f"/observationer/{observation_id}/feedback", **fields)
    assert "Du ventede." in jonas.get(answer.location).get_data(as_text=True)


def test_two_presses_at_the_same_moment_send_once(app: Flask, world: World, browser_for: Any) -> None:
    observation_id = ended(app, world)
    jonas = browser_for(world.jonas)
    feedback_id = drafted(app, observation_id)
    fields = {"csrf_token": jonas.token(), "laest": mark_of(jonas, feedback_id)}
    cookie = jonas.get_cookie("supervision")
    assert cookie is not None
    with ThreadPoolExecutor(4) as pool:
        headers = {"Cookie": f"supervision={cookie.value}"}
        press = lambda _: plain_post(app, f"/feedback/{feedback_id}/send", fields, headers)  # noqa: E731
        assert list(pool.map(press, range(4))) == [303] * 4
    with app.app_context():
        acts = db.session.scalars(select(Historik.handling).where(Historik.genstand_id == feedback_id)).all()
        db.session.remove()
    assert sorted(acts) == ["begyndte_feedback", "sendte_feedback"]


def plain_post(app: Flask, url: str, fields: dict[str, str], headers: dict[str, str]) -> int:
    """A POST from a client of its own, as threads need; the session comes in the headers."""
    client = app.test_client(use_cookies=False)
    return client.post(url, data=fields, headers=headers).status_code

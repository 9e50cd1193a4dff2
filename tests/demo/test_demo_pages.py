"""The main people's pages stand, and say what waits for each of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from web import Browser

from supervision.db import db
from supervision.demo.ids import id_of
from supervision.demo.people import PASSWORD, SIGN_INS
from supervision.feedback.models import Feedback

PAGES = ("/", "/samtaler", "/laering", "/gruppe", "/overblik")


@pytest.fixture
def browse(demo: Flask) -> Callable[[str], Browser]:
    return lambda key: Browser.signed_in(demo, id_of("person", key))


@pytest.mark.parametrize("key", [key for key, _ in SIGN_INS])
@pytest.mark.parametrize("page", PAGES)
def test_every_sign_in_sees_its_pages(browse: Callable[[str], Browser], key: str, page: str) -> None:
    only_runs_the_system = key == "palle" and page != "/"
    status = browse(key).get(page, follow_redirects=True).status_code
    assert status == (404 if only_runs_the_system else 200)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("maja", ["Tobias", "klar", "Du har fået feedback fra Amina", "Freja har sagt ja", "ikke færdig"]),
        ("tobias", ["Maja", "Åbn optageren", "Mehmet spørger ind", "Henrik venter på", "Louise har sagt ja"]),
        ("birgitte", ["Agnieszka har sagt ja", "Mehmet"]),
        ("inger", ["Jonas", "Signe har sagt ja"]),
    ],
)  # fmt: skip
def test_i_dag_shows_what_waits(browse: Callable[[str], Browser], key: str, words: list[str]) -> None:
    page = browse(key).get("/").get_data(as_text=True)
    assert [word for word in words if word not in page] == []


def test_a_letter_its_timeline_and_kontrakt_can_be_read(
    demo: Flask, browse: Callable[[str], Browser]
) -> None:
    with demo.app_context():
        feedback = db.session.scalars(
            select(Feedback)
            .where(Feedback.fokusperson_id == id_of("person", "maja"), Feedback.laest_at.is_not(None))
            .order_by(Feedback.sendt_at.desc())
        ).first()
        assert feedback is not None
        observation, kontrakt = feedback.observation_id, feedback.observation.kontrakt_id
        url = f"/feedback/{feedback.id}"
        db.session.remove()
    browser = browse("maja")
    for page in (url, f"/observationer/{observation}", f"/kontrakter/{kontrakt}"):
        assert browser.get(page, follow_redirects=True).status_code == 200
    assert browse("steen").get(url).status_code == 404


def test_the_password_opens_the_door(demo: Flask) -> None:
    browser = Browser.signed_in(demo, None)
    page = browser.get("/log-ind").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    fields = {"csrf_token": token.group(1), "email": "maja@demo.example", "password": PASSWORD}
    assert browser.post("/log-ind", data=fields).status_code in (302, 303)
    assert "Maja" in browser.get("/").get_data(as_text=True)


def test_the_supervisor_has_days_behind_and_six_sessions_ahead(browse: Callable[[str], Browser]) -> None:
    days = browse("inger").get("/supervision/dage").get_data(as_text=True)
    kommende, holdte = days.split('id="holdte"')
    assert "6 sessioner · sendt" in kommende
    assert holdte.count("/supervision/dage/") >= 10
    assert "er din supervisor" in browse("maja").get("/").get_data(as_text=True)

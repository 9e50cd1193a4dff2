"""Every failure has a clear Danish answer, a page or JSON; and every answer carries the headers."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from people import World
from sqlalchemy.exc import OperationalError

from supervision import error_pages
from supervision.headers import HEADERS
from supervision.problems import NotAllowed, NotFound, RuleBroken


def test_missing_and_forbidden_look_the_same(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context("/x"):
        problems = (NotFound(), NotAllowed("hemmeligt"))
        answers = [sqlite_app.handle_user_exception(problem) for problem in problems]
    pages = [sqlite_app.make_response(answer) for answer in answers]
    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].get_data() == pages[1].get_data()


@pytest.mark.parametrize(
    ("problem", "code", "words"),
    [
        (RuleBroken("Kontrakten mangler et fokus. Skriv mindst ét."), 422, "mangler et fokus"),
        (OperationalError("x", {}, Exception("locked")), 503, "Intet er gået tabt"),
    ],
)
def test_a_problem_is_answered_in_danish(
    sqlite_app: Flask, problem: Exception, code: int, words: str
) -> None:
    for path in ("/x", "/api/x"):
        with sqlite_app.test_request_context(path):
            answer = sqlite_app.make_response(sqlite_app.handle_user_exception(problem))
        assert answer.status_code == code
        assert words in answer.get_data(as_text=True)
        assert answer.is_json is path.startswith("/api/")
        if code == 503:
            assert answer.headers["Retry-After"] == "5"


@pytest.mark.gate("D1")
def test_an_unforeseen_problem_is_told_without_its_details(sqlite_app: Flask) -> None:
    sqlite_app.config["TESTING"] = False
    with sqlite_app.test_request_context("/x"):
        answer = sqlite_app.make_response(sqlite_app.handle_user_exception(ValueError("cpr 010203-0405")))
    assert answer.status_code == 500
    assert "Noget gik galt hos os" in answer.get_data(as_text=True)
    assert "010203" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(("path", "code"), [("/hjaelp", 200), ("/profil", 302), ("/findes-ikke", 404)])
@pytest.mark.gate("E1", "E2")
def test_every_answer_carries_the_headers(browser_for: Any, path: str, code: int) -> None:
    answer = browser_for().get(path)
    assert answer.status_code == code
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["Cache-Control"] == "no-store"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_static_files_may_be_kept_when_their_address_names_their_version(browser_for: Any) -> None:
    browser = browser_for()
    assert "immutable" in browser.get("/static/css/app.css?v=1").headers["Cache-Control"]
    assert browser.get("/static/css/app.css").headers["Cache-Control"] == "no-cache"
    assert browser.get("/static/css/nej.css").headers["Cache-Control"] == "no-store"


@pytest.mark.gate("D2")
def test_a_body_over_the_limit_is_refused(browser_for: Any, world: World) -> None:
    browser = browser_for(world.mette)
    answer = browser.post("/log-ud", data={"csrf_token": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "højst sendes 1 MB" in answer.get_data(as_text=True)
    assert error_pages.BY_STATUS[413].code == 413

"""A test client that looks at every page it gets: bad HTML, inline script and uncommitted work fail the test."""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from supervision.db import db
from supervision.personer.actions.adgang import start_indlogning
from supervision.personer.models import Person
from supervision.sign_in.sessions import KEY

FAR_AWAY = datetime(2200, 1, 1, tzinfo=UTC)
HTML = "{http://www.w3.org/1999/xhtml}"
LABELLED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button"}


class Browser(FlaskClient):
    """Signed in as one person (or nobody). Follows no redirects unless told to."""

    @classmethod
    def signed_in(cls, app: Flask, person_id: UUID | None, *, ages: bool = False) -> Browser:
        """Signed in without the form. Unless it `ages`, the sign-in outlives whatever the test does to the clock."""
        browser = cls(app, response_wrapper=app.response_class, use_cookies=True)
        if person_id is not None:
            with app.app_context():
                uniquifier, secret = let_in(person_id, ages=ages)
                db.session.commit()
                db.session.remove()
            with browser.session_transaction() as session:
                session["_user_id"] = uniquifier
                session["_fresh"] = True
                session["fs_cc"] = "set"
                session["fs_paa"] = time.time()
                session[KEY] = secret
        return browser

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with flushed_but_not_committed() as left_over:
            response = super().open(*args, **kwargs)
        if response.status_code < 400:
            assert not left_over, f"written but not committed: {left_over}"
        if response.mimetype == "text/html" and response.status_code < 500 and response.data:
            check_page(response.get_data(as_text=True))
        return response

    def token(self) -> str:
        """The token that a form carries, from the profile or the sign-in page; fetched once for each session."""
        kept: dict[str | None, str] = self.__dict__.setdefault("tokens", {})
        secret = self._session_secret()
        if secret not in kept:
            token = self._token_of_a_page()
            kept.clear()
            kept[self._session_secret()] = token
            return token
        return kept[secret]

    def _session_secret(self) -> str | None:
        """What the session's cookie holds for its tokens, or None."""
        interface, app = self.application.session_interface, self.application
        cookie = self.get_cookie(interface.get_cookie_name(app))
        if cookie is None:
            return None
        secret: str | None = interface.get_signing_serializer(app).loads(cookie.value).get("csrf_token")
        return secret

    def _token_of_a_page(self) -> str:
        page = self.get("/profil", follow_redirects=True).get_data(as_text=True)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found is not None, "no token on the page"
        return found.group(1)

    def send(self, url: str, **fields: Any) -> TestResponse:
        """POST a form with its token."""
        return self.post(url, data={"csrf_token": self.token(), **fields})

    def send_json(self, url: str, body: Any) -> TestResponse:
        """POST JSON as our own scripts do."""
        return self.post(url, json=body, headers={"X-Supervision": "1"})


def let_in(person_id: UUID, *, ages: bool = False) -> tuple[str, str]:
    """A sign-in of this person in the running session: (what Flask-Login knows, the secret of the cookie)."""
    person = db.session.get(Person, person_id)
    assert person is not None
    row, secret = start_indlogning(person, enhed="Chrome på Linux")
    if not ages:
        row.set_at, row.slutter_at = FAR_AWAY, FAR_AWAY
    return person.fs_uniquifier, secret


@contextmanager
def flushed_but_not_committed() -> Iterator[set[str]]:
    """The rows that a session wrote and then let go of without a commit."""
    written: set[str] = set()
    flushed = lambda session, _context: written.update(  # noqa: E731
        type(row).__name__ for row in (*session.new, *session.dirty, *session.deleted)
    )
    committed = lambda _session: written.clear()  # noqa: E731
    event.listen(db.session, "after_flush", flushed)
    event.listen(db.session, "after_commit", committed)
    try:
        yield written
    finally:
        event.remove(db.session, "after_flush", flushed)
        event.remove(db.session, "after_commit", committed)


VARYING = re.compile(
    r"(?P<uuid>\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)"
    r'|(?<=name="csrf_token" value=")(?P<token>[\w.-]+)(?=")'
    r'|(?<=name="csrf_token" type="hidden" value=")(?P<field>[\w.-]+)(?=")'
)
_checked: set[bytes] = set()


def check_page(source: str) -> None:
    """Well-formed, one h1, a title that starts with it, unique ids, labels, nothing inline. Raises AssertionError.

    A page that differs from one already found good only in which ids and tokens it carries is not parsed again.
    """
    print_of_page = fingerprint(source)
    if print_of_page not in _checked:
        _check_page(source)
        _checked.add(print_of_page)


def fingerprint(source: str) -> bytes:
    """The same for two pages that are equal but for tokens and for ids, each id replaced by its number in the page."""
    numbers: dict[str, int] = {}

    def without(match: re.Match[str]) -> str:
        found = match["uuid"]
        return f"id {numbers.setdefault(found, len(numbers))}" if found else "token"

    return hashlib.sha256(VARYING.sub(without, source).encode()).digest()


def _check_page(source: str) -> None:
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(source)
    problems = [f"line {position[0]}: {code} {data}" for position, code, data in parser.errors]
    assert not problems, problems
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    _check_headings(elements)
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    assert not [key for key, count in ids.items() if count > 1], f"ids twice: {ids.most_common(3)}"
    _check_inline(elements)
    _check_labels(elements, set(ids))
    for form in (element for element in elements if element.tag == f"{HTML}form"):
        if form.get("method", "get").lower() == "post":
            names = {field.get("name") for field in form.iter()}
            assert "csrf_token" in names, f"a form without a token: {form.get('action')}"


def _check_headings(elements: list[Any]) -> None:
    headings = [element for element in elements if element.tag == f"{HTML}h1"]
    assert len(headings) == 1, f"{len(headings)} h1 on the page"
    title = next(element for element in elements if element.tag == f"{HTML}title")
    heading = _words_without_names(headings[0])
    assert _words(title).startswith(heading), f"title “{_words(title)}” does not start with “{heading}”"


def _check_inline(elements: list[Any]) -> None:
    for element in elements:
        assert element.get("style") is None, f"inline style on {element.tag}"
        handlers = [name for name in element.attrib if str(name).startswith("on")]
        assert not handlers, f"handler on {element.tag}"
        if element.tag == f"{HTML}script":
            assert element.get("src") or element.get("type") == "application/json", "inline script"
        assert element.tag != f"{HTML}style", "inline style element"


def _check_labels(elements: list[Any], ids: set[str | None]) -> None:
    labels = {element.get("for") for element in elements if element.tag == f"{HTML}label"}
    wrapped = {id(inner) for label in elements if label.tag == f"{HTML}label" for inner in label.iter()}
    for element in elements:
        tag = element.tag.removeprefix(HTML)
        if tag not in LABELLED or element.get("type") in NEEDS_NO_LABEL:
            continue
        named = element.get("id") in labels or id(element) in wrapped or element.get("aria-label")
        assert named or element.get("aria-labelledby"), f"field without a label: {element.get('name')}"


def _words_without_names(heading: Any) -> str:
    """The heading as a title says it: a browser keeps titles after a sign-out, so no name stands in them."""
    text = heading.text or ""
    for part in heading:
        named = part.get("data-navn")
        inner = "".join(part.itertext()) if named is None else named or "en kollega"
        text += inner + (part.tail or "")
    words = " ".join(text.split())
    return words[:1].upper() + words[1:]


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())

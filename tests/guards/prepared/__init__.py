"""Forms that nobody meets on a walk through the populated house: each is made ready by hand, one function an endpoint.

A function puts the house into a state in which the form can be sent, and says who sends what.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawling import Quick, endpoint_of, look
from flask import Flask
from people import World
from populated import Populated

from supervision.db import db


@dataclass
class Sent:
    """Who posts what. `ids`: of the address, beside those that are Mette's; `files`: name -> content.

    asks: what the form asks for beside `body`. traces: whether signing in and out is looked at as well.
    nothing: why the form writes nothing at all when it is carried out.
    """

    who: Quick
    body: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    query: str = ""
    asks: tuple[str, ...] = ()
    traces: bool = False
    nothing: str = ""


@dataclass
class House:
    """The populated house, who is signed in, and what lasts until the form is sent (`until`)."""

    app: Flask
    made: Populated
    people: dict[str, Quick]
    until: ExitStack = field(default_factory=ExitStack)

    @property
    def own(self) -> dict[str, Any]:
        """The values of addresses to what is Mette's."""
        return self.made.own

    @property
    def world(self) -> World:
        """Everybody's ids."""
        return self.made.world

    @contextmanager
    def rows(self) -> Iterator[None]:
        """Inside: a running session, which is committed."""
        with self.app.app_context():
            yield
            db.session.commit()
            db.session.remove()

    def get(self, model: type[Any], name: str) -> Any:
        """Mette's object of an address, inside `rows`."""
        return db.session.get_one(model, self.own[name])

    def stranger(self) -> Quick:
        """Somebody whom nobody knows yet."""
        browser = Quick.signed_in(self.app, None)
        assert isinstance(browser, Quick)
        return browser

    def standing(self, who: Quick, url: str, endpoint: str) -> dict[str, Any]:
        """What the first form for this endpoint on the page sends, untouched."""
        posts = (form for form in look(who, url).forms if form.method == "post")
        forms = [form for form in posts if endpoint_of(self.app, form.action, "POST") == endpoint]
        assert forms, f"no form for {endpoint} on {url}"
        return {name: value for name, value in forms[0].sent().items() if name != "csrf_token"}


Prepare = Callable[[House], Sent]
READY: dict[str, Prepare] = {}
"""Endpoint -> what makes its form ready."""


def ready(endpoint: str) -> Callable[[Prepare], Prepare]:
    """The function makes this endpoint's form ready."""

    def keep(prepare: Prepare) -> Prepare:
        assert endpoint not in READY, endpoint
        READY[endpoint] = prepare
        return prepare

    return keep


def all_ready() -> dict[str, Prepare]:
    """Every endpoint that a module of this folder makes ready."""
    for one in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        importlib.import_module(f"prepared.{one.stem}")
    return READY

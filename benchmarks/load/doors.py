"""How everybody of a run gets in: by the form, as anybody does; of thousands, with the cookie the form would give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import select

from supervision import create_app
from supervision.db import db
from supervision.personer.actions.adgang import start_indlogning
from supervision.personer.models import Person
from supervision.sign_in.sessions import KEY

from ..durability.databases import Installation
from ..durability.scene import Observer
from .session import Session

BY_THE_FORM = 500
"""A sign-in costs a tenth of a second of the processor, by design: thousands would take longer than the run."""

AT_ONCE = 4


def all_in(made: Installation, scene: list[Observer], sessions: list[Session]) -> None:
    """Sign everybody in. Raises RuntimeError when somebody is refused."""
    if len(scene) <= BY_THE_FORM:
        in_parallel(lambda pair: pair[0].sign_in(pair[1].email), zip(sessions, scene, strict=True))
        return
    for session, (name, value) in zip(sessions, _cookies(made, scene), strict=True):
        session.keep(name, value)


def in_parallel(work: Callable[[Any], None], all_of_them: Iterable[Any], at_once: int = AT_ONCE) -> None:
    """Do it for all of them, some at a time. Raises what the first that failed raised."""
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(work, all_of_them))


def _cookies(made: Installation, scene: list[Observer]) -> list[tuple[str, str]]:
    """Of each a session of its own in the database, and its cookie's name and value."""
    app = create_app(made.settings)
    interface: Any = app.session_interface
    sign, name = interface.get_signing_serializer(app).dumps, app.config["SESSION_COOKIE_NAME"]
    with app.app_context():
        people = {person.email: person for person in db.session.scalars(select(Person))}
        given = []
        for observer in scene:
            person = people[observer.email]
            _, secret = start_indlogning(person, enhed="Chrome på Linux")
            given.append((name, sign({"_user_id": person.fs_uniquifier, "_fresh": True, KEY: secret})))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return given

"""Sessions that the server can end: the cookie holds a secret, the database its hash, who it lets in and until when.

Flask's signed cookie stays what it was (form token, flashes); without a living row it lets nobody in, so a copy of it
is worth nothing after a sign-out, a new password, another role or a closed account.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, g, request, session
from flask_login import user_logged_in, user_logged_out
from flask_security.utils import login_user, set_request_attr
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from supervision import clock
from supervision.access import DEVICE_MARK
from supervision.db import LOCK_TIMEOUT_MS, db
from supervision.drift.events import log_event
from supervision.personer.actions import adgang as actions
from supervision.personer.models import Indlogning, Person
from supervision.personer.queries.adgang import find_signed_in
from supervision.personer.rules import indlogning as rules

KEY = "indlogning"
"""Where the secret lies in the cookie."""
PATIENCE_MS = 200
"""So long a page that is read waits to write down that its reader was seen; then it does without."""
UNSEEN = ("personer.indlogning_tid",)
"""What a page asks by itself about its own end: nobody was there."""


def init_app(app: Flask) -> None:
    """Look people up by their session, and keep its row beside Flask-Login's own signals."""
    app.login_manager.user_loader(_load)  # type: ignore[attr-defined]
    user_logged_in.connect(_begin, app)
    user_logged_out.connect(_end, app)
    app.context_processor(lambda: {"stille_min": _quiet_minutes})


def sign_in_person(person: Person, *, via: str, only_recorder: bool = False) -> None:
    """Sign a person in on this device with a session of its own; the one door, whoever vouched for the person.

    via: "password", "kode", "passkey", "enhedslink", … (an identity provider too). The caller commits.
    only_recorder: see `access.limit_to_device`. Whether a second step is needed is asked before, by `second_step`.
    """
    g.only_recorder = only_recorder
    login_user(person, authn_via=[via])


def current() -> Indlogning | None:
    """The row of the session that asks, or None."""
    found: Indlogning | None = g.get(KEY)
    return found


def _quiet_minutes() -> int | None:
    """For the templates: how long the session that asks may be quiet; None where a code opened it."""
    row = current()
    return row.hvile_min if row and DEVICE_MARK not in session else None


def renew(person: Person) -> None:
    """Another secret for the session that asks: its person's roles are others. The caller commits."""
    row = current()
    if row is not None and row.person_id == person.id:
        session[KEY] = actions.renew_indlogning(row, by=person)


def _load(uniquifier: str) -> Person | None:
    """Flask-Login's question, once a request: who this is. One read; at most once a minute also a write."""
    g.pop(KEY, None)
    token = session.get(KEY)
    found = find_signed_in(token, str(uniquifier)) if isinstance(token, str) else None
    if found is None:
        return None
    person, row = found
    g.indlogning = row
    if rules.skal_ses(row, clock.now()) and request.endpoint not in UNSEEN:
        _see(row)
    set_request_attr("fs_authn_via", "session")
    return person


def _see(row: Indlogning) -> None:
    """What changes something writes it with the rest; what only reads does it apart, and rather not than late."""
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        actions.see_indlogning(db.session, row.id)
        return
    row_id = row.id
    db.session.rollback()  # nothing is read yet; a reader of its own would stand in the way of the writer
    try:
        with db.engine.connect() as connection:
            _impatiently(connection, lambda: actions.see_indlogning(connection, row_id))
    except OperationalError:
        log_event("set_sidst_udeladt")


def _impatiently(connection: Connection, write: Callable[[], None]) -> None:
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
        write()
        connection.commit()
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE_MS}")
    try:
        write()
        connection.commit()
    finally:
        connection.rollback()
        connection.exec_driver_sql(f"PRAGMA busy_timeout={LOCK_TIMEOUT_MS}")


def _begin(_app: Flask, user: Any, **_more: Any) -> None:
    """A new secret at every sign-in; what the device held before is ended."""
    old = session.pop(KEY, None)
    if isinstance(old, str):
        actions.end_indlogning(old)
    g.indlogning, session[KEY] = actions.start_indlogning(
        user._get_current_object() if hasattr(user, "_get_current_object") else user,
        enhed=rules.enhed(request.headers.get("User-Agent", "")),
        kun_optageren=g.pop("only_recorder", False),
    )


def _end(_app: Flask, **_more: Any) -> None:
    """Signed out: the row goes with the request's commit. A GET writes nothing; its cookie is refused anyway."""
    g.pop(KEY, None)
    token = session.pop(KEY, None)
    if isinstance(token, str) and request.method == "POST":
        actions.end_indlogning(token)

"""The second step of a sign-in: who has to take it, where it waits, and whether a code is right.

Flask-Security asks its plug-in between the password and the session; ours sends on to pages of our own, since its own
are many and read in English. A passkey needs no second step: the device has asked for finger, face or PIN.
"""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Flask, current_app, redirect, session, url_for
from flask_security import Security, Totp
from flask_security.tf_plugin import TfPlugin
from flask_security.utils import _get_post_login_redirect
from passlib.totp import TOTP, TokenError, TotpMatch
from sqlalchemy import select
from werkzeug.wrappers import Response

from supervision import clock
from supervision.db import db
from supervision.personer.actions import andet_trin as actions
from supervision.personer.models import Person
from supervision.personer.queries.andet_trin import find_kodegenerator, has_second_step
from supervision.personer.rules import andet_trin as rules

PENDING = "andet_trin"
"""In the cookie: who has given the right password, and until when the second step may be taken."""
ISSUER = "Kollegial supervision"
STEP_S = 30
"""A code of the one before or after is taken too: clocks differ."""


class SecondStep(TfPlugin):
    """Between the password and the session."""

    def tf_enter(
        self, user: Any, remember_me: bool | None, primary_authn_via: str, next_loc: str | None
    ) -> Response | None:
        """Where to go on to, or None when the password is enough."""
        target = ask(user)
        return None if target is None else redirect(url_for(target))


class Codes(Totp):
    """One-time codes: the secret lies encrypted, the time is the product's, and a code opens once."""

    def __init__(self, secret_key: str) -> None:
        key = hashlib.sha256(f"engangskoder\0{secret_key}".encode()).hexdigest()
        super().__init__({"1": key}, ISSUER)
        self._totp = TOTP.using(issuer=ISSUER, secrets={"1": key}, now=lambda: clock.now().timestamp())

    def match(self, code: str, secret: str, last: int | None = None) -> int | None:
        """The number of the code (of half minutes since 1970), or None when it is wrong or not newer than `last`."""
        try:
            found: TotpMatch = self._totp.verify(code, secret, window=STEP_S, last_counter=last)
        except (TokenError, ValueError):
            return None
        return int(found.counter)


def init_app(app: Flask, extension: Security) -> None:
    """Take the place of Flask-Security's own second step."""
    extension.two_factor_plugins = SecondStep()
    app.extensions["codes"] = Codes(app.config["SECRET_KEY"])


def ask(person: Person) -> str | None:
    """Remember that the password was right; the endpoint of the step to take, or None when there is none."""
    session.pop(PENDING, None)
    has = has_second_step(person.id)
    if not has and not current_app.extensions["settings"].second_factor:
        return None
    until = (clock.now() + rules.VENTER).timestamp()
    session[PENDING] = {"person": person.fs_uniquifier, "til": until, "opret": not has, "videre": where_to()}
    return "personer.andet_trin" if has else "personer.opret_kode"


def waiting(*, to_set_up: bool) -> Person | None:
    """Who has given the right password and is to take this step; None when nobody is, or it took too long."""
    pending = session.get(PENDING)
    if not isinstance(pending, dict) or pending.get("opret") is not to_set_up:
        return None
    if clock.now().timestamp() > float(pending["til"]):
        session.pop(PENDING)
        return None
    return db.session.scalar(
        select(Person).where(Person.fs_uniquifier == str(pending["person"]), Person.active)
    )


def done() -> str:
    """The step is taken. Where its person was headed."""
    pending = session.pop(PENDING, None)
    return str(pending["videre"]) if isinstance(pending, dict) else "/"


def where_to() -> str:
    """Where whoever signs in by this request was headed (`next`); the front page when that is another site."""
    return str(_get_post_login_redirect())


def codes() -> Codes:
    """The codes of this installation."""
    found: Codes = current_app.extensions["codes"]
    return found


def is_right(person: Person, typed: str) -> bool:
    """Whether this code from the phone, or on paper, opens for the person; it is used up by it."""
    typed = "".join(typed.split())
    generator = find_kodegenerator(person.id)
    if generator is not None and rules.er_engangskode(typed):
        counter = codes().match(typed, generator.hemmelighed, generator.taeller)
        return counter is not None and actions.use_counter(person.id, counter)
    return actions.use_noedkode(person, typed)

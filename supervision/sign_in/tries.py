"""Wrong tries, counted before the password is looked at, so that many at once are counted too.

Each count is a short transaction of its own on one row: no lock is held while a password is checked, and nobody waits
for another account.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from math import ceil
from typing import TypeVar

from flask import current_app, request

from supervision import clock
from supervision.db import db
from supervision.personer.actions import forsoeg as actions
from supervision.personer.queries.forsoeg import find_stand
from supervision.personer.rules import forsoeg as rules
from supervision.problems import TooManyTries

T = TypeVar("T")
LINK = "link"
"""The kind of tries at secret addresses."""


def key_of(kind: str, value: str) -> str:
    """What is kept of an account or an address: a keyed hash."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"{kind}\0{value}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def count_try(account: str, *, kind: str = "konto") -> None:
    """Count a try at this account as wrong until `forget_tries` says that it was right. Raises TooManyTries.

    Call it with nothing unsaved: the running transaction is let go of.
    """
    refuse_address()
    db.session.rollback()
    now = clock.now()
    with db.engine.begin() as connection:
        refused = actions.count_at_account(connection, key_of(kind, account), now)
    if refused is not None:
        raise _told(refused, now)


def refuse_address(kind: str = "adresse") -> None:
    """Raises TooManyTries when too many tries from here were wrong within a minute."""
    now = clock.now()
    refused = rules.afvist_adresse(find_stand(_address(kind)), now)
    if refused is not None:
        raise _told(refused, now)


def note_wrong(kind: str = "adresse") -> None:
    """A try from here was wrong. Let nothing be unsaved: the running transaction is let go of."""
    db.session.rollback()
    with db.engine.begin() as connection:
        actions.count_at_address(connection, _address(kind), clock.now())


def opened_by_link(find: Callable[[str], T | None], token: str) -> T | None:
    """What a secret address opens; guesses are counted apart from passwords. Raises TooManyTries."""
    refuse_address(LINK)
    found = find(token)
    if found is None:
        note_wrong(LINK)
    return found


def forget_tries(account: str, *, kind: str = "konto") -> None:
    """A right one: what was wrong before it is forgotten when the running transaction is committed."""
    actions.forget(key_of(kind, account))


def _told(refused: rules.Afvist, now: datetime) -> TooManyTries:
    wait = None if refused.til is None else max(1, ceil((refused.til - now).total_seconds()))
    return TooManyTries(rules.besked(refused, now), wait)


def _address(kind: str) -> str:
    return key_of(kind, request.remote_addr or "")

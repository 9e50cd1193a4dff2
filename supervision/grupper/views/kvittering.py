"""The device's word for tjek ud: random, one for each meeting, only in the session's cookie, and gone at sign-out.

The database has its SHA-256. It is the only thread from an anonymous line to the one who sent it.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, Final

from flask import Flask, session
from flask.blueprints import BlueprintSetupState
from flask_login import user_logged_in, user_logged_out

from supervision.access import viewer
from supervision.grupper.models import Moede
from supervision.grupper.views import blueprint

KEY: Final = "tjek_ud"
MOST_KEPT: Final = 5
"""Meetings whose words a cookie holds; it has to stay small."""


def kvittering(moede: Moede, *, make: bool = False) -> str:
    """The hash of this device's word for the meeting; "" when there is none. make: begin one where there is none.

    A word belongs to whoever is signed in: for the next one at a shared tablet it does not exist.
    """
    kept = session.get(KEY)
    whole = kept if isinstance(kept, dict) and kept.get("person") == str(viewer().id) else {}
    words = dict(whole.get("ord", {}))
    key = str(moede.id)
    if key not in words:
        if not make:
            return ""
        words = {**dict(list(words.items())[-MOST_KEPT + 1 :]), key: secrets.token_urlsafe(16)}
        session[KEY] = {"person": str(viewer().id), "ord": words}
    return hashlib.sha256(words[key].encode()).hexdigest()


def _forget(_app: Flask, **_known: Any) -> None:
    session.pop(KEY, None)


@blueprint.record_once
def _go_with_whoever_signs_out(state: BlueprintSetupState) -> None:
    user_logged_in.connect(_forget, state.app)
    user_logged_out.connect(_forget, state.app)

"""Closed by default: no endpoint answers unless `access_matrix.yml` declares it, and only to whom it says.

The matrix says who may knock (`who`); which objects a person may see is decided where they are loaded, by queries
that take the viewer. Missing and forbidden look the same: 404.

A session that was begun by a link to another device carries a mark and is limited: only the endpoints with
`enhed: true` answer it, and only for the one kontrakt that the mark names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit
from uuid import UUID

import yaml
from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import current_user, logout_user, user_logged_in, user_logged_out
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from supervision.problems import NotFound

if TYPE_CHECKING:
    from supervision.personer.models import Person

MATRIX_FILE = Path(__file__).parent / "access_matrix.yml"
API_HEADER = "X-Supervision"
"""Sent by our own scripts with every JSON request; a form on another site cannot send it."""

DEVICE_MARK = "enhed"
"""The key in a limited session; its value is {"kontrakt": id, "link": id}."""
READING = ("GET", "HEAD", "OPTIONS")
STATIC = ("static", "security.static")
SIGN_IN = ("security.login", "personer.andet_trin", "personer.opret_kode")
"""Where a device that may only record signs somebody in for everything."""

csrf = CSRFProtect()


class SignInNeeded(Exception):
    """Nobody is signed in and the endpoint is not public."""


class ForeignRequest(Exception):
    """A JSON request that does not come from our own pages."""


class OnlyTheRecorder(Exception):
    """The session is limited to the recorder of one kontrakt, and something else was asked for."""

    def __init__(self, kontrakt_id: UUID) -> None:
        super().__init__()
        self.kontrakt_id = kontrakt_id


@dataclass(frozen=True, slots=True)
class Device:
    """What a limited session may open, and the link that began it."""

    kontrakt_id: UUID
    link_id: UUID


@dataclass(frozen=True, slots=True)
class Rule:
    """One endpoint's line in the matrix.

    who: public, signed_in, deltager (whoever does not only run the system), teamleder, supervisor, administrator or
    katalogredaktoer (an administrator, or whoever may change some organisation's catalogue).
    csrf: `form` (token), `json` (own header, same origin) or `svar` (an identity provider's answer: the view holds it
    against the question in the session). object: the kind of thing in its address. seen_by: the
    viewpoints that get an answer for that object. enhed: whether a session that is limited to the recorder of one
    kontrakt gets an answer, for that kontrakt.
    """

    who: str
    csrf: str = "form"
    object: str | None = None
    seen_by: tuple[str, ...] = ()
    enhed: bool = False


@cache
def matrix() -> dict[str, Rule]:
    """Endpoint -> rule, as declared. Raises TypeError on an unknown key in the file."""
    declared = yaml.safe_load(MATRIX_FILE.read_text(encoding="utf-8"))["endpoints"]
    return {
        endpoint: Rule(**{**line, "seen_by": tuple(line.get("seen_by", ()))})
        for endpoint, line in declared.items()
    }


def init_app(app: Flask) -> None:
    """Put the gate in front of every request."""
    csrf.init_app(app)
    _sign_in_by_cookie_alone(app)
    app.before_request(_gate)
    user_logged_in.connect(_forget_device, app)
    user_logged_out.connect(_forget_device, app)


def _sign_in_by_cookie_alone(app: Flask) -> None:
    """Flask-Security also looks for a token in the JSON of whoever has no cookie. We give none out, and a body that is
    too large or too deep would fail there: again while the page that says so is made."""
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]


def viewer() -> Person:
    """The person who is signed in. Raises SignInNeeded when nobody is."""
    if not current_user.is_authenticated:
        raise SignInNeeded
    return cast("Person", current_user._get_current_object())


def limit_to_device(device: Device) -> None:
    """Limit the session of the person who has just been signed in. A full sign-in or a sign-out ends the limit."""
    session[DEVICE_MARK] = {"kontrakt": str(device.kontrakt_id), "link": str(device.link_id)}


def limited_to() -> Device | None:
    """What the running session is limited to; None when it is not. Raises ValueError on a mark that is not ours."""
    if DEVICE_MARK not in session:
        return None
    try:
        mark = session[DEVICE_MARK]
        return Device(UUID(mark["kontrakt"]), UUID(mark["link"]))
    except (AttributeError, KeyError, TypeError) as problem:
        raise ValueError from problem


PARTICIPANTS = ("medarbejder", "teamleder", "supervisor")


def may_knock(who: str, person: Any) -> bool:
    """Whether this person (or an anonymous one) may ask an endpoint with this `who`."""
    if who == "public":
        return True
    if not person.is_authenticated:
        return False
    if who == "deltager":
        return any(map(person.har_rolle, PARTICIPANTS)) or not person.har_rolle("administrator")
    if who == "katalogredaktoer":
        return bool(person.retter_katalog)
    return who == "signed_in" or bool(person.har_rolle(who))


def _gate() -> Response | None:
    endpoint = request.endpoint
    rule = matrix().get(endpoint or "")
    _keep_to_the_device(rule)
    if endpoint is None or rule is None:
        raise NotFound
    if rule.csrf != "svar":
        _refuse_other_sites()
    if not may_knock(rule.who, current_user):
        if not current_user.is_authenticated:
            return _ask_to_sign_in()
        raise NotFound
    _refuse_forged(rule)
    return None


def _keep_to_the_device(rule: Rule | None) -> None:
    """Hold a limited session to its kontrakt, end it when it is over, and let it sign in fully."""
    if DEVICE_MARK not in session or request.endpoint in STATIC:
        return
    device = _open_device()
    if device is None or not current_user.is_authenticated:
        logout_user()
        session.clear()
        return
    asked = (request.view_args or {}).get("kontrakt_id", device.kontrakt_id)
    if rule is None or not rule.enhed or asked != device.kontrakt_id:
        raise OnlyTheRecorder(device.kontrakt_id)
    if request.endpoint in SIGN_IN:
        _see_as_nobody()


def _open_device() -> Device | None:
    """The device as its link has it: None when the twelve hours are over, or the link was taken back or never used."""
    from supervision.observationer.queries import is_device_open

    try:
        device = limited_to()
    except ValueError:
        return None
    return device if device and is_device_open(device.link_id) else None


def _see_as_nobody() -> None:
    """For this request only: the sign-in page sends on whoever is signed in already."""
    manager: Any = current_app.login_manager  # type: ignore[attr-defined]
    manager._update_request_context_with_user()


def _forget_device(_app: Flask, **_more: Any) -> None:
    """A full sign-in over a limited session begins afresh, its form token too."""
    if session.pop(DEVICE_MARK, None) is not None:
        session.pop("csrf_token", None)
        g.pop("csrf_token", None)


def _ask_to_sign_in() -> Response:
    if request.path.startswith("/api/") or request.method != "GET":
        raise SignInNeeded
    target = request.full_path.rstrip("?")
    return redirect(url_for("security.login", next=target))


def _refuse_forged(rule: Rule) -> None:
    """A form without its token, and JSON that our own scripts did not send."""
    if request.method in READING or rule.csrf == "svar":
        return
    if rule.csrf == "form":
        if current_app.config.get("WTF_CSRF_ENABLED", True):
            csrf.protect()
    elif not (request.is_json and API_HEADER in request.headers):
        raise ForeignRequest


def _refuse_other_sites() -> None:
    """By what the browser itself says of where a request comes from; an old browser says nothing.

    Also when nobody is signed in: the page that keeps what was typed would offer what another site has written.
    """
    if request.method in READING:
        return
    origin = request.headers.get("Origin")
    same_site = request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    if not same_site or (origin is not None and urlsplit(origin).netloc != request.host):
        raise ForeignRequest

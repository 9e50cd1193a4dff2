"""Closed by default: no endpoint answers unless `access_matrix.yml` declares it, and only to whom it says.

The matrix says who may knock (`who`); which objects a person may see is decided where they are loaded, by queries
that take the viewer. Missing and forbidden look the same: 404.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import yaml
from flask import Flask, current_app, redirect, request, url_for
from flask_login import current_user
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from supervision.problems import NotFound

if TYPE_CHECKING:
    from supervision.personer.models import Person

MATRIX_FILE = Path(__file__).parent / "access_matrix.yml"
API_HEADER = "X-Supervision"
"""Sent by our own scripts with every JSON request; a form on another site cannot send it."""

csrf = CSRFProtect()


class SignInNeeded(Exception):
    """Nobody is signed in and the endpoint is not public."""


class ForeignRequest(Exception):
    """A JSON request that does not come from our own pages."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One endpoint's line in the matrix.

    who: public, signed_in, deltager (whoever does not only run the system), teamleder, supervisor or administrator.
    csrf: `form` (token) or `json` (own header, same origin). object: the kind of thing in its address. seen_by: the
    viewpoints that get an answer for that object.
    """

    who: str
    csrf: str = "form"
    object: str | None = None
    seen_by: tuple[str, ...] = ()


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
    app.before_request(_gate)


def viewer() -> Person:
    """The person who is signed in. Raises SignInNeeded when nobody is."""
    if not current_user.is_authenticated:
        raise SignInNeeded
    return cast("Person", current_user._get_current_object())


PARTICIPANTS = ("medarbejder", "teamleder", "supervisor")


def may_knock(who: str, person: Any) -> bool:
    """Whether this person (or an anonymous one) may ask an endpoint with this `who`."""
    if who == "public":
        return True
    if not person.is_authenticated:
        return False
    if who == "deltager":
        return any(map(person.har_rolle, PARTICIPANTS)) or not person.har_rolle("administrator")
    return who == "signed_in" or bool(person.har_rolle(who))


def _gate() -> Response | None:
    endpoint = request.endpoint
    rule = matrix().get(endpoint or "")
    if endpoint is None or rule is None:
        raise NotFound
    if not may_knock(rule.who, current_user):
        if not current_user.is_authenticated:
            return _ask_to_sign_in()
        raise NotFound
    _refuse_foreign(rule)
    return None


def _ask_to_sign_in() -> Response:
    if request.path.startswith("/api/") or request.method != "GET":
        raise SignInNeeded
    target = request.full_path.rstrip("?")
    return redirect(url_for("security.login", next=target))


def _refuse_foreign(rule: Rule) -> None:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if rule.csrf == "form":
        if current_app.config.get("WTF_CSRF_ENABLED", True):
            csrf.protect()
        return
    origin = request.headers.get("Origin")
    same_site = request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    same_origin = origin is None or urlsplit(origin).netloc == request.host
    if not (same_site and same_origin and request.is_json and API_HEADER in request.headers):
        raise ForeignRequest

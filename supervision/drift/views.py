"""Addresses for whatever watches over the installation: is it there, is it ready, how does it run."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, current_app, jsonify, request

from supervision.drift import health, metrics
from supervision.problems import NotFound

blueprint = Blueprint("drift", __name__)
HERE = ("127.0.0.1", "::1")
THROUGH_A_PROXY = ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via")


@blueprint.get("/sundhed")
def sundhed() -> Response:
    """The process is there and answers. Asks nothing of the database."""
    return jsonify(sund=True)


@blueprint.get("/klar")
def klar() -> tuple[Response, int]:
    """Ready for people: 200, or 503 with which of the three is missing."""
    found = health.readiness()
    ready = all(found.values())
    return jsonify(klar=ready, **found), 200 if ready else 503


@blueprint.get("/maalinger")
def maalinger() -> Response:
    """Figures in Prometheus' text format, for this machine itself or with METRICS_TOKEN. Else 404, as for nothing."""
    if not _may_look():
        raise NotFound
    return Response(metrics.as_text(), content_type=metrics.CONTENT_TYPE)


def _may_look() -> bool:
    token = current_app.extensions["settings"].metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    proxied = any(name in request.headers for name in THROUGH_A_PROXY)
    return not token and request.remote_addr in HERE and not proxied

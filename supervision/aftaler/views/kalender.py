"""A person's own calendar, for whoever has its secret address."""

from __future__ import annotations

from hashlib import sha256

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from supervision.aftaler.formats.ical import write_kalender
from supervision.aftaler.queries import list_begivenheder
from supervision.aftaler.views import blueprint
from supervision.personer.queries.beskeder import find_kalenderejer
from supervision.problems import NotFound
from supervision.sign_in.tries import opened_by_link


@blueprint.get("/kalender/<token>.ics")
def kalender(token: str) -> AnyResponse:
    """Own samtaler, visits and meetings as times. The same 404 for a secret that is wrong, taken back, or closed."""
    person = opened_by_link(find_kalenderejer, token)
    if person is None:
        raise NotFound
    body = write_kalender(list_begivenheder(viewer=person), person.id)
    response = Response(body, mimetype="text/calendar")
    response.set_etag(sha256(body).hexdigest())
    response.headers["Content-Disposition"] = 'inline; filename="kollegial-supervision.ics"'
    return response.make_conditional(request)

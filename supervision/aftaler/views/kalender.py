"""A person's own calendar, for whoever has its secret address."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from supervision import clock
from supervision.aftaler.formats.ical import write_kalender
from supervision.aftaler.queries import list_kontrakter
from supervision.aftaler.rules.kalender import Begivenhed, begivenheder
from supervision.aftaler.views import blueprint
from supervision.personer.models import Person
from supervision.personer.queries.beskeder import find_kalenderejer
from supervision.problems import NotFound

FLERE: list[Callable[[Person], list[Begivenhed]]] = []
"""What features to the right have in a person's calendar beside their samtaler; each adds its own."""


@blueprint.get("/kalender/<token>.ics")
def kalender(token: str) -> AnyResponse:
    """The times of one's samtaler and meetings. The same 404 for a secret that is wrong, taken back, or closed."""
    person = find_kalenderejer(token)
    if person is None:
        raise NotFound
    own = begivenheder(list_kontrakter(viewer=person), person.id, clock.now())
    more = [begivenhed for find in FLERE for begivenhed in find(person)]
    body = write_kalender([*own, *more], person.id)
    response = Response(body, mimetype="text/calendar")
    response.set_etag(sha256(body).hexdigest())
    response.headers["Content-Disposition"] = 'inline; filename="kollegial-supervision.ics"'
    return response.make_conditional(request)

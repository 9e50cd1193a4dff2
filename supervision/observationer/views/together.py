"""Several logs of one samtale above each other on one clock."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.aftaler.rules import SAMTALE_TYPER, ejefald
from supervision.observationer import queries
from supervision.observationer.agreement import words
from supervision.observationer.views import blueprint
from supervision.personer.views.ord import speak_for
from supervision.problems import NotFound


@blueprint.get("/samtaler/<uuid:samtale_id>/tidslinjer")
def samlet(samtale_id: UUID) -> str | Response:
    """Every log of the samtale that the viewer may see; with only one, its own timeline. Raises NotFound for none."""
    person = viewer()
    found = queries.list_observationer_of_samtale(samtale_id, viewer=person)
    if not found:
        raise NotFound
    if len(found) == 1:
        return redirect(url_for("observationer.observation", observation_id=found[0].id))
    speak_for(found[0].organisation_id)
    shown = queries.get_samlet(found, viewer=person)
    return render_template(
        "observationer/samlet.html",
        observationer=shown.observationer,
        samlet=shown.samlet,
        samtale=found[0].kontrakt.samtale if found[0].kontrakt else None,
        samtale_typer=SAMTALE_TYPER,
        ejefald=ejefald,
        enighed=shown.enighed,
        rules=words,
    )

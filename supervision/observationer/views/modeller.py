"""One samtale in the models: the same ticks, seen in each model that has a place for them."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from supervision.access import viewer
from supervision.aftaler.rules import SAMTALE_TYPER
from supervision.observationer import queries
from supervision.observationer.queries.modeller import get_modelvisning
from supervision.observationer.queries.registreringer import get_emnetid
from supervision.observationer.views import blueprint
from supervision.personer.views.ord import speak_for


@blueprint.get("/observationer/<uuid:observation_id>/modeller")
def modeller(observation_id: UUID) -> str:
    """The models of an observation that the viewer may see. `?ord=` names the source whose words are wanted."""
    person = viewer()
    found = queries.get_observation(observation_id, viewer=person)
    speak_for(found.organisation_id)
    return render_template(
        "observationer/modeller.html",
        observation=found,
        emnetid=get_emnetid(found, viewer=person),
        visning=get_modelvisning(found, viewer=person, ord=request.args.get("ord", "")),
        er_fokusperson=person.id == found.fokusperson_id,
        er_observatoer=person.id == found.observatoer_id,
        samtale_typer=SAMTALE_TYPER,
    )

"""The fokusperson's own view of the seven elements of relationel koordinering, and who else may see it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.katalog.rules.vaerdier import SLAGS
from supervision.observationer import queries
from supervision.observationer.actions import registrering as actions
from supervision.observationer.forms.registrering import RegistreringForm, groups, registrering_form
from supervision.observationer.models import Observation
from supervision.observationer.queries.registreringer import omgivelser_of
from supervision.observationer.queries.samarbejde import (
    SAMARBEJDE,
    can_note_samarbejde,
    get_samarbejde,
    list_andre_i_samtalen,
)
from supervision.observationer.views import blueprint
from supervision.personer.views.ord import speak_for, words
from supervision.problems import NotFound


@blueprint.get("/observationer/<uuid:observation_id>/samarbejde")
def samarbejde(observation_id: UUID) -> Response:
    """The seven elements. To the timeline when the samtale was held by one."""
    observation = _own(observation_id)
    if not can_note_samarbejde(observation, viewer=viewer()):
        return _back(observation)
    own, _ = get_samarbejde(observation, viewer=viewer())
    form = registrering_form(
        SAMARBEJDE, omgivelser_of(observation), stored=own.data if own else None, ord=words().paa
    )
    return make_response(_page(observation, form))


@blueprint.post("/observationer/<uuid:observation_id>/samarbejde")
@commits
def gem_samarbejde(observation_id: UUID) -> Response:
    """Note them, or change what was noted."""
    observation = _own(observation_id)
    omgivelser = omgivelser_of(observation)
    form = registrering_form(SAMARBEJDE, omgivelser, ord=words().paa)
    if not form.validate_of(SAMARBEJDE, omgivelser):
        return make_response(_page(observation, form), 422)
    actions.note_samarbejde(observation=observation, data=form.to_data(SAMARBEJDE, omgivelser), by=viewer())
    flash("Noteret.", "success")
    return _back(observation)


@blueprint.post("/observationer/<uuid:observation_id>/samarbejde/vis")
@commits
def vis_samarbejde(observation_id: UUID) -> Response:
    """Show it to the others in the samtale, or take that back."""
    observation, show = _own(observation_id), request.form.get("vis") == "ja"
    actions.show_samarbejde(observation=observation, show=show, by=viewer())
    flash("De andre i samtalen kan se det nu." if show else "Nu er det kun dig, der kan se det.", "success")
    return _back(observation)


@blueprint.post("/observationer/<uuid:observation_id>/samarbejde/fjern")
@commits
def fjern_samarbejde(observation_id: UUID) -> Response:
    """Take it away for good."""
    observation = _own(observation_id)
    actions.remove_samarbejde(observation=observation, by=viewer())
    flash("Fjernet.", "success")
    return _back(observation)


def _own(observation_id: UUID) -> Observation:
    """A log of the viewer's own samtale. Raises NotFound."""
    found = queries.get_observation(observation_id, viewer=viewer())
    if found.fokusperson_id != viewer().id:
        raise NotFound
    speak_for(found.organisation_id)
    return found


def _back(observation: Observation) -> Response:
    return redirect(url_for("observationer.observation", observation_id=observation.id, _anchor="brugt"), 303)


def _page(observation: Observation, form: RegistreringForm) -> str:
    return render_template(
        "observationer/samarbejde.html",
        observation=observation,
        slags=SLAGS[SAMARBEJDE],
        form=form,
        grupper=groups(SLAGS[SAMARBEJDE].felter(omgivelser_of(observation)), form),
        andre=list_andre_i_samtalen(observation, viewer=viewer()),
        noteret=get_samarbejde(observation, viewer=viewer())[0] is not None,
    )

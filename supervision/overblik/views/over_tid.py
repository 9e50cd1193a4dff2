"""Published quarters after each other, and several organisations' beside each other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request

from supervision.access import viewer
from supervision.overblik import charts, queries, tables
from supervision.overblik.rules import K
from supervision.overblik.views import blueprint
from supervision.personer.views.ord import speak_for


@blueprint.get("/overblik/team/<uuid:team_id>/over-tid")
def team_over_tid(team_id: UUID) -> str:
    """The team's published quarters, picture by picture."""
    found = queries.get_team(team_id, viewer=viewer())
    speak_for(found.organisation_id)
    overblikke = queries.list_team_over_tid(found, viewer=viewer())
    return render_template("overblik/team_over_tid.html", team=found, **_page(overblikke))


@blueprint.get("/overblik/organisation/<uuid:organisation_id>/over-tid")
def organisation_over_tid(organisation_id: UUID) -> str:
    """The organisation's published quarters; one type of samtale at a time where these divide the figures."""
    found = queries.get_organisation_to_see(organisation_id, viewer=viewer())
    speak_for(found.id)
    overblikke = queries.list_samlet_over_tid(found, viewer=viewer(), slags=request.args.get("slags"))
    return render_template("overblik/organisation_over_tid.html", organisation=found, **_page(overblikke))


@blueprint.get("/overblik/paa-tvaers")
def paa_tvaers() -> str:
    """The quarters of the organisations that I supervise, side by side and never combined."""
    return render_template("overblik/paa_tvaers.html", tvaers=queries.get_paa_tvaers(viewer=viewer()))


def _page(overblikke: list[queries.Overblik]) -> dict[str, Any]:
    pictures = tables.over_tid(overblikke)
    return {
        "overblikke": overblikke,
        "forloeb": pictures,
        "figurer": {
            one.noegle: (charts.over_tid.figure_json(one), charts.over_tid.height(one))
            for one in pictures
            if one.linjer
        },
        "k": K,
    }

"""The team's page: the same for the team, its teamleder and a supervisor."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.overblik import charts, queries
from supervision.overblik.rules import K, r1_kvartal_at_vise
from supervision.overblik.views import blueprint
from supervision.personer.rules import SUPERVISOR
from supervision.personer.views.ord import speak_for


@blueprint.get("/overblik")
def overblik() -> Response | str:
    """The teams whose figures I may see; with exactly one I go straight to it. A supervisor has days to plan here."""
    teams = queries.list_teams_to_see(viewer=viewer())
    if len(teams) == 1 and not viewer().har_rolle(SUPERVISOR):
        return redirect(url_for("overblik.team", team_id=teams[0].id))
    return render_template(
        "overblik/overblik.html", teams=teams, kvartal=r1_kvartal_at_vise(clock.today()), k=K
    )


@blueprint.get("/overblik/team/<uuid:team_id>")
def team(team_id: UUID) -> str:
    """One fixed quarter of one team. No filters, no dates, nothing about who asks."""
    found = queries.get_team(team_id, viewer=viewer())
    speak_for(found.organisation_id)
    shown = queries.get_overblik(found, clock.today())
    return render_template(
        "overblik/team.html",
        team=found,
        overblik=shown,
        figurer={b.noegle: (charts.figure_json(b), charts.height(b)) for b in shown.billeder if b.raekker},
        k=K,
    )

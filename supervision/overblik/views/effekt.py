"""Effect beside activity: a team's figures from joblog and surveys, and bringing them in from a file."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.db import commits
from supervision.overblik import actions, queries, rules, tables
from supervision.overblik.formats import effekt_csv
from supervision.overblik.forms import EffektForm
from supervision.overblik.views import blueprint
from supervision.personer.models import Organisation, Team
from supervision.personer.rules import ADMINISTRATOR, TEAMLEDER
from supervision.personer.views.ord import speak_for
from supervision.problems import RuleBroken

MOST_SHOWN = 20


@blueprint.get("/overblik/team/<uuid:team_id>/effekt")
def effekt(team_id: UUID) -> str:
    """Activity and effect side by side, each with its level in the værdikæde; never mixed."""
    team = queries.get_team(team_id, viewer=viewer())
    speak_for(team.organisation_id)
    overblikke = queries.list_team_over_tid(team, viewer=viewer())
    return render_template(
        "overblik/effekt.html",
        team=team,
        forloeb=[one for one in tables.over_tid(overblikke) if one.noegle in ("taletid", "ugu", "pligter")],
        effekt=queries.get_effekt(team),
        baand=rules.r5_baand,
        leder=team.id in viewer().team_ids(TEAMLEDER),
    )


@blueprint.get("/overblik/organisation/<uuid:organisation_id>/effekt/hent")
def hent_effekt(organisation_id: UUID) -> str:
    """The form and the schema of the file."""
    organisation, teams = queries.list_teams_to_bring(organisation_id, viewer=viewer())
    return _page(organisation, teams, EffektForm())


@blueprint.post("/overblik/organisation/<uuid:organisation_id>/effekt/hent")
@commits
def gem_effekt(organisation_id: UUID) -> Response:
    """Bring the file in, whole or not at all."""
    organisation, teams = queries.list_teams_to_bring(organisation_id, viewer=viewer())
    form, fejl = EffektForm(), list[rules.Linjefejl]()
    if form.validate_on_submit():
        try:
            kolonner, rows = effekt_csv.read(request.files["fil"].read())
            fejl = rules.check_kolonner(kolonner)
            if not fejl:
                linjer, fejl = rules.check_linjer(rows, teams, rules.kvartal_of(clock.today()))
            if not fejl:
                made = actions.bring_effekt(organisation, teams=teams, linjer=linjer, by=viewer())
                flash(f"Hentet: {made} tal.", "success")
                return redirect(url_for("overblik.hent_effekt", organisation_id=organisation_id), 303)
            form.show_problem(RuleBroken("Filen er afvist. Intet er hentet. Se, hvad der er galt, herunder."))
        except RuleBroken as problem:
            form.show_problem(problem)
    return make_response(_page(organisation, teams, form, fejl), 422)


@blueprint.get("/overblik/effekt-skabelon.csv")
def effekt_skabelon() -> Response:
    """The headings of the file, for a spreadsheet."""
    answer = make_response(effekt_csv.TEMPLATE)
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="effekt.csv"'
    return answer


def _page(
    organisation: Organisation,
    teams: dict[str, Team],
    form: EffektForm,
    fejl: Sequence[rules.Linjefejl] = (),
) -> str:
    return render_template(
        "overblik/hent_effekt.html",
        organisation=organisation,
        teams=teams,
        form=form,
        fejl=fejl[:MOST_SHOWN],
        flere=max(0, len(fejl) - MOST_SHOWN),
        maal=rules.EFFEKTMAAL,
        kolonner=effekt_csv.COLUMNS,
        administrator=viewer().har_rolle(ADMINISTRATOR),
    )

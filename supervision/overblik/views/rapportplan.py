"""The administrator decides how an organisation's figures are divided, before they are made."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.db import commits
from supervision.overblik import actions, queries
from supervision.overblik.forms import PlanForm, plan_form
from supervision.overblik.rules import K, kvartal_of
from supervision.overblik.views import blueprint
from supervision.problems import RuleBroken


@blueprint.get("/administration/organisationer/<uuid:organisation_id>/tal")
def rapportplan(organisation_id: UUID) -> str:
    """Which teams are one group, what divides the figures, and from when."""
    plan = queries.get_plan(organisation_id, kvartal_of(clock.today()), viewer=viewer())
    return _page(plan, plan_form(plan.teams, plan=plan.navne, opdeling=plan.opdeling))


@blueprint.post("/administration/organisationer/<uuid:organisation_id>/tal")
@commits
def gem_rapportplan(organisation_id: UUID) -> Response:
    """Let it stand from the next quarter that opens."""
    plan = queries.get_plan(organisation_id, kvartal_of(clock.today()), viewer=viewer())
    form = plan_form(plan.teams, plan=plan.navne, opdeling=plan.opdeling)
    if form.validate_on_submit():
        try:
            actions.plan_groups(plan.organisation, navne=form.navne, opdeling=form.opdeling.data, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash(f"Gemt. Det gælder fra {plan.fra.navn}.", "success")
            return redirect(url_for("overblik.rapportplan", organisation_id=organisation_id), 303)
    return make_response(_page(plan, form), 422)


def _page(plan: queries.Plan, form: PlanForm) -> str:
    return render_template("overblik/rapportplan.html", plan=plan, form=form, k=K)

"""What a round asks of its people: what I say of it myself, and which duties its facilitator leaves out."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.db import commits
from supervision.grupper import actions, forms, queries, rules
from supervision.grupper.models import Runde
from supervision.grupper.views import blueprint
from supervision.problems import RuleBroken


@blueprint.get("/runder/<uuid:runde_id>/mine")
def min_runde(runde_id: UUID) -> str:
    """What the round asks of me, and what I say yes to."""
    runde = queries.get_runde(runde_id, viewer=viewer())
    gjort = queries.pligter_gjort(runde, [viewer().id])[viewer().id]
    form = forms.MinRundeForm(formdata=None, data={"sagt": list(gjort)})
    return _own_page(runde, form)


@blueprint.post("/runder/<uuid:runde_id>/mine")
@commits
def gem_min_runde(runde_id: UUID) -> Response:
    """Store it."""
    runde = queries.get_runde(runde_id, viewer=viewer(), hold=True)
    form = forms.MinRundeForm()
    form.offer(*_offered(runde))
    if form.validate_on_submit():
        try:
            actions.say_pligter(runde, sagt=form.sagt.data or (), by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Gemt. Du kan rette det, så længe runden varer.", "success")
            return redirect(url_for("grupper.laeringsgruppe", gruppe_id=runde.gruppe_id), 303)
    return make_response(_own_page(runde, form), 422)


@blueprint.get("/runder/<uuid:runde_id>/pligter")
def rundens_pligter(runde_id: UUID) -> str:
    """Which duties the round asks for."""
    runde = queries.get_runde_to_lead(runde_id, viewer=viewer())
    asked = [one.kode for leads in (False, True) for one in rules.pligter_i(runde, leads=leads)]
    form = forms.PligterForm(formdata=None, data={"medlem": asked, "facilitator": asked})
    return _duties_page(runde, form)


@blueprint.post("/runder/<uuid:runde_id>/pligter")
@commits
def gem_rundens_pligter(runde_id: UUID) -> Response:
    """Store the choice."""
    runde = queries.get_runde_to_lead(runde_id, viewer=viewer(), hold=True)
    form = forms.PligterForm()
    if form.validate_on_submit():
        try:
            actions.choose_pligter(runde, uden=form.uden, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Rundens pligter er gemt.", "success")
            return redirect(url_for("grupper.laeringsgruppe", gruppe_id=runde.gruppe_id), 303)
    return make_response(_duties_page(runde, form), 422)


def _own_page(runde: Runde, form: forms.MinRundeForm) -> str:
    pligter, told = _offered(runde)
    form.offer(pligter, told)
    return render_template(
        "grupper/min_runde.html",
        runde=runde,
        gruppe=runde.gruppe,
        form=form,
        facts=[(one.egne_ord, one.kode in told) for one in pligter if not one.siges or one.kode in told],
        may_say=rules.may_say(runde, clock.today()),
        today=clock.today(),
    )


def _offered(runde: Runde) -> tuple[list[rules.Pligt], set[str]]:
    """The viewer's duties in the round, and those of them that what was held tells."""
    leads = runde.gruppe.facilitator_id == viewer().id
    return rules.pligter_i(runde, leads=leads), queries.pligter_fortalt(runde, viewer().id)


def _duties_page(runde: Runde, form: forms.PligterForm) -> str:
    return render_template("grupper/rundens_pligter.html", runde=runde, gruppe=runde.gruppe, form=form)

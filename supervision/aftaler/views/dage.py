"""Supervision days: the list, a new day, changing, sending, cancelling and printing one; the teamleder's times."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler import rules
from supervision.aftaler.actions import dagsplan as actions
from supervision.aftaler.forms import dagsplan as forms
from supervision.aftaler.models import Supervisionsdag
from supervision.aftaler.queries import dage as queries
from supervision.aftaler.rules import dagsplan, sessioner
from supervision.aftaler.views import blueprint
from supervision.danish import antal, opremsning
from supervision.db import commits
from supervision.personer.models import Organisation, Person
from supervision.problems import NotFound, RuleBroken


@blueprint.get("/supervision/dage")
def dage() -> str:
    """The days I plan, my own sessions, my team's times, and the lines that were handed on to me."""
    person, today = viewer(), clock.today()
    planned = queries.list_dage(viewer=person)
    team = queries.list_teamdage(viewer=person)
    return render_template(
        "aftaler/dag/dage.html",
        kan_planlaegge=bool(queries.list_organisationer_at_planlaegge_i(viewer=person)),
        kommende=[dag for dag in planned if dag.dato >= today],
        holdte=[dag for dag in reversed(planned) if dag.dato < today],
        egne=queries.list_egne_sessioner(viewer=person, fra=today),
        team=[one for one in team if one.dag.dato >= today],
        linjer=queries.list_modtagne_linjer(viewer=person),
        dagsplan=dagsplan,
    )


@blueprint.get("/supervision/dage/ny")
def ny_dag() -> str:
    """Date, place, frame and supervisors."""
    start = {
        "dato": clock.today(),
        "fra": time(9),
        "til": time(16),
        "briefing": time(8, 30),
        "briefing_min": 20,
        "supervisorer": [str(viewer().id)],
    }
    return _dag_page(_dag_form(start), None)


@blueprint.post("/supervision/dage/ny")
@commits
def opret_dag() -> Response:
    """Make it, and go on to its plan."""
    form = _dag_form({})
    if form.validate_on_submit():
        organisation = _organisation(form)
        try:
            dag = actions.create_dag(
                organisation=organisation,
                valg=_dagsvalg(form),
                supervisorer=_chosen_people(form, queries.list_supervisorer(organisation.id), organisation),
                by=viewer(),
            )
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            return redirect(url_for("aftaler.fyld_dag", dag_id=dag.id), 303)
    return make_response(_dag_page(form, None), 422)


@blueprint.get("/supervision/dage/<uuid:dag_id>/ret")
def ret_dag(dag_id: UUID) -> str:
    """The day's own fields."""
    dag = queries.get_dag(dag_id, viewer=viewer())
    stored = {
        "organisation": str(dag.organisation_id),
        "dato": dag.dato,
        "sted": dag.sted,
        "fra": forms.klokken(dag.fra),
        "til": forms.klokken(dag.til),
        "briefing": None if dag.briefing_fra is None else forms.klokken(dag.briefing_fra),
        "briefing_min": dag.briefing_min,
        "ramme": dag.ramme,
        "supervisorer": [str(bane.supervisor_id) for bane in dag.baner],
        "lokaler": "\n".join(dag.lokaler),
    }
    return _dag_page(_dag_form(stored, dag), dag)


@blueprint.post("/supervision/dage/<uuid:dag_id>/ret")
@commits
def gem_dag(dag_id: UUID) -> Response:
    """Store it; the samtaler follow."""
    dag = queries.get_dag(dag_id, viewer=viewer(), hold=True)
    form = _dag_form({}, dag)
    if form.validate_on_submit():
        people = [*(bane.supervisor for bane in dag.baner), *queries.list_supervisorer(dag.organisation_id)]
        try:
            actions.change_dag(
                dag,
                valg=_dagsvalg(form),
                supervisorer=_chosen_people(form, people, dag.organisation),
                by=viewer(),
            )
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Dagen er rettet.", "success")
            return redirect(url_for("aftaler.dagsplan", dag_id=dag_id), 303)
    return make_response(_dag_page(form, dag), 422)


@blueprint.post("/supervision/dage/<uuid:dag_id>/send")
@commits
def send_dag(dag_id: UUID) -> Response:
    """Give each fokusperson their kontrakt."""
    dag = queries.get_dag(dag_id, viewer=viewer(), hold=True)
    try:
        sent = actions.send_dag(dag, by=viewer())
    except RuleBroken as problem:
        flash(problem.text, "warning")
    else:
        words = antal(sent, "én kontrakt", "kontrakter")
        flash(f"Sendt: {words}. De ligger nu på fokuspersonernes I dag, klar til at skrive i.", "success")
    return redirect(url_for("aftaler.dagsplan", dag_id=dag_id), 303)


@blueprint.get("/supervision/dage/<uuid:dag_id>/aflys")
def bekraeft_aflys_dag(dag_id: UUID) -> str:
    """Ask once before the whole day is cancelled."""
    return render_template("aftaler/dag/aflys_dag.html", dag=queries.get_dag(dag_id, viewer=viewer()))


@blueprint.post("/supervision/dage/<uuid:dag_id>/aflys")
@commits
def aflys_dag(dag_id: UUID) -> Response:
    """Cancel it."""
    actions.cancel_dag(queries.get_dag(dag_id, viewer=viewer(), hold=True), by=viewer())
    flash("Dagen er aflyst, og kontrakterne er trukket tilbage. Fokuspersonerne kan se det.", "success")
    return redirect(url_for("aftaler.dage"), 303)


@blueprint.get("/supervision/dage/<uuid:dag_id>/udskriv")
def udskriv_dag(dag_id: UUID) -> str:
    """All lanes on one sheet of A4."""
    dag = queries.get_dag(dag_id, viewer=viewer())
    standing = [session for session in dag.sessioner if session.aflyst_at is None]
    starts = sorted({session.start for session in standing} | {pause.start for pause in dag.pauser})
    return render_template(
        "aftaler/dag/udskriv_dag.html",
        dag=dag,
        starts=starts,
        sessioner={(session.start, session.supervisor_id): session for session in standing},
        sammen=_doubles(dag),
        pauser={pause.start: pause for pause in dag.pauser},
        dagsplan=dagsplan,
        typer=rules.SAMTALE_TYPER,
    )


@blueprint.get("/supervision/dage/<uuid:dag_id>/team")
def team_dag(dag_id: UUID) -> str:
    """Times and names of those whom I lead, and nothing more."""
    found = queries.get_teamdag(dag_id, viewer=viewer())
    return render_template("aftaler/dag/team_dag.html", teamdag=found, dagsplan=dagsplan, sessioner=sessioner)


def _doubles(dag: Supervisionsdag) -> list[str]:
    """What the sheet has no place for: two of one supervisor that begin at the same minute."""
    return [sentence for sentences in queries.konflikter_of(dag).values() for sentence in sentences]


def _dag_form(data: dict[str, object], dag: Supervisionsdag | None = None) -> forms.DagForm:
    form = forms.DagForm(data=data)
    places = [dag.organisation] if dag else queries.list_organisationer_at_planlaegge_i(viewer=viewer())
    if not places:
        raise NotFound
    known = [bane.supervisor for bane in dag.baner] if dag else []
    people = {person.id: person.navn for person in known}
    for place in places:
        where = f" ({place.navn})" if len(places) > 1 else ""
        for person in queries.list_supervisorer(place.id):
            label = person.navn + (where if person.organisation_id == place.id else "")
            people.setdefault(person.id, label)
    return form.offer([(place.id, place.navn) for place in places], people)


def _organisation(form: forms.DagForm) -> Organisation:
    places = queries.list_organisationer_at_planlaegge_i(viewer=viewer())
    return next(place for place in places if str(place.id) == form.organisation.data)


def _chosen_people(form: forms.DagForm, people: list[Person], where: Organisation) -> list[Person]:
    """Those ticked, in the order of the page. Raises RuleBroken for one who can have no lane in that house."""
    chosen = set(form.supervisorer.data or ())
    found = {str(person.id): person for person in people if str(person.id) in chosen}
    if chosen - found.keys():
        missing = opremsning(
            label for id_, label, *_ in form.supervisorer.iter_choices() if id_ in chosen - found.keys()
        )
        raise RuleBroken(f"{missing} kan ikke være supervisor i {where.navn}. Vælg en anden.", "supervisorer")
    return list(found.values())


def _dagsvalg(form: forms.DagForm) -> actions.Dagsvalg:
    assert form.dato.data is not None
    briefing = form.briefing.data
    return actions.Dagsvalg(
        dato=form.dato.data,
        sted=form.sted.data,
        fra=forms.minut(form.fra.data),
        til=forms.minut(form.til.data),
        briefing_fra=None if briefing is None else forms.minut(briefing),
        briefing_min=form.briefing_min.data or 15,
        ramme=form.ramme.data,
        lokaler=form.lokalenavne(),
    )


def _dag_page(form: forms.DagForm, dag: Supervisionsdag | None) -> str:
    return render_template("aftaler/dag/dag_form.html", form=form, dag=dag, dagsplan=dagsplan)

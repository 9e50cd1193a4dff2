"""The plan of one day: its lanes, filling it, its sessions and breaks, and moving them by drag, keys or a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler import rules
from supervision.aftaler.actions import dagsplan as actions
from supervision.aftaler.forms import dagsplan as forms
from supervision.aftaler.models import Dagpause, Supervisionsdag, Supervisionssession
from supervision.aftaler.queries import dage as queries
from supervision.aftaler.rules import dagsplan as plan
from supervision.aftaler.rules import sessioner
from supervision.aftaler.views import blueprint
from supervision.danish import antal
from supervision.db import commits
from supervision.forms import parse_object
from supervision.personer.models import Person
from supervision.personer.views.ord import put_in_words
from supervision.problems import NotFound, RuleBroken

FIRST = 9 * 60
MOVE = frozenset({"start", "supervisor", "version"})


@dataclass(frozen=True, slots=True)
class Bane:
    """A lane as the page has it: what is in it from the top down, sessions and breaks."""

    supervisor: Person
    punkter: list[tuple[int, int, Any]]


@blueprint.get("/supervision/dage/<uuid:dag_id>")
def dagsplan(dag_id: UUID) -> str:
    """The plan, with what stands in the way of what."""
    dag = queries.get_dag(dag_id, viewer=viewer())
    standing = [session for session in dag.sessioner if session.aflyst_at is None]
    return render_template(
        "aftaler/dag/dagsplan.html",
        dag=dag,
        baner=_baner(dag, standing),
        konflikter=queries.konflikter_of(dag),
        usendte=sum(session.kontrakt_id is None for session in standing),
        antal_sessioner=len(standing),
        aflyste=[session for session in dag.sessioner if session.aflyst_at is not None],
        ord={session.id: _plan_ord(session) for session in standing},
        pauseform=forms.PauseForm(formdata=None, data={"navn": "Pause", "minutter": plan.PAUSE}),
        nu=_minut_nu() if dag.dato == clock.today() else None,
        plan=plan,
        typer=rules.SAMTALE_TYPER,
        sessioner=sessioner,
    )


@blueprint.get("/supervision/dage/<uuid:dag_id>/fyld")
def fyld_dag(dag_id: UUID) -> str:
    """Lay several samtaler at once, with breaks and lunch."""
    dag = queries.get_dag(dag_id, viewer=viewer())
    form = forms.FyldForm(data={"tid": forms.klokken(FIRST), "samtale_min": 30})
    return _fyld_page(dag, form.offer(_fokuspersoner(dag)))


@blueprint.post("/supervision/dage/<uuid:dag_id>/fyld")
@commits
def laeg_samtaler(dag_id: UUID) -> Response:
    """Lay them, in the order of the list."""
    dag = queries.get_dag(dag_id, viewer=viewer(), hold=True)
    people = _fokuspersoner(dag)
    form = forms.FyldForm().offer(people)
    if form.validate_on_submit():
        chosen = [person for person in people if str(person.id) in (form.fokuspersoner.data or ())]
        try:
            laid = actions.fill_dag(
                dag,
                fokuspersoner=chosen,
                fra=forms.minut(form.tid.data),
                samtale_min=form.samtale_min.data or plan.SAMTALE,
                by=viewer(),
            )
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash(f"{antal(laid, 'Én session', 'sessioner')} er lagt. Flyt dem, som det passer.", "success")
            return redirect(url_for("aftaler.dagsplan", dag_id=dag_id), 303)
    return make_response(_fyld_page(dag, form), 422)


@blueprint.get("/supervision/dage/<uuid:dag_id>/sessioner/ny")
def ny_session(dag_id: UUID) -> str:
    """One more, after the last one unless another time is chosen."""
    dag = queries.get_dag(dag_id, viewer=viewer())
    last = max((plan.slut(session) for session in dag.sessioner if not session.aflyst_at), default=dag.fra)
    form = forms.SessionForm(data={"tid": forms.klokken(last), "samtale_min": plan.SAMTALE})
    return _session_page(dag, form.offer(_fokuspersoner(dag), _supervisorer(dag)), None)


@blueprint.post("/supervision/dage/<uuid:dag_id>/sessioner/ny")
@commits
def opret_session(dag_id: UUID) -> Response:
    """Put it on the plan."""
    dag = queries.get_dag(dag_id, viewer=viewer(), hold=True)
    people = _fokuspersoner(dag)
    form = forms.SessionForm().offer(people, _supervisorer(dag))
    if form.validate_on_submit():
        fokusperson = next(person for person in people if str(person.id) == form.fokusperson.data)
        try:
            actions.add_session(
                dag, fokusperson=fokusperson, valg=_valg(dag, form, own_room=True), by=viewer()
            )
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash(f"{fokusperson.fornavn} er sat på planen.", "success")
            return redirect(url_for("aftaler.dagsplan", dag_id=dag_id), 303)
    return make_response(_session_page(dag, form, None), 422)


@blueprint.get("/supervision/sessioner/<uuid:session_id>/ret")
def ret_session(session_id: UUID) -> str:
    """Time, room, supervisor, length and type, without a mouse and without scripts."""
    session = queries.get_session_to_plan(session_id, viewer=viewer())
    stored = {
        "supervisor": str(session.supervisor_id),
        "tid": forms.klokken(session.start),
        "samtale_min": session.samtale_min,
        "lokale": session.lokale,
        "type": session.type,
        "form": session.form,
        "version": str(session.version),
    }
    form = forms.RetSessionForm(data=stored).offer((), _supervisorer(session.dag))
    return _session_page(session.dag, form, session)


@blueprint.post("/supervision/sessioner/<uuid:session_id>/ret")
@commits
def gem_session(session_id: UUID) -> Response:
    """Store it. When somebody else has changed it meanwhile, both are shown and nothing is lost."""
    session = queries.get_session_to_plan(session_id, viewer=viewer(), hold=True)
    form = forms.RetSessionForm().offer((), _supervisorer(session.dag))
    if form.validate_on_submit():
        try:
            _change(session, _valg(session.dag, form), form.version.data)
        except RuleBroken as problem:
            form.show_problem(problem)
            if isinstance(problem, actions.Changed):  # the next press is made knowing what stands
                form.version.raw_data, form.version.data = None, str(session.version)
        else:
            flash("Sessionen er ændret.", "success")
            return redirect(url_for("aftaler.dagsplan", dag_id=session.dag_id), 303)
    return make_response(_session_page(session.dag, form, session), 422)


@blueprint.post("/api/supervision/sessioner/<uuid:session_id>/flyt")
@commits
def flyt_session(session_id: UUID) -> tuple[Response, int]:
    """Move it by drag or keys: {start, supervisor, version}. 409 when somebody else has moved it: with where it is."""
    session = queries.get_session_to_plan(session_id, viewer=viewer(), hold=True)
    found = _read_move(session, parse_object(request.get_data(cache=False), MOVE))
    if found is None:
        return jsonify(fejl="Flytningen kunne ikke læses. Genindlæs siden.", **_as_it_is(session)), 400
    supervisor, start, version = found
    valg = actions.Sessionsvalg(supervisor, start, None, session.samtale_min, session.type, session.form)
    try:
        actions.change_session(session, valg=valg, version=version, by=viewer())
    except actions.Changed as problem:
        return jsonify(fejl=problem.text, **_as_it_is(session)), 409
    except RuleBroken as problem:
        return jsonify(fejl=problem.text, **_as_it_is(session)), 422
    return jsonify(**_as_it_is(session)), 200


@blueprint.get("/supervision/sessioner/<uuid:session_id>/aflys")
def bekraeft_aflys_session(session_id: UUID) -> str:
    """Ask once before it is taken off the plan."""
    session = queries.get_session_to_plan(session_id, viewer=viewer())
    return render_template("aftaler/dag/aflys_session.html", session=session, plan=plan)


@blueprint.post("/supervision/sessioner/<uuid:session_id>/aflys")
@commits
def aflys_session(session_id: UUID) -> Response:
    """Take it off the plan."""
    session = queries.get_session_to_plan(session_id, viewer=viewer(), hold=True)
    actions.cancel_session(session, by=viewer())
    flash(f"{session.fokusperson.fornavn}s session er aflyst.", "success")
    return redirect(url_for("aftaler.dagsplan", dag_id=session.dag_id), 303)


@blueprint.post("/supervision/dage/<uuid:dag_id>/pauser")
@commits
def laeg_pause(dag_id: UUID) -> Response:
    """A break for everybody."""
    dag = queries.get_dag(dag_id, viewer=viewer(), hold=True)
    form = forms.PauseForm()
    words, kind = "Pausen er lagt.", "success"
    if form.validate_on_submit():
        try:
            actions.add_pause(
                dag,
                start=forms.minut(form.tid.data),
                minutter=form.minutter.data or 0,
                navn=form.navn.data[:40],
                by=viewer(),
            )
        except RuleBroken as problem:
            words, kind = problem.text, "warning"
    else:
        words, kind = next(error for control in form for error in control.errors), "warning"
    flash(words, kind)
    return redirect(url_for("aftaler.dagsplan", dag_id=dag_id, _anchor="pauser"), 303)


@blueprint.post("/supervision/dage/<uuid:dag_id>/pauser/<uuid:pause_id>/slet")
@commits
def slet_pause(dag_id: UUID, pause_id: UUID) -> Response:
    """Take a break away."""
    dag = queries.get_dag(dag_id, viewer=viewer(), hold=True)
    pause: Dagpause | None = next((one for one in dag.pauser if one.id == pause_id), None)
    if pause is None:
        raise NotFound
    actions.delete_pause(dag, pause=pause, by=viewer())
    flash("Pausen er fjernet.", "success")
    return redirect(url_for("aftaler.dagsplan", dag_id=dag_id, _anchor="pauser"), 303)


def _baner(dag: Supervisionsdag, standing: list[Supervisionssession]) -> list[Bane]:
    shared: list[tuple[int, int, Any]] = [(pause.start, pause.minutter, pause) for pause in dag.pauser]
    if dag.briefing_fra is not None:
        shared.append((dag.briefing_fra, dag.briefing_min, None))
    return [
        Bane(
            bane.supervisor,
            sorted(
                [
                    *shared,
                    *(
                        (session.start, plan.varer(session), session)
                        for session in standing
                        if session.supervisor_id == bane.supervisor_id
                    ),
                ],
                key=lambda punkt: punkt[:2],
            ),
        )
        for bane in dag.baner
    ]


def _plan_ord(session: Supervisionssession) -> str:
    kontrakt = session.kontrakt
    return sessioner.plan_ord(session, rules.tilstand(kontrakt) if kontrakt else None)


def _as_it_is(session: Supervisionssession) -> dict[str, Any]:
    konflikter = queries.konflikter_of(session.dag)
    return {
        "start": session.start,
        "supervisor": str(session.supervisor_id),
        "version": session.version,
        "lokale": session.lokale,
        "konflikter": {str(id_): sentences for id_, sentences in konflikter.items()},
    }


def _read_move(session: Supervisionssession, body: dict[str, Any]) -> tuple[Person, int, int] | None:
    if set(body) != MOVE:
        return None
    start, version = body["start"], body["version"]
    people = {str(person.id): person for person in _supervisorer(session.dag)}
    whole = all(isinstance(number, int) and not isinstance(number, bool) for number in (start, version))
    if not whole or not isinstance(body["supervisor"], str) or body["supervisor"] not in people:
        return None
    return people[body["supervisor"]], start, version


def _change(session: Supervisionssession, valg: actions.Sessionsvalg, version: str | None) -> None:
    number = int(version) if version and version.isdecimal() else 0
    actions.change_session(session, valg=valg, version=number, by=viewer())


def _valg(dag: Supervisionsdag, form: forms.SessionForm, *, own_room: bool = False) -> actions.Sessionsvalg:
    supervisor = next(person for person in _supervisorer(dag) if str(person.id) == form.supervisor.data)
    lokale: str | None = form.lokale.data
    return actions.Sessionsvalg(
        supervisor,
        forms.minut(form.tid.data),
        None if own_room and not lokale else lokale,
        form.samtale_min.data or plan.SAMTALE,
        form.type.data,
        form.form.data,
    )


def _supervisorer(dag: Supervisionsdag) -> list[Person]:
    return [bane.supervisor for bane in dag.baner]


def _fokuspersoner(dag: Supervisionsdag) -> list[Person]:
    return queries.list_fokuspersoner_i(dag.organisation_id, viewer=viewer())


def _minut_nu() -> int:
    now = clock.local(clock.now())
    return now.hour * 60 + now.minute


def _fyld_page(dag: Supervisionsdag, form: forms.FyldForm) -> str:
    return render_template("aftaler/dag/fyld_dag.html", dag=dag, form=form, plan=plan)


def _session_page(dag: Supervisionsdag, form: forms.SessionForm, session: Supervisionssession | None) -> str:
    put_in_words(form.type)
    return render_template(
        "aftaler/dag/session_form.html", dag=dag, form=form, session=session, plan=plan, rules=rules
    )

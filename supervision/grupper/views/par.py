"""The pairs of a round: who attends whose samtale when, forming them, one's half-days, and the times as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response as Download
from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler.formats.ical import write_kalender
from supervision.aftaler.queries import add_kalenderkilde
from supervision.aftaler.rules import SAMTALE_TYPER
from supervision.danish import opremsning
from supervision.db import commits
from supervision.grupper import actions, forms, queries, rules
from supervision.grupper.models import Runde
from supervision.grupper.rules.par import BESOEG_TILSTANDE
from supervision.grupper.rules.pardannelse import Gruppering, Kandidat, foreslaa_par
from supervision.grupper.rules.partider import TIDER, faelles
from supervision.grupper.views import blueprint
from supervision.personer.models import Person
from supervision.problems import RuleBroken

add_kalenderkilde(queries.list_besoeg_uden_kontrakt)


@blueprint.get("/runder/<uuid:runde_id>/par")
def par(runde_id: UUID) -> str:
    """The oversigt: who attends whose samtale when, with which redskaber, and where it is. Prints on one page."""
    runde = queries.get_parrunde(runde_id, viewer=viewer())
    found = queries.list_par(runde, viewer=viewer())
    members = queries.list_medlemmer(runde.gruppe)
    return render_template(
        "grupper/par.html",
        runde=runde,
        gruppe=runde.gruppe,
        tavle=found,
        mine=[linje for one in found for linje in one.linjer if linje.mine],
        uden=_left_out(found, members),
        huse=len({person.organisation_id for person in members}),
        tilstande=BESOEG_TILSTANDE,
        typer=SAMTALE_TYPER,
        leads=runde.gruppe.facilitator_id == viewer().id,
        har_tider=queries.find_ledige_tider(runde, viewer=viewer()) is not None,
        person=viewer(),
        today=clock.today(),
    )


@blueprint.get("/runder/<uuid:runde_id>/par/dan")
def dan_par(runde_id: UUID) -> str:
    """The pairs as they are; `?forslag=1` (2, 3 …) shows a proposal in their place, which nothing is stored of."""
    runde = queries.get_runde_to_lead(runde_id, viewer=viewer())
    rules.check_not_ended(runde, clock.today())
    plan = queries.find_parplan(runde)
    number = max(0, min(request.args.get("forslag", 0, type=int), 999))
    across = "tvaers" in request.args if number else bool(plan and plan.paa_tvaers)
    shown = _proposal(runde, number, across) if number else _standing(runde)
    form = forms.ParForm.showing(shown, udgave=plan.udgave if plan else 0, paa_tvaers=across, med_tider=True)
    return _form_page(runde, form, number=number)


@blueprint.post("/runder/<uuid:runde_id>/par/dan")
@commits
def gem_par(runde_id: UUID) -> Response:
    """Let these be the round's pairs."""
    runde = queries.get_runde_to_lead(runde_id, viewer=viewer(), hold=True)
    form = forms.ParForm()
    _offer(form, runde)
    if form.validate_on_submit():
        try:
            actions.save_par(
                runde,
                grupper=form.grupper,
                by=viewer(),
                paa_tvaers=bool(form.paa_tvaers.data),
                med_tider=bool(form.med_tider.data),
                udgave=-1 if form.seen is None else form.seen,
            )
        except RuleBroken as problem:
            form.show_problem(problem)
            _see_newest(form, runde)
        else:
            flash("Parrene er gemt. Nu kan de aftale, hvornår de besøger hinanden.", "success")
            return redirect(url_for("grupper.par", runde_id=runde_id), 303)
    return make_response(_form_page(runde, form), 422)


@blueprint.get("/runder/<uuid:runde_id>/tider")
def ledige_tider(runde_id: UUID) -> str:
    """The half-days on which I can: for me, and for the proposal of pairs and times."""
    runde = queries.get_parrunde(runde_id, viewer=viewer())
    form = forms.LedigeTiderForm(
        formdata=None, data={"tider": queries.find_ledige_tider(runde, viewer=viewer()) or []}
    )
    return _times_page(runde, form)


@blueprint.post("/runder/<uuid:runde_id>/tider")
@commits
def gem_ledige_tider(runde_id: UUID) -> Response:
    """Store them."""
    runde = queries.get_parrunde(runde_id, viewer=viewer())
    form = forms.LedigeTiderForm()
    if form.validate_on_submit():
        try:
            actions.save_ledige_tider(runde, tider=form.tider.data or (), by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Dine tider er gemt." if form.tider.data else "Dine tider er taget af igen.", "success")
            return redirect(url_for("grupper.par", runde_id=runde_id), 303)
    return make_response(_times_page(runde, form), 422)


@blueprint.get("/runder/<uuid:runde_id>/par/mine.ics")
def mine_besoeg(runde_id: UUID) -> Download:
    """My own visits of the round for my calendar: times only, as the calendar one can subscribe to."""
    runde = queries.get_parrunde(runde_id, viewer=viewer())
    body = write_kalender(queries.list_besoegstider(runde, viewer=viewer()), viewer().id)
    response = Download(body, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="mine-besoeg.ics"'
    return response


def _proposal(runde: Runde, number: int, across: bool) -> list[Gruppering]:
    """The proposal with this number; no proposal when there are too few. The same number is the same proposal."""
    people = queries.list_kandidater(runde)
    if len(people) < 2:
        return []
    return foreslaa_par(
        people,
        tidligere=queries.list_tidligere_par(runde),
        paa_tvaers=across,
        froe=f"{runde.id}:{number}",
    )


def _standing(runde: Runde) -> list[Gruppering]:
    found = queries.list_par(runde, viewer=viewer())
    members = {person.id for person in queries.list_medlemmer(runde.gruppe)}
    standing = [[p.id for p in one.personer if p.id in members] for one in found if not one.par.oploest_at]
    return [tuple(people) for people in standing if people]


def _offer(form: forms.ParForm, runde: Runde) -> None:
    form.offer(forms.person_choices(queries.list_medlemmer(runde.gruppe), viewer()))


def _see_newest(form: forms.ParForm, runde: Runde) -> None:
    """What was typed stands, and is saved over what others have formed if it is sent again."""
    plan = queries.find_parplan(runde)
    form.udgave.data = str(plan.udgave if plan else 0)


def _form_page(runde: Runde, form: forms.ParForm, number: int = 0) -> str:
    _offer(form, runde)
    members = queries.list_medlemmer(runde.gruppe)
    return render_template(
        "grupper/dan_par.html",
        runde=runde,
        gruppe=runde.gruppe,
        form=form,
        nr=number,
        medlemmer=members,
        huse=len({person.organisation_id for person in members}),
        ord=_reasons(form, queries.list_kandidater(runde)) if number else {},
    )


def _reasons(form: forms.ParForm, people: list[Kandidat]) -> dict[int, str]:
    """Line -> when those of a proposal can together: what speaks for it."""
    said = {one.id: one.tider for one in people}
    found = {}
    for place, entry in enumerate(form.par.entries):
        own = [said.get(who) for who in entry.form.valgt]
        if not own or all(one is None for one in own):
            continue
        together = [TIDER[code] for code in faelles(own)]
        found[place] = f"Fælles tider: {opremsning(together)}." if together else "Ingen fælles tider."
    return found


def _times_page(runde: Runde, form: forms.LedigeTiderForm) -> str:
    return render_template("grupper/ledige_tider.html", runde=runde, gruppe=runde.gruppe, form=form)


def _left_out(found: list[queries.ParPaaTavlen], members: list[Person]) -> list[Person]:
    """The members who are in no pair, when there are pairs."""
    inside: set[Any] = {p.id for one in found if not one.par.oploest_at for p in one.personer}
    return [person for person in members if person.id not in inside] if found else []

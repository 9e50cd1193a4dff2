"""The logbog: reading it, writing in it, mending and taking away."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import adgangslog
from supervision.access import viewer
from supervision.danish import tidspunkt
from supervision.db import commits
from supervision.laeringspil.queries import list_kendte_linjer
from supervision.logbog import actions, forms, queries
from supervision.logbog.models import Lognotat
from supervision.logbog.views import blueprint
from supervision.observationer.models import Observation
from supervision.problems import NotFound

Form = TypeVar("Form", bound=forms.NotatForm)


@blueprint.get("/logbog")
def logbog() -> str:
    """The viewer's notes, newest first, twenty a page; those that hold the words searched for, or about one line."""
    form = forms.SoegForm(request.args)
    found = queries.list_notater(viewer=viewer(), soeg=form.soeg.data or "", linje_id=form.to_linje())
    pages = max(1, -(-len(found) // queries.PAGE))
    page = request.args.get("side", 1, type=int)
    if not 1 <= page <= pages:
        raise NotFound
    return render_template(
        "logbog/logbog.html",
        form=form,
        opslag=found[(page - 1) * queries.PAGE : page * queries.PAGE],
        total=len(found),
        page=page,
        pages=pages,
        linje=list_kendte_linjer(viewer=viewer()).get(form.to_linje() or UUID(int=0), ""),
    )


@blueprint.get("/logbog/hent")
def hent_logbog() -> Response:
    """All of it as one text to keep, for its writer alone."""
    text = render_template("logbog/logbog.txt", opslag=queries.list_notater(viewer=viewer()))
    adgangslog.seen("egne_data", [viewer().id], handling=adgangslog.HENTET)
    answer = make_response(text)
    answer.mimetype = "text/plain"
    answer.headers["Content-Disposition"] = "attachment; filename=logbog.txt"
    return answer


@blueprint.get("/logbog/ny")
def nyt_notat() -> str:
    """Three empty boxes. `linje` and `samtale` in the address: what it is about."""
    about = {"linje_id": request.args.get("linje"), "observation_id": request.args.get("samtale")}
    return _new_page(_offered(forms.NytNotatForm(formdata=None, data=about)))


@blueprint.post("/logbog/ny")
@commits
def skriv_notat() -> Response:
    """Keep a new note."""
    form = _offered(forms.NytNotatForm())
    if not form.validate_on_submit():
        return make_response(_new_page(form), 422)
    actions.write_notat(notat_id=form.to_id(), notat=form.to_notat(), by=viewer())
    flash("Notatet er gemt. Det er kun for dig.", "success")
    if form.linje_id.data and request.args.get("linje") == str(form.linje_id.data):
        return redirect(url_for("logbog.linje", linje_id=form.linje_id.data), 303)
    return redirect(url_for("logbog.logbog"), 303)


@blueprint.get("/logbog/<uuid:notat_id>")
def ret_notat(notat_id: UUID) -> str:
    """The boxes as they were written."""
    notat = queries.get_notat(notat_id, viewer=viewer())
    return _edit_page(_offered(forms.NotatForm(obj=notat), notat), notat)


@blueprint.post("/logbog/<uuid:notat_id>")
@commits
def gem_notat(notat_id: UUID) -> Response:
    """Keep what was mended."""
    notat = queries.get_notat(notat_id, viewer=viewer(), hold=True)
    form = _offered(forms.NotatForm(), notat)
    if not form.validate_on_submit():
        return make_response(_edit_page(form, notat), 422)
    actions.change_notat(notat, notat=form.to_notat(), by=viewer())
    flash("Notatet er gemt.", "success")
    return redirect(url_for("logbog.logbog"), 303)


@blueprint.get("/logbog/<uuid:notat_id>/slet")
def bekraeft_slet_notat(notat_id: UUID) -> str:
    """Ask once before it is gone."""
    notat = queries.get_notat(notat_id, viewer=viewer())
    return render_template("logbog/bekraeft_slet_notat.html", notat=notat)


@blueprint.post("/logbog/<uuid:notat_id>/slet")
@commits
def slet_notat(notat_id: UUID) -> Response:
    """Take it away."""
    actions.delete_notat(queries.get_notat(notat_id, viewer=viewer(), hold=True), by=viewer())
    flash("Notatet er slettet.", "success")
    return redirect(url_for("logbog.logbog"), 303)


def _offered(form: Form, notat: Lognotat | None = None) -> Form:
    """The form with the lines and samtaler that the viewer may choose, and those that the note has already."""
    linjer = list_kendte_linjer(viewer=viewer())
    samtaler = {one.id: _samtale_words(one) for one in queries.list_samtaler(viewer=viewer())}
    if notat and notat.observation_id and notat.observation_id not in samtaler:
        samtaler[notat.observation_id] = "Den samtale, notatet hører til"
    if notat and notat.linje_id:
        linjer.setdefault(notat.linje_id, "En tidligere linje")
    form.offer(linjer, samtaler)
    return form


def _samtale_words(observation: Observation) -> str:
    own = observation.fokusperson_id == viewer().id
    who = observation.observatoer if own else observation.fokusperson
    when = tidspunkt(observation.startet_at)
    if who is None:
        return f"Din samtale {when}"
    return f"Din samtale {when}, som {who.fornavn} var med til" if own else f"{who.fornavn}: {when}"


def _new_page(form: forms.NytNotatForm) -> str:
    return render_template("logbog/nyt_notat.html", form=form)


def _edit_page(form: forms.NotatForm, notat: Lognotat) -> str:
    return render_template("logbog/ret_notat.html", form=form, notat=notat)

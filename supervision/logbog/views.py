"""The logbog: reading it, writing in it, mending and taking away."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.logbog import actions, forms, queries
from supervision.problems import NotFound

blueprint = Blueprint("logbog", __name__)


@blueprint.get("/logbog")
def logbog() -> str:
    """The viewer's notes, newest first, twenty a page."""
    total = queries.count_notater(viewer=viewer())
    pages = max(1, -(-total // queries.PAGE))
    page = request.args.get("side", 1, type=int)
    if not 1 <= page <= pages:
        raise NotFound
    notater = queries.list_notater(viewer=viewer(), page=page)
    return render_template("logbog/logbog.html", notater=notater, total=total, page=page, pages=pages)


@blueprint.get("/logbog/ny")
def nyt_notat() -> str:
    """Three empty boxes."""
    return render_template("logbog/nyt_notat.html", form=forms.NytNotatForm())


@blueprint.post("/logbog/ny")
@commits
def skriv_notat() -> Response:
    """Keep a new note."""
    form = forms.NytNotatForm()
    if not form.validate_on_submit():
        return make_response(render_template("logbog/nyt_notat.html", form=form), 422)
    actions.write_notat(notat_id=form.to_id(), notat=form.to_notat(), by=viewer())
    flash("Notatet er gemt. Det er kun for dig.", "success")
    return redirect(url_for("logbog.logbog"), 303)


@blueprint.get("/logbog/<uuid:notat_id>")
def ret_notat(notat_id: UUID) -> str:
    """The boxes as they were written."""
    notat = queries.get_notat(notat_id, viewer=viewer())
    return render_template("logbog/ret_notat.html", form=forms.NotatForm(obj=notat), notat=notat)


@blueprint.post("/logbog/<uuid:notat_id>")
@commits
def gem_notat(notat_id: UUID) -> Response:
    """Keep what was mended."""
    notat = queries.get_notat(notat_id, viewer=viewer(), hold=True)
    form = forms.NotatForm()
    if not form.validate_on_submit():
        return make_response(render_template("logbog/ret_notat.html", form=form, notat=notat), 422)
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

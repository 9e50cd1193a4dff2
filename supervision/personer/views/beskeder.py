"""What I want to be told, and the secret address of my calendar."""

from __future__ import annotations

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.personer.actions import beskeder as actions
from supervision.personer.forms import BeskedForm
from supervision.personer.views import blueprint
from supervision.personer.views.own import render_profil


@blueprint.post("/profil/beskeder")
@commits
def gem_beskeder() -> Response:
    """Choose what to be told by e-mail."""
    form = BeskedForm()
    if not form.validate_on_submit():
        return make_response(render_profil(form), 422)
    actions.choose_beskeder(by=viewer(), til=form.til.data or ())
    flash("Dine valg er gemt.", "success")
    return redirect(url_for("personer.profil", _anchor="beskeder"), 303)


@blueprint.post("/profil/kalender")
@commits
def lav_kalenderlink() -> str:
    """Make the secret address and show it, this once: the answer to the POST is the only place where it stands."""
    token = actions.make_kalenderlink(by=viewer())
    host = current_app.extensions["settings"].public_url or request.host_url.rstrip("/")
    return render_template(
        "personer/lav_kalenderlink.html", address=host + url_for("aftaler.kalender", token=token)
    )


@blueprint.post("/profil/kalender/luk")
@commits
def luk_kalenderlink() -> Response:
    """Take the address back."""
    actions.close_kalenderlink(viewer(), by=viewer())
    flash("Kalenderlinket er lukket. En kalender, der brugte det, får ikke mere at vide.", "success")
    return redirect(url_for("personer.profil", _anchor="kalender"), 303)

"""A device's queue as a file: brought back into the log it belongs to."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import adgangslog
from supervision.access import viewer
from supervision.danish import antal
from supervision.db import commits
from supervision.observationer.actions.kryds_files import Fetched, fetch_kryds
from supervision.observationer.formats import FileRefused, kryds_fil
from supervision.observationer.forms import KrydsFilForm
from supervision.observationer.views import blueprint


@blueprint.get("/observationer/hent-kryds")
def hent_kryds() -> str:
    """The form for a file."""
    return render_template("observationer/hent_kryds.html", form=KrydsFilForm(), refused=None)


@blueprint.post("/observationer/hent-kryds")
@commits
def gem_kryds() -> Response | tuple[str, int]:
    """Store what is in the file: all of it, or nothing with the reasons."""
    form, refused = KrydsFilForm(), None
    if form.validate_on_submit():
        try:
            fil = kryds_fil.read(form.fil.data.read())
            fetched = fetch_kryds(fil=fil, by=viewer(), secret=current_app.config["SECRET_KEY"])
        except FileRefused as problem:
            refused = problem
        else:
            adgangslog.seen("optager", [fil.kontrakt], handling=adgangslog.AENDRET)
            flash(_said(fetched), "success")
            if fetched.til_side:
                return redirect(url_for("observationer.lagt_til_side"), 303)
            return redirect(url_for("observationer.for_kontrakt", kontrakt_id=fil.kontrakt), 303)
    return render_template("observationer/hent_kryds.html", form=form, refused=refused), 422


def _said(fetched: Fetched) -> str:
    """ "14 hændelser er hentet ind. 3 var der i forvejen." """
    if fetched.til_side:
        words = [f"Feedbacken er allerede sendt. {_haendelser(fetched.til_side)} er lagt til side."]
    elif fetched.nye:
        words = [f"{_haendelser(fetched.nye)} er hentet ind."]
    else:
        words = ["Der var ikke noget nyt i filen."]
    if fetched.kendte:
        words.append(f"{'Én' if fetched.kendte == 1 else fetched.kendte} var der i forvejen.")
    return " ".join(words)


def _haendelser(n: int) -> str:
    return antal(n, "Én hændelse", "hændelser")

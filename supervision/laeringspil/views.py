"""The læringspil: seeing it, drawing it anew, looking back at how it was."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.katalog.queries import katalog_for
from supervision.laeringspil import actions, forms, queries, rules

blueprint = Blueprint("laeringspil", __name__)


@blueprint.get("/laering")
def laering() -> str:
    """The viewer's arrow as it is now, and quietly the ones before."""
    return render_template(
        "laeringspil/laering.html",
        pil=queries.find_laeringspil(viewer()),
        udgaver=queries.list_udgaver(viewer=viewer()),
        katalog=katalog_for(viewer().organisation),
        rules=rules,
    )


@blueprint.get("/laering/<uuid:laeringspil_id>")
def udgave(laeringspil_id: UUID) -> str:
    """One version, as it was."""
    found = queries.get_laeringspil(laeringspil_id, viewer=viewer())
    return render_template(
        "laeringspil/udgave.html", pil=found, katalog=katalog_for(viewer().organisation), rules=rules
    )


@blueprint.get("/laering/ret")
def ret() -> str:
    """Three lines to write in."""
    return _page(_form())


@blueprint.post("/laering/ret")
@commits
def gem() -> Response:
    """Keep the lines as a new version."""
    form = _form()
    if not form.validate_on_submit():
        return make_response(_page(form), 422)
    actions.draw_laeringspil(linjer=form.to_linjer(), by=viewer())
    flash("Din læringspil er gemt.", "success")
    return redirect(url_for("laeringspil.laering"), 303)


def _form() -> forms.LaeringspilForm:
    return forms.LaeringspilForm(
        katalog_for(viewer().organisation), queries.list_linjer(queries.find_laeringspil(viewer()))
    )


def _page(form: forms.LaeringspilForm) -> str:
    return render_template(
        "laeringspil/ret.html",
        form=form,
        labels=forms.kendetegn_labels(katalog_for(viewer().organisation)),
        tekst_max=rules.TEKST_MAX,
    )

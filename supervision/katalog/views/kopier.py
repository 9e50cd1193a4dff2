"""The way from a method or a skabelon of the product's to one's own: copy it, hide it, or begin a new one."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.katalog import actions, forms, queries, rules
from supervision.katalog.rules import egne as states
from supervision.katalog.views import blueprint
from supervision.problems import NotFound


@blueprint.get("/katalog/egne/kopier")
def kopier_valg() -> str:
    """What can be done with one method or skabelon, in each organisation whose catalogue the viewer may change."""
    slags, key = request.args.get("slags", ""), request.args.get("key", "")
    ting = queries.product_metode(key) if slags == states.METODE else queries.product_skabelon(key)
    if slags not in states.SLAGS or ting is None:
        raise NotFound
    return render_template(
        "katalog/kopier.html",
        ting=ting,
        slags=slags,
        steder=queries.list_steder(slags, key, viewer=viewer()),
        andetsteds=queries.product_metode(ting.se or "") if isinstance(ting, rules.Metode) else None,
        states=states,
    )


@blueprint.post("/katalog/egne/<uuid:organisation_id>/kopier")
@commits
def kopier(organisation_id: UUID) -> Response:
    """Make a draft with the same content."""
    organisation = queries.get_organisation_to_edit(organisation_id, viewer=viewer(), hold=True)
    form = forms.KopiForm()
    made = actions.copy_original(
        organisation, by=viewer(), slags=form.slags.data or "", key=form.key.data or ""
    )
    flash("Her er jeres kladde. Ret den til, og udgiv den, når den er klar.", "success")
    return redirect(url_for("katalog.ret_eget", indhold_id=made.id), 303)


@blueprint.post("/katalog/egne/<uuid:organisation_id>/skjul")
@commits
def skjul(organisation_id: UUID) -> Response:
    """Offer an original no more here."""
    organisation = queries.get_organisation_to_edit(organisation_id, viewer=viewer(), hold=True)
    form = forms.SkjulForm()
    actions.hide_original(organisation, by=viewer(), slags=form.slags.data or "", key=form.key.data or "")
    flash("Den er skjult og bliver ikke tilbudt mere hos jer.", "success")
    return redirect(url_for("katalog.egne", organisation_id=organisation.id, _anchor="skjulte"), 303)


@blueprint.post("/katalog/egne/<uuid:organisation_id>/vis")
@commits
def vis_igen(organisation_id: UUID) -> Response:
    """Offer an original again."""
    organisation = queries.get_organisation_to_edit(organisation_id, viewer=viewer(), hold=True)
    form = forms.SkjulForm()
    actions.show_original(organisation, by=viewer(), slags=form.slags.data or "", key=form.key.data or "")
    flash("Den bliver tilbudt igen.", "success")
    return redirect(url_for("katalog.egne", organisation_id=organisation.id), 303)


@blueprint.get("/katalog/egne/<uuid:organisation_id>/ny-metode")
def ny_metode(organisation_id: UUID) -> str:
    """The form for a method without an original."""
    return _new_page(organisation_id, forms.NyMetodeForm())


@blueprint.post("/katalog/egne/<uuid:organisation_id>/ny-metode")
@commits
def opret_metode(organisation_id: UUID) -> Response | tuple[str, int]:
    """Begin it as a draft."""
    organisation = queries.get_organisation_to_edit(organisation_id, viewer=viewer(), hold=True)
    form = forms.NyMetodeForm()
    if not form.validate_on_submit():
        return _new_page(organisation_id, form), 422
    made = actions.begin_metode(
        organisation,
        by=viewer(),
        navn=form.navn.data or "",
        kategori=form.kategori.data,
        retning=form.retning.data,
        type=form.type.data,
    )
    return redirect(url_for("katalog.ret_eget", indhold_id=made.id), 303)


def _new_page(organisation_id: UUID, form: forms.NyMetodeForm) -> str:
    organisation = queries.get_organisation_to_edit(organisation_id, viewer=viewer())
    return render_template("katalog/ny_metode.html", organisation=organisation, form=form)

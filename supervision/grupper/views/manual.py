"""The supervisionsmanual: read by everybody, confirmed by each, written by whoever may for the organisation."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from supervision.access import may_knock, viewer
from supervision.db import commits
from supervision.grupper import actions, forms, queries
from supervision.grupper.content import standardmanual
from supervision.grupper.formats.markdown import to_html
from supervision.grupper.queries import Udgave
from supervision.grupper.rules import STANDARD
from supervision.grupper.views import blueprint
from supervision.katalog.queries.egne import get_organisation_to_edit
from supervision.personer.models import Organisation
from supervision.problems import RuleBroken


@blueprint.get("/manual")
def manual() -> str:
    """My own organisation's."""
    return _page(viewer().organisation, queries.get_manual(viewer().organisation_id))


@blueprint.get("/manual/<uuid:organisation_id>")
def manual_hos(organisation_id: UUID) -> str:
    """The manual of an organisation that I work in."""
    found = queries.get_manual_organisation(organisation_id, viewer=viewer())
    return _page(found, queries.get_manual(found.id))


@blueprint.get("/manual/standard")
def standardmanualen() -> str:
    """Our own text, which organisations begin with."""
    return _page(viewer().organisation, Udgave(STANDARD, standardmanual()))


@blueprint.get("/manualer/<uuid:manual_id>")
def manualudgave(manual_id: UUID) -> str:
    """One published version, as it was."""
    return _page(*queries.get_manualudgave(manual_id, viewer=viewer()))


@blueprint.post("/manual/<uuid:organisation_id>/laest")
@commits
def bekraeft_manual(organisation_id: UUID) -> Response:
    """I have read the limits in the version that was on my screen."""
    found = queries.get_manual_organisation(organisation_id, viewer=viewer())
    form = forms.LaestForm()
    try:
        version = form.version.data if form.validate_on_submit() else None
        actions.confirm_read(found, version=-1 if version is None else version, by=viewer())
    except RuleBroken as problem:
        flash(problem.text, "warning")
    else:
        flash("Tak. Du har bekræftet, at du har læst grænserne for rollen.", "success")
    return redirect(url_for("grupper.manual_hos", organisation_id=found.id), 303)


@blueprint.get("/manual/<uuid:organisation_id>/ret")
def ret_manual(organisation_id: UUID) -> str:
    """Write on the draft; there is none yet: on what everybody reads."""
    found = get_organisation_to_edit(organisation_id, viewer=viewer())
    kladde = queries.find_manualkladde(found.id)
    data = {
        "tekst": kladde.tekst if kladde else queries.get_manual(found.id).tekst,
        "aendring": kladde.aendring if kladde else "",
        "set": kladde.aendret_at.isoformat() if kladde else "",
    }
    return _edit_page(found, forms.ManualForm(formdata=None, data=data))


@blueprint.post("/manual/<uuid:organisation_id>/ret")
@commits
def gem_manual(organisation_id: UUID) -> Response:
    """Store the draft, and see it as it will be read."""
    found = get_organisation_to_edit(organisation_id, viewer=viewer(), hold=True)
    form = forms.ManualForm()
    if form.validate_on_submit():
        try:
            actions.save_manualkladde(
                found,
                tekst=form.tekst.data or "",
                aendring=form.aendring.data or "",
                seen=form.seen,
                by=viewer(),
            )
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Kladden er gemt. Ingen andre ser den, før du udgiver den.", "success")
            return redirect(url_for("grupper.manualkladde", organisation_id=found.id), 303)
    return make_response(_edit_page(found, form), 422)


@blueprint.get("/manual/<uuid:organisation_id>/kladde")
def manualkladde(organisation_id: UUID) -> Response | str:
    """The draft as it will be read."""
    found = get_organisation_to_edit(organisation_id, viewer=viewer())
    kladde = queries.find_manualkladde(found.id)
    if kladde is None:
        return redirect(url_for("grupper.ret_manual", organisation_id=found.id))
    return render_template(
        "grupper/manualkladde.html",
        organisation=found,
        kladde=kladde,
        html=Markup(to_html(kladde.tekst)),  # noqa: S704 - made without raw HTML
        form=forms.UdgivForm(formdata=None, data={"set": kladde.aendret_at.isoformat()}),
    )


@blueprint.post("/manual/<uuid:organisation_id>/udgiv")
@commits
def udgiv_manual(organisation_id: UUID) -> Response:
    """Let everybody read it."""
    found = get_organisation_to_edit(organisation_id, viewer=viewer(), hold=True)
    form = forms.UdgivForm()
    try:
        actions.publish_manual(found, seen=form.seen if form.validate_on_submit() else None, by=viewer())
    except RuleBroken as problem:
        flash(problem.text, "warning")
        return redirect(url_for("grupper.manualkladde", organisation_id=found.id), 303)
    flash("Manualen er udgivet. Alle bliver bedt om at læse grænserne for rollen igen.", "success")
    return redirect(url_for("grupper.manual_hos", organisation_id=found.id), 303)


@blueprint.post("/manual/<uuid:organisation_id>/slet-kladde")
@commits
def slet_manualkladde(organisation_id: UUID) -> Response:
    """Throw the draft away."""
    found = get_organisation_to_edit(organisation_id, viewer=viewer(), hold=True)
    actions.delete_manualkladde(found, by=viewer())
    flash("Kladden er slettet. Den udgivne manual står, som den var.", "success")
    return redirect(url_for("grupper.manual_hos", organisation_id=found.id), 303)


def _page(organisation: Organisation, udgave: Udgave) -> str:
    person, newest = viewer(), queries.get_manual(organisation.id)
    return render_template(
        "grupper/manual.html",
        organisation=organisation,
        udgave=udgave,
        html=Markup(to_html(udgave.tekst)),  # noqa: S704 - made without raw HTML
        gaelder=udgave.version == newest.version,
        udgaver=queries.list_manualudgaver(organisation.id),
        laest_at=queries.find_laest_at(organisation.id, udgave.version, viewer=person),
        kan_bekraefte=may_knock("deltager", person),
        maa_rette=person.maa_rette_katalog(organisation.id),
        andre=[one for one in queries.list_manual_organisationer(viewer=person) if one != organisation],
        form=forms.LaestForm(formdata=None, data={"version": udgave.version}),
    )


def _edit_page(organisation: Organisation, form: forms.ManualForm) -> str:
    return render_template("grupper/ret_manual.html", organisation=organisation, form=form)

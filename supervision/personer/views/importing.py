"""People from a CSV file: preview first, then all of it or nothing."""

from __future__ import annotations

from uuid import UUID

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.danish import antal
from supervision.db import commits
from supervision.personer.actions.importing import import_people
from supervision.personer.formats import people_csv
from supervision.personer.forms import ConfirmForm, UploadForm
from supervision.personer.models import Organisation
from supervision.personer.queries.administration import get_organisation
from supervision.personer.queries.importing import plan_of
from supervision.personer.rules.import_plan import NY_PERSON, OUTCOMES, Plan
from supervision.personer.views import blueprint
from supervision.personer.views.attempts import attempt


@blueprint.get("/administration/csv-skabelon")
def csv_skabelon() -> FlaskResponse:
    """An empty file with the right headings, for Excel."""
    return FlaskResponse(
        people_csv.TEMPLATE.encode(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="personer.csv"'},
    )


@blueprint.get("/administration/organisationer/<uuid:organisation_id>/csv")
def importer_personer(organisation_id: UUID) -> str:
    """The form for a file."""
    return _upload_page(get_organisation(organisation_id, viewer=viewer()), UploadForm())


@blueprint.post("/administration/organisationer/<uuid:organisation_id>/csv")
@commits
def se_import(organisation_id: UUID) -> str | tuple[str, int]:
    """What the file will do, line by line. Nothing is written: the commit is empty."""
    organisation = get_organisation(organisation_id, viewer=viewer())
    form = UploadForm()
    decoded = attempt(form, lambda: people_csv.decode(form.fil.data.read()))
    if decoded is None:
        return _upload_page(organisation, form), 422
    text, windows = decoded
    plan = plan_of(*people_csv.read(text), organisation, viewer=viewer())
    page = _preview(organisation, plan, ConfirmForm(formdata=None, tekst=text), windows=windows)
    return (page, 422) if plan.problems else page


@blueprint.post("/administration/organisationer/<uuid:organisation_id>/csv/gem")
@commits
def gem_import(organisation_id: UUID) -> Response | tuple[str, int]:
    """Read the text once more and store it."""
    organisation = get_organisation(organisation_id, viewer=viewer())
    form = ConfirmForm()
    text = form.tekst.data or ""
    done = attempt(
        form, lambda: import_people(*people_csv.read(text), organisation=organisation, by=viewer())
    )
    if done is None:
        plan = plan_of(*people_csv.read(text), organisation, viewer=viewer())
        return _preview(organisation, plan, form), 422
    flash(_told(done), "success")
    if done.counts()[NY_PERSON]:
        return redirect(url_for("personer.uden_adgangskode", organisation_id=organisation_id), 303)
    return redirect(url_for("personer.organisation", organisation_id=organisation_id), 303)


def _told(done: Plan) -> str:
    new = antal(done.counts()[NY_PERSON], "én ny person", "nye personer")
    return f"{antal(len(done.steps), 'Én linje', 'linjer')} er læst ind: {new}."


def _upload_page(organisation: Organisation, form: UploadForm) -> str:
    return render_template("personer/importer_personer.html", organisation=organisation, form=form)


def _preview(organisation: Organisation, plan: Plan, form: ConfirmForm, *, windows: bool = False) -> str:
    counts = plan.counts()
    return render_template(
        "personer/se_import.html",
        organisation=organisation,
        plan=plan,
        form=form,
        windows=windows,
        counts=[(outcome, counts[outcome]) for outcome in OUTCOMES if counts[outcome]],
    )

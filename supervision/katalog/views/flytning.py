"""Own content as a file: saved here, and taken in from another organisation."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.danish import opremsning
from supervision.db import commits, db
from supervision.katalog import actions, forms, queries
from supervision.katalog.formats.egne_fil import FilProblem, write_file
from supervision.katalog.rules import egne as states
from supervision.katalog.views import blueprint


@blueprint.get("/katalog/egne/<uuid:organisation_id>/fil")
def eksport(organisation_id: UUID) -> str:
    """What can be saved as a file, to choose from."""
    organisation = queries.get_organisation_to_edit(organisation_id, viewer=viewer())
    ting = [one for one in queries.list_egne(organisation) if one.tilbydes]
    return render_template("katalog/eksport.html", organisation=organisation, ting=ting, states=states)


@blueprint.get("/katalog/egne/<uuid:organisation_id>/fil/hent")
def hent_fil(organisation_id: UUID) -> Response:
    """The file: what was chosen with `ting`, and the methods that its kendetegn come from; all without a choice."""
    organisation = queries.get_organisation_to_edit(organisation_id, viewer=viewer())
    chosen = queries.list_for_file(organisation, request.args.getlist("ting"))
    answer = make_response(write_file(organisation.navn, clock.today(), chosen))
    answer.mimetype = "application/json"
    name = f"egne-metoder-{clock.today().isoformat()}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.get("/katalog/egne/<uuid:organisation_id>/hent")
def import_egne(organisation_id: UUID) -> str:
    """The form for a file from another organisation."""
    return _page(organisation_id, forms.FilForm())


@blueprint.post("/katalog/egne/<uuid:organisation_id>/hent")
@commits
def hent_egne(organisation_id: UUID) -> Response | tuple[str, int]:
    """Take it in as drafts, or say what is wrong with it."""
    organisation = queries.get_organisation_to_edit(organisation_id, viewer=viewer(), hold=True)
    form = forms.FilForm()
    if not form.validate_on_submit():
        return _page(organisation_id, form), 422
    try:
        hentet = actions.import_egne(organisation, by=viewer(), raw=form.fil.data.read())
    except FilProblem as problem:
        db.session.rollback()
        form.fil.errors = [problem.text]
        return _page(organisation_id, form), 422
    for kind, words in _report(hentet):
        flash(words, kind)
    return redirect(url_for("katalog.egne", organisation_id=organisation_id), 303)


def _report(hentet: actions.Hentet) -> list[tuple[str, str]]:
    """What came of the file, as (kind, sentence)."""
    said = []
    if hentet.nye:
        names = opremsning([row.indhold["navn"] for row in hentet.nye])
        said.append(("success", f"Hentet som kladder: {names}. Læs dem, og udgiv dem, I vil bruge."))
    if hentet.ens:
        said.append(("info", f"Dem har I i forvejen: {opremsning(hentet.ens)}. Der er ikke ændret noget."))
    if hentet.optaget:
        names = opremsning(hentet.optaget)
        said.append(
            ("info", f"I har allerede en kladde af {names}. Gør den færdig, eller slet den, og hent igen.")
        )
    return said or [("info", "Der var ikke noget i filen.")]


def _page(organisation_id: UUID, form: forms.FilForm) -> str:
    organisation = queries.get_organisation_to_edit(organisation_id, viewer=viewer())
    return render_template("katalog/import_egne.html", organisation=organisation, form=form)

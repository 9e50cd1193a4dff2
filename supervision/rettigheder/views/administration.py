"""What an administrator decides and carries out, without seeing any content."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from flask import (
    after_this_request,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.adgangslog import kept_months
from supervision.db import commits
from supervision.personer.models import Organisation
from supervision.personer.queries.administration import get_organisation
from supervision.privacy import Klasse, privacy_map
from supervision.problems import NotFound, RuleBroken
from supervision.rettigheder.actions.opbevaring import decide
from supervision.rettigheder.actions.sletning import erase_person
from supervision.rettigheder.actions.toem import overwrite_deleted
from supervision.rettigheder.formats.journal import journal_of, read
from supervision.rettigheder.forms import OpbevaringForm, opbevaring_form
from supervision.rettigheder.queries.anmodninger import list_anmodninger
from supervision.rettigheder.queries.lukkede import KLASSE as LUKKEDE
from supervision.rettigheder.queries.lukkede import find_lukket
from supervision.rettigheder.queries.naeste import count_next
from supervision.rettigheder.queries.opbevaring import beskyttelse_for, dage_for
from supervision.rettigheder.rules import tid
from supervision.rettigheder.views import blueprint

ELSEWHERE = {"adgangslog"}
"""Classes that are set for the whole installation, with the log itself, in months."""
PROEV = "proev"
"""The button that changes nothing."""


@blueprint.get("/administration/organisationer/<uuid:organisation_id>/opbevaring")
def opbevaring(organisation_id: UUID) -> str:
    """How long this organisation keeps what, and whom people can ask."""
    organisation = get_organisation(organisation_id, viewer=viewer())
    return _settings_page(organisation, _form(organisation))


@blueprint.post("/administration/organisationer/<uuid:organisation_id>/opbevaring")
@commits
def gem_opbevaring(organisation_id: UUID) -> Response:
    """Let it stand from now on; or, asked to try only, say what the next cleaning would take with these times."""
    organisation = get_organisation(organisation_id, viewer=viewer())
    form = _form(organisation)
    if form.validate_on_submit() and PROEV in request.form:
        return make_response(_settings_page(organisation, form, proevet=True))
    if form.validate_on_submit():
        try:
            decide(
                organisation,
                dage=form.dage,
                kontakt=form.kontakt.data or "",
                fortrydelse=form.fortrydelse.data,
                maaneder=form.maaneder.data,
                by=viewer(),
            )
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Gemt. Det gælder fra næste oprydning.", "success")
            return redirect(url_for("rettigheder.opbevaring", organisation_id=organisation_id), 303)
    return make_response(_settings_page(organisation, form), 422)


@blueprint.get("/administration/sletninger")
def sletninger() -> str:
    """Who has asked to be erased, and from when it may be done. How many were, by the journal."""
    return render_template(
        "rettigheder/sletninger.html",
        anmodninger=list_anmodninger(viewer=viewer()),
        nu=clock.now(),
        udfoert=sum(line.slags == "person" for line in read(_journal())),
    )


@blueprint.post("/administration/sletninger/<uuid:person_id>")
@commits
def udfoer_sletning(person_id: UUID) -> Response:
    """Carry one out whose days to undo it are over."""
    found = next((one for one in list_anmodninger(viewer=viewer()) if one.person_id == person_id), None)
    if found is None or found.tidligst_at > clock.now():
        raise NotFound
    erase_person(person_id, journal=_journal(), by=viewer().id)
    flash("Slettet. Det kan ikke fortrydes.", "success")

    @after_this_request
    def _overwrite(response: Response) -> Response:
        overwrite_deleted()
        return response

    return redirect(url_for("rettigheder.sletninger"), 303)


def _journal() -> Path:
    return journal_of(Path(current_app.instance_path))


def _klasser() -> list[Klasse]:
    return [k for k in privacy_map().klasser.values() if k.dage is not None and k.key not in ELSEWHERE]


def _form(organisation: Organisation) -> OpbevaringForm:
    kontakt, fortrydelse = beskyttelse_for(organisation.id)
    stands = {"kontakt": kontakt, "fortrydelse": fortrydelse, "maaneder": kept_months()}
    return opbevaring_form(_klasser(), {**dage_for(organisation.id), **stands})


def _settings_page(organisation: Organisation, form: OpbevaringForm, *, proevet: bool = False) -> str:
    """proevet: the next cleaning is counted with what is typed and not stored; else with what stands."""
    dage, maaneder = dage_for(organisation.id), kept_months()
    if proevet:
        dage |= {key: days for key, days in form.dage.items() if days is not None}
        maaneder = int(form.maaneder.data or maaneder)
    naeste = count_next(organisation.id, dage=dage, maaneder=maaneder)
    return render_template(
        "rettigheder/opbevaring.html", organisation=organisation, form=form, naeste=naeste, proevet=proevet
    )


@blueprint.app_context_processor
def _for_the_page_of_a_person() -> dict[str, Any]:
    """How long a closed account is kept, and when this one goes; asked by an administrator's page of a person alone."""
    return {
        "kontofrist": lambda person: tid(dage_for(person.organisation_id)[LUKKEDE]),
        "lukket_konto": find_lukket,
    }

"""The administrator's side of sign-in from a provider: an organisation's rules, and a person's identity."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.personer import rules
from supervision.personer.actions import kommunelogin as actions
from supervision.personer.forms import EksternIdentitetForm, KommuneloginForm, LoginregelForm
from supervision.personer.models import EksternIdentitet, Kommunelogin, Loginregel, Organisation, Person
from supervision.personer.queries.administration import get_anybody, get_organisation
from supervision.personer.queries.ekstern_login import (
    get_identitet,
    get_regel,
    list_identiteter,
    list_kommunelogin,
    list_regler,
)
from supervision.personer.views import blueprint
from supervision.personer.views.attempts import attempt
from supervision.personer.views.kommunelogin import issuers
from supervision.problems import NotFound


@blueprint.get("/administration/organisationer/<uuid:organisation_id>/login")
def loginregler(organisation_id: UUID) -> str:
    """How the organisation's people come in by their own login, and which roles that gives."""
    return _page(get_organisation(organisation_id, viewer=viewer()))


@blueprint.post("/administration/organisationer/<uuid:organisation_id>/login")
@commits
def gem_kommunelogin(organisation_id: UUID) -> Response | tuple[str, int]:
    """By which value an issuer names the organisation; which issuer is in the address (`udsteder`, from 0)."""
    organisation = get_organisation(organisation_id, viewer=viewer())
    issuer = _issuer()
    form = KommuneloginForm(prefix=_prefix(issuer))
    if attempt(form, lambda: _set(organisation, issuer, form)) is None:
        return _page(organisation, wrong=(issuer, form)), 422
    flash("Gemt.", "success")
    return redirect(url_for("personer.loginregler", organisation_id=organisation_id), 303)


@blueprint.post("/administration/organisationer/<uuid:organisation_id>/login/regler")
@commits
def opret_loginregel(organisation_id: UUID) -> Response | tuple[str, int]:
    """A new rule."""
    organisation = get_organisation(organisation_id, viewer=viewer())
    form = LoginregelForm()
    form.offer(organisation.teams)
    if attempt(form, lambda: _add(organisation, form)) is None:
        return _page(organisation, regel_form=form), 422
    flash("Reglen er tilføjet. Den gælder fra personens næste login.", "success")
    return redirect(url_for("personer.loginregler", organisation_id=organisation_id), 303)


@blueprint.post("/administration/loginregler/<uuid:loginregel_id>/slet")
@commits
def slet_loginregel(loginregel_id: UUID) -> Response:
    """Take a rule away."""
    regel = get_regel(loginregel_id, viewer=viewer())
    organisation_id = regel.organisation_id
    actions.remove_regel(regel, by=viewer())
    flash("Reglen er væk. De roller, den har givet, står, til du selv slutter dem.", "success")
    return redirect(url_for("personer.loginregler", organisation_id=organisation_id), 303)


@blueprint.get("/administration/personer/<uuid:person_id>/login")
def identiteter(person_id: UUID) -> str:
    """How the providers know a person."""
    person = get_anybody(person_id, viewer=viewer())
    return _identity_page(person, _identity_form(person))


@blueprint.post("/administration/personer/<uuid:person_id>/login")
@commits
def opret_identitet(person_id: UUID) -> Response | tuple[str, int]:
    """Say beforehand how a provider knows the person."""
    person = get_anybody(person_id, viewer=viewer())
    form = _identity_form(person)
    if attempt(form, lambda: _tie(person, form)) is None:
        return _identity_page(person, form), 422
    flash(f"{person.navn} kan nu logge ind med kommunens login.", "success")
    return redirect(url_for("personer.identiteter", person_id=person_id), 303)


@blueprint.post("/administration/identiteter/<uuid:identitet_id>/slet")
@commits
def slet_identitet(identitet_id: UUID) -> Response:
    """The provider's subject is nobody here any more."""
    found = get_identitet(identitet_id, viewer=viewer())
    person_id = found.person_id
    actions.remove_identitet(found, by=viewer())
    flash("Personen kan ikke længere logge ind den vej og er logget ud alle steder.", "success")
    return redirect(url_for("personer.identiteter", person_id=person_id), 303)


def _issuer() -> str:
    listed, wanted = issuers(), request.args.get("udsteder", 0, type=int)
    if not 0 <= wanted < len(listed):
        raise NotFound
    return listed[wanted]


def _prefix(issuer: str) -> str:
    return f"udsteder{issuers().index(issuer)}"


def _set(organisation: Organisation, issuer: str, form: KommuneloginForm) -> Kommunelogin:
    return actions.set_kommunelogin(
        organisation,
        issuer=issuer,
        vaerdi=form.vaerdi.data or "",
        opretter_personer=bool(form.opretter_personer.data),
        by=viewer(),
    )


def _add(organisation: Organisation, form: LoginregelForm) -> Loginregel:
    return actions.add_regel(
        organisation,
        vaerdi=form.vaerdi.data or "",
        rolle=form.rolle.data,
        team_id=form.team.data,
        by=viewer(),
    )


def _tie(person: Person, form: EksternIdentitetForm) -> EksternIdentitet:
    return actions.add_identitet(
        person, issuer=form.issuer.data, subject=form.subject.data or "", by=viewer()
    )


def _identity_form(person: Person) -> EksternIdentitetForm:
    form = EksternIdentitetForm()
    known = {row.issuer for row in list_identiteter(person.id, viewer=viewer())}
    form.offer(issuer for issuer in issuers() if issuer not in known)
    return form


def _page(
    organisation: Organisation,
    *,
    regel_form: LoginregelForm | None = None,
    wrong: tuple[str, KommuneloginForm] | None = None,
) -> str:
    organisation_id = organisation.id
    known = {row.issuer: row for row in list_kommunelogin(organisation_id, viewer=viewer())}
    forms = [
        (issuer, wrong[1])
        if wrong and wrong[0] == issuer
        else (issuer, KommuneloginForm(None, obj=known.get(issuer), prefix=_prefix(issuer)))
        for issuer in issuers()
    ]
    if regel_form is None:
        regel_form = LoginregelForm(None)
        regel_form.offer(organisation.teams)
    return render_template(
        "personer/loginregler.html",
        organisation=organisation,
        forms=forms,
        regler=list_regler(organisation_id),
        form=regel_form,
        rolle_navne=rules.ROLLE_NAVNE,
    )


def _identity_page(person: Person, form: EksternIdentitetForm) -> str:
    return render_template(
        "personer/identiteter.html",
        person=person,
        found=list_identiteter(person.id, viewer=viewer()),
        form=form,
    )

"""Invitations: the administrator's side, and the page where the person chooses a password."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.personer.actions import invitations as actions
from supervision.personer.forms import PasswordForm
from supervision.personer.models import Invitation, Person
from supervision.personer.queries.administration import get_anybody, get_organisation
from supervision.personer.queries.invitations import find_invited, list_without_password
from supervision.personer.views import blueprint
from supervision.personer.views.attempts import attempt
from supervision.sign_in import PASSWORD_MAX
from supervision.sign_in.passwords import shortest_for
from supervision.sign_in.tries import opened_by_link


@blueprint.get("/administration/organisationer/<uuid:organisation_id>/uden-adgangskode")
def uden_adgangskode(organisation_id: UUID) -> str:
    """Who cannot sign in yet."""
    organisation = get_organisation(organisation_id, viewer=viewer())
    return render_template(
        "personer/uden_adgangskode.html",
        organisation=organisation,
        waiting=list_without_password(organisation_id, viewer=viewer()),
    )


@blueprint.post("/administration/personer/<uuid:person_id>/invitation")
@commits
def lav_invitation(person_id: UUID) -> str:
    """Make a link and show it, this once: the answer to the POST is the only place where it stands."""
    person = get_anybody(person_id, viewer=viewer())
    token = actions.invite(person, by=viewer())
    return links_page([(person, token)], person.organisation_id)


@blueprint.post("/administration/organisationer/<uuid:organisation_id>/invitationer")
@commits
def lav_invitationer(organisation_id: UUID) -> str | Response:
    """Links for all who cannot sign in and have no link that works; shown this once."""
    get_organisation(organisation_id, viewer=viewer())
    waiting = list_without_password(organisation_id, viewer=viewer())
    made = [(person, actions.invite(person, by=viewer())) for person, until in waiting if until is None]
    if not made:
        flash("Alle har allerede et link, der virker. Lav et nyt til én ad gangen.", "info")
        return redirect(url_for("personer.uden_adgangskode", organisation_id=organisation_id), 303)
    return links_page(made, organisation_id)


@blueprint.get("/invitation/<token>")
def invitation(token: str) -> str | tuple[str, int]:
    """The page where an invited person chooses a password. Opening it does not use the link up."""
    found = opened_by_link(find_invited, token)
    if found is None:
        return _closed()
    return _choose_page(PasswordForm(), found[1], token)


@blueprint.post("/invitation/<token>")
@commits
def vaelg_adgangskode(token: str) -> Response | str | tuple[str, int]:
    """Set the password and send the person on to the sign-in."""
    found = opened_by_link(find_invited, token)
    if found is None:
        return _closed()
    form = PasswordForm()
    if attempt(form, lambda: _choose(form, *found)) is None:
        return _choose_page(form, found[1], token), 422
    flash("Din adgangskode er sat. Log ind med din e-mail og den nye adgangskode.", "success")
    return redirect(url_for("security.login"), 303)


def links_page(made: list[tuple[Person, str]], organisation_id: UUID) -> str:
    """The links, this once: the answer to the POST that made them."""
    links = [(person, url_for("personer.invitation", token=token, _external=True)) for person, token in made]
    return render_template("personer/lav_invitation.html", links=links, organisation_id=organisation_id)


def _choose(form: PasswordForm, found: Invitation, person: Person) -> Person:
    form.check_twice()
    return actions.accept_invitation(found, person, password=form.adgangskode.data or "")


def _choose_page(form: PasswordForm, person: Person, token: str) -> str:
    return render_template(
        "personer/invitation.html",
        form=form,
        person=person,
        token=token,
        shortest=shortest_for(person),
        longest=PASSWORD_MAX,
    )


def _closed() -> tuple[str, int]:
    page = render_template(
        "errors/problem.html",
        code=404,
        title="Linket virker ikke længere",
        text="Et link virker i tre døgn og kan kun bruges én gang. Bed din administrator om et nyt.",
        action_href=url_for("security.login"),
        action_label="Gå til log ind",
    )
    return page, 404

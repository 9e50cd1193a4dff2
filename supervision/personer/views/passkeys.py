"""Passkeys: making one, signing in by one, and taking away what stands behind the password."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.forms import parse_object
from supervision.personer.actions import andet_trin as actions
from supervision.personer.actions.invitations import invite
from supervision.personer.forms import FjernForm
from supervision.personer.queries.administration import get_anybody
from supervision.personer.queries.andet_trin import find_kodegenerator, get_noegle, list_noegler
from supervision.personer.rules import adgangskoder, andet_trin
from supervision.personer.rules import indlogning as lasting
from supervision.personer.views import blueprint
from supervision.personer.views.attempts import attempt
from supervision.personer.views.invitations import links_page
from supervision.problems import RuleBroken
from supervision.sign_in import find_by_password, passkeys, second_step, sign_in_person

AnyAnswer = Response | str | tuple[str, int]
ANSWER = frozenset({"id", "rawId", "type", "response", "clientExtensionResults", "authenticatorAttachment"})
"""What a browser's answer of a passkey consists of (WebAuthn, RegistrationResponseJSON)."""


@blueprint.post("/api/passkey/valg")
@commits
def spoerg_passkey() -> Response:
    """What the browser needs to make a passkey."""
    parse_object(request.get_data())
    return jsonify(passkeys.ask_to_make(viewer()))


@blueprint.post("/api/passkey")
@commits
def gem_passkey() -> Response:
    """Keep the passkey that the browser made; it is named after the browser and the device."""
    navn = lasting.enhed(request.headers.get("User-Agent", ""))[: andet_trin.NAVN_MAX]
    passkeys.make(viewer(), _sent(), navn)
    flash("Din passkey er gemt. Næste gang kan du logge ind med den.", "success")
    return jsonify(videre=url_for("personer.adgang"))


@blueprint.post("/api/log-ind/passkey/valg")
@commits
def passkey_valg() -> Response:
    """What the browser needs to sign somebody in."""
    parse_object(request.get_data())
    return jsonify(passkeys.ask_to_open())


@blueprint.post("/api/log-ind/passkey")
@commits
def passkey_ind() -> Response:
    """Sign in whose passkey it is."""
    person = passkeys.open_by(_sent())
    second_step.done()
    sign_in_person(person, via="passkey")
    return jsonify(videre=second_step.where_to())


@blueprint.get("/profil/adgang/kode/fra")
def fra_kode() -> str:
    """Ask for the password before the codes are taken away."""
    return _drop_page(FjernForm(formdata=None), "engangskoder", url_for("personer.fjern_kode"))


@blueprint.post("/profil/adgang/kode/fra")
@commits
def fjern_kode() -> AnyAnswer:
    """Take the codes away."""
    form, person = FjernForm(), viewer()
    left = len(list_noegler(person.id))
    if attempt(form, lambda: _check_drop(form, left)) is None:
        return _drop_page(form, "engangskoder", request.path), 422
    actions.drop_kodegenerator(viewer(), by=viewer())
    flash("Engangskoder er slået fra.", "success")
    return redirect(url_for("personer.adgang"), 303)


@blueprint.get("/profil/adgang/passkey/<uuid:noegle_id>/fjern")
def fra_passkey(noegle_id: UUID) -> str:
    """Ask for the password before a passkey is taken away."""
    noegle = get_noegle(noegle_id, viewer=viewer())
    action = url_for("personer.fjern_passkey", noegle_id=noegle_id)
    return _drop_page(FjernForm(formdata=None), f"din passkey ({noegle.navn})", action)


@blueprint.post("/profil/adgang/passkey/<uuid:noegle_id>/fjern")
@commits
def fjern_passkey(noegle_id: UUID) -> AnyAnswer:
    """Take a passkey away."""
    form, noegle = FjernForm(), get_noegle(noegle_id, viewer=viewer())
    left = len(list_noegler(viewer().id)) - 1 + (find_kodegenerator(viewer().id) is not None)
    if attempt(form, lambda: _check_drop(form, left)) is None:
        return _drop_page(form, "din passkey", request.path), 422
    actions.drop_noegle(noegle, by=viewer())
    flash("Din passkey er fjernet.", "success")
    return redirect(url_for("personer.adgang"), 303)


@blueprint.post("/administration/personer/<uuid:person_id>/nulstil-andet-trin")
@commits
def nulstil_andet_trin(person_id: UUID) -> AnyAnswer:
    """The person has lost the phone: take everything away and show a link to a new password, this once."""
    person = get_anybody(person_id, viewer=viewer())
    try:
        actions.reset(person, by=viewer())
    except RuleBroken as problem:
        flash(problem.text, "error")
        return redirect(url_for("personer.person", person_id=person_id), 303)
    return links_page([(person, invite(person, by=viewer()))], person.organisation_id)


def _sent() -> dict[str, Any]:
    """The browser's answer. Raises Unreadable when it is none."""
    return parse_object(request.get_data(), ANSWER)


def _check_drop(form: FjernForm, left: int) -> bool:
    """left: how many other second steps there are. Raises RuleBroken (adgangskode)."""
    typed = form.adgangskode.data or ""
    email, person_id = viewer().email, viewer().id
    found = find_by_password(email, typed[: adgangskoder.LAENGST + 1])
    if found is None or found.id != person_id:
        raise RuleBroken("Adgangskoden passer ikke.", "adgangskode")
    if left == 0 and current_app.extensions["settings"].second_factor:
        raise RuleBroken("Her skal alle have et andet trin. Lav et nyt, før du fjerner det sidste.")
    if left == 0 and len(typed) < adgangskoder.KORTEST:
        raise RuleBroken(
            f"Din adgangskode er for kort til at stå alene. Skift den til mindst {adgangskoder.KORTEST} tegn først."
        )
    return True


def _drop_page(form: FjernForm, hvad: str, action: str) -> str:
    return render_template("personer/fjern_andet_trin.html", form=form, hvad=hvad, action=action)

"""Sign-in by the municipality's own login: out to the provider, back with an answer, and in, or a plain page why not.

What is asked for in an answer lies in the browser's session and is taken out the first time it is used. An answer comes
in by a request that changes nothing (OIDC), or without the session's cookie (SAML): a page of ours sends it on.
"""

from __future__ import annotations

import hmac
from dataclasses import asdict
from datetime import datetime
from logging import WARNING
from typing import Any

from flask import Response as Answer
from flask import current_app, g, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import DEVICE_MARK
from supervision.db import commits, db
from supervision.drift.events import log_event
from supervision.personer.actions.ekstern_login import admit
from supervision.personer.models import Person
from supervision.personer.rules.ekstern_login import (
    WAIT,
    Identitet,
    LoginAfvist,
    UkendtPerson,
    relative_target,
)
from supervision.personer.sso import Begun
from supervision.personer.views import blueprint
from supervision.problems import NotFound
from supervision.sign_in import sign_in_person
from supervision.sign_in.sessions import KEY
from supervision.sso_config import SsoSettings

PENDING = "kommunelogin"
"""The key of a begun sign-in in the session."""
WAY = "kommunelogin_vej"
"""Where the session remembers that somebody came by a provider, which may still know them when they leave."""
PASSWORD_DOORS = (
    "security.change_password",
    "personer.vaelg_adgangskode",
    "personer.passkey_valg",
    "personer.passkey_ind",
    "personer.spoerg_passkey",
    "personer.gem_passkey",
    "personer.ny_kode",
    "personer.gem_kode",
)


def sso() -> SsoSettings:
    """How people come in here."""
    found: SsoSettings = current_app.extensions["settings"].sso
    return found


@blueprint.app_context_processor
def _ways() -> dict[str, Any]:
    return {"sso": sso()}


@blueprint.before_app_request
def _passwords_are_off() -> None:
    """Where local passwords are switched off, nothing takes or sets one."""
    if sso().local_passwords:
        return
    signs_in = request.endpoint == "security.login" and request.method != "GET"
    if signs_in or request.endpoint in PASSWORD_DOORS:
        raise NotFound


@blueprint.get("/log-ind/oidc")
def oidc_start() -> Response | tuple[str, int]:
    """Send the browser to the provider."""
    return _start("oidc")


@blueprint.get("/log-ind/oidc/retur")
def oidc_retur() -> Response | tuple[str, int] | str:
    """The provider's answer arrives; the page sends it on, since what is only fetched changes nothing."""
    needs("oidc")
    fields = {name: request.args.get(name, "")[:4096] for name in ("code", "state", "iss", "error")}
    return render_template(
        "personer/kommunelogin_videre.html", action=url_for("personer.oidc_svar"), fields=fields, token=True
    )


@blueprint.post("/log-ind/oidc/svar")
@commits
def oidc_svar() -> Response | tuple[str, int]:
    """Sign in whom the answer names."""
    needs("oidc")
    return _finish("oidc")


@blueprint.get("/log-ind/saml")
def saml_start() -> Response | tuple[str, int]:
    """Send the browser to the provider with a signed question."""
    return _start("saml")


@blueprint.post("/log-ind/saml/svar")
@commits
def saml_svar() -> Response | tuple[str, int] | str:
    """The answer. It comes from another site and so without our cookie: the page of ours sends it here once more."""
    needs("saml")
    if PENDING not in session and "igen" not in request.form:
        fields = {name: request.form.get(name, "") for name in ("SAMLResponse", "RelayState")}
        return render_template(
            "personer/kommunelogin_videre.html",
            action=url_for("personer.saml_svar"),
            fields={**fields, "igen": "1"},
            token=False,
        )
    return _finish("saml")


@blueprint.get("/log-ind/saml/metadata")
def saml_metadata() -> Answer:
    """Us, as a SAML provider wants to be told."""
    needs("saml")
    return Answer(_saml().metadata(), mimetype="application/samlmetadata+xml")


def issuers() -> list[str]:
    """The issuers of this installation, as they stand in their answers."""
    found = [settings.issuer for settings in (sso().oidc,) if settings]
    return [*found, *([_saml().issuer] if sso().saml else [])]


def needs(way: str) -> None:
    """Raises NotFound where this way in is not set up."""
    if way not in sso().ways:
        raise NotFound


def _start(way: str) -> Response | tuple[str, int]:
    needs(way)
    if current_user.is_authenticated and DEVICE_MARK not in session:
        return redirect(relative_target(request.args.get("next")))
    try:
        begun = (oidc_provider() if way == "oidc" else _saml()).begin(ask=sso().ask_every_time)
    except LoginAfvist as problem:
        return _refused(way, problem)
    session[PENDING] = {
        **{name: value for name, value in asdict(begun).items() if name != "url"},
        "way": way,
        "at": clock.now().isoformat(),
        "next": relative_target(request.args.get("next")),
        "invitation": request.args.get("invitation", "")[:200],
    }
    return redirect(begun.url)


def _finish(way: str) -> Response | tuple[str, int]:
    pending = session.pop(PENDING, None)
    try:
        begun = _begun(pending, way)
        db.session.rollback()  # No lock is held while the provider is asked.
        found = _read_oidc(begun) if way == "oidc" else _read_saml(begun)
        person = admit(found, invitation=str(pending.get("invitation", "")))
    except LoginAfvist as problem:
        db.session.rollback()
        return _refused(way, problem)
    _sign_in(person)
    session[WAY] = way
    return redirect(relative_target(pending.get("next")), 303)


def _begun(pending: Any, way: str) -> Begun:
    """The sign-in that this browser has begun, and that the answer answers. Raises LoginAfvist."""
    if not isinstance(pending, dict) or pending.get("way") != way:
        raise LoginAfvist("ikke_begyndt")
    if clock.now() - datetime.fromisoformat(pending["at"]) > WAIT:
        raise LoginAfvist("for_sent")
    state = request.form.get("state" if way == "oidc" else "RelayState", "")
    if not hmac.compare_digest(state.encode(), str(pending["state"]).encode()):
        raise LoginAfvist("state")
    return Begun("", pending["state"], pending["secret"], pending["verifier"])


def _read_oidc(begun: Begun) -> Identitet:
    if request.form.get("error"):
        raise LoginAfvist("afbrudt")
    code, issuer = (request.form.get(name, "") for name in ("code", "iss"))
    found: Identitet = oidc_provider().finish(
        code, issuer=issuer, nonce=begun.secret, verifier=begun.verifier
    )
    return found


def _read_saml(begun: Begun) -> Identitet:
    found: Identitet = _saml().finish(request.form.get("SAMLResponse", ""), request_id=begun.secret)
    return found


def _sign_in(person: Person) -> None:
    """THE ONE PLACE where an answer becomes a session. The provider has asked for the second factor."""
    before = session.get(KEY)
    session.clear()
    if before is not None:
        session[KEY] = before  # the session that this one takes the place of is ended with it
    g.pop("csrf_token", None)
    sign_in_person(person, via="sso")


def _refused(way: str, problem: LoginAfvist) -> tuple[str, int]:
    """One plain page. Why stands in the log, as a word, without anything of the answer or the person."""
    log_event("kommunelogin_afvist", level=WARNING, vej=way, grund=problem.grund)
    unknown = isinstance(problem, UkendtPerson)
    page = render_template(
        "personer/kommunelogin_afvist.html", unknown=unknown, way=way, home=url_for("security.login")
    )
    return page, 403 if unknown else 400


def oidc_provider() -> Any:
    """The OpenID provider of this installation."""
    from supervision.personer.sso import oidc

    settings = current_app.extensions["settings"]
    assert settings.sso.oidc is not None
    return oidc.provider(settings.sso.oidc, settings.public_url + url_for("personer.oidc_retur"))


def _saml() -> Any:
    from supervision.personer.sso import saml

    settings = current_app.extensions["settings"]
    assert settings.sso.saml is not None
    own, answers_to = (
        settings.public_url + url_for(f"personer.{name}") for name in ("saml_metadata", "saml_svar")
    )
    return saml.provider(settings.sso.saml, own, answers_to)

"""Out again by the municipality's own login: on from our sign-out to the provider's, and the provider's word to us.

On a shared tablet the next one must not come in by the session that is still open at the provider. The device's own
order stays: it sends, clears and signs out here first; this begins when that is over.
"""

from __future__ import annotations

import hmac
import secrets
from logging import WARNING

from flask import Response as Answer
from flask import current_app, jsonify, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from supervision.db import commits, db
from supervision.drift.events import log_event
from supervision.personer.actions.ekstern_login import end_by_provider
from supervision.personer.rules.ekstern_login import LoginAfvist
from supervision.personer.views import blueprint
from supervision.personer.views.kommunelogin import WAY, needs, oidc_provider, sso

SIGN_OUT = "security.logout"
STATE = "kommunelogud"
"""What comes back with whoever has signed out at the provider."""


@blueprint.after_app_request
def _on_to_the_municipality(answer: Answer) -> Answer:
    """After our sign-out: the page that goes on to the provider's, for whoever came in by it.

    A form may lead to our own site only (the content policy), so it is that page, not the reply, that goes there.
    """
    if request.endpoint == SIGN_OUT and answer.status_code == 302 and session.pop(WAY, None) == "oidc":
        answer.location = url_for("personer.kommune_logud")
    return answer


@blueprint.get("/log-ud/kommunen")
def kommune_logud() -> Response | str:
    """Signed out here. The page goes on to the provider, or offers to where everybody has a device of their own."""
    needs("oidc")
    if current_user.is_authenticated:
        return redirect("/")
    session[STATE] = secrets.token_urlsafe(24)
    back = current_app.extensions["settings"].public_url + url_for("personer.kommune_logud_retur")
    try:
        url = oidc_provider().leave(session[STATE], back)
    except LoginAfvist as problem:
        log_event("kommunelogud_afvist", level=WARNING, vej="oidc", grund=problem.grund)
        url = ""
    return render_template("personer/kommune_logud.html", url=url, straks=sso().ask_every_time)


@blueprint.get("/log-ud/kommunen/retur")
def kommune_logud_retur() -> Response | str:
    """Back from the provider: signed out there too, when it answers what this browser asked."""
    needs("oidc")
    wanted, given = session.pop(STATE, ""), request.args.get("state", "")
    if not wanted or not hmac.compare_digest(wanted.encode(), given.encode()):
        return redirect(url_for("security.login"))
    return render_template("personer/kommune_logud_faerdig.html")


@blueprint.post("/log-ud/oidc/besked")
@commits
def oidc_besked() -> tuple[Answer, int]:
    """The provider says, from its server to ours, that somebody is signed out there (back-channel logout)."""
    needs("oidc")
    try:
        person = end_by_provider(oidc_provider().read_logout(request.form.get("logout_token", "")))
    except LoginAfvist as problem:
        db.session.rollback()
        log_event("kommunelogud_afvist", level=WARNING, vej="oidc", grund=problem.grund)
        return jsonify(error="invalid_request"), 400
    if person is not None:
        log_event("kommunelogud", person=person.id)
    return jsonify(), 200

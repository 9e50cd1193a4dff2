"""Who can see what, in plain words: shown after the first sign-in, and always to be found under Profil and Hjælp."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, user_logged_in
from werkzeug.wrappers import Response

from supervision.access import DEVICE_MARK, STATIC, viewer
from supervision.db import commits
from supervision.personer.models import Person
from supervision.privacy import privacy_map
from supervision.rettigheder.actions.egne import acknowledge
from supervision.rettigheder.formats import fakta
from supervision.rettigheder.queries.anmodninger import get_forside, has_read
from supervision.rettigheder.queries.opbevaring import beskyttelse_for, dage_for
from supervision.rettigheder.views import blueprint

FIRST = "foerste_gang"
"""In the session of somebody who has just signed in and has not read the page."""


@blueprint.get("/profil/hvem-ser-hvad")
def hvem_ser_hvad() -> str:
    """Who can see what about me, how long it stays, and what I can ask for."""
    person = viewer()
    kontakt, fortrydelse = beskyttelse_for(person.organisation_id)
    return render_template(
        "rettigheder/hvem_ser_hvad.html",
        synlige=fakta.synlige(),
        aabent=fakta.aabent_for,
        frister=fakta.frister(dage_for(person.organisation_id)),
        bliver=privacy_map().bliver,
        kontakt=kontakt,
        fortrydelse=fortrydelse,
        laest=has_read(fakta.udgave(), viewer=person),
    )


@blueprint.post("/profil/hvem-ser-hvad")
@commits
def har_laest() -> Response:
    """I have read it."""
    acknowledge(udgave=fakta.udgave(), by=viewer())
    flash("Tak. Du finder siden igen under Hjælp og på din profil.", "success")
    return redirect(url_for("overblik.i_dag"), 303)


@blueprint.app_context_processor
def _for_the_front_page() -> dict[str, Any]:
    """Asked by the front page alone, so that no other page pays for it."""
    return {"om_dine_data": lambda: get_forside(fakta.udgave(), viewer=viewer())}


@blueprint.before_app_request
def _first_time() -> Response | None:
    """Lead whoever has just signed in to the front page on to this one, once; they may go on without it.

    Whoever had somewhere else to go goes there, and finds the link on the front page.
    """
    if FIRST not in session or request.endpoint in STATIC:
        return None
    session.pop(FIRST)
    if request.endpoint != "overblik.i_dag" or not current_user.is_authenticated:
        return None
    return redirect(url_for("rettigheder.hvem_ser_hvad"))


@user_logged_in.connect  # type: ignore[untyped-decorator]
def _remember_sign_in(_app: Any, user: Person) -> None:
    if DEVICE_MARK in session or "rettigheder" not in current_app.blueprints:
        return
    if not has_read(fakta.udgave(), viewer=user):
        session[FIRST] = True

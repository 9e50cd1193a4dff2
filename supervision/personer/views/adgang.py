"""Where one is signed in, how long that lasts, and what stands behind the password."""

from __future__ import annotations

from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.db import commits, db
from supervision.forms import parse_object
from supervision.personer import rules
from supervision.personer.actions import adgang as actions
from supervision.personer.queries.adgang import get_indlogning, list_indlogninger
from supervision.personer.queries.andet_trin import count_noedkoder, find_kodegenerator, list_noegler
from supervision.personer.rules import indlogning as lasting
from supervision.personer.views import blueprint
from supervision.problems import NotFound
from supervision.sign_in.sessions import current


@blueprint.get("/profil/adgang")
def adgang() -> str:
    """Where I am signed in, and what is asked of me when I sign in."""
    person, here = viewer(), current()
    return render_template(
        "personer/adgang.html",
        indlogninger=list_indlogninger(viewer=person),
        her=here.id if here else None,
        kode=find_kodegenerator(person.id),
        noedkoder=count_noedkoder(person.id),
        noegler=list_noegler(person.id),
        hvile=lasting.hvile_min(administrator=person.har_rolle(rules.ADMINISTRATOR)),
    )


@blueprint.post("/profil/adgang/<uuid:indlogning_id>/luk")
@commits
def luk_indlogning(indlogning_id: UUID) -> Response:
    """Sign out on one other device."""
    actions.close_indlogning(get_indlogning(indlogning_id, viewer=viewer()), by=viewer())
    flash("Du er logget ud dér.", "success")
    return redirect(url_for("personer.adgang"), 303)


@blueprint.post("/profil/adgang/luk-andre")
@commits
def luk_andre_indlogninger() -> Response:
    """Sign out on all other devices."""
    here = current()
    actions.end_all(viewer(), but=here.id if here else None)
    flash("Du er logget ud alle andre steder.", "success")
    return redirect(url_for("personer.adgang"), 303)


@blueprint.get("/api/indlogning")
def indlogning_tid() -> Response:
    """How long is left. Asked by a page that lies open: asking does not count as being there."""
    return _left()


@blueprint.post("/api/indlogning")
@commits
def forlaeng_indlogning() -> Response:
    """Whoever sits there wants to go on."""
    parse_object(request.get_data())
    here = current()
    if here is not None:
        actions.see_indlogning(db.session, here.id)
        db.session.expire(here)
    return _left()


def _left() -> Response:
    """rest_s: seconds until the end; laengst_s: the most that it can become by going on. Raises NotFound."""
    here, now = current(), clock.now()
    if here is None:
        raise NotFound
    return jsonify(
        rest_s=int((lasting.slut(here) - now).total_seconds()),
        laengst_s=int((here.slutter_at - now).total_seconds()),
    )

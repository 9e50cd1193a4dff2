"""The group as its members and its facilitator see it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.db import commits
from supervision.grupper import actions, queries, rules
from supervision.grupper.views import blueprint
from supervision.personer.rules import TEAMLEDER


@blueprint.get("/gruppe")
def gruppe() -> Response | str:
    """My groups; with exactly one I go straight to it."""
    found = queries.list_grupper(viewer=viewer())
    if len(found) == 1:
        return redirect(url_for("grupper.laeringsgruppe", gruppe_id=found[0].id))
    today = clock.today()
    return render_template(
        "grupper/gruppe.html",
        grupper=[(row, rules.find_runde_at_vise(row.runder, today)) for row in found],
        may_create=viewer().har_rolle(TEAMLEDER),
        today=today,
    )


@blueprint.get("/grupper/<uuid:gruppe_id>")
def laeringsgruppe(gruppe_id: UUID) -> str:
    """What was agreed last time, its round as a quiet board, what members have put on the table, and who is in it."""
    found = queries.get_gruppe(gruppe_id, viewer=viewer())
    runde = rules.find_runde_at_vise(found.runder, clock.today())
    return render_template(
        "grupper/laeringsgruppe.html",
        gruppe=found,
        runde=runde,
        tavle=queries.list_tavle(found, runde) if runde else [],
        medlemmer=queries.list_medlemmer(found),
        delte=queries.list_delt_med_gruppe(found),
        plenum=queries.list_plenum(found),
        aabne_kalibreringer=queries.list_open_kalibreringer(found, viewer=viewer()),
        leads=found.facilitator_id == viewer().id,
        may_create=viewer().har_rolle(TEAMLEDER),
        today=clock.today(),
    )


@blueprint.post("/grupper/<uuid:gruppe_id>/forlad")
@commits
def forlad_gruppe(gruppe_id: UUID) -> Response:
    """Go out of a group oneself; what one shared with it is withdrawn."""
    found = queries.get_gruppe(gruppe_id, viewer=viewer())
    actions.leave_gruppe(found, by=viewer())
    flash(f"Du er ude af gruppen {found.navn}. Det, du havde delt med den, er trukket tilbage.", "success")
    return redirect(url_for("grupper.gruppe"), 303)

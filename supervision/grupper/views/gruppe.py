"""The group as its members and its facilitator see it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import adgangslog, clock
from supervision.access import viewer
from supervision.db import commits
from supervision.grupper import actions, queries, rules
from supervision.grupper.models import Laeringsgruppe
from supervision.grupper.queries import oevelser, sammen
from supervision.grupper.views import blueprint
from supervision.personer.models import Person
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
    runde, medlemmer = rules.find_runde_at_vise(found.runder, clock.today()), queries.list_medlemmer(found)
    tavle = queries.list_tavle(found, runde) if runde else []
    moeder = queries.list_moeder(found)
    delte = queries.list_delt_med_gruppe(found)
    adgangslog.seen("deling", [delt.id for delt in delte])
    return render_template(
        "grupper/laeringsgruppe.html",
        gruppe=found,
        moeder=moeder,
        naeste_moede=queries.find_naeste_moede(moeder),
        runde=runde,
        tavle=tavle,
        antal_par=queries.count_par(runde) if runde else 0,
        sagt_ja=queries.list_sagt_ja(runde, tavle) if runde else [],
        opgaver=queries.list_hjemmeopgaver(runde) if runde else [],
        medlemmer=medlemmer,
        graenser=_graenser(found, medlemmer),
        rules=rules,
        delte=delte,
        plenum=queries.list_plenum(found),
        oevelse_i_gang=oevelser.find_i_gang(found),
        skrevne=sammen.list_skrevne_moeder(found),
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


def _graenser(gruppe: Laeringsgruppe, medlemmer: list[Person]) -> tuple[bool, str | None]:
    """(I have read the limits of the role, how many have: for the facilitator, None for everybody else)."""
    house = viewer().organisation_id
    read = queries.find_laest_at(house, queries.get_manual(house).version, viewer=viewer()) is not None
    if gruppe.facilitator_id != viewer().id or not medlemmer:
        return read, None
    return read, rules.laest_ord(queries.count_laest(medlemmer), len(medlemmer))

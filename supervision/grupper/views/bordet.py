"""What lies on the table at a meeting, and the group's picture of it: the same page for members and facilitator."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler.rules import SAMTALE_TYPER
from supervision.danish import dato
from supervision.db import commits
from supervision.grupper import actions, forms, queries, rules
from supervision.grupper.models import Moede
from supervision.grupper.views import blueprint
from supervision.observationer.models import Observation
from supervision.problems import RuleBroken


@blueprint.get("/moeder/<uuid:moede_id>/bordet")
def bordet(moede_id: UUID) -> str:
    """My own that I could put on the table, what I have there, and the points that lie there."""
    found = queries.get_moede(moede_id, viewer=viewer())
    return _page(found, _form(found))


@blueprint.post("/moeder/<uuid:moede_id>/bordet")
@commits
def laeg_paa_bordet(moede_id: UUID) -> Response:
    """Put what I chose on the table."""
    found = queries.get_moede(moede_id, viewer=viewer(), hold=True)
    form = _form(found)
    if form.validate_on_submit():
        try:
            actions.put_on_table(
                found,
                samtaler=form.samtaler.data or (),
                punkter=form.punkter.data or (),
                med_navn=bool(form.med_navn.data),
                by=viewer(),
            )
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Det ligger på bordet. Du kan tage det tilbage, når du vil.", "success")
            return redirect(url_for("grupper.bordet", moede_id=moede_id), 303)
    return make_response(_page(found, form), 422)


@blueprint.post("/paa-bordet/<uuid:paa_bordet_id>/tag")
@commits
def tag_af_bordet(paa_bordet_id: UUID) -> Response:
    """Take mine back; it is gone for everybody at once."""
    found = queries.get_mit_paa_bordet(paa_bordet_id, viewer=viewer())
    moede_id = found.moede_id
    actions.take_back(found, by=viewer())
    flash("Du har taget det tilbage. Det er væk for alle.", "success")
    return redirect(url_for("grupper.bordet", moede_id=moede_id), 303)


@blueprint.get("/moeder/<uuid:moede_id>/gruppebillede")
def gruppebillede(moede_id: UUID) -> str:
    """The picture that is shown at the meeting: sums of what its owners put on the table."""
    found = queries.get_moede(moede_id, viewer=viewer())
    billede = queries.find_billede(found, viewer=viewer())
    return render_template(
        "grupper/moede/gruppebillede.html",
        moede=found,
        billede=queries.read_billede(billede) if billede else None,
        vist_at=billede.vist_at if billede else None,
        leads=found.gruppe.facilitator_id == viewer().id,
        i_gang=rules.moede_tilstand(found, clock.now()) == rules.I_GANG,
    )


@blueprint.post("/moeder/<uuid:moede_id>/gruppebillede")
@commits
def vis_gruppebillede(moede_id: UUID) -> Response:
    """Make the picture of what is on the table now, and show it to everybody."""
    found = queries.get_moede_to_lead(moede_id, viewer=viewer(), hold=True)
    try:
        actions.show_billede(found, by=viewer())
    except RuleBroken as problem:
        flash(problem.text, "info")
    else:
        flash("Billedet er vist. Det ændrer sig ikke, før du viser det på ny.", "success")
    return redirect(url_for("grupper.gruppebillede", moede_id=moede_id), 303)


@blueprint.post("/moeder/<uuid:moede_id>/gruppebillede/skjul")
@commits
def skjul_gruppebillede(moede_id: UUID) -> Response:
    """Put the picture away for everybody."""
    found = queries.get_moede_to_lead(moede_id, viewer=viewer(), hold=True)
    actions.hide_billede(found, by=viewer())
    flash("Billedet er lagt væk.", "success")
    return redirect(url_for("grupper.gruppebillede", moede_id=moede_id), 303)


def _form(moede: Moede) -> forms.BordForm:
    form = forms.BordForm()
    form.offer(
        [(one.id, _samtale_ord(one)) for one in queries.list_egne_samtaler(moede, viewer=viewer())],
        [(one.id, one.tekst) for one in queries.list_egne_punkter(moede, viewer=viewer())],
    )
    return form


def _samtale_ord(observation: Observation) -> str:
    """For the owner's eyes: the day, the kind of samtale and who observed."""
    kontrakt = observation.kontrakt
    what = SAMTALE_TYPER[kontrakt.samtale.type] if kontrakt else "Samtale fra en fil"
    by = f", observeret af {observation.observatoer.fornavn}" if observation.observatoer else ""
    return f"{dato(observation.startet_at).capitalize()}: {what}{by}"


def _page(moede: Moede, form: forms.BordForm) -> str:
    person = viewer()
    return render_template(
        "grupper/moede/bordet.html",
        moede=moede,
        form=form,
        mine=queries.list_mit_paa_bordet(moede, viewer=person),
        punkter_paa_bordet=queries.list_punkter_paa_bordet(moede),
        aabent=rules.moede_tilstand(moede, clock.now()) in (rules.INDKALDT, rules.I_GANG),
        er_medlem=person.id != moede.gruppe.facilitator_id,
        billede=queries.find_billede(moede, viewer=person),
        samtale_ord=_samtale_ord,
    )

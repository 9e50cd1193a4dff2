"""Files: all of one's own samtaler, and an organisation's published figures for whoever runs the system."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template

from supervision import adgangslog, clock
from supervision.access import viewer
from supervision.observationer.formats.filtyper import FILTYPER, write_samtaler
from supervision.observationer.queries import iter_own, list_own_ids
from supervision.observationer.views.hent import chosen, send_made
from supervision.overblik import queries
from supervision.overblik.formats import udgivne_tal
from supervision.overblik.views import blueprint
from supervision.personer.queries.administration import get_organisation

UDGIVET_SOM = ("xlsx", "csv", "json")


@blueprint.get("/laering/min-udvikling/hent")
def hent_alt() -> str:
    """What one's samtaler can be fetched as, and what is in each."""
    return render_template("overblik/hent_alt.html", antal=len(list_own_ids(viewer=viewer())))


@blueprint.get("/laering/min-udvikling/fil")
def hent_egne() -> Response:
    """Every samtale that was handed over to me, in one file. No address names a person."""
    filtype = chosen(FILTYPER)
    found = FILTYPER[filtype]
    person, now = viewer(), clock.local(clock.now())
    samtaler = iter_own(list_own_ids(viewer=person), viewer=person)
    adgangslog.seen("egne_data", [person.id], handling=adgangslog.HENTET)
    return send_made(
        f"mine samtaler {now.date().isoformat()}.{found.ending}",
        found.mimetype,
        lambda out: write_samtaler(filtype, samtaler, out, navn="Mine samtaler", lavet_at=now),
    )


@blueprint.get("/administration/organisationer/<uuid:organisation_id>/tal/fil")
def hent_udgivne(organisation_id: UUID) -> Response:
    """The published figures of an organisation: never more than its teams' pages show."""
    organisation = get_organisation(organisation_id, viewer=viewer())
    filtype = chosen(UDGIVET_SOM)
    return send_made(
        f"tal {organisation.navn} {clock.today().isoformat()}.{filtype}",
        FILTYPER[filtype].mimetype,
        lambda out: udgivne_tal.write(filtype, queries.iter_udgivne(organisation), out),
    )

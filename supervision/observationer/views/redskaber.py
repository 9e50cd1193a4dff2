"""Which tools were in use over one's own samtaler."""

from __future__ import annotations

from flask import render_template, request

from supervision.access import viewer
from supervision.aftaler.rules import list_nr_valg, read_nr
from supervision.observationer import queries
from supervision.observationer.queries.redskaber import count_redskaber
from supervision.observationer.views import blueprint


@blueprint.get("/observationer/redskaber")
def redskaber() -> str:
    """Every tool with its number of samtaler. `?nr=` leaves those with that number in the forløb, or with none."""
    person, nr = viewer(), read_nr(request.args.get("nr", ""))
    return render_template(
        "observationer/redskaber.html",
        redskaber=count_redskaber(viewer=person, nr=nr),
        nr_valg=list_nr_valg(queries.count_observationer(viewer=person), nr),
    )

"""Min udvikling: the viewer's own figures over time. No address names a person, so nobody can ask for another's."""

from __future__ import annotations

from flask import render_template, request

from supervision import clock
from supervision.access import viewer
from supervision.overblik import queries
from supervision.overblik.charts import udvikling as charts
from supervision.overblik.forms import UdviklingForm
from supervision.overblik.rules import udvikling as rules
from supervision.overblik.tables import udvikling as tables
from supervision.overblik.views import blueprint


@blueprint.get("/laering/min-udvikling")
def min_udvikling() -> str:
    """The samtaler that were handed over to me, of the chosen type and period; with the target that I typed."""
    form = UdviklingForm(request.args)
    form.validate()
    valg = form.to_valg()
    shown = queries.get_udvikling(valg, viewer=viewer(), today=clock.today())
    form.offer(valg, shown.typer)
    return render_template(
        "overblik/min_udvikling.html",
        form=form,
        udvikling=shown,
        figurer=charts.figures(shown.punkter, shown.serier, shown.kendetegn, valg.maal),
        charts=charts,
        rules=rules,
        tables=tables,
    )

"""Where sign-in leads."""

from __future__ import annotations

from flask import render_template

from supervision import clock
from supervision.access import viewer
from supervision.aftaler.rules import SAMTALE_TYPER
from supervision.grupper.queries.tjek_ud import list_aabne_men
from supervision.overblik.queries import get_i_dag
from supervision.overblik.views import blueprint
from supervision.personer.rules import ADMINISTRATOR, ROLLER


@blueprint.get("/")
def i_dag() -> str:
    """What waits for me. Whoever only runs the system finds the way to administration."""
    person = viewer()
    roles = {rolle for rolle in ROLLER if person.har_rolle(rolle)}
    return render_template(
        "overblik/i_dag.html",
        i_dag=get_i_dag(viewer=person),
        men=list_aabne_men(viewer=person),
        only_runs_the_system=roles == {ADMINISTRATOR},
        typer=SAMTALE_TYPER,
        today=clock.today(),
    )

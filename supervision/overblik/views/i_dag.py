"""Where sign-in leads."""

from __future__ import annotations

from flask import render_template

from supervision import adgangslog, clock
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
    i_dag, men = get_i_dag(viewer=person), list_aabne_men(viewer=person)
    adgangslog.seen("deling", [delt.id for delt in i_dag.delte[:2]])
    adgangslog.seen("runde", [kort.runde.id for kort in i_dag.runder if kort.opgaver])
    adgangslog.seen("tjek_ud", [one.id for one in men])
    return render_template(
        "overblik/i_dag.html",
        i_dag=i_dag,
        men=men,
        only_runs_the_system=roles == {ADMINISTRATOR},
        typer=SAMTALE_TYPER,
        today=clock.today(),
    )

"""Samtaler: every kontrakt of mine, where it stands, and the one next step."""

from __future__ import annotations

from flask import render_template

from supervision.access import viewer
from supervision.aftaler.rules import SAMTALE_TYPER
from supervision.feedback import queries
from supervision.feedback.rules import forloeb
from supervision.feedback.views import blueprint
from supervision.observationer.queries import count_karantaene


@blueprint.get("/samtaler")
def samtaler() -> str:
    """The menu's page. What waits for me first, then what comes, then what has been (newest first)."""
    person = viewer()
    rows = queries.list_forloeb(viewer=person)
    grupper = {
        key: (navn, [row for row in rows if row.gruppe == key]) for key, navn in forloeb.GRUPPER.items()
    }
    grupper[forloeb.AFHOLDT][1].reverse()
    return render_template(
        "feedback/samtaler.html",
        grupper=grupper,
        ingen=not rows,
        typer=SAMTALE_TYPER,
        til_side=count_karantaene(viewer=person),
    )

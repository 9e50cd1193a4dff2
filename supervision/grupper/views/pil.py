"""The viewer's own læringspil, round for round."""

from __future__ import annotations

from flask import render_template

from supervision.access import viewer
from supervision.grupper import queries
from supervision.grupper.views import blueprint


@blueprint.get("/laering/runder")
def pil_runde_for_runde() -> str:
    """Which arrow was drawn in which round, and what it changed."""
    return render_template(
        "grupper/pil_runde_for_runde.html", runder=queries.list_pil_runde_for_runde(viewer=viewer())
    )

"""The way of one line: kontrakt, observation, feedback, logbog, next line."""

from __future__ import annotations

from uuid import UUID

from flask import render_template

from supervision.access import viewer
from supervision.katalog.queries import katalog_for
from supervision.laeringspil import rules
from supervision.logbog import queries
from supervision.logbog.views import blueprint


@blueprint.get("/laering/linjer/<uuid:linje_id>")
def linje(linje_id: UUID) -> str:
    """All that has come of a line of the viewer's own, in the order of the clock."""
    return render_template(
        "logbog/linje.html",
        vej=queries.get_vej(linje_id, viewer=viewer()),
        katalog=katalog_for(viewer().organisation),
        rules=rules,
    )

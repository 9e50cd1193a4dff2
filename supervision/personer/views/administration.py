"""The administrator's first page."""

from __future__ import annotations

from flask import render_template

from supervision.access import viewer
from supervision.personer import rules
from supervision.personer.queries.administration import list_organisation_lines
from supervision.personer.views import blueprint


@blueprint.get("/administration")
def administration() -> str:
    """The organisations, and the ways on from here."""
    return render_template(
        "personer/administration.html",
        lines=list_organisation_lines(viewer=viewer()),
        slags=rules.ORGANISATION_SLAGS,
    )

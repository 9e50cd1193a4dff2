"""The pages of overblik."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("overblik", __name__)

from supervision.overblik.views import eksport, i_dag, team, udvikling  # noqa: E402, F401

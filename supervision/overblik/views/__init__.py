"""The pages of overblik."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("overblik", __name__)

from supervision.overblik.views import effekt, i_dag, opfoelgning, over_tid, rapportplan, team, udvikling  # noqa: E402, F401

"""The pages of overblik."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("overblik", __name__)

from supervision.overblik.views import (  # noqa: E402, F401
    adgange,
    effekt,
    eksport,
    i_dag,
    opfoelgning,
    over_tid,
    rapportplan,
    team,
    udvikling,
)

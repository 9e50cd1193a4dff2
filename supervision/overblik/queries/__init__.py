"""Reading what the team's page and I dag show."""

from __future__ import annotations

from supervision.overblik.queries.i_dag import IDag, Naeste, get_i_dag
from supervision.overblik.queries.teams import Overblik, get_overblik, get_team, list_teams_to_see

__all__ = [
    "IDag",
    "Naeste",
    "Overblik",
    "get_i_dag",
    "get_overblik",
    "get_team",
    "list_teams_to_see",
]

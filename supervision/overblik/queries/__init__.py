"""Reading what the team's page, I dag and Min udvikling show."""

from __future__ import annotations

from supervision.overblik.queries.i_dag import IDag, Naeste, get_i_dag
from supervision.overblik.queries.teams import Overblik, get_overblik, get_team, list_teams_to_see
from supervision.overblik.queries.udvikling import Udvikling, get_udvikling

__all__ = [
    "IDag",
    "Naeste",
    "Overblik",
    "Udvikling",
    "get_i_dag",
    "get_overblik",
    "get_team",
    "get_udvikling",
    "list_teams_to_see",
]

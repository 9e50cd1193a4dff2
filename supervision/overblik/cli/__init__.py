"""`supervision send-beskeder`, `udgiv-tal`, `eksporter` and `sammenfat`."""

from __future__ import annotations

from supervision.overblik.cli.beskeder import Runde, send_beskeder, send_round
from supervision.overblik.cli.eksport import eksporter
from supervision.overblik.cli.sammenfatning import Checked, sammenfat, sum_all_up
from supervision.overblik.cli.udgivelse import udgiv_tal

__all__ = [
    "Checked",
    "Runde",
    "eksporter",
    "sammenfat",
    "send_beskeder",
    "send_round",
    "sum_all_up",
    "udgiv_tal",
]

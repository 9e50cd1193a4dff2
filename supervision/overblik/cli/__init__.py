"""`supervision send-beskeder`, `supervision udgiv-tal` and `supervision sammenfat`."""

from __future__ import annotations

from supervision.overblik.cli.beskeder import Runde, send_beskeder, send_round
from supervision.overblik.cli.sammenfatning import Checked, sammenfat, sum_all_up
from supervision.overblik.cli.udgivelse import udgiv_tal

__all__ = ["Checked", "Runde", "sammenfat", "send_beskeder", "send_round", "sum_all_up", "udgiv_tal"]

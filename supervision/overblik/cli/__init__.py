"""`supervision send-beskeder` and `supervision udgiv-tal`."""

from __future__ import annotations

from supervision.overblik.cli.beskeder import Runde, send_beskeder, send_round
from supervision.overblik.cli.udgivelse import udgiv_tal

__all__ = ["Runde", "send_beskeder", "send_round", "udgiv_tal"]

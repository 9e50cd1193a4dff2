"""`supervision send-beskeder`, `supervision udgiv-tal` and `supervision eksporter`."""

from __future__ import annotations

from supervision.overblik.cli.beskeder import Runde, send_beskeder, send_round
from supervision.overblik.cli.eksport import eksporter
from supervision.overblik.cli.udgivelse import udgiv_tal

__all__ = ["Runde", "eksporter", "send_beskeder", "send_round", "udgiv_tal"]

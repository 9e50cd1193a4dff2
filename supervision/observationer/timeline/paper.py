"""The few moments that stand beside the picture on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from supervision.observationer.rules import SPOR_NAVNE
from supervision.observationer.timeline.shapes import Billede, Maerke

MOST_MOMENTS: Final = 20
LANES: Final = ("fase", "emne", "element")
"""What is told, the most telling first; the rest is left out when there is no room for it."""


def moments(billede: Billede) -> tuple[Maerke, ...]:
    """When phases, emner and elements came, in time order: as many whole lanes as `MOST_MOMENTS` has room for."""
    chosen: list[Maerke] = []
    for spor in LANES:
        lane = [
            replace(mark, navn=f"{SPOR_NAVNE[spor]}: {mark.navn}") if spor == "fase" else mark
            for bane in billede.baner
            if bane.spor == spor
            for mark in bane.maerker
        ]
        if len(chosen) + len(lane) <= MOST_MOMENTS:
            chosen += lane
    return tuple(sorted(chosen, key=lambda mark: mark.fra_ms))

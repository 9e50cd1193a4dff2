"""Drawing: a team's bars, and one person's own points over time."""

from __future__ import annotations

from supervision.overblik.charts import over_tid
from supervision.overblik.charts.team import (
    HEIGHTS,
    MOST_BARS,
    figure_json,
    height,
)

__all__ = ["HEIGHTS", "MOST_BARS", "figure_json", "height", "over_tid"]

"""The pictures as Plotly figures: lying bars with their words at the end, coloured by tokens of the theme.

A figure holds nothing that its table does not say: the bars are as long as the rounded figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from supervision.overblik.charts.written import written
from supervision.overblik.rules.team import MEST
from supervision.overblik.tables.team import Billede

MOST_BARS: Final = 14
HEIGHTS: Final = (240, 320, 400, 480)
KIND: Final[Mapping[str, str]] = {
    "medarbejder": "var(--medarbejder)",
    "borger": "var(--borger)",
    "medarbejder2": "var(--medarbejder2)",
    "tredje": "var(--tredje)",
    "kontrakt": "var(--proces)",
    "timeout": "var(--proces)",
    "afslutning": "var(--proces)",
    "emne": "var(--indhold)",
    "hel": "var(--indhold)",
}
NO_FILL: Final = "rgba(0,0,0,0)"
OUTLINED: Final = frozenset({"mangler"})
"""Drawn as an outline, as an U is on the screen of the recorder: a shape, not a colour, tells them apart."""


def figure_json(billede: Billede) -> str:
    """The figure of a picture that has rows, as JSON for the component `chart`."""
    rows = billede.raekker[:MOST_BARS]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [row.vist.tegnet for row in rows],
        "y": [row.navn for row in rows],
        "text": [row.vist.tekst.removesuffix(" pr. samtale") for row in rows],
        "textposition": "outside",
        "width": 0.6 if len(rows) > 1 else 0.35,
        "cliponaxis": False,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "color": [NO_FILL if row.kode in OUTLINED else colour(billede.noegle, row.kode) for row in rows],
            "line": {"color": [colour(billede.noegle, row.kode) for row in rows], "width": 2},
        },
    }
    layout = {
        "showlegend": False,
        "margin": {"t": 8, "r": 16, "b": 32, "l": 8},
        "xaxis": _count_axis(rows) if billede.noegle == "faerdigheder" else _share_axis(billede.noegle),
        "yaxis": {"autorange": "reversed", "ticksuffix": "  ", "showgrid": False},
    }
    return written([bars], layout)


def height(billede: Billede) -> int:
    """One of the heights of the component that gives every bar its room, in px."""
    wanted = 80 + 40 * len(billede.raekker[:MOST_BARS])
    return next((found for found in HEIGHTS if found >= wanted), HEIGHTS[-1])


def colour(noegle: str, kode: str) -> str:
    """The colour of a figure: what it is about, never how good it is. An element has its phase's."""
    if kode in OUTLINED:
        return "var(--indhold)"
    known = kode.split(".")[0] if noegle == "elementer" else kode
    return KIND.get(known, "var(--faerdighed)")


def _share_axis(noegle: str) -> dict[str, Any]:
    """Where the names are long there is room for fewer ticks, and for the words at the ends, on a phone."""
    long = noegle in ("elementer", "pligter")
    ticks = [0, 50, 100] if long else [0, 25, 50, 75, 100]
    return {
        "range": [0, 160 if long else 122],
        "tickangle": 0,
        "tickvals": ticks,
        "ticktext": [f"{tick} %" for tick in ticks],
    }


def _count_axis(rows: Any) -> dict[str, Any]:
    most = max([2, *(row.vist.tegnet for row in rows)])
    step = 1 if most <= 5 else 2
    return {"range": [0, most * 1.22], "tickvals": list(range(0, min(most, MEST) + 1, step))}

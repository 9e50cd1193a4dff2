"""Published figures through the quarters: lines where the parts are few, dots in rows where they are many.

A quarter that is silent is a gap, never a nought. Nothing here is finer than the table beside it.
"""

from __future__ import annotations

from math import sqrt
from typing import Any, Final

from supervision.overblik.charts.team import HEIGHTS, KIND, colour
from supervision.overblik.charts.written import written
from supervision.overblik.rules.team import MEST
from supervision.overblik.tables.over_tid import Forloeb

IN_ROWS: Final = frozenset({"elementer", "faerdigheder"})
MOST_ROWS: Final = 14
SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up")
DASHES: Final = ("solid", "dash", "dot", "dashdot")
OTHER: Final = ("var(--faerdighed)", "var(--accent)", "var(--indhold)", "var(--proces)")
"""Lines that have no colour of their own; shape and dash tell them apart without it."""


def figure_json(forloeb: Forloeb) -> str:
    """The figure of a picture that has lines, as JSON for the component `chart`."""
    in_rows = forloeb.noegle in IN_ROWS
    layout = {
        "showlegend": not in_rows and len(forloeb.linjer) > 1,
        "legend": {"orientation": "h", "x": 0, "y": -0.3, "yanchor": "top"},
        "margin": {"t": 12, "r": 16, "b": 48, "l": 8},
        "xaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": _quarters(forloeb),
            "tickangle": 0,
        },
        "yaxis": _row_axis(forloeb) if in_rows else _share_axis(),
    }
    return written(_dots(forloeb) if in_rows else _lines(forloeb), layout)


def height(forloeb: Forloeb) -> int:
    """One of the heights of the component, in px."""
    if forloeb.noegle not in IN_ROWS:
        return HEIGHTS[1]
    wanted = 96 + 36 * len(forloeb.linjer[:MOST_ROWS])
    return next((found for found in HEIGHTS if found >= wanted), HEIGHTS[-1])


def _quarters(forloeb: Forloeb) -> list[str]:
    """Beside long names there is room for “3/26” only."""
    if forloeb.noegle in IN_ROWS:
        return [f"{kvartal.nr}/{kvartal.aar % 100:02d}" for kvartal in forloeb.kvartaler]
    return [f"{kvartal.nr}. kv.<br>{kvartal.aar}" for kvartal in forloeb.kvartaler]


def _lines(forloeb: Forloeb) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": linje.navn,
            "x": _quarters(forloeb),
            "y": [vist.tegnet if vist else None for vist in linje.punkter],
            "text": [vist.tekst if vist else "" for vist in linje.punkter],
            "hovertemplate": "%{text}<extra></extra>",
            "connectgaps": False,
            "cliponaxis": False,
            "line": {"color": _colour(linje.kode, nr), "dash": DASHES[nr % 4], "width": 2},
            "marker": {"color": _colour(linje.kode, nr), "symbol": SYMBOLS[nr % 4], "size": 9},
        }
        for nr, linje in enumerate(forloeb.linjer)
    ]


def _dots(forloeb: Forloeb) -> list[dict[str, Any]]:
    most = MEST if forloeb.noegle == "faerdigheder" else 100
    traces = []
    for nr, linje in enumerate(forloeb.linjer[:MOST_ROWS]):
        there = [
            (quarter, vist) for quarter, vist in zip(_quarters(forloeb), linje.punkter, strict=True) if vist
        ]
        token = colour(forloeb.noegle, linje.kode)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [quarter for quarter, _ in there],
                "y": [nr] * len(there),
                "text": [f"{linje.navn}: {vist.tekst}" for _, vist in there],
                "hovertemplate": "%{text}<extra></extra>",
                "cliponaxis": False,
                "marker": {
                    "color": [token if vist.tegnet else "rgba(0,0,0,0)" for _, vist in there],
                    "line": {"color": token, "width": 2},
                    "opacity": 1,
                    "size": [7 + 15 * sqrt(vist.tegnet / most) for _, vist in there],
                },
            }
        )
    return traces


def _colour(kode: str, nr: int) -> str:
    return KIND.get(kode, OTHER[nr % len(OTHER)])


def _share_axis() -> dict[str, Any]:
    ticks = [0, 25, 50, 75, 100]
    return {"range": [0, 104], "tickvals": ticks, "ticktext": [f"{tick} %" for tick in ticks]}


def _row_axis(forloeb: Forloeb) -> dict[str, Any]:
    names = [linje.navn for linje in forloeb.linjer[:MOST_ROWS]]
    return {
        "range": [len(names) - 0.5, -0.5],
        "tickvals": list(range(len(names))),
        "ticktext": [f"{navn}  " for navn in names],
        "zeroline": False,
    }

"""One's own samtaler over time as Plotly figures: a point for each, its shape the type of samtale.

The shape tells the type, the colour tells what the picture is about; neither says good or bad. A gap is drawn as
nothing. The band and its line belong to the one type that has an average; with two such there is none, so that no
picture mixes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from math import ceil, sqrt
from typing import Any, Final

from supervision import clock
from supervision.danish import kort_dato
from supervision.observationer.rules import FASE_NAVNE, PROCESFASER
from supervision.overblik.charts.team import HEIGHTS, NO_FILL
from supervision.overblik.charts.written import written
from supervision.overblik.rules.udvikling import TYPER
from supervision.overblik.tables.udvikling import (
    VAERDIER,
    Kendetegn,
    Punkt,
    Serie,
    number,
    phase_in_words,
    value_in_words,
)

SHAPES: Final[Mapping[str, tuple[str, str]]] = {
    "individuel": ("circle", "●"),
    "faellessamtale": ("square", "■"),
    "cv_samtale": ("triangle-up", "▲"),
    "raadighedssamtale": ("triangle-down", "▼"),
    "opfoelgning": ("diamond", "◆"),
    "virksomhedsmoede": ("star", "★"),
    "oevelse": ("cross", "✚"),
    "fil": ("x", "✖"),
}
"""Type of samtale -> the shape that Plotly draws, and the same one in the table."""
COLOUR: Final[Mapping[str, str]] = {
    "taletid": "medarbejder",
    "tur": "medarbejder",
    "ugu": "indhold",
    "proces": "proces",
    "kendetegn": "faerdighed",
}
MOST_ROWS: Final = 8
"""How many kendetegn are drawn; the table has them all."""
MINUTE: Final = 60_000
_ACROSS: Final[Mapping[str, Any]] = {"layer": "below", "xref": "paper", "x0": 0, "x1": 1}


@dataclass(frozen=True, slots=True)
class Figur:
    """A figure as JSON for the component `chart`, its height in px, and the type that its band is for ("": none)."""

    json: str
    height: int
    baand: str = ""


def figures(
    punkter: Sequence[Punkt],
    serier: Mapping[str, Sequence[Serie]],
    kendetegn: Sequence[Kendetegn],
    maal: int | None = None,
) -> dict[str, Figur]:
    """The figures that have at least one point, by name. maal: one's own target for talk time, in per cent."""
    if not punkter:
        return {}
    axis = _time_axis(punkter)
    found = {
        noegle: _over_time(noegle, serier[noegle], axis, maal if noegle == "taletid" else None)
        for noegle in VAERDIER
        if serier[noegle]
    }
    if any(punkt.faser is not None for punkt in punkter):
        found["faser"] = _phases(punkter, axis)
    if kendetegn:
        found["kendetegn"] = _ticks(kendetegn[:MOST_ROWS], axis)
    return found


def with_average(serier: Sequence[Serie]) -> Serie | None:
    """The one series whose band is drawn: the only one with an average that has two ends; else None."""
    found = [serie for serie in serier if serie.midt]
    return found[0] if len(found) == 1 and found[0].midt and found[0].midt.fra is not None else None


def _over_time(noegle: str, serier: Sequence[Serie], axis: dict[str, Any], maal: int | None) -> Figur:
    scale = 1 / MINUTE if noegle == "tur" else 100.0
    traces = [
        _trace(
            serie.punkter,
            [value * scale for value in serie.tal],
            [value_in_words(noegle, punkt) for punkt in serie.punkter],
            COLOUR[noegle],
        )
        for serie in serier
    ]
    averaged = with_average(serier)
    shapes = _band(averaged, scale, COLOUR[noegle]) if averaged else []
    shapes += [_line(maal, "var(--tekst)", "dot")] if maal is not None else []
    most = max(value * scale for serie in serier for value in serie.tal)
    figure = _json(traces, xaxis=axis, yaxis=_value_axis(noegle, most), shapes=shapes)
    return Figur(figure, 240, averaged.type if averaged else "")


def _phases(punkter: Sequence[Punkt], axis: dict[str, Any]) -> Figur:
    followed = [punkt for punkt in punkter if punkt.faser is not None]
    traces = []
    for row, (fase, navn) in enumerate(FASE_NAVNE.items()):
        words = [f"{navn}: {phase_in_words(punkt, fase)}" for punkt in followed]
        traces.append(
            _trace(
                followed,
                [row] * len(followed),
                words,
                "proces" if fase in PROCESFASER else "indhold",
                filled=[fase in (punkt.faser or {}) for punkt in followed],
            )
        )
    return _rows(traces, list(FASE_NAVNE.values()), axis)


def _ticks(kendetegn: Sequence[Kendetegn], axis: dict[str, Any]) -> Figur:
    traces = []
    for row, tegn in enumerate(kendetegn):
        counts = [punkt.kryds[tegn.kode] for punkt in tegn.punkter]
        traces.append(
            _trace(
                tegn.punkter,
                [row] * len(counts),
                [f"{tegn.navn}: {number(count)}" for count in counts],
                COLOUR["kendetegn"],
                filled=[count > 0 for count in counts],
                sizes=[min(20.0, 8 + 4 * sqrt(count)) for count in counts],
            )
        )
    return _rows(traces, [tegn.navn for tegn in kendetegn], axis)


def _trace(
    punkter: Sequence[Punkt],
    y: Sequence[float],
    words: Sequence[str],
    colour: str,
    filled: Sequence[bool] | None = None,
    sizes: Sequence[float] | None = None,
) -> dict[str, Any]:
    token = f"var(--{colour})"
    fills = [token if full else NO_FILL for full in filled or [True] * len(punkter)]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_moment(punkt) for punkt in punkter],
        "y": list(y),
        "hovertext": [_hover(punkt, said) for punkt, said in zip(punkter, words, strict=True)],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "symbol": [SHAPES[punkt.type][0] for punkt in punkter],
            "size": list(sizes) if sizes else 12,
            "color": fills,
            "line": {"color": token, "width": 2},
            "opacity": 1,
        },
    }


def _rows(traces: list[dict[str, Any]], names: Sequence[str], axis: dict[str, Any]) -> Figur:
    """A row of points for each name, the first on top; the name stands above its row, so a phone has room."""
    labels = [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": row - 0.4,
            "yanchor": "middle",
            "text": escape(name, quote=False),
            "showarrow": False,
            "font": {"size": 13},
        }
        for row, name in enumerate(names)
    ]
    rows = list(range(len(names)))
    y = {"range": [len(names) - 0.6, -0.7], "showticklabels": False, "tickvals": rows, "zeroline": False}
    wanted = 56 + 44 * len(names)
    height = next((found for found in HEIGHTS if found >= wanted), HEIGHTS[-1])
    return Figur(_json(traces, xaxis=axis, yaxis=y, annotations=labels, margin=_margin(left=8)), height)


def _json(traces: list[dict[str, Any]], **layout: Any) -> str:
    given = {
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "margin": _margin(left=48),
    }
    return written(traces, {**given, **layout})


def _margin(left: int) -> dict[str, int]:
    return {"t": 12, "r": 16, "b": 44, "l": left}


def _band(serie: Serie, scale: float, colour: str) -> list[dict[str, Any]]:
    """Where the average of all such samtaler probably lies, and the average itself."""
    midt = serie.midt
    if midt is None or midt.fra is None or midt.til is None:
        return []
    box = {
        "type": "rect",
        **_ACROSS,
        "y0": midt.fra * scale,
        "y1": midt.til * scale,
        "fillcolor": f"var(--{colour}-t)",
        "line": {"width": 0},
    }
    return [box, _line(midt.tal * scale, f"var(--{colour})", "solid")]


def _line(y: float, colour: str, dash: str) -> dict[str, Any]:
    line = {"color": colour, "width": 1.5, "dash": dash}
    return {"type": "line", **_ACROSS, "y0": y, "y1": y, "line": line}


def _time_axis(punkter: Sequence[Punkt]) -> dict[str, Any]:
    """The same days in every picture, with a little air at both ends."""
    first, last = (clock.local(p.startet_at) for p in (punkter[0], punkter[-1]))
    air = max(timedelta(days=4), (last - first) * 0.05)
    ends = [_naive(first - air), _naive(last + air)]
    form = "%-d. %b" if last - first < timedelta(days=60) else "%b\n%Y"
    return {"type": "date", "range": ends, "nticks": 6, "tickformat": form, "hoverformat": "%-d. %B %Y"}


def _value_axis(noegle: str, most: float) -> dict[str, Any]:
    """Per cent or minutes from 0. 100 % is the top, but 50 % for the process level where nothing reaches further."""
    if noegle == "tur":
        step = next((step for step in (0.5, 1, 2, 5, 10, 15) if most / step <= 5), ceil(most / 5))
        top, unit = max(1, ceil(most / step)) * step, "min."
    else:
        top = 50 if noegle == "proces" and most <= 50 else 100
        step, unit = top / 5 if top == 50 else 25, "%"
    ticks = [step * nr for nr in range(int(top / step) + 1)]
    words = [f"{tick:g}".replace(".", ",") + f" {unit}" for tick in ticks]
    return {"range": [-0.04 * top, 1.04 * top], "tickvals": ticks, "ticktext": words}


def _hover(punkt: Punkt, words: str) -> str:
    """Plain lines: Plotly draws a `<b>` with a style attribute, which the page's policy stops."""
    logge = f"<br>Middel af {punkt.logge} observatører" if punkt.logge > 1 else ""
    day = kort_dato(punkt.startet_at)
    return f"{escape(words, quote=False)}<br>{TYPER[punkt.type]}, {day}{logge}"


def _moment(punkt: Punkt) -> str:
    return _naive(clock.local(punkt.startet_at))


def _naive(moment: datetime) -> str:
    """Danish wall time without its zone: the browser is not to move it."""
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")

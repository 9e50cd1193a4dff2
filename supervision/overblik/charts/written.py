"""A figure as the browser's plotly.js reads it: plain data, written as JSON.

Plotly's own classes check every value and cost 10 ms a figure and a second's import; that they would take each kind of
figure is checked by the tests, not at every request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any


def written(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> str:
    """The JSON of a figure, for the component `chart`. Raises ValueError on a number that is none (JSON has no NaN)."""
    return json.dumps(
        {"data": traces, "layout": layout}, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )

"""Reading one's own logbog, and the way of one's own lines. Nobody else's is ever given, to no role."""

from __future__ import annotations

from supervision.logbog.queries.notater import (
    PAGE,
    SAMTALER_MAX,
    Opslag,
    get_notat,
    list_notater,
    list_samtaler,
)
from supervision.logbog.queries.vejen import Begyndelse, Holdt, Punkt, Vej, get_vej

__all__ = [
    "PAGE",
    "SAMTALER_MAX",
    "Begyndelse",
    "Holdt",
    "Opslag",
    "Punkt",
    "Vej",
    "get_notat",
    "get_vej",
    "list_notater",
    "list_samtaler",
]

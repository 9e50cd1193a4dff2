"""What is written together, as parts of other pages: the projector of a meeting, and its minutes.

The templates are `grupper/moede/skaerm/_<kind>.html` and those that TIL_REFERAT names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from supervision.grupper.models import Moede
from supervision.grupper.queries.sammen import get_tavle
from supervision.grupper.queries.tjek_ud import get_bokse
from supervision.grupper.rules import sammen as rules

Data = Callable[[Moede], dict[str, Any]]


def tavlen(moede: Moede) -> dict[str, Any]:
    """Planchen and lykkes bedre."""
    return {"tavle": get_tavle(moede), "rules": rules}


def boksene(moede: Moede) -> dict[str, Any]:
    """Tjek ud, as the group sees it."""
    return {"bokse": get_bokse(moede), "rules": rules}


TIL_SKAERM: Final[dict[str, Data]] = {"planche": tavlen, "lykkes_bedre": tavlen, "tjek_ud": boksene}
"""Kind of point on an agenda -> the variables of its include on the projector's screen."""

TIL_REFERAT: Final[list[tuple[str, Data]]] = [("grupper/moede/referat/_skrevet_sammen.html", tavlen)]
"""(template, its variables) of each part of the minutes."""

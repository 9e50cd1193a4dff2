"""Numbers of one log to numbers that can be averaged. Shares are 0–1; None is "says nothing about it"."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def share_of(ms: Mapping[str, int], parts: Collection[str]) -> dict[str, float]:
    """Each part's share of the time that all the parts have; {} when they have none.

    ms: milliseconds per part; a part that is not there has 0.
    """
    total = sum(ms.get(part, 0) for part in parts)
    return {part: ms.get(part, 0) / total for part in parts} if total else {}


def framed_share(giv: int, indrammet: int) -> float | None:
    """How many of the G had a U before and after; None without any G."""
    return indrammet / giv if giv else None

"""Figures of many times: percentiles by rank, and the ratio of paired medians with a bootstrap interval."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from statistics import median

DRAWS = 2000
INTERVAL = (0.025, 0.975)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not pass, by nearest rank; 0.0 of none."""
    if not values:
        return 0.0
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def spread(values: Sequence[float]) -> dict[str, float]:
    """p50, p95, p99 and the largest, to one decimal."""
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    found = {name: round(percentile(values, share), 1) for name, share in shares.items()}
    return {**found, "max": round(max(values, default=0.0), 1)}


def ratio_of(over: Sequence[float], under: Sequence[float], chance: Random) -> dict[str, float | list[float]]:
    """The median of the ratios of pairs that were measured beside each other, and its 95 % interval by bootstrap."""
    ratios = [a / b for a, b in zip(over, under, strict=False)]
    if not ratios:
        return {"pairs": 0, "ratio": 1.0, "interval": [1.0, 1.0]}
    drawn = sorted(median(chance.choices(ratios, k=len(ratios))) for _ in range(DRAWS))
    interval = [round(percentile(drawn, share), 3) for share in INTERVAL]
    return {"pairs": len(ratios), "ratio": round(median(ratios), 3), "interval": interval}

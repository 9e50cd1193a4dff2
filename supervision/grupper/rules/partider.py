"""The half-days of a week, and when in a round a pair's visits could be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from supervision.problems import RuleBroken

DAGE: Final = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag")
HALVDAGE: Final = {"f": "formiddag", "e": "eftermiddag"}
TIDER: Final = {f"{dag[:3]}_{halv}": f"{dag} {navn}" for dag in DAGE for halv, navn in HALVDAGE.items()}
"""Code -> words, in the order of the week."""

_CLOCKS: Final = {"f": time(9, 30), "e": time(13, 0)}


def check_tider(tider: Collection[str]) -> list[str]:
    """The codes in the order of the week, each once. Raises RuleBroken for an unknown one."""
    if not set(tider) <= TIDER.keys():
        raise RuleBroken("Vælg blandt tiderne på listen.", "tider")
    return [kode for kode in TIDER if kode in tider]


def faelles(tider: Sequence[Collection[str] | None]) -> list[str]:
    """The half-days that all can, in the order of the week; whoever has not said (None) always can."""
    said = [set(own) for own in tider if own is not None]
    return [kode for kode in TIDER if all(kode in own for own in said)]


def foreslaa_tider(koder: Collection[str], antal: int, *, fra: date, til: date) -> list[datetime | None]:
    """A time for each of a pair's visits, spread over the days `fra`–`til` (both included); naive, Danish.

    koder: the half-days they have together. None where there is no such time left.
    """
    found: list[datetime | None] = []
    step = max((til - fra).days, 0) / (antal + 1)
    for nr in range(antal):
        wanted = fra + timedelta(days=round(step * (nr + 1)))
        times = [at for at in _times(koder, fra, til) if at not in found]
        later = [at for at in times if at.date() >= wanted]
        found.append(later[0] if later else times[-1] if times else None)
    return found


def _times(koder: Collection[str], fra: date, til: date) -> Iterator[datetime]:
    day = fra
    while day <= til:
        if day.weekday() < len(DAGE):
            for halv in HALVDAGE:
                if f"{DAGE[day.weekday()][:3]}_{halv}" in koder:
                    yield datetime.combine(day, _CLOCKS[halv])
        day += timedelta(days=1)

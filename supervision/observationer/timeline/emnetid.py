"""How the time of the emner lies: on jobmål or sagsmål, on whose points, in which pejlemærke.

What each emne was is noted after the samtale (`katalog.rules.vaerdier`, the slags `emner`); the times are those of
the log's own state track. Pauses are out, as in `measures`. An emne that came back counts with all its runs, and time
without an emne (the contract phase, say) is in none of the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from supervision.observationer import measures
from supervision.observationer.rules import Haendelse

UANGIVET: Final = ""
"""The code of time whose emne nobody placed."""


@dataclass(frozen=True, slots=True)
class Andel:
    """A code's part of the time with an emne: milliseconds, and the share 0–1 with 4 decimals, half up."""

    kode: str
    ms: int
    andel: float


@dataclass(frozen=True, slots=True)
class Emnetid:
    """The shares of the time with an emne: by kind of goal, by whose point it was, by pejlemærke.

    Codes stand in the order of KODER, those without any time with 0; `UANGIVET` is last, and only with time of its
    own. pm is empty when no emne was placed in a pejlemærke. kryds: ticks by pejlemærke, of the time in it.
    """

    ms: int
    maal: tuple[Andel, ...]
    hvis: tuple[Andel, ...]
    pm: tuple[Andel, ...]
    kryds: Mapping[str, Mapping[str, int]]


KODER: Final = {
    "maal": ("jobmaal", "sagsmaal", "andet"),
    "hvis": ("borger", "medarbejder"),
    "pm": ("1", "2", "3", "4"),
}


def emnetid(haendelser: Iterable[Haendelse], noteret: Mapping[str, Any]) -> Emnetid:
    """The shares of one log. noteret: `maal_<emne>`, `hvis_<emne>` and `pm_<emne>` with codes of KODER."""
    events = list(haendelser)
    tid = measures.active_ms(events, "emne")
    placed = {key for key, kode in noteret.items() if key.startswith("pm_") and kode in KODER["pm"]}
    return Emnetid(
        ms=sum(tid.values()),
        maal=_andele(tid, noteret, "maal"),
        hvis=_andele(tid, noteret, "hvis"),
        pm=_andele(tid, noteret, "pm") if placed else (),
        kryds=_kryds(events, noteret) if placed else {},
    )


def _andele(tid: Mapping[str, int], noteret: Mapping[str, Any], which: str) -> tuple[Andel, ...]:
    found = dict.fromkeys((*KODER[which], UANGIVET), 0)
    for emne, ms in tid.items():
        kode = noteret.get(f"{which}_{emne}", UANGIVET)
        found[kode if kode in found else UANGIVET] += ms
    if not found[UANGIVET]:
        del found[UANGIVET]
    whole = sum(found.values())
    return tuple(Andel(kode, ms, measures.share(ms, whole) if whole else 0.0) for kode, ms in found.items())


def _kryds(events: list[Haendelse], noteret: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Ticks by the pejlemærke of the emne that ran when they came; at a border it is the emne that begins."""
    found: dict[str, dict[str, int]] = {kode: {} for kode in KODER["pm"]}
    runs = measures.intervals(events, "emne")
    for tick in measures.points(events, "faerdighed"):
        run = next((run for run in reversed(runs) if run.fra_ms <= tick.t_ms <= run.til_ms), None)
        counts = found.get(str(noteret.get(f"pm_{run.kode}", ""))) if run else None
        if counts is not None:
            counts[tick.kode] = counts.get(tick.kode, 0) + 1
    return found

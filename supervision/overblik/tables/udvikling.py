"""One fokusperson's logs to points over time, one for each samtale, and what can be said of them.

A samtale that two colleagues observed is one samtale: each figure is the mean of what their logs say. A log that did
not follow something has no say in it, and a samtale where nobody did is a gap, not a nought.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from supervision.danish import decimaltal, procent, sorteringsnoegle, varighed
from supervision.observationer.measures import Maal
from supervision.observationer.rules import FASE_NAVNE, PROCESFASER
from supervision.overblik import statistics
from supervision.overblik.rules import udvikling as rules
from supervision.overblik.statistics import Interval, mean_of

MIG: Final = "medarbejder"
"""In every log the fokusperson of its own kontrakt (`aftaler.rules.samtalen`)."""


@dataclass(frozen=True, slots=True)
class Logget:
    """One log that was handed over. samtale: what logs of the same samtale share. samtale_id: None from a file.

    kendetegn: the codes that were agreed on; from a file those that were ticked. foelger_mig: whether the
    fokusperson's talk time was to be followed.
    """

    samtale: object
    samtale_id: UUID | None
    observation_id: UUID
    startet_at: datetime
    type: str
    maal: Maal
    kendetegn: frozenset[str]
    foelger_mig: bool


@dataclass(frozen=True, slots=True)
class Punkt:
    """One samtale. None: nobody followed it there. Shares 0–1; milliseconds; counts may be halves with two logs.

    faser: code -> share of the time in phases. kryds: code -> ticks, of the kendetegn that were agreed on.
    """

    samtale_id: UUID | None
    observation_id: UUID
    logge: int
    startet_at: datetime
    type: str
    taletid: float | None
    tur_ms: float | None
    giv: float | None
    indrammet: float | None
    faser: Mapping[str, float] | None
    kryds: Mapping[str, float]

    @property
    def ugu(self) -> float | None:
        """How much of what was given stood between two U."""
        return None if self.giv is None else statistics.framed_share(self.giv, self.indrammet or 0)

    @property
    def proces(self) -> float | None:
        """The share of the time on the process level."""
        return None if self.faser is None else sum(self.faser.get(fase, 0.0) for fase in PROCESFASER)


@dataclass(frozen=True, slots=True)
class Serie:
    """The points of one type that have a value, in time order. midt: from `FEWEST` on.

    aendring: the last half less the first, from twice that on; foer and efter are the two halves' means.
    """

    type: str
    punkter: tuple[Punkt, ...]
    tal: tuple[float, ...]
    midt: Interval | None = None
    aendring: Interval | None = None
    foer: float = 0.0
    efter: float = 0.0


@dataclass(frozen=True, slots=True)
class Kendetegn:
    """One kendetegn and the samtaler in which it was agreed to look for it, in time order."""

    kode: str
    navn: str
    punkter: tuple[Punkt, ...]


VAERDIER: Final[Mapping[str, Callable[[Punkt], float | None]]] = {
    "taletid": lambda punkt: punkt.taletid,
    "tur": lambda punkt: punkt.tur_ms,
    "ugu": lambda punkt: punkt.ugu,
    "proces": lambda punkt: punkt.proces,
}
"""The figures that are a number for each samtale, in the order of the page."""
COMPARED: Final = frozenset({"taletid", "proces"})
"""Those whose first half is held against the last: shares of time, which have a mean that means something."""


def punkter(logge: Iterable[Logget]) -> list[Punkt]:
    """One point for each samtale that lasted, in the order they began."""
    together: dict[object, list[Logget]] = defaultdict(list)
    for log in sorted(logge, key=lambda log: (log.startet_at, str(log.observation_id))):
        if log.maal["varighed_ms"] > 0:
            together[log.samtale].append(log)
    return [_punkt(same) for same in together.values()]


def serier(noegle: str, punkter: Sequence[Punkt]) -> list[Serie]:
    """The points of one of `VAERDIER` by type, the type with most of them first."""
    by_type: dict[str, list[tuple[Punkt, float]]] = defaultdict(list)
    for punkt in punkter:
        value = VAERDIER[noegle](punkt)
        if value is not None:
            by_type[punkt.type].append((punkt, value))
    found = [_serie(noegle, type_, pairs) for type_, pairs in by_type.items()]
    return sorted(found, key=lambda serie: (-len(serie.tal), list(rules.TYPER).index(serie.type)))


def kendetegn(punkter: Sequence[Punkt], navn: Callable[[str], str]) -> list[Kendetegn]:
    """Every kendetegn that somebody was to look for, the one agreed on most often first. navn: code -> name."""
    agreed = Counter(kode for punkt in punkter for kode in punkt.kryds)
    found = [Kendetegn(kode, navn(kode), tuple(p for p in punkter if kode in p.kryds)) for kode in agreed]
    return sorted(found, key=lambda k: (-len(k.punkter), sorteringsnoegle(k.navn), k.kode))


KOLONNER: Final[Mapping[str, tuple[str, ...]]] = {
    "taletid": ("Du havde ordet",),
    "tur": ("Længste tur",),
    "ugu": ("G med U før og efter",),
    "proces": ("Procesniveau",),
    "faser": tuple(FASE_NAVNE.values()),
    "kendetegn": ("Kryds",),
}
"""What stands over the cells of a samtale in the table of each picture."""
GAP: Final = "–"


def cells(noegle: str, punkt: Punkt, kendetegn: Sequence[Kendetegn]) -> list[str]:
    """A samtale's cells under `KOLONNER[noegle]`, in words."""
    if noegle == "faser":
        return [phase_in_words(punkt, fase) for fase in FASE_NAVNE]
    if noegle == "kendetegn":
        said = [f"{k.navn}: {number(punkt.kryds[k.kode])}" for k in kendetegn if k.kode in punkt.kryds]
        return [" · ".join(said) or GAP]
    return [value_in_words(noegle, punkt)]


def phase_in_words(punkt: Punkt, fase: str) -> str:
    """Its share of the time; that it was not ticked; “–” where nobody followed the phases."""
    if punkt.faser is None:
        return GAP
    return procent(punkt.faser[fase]) if fase in punkt.faser else "ikke krydset af"


def value_in_words(noegle: str, punkt: Punkt) -> str:
    """One of `VAERDIER` of a samtale as it stands in the table and beside its point; `GAP` for a gap."""
    value = VAERDIER[noegle](punkt)
    if value is None:
        return GAP
    if noegle == "tur":
        return varighed(int(value + 0.5))
    if noegle == "ugu":
        return f"{number(punkt.indrammet or 0)} af {number(punkt.giv or 0)} ({procent(value)})"
    return procent(value)


def number(count: float) -> str:
    """A count that may be the mean of two logs: “3”, “2,5”."""
    return str(int(count)) if count == int(count) else decimaltal(count)


def _punkt(same: Sequence[Logget]) -> Punkt:
    first, maal = same[0], [log.maal for log in same]
    spoken = [log.maal for log in same if log.foelger_mig and log.maal["taletid_andel"]]
    gave = [m["ugu"] for m in maal if m["ugu"]["giv"]]
    return Punkt(
        samtale_id=first.samtale_id,
        observation_id=first.observation_id,
        logge=len(same),
        startet_at=first.startet_at,
        type=first.type,
        taletid=mean_of(m["taletid_andel"].get(MIG, 0.0) for m in spoken),
        tur_ms=mean_of(m["laengste_tur_ms"].get(MIG, 0) for m in spoken),
        giv=mean_of(u["giv"] for u in gave),
        indrammet=mean_of(u["indrammet"] for u in gave),
        faser=_faser(maal),
        kryds=_kryds(same),
    )


def _faser(maal: Sequence[Maal]) -> dict[str, float] | None:
    """The mean share of each phase that at least one log has."""
    shares = [
        found
        for m in maal
        if (found := statistics.share_of({k: f["ms"] for k, f in m["faser"].items()}, FASE_NAVNE))
    ]
    held = [fase for fase in FASE_NAVNE if any(fase in m["faser"] for m in maal)]
    return {fase: mean_of(s.get(fase, 0.0) for s in shares) or 0.0 for fase in held} if shares else None


def _kryds(same: Sequence[Logget]) -> dict[str, float]:
    codes = sorted({kode for log in same for kode in log.kendetegn})
    return {
        kode: mean_of(log.maal["faerdigheder"].get(kode, 0) for log in same if kode in log.kendetegn) or 0.0
        for kode in codes
    }


def _serie(noegle: str, type_: str, pairs: Sequence[tuple[Punkt, float]]) -> Serie:
    found, tal = tuple(punkt for punkt, _ in pairs), tuple(value for _, value in pairs)
    if not rules.is_enough(len(tal)):
        return Serie(type_, found, tal)
    midt = _midt(noegle, found, tal)
    if noegle not in COMPARED or not rules.is_enough_to_compare(len(tal)):
        return Serie(type_, found, tal, midt)
    half = len(tal) // 2
    before, after = tal[:half], tal[-half:]
    change = statistics.difference_interval(before, after)
    return Serie(type_, found, tal, midt, change, mean_of(before) or 0.0, mean_of(after) or 0.0)


def _midt(noegle: str, found: Sequence[Punkt], tal: Sequence[float]) -> Interval:
    if noegle == "tur":
        return statistics.median_interval(tal)
    if noegle == "ugu":
        return statistics.ratio_interval([p.indrammet or 0 for p in found], [p.giv or 0 for p in found])
    return statistics.mean_interval(tal, lowest=0.0, highest=1.0)

"""What somebody ticked in a practice samtale beside the worked key, and a group's ticks as one picture.

The figures are `observationer.agreement`'s; here they are put together for a person to read. A group's picture is made
of sums alone and of at least `FRA_TRE` logs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from supervision.grupper.rules import kalibrering as rules
from supervision.observationer import agreement, measures
from supervision.observationer.agreement.beside import Spor
from supervision.observationer.rules import TILSTANDSSPOR, Haendelse

Log = list[Haendelse]


@dataclass(frozen=True, slots=True)
class Tegn:
    """One kendetegn: own ticks, the key's, and how many are the same within two seconds and within five.

    snit: the group's mean, a whole number; None without a group's picture.
    """

    kode: str
    dine: int
    noeglens: int
    naer: int
    rummelig: int
    snit: int | None = None


@dataclass(frozen=True, slots=True)
class Egen:
    """One log beside the key. uden: the state tracks that were not used. kryds: all kendetegn together."""

    spor: tuple[Spor, ...]
    uden: tuple[str, ...]
    kryds: Tegn
    tegn: tuple[Tegn, ...]


@dataclass(frozen=True, slots=True)
class Gruppe:
    """At least three logs as one picture. snit: kode -> mean number of ticks. maengde: for each of the key's things,
    in words, how many had it."""

    antal: int
    spor: tuple[Spor, ...]
    snit: dict[str, int]
    maengde: tuple[str, ...]


def beside_the_key(noegle: Log, log: Log, koder: Sequence[str], gruppe: Gruppe | None = None) -> Egen:
    """One person's log beside the key; koder: the kendetegn that were on the screen, in their order."""
    used = [spor for spor in rules.SPOR_ORD if _has(noegle, spor)]
    ours = agreement.times_by_code(log, "faerdighed")
    keys = agreement.times_by_code(noegle, "faerdighed")
    tegn = tuple(_tegn(kode, ours.get(kode, []), keys.get(kode, []), gruppe) for kode in koder)
    return Egen(
        spor=tuple(_spor([noegle, log], spor) for spor in used if _has(log, spor)),
        uden=tuple(spor for spor in used if not _has(log, spor)),
        kryds=Tegn(
            "", *(sum(getattr(t, name) for t in tegn) for name in ("dine", "noeglens", "naer", "rummelig"))
        ),
        tegn=tegn,
    )


def as_a_group(noegle: Log, svar: Sequence[Haendelse], logs: Sequence[Log], koder: Sequence[str]) -> Gruppe:
    """The logs of a group together; svar: the things of the key. Raises ValueError for fewer than three."""
    counts = [agreement.times_by_code(log, "faerdighed") for log in logs]
    used = [spor for spor in rules.SPOR_ORD if _has(noegle, spor) and all(_has(log, spor) for log in logs)]
    here = [found_in(svar, log) for log in logs]
    return Gruppe(
        antal=len(logs),
        spor=tuple(_spor(logs, spor) for spor in used),
        snit={kode: rules.gennemsnit(len(one.get(kode, ())) for one in counts) for kode in koder},
        maengde=tuple(
            rules.maengde(sum(one[nr] is not None for one in here), len(logs)) for nr in range(len(svar))
        ),
    )


def found_in(svar: Sequence[Haendelse], log: Log) -> list[int | None]:
    """For each thing of the key, when the log has the same within five seconds; None where it has not."""
    found: list[int | None] = [None] * len(svar)
    for spor, kode in {(h.spor, h.kode) for h in svar}:
        places = [nr for nr, h in enumerate(svar) if (h.spor, h.kode) == (spor, kode)]
        times = _times(log, spor, kode)
        for a, b in agreement.match([svar[nr].t_ms for nr in places], times, rules.RUMMELIG_MS):
            found[places[a]] = times[b]
    return found


def not_in_the_key(svar: Sequence[Haendelse], log: Log) -> list[Haendelse]:
    """The ticks of a log that the key has nothing like within five seconds, in time order."""
    left = []
    for kode, times in agreement.times_by_code(log, "faerdighed").items():
        keys = [h.t_ms for h in svar if (h.spor, h.kode) == ("faerdighed", kode)]
        known = {times[b] for _, b in agreement.match(keys, times, rules.RUMMELIG_MS)}
        left += [h for h in measures.points(log, "faerdighed") if h.kode == kode and h.t_ms not in known]
    return sorted(left, key=lambda h: (h.t_ms, h.nr))


def _times(log: Log, spor: str, kode: str) -> list[int]:
    if spor in TILSTANDSSPOR:
        return [h.t_ms for h in measures.effective(log) if (h.spor, h.kode) == (spor, kode)]
    return agreement.times_by_code(log, spor).get(kode, [])


def _tegn(kode: str, ours: list[int], keys: list[int], gruppe: Gruppe | None) -> Tegn:
    near, wide = (len(agreement.match(ours, keys, ms)) for ms in (rules.NAER_MS, rules.RUMMELIG_MS))
    return Tegn(kode, len(ours), len(keys), near, wide, gruppe.snit.get(kode) if gruppe else None)


def _spor(logs: Sequence[Log], spor: str) -> Spor:
    """Two logs: Cohen. More: the mean of the pairs' agreement, and Fleiss."""
    found = agreement.state_agreement(logs, spor)
    shares = [one["enighed"] or 0.0 for one in found.par.values()]
    kappa = found.par[0, 1]["kappa"] if len(logs) == 2 else found.fleiss
    return Spor(spor, found.enheder, sum(shares) / len(shares), kappa)


def _has(log: Log, spor: str) -> bool:
    return any(run.til_ms > run.fra_ms for run in measures.intervals(log, spor))

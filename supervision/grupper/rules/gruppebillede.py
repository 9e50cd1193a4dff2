"""The gruppebillede: what a group may see of what its members put on the table at a meeting, as sums alone.

It is the one picture made of fewer than five people, and stands on these choices:

- It is made when the facilitator shows it, from what its owners have put on the table for this meeting, and is frozen
  then: whoever puts something on the table later changes nothing in it.
- Every figure rests on at least three distinct people, counted equally (a mean of each one's mean), and is rounded to
  steps of 10 % with open ends, or to whole ticks. How many they are is never said.
- Whoever takes their own back takes the picture away at once. It can be shown anew, but never so that two pictures of
  the group can be subtracted: a new one has the same people's same samtaler as an earlier one, or differs from each of
  them by at least three people. So nobody's going or coming can be worked out as that one person's figures.
- One sentence answers whenever it cannot be shown, so that the answer tells neither how many nor who.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from supervision.observationer.measures import Maal
from supervision.observationer.rules import FASE_NAVNE, PARTER, TALER_NAVNE
from supervision.problems import RuleBroken

K: Final = 3
"""The fewest distinct people behind any figure."""
MOST_KENDETEGN: Final = 12
MEST: Final = 10
IKKE_NU: Final = (
    "Billedet kan ikke vises lige nu. Det kræver, at mindst tre har lagt en samtale på bordet, og at ingen kan regne "
    "én persons tal ud ved at sammenligne med et billede, I har set."
)


@dataclass(frozen=True, slots=True)
class Lagt:
    """One samtale on the table: whose it is, its figures, and what its kontrakt had people look for."""

    person_id: UUID
    observation_id: UUID
    maal: Maal
    parter: frozenset[str]
    kendetegn: frozenset[str]


@dataclass(frozen=True, slots=True)
class Raekke:
    """One bar and one line of the table. trin: 0–10, how much of the bar is filled; never finer than the words."""

    kode: str
    navn: str
    tekst: str
    trin: int


@dataclass(frozen=True, slots=True)
class Delbillede:
    """taletid, faser, ugu or kendetegn. Without rows: too few people had it in their samtaler."""

    noegle: str
    raekker: tuple[Raekke, ...]


Bidrag = Mapping[UUID, frozenset[UUID]]
"""Person -> the samtaler of theirs that are in a picture."""


def bidrag_af(par: Iterable[tuple[UUID, UUID]]) -> dict[UUID, frozenset[UUID]]:
    """(person, samtale) pairs, gathered."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for person_id, observation_id in par:
        found[person_id].add(observation_id)
    return {person_id: frozenset(own) for person_id, own in found.items()}


def check_kan_vises(nu: Bidrag, foer: Iterable[Bidrag]) -> None:
    """At least three people, and nothing to subtract from what was shown before. Raises RuleBroken, in one sentence.

    foer: what was in each picture that the group has been shown, at this meeting and earlier ones.
    """
    if len(nu) < K or any(0 < _forskel(nu, andet) < K for andet in foer):
        raise RuleBroken(IKKE_NU)


def billedet(lagt: Sequence[Lagt], navn: Callable[[str], str]) -> list[Delbillede]:
    """The four pictures, always all four; a figure of fewer than three people is left out. navn: kode -> short name."""
    return [_taletid(lagt), _faser(lagt), _ugu(lagt), _kendetegn(lagt, navn)]


def andel(share: float) -> tuple[str, int]:
    """A share 0–1 in steps of 10 %, with open ends, as (words, filled tenths)."""
    rounded = round(share, 9)
    if rounded < 0.1:
        return "under 10\N{NO-BREAK SPACE}%", 0
    if rounded > 0.9:
        return "over 90\N{NO-BREAK SPACE}%", 10
    steps = int(rounded * 10 + 0.5)
    return f"ca. {steps * 10}\N{NO-BREAK SPACE}%", steps


def antal(mean: float) -> tuple[str, int]:
    """A mean number for each samtale in whole ones, with open ends, as (words, filled tenths)."""
    rounded = round(mean, 9)
    if rounded < 0.5:
        return "under 1 gang", 0
    if rounded >= MEST + 0.5:
        return f"over {MEST} gange", MEST
    whole = int(rounded + 0.5)
    return ("ca. 1 gang" if whole == 1 else f"ca. {whole} gange"), whole


def _forskel(nu: Bidrag, andet: Bidrag) -> int:
    """How many people's samtaler are not the same in the two."""
    return sum(nu.get(person_id) != andet.get(person_id) for person_id in {*nu, *andet})


def _taletid(lagt: Sequence[Lagt]) -> Delbillede:
    """Shares of what the shown parties spoke; a party that fewer than three had with them is out of the whole."""
    spoken = [one for one in lagt if any(one.maal["taletid_ms"].get(part) for part in PARTER)]
    shown = _enough((part, one.person_id) for one in spoken for part in one.parter)
    parts = [part for part in PARTER if part in shown]
    shares = [
        (part, one.person_id, share)
        for one in spoken
        for part, share in _andele(one.maal["taletid_ms"], parts).items()
    ]
    rows = _rows(shares, {part: TALER_NAVNE[part] for part in parts}, andel)
    return Delbillede("taletid", rows if len(rows) > 1 else ())


def _faser(lagt: Sequence[Lagt]) -> Delbillede:
    shares = [
        (fase, one.person_id, share)
        for one in lagt
        for fase, share in _andele({k: f["ms"] for k, f in one.maal["faser"].items()}, FASE_NAVNE).items()
    ]
    return Delbillede("faser", _rows(shares, FASE_NAVNE, andel))


def _ugu(lagt: Sequence[Lagt]) -> Delbillede:
    """How much of what was given (G) had an U before and after, and from the rounded figure what had not."""
    shares = [
        ("hel", one.person_id, one.maal["ugu"]["indrammet"] / one.maal["ugu"]["giv"])
        for one in lagt
        if one.maal["ugu"]["giv"]
    ]
    rows = _rows(shares, {"hel": "Undersøgt både før og efter"}, andel)
    if not rows:
        return Delbillede("ugu", ())
    rest, trin = andel(1 - min(0.95, max(0.05, rows[0].trin / 10)))
    return Delbillede("ugu", (*rows, Raekke("mangler", "Mangler et undersøg", rest, trin)))


def _kendetegn(lagt: Sequence[Lagt], navn: Callable[[str], str]) -> Delbillede:
    """How often each kendetegn that three people had agreed on was ticked; the most used first, the unused last."""
    ticks = [
        (kode, one.person_id, float(one.maal["faerdigheder"].get(kode, 0)))
        for one in lagt
        for kode in one.kendetegn
    ]
    names = {kode: navn(kode) for kode, _, _ in ticks}
    rows = sorted(_rows(ticks, names, antal), key=lambda row: (-row.trin, row.navn, row.kode))
    return Delbillede("kendetegn", tuple(rows[:MOST_KENDETEGN]))


def _rows(
    values: Iterable[tuple[str, UUID, float]],
    navne: Mapping[str, str],
    ord: Callable[[float], tuple[str, int]],
) -> tuple[Raekke, ...]:
    """A row for each code that at least three people have a value of, in the order of `navne`."""
    found: dict[str, dict[UUID, list[float]]] = defaultdict(lambda: defaultdict(list))
    for kode, person_id, value in values:
        found[kode][person_id].append(value)
    return tuple(
        Raekke(kode, navn, *ord(_mean([_mean(own) for own in found[kode].values()])))
        for kode, navn in navne.items()
        if len(found.get(kode, ())) >= K
    )


def _mean(values: Collection[float]) -> float:
    return sum(values) / len(values)


def _enough(pairs: Iterable[tuple[str, UUID]]) -> set[str]:
    people: dict[str, set[UUID]] = defaultdict(set)
    for kode, person_id in pairs:
        people[kode].add(person_id)
    return {kode for kode, those in people.items() if len(those) >= K}


def _andele(ms: Mapping[str, int], dele: Iterable[str]) -> dict[str, float]:
    """Shares of the whole of these parts; {} when they have no time."""
    parts = list(dele)
    total = sum(ms.get(part, 0) for part in parts)
    return {part: ms.get(part, 0) / total for part in parts} if total else {}

"""A team's counted samtaler to pictures of rounded figures.

A cell is one bar of a picture. Its value is the mean of per-person means (R5). A person has a value in it
when the thing could have been seen: the kontrakt agreed on the party or kendetegn, the log follows phases,
there was a G to frame. So "none" differs from "never looked for", and R3 counts those who were looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Final
from uuid import UUID

from supervision.danish import sorteringsnoegle
from supervision.observationer.measures import Maal
from supervision.observationer.rules import FASE_NAVNE, PARTER, TALER_NAVNE
from supervision.overblik import statistics
from supervision.overblik.rules import team as rules


@dataclass(frozen=True, slots=True)
class Observeret:
    """One log that counts: whom and which samtale it is of, its measures, and what could be seen in it.

    samtale: two who sat in on the same samtale make one of it. type: the samtale's, None for a log from a file.
    elementer: the elements of the phases that the screen had. fra_pilen: a focus came from one's own læringspil.
    """

    person_id: UUID
    samtale: UUID
    type: str | None
    maal: Maal
    parter: frozenset[str]
    kendetegn: frozenset[str]
    elementer: frozenset[str] = field(default=frozenset())
    fra_pilen: bool = False


@dataclass(frozen=True, slots=True)
class Celle:
    """Whom a figure rests on, and the mean of their means."""

    hvem: frozenset[UUID]
    middel: float

    @property
    def personer(self) -> int:
        """How many distinct persons."""
        return len(self.hvem)


@dataclass(frozen=True, slots=True)
class Raekke:
    """One bar and one line of the table; `celle` is what it was made of, which no page shows."""

    kode: str
    navn: str
    vist: rules.Vist
    celle: Celle

    @property
    def baand(self) -> str:
        """How many it rests on, as a band."""
        return rules.r5_baand(self.celle.personer)


@dataclass(frozen=True, slots=True)
class Billede:
    """One picture; without rows there are too few. noegle: one of NOEGLER."""

    noegle: str
    raekker: tuple[Raekke, ...]


NOEGLER: Final = ("taletid", "faser", "ugu", "elementer", "faerdigheder", "pligter")
"""The pictures in the order of the page."""
PLIGTER: Final = {
    "observeret": "Er blevet observeret",
    "har_observeret": "Har observeret",
    "fra_pilen": "Har brugt læringspilen",
}
"""Facts of a quarter that are true or not of each person."""
Vaerdi = tuple[str, Observeret, float]
"""(cell, log, its value)."""


def billeder(
    observerede: Sequence[Observeret],
    navn: Callable[[str], str],
    elementnavne: Mapping[str, str] | None = None,
) -> list[Billede]:
    """The five pictures of what was seen, always all five. navn: kendetegn code -> short name.

    elementnavne: code of a phase's element -> its name, in the order of the samtale.

    With fewer than five distinct persons in all every picture is empty, however many samtaler there are.
    """
    enough = rules.r3_vises(len({o.person_id for o in observerede}))
    counted = list(observerede) if enough else []
    return [
        taletid(counted),
        faser(counted),
        ugu(counted),
        elementer(counted, elementnavne or {}),
        faerdigheder(counted, navn),
    ]


def taletid(observerede: Sequence[Observeret]) -> Billede:
    """Shares of what the shown parties spoke; a party that fewer than five had agreed on is out (R4)."""
    spoken = [o for o in observerede if any(o.maal["taletid_ms"].get(part) for part in PARTER)]
    had = celler((part, o, 0.0) for o in spoken for part in o.parter)
    shown = [part for part in PARTER if part in had and rules.r3_vises(had[part].personer)]
    found = celler(
        (part, o, share)
        for o in spoken
        for part, share in rules.r4_andele_af_viste(o.maal["taletid_ms"], shown).items()
    )
    rows = [_andel(part, TALER_NAVNE[part], found[part]) for part in _shown(found, shown)]
    return Billede("taletid", tuple(rows) if len(rows) > 1 else ())


def faser(observerede: Sequence[Observeret]) -> Billede:
    """Shares of the time in the four phases."""
    times = [(o, {k: f["ms"] for k, f in o.maal["faser"].items()}) for o in observerede]
    found = celler(
        (fase, o, share)
        for o, ms in times
        for fase, share in rules.r4_andele_af_viste(ms, list(FASE_NAVNE)).items()
    )
    return Billede(
        "faser", tuple(_andel(fase, FASE_NAVNE[fase], found[fase]) for fase in _shown(found, FASE_NAVNE))
    )


def elementer(observerede: Sequence[Observeret], navne: Mapping[str, str]) -> Billede:
    """In how large a share of the samtaler each element of a phase was marked, where the phases were followed."""
    followed = [o for o in observerede if any(f["ms"] for f in o.maal["faser"].values())]
    found = celler(
        (kode, o, float(o.maal["elementer"].get(kode, 0) > 0)) for o in followed for kode in o.elementer
    )
    return Billede(
        "elementer", tuple(_andel(kode, navne[kode], found[kode]) for kode in _shown(found, navne))
    )


def pligter(
    gruppe: Collection[UUID], observerede: Sequence[Observeret], observatoerer: Collection[UUID]
) -> Billede:
    """How large a share of the group's people did each of the duties in the quarter; everybody weighs one.

    It is silent while fewer than five were observed: else it would tell how many of them were (R9).
    """
    seen = {o.person_id for o in observerede}
    gjort = {
        "observeret": seen,
        "har_observeret": set(observatoerer),
        "fra_pilen": {o.person_id for o in observerede if o.fra_pilen},
    }
    people = frozenset(gruppe)
    if not rules.r3_vises(len(seen & people)):
        return Billede("pligter", ())
    return Billede(
        "pligter",
        tuple(_af_gruppen(kode, navn, people, len(people & gjort[kode])) for kode, navn in PLIGTER.items()),
    )


def _af_gruppen(kode: str, navn: str, people: frozenset[UUID], antal: int) -> Raekke:
    andel = antal / len(people)
    return Raekke(kode, navn, rules.r5_af_gruppen(andel), Celle(people, andel))


def ugu(observerede: Sequence[Observeret]) -> Billede:
    """How much of what was given stood between an U before and an U after."""
    shares = [
        (o, statistics.framed_share(o.maal["ugu"]["giv"], o.maal["ugu"]["indrammet"])) for o in observerede
    ]
    found = celler(("hel", o, share) for o, share in shares if share is not None)
    if not _shown(found, ["hel"]):
        return Billede("ugu", ())
    whole = _andel("hel", "U før og efter", found["hel"])
    rest = Raekke("mangler", "Mangler et U", rules.r5_modsat(whole.vist), whole.celle)
    return Billede("ugu", (whole, rest))


def faerdigheder(observerede: Sequence[Observeret], navn: Callable[[str], str]) -> Billede:
    """How often each kendetegn was ticked in the samtaler where it was agreed on; the most used first."""
    found = celler(
        (kode, o, float(o.maal["faerdigheder"].get(kode, 0))) for o in observerede for kode in o.kendetegn
    )
    rows = [
        Raekke(kode, navn(kode), rules.r5_antal(found[kode].middel), found[kode])
        for kode in _shown(found, sorted(found))
    ]
    rows.sort(key=lambda row: (-row.vist.tegnet, sorteringsnoegle(row.navn), row.kode))
    return Billede("faerdigheder", tuple(rows))


def samlet(grupper: Sequence[Sequence[Billede]]) -> list[Billede]:
    """R4, the organisation: the mean over the persons of the groups that are shown, figure by figure; [] without any.

    A figure that only one group shows is that group's already, and stands only there.
    """
    found = []
    for billeder_ in zip(*grupper, strict=True):
        per_kode: dict[str, list[Raekke]] = {}
        for row in (row for billede in billeder_ for row in billede.raekker):
            per_kode.setdefault(row.kode, []).append(row)
        noegle = billeder_[0].noegle
        rows = [_over_grupper(noegle, rows) for rows in per_kode.values() if len(rows) > 1]
        found.append(Billede(noegle, tuple(_ordered(noegle, rows))))
    return found


def _over_grupper(noegle: str, rows: Sequence[Raekke]) -> Raekke:
    hvem = frozenset().union(*(row.celle.hvem for row in rows))
    middel = sum(row.celle.middel * row.celle.personer for row in rows) / len(hvem)
    if rows[0].kode == "mangler":
        vist = rules.r5_modsat(rules.r5_andel(middel))
    else:
        vist = ROUNDED.get(noegle, rules.r5_andel)(middel)
    return Raekke(rows[0].kode, rows[0].navn, vist, Celle(hvem, middel))


def _ordered(noegle: str, rows: Sequence[Raekke]) -> Sequence[Raekke]:
    if noegle != "faerdigheder":
        return rows if len(rows) > 1 or noegle not in ("taletid", "ugu") else ()
    return sorted(rows, key=lambda row: (-row.vist.tegnet, sorteringsnoegle(row.navn), row.kode))


ROUNDED: Final[Mapping[str, Callable[[float], rules.Vist]]] = {
    "faerdigheder": rules.r5_antal,
    "pligter": rules.r5_af_gruppen,
}
"""How a picture's figures are rounded; the others are shares of time or of samtaler."""


def celler(vaerdier: Iterable[Vaerdi]) -> dict[str, Celle]:
    """The mean of per-person means, and whom it rests on, per cell.

    Logs of one samtale are made one before they count, so that a person is not heard twice for having had two guests.
    The order given never matters: `fmean` adds up exactly and rounds once.
    """
    per_samtale: dict[tuple[str, UUID, UUID], list[float]] = defaultdict(list)
    for celle, o, value in vaerdier:
        per_samtale[celle, o.person_id, o.samtale].append(value)
    found: dict[str, dict[UUID, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (celle, person, _), values in per_samtale.items():
        found[celle][person].append(fmean(values))
    return {
        celle: Celle(frozenset(people), fmean(map(fmean, people.values())))
        for celle, people in sorted(found.items())
    }


def _shown(found: dict[str, Celle], wanted: Iterable[str]) -> list[str]:
    return [kode for kode in wanted if kode in found and rules.r3_vises(found[kode].personer)]


def _andel(kode: str, navn: str, celle: Celle) -> Raekke:
    return Raekke(kode, navn, rules.r5_andel(celle.middel), celle)

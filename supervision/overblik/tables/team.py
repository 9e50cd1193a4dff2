"""A team's counted samtaler to four pictures of rounded figures. pandas does the sums, and only here.

A cell is one bar of a picture. Its value is the mean of per-person means (R5). A person has a value in it
when the thing could have been seen: the kontrakt agreed on the party or kendetegn, the log follows phases,
there was a G to frame. So "none" differs from "never looked for", and R3 counts those who were looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from supervision.danish import sorteringsnoegle
from supervision.observationer.measures import Maal
from supervision.observationer.rules import FASE_NAVNE, PARTER, TALER_NAVNE
from supervision.overblik import statistics
from supervision.overblik.rules import team as rules


@dataclass(frozen=True, slots=True)
class Observeret:
    """One samtale that counts: whom it is about, its measures, and what could be seen in it."""

    person_id: UUID
    maal: Maal
    parter: frozenset[str]
    kendetegn: frozenset[str]


@dataclass(frozen=True, slots=True)
class Celle:
    """How many distinct persons a figure rests on, and the mean of their means."""

    personer: int
    middel: float


@dataclass(frozen=True, slots=True)
class Raekke:
    """One bar and one line of the table."""

    kode: str
    navn: str
    vist: rules.Vist
    baand: str


@dataclass(frozen=True, slots=True)
class Billede:
    """One picture; without rows there are too few. noegle: taletid, faser, ugu or faerdigheder."""

    noegle: str
    raekker: tuple[Raekke, ...]


Vaerdi = tuple[str, UUID, float]
"""(cell, person, value of one samtale)."""


def billeder(observerede: Sequence[Observeret], navn: Callable[[str], str]) -> list[Billede]:
    """The four pictures, always all four. navn: kendetegn code -> short name.

    With fewer than five distinct persons in all every picture is empty, however many samtaler there are.
    """
    enough = rules.r3_vises(len({o.person_id for o in observerede}))
    counted = list(observerede) if enough else []
    return [taletid(counted), faser(counted), ugu(counted), faerdigheder(counted, navn)]


def taletid(observerede: Sequence[Observeret]) -> Billede:
    """Shares of what the shown parties spoke; a party that fewer than five had agreed on is out (R4)."""
    spoken = [o for o in observerede if any(o.maal["taletid_ms"].get(part) for part in PARTER)]
    had = celler((part, o.person_id, 0.0) for o in spoken for part in o.parter)
    shown = [part for part in PARTER if part in had and rules.r3_vises(had[part].personer)]
    found = celler(
        (part, o.person_id, share)
        for o in spoken
        for part, share in rules.r4_andele_af_viste(o.maal["taletid_ms"], shown).items()
    )
    rows = [_andel(part, TALER_NAVNE[part], found[part]) for part in _shown(found, shown)]
    return Billede("taletid", tuple(rows) if len(rows) > 1 else ())


def faser(observerede: Sequence[Observeret]) -> Billede:
    """Shares of the time in the four phases."""
    times = [(o.person_id, {k: f["ms"] for k, f in o.maal["faser"].items()}) for o in observerede]
    found = celler(
        (fase, person, share)
        for person, ms in times
        for fase, share in rules.r4_andele_af_viste(ms, list(FASE_NAVNE)).items()
    )
    return Billede(
        "faser", tuple(_andel(fase, FASE_NAVNE[fase], found[fase]) for fase in _shown(found, FASE_NAVNE))
    )


def ugu(observerede: Sequence[Observeret]) -> Billede:
    """How much of what was given stood between an U before and an U after."""
    shares = [
        (o.person_id, statistics.framed_share(o.maal["ugu"]["giv"], o.maal["ugu"]["indrammet"]))
        for o in observerede
    ]
    found = celler(("hel", person, share) for person, share in shares if share is not None)
    if not _shown(found, ["hel"]):
        return Billede("ugu", ())
    whole = _andel("hel", "U før og efter", found["hel"])
    rest = Raekke("mangler", "Mangler et U", rules.r5_modsat(whole.vist), whole.baand)
    return Billede("ugu", (whole, rest))


def faerdigheder(observerede: Sequence[Observeret], navn: Callable[[str], str]) -> Billede:
    """How often each kendetegn was ticked in the samtaler where it was agreed on; the most used first."""
    found = celler(
        (kode, o.person_id, float(o.maal["faerdigheder"].get(kode, 0)))
        for o in observerede
        for kode in o.kendetegn
    )
    rows = [
        Raekke(kode, navn(kode), rules.r5_antal(found[kode].middel), rules.r5_baand(found[kode].personer))
        for kode in _shown(found, sorted(found))
    ]
    rows.sort(key=lambda row: (-row.vist.tegnet, sorteringsnoegle(row.navn), row.kode))
    return Billede("faerdigheder", tuple(rows))


def celler(vaerdier: Iterable[Vaerdi]) -> dict[str, Celle]:
    """The mean of per-person means and the number of persons, per cell. The order given never matters."""
    import pandas as pd

    rows = sorted((celle, str(person), value) for celle, person, value in vaerdier)
    if not rows:
        return {}
    frame = pd.DataFrame.from_records(rows, columns=["celle", "person", "vaerdi"])
    per_person = frame.groupby(["celle", "person"], as_index=False)["vaerdi"].mean()
    per_cell = per_person.groupby("celle")["vaerdi"].agg(["size", "mean"])
    return {str(row.Index): Celle(int(row.size), float(row.mean)) for row in per_cell.itertuples()}


def _shown(found: dict[str, Celle], wanted: Iterable[str]) -> list[str]:
    return [kode for kode in wanted if kode in found and rules.r3_vises(found[kode].personer)]


def _andel(kode: str, navn: str, celle: Celle) -> Raekke:
    return Raekke(kode, navn, rules.r5_andel(celle.middel), rules.r5_baand(celle.personer))

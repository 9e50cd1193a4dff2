"""What a team's figures may say, so that they help the group and cannot be taken apart into one person's.

The rules are named R1 to R9. They take no viewer anywhere: that is R8.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol
from uuid import UUID

from supervision.overblik.statistics import share_of

K: Final = 5
"""The fewest distinct observed persons behind any figure."""
FRIST: Final = timedelta(days=14)
"""How long after a quarter feedback may still be handed over and count in it."""
FOR_FAA: Final = "for få observerede"
MEST: Final = 10
"""From more than this many per samtale on, a mean is shown as "over"."""

_MAANEDER: Final = ("januar–marts", "april–juni", "juli–september", "oktober–december")


@dataclass(frozen=True, slots=True, order=True)
class Kvartal:
    """One calendar quarter. nr: 1–4."""

    aar: int
    nr: int

    @property
    def fra(self) -> date:
        """Its first day."""
        return date(self.aar, 3 * self.nr - 2, 1)

    @property
    def til(self) -> date:
        """Its last day."""
        return self.next().fra - timedelta(days=1)

    @property
    def klar(self) -> date:
        """The first day on which it is shown: its 14 days of grace are over."""
        return self.til + FRIST + timedelta(days=1)

    @property
    def navn(self) -> str:
        """“3. kvartal 2026”."""
        return f"{self.nr}. kvartal {self.aar}"

    @property
    def noegle(self) -> str:
        """“2026-3”, as it stands in an address."""
        return f"{self.aar}-{self.nr}"

    @property
    def maaneder(self) -> str:
        """“juli–september 2026”."""
        return f"{_MAANEDER[self.nr - 1]} {self.aar}"

    def next(self) -> Kvartal:
        """The quarter after it."""
        return Kvartal(self.aar + self.nr // 4, self.nr % 4 + 1)

    def previous(self) -> Kvartal:
        """The quarter before it."""
        return Kvartal(self.aar - (self.nr == 1), (self.nr - 2) % 4 + 1)


class Teamrolle(Protocol):
    """A role in a team, from its first day up to (not with) its last."""

    @property
    def rolle(self) -> str: ...
    @property
    def person_id(self) -> UUID: ...
    @property
    def team_id(self) -> UUID | None: ...
    @property
    def fra(self) -> date: ...
    @property
    def til(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Vist:
    """A figure as it may be shown. `tegnet` is what a picture draws: never finer than the words."""

    tekst: str
    tegnet: int


def kvartal_of(day: date) -> Kvartal:
    """The quarter a day lies in."""
    return Kvartal(day.year, (day.month + 2) // 3)


def r1_kvartal_at_vise(today: date) -> Kvartal:
    """R1, one grain: the last quarter that is over with its days of grace; nobody chooses another."""
    closed = kvartal_of(today).previous()
    return closed if today >= closed.klar else closed.previous()


def r2_gruppe(roller: Iterable[Teamrolle], team_id: UUID, kvartal: Kvartal) -> frozenset[UUID]:
    """R2, one partition: who belongs to the team's figures, fixed by the roles of the quarter's first day.

    A person with two teams that day (a mistake in the roles) belongs to the newest one. Whoever leads the
    team is no part of what they see (R7).
    """
    known = list(roller)
    that_day = [r for r in known if r.fra <= kvartal.fra and (r.til is None or kvartal.fra < r.til)]
    belongs: dict[UUID, Teamrolle] = {}
    for rolle in sorted(that_day, key=lambda r: (r.fra, str(r.team_id))):
        if rolle.rolle == "medarbejder":
            belongs[rolle.person_id] = rolle
    people = {person for person, rolle in belongs.items() if rolle.team_id == team_id}
    return frozenset(people) - r7_ledere(known, team_id, kvartal)


def r3_vises(personer: int) -> bool:
    """R3: a figure is shown only when at least five distinct persons were observed behind it."""
    return personer >= K


def r4_andele_af_viste(ms: Mapping[str, int], viste: Collection[str]) -> dict[str, float]:
    """R4, totals over what is shown: shares of the shown parts only, so no remainder tells of a hidden one.

    ms: milliseconds per part. An observation in which none of the shown parts has time gives {}.
    """
    return share_of(ms, viste)


def r5_baand(personer: int) -> str:
    """R5: how many were observed, as a band and never as a number. Ask only for what R3 shows."""
    if personer < 10:
        return "5–9 observerede"
    return "10–19 observerede" if personer < 20 else "20 eller flere observerede"


def r5_andel(andel: float) -> Vist:
    """R5: a share 0–1 in steps of 10 %, its ends as "under 10 %" and "over 90 %" whatever they are."""
    share = round(andel, 9)
    if share < 0.1:
        return Vist("under 10\N{NO-BREAK SPACE}%", 5)
    if share > 0.9:
        return Vist("over 90\N{NO-BREAK SPACE}%", 95)
    steps = int(share * 10 + 0.5)
    return Vist(f"ca. {steps * 10}\N{NO-BREAK SPACE}%", steps * 10)


def r5_af_gruppen(andel: float) -> Vist:
    """R5 for what each person has done or not: wider ends, so that all of a small group look like all but one.

    With five persons 0 and 1 of them read alike, and 4 and 5: nobody stands there as the one who has not.
    """
    share = round(andel, 9)
    if share < 0.3:
        return Vist("under 30\N{NO-BREAK SPACE}%", 15)
    if share > 0.7:
        return Vist("over 70\N{NO-BREAK SPACE}%", 85)
    return r5_andel(share)


def r5_modsat(vist: Vist) -> Vist:
    """R5: what is left of a rounded share, made from the rounded one so that it tells nothing more."""
    return r5_andel((100 - vist.tegnet) / 100)


def r5_antal(middel: float) -> Vist:
    """R5: a mean number per samtale in whole steps, its ends as "under 1" and "over 10"."""
    mean = round(middel, 9)
    if mean < 0.5:
        return Vist("under 1 pr. samtale", 0)
    if mean >= MEST + 0.5:
        return Vist(f"over {MEST} pr. samtale", MEST)
    whole = int(mean + 0.5)
    return Vist(f"ca. {whole} pr. samtale", whole)


def r6_kvartal(holdt: date, afleveret: date) -> Kvartal:
    """R6, frozen: the one quarter a samtale counts in, fixed by Danish days that never change.

    It is the quarter it was held in, when it was handed over within the grace, so that the fokusperson saw it
    first; else the first later quarter that was open then. What is late never changes a quarter once shown.
    """
    kvartal = kvartal_of(holdt)
    while afleveret >= kvartal.klar:
        kvartal = kvartal.next()
    return kvartal


def r7_taeller(fokusperson: UUID, observatoer: UUID | None, ledere: Collection[UUID]) -> bool:
    """R7, what a viewer knows: a samtale that a leader of the team observed or held does not count.

    So a leader cannot subtract what they have seen themselves. What is shared is points, never figures.
    """
    return fokusperson not in ledere and observatoer not in ledere


def r7_ledere(roller: Iterable[Teamrolle], team_id: UUID, kvartal: Kvartal) -> frozenset[UUID]:
    """R7: who led the team on any day from the quarter's first until it was shown."""
    return frozenset(
        rolle.person_id
        for rolle in roller
        if rolle.rolle == "teamleder"
        and rolle.team_id == team_id
        and rolle.fra < kvartal.klar
        and (rolle.til is None or rolle.til > kvartal.fra)
    )


def r9_ord(personer: int) -> str:
    """R9, silence is neutral: the band, or the same words for four as for none."""
    return r5_baand(personer) if r3_vises(personer) else FOR_FAA

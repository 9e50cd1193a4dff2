"""What is published of a quarter: into which groups it is divided, what is shown to whom, and what the audit tries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol, TypeVar
from uuid import UUID

from supervision.overblik.rules.revision import Raekke, r10_afsloerede, sammenhaengende
from supervision.overblik.rules.team import K, Kvartal, Teamrolle, r2_gruppe
from supervision.problems import RuleBroken

REGLER: Final = 2
"""Rises when a rule changes, so that a stored figure tells by which it was made. 2: elements and duties."""
OPDELINGER: Final = {"team": "Teams", "samtaletype": "Slags samtale"}


@dataclass(frozen=True, slots=True)
class Gruppe:
    """One group of a quarter. `samtaletype`: only samtaler of that type count in it; None: all but exercises."""

    noegle: str
    navn: str
    teams: frozenset[UUID]
    personer: frozenset[UUID]
    samtaletype: str | None = None


class Tal(Protocol):
    """A published figure: what it is called within its quarter, and whom it rests on."""

    @property
    def billede(self) -> str: ...
    @property
    def kode(self) -> str: ...
    @property
    def samtaletype(self) -> str | None: ...
    @property
    def samlet(self) -> bool: ...
    @property
    def hvem(self) -> Collection[UUID]: ...


T = TypeVar("T", bound=Tal)


def r2_grupper(
    roller: Iterable[Teamrolle], teams: Mapping[UUID, str], plan: Mapping[UUID, str], kvartal: Kvartal
) -> list[Gruppe]:
    """R2, one partition, made before anything is counted: every person in one group, teams merged by the fixed plan.

    teams: id -> name. plan: team -> the name of the group it is merged into; a team that is not there stands alone.
    """
    known = list(roller)
    joined: dict[str, list[UUID]] = {}
    for team in teams:
        joined.setdefault(plan.get(team, str(team)), []).append(team)
    return [
        Gruppe(
            noegle=noegle,
            navn=plan.get(members[0], teams[members[0]]),
            teams=frozenset(members),
            personer=frozenset().union(*(r2_gruppe(known, team, kvartal) for team in members)),
        )
        for noegle, members in joined.items()
    ]


def r2_efter_type(grupper: Iterable[Gruppe], typer: Mapping[str, str]) -> list[Gruppe]:
    """R2 with the type of samtale as the only partition: everybody in every group, every samtale in one.

    typer: code -> name.
    """
    alle = list(grupper)
    teams = frozenset().union(*(g.teams for g in alle))
    personer = frozenset().union(*(g.personer for g in alle))
    return [Gruppe(kode, navn, teams, personer, kode) for kode, navn in typer.items()]


def r3_check_plan(navne: Mapping[UUID, str]) -> None:
    """R3: the fixed plan merges at least two teams under a name. Raises RuleBroken at the team's field."""
    given = [navn for navn in navne.values() if navn]
    for team, navn in navne.items():
        if navn and given.count(navn) < 2:
            raise RuleBroken(
                f"»{navn}« står kun ved ét team. Skriv det samme navn ved mindst to.", f"team_{team}"
            )


def r6_klar_til(first: Kvartal, today_klar: Kvartal) -> Iterator[Kvartal]:
    """R6: the quarters from the first that are over with their grace; each is computed once and never again."""
    kvartal = first
    while (kvartal.aar, kvartal.nr) <= (today_klar.aar, today_klar.nr):
        yield kvartal
        kvartal = kvartal.next()


def r6_aar(kvartal: Kvartal) -> date:
    """R6: the first day of the four quarters that end with this one, for what needs more than one to say anything."""
    return kvartal.previous().previous().previous().fra


def r7_vises_for(hvem: Collection[UUID], kendte: Collection[UUID]) -> bool:
    """R7: whoever the viewer has seen figures of, and the viewer, do not count towards the five."""
    return len(set(hvem) - set(kendte)) >= K


def r7_viste(tal: Iterable[T], kendte: Collection[UUID]) -> list[T]:
    """R7 for a whole quarter. The organisation's figure goes when a part goes: the others would tell of that part."""
    known = list(tal)
    hidden = {(t.billede, t.kode) for t in known if not t.samlet and not r7_vises_for(t.hvem, kendte)}
    return [
        t for t in known if r7_vises_for(t.hvem, kendte) and not (t.samlet and (t.billede, t.kode) in hidden)
    ]


def r10_grund(
    tal: Iterable[Tal],
    hold: Iterable[Collection[UUID]],
    *,
    kendskaber: Iterable[Collection[UUID]] = (),
) -> str | None:
    """R10: why these figures must not be shown, in one Danish line; None when nobody can take them apart.

    Tried for an outsider, for each person as an insider who knows their own, and for whoever knows more; these see
    what R7 leaves them. hold: the persons of each team. kendskaber: sets of persons that somebody knows figures of.
    """
    teams = [frozenset(members) for members in hold]
    figures = list(tal)
    if r10_alene_i(figures, teams, kendte=()):
        return "Nogle af tallene kan regnes tilbage til fire eller færre personer."
    insiders = {frozenset({person}) for t in figures for person in t.hvem}
    for known in insiders.union(map(frozenset, kendskaber)):
        if r10_alene_i(r7_viste(figures, known), teams, kendte=known):
            return "En, der kender nogle af tallene, kan regne sig frem til fire eller færre kollegers."
    return None


def r10_alene_i(tal: Iterable[Tal], teams: Collection[Collection[UUID]], *, kendte: Collection[UUID]) -> bool:
    """R10 for one viewer: whether four or fewer of one team stand alone in what they see, minus what they know."""
    by_key: dict[tuple[str, str], list[Raekke]] = {}
    for t in tal:
        by_key.setdefault((t.billede, t.kode), []).append({(p, t.samtaletype): 1 for p in t.hvem})
    typer = {t for rows in by_key.values() for row in rows for t in _typer(row)}
    alike = {
        frozenset(map(frozenset, rows)): rows for rows in by_key.values()
    }  # tried once: the weights are all 1
    own = {(person, type_) for person in kendte for type_ in typer}
    hold = [[(person, type_) for person in team for type_ in typer] for team in teams]
    return any(
        r10_afsloerede(part, hold, kendte=own) is not None
        for rows in alike.values()
        for part in sammenhaengende(rows)
    )


def _typer(raekke: Raekke) -> set[str | None]:
    return {kolonne[1] for kolonne in raekke if isinstance(kolonne, tuple)}

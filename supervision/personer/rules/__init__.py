"""Who is who: roles are facts with dates, and these rules read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from supervision.problems import RuleBroken

MEDARBEJDER = "medarbejder"
TEAMLEDER = "teamleder"
SUPERVISOR = "supervisor"
ADMINISTRATOR = "administrator"
ROLLER = (MEDARBEJDER, TEAMLEDER, SUPERVISOR, ADMINISTRATOR)
TEAM_ROLLER = (MEDARBEJDER, TEAMLEDER)
ROLLE_NAVNE = {
    MEDARBEJDER: "Medarbejder",
    TEAMLEDER: "Teamleder",
    SUPERVISOR: "Supervisor",
    ADMINISTRATOR: "Administrator",
}
ORGANISATION_SLAGS = {
    "jobcenter": "Jobcenter",
    "a_kasse": "A-kasse",
    "anden_aktoer": "Anden aktør",
    "supervision": "Supervisionshus",
}
TALETID_GRAENSE = 80
"""Percent: from here the recorder says that the medarbejder has had the word for long, unless somebody decides."""
TALETID_GRAENSER = range(50, 96)
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 1, 1)


class Rolle(Protocol):
    """One role of one person, from its first day up to (not with) its last."""

    @property
    def rolle(self) -> str: ...
    @property
    def team_id(self) -> UUID | None: ...
    @property
    def organisation_id(self) -> UUID | None: ...
    @property
    def fra(self) -> date: ...
    @property
    def til(self) -> date | None: ...


R = TypeVar("R", bound=Rolle)


def gaelder(rolle: Rolle, day: date) -> bool:
    """Whether the role is in force on the day: `fra` counts, `til` does not."""
    return rolle.fra <= day and (rolle.til is None or day < rolle.til)


def gaeldende(roller: Iterable[R], navn: str, day: date) -> list[R]:
    """The roles of one kind in force on the day."""
    return [rolle for rolle in roller if rolle.rolle == navn and gaelder(rolle, day)]


def check_rolle(rolle: str, *, team_id: UUID | None, organisation_id: UUID | None) -> None:
    """Each role has its own scope: a team, an organisation, or the whole system. Raises RuleBroken."""
    if rolle not in ROLLER:
        raise RuleBroken("Vælg en af rollerne.", "rolle")
    needs_team = rolle in TEAM_ROLLER
    if needs_team and team_id is None:
        raise RuleBroken(f"{ROLLE_NAVNE[rolle]} hører til et team. Vælg et team.", "team")
    if rolle == SUPERVISOR and organisation_id is None:
        raise RuleBroken("En supervisor hører til en organisation. Vælg en organisation.", "organisation")


def check_periode(fra: date, til: date | None) -> None:
    """`til` is the first day without the role. Raises RuleBroken for an empty or impossible period."""
    if not FIRST_DAY <= fra <= LAST_DAY:
        raise RuleBroken("Vælg en dag mellem år 2000 og 2100.", "fra")
    if til is not None and not FIRST_DAY <= til <= LAST_DAY:
        raise RuleBroken("Vælg en dag mellem år 2000 og 2100.", "til")
    if til is not None and til <= fra:
        raise RuleBroken("Den sidste dag kan ikke ligge før den første.", "til")


def overlapper(rolle: Rolle, fra: date, til: date | None) -> bool:
    """Whether the role is in force on any day of the period (`til` not counted, None is for ever)."""
    if rolle.til is not None and rolle.til <= rolle.fra:
        return False
    return (til is None or rolle.fra < til) and (rolle.til is None or fra < rolle.til)


def check_not_held(roller: Iterable[Rolle], ny: Rolle) -> None:
    """The same role with the same scope is not held twice on any day. Raises RuleBroken."""
    for held in roller:
        same = (held.rolle, held.team_id, held.organisation_id) == (ny.rolle, ny.team_id, ny.organisation_id)
        if same and overlapper(held, ny.fra, ny.til):
            raise RuleBroken(f"Personen har allerede rollen {ROLLE_NAVNE[ny.rolle].lower()} her.", "rolle")


def teams_left_behind(roller: Iterable[R], fra: date) -> list[R]:
    """The roles as medarbejder that must end on `fra`, because a person is medarbejder in one team at a time.

    Raises RuleBroken when one of them begins after `fra`: what is planned is not undone by the way.
    """
    running = [r for r in roller if r.rolle == MEDARBEJDER and overlapper(r, fra, None)]
    for rolle in running:
        if rolle.fra > fra:
            raise RuleBroken(
                f"Personen er medarbejder i et andet team fra {_dag(rolle.fra)}. Vælg en senere dag.",
                "fra",
            )
    return running


def check_slut(rolle: Rolle, til: date, today: date) -> None:
    """A role can end on any day from its first on, but what is over stays as it was. Raises RuleBroken."""
    if rolle.til is not None and rolle.til <= today:
        raise RuleBroken("Rollen er allerede slut.", "til")
    if til < rolle.fra:
        raise RuleBroken(f"Rollen begyndte {_dag(rolle.fra)}. Vælg den dag eller senere.", "til")
    if til > LAST_DAY:
        raise RuleBroken("Vælg en dag før år 2100.", "til")


def check_katalogret(rolle: Rolle, today: date) -> None:
    """Only a supervisor is given the right to an organisation's catalogue, while the role runs. Raises RuleBroken."""
    if rolle.rolle != SUPERVISOR:
        raise RuleBroken(
            "Kun en supervisor kan få ret til at rette organisationens metoder.", "retter_katalog"
        )
    if rolle.til is not None and rolle.til <= today:
        raise RuleBroken("Rollen er allerede slut.", "retter_katalog")


def check_own_administrator_role(rolle: Rolle, own: Iterable[Rolle], til: date) -> None:
    """Whoever runs the system cannot put themselves out of it by mistake. Raises RuleBroken.

    own: all roles of the person who acts; `rolle` among them when it is theirs.
    """
    mine = [r for r in own if r.rolle == ADMINISTRATOR]
    if rolle not in mine:
        return
    if not any(r is not rolle and gaelder(r, til) for r in mine):
        raise RuleBroken(
            "Det er din egen rolle som administrator. Bed en anden administrator om at slutte den."
        )


def check_shift_of_organisation(roller: Iterable[Rolle], today: date) -> None:
    """A team's people are of its own organisation, so team roles end first. Raises RuleBroken."""
    if any(r.rolle in TEAM_ROLLER and overlapper(r, today, None) for r in roller):
        raise RuleBroken("Slut først rollerne i den nuværende organisations teams.", "organisation")


def check_not_oneself(person_id: UUID, by_id: UUID) -> None:
    """Nobody shuts themselves out. Raises RuleBroken."""
    if person_id == by_id:
        raise RuleBroken("Du kan ikke lukke for dig selv. Bed en anden administrator om det.")


def _dag(day: date) -> str:
    return f"den {day.day}.{day.month}.{day.year}"


def check_taletid_graense(percent: int | None) -> int:
    """The limit in percent. Raises RuleBroken (taletid_graense) outside `TALETID_GRAENSER`."""
    if percent is None or percent not in TALETID_GRAENSER:
        raise RuleBroken("Skriv et helt tal mellem 50 og 95.", "taletid_graense")
    return percent

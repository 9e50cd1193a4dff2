"""Who is who: roles are facts with dates, and these rules read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol
from uuid import UUID

from supervision.problems import RuleBroken

MEDARBEJDER = "medarbejder"
TEAMLEDER = "teamleder"
SUPERVISOR = "supervisor"
ADMINISTRATOR = "administrator"
ROLLER = (MEDARBEJDER, TEAMLEDER, SUPERVISOR, ADMINISTRATOR)
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


def gaelder(rolle: Rolle, day: date) -> bool:
    """Whether the role is in force on the day: `fra` counts, `til` does not."""
    return rolle.fra <= day and (rolle.til is None or day < rolle.til)


def gaeldende(roller: Iterable[Rolle], navn: str, day: date) -> list[Rolle]:
    """The roles of one kind in force on the day."""
    return [rolle for rolle in roller if rolle.rolle == navn and gaelder(rolle, day)]


def check_rolle(rolle: str, *, team_id: UUID | None, organisation_id: UUID | None) -> None:
    """Each role has its own scope: a team, an organisation, or the whole system. Raises RuleBroken."""
    if rolle not in ROLLER:
        raise RuleBroken("Vælg en af rollerne.", "rolle")
    needs_team = rolle in (MEDARBEJDER, TEAMLEDER)
    if needs_team and team_id is None:
        raise RuleBroken(f"{ROLLE_NAVNE[rolle]} hører til et team. Vælg et team.", "team")
    if rolle == SUPERVISOR and organisation_id is None:
        raise RuleBroken("En supervisor hører til en organisation. Vælg en organisation.", "organisation")

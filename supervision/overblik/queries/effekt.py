"""Figures of effect of a team, and for whose teams one may bring them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.overblik import rules
from supervision.overblik.models import Effekttal
from supervision.personer.models import Organisation, Person, Team
from supervision.personer.rules import ADMINISTRATOR, TEAMLEDER
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class Effekt:
    """A team's figures of effect: a line a measure, a cell a quarter (the oldest first), None where there is none."""

    kvartaler: list[rules.Kvartal]
    linjer: list[tuple[rules.Effektmaal, list[Effekttal | None]]]


def get_effekt(team: Team, *, most: int = 8) -> Effekt:
    """`team` is one that the viewer may see."""
    rows: Sequence[Effekttal] = db.session.scalars(
        select(Effekttal).where(Effekttal.team_id == team.id).order_by(Effekttal.aar, Effekttal.nr)
    ).all()
    kvartaler = sorted({rules.Kvartal(row.aar, row.nr) for row in rows})[-most:]
    found = {(row.maal, rules.Kvartal(row.aar, row.nr)): row for row in rows}
    lines = [(maal, [found.get((maal.kode, kvartal)) for kvartal in kvartaler]) for maal in rules.EFFEKTMAAL]
    return Effekt(kvartaler, [(maal, cells) for maal, cells in lines if any(cells)])


def list_teams_to_bring(organisation_id: UUID, *, viewer: Person) -> tuple[Organisation, dict[str, Team]]:
    """The organisation, and by name the teams that the viewer may bring figures of: all for an administrator.

    A teamleder's are the teams they lead. Raises NotFound.
    """
    organisation = db.session.get(Organisation, organisation_id)
    teams = db.session.scalars(select(Team).where(Team.organisation_id == organisation_id)).all()
    led = viewer.team_ids(TEAMLEDER)
    allowed = [team for team in teams if viewer.har_rolle(ADMINISTRATOR) or team.id in led]
    if organisation is None or not (allowed or viewer.har_rolle(ADMINISTRATOR)):
        raise NotFound
    return organisation, {
        team.navn: team for team in sorted(allowed, key=lambda one: sorteringsnoegle(one.navn))
    }

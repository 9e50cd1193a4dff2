"""Reading what a team follows up on: the frame of a quarter, and surveys as far as they may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from supervision.db import db
from supervision.katalog.queries import katalog_for
from supervision.overblik import rules
from supervision.overblik.models import Opfoelgning, Skema, SkemaDeltager
from supervision.overblik.queries.teams import get_team
from supervision.personer.models import Organisation, Person, Team
from supervision.personer.rules import TEAMLEDER
from supervision.problems import NotFound

SHOWN_SKEMAER = 3


@dataclass(frozen=True, slots=True)
class Svar:
    """What a closed survey says. metoder: (name, choice -> share); hindringer: (words, share), the most chosen first.

    Without five other answers it is silent: both are empty.
    """

    skema_id: UUID
    lukket_at: datetime
    baand: str
    metoder: tuple[tuple[str, dict[str, rules.Vist]], ...] = ()
    hindringer: tuple[tuple[str, rules.Vist], ...] = ()


@dataclass(frozen=True, slots=True)
class Ramme:
    """The frame of a quarter, and the name of whoever wrote it last."""

    raekke: Opfoelgning
    af: str


def get_team_to_lead(team_id: UUID, *, viewer: Person) -> Team:
    """A team that the viewer leads today. Raises NotFound."""
    found = get_team(team_id, viewer=viewer)
    if found.id not in viewer.team_ids(TEAMLEDER):
        raise NotFound
    return found


def find_ramme(team: Team, kvartal: rules.Kvartal) -> Ramme | None:
    """What stands of the quarter; `team` is one that the viewer may see."""
    row = db.session.scalar(select(Opfoelgning).filter_by(team_id=team.id, aar=kvartal.aar, nr=kvartal.nr))
    if row is None:
        return None
    return Ramme(row, db.session.get_one(Person, row.skrevet_af).navn)


def find_aabent(team: Team) -> Skema | None:
    """The survey that is open, if any; `team` is one that the viewer may see."""
    return db.session.scalar(
        select(Skema)
        .options(selectinload(Skema.metoder), selectinload(Skema.deltagere))
        .where(Skema.team_id == team.id, Skema.lukket_at.is_(None))
    )


def count_svar(skema: Skema) -> tuple[int, int]:
    """(how many have answered, how many are asked)."""
    return sum(one.har_svaret for one in skema.deltagere), len(skema.deltagere)


def find_deltager(skema: Skema, *, viewer: Person) -> SkemaDeltager | None:
    """The viewer's place among those who are asked."""
    return next((one for one in skema.deltagere if one.person_id == viewer.id), None)


def get_skema_to_answer(skema_id: UUID, *, viewer: Person) -> Skema:
    """A survey in which the viewer is asked. Raises NotFound."""
    found = db.session.scalar(
        select(Skema)
        .options(selectinload(Skema.metoder), selectinload(Skema.deltagere))
        .join(SkemaDeltager)
        .where(Skema.id == skema_id, SkemaDeltager.person_id == viewer.id)
    )
    if found is None:
        raise NotFound
    return found


def list_skemaer_at_besvare(*, viewer: Person) -> list[Skema]:
    """Open surveys in which the viewer is asked and has not answered, the oldest first."""
    return list(
        db.session.scalars(
            select(Skema)
            .join(SkemaDeltager)
            .where(
                Skema.lukket_at.is_(None),
                SkemaDeltager.person_id == viewer.id,
                SkemaDeltager.har_svaret.is_(False),
            )
            .order_by(Skema.aabnet_at, Skema.id)
        )
    )


def get_skema_to_close(skema_id: UUID, *, viewer: Person) -> Skema:
    """A survey of a team that the viewer leads. Raises NotFound."""
    found = db.session.get(Skema, skema_id)
    if found is None or found.team_id not in viewer.team_ids(TEAMLEDER):
        raise NotFound
    return found


def list_svar(team: Team, *, viewer: Person) -> list[Svar]:
    """The last closed surveys of a team that the viewer may see, the newest first.

    The viewer's own answer does not count towards the five (R7): whoever knows one could subtract it.
    """
    found = db.session.scalars(
        select(Skema)
        .options(selectinload(Skema.metoder), selectinload(Skema.hindringer), selectinload(Skema.deltagere))
        .where(Skema.team_id == team.id, Skema.lukket_at.is_not(None))
        .order_by(Skema.lukket_at.desc(), Skema.id)
        .limit(SHOWN_SKEMAER)
    )
    return [_svar(skema, viewer) for skema in found]


def list_metoder_at_spoerge_til(organisation: Organisation) -> dict[str, str]:
    """Key -> name of the methods that the organisation's skabeloner draw on, in the catalogue's order."""
    katalog = katalog_for(organisation)
    drawn_on = {key for skabelon in katalog.skabeloner for key in skabelon.metoder}
    offered = [metode for metode in katalog.metoder if katalog.tilbyder(metode)]
    return {metode.key: metode.navn for metode in offered if not drawn_on or metode.key in drawn_on}


def _svar(skema: Skema, viewer: Person) -> Svar:
    answered = {one.person_id for one in skema.deltagere if one.har_svaret}
    assert skema.lukket_at is not None
    if not rules.r7_vises_for(answered, {viewer.id}):
        return Svar(skema.id, skema.lukket_at, "for få svar")
    n = len(answered)
    hindringer: Sequence[tuple[str, rules.Vist]] = [
        (rules.HINDRINGER[one.kode], rules.r5_af_gruppen(one.antal / n)) for one in skema.hindringer
    ]
    return Svar(
        skema.id,
        skema.lukket_at,
        rules.r5_baand(n).replace("observerede", "svar"),
        tuple(
            (one.navn, {valg: rules.r5_af_gruppen(getattr(one, valg) / n) for valg in rules.VALG})
            for one in skema.metoder
        ),
        tuple(sorted(hindringer, key=lambda line: -line[1].tegnet)),
    )

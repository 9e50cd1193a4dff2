"""Reading published figures: what of a quarter may be shown to a viewer, minus what R7 keeps from them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from supervision.db import db
from supervision.overblik import rules, tables
from supervision.overblik.models import (
    Rapportgruppe,
    RapportgruppeTeam,
    Udgivelse,
    UdgivetPerson,
    UdgivetTal,
)
from supervision.overblik.queries.kendskab import list_kendte
from supervision.personer.models import Organisation, Person, Team
from supervision.personer.rules.ordvalg import Ordvalg
from supervision.problems import NotFound

PICTURES = tables.NOEGLER


@dataclass(frozen=True, slots=True)
class Figur:
    """A published figure as the rules ask for it; `raekke` is the stored one."""

    raekke: UdgivetTal
    samtaletype: str | None
    hvem: frozenset[UUID]

    @property
    def billede(self) -> str:
        """Which picture it stands in."""
        return self.raekke.billede

    @property
    def kode(self) -> str:
        """What it is called there."""
        return self.raekke.kode

    @property
    def samlet(self) -> bool:
        """Whether it is the organisation's."""
        return self.raekke.gruppe_id is None


@dataclass(frozen=True, slots=True)
class Overblik:
    """One group's quarter as one viewer sees it. baand: how many were observed, or that they are too few.

    navn: the group's, which may be several teams. teams: how many it holds. slags: (code, name) of the types of
    samtale that divide the organisation's figures, when they do; `valgt` is the one that is shown.
    """

    kvartal: rules.Kvartal
    navn: str
    baand: str = rules.FOR_FAA
    billeder: list[tables.Billede] = field(default_factory=list)
    teams: int = 1
    stoppet: bool = False
    slags: tuple[tuple[str, str], ...] = ()
    valgt: str = ""

    @property
    def vises(self) -> bool:
        """Whether there is anything to see."""
        return any(billede.raekker for billede in self.billeder)


def list_tal(udgivelse: Udgivelse) -> list[Figur]:
    """Everything that was computed of a quarter, in the order of the page; three queries."""
    typer = dict(
        db.session.execute(
            select(Rapportgruppe.id, Rapportgruppe.samtaletype).filter_by(
                organisation_id=udgivelse.organisation_id, aar=udgivelse.aar, nr=udgivelse.nr
            )
        ).all()
    )
    found = db.session.scalars(
        select(UdgivetTal)
        .where(UdgivetTal.udgivelse_id == udgivelse.id)
        .order_by(UdgivetTal.plads, UdgivetTal.id)
    ).all()
    hvem: dict[UUID, set[UUID]] = {tal.id: set() for tal in found}
    for tal_id, person_id in db.session.execute(
        select(UdgivetPerson.tal_id, UdgivetPerson.person_id)
        .join(UdgivetTal)
        .where(UdgivetTal.udgivelse_id == udgivelse.id)
    ):
        hvem[tal_id].add(person_id)
    return [
        Figur(tal, typer.get(tal.gruppe_id) if tal.gruppe_id else None, frozenset(hvem[tal.id]))
        for tal in found
    ]


def list_udgivelser(organisation_id: UUID) -> Sequence[Udgivelse]:
    """The organisation's computed quarters, the newest first; stopped ones are among them."""
    return db.session.scalars(
        select(Udgivelse)
        .where(Udgivelse.organisation_id == organisation_id)
        .order_by(Udgivelse.aar.desc(), Udgivelse.nr.desc())
    ).all()


def get_overblik(team: Team, udgivelse: Udgivelse, *, viewer: Person) -> Overblik:
    """A published quarter of the group that the team belonged to in it, as the viewer may see it."""
    gruppe = _find_gruppe(udgivelse, team)
    if gruppe is None:
        return replace(_empty(udgivelse, team.navn), slags=_slags(udgivelse))
    found = replace(_empty(udgivelse, gruppe.navn), teams=len(gruppe.teams))
    return _filled(found, _shown(udgivelse, viewer), gruppe.id, team.organisation)


def get_samlet(
    organisation: Organisation, udgivelse: Udgivelse, *, viewer: Person, slags: str | None = None
) -> Overblik:
    """A published quarter of the organisation over the groups that are shown (R4), as the viewer may see it.

    slags: a type of samtale, where these divide the figures; without it the first that has any. Raises NotFound.
    """
    empty, shown = _empty(udgivelse, organisation.navn), _shown(udgivelse, viewer)
    per_type = {g.samtaletype: g for g in list_grupper_af(udgivelse) if g.samtaletype}
    if not per_type:
        return _filled(empty, shown, None, organisation)
    known = [
        _filled(replace(empty, navn=g.navn, valgt=kode), shown, g.id, organisation)
        for kode, g in per_type.items()
        if slags in (None, kode)
    ]
    if not known:
        raise NotFound
    chosen = next((one for one in known if one.vises), known[0])
    return replace(chosen, slags=tuple((kode, g.navn) for kode, g in per_type.items()))


def list_grupper_af(udgivelse: Udgivelse) -> Sequence[Rapportgruppe]:
    """The groups of a computed quarter, by name."""
    return db.session.scalars(
        select(Rapportgruppe)
        .filter_by(organisation_id=udgivelse.organisation_id, aar=udgivelse.aar, nr=udgivelse.nr)
        .order_by(Rapportgruppe.navn, Rapportgruppe.noegle)
    ).all()


def _find_gruppe(udgivelse: Udgivelse, team: Team) -> Rapportgruppe | None:
    return db.session.scalar(
        select(Rapportgruppe)
        .join(RapportgruppeTeam)
        .options(selectinload(Rapportgruppe.teams))
        .where(RapportgruppeTeam.team_id == team.id, Rapportgruppe.samtaletype.is_(None))
        .filter(Rapportgruppe.aar == udgivelse.aar, Rapportgruppe.nr == udgivelse.nr)
    )


def _slags(udgivelse: Udgivelse) -> tuple[tuple[str, str], ...]:
    return tuple((g.samtaletype, g.navn) for g in list_grupper_af(udgivelse) if g.samtaletype)


def _empty(udgivelse: Udgivelse, navn: str) -> Overblik:
    return Overblik(
        rules.Kvartal(udgivelse.aar, udgivelse.nr),
        navn,
        billeder=[tables.Billede(noegle, ()) for noegle in PICTURES],
        stoppet=udgivelse.stoppet_at is not None,
    )


def _shown(udgivelse: Udgivelse, viewer: Person) -> list[Figur]:
    """What of the quarter this viewer may see (R7); nothing of one that was stopped."""
    if udgivelse.stoppet_at is not None:
        return []
    kvartal = rules.Kvartal(udgivelse.aar, udgivelse.nr)
    return rules.r7_viste(list_tal(udgivelse), list_kendte(kvartal, viewer=viewer))


def _filled(
    empty: Overblik, shown: Collection[Figur], gruppe_id: UUID | None, organisation: Organisation
) -> Overblik:
    own = [figur for figur in shown if figur.raekke.gruppe_id == gruppe_id]
    whole = next((figur.raekke for figur in own if figur.billede not in PICTURES), None)
    if whole is None:
        return empty
    pictures = [_billede(noegle, own, organisation.ord) for noegle in PICTURES]
    return replace(empty, baand=whole.baand, billeder=pictures)


def _billede(noegle: str, own: Collection[Figur], ord: Ordvalg) -> tables.Billede:
    """A picture of frozen rows, the parties of the talk time as the organisation calls them."""
    rows = [figur for figur in own if figur.billede == noegle]
    if noegle in ("taletid", "ugu") and len(rows) < 2:
        rows = []
    return tables.Billede(
        noegle,
        tuple(
            tables.Raekke(
                figur.kode,
                ord.paa(figur.raekke.navn) if noegle == "taletid" else figur.raekke.navn,
                rules.Vist(figur.raekke.tekst, figur.raekke.tegnet),
                tables.Celle(figur.hvem, 0.0),
            )
            for figur in rows
        ),
    )

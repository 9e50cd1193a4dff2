"""Fixing the groups when a quarter opens, and computing its figures once when its days of grace are over.

Both can be run again without harm: a quarter whose groups are fixed keeps them, and one that is computed stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from supervision import clock, history
from supervision.aftaler.rules import SAMTALE_TYPER
from supervision.db import db
from supervision.katalog.queries import katalog_for
from supervision.katalog.rules import plain
from supervision.overblik import queries, rules, tables
from supervision.overblik.actions.enighed import mark_kendetegn
from supervision.overblik.actions.kendskab import remember
from supervision.overblik.models import (
    Rapportgruppe,
    RapportgruppePerson,
    RapportgruppeTeam,
    Rapportplan,
    Rapportvalg,
    Udgivelse,
    UdgivetPerson,
    UdgivetTal,
)
from supervision.personer.models import Organisation, Person
from supervision.problems import RuleBroken

ALLE = "observerede"
"""The picture that is only a band: how many were observed in all."""


def fix_groups(organisation_id: UUID, kvartal: rules.Kvartal) -> list[Rapportgruppe]:
    """The quarter's groups; made of the roles of its first day when there are none yet (R2)."""
    found = _list_groups(organisation_id, kvartal)
    if found:
        return found
    teams = queries.list_teams(organisation_id)
    plan = dict(
        db.session.execute(
            select(Rapportplan.team_id, Rapportplan.navn).where(
                Rapportplan.organisation_id == organisation_id
            )
        ).all()
    )
    grupper = rules.r2_grupper(queries.list_roller(teams), teams, plan, kvartal)
    valg = db.session.get(Rapportvalg, organisation_id)
    if valg is not None and valg.opdeling == "samtaletype":
        grupper = rules.r2_efter_type(
            grupper, {k: v for k, v in SAMTALE_TYPER.items() if k != queries.EXERCISE}
        )
    db.session.add_all(_row(organisation_id, kvartal, gruppe) for gruppe in grupper)
    db.session.flush()
    return _list_groups(organisation_id, kvartal)


def publish(organisation_id: UUID, kvartal: rules.Kvartal) -> Udgivelse | None:
    """Compute the quarter, try to take it apart, and store it (R6, R10); None when done already or not yet due."""
    done = select(Udgivelse.id).filter_by(organisation_id=organisation_id, aar=kvartal.aar, nr=kvartal.nr)
    if clock.today() < kvartal.klar or db.session.scalar(done) is not None:
        return None
    grupper = fix_groups(organisation_id, kvartal)
    udgivelse = Udgivelse(
        organisation_id=organisation_id,
        aar=kvartal.aar,
        nr=kvartal.nr,
        regler=rules.REGLER,
        beregnet_at=clock.now(),
    )
    db.session.add(udgivelse)
    udgivelse.tal = _compute(organisation_id, kvartal, grupper)
    db.session.flush()
    hold = [[p.person_id for p in gruppe.personer] for gruppe in grupper]
    _audit(udgivelse, hold)
    history.note("gjorde_tal_op", udgivelse, by=None)
    return udgivelse


def publish_due(today: date) -> int:
    """Fix the running quarter's groups and compute what is due, of every organisation; how many were computed."""
    made = 0
    for organisation_id in db.session.scalars(select(Organisation.id).order_by(Organisation.id)).all():
        fix_groups(organisation_id, rules.kvartal_of(today))
        first = queries.find_foerste_dag(organisation_id)
        if first is not None:
            due = rules.r6_klar_til(rules.kvartal_of(first), rules.r1_kvartal_at_vise(today))
            new = [kvartal for kvartal in due if publish(organisation_id, kvartal) is not None]
            made += len(new)
            if new:
                mark_kendetegn(organisation_id, new[-1])
    return made


def audit_published() -> int:
    """R10 over everything that is shown, for everybody who has observed; how many quarters it stopped."""
    stopped = 0
    for udgivelse in db.session.scalars(select(Udgivelse).where(Udgivelse.stoppet_at.is_(None))).all():
        kvartal = rules.Kvartal(udgivelse.aar, udgivelse.nr)
        hold = [[p.person_id for p in g.personer] for g in _list_groups(udgivelse.organisation_id, kvartal)]
        stopped += _audit(udgivelse, hold)
    return stopped


def _audit(udgivelse: Udgivelse, hold: Sequence[Collection[UUID]]) -> bool:
    """R10 over one quarter, with what everybody knows of it, which is put down (R7). Whether it was stopped."""
    kvartal, house = rules.Kvartal(udgivelse.aar, udgivelse.nr), udgivelse.organisation_id
    figures, known = queries.list_tal(udgivelse), queries.kendskaber_af(house, kvartal)
    people = frozenset().union(*(tal.hvem for tal in figures))
    remember(queries.Kendt(house, kvartal, seer, one) for seer in known for one in known[seer] & people)
    reason = rules.r10_grund(figures, hold, kendskaber=map(frozenset, known.values()))
    if reason:
        stop_publication(udgivelse, grund=reason, by=None)
    return reason is not None


def stop_publication(udgivelse: Udgivelse, *, grund: str, by: UUID | None) -> None:
    """From now on nothing of it is shown; what was computed stays for whoever looks into the reason."""
    if udgivelse.stoppet_at is None:
        udgivelse.stoppet_at, udgivelse.stoppet_grund = clock.now(), grund
        history.note("stoppede_tal", udgivelse, by=by)


def plan_groups(organisation: Organisation, *, navne: Mapping[UUID, str], opdeling: str, by: Person) -> None:
    """How the next quarter that opens is divided. navne: team -> the name of the group it is merged into, "" for none.

    Raises RuleBroken when a team is not the organisation's, or the way to divide is unknown,
    or a name merges only one team.
    """
    if not set(navne) <= set(queries.list_teams(organisation.id)):
        raise RuleBroken("Et af teamene hører ikke til organisationen.")
    if opdeling not in rules.OPDELINGER:
        raise RuleBroken("Vælg, hvad tallene deles op efter.", "opdeling")
    rules.r3_check_plan(navne)
    db.session.execute(delete(Rapportplan).where(Rapportplan.organisation_id == organisation.id))
    made = {"aendret_at": clock.now(), "aendret_af": by.id}
    for team_id, navn in navne.items():
        if navn.strip():
            db.session.add(
                Rapportplan(team_id=team_id, organisation_id=organisation.id, navn=navn.strip(), **made)
            )
    db.session.merge(Rapportvalg(organisation_id=organisation.id, opdeling=opdeling, **made))
    db.session.flush()
    history.note("aendrede_rapportgrupper", organisation, by=by.id)


def _list_groups(organisation_id: UUID, kvartal: rules.Kvartal) -> list[Rapportgruppe]:
    return list(
        db.session.scalars(
            select(Rapportgruppe)
            .options(selectinload(Rapportgruppe.teams), selectinload(Rapportgruppe.personer))
            .filter_by(organisation_id=organisation_id, aar=kvartal.aar, nr=kvartal.nr)
            .order_by(Rapportgruppe.navn, Rapportgruppe.noegle)
        )
    )


def _row(organisation_id: UUID, kvartal: rules.Kvartal, gruppe: rules.Gruppe) -> Rapportgruppe:
    return Rapportgruppe(
        organisation_id=organisation_id,
        aar=kvartal.aar,
        nr=kvartal.nr,
        noegle=gruppe.noegle,
        navn=gruppe.navn,
        samtaletype=gruppe.samtaletype,
        fastlagt_at=clock.now(),
        teams=[RapportgruppeTeam(team_id=team_id) for team_id in sorted(gruppe.teams, key=str)],
        personer=[RapportgruppePerson(person_id=id_) for id_ in sorted(gruppe.personer, key=str)],
    )


def _compute(
    organisation_id: UUID, kvartal: rules.Kvartal, grupper: Sequence[Rapportgruppe]
) -> list[UdgivetTal]:
    katalog = katalog_for(db.session.get_one(Organisation, organisation_id))
    teams = [team.team_id for gruppe in grupper for team in gruppe.teams]
    roller = queries.list_roller(teams)
    observatoerer, elementer = queries.list_observatoerer(organisation_id, kvartal), queries.elementnavne()
    per_gruppe: list[tuple[Rapportgruppe | None, Sequence[tables.Billede], frozenset[UUID]]] = []
    for gruppe in grupper:
        personer = {p.person_id for p in gruppe.personer}
        ledere = frozenset().union(*(rules.r7_ledere(roller, t.team_id, kvartal) for t in gruppe.teams))
        counted = [
            o
            for o in queries.list_observerede(organisation_id, kvartal, personer=personer, ledere=ledere)
            if gruppe.samtaletype in (None, o.type)
        ]
        pictures = tables.billeder(counted, lambda kode: plain(katalog.navn(kode)), elementer)
        if gruppe.samtaletype is None:
            pictures.append(tables.pligter(personer, counted, observatoerer))
        per_gruppe.append((gruppe, pictures, frozenset(o.person_id for o in counted)))
    if all(gruppe.samtaletype is None for gruppe in grupper):
        shown = [pictures for _, pictures, _ in per_gruppe]
        everybody = frozenset().union(*(who for _, _, who in per_gruppe if rules.r3_vises(len(who))))
        per_gruppe.append((None, tables.samlet(shown), everybody))
    return [tal for gruppe, pictures, who in per_gruppe for tal in _tal(gruppe, pictures, who)]


def _tal(
    gruppe: Rapportgruppe | None, pictures: Sequence[tables.Billede], hvem: Collection[UUID]
) -> list[UdgivetTal]:
    if not rules.r3_vises(len(hvem)):
        return []
    whole = UdgivetTal(billede=ALLE, kode="alle", navn="Observerede", tekst="", tegnet=0)
    found = [(whole, hvem)]
    for billede in pictures:
        for row in billede.raekker:
            tal = UdgivetTal(
                billede=billede.noegle,
                kode=row.kode,
                navn=row.navn,
                tekst=row.vist.tekst,
                tegnet=row.vist.tegnet,
            )
            found.append((tal, row.celle.hvem))
    for plads, (tal, people) in enumerate(found):
        tal.gruppe_id = gruppe.id if gruppe else None
        tal.plads = plads
        tal.personer, tal.baand = len(people), rules.r5_baand(len(people))
        tal.hvem = [UdgivetPerson(person_id=person_id) for person_id in sorted(people, key=str)]
    return [tal for tal, _ in found]

"""What is due to go, class by class and organisation by organisation, as each has decided.

A class has roots: rows that go with everything that hangs on them. The same list is shown before and deleted after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from supervision import clock
from supervision.adgangslog import kept_months
from supervision.db import db
from supervision.personer.models import Organisation, Person
from supervision.privacy import privacy_map
from supervision.rettigheder import rules
from supervision.rettigheder.models import Databeskyttelse, Opbevaring
from supervision.rettigheder.queries.stier import key_of, reaches, table_of

Cut = Callable[[Any, datetime], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Rod:
    """Rows that are due to go. organisation: the path of columns to it. due: (table, before when) -> which rows."""

    klasse: str
    tabel: str
    organisation: str
    due: Cut


@dataclass(frozen=True, slots=True)
class Forfalden:
    """One row that is due to go, with the class that says so."""

    klasse: str
    tabel: str
    noegle: tuple[Any, ...]


def _handed_over(kontrakt: Any, before: datetime | None = None) -> ColumnElement[bool]:
    log = table_of("observation")
    given = log.c.overdraget_at.is_not(None) if before is None else log.c.overdraget_at < before
    return exists().where(and_(log.c.kontrakt_id == kontrakt.c.id, given))


def _never_given(kontrakt: Any, before: datetime) -> ColumnElement[bool]:
    samtale = table_of("samtale")
    held = select(samtale.c.id).where(samtale.c.starter_at < before)
    return and_(kontrakt.c.samtale_id.in_(held), ~_handed_over(kontrakt))


def _without_figures(gruppe: Any, before: datetime) -> ColumnElement[bool]:
    tal = table_of("udgivet_tal")
    return and_(gruppe.c.fastlagt_at < before, ~exists().where(tal.c.gruppe_id == gruppe.c.id))


def _without_its_quarter(kendskab: Any, before: datetime) -> ColumnElement[bool]:
    """The quarter was over by then, and its figures go too, or were never made: no day they stand without R7."""
    day, udgivelse = clock.local(before).date(), table_of("udgivelse")
    nr = (day.month - 1) // 3 + 1
    over = or_(kendskab.c.aar < day.year, and_(kendskab.c.aar == day.year, kendskab.c.nr < nr))
    same = (udgivelse.c[name] == kendskab.c[name] for name in ("organisation_id", "aar", "nr"))
    return and_(over, ~exists().where(*same, udgivelse.c.beregnet_at >= before))


def _of_the_past(historik: Any, before: datetime) -> ColumnElement[bool]:
    """But for what is asked of it later: when a password was set, and when the installation did its own work."""
    return and_(historik.c.at < before, historik.c.genstand.not_in(("person", "organisation")))


def _at(column: str) -> Cut:
    return lambda table, before: table.c[column] < before


ROEDDER = (
    Rod("kladder", "feedback_kontrakt", "organisation_id", _never_given),
    Rod("feedback", "feedback_kontrakt", "organisation_id", _handed_over),
    Rod(
        "feedback",
        "observation",
        "organisation_id",
        lambda log, before: and_(log.c.kontrakt_id.is_(None), log.c.overdraget_at < before),
    ),
    Rod("karantaene", "karantaene", "organisation_id", _at("modtaget_at")),
    Rod("tal", "udgivelse", "organisation_id", _at("beregnet_at")),
    Rod("tal", "rapportgruppe", "organisation_id", _without_figures),
    Rod("tal", "kendskab", "organisation_id", _without_its_quarter),
    Rod("tal", "effekttal", "team_id.organisation_id", _at("hentet_at")),
    Rod("tal", "opfoelgning", "team_id.organisation_id", _at("skrevet_at")),
    Rod("tal", "opfoelgning_skema", "team_id.organisation_id", _at("aabnet_at")),
    Rod("oevelser", "kalibrering", "oprettet_af.organisation_id", _at("oprettet_at")),
    Rod("oevelser", "oevelse", "gruppe_id.organisation_id", _at("begyndt_at")),
    Rod("oevelser", "foerste_dag", "person_id.organisation_id", _at("skrevet_at")),
    Rod("moeder", "moede", "gruppe_id.organisation_id", _at("start_at")),
    Rod("moeder", "plenumaftale", "gruppe_id.organisation_id", _at("skrevet_at")),
    Rod("links", "invitation", "person_id.organisation_id", _at("udloeber_at")),
    Rod("links", "enhedslink", "person_id.organisation_id", _at("udloeber_at")),
    Rod("links", "kalenderlink", "person_id.organisation_id", _at("lukket_at")),
    Rod("beskeder", "besked", "person_id.organisation_id", _at("sendt_at")),
)
"""What goes, in this order; a row that went with an earlier one is not asked for again."""


def dage_for(organisation_id: UUID) -> dict[str, int]:
    """Class -> how many days the organisation keeps it; the access log's months stand as days (`rules.i_dage`)."""
    chosen = db.session.execute(
        select(Opbevaring.klasse, Opbevaring.dage).filter_by(organisation_id=organisation_id)
    )
    whole = {"adgangslog": rules.i_dage(kept_months())}
    return rules.gaeldende(privacy_map().klasser, {row[0]: row[1] for row in chosen} | whole)


def beskyttelse_for(organisation_id: UUID) -> tuple[str, int]:
    """(whom to ask about data, "" when it is not said; days in which an erasure can be undone)."""
    found = db.session.get(Databeskyttelse, organisation_id)
    return (found.kontakt, found.fortrydelse) if found else ("", rules.FORTRYDELSE_DAGE)


def list_due(now: datetime) -> list[Forfalden]:
    """Every root that is due to go at this moment, of all organisations; each row once."""
    found: dict[tuple[str, tuple[Any, ...]], Forfalden] = {}
    for organisation_id in db.session.scalars(select(Organisation.id).order_by(Organisation.id)).all():
        dage = dage_for(organisation_id)
        for rod in ROEDDER:
            for key in _due(rod, organisation_id, rules.graense(now, dage[rod.klasse])):
                found.setdefault((rod.tabel, key), Forfalden(rod.klasse, rod.tabel, key))
    historik = table_of("historik")
    gone = select(historik.c.id).where(_of_the_past(historik, rules.graense(now, _historik_days())))
    for (key,) in db.session.execute(gone.order_by(historik.c.id)):
        found["historik", (key,)] = Forfalden("historik", "historik", (key,))
    return list(found.values())


def count_soon(*, viewer: Person, within: int = rules.VARSEL_DAGE) -> tuple[int, datetime | None]:
    """(how many forløb with delivered feedback to the viewer go within so many days, when the first one does)."""
    dage = dage_for(viewer.organisation_id)["feedback"]
    log = table_of("observation")
    before = rules.graense(clock.now() + timedelta(days=within), dage)
    count, first = db.session.execute(
        select(func.count(), func.min(log.c.overdraget_at)).where(
            log.c.fokusperson_id == viewer.id, log.c.overdraget_at < before
        )
    ).one()
    return count, max(first + timedelta(days=dage), clock.now()) if first else None


def count_roots(klasse: str, organisation_id: UUID, before: datetime) -> int:
    """How many roots of the class are due to go of the organisation, when its limit is this moment."""
    many = 0
    for rod in ROEDDER:
        if rod.klasse == klasse:
            wanted = select(func.count()).select_from(table_of(rod.tabel))
            many += int(db.session.scalar(wanted.where(_wanted(rod, organisation_id, before))) or 0)
    return many


def count_historik(organisation_id: UUID, dage: int, now: datetime) -> int:
    """How much of the history would go if the organisation kept it for so many days."""
    historik, longest = table_of("historik"), max(dage, _historik_days(but=organisation_id))
    past = _of_the_past(historik, rules.graense(now, longest))
    return db.session.scalar(select(func.count()).select_from(historik).where(past)) or 0


def _historik_days(but: UUID | None = None) -> int:
    """The history belongs to no organisation: the longest that any of them wants (`but` one), the default too."""
    chosen = select(Opbevaring.dage).filter_by(klasse="historik")
    if but is not None:
        chosen = chosen.where(Opbevaring.organisation_id != but)
    default = rules.gaeldende(privacy_map().klasser, {})["historik"]
    return max(default, db.session.scalar(select(func.max(chosen.subquery().c.dage))) or 0)


def _due(rod: Rod, organisation_id: UUID, before: datetime) -> Iterator[tuple[Any, ...]]:
    table = table_of(rod.tabel)
    wanted = _wanted(rod, organisation_id, before)
    for row in db.session.execute(select(*key_of(table)).where(wanted).order_by(*key_of(table))):
        yield tuple(row)


def _wanted(rod: Rod, organisation_id: UUID, before: datetime) -> ColumnElement[bool]:
    table = table_of(rod.tabel)
    return and_(reaches(table, rod.organisation, organisation_id), rod.due(table, before))

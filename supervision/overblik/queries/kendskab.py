"""R7: who has been able to see whose figures of a quarter. The one place that reads it.

It is learnt from a log that was handed over (its observer) and from a gruppebillede (those who were there). What stands
in `Kendskab` holds also when these are gone; `actions.kendskab` alone puts it there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select

from supervision import clock
from supervision.db import db
from supervision.grupper.models import Billedbidrag, Billedseer
from supervision.grupper.queries import iter_set_ved_bordet
from supervision.observationer.models import Observation
from supervision.overblik import rules
from supervision.overblik.models import Kendskab
from supervision.personer.models import Person


@dataclass(frozen=True, slots=True)
class Kendt:
    """`seer_id` has been able to see the figures of `person_id`, in the quarter of the organisation they count in."""

    organisation_id: UUID
    kvartal: rules.Kvartal
    seer_id: UUID
    person_id: UUID


def list_kendte(kvartal: rules.Kvartal, *, viewer: Person) -> frozenset[UUID]:
    """The viewer, whoever they have observed in the quarter, and whose ticks were in a gruppebillede they saw."""
    found = {viewer.id}
    for kendt in (
        *kendt_af_logs(Observation.observatoer_id == viewer.id),
        *kendt_af_billeder(Billedseer.person_id == viewer.id, _in(kvartal)),
        *_put_down(Kendskab.seer_id == viewer.id, Kendskab.aar == kvartal.aar, Kendskab.nr == kvartal.nr),
    ):
        if kendt.kvartal == kvartal:
            found.add(kendt.person_id)
    return frozenset(found)


def kendskaber_af(organisation_id: UUID, kvartal: rules.Kvartal) -> dict[UUID, set[UUID]]:
    """What everybody knows of the organisation's quarter: who -> whose figures, each with themselves."""
    of = Kendskab.organisation_id == organisation_id
    home = select(Person.id).where(Person.organisation_id == organisation_id)
    known: dict[UUID, set[UUID]] = {}
    for kendt in (
        *kendt_af_logs(Observation.organisation_id == organisation_id),
        *kendt_af_billeder(Billedbidrag.person_id.in_(home), _in(kvartal)),
        *_put_down(of, Kendskab.aar == kvartal.aar, Kendskab.nr == kvartal.nr),
    ):
        if kendt.kvartal == kvartal:
            known.setdefault(kendt.seer_id, {kendt.seer_id}).add(kendt.person_id)
    return known


def list_kendskaber(organisation_id: UUID, kvartal: rules.Kvartal) -> set[frozenset[UUID]]:
    """The same without who it is: the sets of people that somebody knows."""
    return {frozenset(persons) for persons in kendskaber_af(organisation_id, kvartal).values()}


def kendt_af_logs(*which: ColumnElement[bool]) -> Iterator[Kendt]:
    """What the observers of these logs know by them; nothing by one that was not handed over."""
    rows = db.session.execute(
        select(
            Observation.organisation_id,
            Observation.observatoer_id,
            Observation.fokusperson_id,
            Observation.startet_at,
            Observation.overdraget_at,
        ).where(
            Observation.overdraget_at.is_not(None),
            Observation.observatoer_id.is_not(None),
            Observation.observatoer_id != Observation.fokusperson_id,
            *which,
        )
    )
    for organisation_id, observatoer_id, fokusperson_id, held, handed in rows:
        if observatoer_id and handed:
            kvartal = rules.r6_kvartal(clock.local(held).date(), clock.local(handed).date())
            yield Kendt(organisation_id, kvartal, observatoer_id, fokusperson_id)


def kendt_af_billeder(*which: ColumnElement[bool]) -> Iterator[Kendt]:
    """What those who could see these gruppebilleder know by them: whoever had put something on the table."""
    rows = set(iter_set_ved_bordet(*which))
    people = {person for _, person, _ in rows}
    homes = dict(
        db.session.execute(select(Person.id, Person.organisation_id).where(Person.id.in_(people))).all()
        if people
        else ()
    )
    for seer_id, person_id, day in rows:
        yield Kendt(homes[person_id], rules.kvartal_of(day), seer_id, person_id)


def _put_down(*which: ColumnElement[bool]) -> Iterator[Kendt]:
    for row in db.session.scalars(select(Kendskab).where(*which)):
        yield Kendt(row.organisation_id, rules.Kvartal(row.aar, row.nr), row.seer_id, row.person_id)


def _in(kvartal: rules.Kvartal) -> ColumnElement[bool]:
    return Billedbidrag.dag.between(kvartal.fra, kvartal.til)

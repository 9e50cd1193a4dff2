"""Who has looked at what in the demo's year: what people do with the things of each other that they have made above.

Each is found again by its name, so that a later run adds what is new and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from supervision.adgangslog import AENDRET, HENTET, LAEST, Adgang
from supervision.adgangslog.objects import declared, find_hvis
from supervision.adgangslog.writing import rows_of
from supervision.aftaler.models import FeedbackKontrakt, Supervisionsdag, Supervisionssession
from supervision.db import db
from supervision.demo.houses import ADMINISTRATOR
from supervision.demo.ids import id_of
from supervision.feedback.models import Feedback, FeedbackPunkt, Spoergsmaal
from supervision.grupper.models import Deling, Gruppemedlem, Laeringsgruppe, Moede
from supervision.observationer.models import Observation
from supervision.overblik.models import Udgivelse
from supervision.personer.models import Person, Rolletildeling, Team

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MOST_READERS = 2


@dataclass(frozen=True, slots=True)
class Blik:
    """Somebody meets a thing at a moment (UTC)."""

    at: datetime
    hvem: UUID
    slags: str
    id: UUID
    handling: str = LAEST

    @property
    def key(self) -> UUID:
        """The id of its row."""
        return id_of("adgang", self.at.isoformat(), str(self.hvem), self.slags, str(self.id), self.handling)


def look_at_it_all(since: datetime, until: datetime) -> None:
    """Write the accesses from `since` up to, not with, `until` that are not there yet."""
    known = set(db.session.scalars(select(Adgang.id)))
    new = {blik.key: blik for blik in _all() if since <= blik.at < until}
    new = {key: blik for key, blik in new.items() if key not in known}
    rows = list(_rows(new))
    if rows:
        db.session.execute(insert(Adgang), rows)


def _all() -> Iterator[Blik]:
    yield from _kontrakter()
    yield from _observationer()
    yield from _feedback()
    yield from _delinger()
    yield from _groups()
    yield from _figures()
    yield from _supervision()
    yield from _accounts()


def _rows(new: dict[UUID, Blik]) -> Iterator[dict[str, Any]]:
    people = {person.id: person for person in db.session.scalars(select(Person))}
    for slags, kind in declared().kinds.items():
        looks = [(key, blik) for key, blik in new.items() if blik.slags == slags]
        whose = defaultdict(list)
        for hvis in find_hvis(kind, {blik.id for _, blik in looks}):
            whose[hvis.genstand_id].append(hvis)
        for key, blik in looks:
            rows = rows_of(kind, whose[blik.id], people[blik.hvem], blik.handling)
            for nr, row in enumerate(rows):
                yield {**row, "at": blik.at, "id": id_of(str(key), str(nr)) if nr else key}


def _kontrakter() -> Iterator[Blik]:
    for kontrakt in db.session.scalars(select(FeedbackKontrakt)):
        at = kontrakt.oprettet_at + (3 + _chance(kontrakt.id, 40)) * MINUTE
        yield Blik(at, kontrakt.observatoer_id, "kontrakt", kontrakt.id)


def _observationer() -> Iterator[Blik]:
    for one in db.session.scalars(select(Observation).where(Observation.observatoer_id.is_not(None))):
        assert one.observatoer_id is not None
        if one.kontrakt_id:
            yield Blik(one.startet_at + MINUTE, one.observatoer_id, "optager", one.kontrakt_id, AENDRET)
        if one.afsluttet_at:
            later = (5 + _chance(one.id, 50)) * MINUTE
            yield Blik(one.afsluttet_at + later, one.observatoer_id, "observation", one.id)


def _feedback() -> Iterator[Blik]:
    for one in db.session.scalars(select(Feedback)):
        if one.sendt_at:
            yield Blik(one.sendt_at, one.observatoer_id, "feedback", one.id, AENDRET)
        if one.tak_at:
            yield Blik(one.tak_at + (1 + _chance(one.id, 20)) * HOUR, one.observatoer_id, "feedback", one.id)
        if one.lukket_at and not _chance(one.id, 9):
            yield Blik(one.lukket_at + HOUR, one.fokusperson_id, "egne_data", one.fokusperson_id, HENTET)
    asked = select(Spoergsmaal.id, Spoergsmaal.svaret_at, Feedback.observatoer_id)
    asked = asked.join(FeedbackPunkt, FeedbackPunkt.id == Spoergsmaal.punkt_id).join(
        Feedback, Feedback.id == FeedbackPunkt.feedback_id
    )
    for id_, svaret_at, observatoer_id in db.session.execute(asked):
        if svaret_at:
            yield Blik(svaret_at, observatoer_id, "spoergsmaal", id_, AENDRET)


def _delinger() -> Iterator[Blik]:
    members = _members()
    for one in db.session.scalars(select(Deling)):
        readers = [one.teamleder_id] if one.teamleder_id else members.get(one.gruppe_id, [])
        for nr, who in enumerate(_some(readers, one.id, MOST_READERS)):
            at = one.delt_at + (2 + 19 * nr + _chance(one.id, 15)) * HOUR
            if who != one.delt_af and (one.trukket_at is None or at < one.trukket_at):
                yield Blik(at, who, "deling", one.id)


def _groups() -> Iterator[Blik]:
    members = _members()
    facilitators = {gruppe.id: gruppe.facilitator_id for gruppe in db.session.scalars(select(Laeringsgruppe))}
    for moede in db.session.scalars(select(Moede).where(Moede.begyndt_at.is_not(None))):
        assert moede.begyndt_at is not None
        yield Blik(moede.begyndt_at, facilitators[moede.gruppe_id], "gruppebillede", moede.id)
        for nr, who in enumerate(_some(members.get(moede.gruppe_id, []), moede.id, MOST_READERS)):
            yield Blik(moede.begyndt_at + (4 + nr) * MINUTE, who, "moede", moede.id)


def _figures() -> Iterator[Blik]:
    """The teamleder and the supervisor look when a quarter has been published."""
    leads = select(Rolletildeling).where(Rolletildeling.rolle == "teamleder")
    grants = select(Rolletildeling).where(Rolletildeling.rolle == "supervisor")
    for udgivelse in db.session.scalars(select(Udgivelse)):
        teams = select(Team.id).where(Team.organisation_id == udgivelse.organisation_id)
        for rolle in db.session.scalars(leads.where(Rolletildeling.team_id.in_(teams))):
            assert rolle.team_id is not None
            at = udgivelse.beregnet_at + (7 + _chance(rolle.id, 5)) * HOUR
            yield Blik(at, rolle.person_id, "team", rolle.team_id)
        for rolle in db.session.scalars(
            grants.where(Rolletildeling.organisation_id == udgivelse.organisation_id)
        ):
            at = udgivelse.beregnet_at + DAY + (8 + _chance(rolle.id, 6)) * HOUR
            yield Blik(at, rolle.person_id, "organisationstal", udgivelse.organisation_id)


def _supervision() -> Iterator[Blik]:
    sent = select(Supervisionssession.id, Supervisionssession.supervisor_id, Supervisionsdag.sendt_at).join(
        Supervisionsdag, Supervisionsdag.id == Supervisionssession.dag_id
    )
    for id_, supervisor_id, sendt_at in db.session.execute(sent):
        if sendt_at:
            yield Blik(sendt_at + HOUR, supervisor_id, "supervisionssession", id_)


def _accounts() -> Iterator[Blik]:
    """The administrator makes each account, and looks at it once when it is a month old."""
    palle = id_of("person", ADMINISTRATOR)
    if db.session.get(Person, palle) is None:
        return
    for person in db.session.scalars(select(Person).where(Person.id != palle, Person.slettet_at.is_(None))):
        yield Blik(person.oprettet_at + MINUTE, palle, "person", person.id, AENDRET)
        yield Blik(person.oprettet_at + 30 * DAY, palle, "person", person.id)


def _members() -> dict[UUID | None, list[UUID]]:
    found: dict[UUID | None, list[UUID]] = defaultdict(list)
    wanted = select(Gruppemedlem).where(Gruppemedlem.ud_at.is_(None)).order_by(Gruppemedlem.id)
    for medlem in db.session.scalars(wanted):
        found[medlem.gruppe_id].append(medlem.person_id)
    return found


def _some(people: Iterable[UUID], of: UUID, most: int) -> list[UUID]:
    known = sorted(people)
    return Random(str(of)).sample(known, min(most, len(known)))


def _chance(of: UUID, below: int) -> int:
    return Random(str(of)).randrange(below)

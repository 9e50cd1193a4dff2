"""How far a round's people are: derived from what was held, or said by themselves. Marks and names, never figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from supervision import clock
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import Laeringsgruppe, Moede, Pligtsagt, Runde
from supervision.grupper.queries.fremmoede import deltagere_i
from supervision.grupper.queries.grupper import list_medlemmer
from supervision.observationer.models import Observation
from supervision.personer.models import Person
from supervision.personer.queries.beskeder import list_valg
from supervision.personer.rules import beskeder

Gjort = dict[UUID, set[str]]
"""Person -> codes of the duties that are done."""


@dataclass(frozen=True, slots=True)
class Deltager:
    """One line of the board. gjort: codes of all that is done, of which `marks` are the three that it shows."""

    person: Person
    leads: bool
    marks: list[tuple[str, bool]]
    gjort: frozenset[str]


def list_tavle(gruppe: Laeringsgruppe, runde: Runde) -> list[Deltager]:
    """The round's board: the members by name, then the facilitator. A constant number of queries."""
    people = [(person, False) for person in list_medlemmer(gruppe)] + [(gruppe.facilitator, True)]
    gjort = pligter_gjort(runde, [person.id for person, _ in people])
    return [
        Deltager(
            person,
            leads,
            rules.kerne_marks(runde, gjort[person.id], leads=leads),
            frozenset(gjort[person.id]),
        )
        for person, leads in people
    ]


def list_sagt_ja(runde: Runde, tavle: Sequence[Deltager]) -> list[tuple[str, list[str]]]:
    """The duties beside the three marks that somebody has said yes to, each with the names, sorted as the board."""
    return rules.sagt_ja(runde, [(one.person.navn, one.leads, one.gjort) for one in tavle])


def pligter_for(runde: Runde, *, viewer: Person) -> list[tuple[str, bool]]:
    """The viewer's own marks in a round of a group that was loaded through `list_grupper`."""
    leads = runde.gruppe.facilitator_id == viewer.id
    return rules.kerne_marks(runde, pligter_gjort(runde, [viewer.id])[viewer.id], leads=leads)


def pligter_gjort(runde: Runde, people: Sequence[UUID]) -> Gjort:
    """What each of these people has done in the round, whoever tells it."""
    gjort: Gjort = defaultdict(set, {person_id: set() for person_id in people})
    for tells in FORTAELLER:
        for person_id, koder in tells(runde, people).items():
            gjort[person_id] |= koder
    return gjort


def pligter_fortalt(runde: Runde, person_id: UUID) -> set[str]:
    """What others than the person themselves tell that they have done: nobody has to say that too."""
    told: set[str] = set()
    for tells in FORTAELLER:
        if tells is not _sagt:
            told |= tells(runde, [person_id]).get(person_id, set())
    return told


def slutter_snart_for(runder: Collection[Runde], *, viewer: Person) -> set[UUID]:
    """The rounds whose end the viewer is to be reminded of, as they have chosen on their profile."""
    today = clock.today()
    soon = {runde.id for runde in runder if rules.slutter_snart(runde, today)}
    if not soon:
        return set()
    wanted = beskeder.er_til(beskeder.RUNDE, list_valg([viewer.id]).get(viewer.id, {}))
    return soon if wanted else set()


def _sagt(runde: Runde, people: Sequence[UUID]) -> Gjort:
    """What they have said themselves."""
    found = db.session.execute(
        select(Pligtsagt.person_id, Pligtsagt.pligt).where(
            Pligtsagt.runde_id == runde.id, Pligtsagt.person_id.in_(people)
        )
    )
    return _by_person((row[0], row[1]) for row in found)


def _af_samtaler(runde: Runde, people: Sequence[UUID]) -> Gjort:
    """What the ended observations tell that began on one of the round's days in Denmark."""
    begins, ends = _days(runde.fra, runde.til)
    found = db.session.execute(
        select(Observation.fokusperson_id, Observation.observatoer_id)
        .where(Observation.startet_at >= begins, Observation.startet_at < ends)
        .where(Observation.afsluttet_at.is_not(None))
        .where(or_(Observation.fokusperson_id.in_(people), Observation.observatoer_id.in_(people)))
        .distinct()
    )
    pairs = [(row[0], row[1]) for row in found]
    return {person_id: rules.af_samtaler(person_id, pairs) for person_id in people}


def _af_moeder(runde: Runde, people: Sequence[UUID]) -> Gjort:
    """Whoever called a meeting of the round that was not cancelled; when it has begun, they have led it too."""
    begins, ends = _days(runde.fra, runde.til)
    in_round = or_(
        Moede.runde_id == runde.id,
        Moede.runde_id.is_(None) & (Moede.start_at >= begins) & (Moede.start_at < ends),
    )
    found = db.session.execute(
        select(Moede.indkaldt_af, Moede.begyndt_at).where(
            Moede.gruppe_id == runde.gruppe_id, Moede.aflyst_at.is_(None), in_round
        )
    ).all()
    told = [(called_by, "indkaldt") for called_by, _ in found]
    told += [(called_by, "ledet") for called_by, begun in found if begun is not None]
    return _by_person((person_id, kode) for person_id, kode in told if person_id in people)


def _af_fremmoede(runde: Runde, people: Sequence[UUID]) -> Gjort:
    """Who was at a meeting of the round that was held."""
    there = deltagere_i(runde)
    return _by_person((person_id, "moede") for person_id in people if person_id in there)


FORTAELLER: Final[tuple[Callable[[Runde, Sequence[UUID]], Gjort], ...]] = (
    _sagt,
    _af_samtaler,
    _af_moeder,
    _af_fremmoede,
)
"""Everything that can tell that a duty is done. Whatever else comes to know of one puts its function here."""


def _by_person(rows: Iterable[tuple[UUID, str]]) -> Gjort:
    gjort: Gjort = defaultdict(set)
    for person_id, kode in rows:
        gjort[person_id].add(kode)
    return gjort


def _days(fra: date, til: date) -> tuple[datetime, datetime]:
    return clock.from_local(fra, time.min), clock.from_local(til + timedelta(days=1), time.min)

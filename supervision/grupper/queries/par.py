"""Reading a round's pairs and their visits.

The group and its facilitator see who attends whose samtale when, with which redskaber, and where it is; never what
came of it. A kontrakt gives its facts alone; only the two in it find the way to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.aftaler.rules.kalender import FREM, SOM_FOKUSPERSON, SOM_OBSERVATOER, TILBAGE, Begivenhed
from supervision.db import db
from supervision.feedback.models import Feedback
from supervision.grupper.models import Laeringsgruppe, LedigTid, Parbesoeg, Parplan, Runde, Supervisionspar
from supervision.grupper.queries.grupper import get_gruppe, list_medlemmer, seen_by
from supervision.grupper.rules import par as rules
from supervision.grupper.rules.pardannelse import Gruppering, Kandidat
from supervision.katalog.queries import katalog_of
from supervision.observationer.models import Observation
from supervision.personer.models import Person
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class Linje:
    """A visit as a line of the oversigt. mine: the viewer is one of the two. kontrakt_id: for them alone."""

    besoeg: Parbesoeg
    stands: rules.Samlet
    booket: rules.Booket | None
    redskaber: list[str]
    mine: bool
    kontrakt_id: UUID | None


@dataclass(frozen=True, slots=True)
class ParPaaTavlen:
    """A pair with its lines. mine: the viewer is in it."""

    par: Supervisionspar
    linjer: list[Linje]

    @property
    def mine(self) -> bool:
        """Whether the viewer is in it."""
        return any(linje.mine for linje in self.linjer)

    @property
    def personer(self) -> list[Person]:
        """Who is in it, in the order of its lines."""
        return [linje.besoeg.fokusperson for linje in self.linjer]


def get_parrunde(runde_id: UUID, *, viewer: Person) -> Runde:
    """A round of a group that the viewer is in or facilitates now, with its group. Raises NotFound."""
    gruppe_id = db.session.scalar(select(Runde.gruppe_id).where(Runde.id == runde_id))
    if gruppe_id is None:
        raise NotFound
    return next(runde for runde in get_gruppe(gruppe_id, viewer=viewer).runder if runde.id == runde_id)


def find_parplan(runde: Runde) -> Parplan | None:
    """How the round's pairs were formed; None when they have not been."""
    return db.session.scalar(select(Parplan).where(Parplan.runde_id == runde.id))


def count_par(runde: Runde) -> int:
    """How many pairs the round has now."""
    pairs = select(func.count()).select_from(Supervisionspar)
    wanted = pairs.where(Supervisionspar.runde_id == runde.id, Supervisionspar.oploest_at.is_(None))
    return db.session.scalar(wanted) or 0


def list_par(runde: Runde, *, viewer: Person) -> list[ParPaaTavlen]:
    """The round's pairs in the order of the board, each with its lines; few queries, however many there are.

    Load the round through what the viewer may see.
    """
    found = db.session.scalars(
        select(Supervisionspar)
        .where(Supervisionspar.runde_id == runde.id)
        .order_by(Supervisionspar.oploest_at.is_not(None), Supervisionspar.nr, Supervisionspar.id)
        .options(selectinload(Supervisionspar.besoeg).options(*_PEOPLE))
    ).all()
    facts = bookede(besoeg for par in found for besoeg in par.besoeg)
    return [
        ParPaaTavlen(par, [_linje(besoeg, facts, viewer) for besoeg in par.besoeg])
        for par in found
        if par.besoeg
    ]


def get_besoeg(besoeg_id: UUID, *, viewer: Person, hold: bool = False) -> Parbesoeg:
    """A visit that the viewer is one of the two in, in a group that they are in now. Raises NotFound.

    hold: keep the row until the commit, so that two changes at once wait for each other.
    """
    wanted = _own(viewer).where(Parbesoeg.id == besoeg_id)
    if hold:
        wanted = wanted.with_for_update(of=Parbesoeg).execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def get_linje(besoeg: Parbesoeg, *, viewer: Person) -> Linje:
    """A visit as a line. Load it by `get_besoeg`."""
    return _linje(besoeg, bookede([besoeg]), viewer)


def list_egne_besoeg(runder: Collection[Runde], *, viewer: Person) -> list[Linje]:
    """The viewer's own visits that are still to be held and have no kontrakt: by time, and last those without one.

    With a kontrakt they stand among the viewer's samtaler.
    """
    if not runder:
        return []
    wanted = _own(viewer).where(Supervisionspar.runde_id.in_({runde.id for runde in runder}))
    found = db.session.scalars(wanted).all()
    facts = bookede(found)
    lines = [_linje(besoeg, facts, viewer) for besoeg in found]
    late = datetime.max.replace(tzinfo=clock.now().tzinfo)
    return sorted(
        (line for line in lines if line.stands.kommer and line.booket is None),
        key=lambda line: (line.stands.starter_at or late, line.besoeg.nr, line.besoeg.id),
    )


def list_besoegstider(runde: Runde, *, viewer: Person) -> list[Begivenhed]:
    """All the viewer's own visits of a round that have a time, as times in a calendar."""
    found = db.session.scalars(_own(viewer).where(Supervisionspar.runde_id == runde.id)).all()
    facts = bookede(found)
    return _events([(besoeg, facts.get(besoeg.kontrakt_id)) for besoeg in found], viewer)


def list_besoeg_uden_kontrakt(person: Person, now: datetime) -> list[Begivenhed]:
    """What the person's calendar has besides their samtaler: visits that are planned and have no kontrakt."""
    found = db.session.scalars(
        _own(person)
        .where(Parbesoeg.kontrakt_id.is_(None))
        .where(Parbesoeg.starter_at.between(now - TILBAGE, now + FREM))
    )
    return _events([(besoeg, None) for besoeg in found], person)


def list_kandidater(runde: Runde) -> list[Kandidat]:
    """The group's members as they are matched, with the half-days they have named. For the rule alone."""
    times = {
        row.person_id: frozenset(row.tider)
        for row in db.session.scalars(select(LedigTid).where(LedigTid.runde_id == runde.id))
    }
    return [
        Kandidat(person.id, person.organisation_id, times.get(person.id))
        for person in list_medlemmer(runde.gruppe)
    ]


def list_tidligere_par(runde: Runde) -> list[list[Gruppering]]:
    """The groupings of the group's earlier rounds that had any, the last first."""
    rows = db.session.execute(
        select(Runde.fra, Supervisionspar.id, Parbesoeg.fokusperson_id)
        .join(Supervisionspar, Supervisionspar.runde_id == Runde.id)
        .join(Parbesoeg, Parbesoeg.par_id == Supervisionspar.id)
        .where(Runde.gruppe_id == runde.gruppe_id, Runde.fra < runde.fra)
        .order_by(Runde.fra.desc(), Supervisionspar.nr, Supervisionspar.id, Parbesoeg.nr)
    )
    rounds: dict[object, dict[UUID, list[UUID]]] = {}
    for fra, par_id, person_id in rows:
        rounds.setdefault(fra, {}).setdefault(par_id, []).append(person_id)
    return [[tuple(people) for people in one.values()] for one in rounds.values()]


def find_ledige_tider(runde: Runde, *, viewer: Person) -> list[str] | None:
    """The half-days that the viewer has named for the round; None when they have not."""
    found = db.session.scalar(
        select(LedigTid).where(LedigTid.runde_id == runde.id, LedigTid.person_id == viewer.id)
    )
    return found.tider if found else None


def list_kontrakter_til(besoeg: Parbesoeg) -> list[FeedbackKontrakt]:
    """Open kontrakter of the same two in the same roles that belong to no visit yet, by time."""
    taken = select(Parbesoeg.kontrakt_id).where(Parbesoeg.kontrakt_id.is_not(None))
    found = (
        select(FeedbackKontrakt)
        .join(FeedbackKontrakt.samtale)
        .where(FeedbackKontrakt.fokusperson_id == besoeg.fokusperson_id)
        .where(FeedbackKontrakt.observatoer_id == besoeg.observatoer_id)
        .where(FeedbackKontrakt.trukket_at.is_(None), FeedbackKontrakt.id.not_in(taken))
        .where(Samtale.starter_at >= clock.from_local(besoeg.par.runde.fra, _MIDNIGHT))
        .where(Samtale.starter_at < clock.from_local(_last_day(besoeg), _MIDNIGHT))
        .options(joinedload(FeedbackKontrakt.samtale))
        .order_by(Samtale.starter_at, FeedbackKontrakt.id)
    )
    return list(db.session.scalars(found))


def bookede(besoeg: Iterable[Parbesoeg]) -> dict[UUID | None, rules.Booket]:
    """Kontrakt id -> its facts, for the visits that have one; one query for them all."""
    wanted = {one.kontrakt_id for one in besoeg if one.kontrakt_id is not None}
    if not wanted:
        return {}
    rows = db.session.execute(
        select(
            FeedbackKontrakt.id,
            FeedbackKontrakt.trukket_at,
            FeedbackKontrakt.laast_at,
            Samtale.starter_at,
            Samtale.laengde_min,
            Samtale.type,
            Observation.afsluttet_at,
            Feedback.sendt_at,
        )
        .join(FeedbackKontrakt.samtale)
        .outerjoin(Observation, Observation.kontrakt_id == FeedbackKontrakt.id)
        .outerjoin(Feedback, Feedback.observation_id == Observation.id)
        .where(FeedbackKontrakt.id.in_(wanted))
    )
    return {
        row.id: rules.Booket(
            starter_at=row.starter_at,
            laengde_min=row.laengde_min,
            samtaletype=row.type,
            trukket=row.trukket_at is not None,
            laast=row.laast_at is not None,
            holdt=row.afsluttet_at is not None,
            feedback=row.sendt_at is not None,
        )
        for row in rows
    }


_MIDNIGHT = datetime.min.time()
_PEOPLE = (
    joinedload(Parbesoeg.fokusperson).joinedload(Person.organisation),
    joinedload(Parbesoeg.observatoer).joinedload(Person.organisation),
)


def _own(viewer: Person) -> Select[Parbesoeg]:
    """Visits in which the viewer is one of the two, of groups they are in now."""
    return (
        select(Parbesoeg)
        .join(Parbesoeg.par)
        .join(Supervisionspar.runde)
        .join(Runde.gruppe)
        .where(seen_by(viewer))
        .where(or_(Parbesoeg.fokusperson_id == viewer.id, Parbesoeg.observatoer_id == viewer.id))
        .options(
            *_PEOPLE,
            joinedload(Parbesoeg.par)
            .joinedload(Supervisionspar.runde)
            .joinedload(Runde.gruppe)
            .joinedload(Laeringsgruppe.facilitator),
        )
        .order_by(Runde.fra, Supervisionspar.nr, Parbesoeg.nr, Parbesoeg.id)
    )


def _linje(besoeg: Parbesoeg, facts: dict[UUID | None, rules.Booket], viewer: Person) -> Linje:
    booket = facts.get(besoeg.kontrakt_id)
    mine = viewer.id in (besoeg.fokusperson_id, besoeg.observatoer_id)
    katalog = katalog_of(besoeg.fokusperson.organisation_id)
    return Linje(
        besoeg=besoeg,
        stands=rules.samlet(besoeg, booket),
        booket=booket,
        redskaber=[metode.navn for key in besoeg.metoder if (metode := katalog.metode(key))],
        mine=mine,
        kontrakt_id=besoeg.kontrakt_id if mine else None,
    )


def _events(rows: Iterable[tuple[Parbesoeg, rules.Booket | None]], person: Person) -> list[Begivenhed]:
    """Times only: nothing of whom or what."""
    found = []
    for besoeg, booket in rows:
        stands = rules.samlet(besoeg, booket)
        if stands.starter_at is None:
            continue
        found.append(
            Begivenhed(
                samtale_id=besoeg.id,
                starter_at=stands.starter_at,
                laengde_min=stands.laengde_min,
                titel=SOM_FOKUSPERSON if besoeg.fokusperson_id == person.id else SOM_OBSERVATOER,
                status=_status(stands, booket),
                aendret_at=besoeg.aendret_at,
            )
        )
    return sorted(found, key=lambda one: (one.starter_at, one.samtale_id))


def _status(stands: rules.Samlet, booket: rules.Booket | None) -> str:
    if stands.tilstand == rules.AFLYST:
        return "CANCELLED"
    return "TENTATIVE" if stands.kommer and booket is None else "CONFIRMED"


def _last_day(besoeg: Parbesoeg) -> date:
    return besoeg.par.runde.til + rules.EFTERSLAEB + timedelta(days=1)

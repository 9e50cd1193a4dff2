"""Reading supervision days: the plan for whoever makes it, the session for its two, the times for a teamleder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from supervision import clock
from supervision.aftaler.models import Dagbane, Dagenslinje, Supervisionsdag, Supervisionssession
from supervision.aftaler.rules import dagsplan
from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.personer.models import Organisation, Person, Rolletildeling, Team
from supervision.personer.rules import MEDARBEJDER, SUPERVISOR, TEAMLEDER
from supervision.problems import NotFound

LINJE_NYLIGT = timedelta(days=30)
SNART = timedelta(days=14)
_SESSION = (
    joinedload(Supervisionssession.dag),
    joinedload(Supervisionssession.supervisor),
    joinedload(Supervisionssession.fokusperson),
    joinedload(Supervisionssession.linje),
)


@dataclass(frozen=True, slots=True)
class Teamdag:
    """What a teamleder knows of a day: when and where, and their own people's times, in the order of the clock."""

    dag: Supervisionsdag
    sessioner: list[Supervisionssession]


def list_organisationer_at_planlaegge_i(*, viewer: Person) -> list[Organisation]:
    """Where the viewer may plan a day: by a grant as supervisor, or at home as a teamleder."""
    wanted = _granted(viewer) | ({viewer.organisation_id} if viewer.har_rolle(TEAMLEDER) else set())
    found = db.session.scalars(select(Organisation).where(Organisation.id.in_(wanted)))
    return sorted(found, key=lambda organisation: sorteringsnoegle(organisation.navn))


def get_dag(dag_id: UUID, *, viewer: Person, hold: bool = False) -> Supervisionsdag:
    """A day that the viewer plans. hold: keep its row until the commit. Raises NotFound."""
    if hold:
        db.session.scalar(select(Supervisionsdag.id).where(Supervisionsdag.id == dag_id).with_for_update())
    found = db.session.scalar(_whole().where(Supervisionsdag.id == dag_id, _plans(viewer)))
    if found is None:
        raise NotFound
    return found


def list_dage(*, viewer: Person) -> list[Supervisionsdag]:
    """The days that the viewer plans, the first one first."""
    ordered = (
        _whole().where(_plans(viewer)).order_by(Supervisionsdag.dato, Supervisionsdag.fra, Supervisionsdag.id)
    )
    return list(db.session.scalars(ordered))


def get_session(session_id: UUID, *, viewer: Person) -> Supervisionssession:
    """A session, for its supervisor and, once the plan is sent, its fokusperson. Raises NotFound.

    A supervisor from another house needs the grant today.
    """
    found = db.session.scalar(
        select(Supervisionssession)
        .join(Supervisionssession.dag)
        .where(Supervisionssession.id == session_id, or_(_supervises(viewer), _is_supervised(viewer)))
        .options(*_SESSION, selectinload(Supervisionssession.kontrakt))
    )
    if found is None:
        raise NotFound
    return found


def get_session_to_run(session_id: UUID, *, viewer: Person) -> Supervisionssession:
    """As `get_session`, for its supervisor alone, held until the commit. Raises NotFound."""
    _hold(session_id)
    found = get_session(session_id, viewer=viewer)
    if found.supervisor_id != viewer.id:
        raise NotFound
    return found


def get_session_as_fokusperson(session_id: UUID, *, viewer: Person) -> Supervisionssession:
    """As `get_session`, for its fokusperson alone, held until the commit. Raises NotFound."""
    _hold(session_id)
    found = get_session(session_id, viewer=viewer)
    if found.fokusperson_id != viewer.id:
        raise NotFound
    return found


def get_session_to_plan(session_id: UUID, *, viewer: Person, hold: bool = False) -> Supervisionssession:
    """A session of a day that the viewer plans. Raises NotFound."""
    if hold:
        _hold(session_id)
    found = db.session.scalar(
        select(Supervisionssession)
        .join(Supervisionssession.dag)
        .where(Supervisionssession.id == session_id, _plans(viewer))
        .options(*_SESSION)
        .execution_options(populate_existing=hold)
    )
    if found is None:
        raise NotFound
    return found


def find_session_of(kontrakt_id: UUID | None) -> Supervisionssession | None:
    """The session that a kontrakt was made for. For the rules, and for whoever has loaded the kontrakt."""
    return db.session.scalar(
        select(Supervisionssession).where(Supervisionssession.kontrakt_id == kontrakt_id)
    )


def find_egen_session(kontrakt_id: UUID, *, viewer: Person) -> Supervisionssession | None:
    """The session that a kontrakt was made for, where the viewer may open it."""
    return db.session.scalar(
        select(Supervisionssession)
        .join(Supervisionssession.dag)
        .where(
            Supervisionssession.kontrakt_id == kontrakt_id, or_(_supervises(viewer), _is_supervised(viewer))
        )
        .options(joinedload(Supervisionssession.dag))
    )


def list_egne_sessioner(
    *, viewer: Person, fra: date | None = None, til: date | None = None
) -> list[Supervisionssession]:
    """The viewer's sessions in either role, of plans that are sent, by the clock. Both days included."""
    wanted = (
        select(Supervisionssession)
        .join(Supervisionssession.dag)
        .where(or_(_supervises(viewer), _is_supervised(viewer)), Supervisionsdag.sendt_at.is_not(None))
        .where(Supervisionssession.kontrakt_id.is_not(None), Supervisionssession.aflyst_at.is_(None))
        .order_by(Supervisionsdag.dato, Supervisionssession.start, Supervisionssession.id)
        .options(*_SESSION)
    )
    if fra is not None:
        wanted = wanted.where(Supervisionsdag.dato >= fra)
    if til is not None:
        wanted = wanted.where(Supervisionsdag.dato <= til)
    return list(db.session.scalars(wanted))


def list_snart(*, viewer: Person) -> list[Supervisionssession]:
    """The viewer's own sessions of the first day that has any, if it is today or soon."""
    today = clock.today()
    found = list_egne_sessioner(viewer=viewer, fra=today, til=today + SNART)
    return [session for session in found if session.dag.dato == found[0].dag.dato]


def get_teamdag(dag_id: UUID, *, viewer: Person) -> Teamdag:
    """A day that is sent, with the times of those whom the viewer leads. Raises NotFound where there are none."""
    for found in _teamdage(viewer, Supervisionsdag.id == dag_id):
        return found
    raise NotFound


def list_teamdage(*, viewer: Person) -> list[Teamdag]:
    """The days that are sent and have somebody in them whom the viewer leads, the first one first."""
    return _teamdage(viewer, Supervisionsdag.aflyst_at.is_(None))


def get_linje(linje_id: UUID, *, viewer: Person) -> Dagenslinje:
    """A line that its fokusperson has handed on to the viewer. Raises NotFound."""
    found = db.session.scalar(_handed_to(viewer).where(Dagenslinje.id == linje_id))
    if found is None:
        raise NotFound
    return found


def list_modtagne_linjer(*, viewer: Person) -> list[Dagenslinje]:
    """The lines that were handed on to the viewer lately, the newest first."""
    lately = Dagenslinje.givet_videre_at > clock.now() - LINJE_NYLIGT
    return list(
        db.session.scalars(_handed_to(viewer).where(lately).order_by(Dagenslinje.givet_videre_at.desc()))
    )


def list_supervisorer(organisation_id: UUID) -> list[Person]:
    """Who can have a lane: the supervisors with a grant there today, then the house's own people."""
    granted = set(
        db.session.scalars(_in_force(Rolletildeling.organisation_id == organisation_id, SUPERVISOR))
    )
    people = _people(or_(Person.id.in_(granted), Person.organisation_id == organisation_id))
    return sorted(people, key=lambda person: (person.id not in granted, sorteringsnoegle(person.navn)))


def list_fokuspersoner_i(organisation_id: UUID, *, viewer: Person) -> list[Person]:
    """Who can be on the plan: for a supervisor with a grant all of the house, else those whom the viewer leads."""
    chosen = Person.organisation_id == organisation_id
    if organisation_id not in _granted(viewer):
        chosen = and_(chosen, Person.id.in_(_led_by(viewer)))
    return sorted(_people(chosen), key=lambda person: sorteringsnoegle(person.navn))


def dagen_of(dag: Supervisionsdag) -> dagsplan.Dagen:
    """The day's frame, as the rules want it."""
    briefing = None if dag.briefing_fra is None else (dag.briefing_fra, dag.briefing_fra + dag.briefing_min)
    return dagsplan.Dagen(dag.fra, dag.til, briefing)


def konflikter_of(dag: Supervisionsdag) -> dict[UUID, list[str]]:
    """Session id -> what stands in its way, in words."""
    standing = [session for session in dag.sessioner if session.aflyst_at is None]
    people = [*(bane.supervisor for bane in dag.baner), *(session.fokusperson for session in standing)]
    navne = {person.id: person.fornavn for person in [*people, *(session.supervisor for session in standing)]}
    return dagsplan.list_konflikter(standing, dag.pauser, dagen_of(dag), navne)


def _whole() -> Select[Supervisionsdag]:
    sessions = selectinload(Supervisionsdag.sessioner)
    return select(Supervisionsdag).options(
        joinedload(Supervisionsdag.organisation),
        selectinload(Supervisionsdag.baner).joinedload(Dagbane.supervisor),
        selectinload(Supervisionsdag.pauser),
        sessions.joinedload(Supervisionssession.fokusperson),
        sessions.joinedload(Supervisionssession.supervisor),
        sessions.joinedload(Supervisionssession.kontrakt),
    )


def _plans(viewer: Person) -> ColumnElement[bool]:
    """A supervisor plans where the grant is; a teamleder the days that they made themselves, at home."""
    granted = Supervisionsdag.organisation_id.in_(_granted(viewer))
    if not viewer.har_rolle(TEAMLEDER):
        return granted
    home = Supervisionsdag.organisation_id == viewer.organisation_id
    return or_(granted, and_(home, Supervisionsdag.oprettet_af == viewer.id))


def _supervises(viewer: Person) -> ColumnElement[bool]:
    where = {*_granted(viewer), viewer.organisation_id}
    return and_(Supervisionssession.supervisor_id == viewer.id, Supervisionsdag.organisation_id.in_(where))


def _is_supervised(viewer: Person) -> ColumnElement[bool]:
    return and_(Supervisionssession.fokusperson_id == viewer.id, Supervisionssession.kontrakt_id.is_not(None))


def _granted(viewer: Person) -> set[UUID]:
    return {rolle.organisation_id for rolle in viewer.roller(SUPERVISOR) if rolle.organisation_id}


def _led_by(viewer: Person) -> set[UUID]:
    """Those who are medarbejder today in a team that the viewer leads today."""
    return set(
        db.session.scalars(_in_force(Rolletildeling.team_id.in_(viewer.team_ids(TEAMLEDER)), MEDARBEJDER))
    )


def _in_force(scope: ColumnElement[bool], rolle: str) -> Select[UUID]:
    day = clock.today()
    return (
        select(Rolletildeling.person_id)
        .where(Rolletildeling.rolle == rolle, scope, Rolletildeling.fra <= day)
        .where(or_(Rolletildeling.til.is_(None), Rolletildeling.til > day))
    )


def _people(chosen: ColumnElement[bool]) -> Iterable[Person]:
    """Active people; whoever only runs the system is left out."""
    found = db.session.scalars(
        select(Person).where(Person.active, chosen).options(selectinload(Person.rolletildelinger))
    )
    takes_part = (MEDARBEJDER, TEAMLEDER, SUPERVISOR)
    return [person for person in found if any(map(person.har_rolle, takes_part))]


def _teamdage(viewer: Person, chosen: ColumnElement[bool]) -> list[Teamdag]:
    led = _led_by(viewer)
    if not led:
        return []
    rows = db.session.scalars(
        select(Supervisionssession)
        .join(Supervisionssession.dag)
        .where(chosen, Supervisionsdag.sendt_at.is_not(None), Supervisionssession.fokusperson_id.in_(led))
        .where(
            Supervisionsdag.organisation_id.in_(
                select(Team.organisation_id).where(Team.id.in_(viewer.team_ids(TEAMLEDER)))
            )
        )
        .where(Supervisionssession.kontrakt_id.is_not(None), Supervisionssession.aflyst_at.is_(None))
        .order_by(Supervisionsdag.dato, Supervisionssession.start, Supervisionssession.id)
        .options(*_SESSION)
    )
    found: dict[UUID, Teamdag] = {}
    for session in rows:
        found.setdefault(session.dag_id, Teamdag(session.dag, [])).sessioner.append(session)
    return list(found.values())


def _handed_to(viewer: Person) -> Select[Dagenslinje]:
    return (
        select(Dagenslinje)
        .where(Dagenslinje.givet_videre_til == viewer.id)
        .options(
            joinedload(Dagenslinje.session).joinedload(Supervisionssession.fokusperson),
            joinedload(Dagenslinje.session).joinedload(Supervisionssession.supervisor),
            joinedload(Dagenslinje.session).joinedload(Supervisionssession.dag),
        )
    )


def _hold(session_id: UUID) -> None:
    db.session.scalar(
        select(Supervisionssession.id).where(Supervisionssession.id == session_id).with_for_update()
    )

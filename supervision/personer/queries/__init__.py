"""Reading organisations, teams and people; what a viewer may know of them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from supervision import clock
from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.personer import rules
from supervision.personer.models import Organisation, Person, Rolletildeling, Team
from supervision.personer.rules.ordvalg import ORDINAER, SMART_A, Ordvalg
from supervision.problems import NotFound

_HELD = "organisationer_med_ord"
"""In a session's info: the organisations whose words were asked for."""


def find_person_by_email(email: str) -> Person | None:
    """The person with this e-mail, whatever its case."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def get_person(person_id: UUID, *, viewer: Person) -> Person:
    """A person the viewer may make a kontrakt with (see `list_kolleger`), or the viewer. Raises NotFound."""
    if person_id == viewer.id:
        return viewer
    for kollega in list_kolleger(viewer=viewer):
        if kollega.id == person_id:
            return kollega
    raise NotFound


def list_kolleger(*, viewer: Person) -> list[Person]:
    """Active people the viewer can sit in with: the own organisation's, and those a supervisor's grant joins.

    Sorted as Danish sorts names; the viewer is not among them.
    """
    day = clock.today()
    organisations = {viewer.organisation_id} | {
        rolle.organisation_id for rolle in viewer.roller(rules.SUPERVISOR) if rolle.organisation_id
    }
    visiting = (
        select(Rolletildeling.person_id)
        .where(Rolletildeling.rolle == rules.SUPERVISOR)
        .where(Rolletildeling.organisation_id == viewer.organisation_id)
        .where(Rolletildeling.fra <= day)
        .where((Rolletildeling.til.is_(None)) | (Rolletildeling.til > day))
    )
    people = db.session.scalars(
        select(Person)
        .options(selectinload(Person.rolletildelinger))
        .where(Person.active)
        .where(Person.id != viewer.id)
        .where(Person.organisation_id.in_(organisations) | Person.id.in_(visiting))
    )
    return sorted(
        (person for person in people if not _only_runs_the_system(person)),
        key=lambda person: sorteringsnoegle(person.navn),
    )


def list_teamledere(person: Person) -> list[Person]:
    """Those who lead the person's team today."""
    team_ids = person.team_ids(rules.MEDARBEJDER)
    if not team_ids:
        return []
    day = clock.today()
    ledere: Sequence[Person] = db.session.scalars(
        select(Person)
        .join(Rolletildeling, Rolletildeling.person_id == Person.id)
        .where(Rolletildeling.rolle == rules.TEAMLEDER, Rolletildeling.team_id.in_(team_ids))
        .where(Rolletildeling.fra <= day)
        .where((Rolletildeling.til.is_(None)) | (Rolletildeling.til > day))
        .distinct()
    ).all()
    return sorted(
        (leder for leder in ledere if leder.id != person.id), key=lambda p: sorteringsnoegle(p.navn)
    )


def list_organisationer() -> list[Organisation]:
    """All organisations with their teams, sorted."""
    found = db.session.scalars(select(Organisation).options(selectinload(Organisation.teams)))
    return sorted(found, key=lambda organisation: sorteringsnoegle(organisation.navn))


def get_organisation_to_word(organisation_id: UUID, *, viewer: Person) -> Organisation:
    """The organisation, for whoever may choose its words: as for its catalogue. Raises NotFound."""
    found = db.session.get(Organisation, organisation_id)
    if found is None or not viewer.maa_rette_katalog(organisation_id):
        raise NotFound
    return found


def ord_of(organisation_id: UUID) -> Ordvalg:
    """The organisation's words; ours when there is no such organisation.

    The session holds on to the organisation, so that a page asks for it once.
    """
    held: dict[UUID, Organisation | None] = db.session.info.setdefault(_HELD, {})
    held[organisation_id] = found = db.session.get(Organisation, organisation_id)
    return found.ord if found else ORDINAER


def smart_a_of(organisation_id: UUID) -> str:
    """What the A of SMART is in the organisation: a key of `rules.ordvalg.SMART_A`."""
    found = db.session.get(Organisation, organisation_id)
    return found.smart_a if found else next(iter(SMART_A))


def list_teams(organisation_id: UUID) -> list[Team]:
    """An organisation's teams, sorted."""
    found = db.session.scalars(select(Team).where(Team.organisation_id == organisation_id))
    return sorted(found, key=lambda team: sorteringsnoegle(team.navn))


def _only_runs_the_system(person: Person) -> bool:
    day = clock.today()
    names = {rolle.rolle for rolle in person.rolletildelinger if rules.gaelder(rolle, day)}
    return names == {rules.ADMINISTRATOR}

"""What an administrator decides about sign-in from a provider: whom it knows, and what its claims give."""

from __future__ import annotations

from uuid import UUID, uuid4

from supervision import clock, history
from supervision.db import db
from supervision.personer import rules
from supervision.personer.actions.ekstern_login import tie
from supervision.personer.actions.people import sign_out_everywhere
from supervision.personer.actions.uniqueness import flushed
from supervision.personer.models import EksternIdentitet, Kommunelogin, Loginregel, Organisation, Person
from supervision.personer.queries.administration import only_administrators
from supervision.personer.queries.ekstern_login import find_kommunelogin_of, list_regler
from supervision.personer.rules.ekstern_login import UkendtPerson, check_regel, check_vaerdi
from supervision.problems import RuleBroken


def set_kommunelogin(
    organisation: Organisation, *, issuer: str, vaerdi: str, opretter_personer: bool, by: Person
) -> Kommunelogin:
    """By which value the issuer names the organisation, and whether its unknown people are made.

    Raises RuleBroken (vaerdi) when it is empty or names another organisation.
    """
    only_administrators(by)
    kept = find_kommunelogin_of(organisation.id, issuer)
    wanted = check_vaerdi(vaerdi, "vaerdi")
    made = kept or Kommunelogin(id=uuid4(), organisation_id=organisation.id, issuer=issuer)
    with flushed("Den værdi står allerede ved en anden organisation.", "vaerdi"):
        made.vaerdi, made.opretter_personer = wanted, opretter_personer
        db.session.add(made)
    history.note("ret" if kept else "opret", made, by=by.id)
    return made


def add_regel(
    organisation: Organisation, *, vaerdi: str, rolle: str, team_id: UUID | None, by: Person
) -> Loginregel:
    """A claim that gives a role from the next sign-in on. Raises RuleBroken on the field."""
    only_administrators(by)
    value = check_vaerdi(vaerdi, "vaerdi")
    team_id = team_id if rolle in rules.TEAM_ROLLER else None
    check_regel(rolle=rolle, team_id=team_id)
    if team_id is not None and team_id not in {team.id for team in organisation.teams}:
        raise RuleBroken("Vælg et af organisationens egne teams.", "team")
    if any((r.vaerdi, r.rolle, r.team_id) == (value, rolle, team_id) for r in list_regler(organisation.id)):
        raise RuleBroken("Den regel er der allerede.", "vaerdi")
    made = Loginregel(
        id=uuid4(),
        organisation_id=organisation.id,
        vaerdi=value,
        rolle=rolle,
        team_id=team_id,
        oprettet_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    history.note("opret", made, by=by.id)
    return made


def remove_regel(regel: Loginregel, *, by: Person) -> None:
    """Take the rule away. Roles that it gave stay, and are the administrator's from now on."""
    only_administrators(by)
    history.note("slet", regel, by=by.id)
    db.session.delete(regel)
    db.session.flush()


def add_identitet(person: Person, *, issuer: str, subject: str, by: Person) -> EksternIdentitet:
    """Say beforehand how a provider knows the person. Raises RuleBroken (subject)."""
    only_administrators(by)
    try:
        return tie(person, issuer=issuer, subject=check_vaerdi(subject, "subject"), by=by)
    except UkendtPerson as problem:
        raise RuleBroken(
            "Det id hører til en anden, eller personen er allerede knyttet til den udsteder.", "subject"
        ) from problem


def remove_identitet(identitet: EksternIdentitet, *, by: Person) -> None:
    """The provider's subject is nobody here any more; the person is signed out everywhere."""
    only_administrators(by)
    history.note("slet", identitet, by=by.id)
    sign_out_everywhere(identitet.person)
    db.session.delete(identitet)
    db.session.flush()

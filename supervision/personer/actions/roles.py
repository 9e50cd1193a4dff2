"""Giving roles and ending them; a role is never deleted."""

from __future__ import annotations

from datetime import date

from supervision import clock, history
from supervision.db import db
from supervision.personer import rules
from supervision.personer.actions.adgang import end_all
from supervision.personer.actions.uniqueness import flushed
from supervision.personer.models import Organisation, Person, Rolletildeling, Team
from supervision.personer.queries.administration import only_administrators
from supervision.problems import RuleBroken

CHANGED_MEANWHILE = "Personens roller er netop ændret af en anden. Se dem igen, og prøv en gang til."


def give_rolle(
    person: Person,
    *,
    rolle: str,
    fra: date,
    by: Person,
    til: date | None = None,
    team: Team | None = None,
    organisation: Organisation | None = None,
    retter_katalog: bool = False,
) -> Rolletildeling:
    """A role from `fra` up to (not with) `til`. A medarbejder leaves the old team on that day.

    What does not belong to the role (a team for a supervisor, `retter_katalog` for anybody else) is left out.
    Raises RuleBroken on the field.
    """
    only_administrators(by)
    ny = Rolletildeling(
        person_id=person.id,
        rolle=rolle,
        team_id=team.id if team and rolle in rules.TEAM_ROLLER else None,
        organisation_id=organisation.id if organisation and rolle == rules.SUPERVISOR else None,
        fra=fra,
        til=til,
        givet_af=by.id,
        retter_katalog=retter_katalog and rolle == rules.SUPERVISOR,
    )
    rules.check_rolle(rolle, team_id=ny.team_id, organisation_id=ny.organisation_id)
    rules.check_periode(fra, til)
    if ny.team_id and team and team.organisation_id != person.organisation_id:
        raise RuleBroken("Vælg et team i personens egen organisation.", "team")
    rules.check_not_held(person.rolletildelinger, ny)
    if rolle == rules.MEDARBEJDER:
        _leave_teams(person, fra, by=by)
    with flushed(CHANGED_MEANWHILE):
        db.session.add(ny)
    history.note("giv", ny, by=by.id)
    db.session.expire(person, ["rolletildelinger"])
    if fra <= clock.today():
        _begin_afresh(person, by=by)
    return ny


def set_katalogret(rolle: Rolletildeling, *, retter_katalog: bool, by: Person) -> Rolletildeling:
    """Give or take a supervisor's right to the organisation's catalogue. Nothing is noted when it is as before.

    Raises RuleBroken (retter_katalog) for another role and for one that is over.
    """
    only_administrators(by)
    rules.check_katalogret(rolle, clock.today())
    if retter_katalog != rolle.retter_katalog:
        rolle.retter_katalog = retter_katalog
        _begin_afresh(rolle.person, by=by)
        history.note("giv_katalogret" if retter_katalog else "tag_katalogret", rolle, by=by.id)
        db.session.flush()
    return rolle


def end_rolle(rolle: Rolletildeling, *, til: date, by: Person) -> Rolletildeling:
    """End a role; `til` is the first day without it. Raises RuleBroken (til), and for one's own last."""
    only_administrators(by)
    rules.check_slut(rolle, til, clock.today())
    rules.check_own_administrator_role(rolle, by.rolletildelinger, til)
    rolle.til = til
    history.note("slut", rolle, by=by.id)
    db.session.flush()
    if til <= clock.today():
        _begin_afresh(rolle.person, by=by)
    return rolle


def _begin_afresh(person: Person, *, by: Person) -> None:
    """Whoever may do something else from now on signs in again; one's own session gets another secret (`renew`)."""
    if person.id != by.id:
        end_all(person)


def _leave_teams(person: Person, fra: date, *, by: Person) -> None:
    for old in rules.teams_left_behind(person.rolletildelinger, fra):
        old.til = fra
        history.note("slut", old, by=by.id)
    db.session.flush()

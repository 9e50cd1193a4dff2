"""Making and changing organisations and their teams."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from supervision import history
from supervision.db import db
from supervision.personer import rules
from supervision.personer.actions.uniqueness import flushed
from supervision.personer.models import Organisation, Person, Team
from supervision.personer.queries.administration import only_administrators
from supervision.personer.rules import wording
from supervision.personer.rules.ordvalg import SMART_A, Ordvalg
from supervision.problems import NotFound, RuleBroken

ORGANISATION_TAKEN = "Der er allerede en organisation med det navn."
TEAM_TAKEN = "Organisationen har allerede et team med det navn."


def create_organisation(*, navn: str, slags: str, by: Person) -> Organisation:
    """A new organisation. Raises RuleBroken (navn, slags)."""
    only_administrators(by)
    organisation = Organisation(navn=_free_navn(navn, None), slags=_slags(slags))
    with flushed(ORGANISATION_TAKEN, "navn"):
        db.session.add(organisation)
    history.note("opret", organisation, by=by.id)
    return organisation


def change_organisation(organisation: Organisation, *, navn: str, slags: str, by: Person) -> Organisation:
    """A new name or kind. Nothing is noted when both are as before. Raises RuleBroken with the field."""
    only_administrators(by)
    new = (_free_navn(navn, organisation.id), _slags(slags))
    if new != (organisation.navn, organisation.slags):
        with flushed(ORGANISATION_TAKEN, "navn"):
            organisation.navn, organisation.slags = new
        history.note("ret", organisation, by=by.id)
    return organisation


def change_ord(
    organisation: Organisation, *, ordvalg: Ordvalg, smart_a: str, taletid_graense: int | None, by: Person
) -> Organisation:
    """The organisation's words, SMART's A and the limit of the talk time; for whoever may change its catalogue.

    Nothing is noted when all are as before. Raises NotFound, or RuleBroken (smart_a, taletid_graense).
    """
    if not by.maa_rette_katalog(organisation.id):
        raise NotFound
    if smart_a not in SMART_A:
        raise RuleBroken("Vælg en af mulighederne.", "smart_a")
    new = (ordvalg.som_data(), smart_a, rules.check_taletid_graense(taletid_graense))
    if new != (organisation.ordvalg, organisation.smart_a, organisation.taletid_graense):
        organisation.ordvalg, organisation.smart_a, organisation.taletid_graense = new
        history.note("ret_ord", organisation, by=by.id)
        db.session.flush()
    return organisation


def create_team(*, organisation: Organisation, navn: str, by: Person) -> Team:
    """A new team in the organisation. Raises RuleBroken (navn)."""
    only_administrators(by)
    team = Team(organisation_id=organisation.id, navn=_free_team(navn, organisation.id, None))
    with flushed(TEAM_TAKEN, "navn"):
        db.session.add(team)
    history.note("opret", team, by=by.id)
    return team


def change_team(team: Team, *, navn: str, by: Person) -> Team:
    """A new name. Nothing is noted when it is the old one. Raises RuleBroken (navn)."""
    only_administrators(by)
    navn = _free_team(navn, team.organisation_id, team.id)
    if navn != team.navn:
        with flushed(TEAM_TAKEN, "navn"):
            team.navn = navn
        history.note("ret", team, by=by.id)
    return team


def _slags(slags: str) -> str:
    if slags not in rules.ORGANISATION_SLAGS:
        raise RuleBroken("Vælg, hvad det er for en organisation.", "slags")
    return slags


def _free_navn(navn: str, own_id: UUID | None) -> str:
    taken = db.session.execute(select(Organisation.id, Organisation.navn)).all()
    return _free(wording.navn(navn), taken, own_id, ORGANISATION_TAKEN)


def _free_team(navn: str, organisation_id: UUID, own_id: UUID | None) -> str:
    taken = db.session.execute(
        select(Team.id, Team.navn).where(Team.organisation_id == organisation_id)
    ).all()
    return _free(wording.navn(navn), taken, own_id, TEAM_TAKEN)


def _free(navn: str, taken: Iterable[Any], own_id: UUID | None, refusal: str) -> str:
    if any(wording.same(navn, other) and row_id != own_id for row_id, other in taken):
        raise RuleBroken(refusal, "navn")
    return navn

"""Reading who is known by which provider, and what an organisation's claims give."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from supervision.db import db
from supervision.personer.models import EksternIdentitet, Kommunelogin, Loginregel, Person
from supervision.personer.queries.administration import only_administrators
from supervision.problems import NotFound


def find_identitet(issuer: str, subject: str) -> EksternIdentitet | None:
    """Whom the provider means."""
    return db.session.scalar(
        select(EksternIdentitet).where(EksternIdentitet.issuer == issuer, EksternIdentitet.subject == subject)
    )


def find_kommunelogin(issuer: str, vaerdi: str) -> Kommunelogin | None:
    """Which organisation the issuer means by this value."""
    return db.session.scalar(
        select(Kommunelogin).where(Kommunelogin.issuer == issuer, Kommunelogin.vaerdi == vaerdi)
    )


def find_kommunelogin_of(organisation_id: UUID, issuer: str) -> Kommunelogin | None:
    """By which value the issuer names this organisation."""
    return db.session.scalar(
        select(Kommunelogin).where(
            Kommunelogin.organisation_id == organisation_id, Kommunelogin.issuer == issuer
        )
    )


def list_regler(organisation_id: UUID) -> list[Loginregel]:
    """What the claims of an organisation's people give, in the order it was written."""
    return list(
        db.session.scalars(
            select(Loginregel)
            .where(Loginregel.organisation_id == organisation_id)
            .options(selectinload(Loginregel.team))
            .order_by(Loginregel.oprettet_at, Loginregel.id)
        )
    )


def list_kommunelogin(organisation_id: UUID, *, viewer: Person) -> list[Kommunelogin]:
    """By which values the issuers name the organisation."""
    only_administrators(viewer)
    return list(
        db.session.scalars(
            select(Kommunelogin)
            .where(Kommunelogin.organisation_id == organisation_id)
            .order_by(Kommunelogin.issuer)
        )
    )


def list_identiteter(person_id: UUID, *, viewer: Person) -> list[EksternIdentitet]:
    """How the providers know a person."""
    only_administrators(viewer)
    return list(
        db.session.scalars(
            select(EksternIdentitet)
            .where(EksternIdentitet.person_id == person_id)
            .order_by(EksternIdentitet.issuer)
        )
    )


def get_identitet(identitet_id: UUID, *, viewer: Person) -> EksternIdentitet:
    """One of them. Raises NotFound."""
    only_administrators(viewer)
    found = db.session.get(EksternIdentitet, identitet_id)
    if found is None:
        raise NotFound
    return found


def get_regel(regel_id: UUID, *, viewer: Person) -> Loginregel:
    """One rule. Raises NotFound."""
    only_administrators(viewer)
    found = db.session.get(Loginregel, regel_id)
    if found is None:
        raise NotFound
    return found

"""What the tests of both kinds of sign-in from a provider share: the installation, the people, and who came in."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Flask
from people import World

from supervision import clock
from supervision.db import db
from supervision.personer.models import EksternIdentitet, Kommunelogin, Loginregel, Person, Rolletildeling
from supervision.sso_config import SsoSettings

LOGGER = "supervision"


@contextmanager
def installed(app: Flask, sso: SsoSettings, public_url: str = "http://localhost") -> Iterator[Flask]:
    """The application as an installation with these ways in."""
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, public_url=public_url, sso=sso)
    try:
        yield app
    finally:
        app.extensions["settings"] = before


def known(app: Flask, world: World, issuer: str, **subjects: str) -> None:
    """Tie people of the world to the provider's subjects."""
    with app.app_context():
        for name, subject in subjects.items():
            person = db.session.get_one(Person, world.people[name])
            db.session.add(
                EksternIdentitet(
                    organisation_id=person.organisation_id,
                    person_id=person.id,
                    issuer=issuer,
                    subject=subject,
                    oprettet_at=clock.now(),
                )
            )
        db.session.commit()
        db.session.remove()


def add_rows(app: Flask, *rows: Any) -> None:
    with app.app_context():
        db.session.add_all(rows)
        db.session.commit()
        db.session.remove()


def kommunelogin(world: World, issuer: str, vaerdi: str, *, makes: bool) -> Kommunelogin:
    home = world.organisations["jobcenter"]
    return Kommunelogin(organisation_id=home, issuer=issuer, vaerdi=vaerdi, opretter_personer=makes)


def regel(world: World, vaerdi: str, rolle: str, team: str | None = None) -> Loginregel:
    return Loginregel(
        organisation_id=world.organisations["jobcenter"],
        vaerdi=vaerdi,
        rolle=rolle,
        team_id=world.teams[team] if team else None,
        oprettet_at=clock.now(),
    )


def roles_of(app: Flask, person_id: UUID) -> set[tuple[str, UUID | None]]:
    """The person's roles in force, with their team or organisation."""
    with app.app_context():
        rows = db.session.query(Rolletildeling).filter_by(person_id=person_id)
        day = clock.today()
        found = {(r.rolle, r.team_id or r.organisation_id) for r in rows if r.til is None or day < r.til}
        db.session.remove()
    return found


def hidden_fields(page: Any) -> dict[str, str]:
    """What the page between provider and us sends on."""
    source = page.get_data(as_text=True).split("data-videre", 1)[1]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', source)
    return {name: html.unescape(value) for name, value in found}


def signed_in_as(app: Flask, client: Any) -> str:
    """The name of whoever the session belongs to; empty for nobody."""
    with client.session_transaction() as session:
        uniquifier = session.get("_user_id")
    if uniquifier is None:
        return ""
    with app.app_context():
        person = db.session.query(Person).filter_by(fs_uniquifier=uniquifier).one()
        name = person.email.split("@")[0]
        db.session.remove()
    return name


def only_words(records: list[Any], secrets: tuple[str, ...]) -> list[str]:
    """The reasons in the log, each a word; fails on a line that carries anything of the answer or the person."""
    reasons = []
    for record in records:
        if record.levelno < logging.WARNING:
            continue  # a request, told by its endpoint, where an earlier test has left requests told
        line = record.getMessage()
        found = re.fullmatch(r"kommunelog(?:in|ud)_afvist vej=(oidc|saml) grund=([a-z0-9_]+)", line)
        assert found is not None, line
        assert not any(secret in line for secret in secrets), line
        reasons.append(found.group(2))
    return reasons

"""What is run by hand: the first administrator, before anybody can sign in."""

from __future__ import annotations

import click
from sqlalchemy import select

from supervision import clock, create_app, history
from supervision.db import db
from supervision.maintenance import upgrade_database
from supervision.personer import rules
from supervision.personer.actions.invitations import new_token
from supervision.personer.models import Organisation, Person, Rolletildeling
from supervision.personer.queries import find_person_by_email, list_organisationer
from supervision.personer.rules import wording
from supervision.problems import RuleBroken


@click.command()
@click.option("--navn", prompt="Navn", help="Administratorens navn.")
@click.option("--email", prompt="E-mail", help="Den, der logges ind med.")
@click.option("--organisation", prompt="Organisation", help="Navnet; findes den ikke, oprettes den.")
@click.option(
    "--slags",
    type=click.Choice(list(rules.ORGANISATION_SLAGS)),
    default="jobcenter",
    show_default=True,
    help="Hvad en ny organisation er.",
)
@click.option("--endnu-en", is_flag=True, help="Også når der er en administrator i forvejen.")
def opret_administrator(navn: str, email: str, organisation: str, slags: str, endnu_en: bool) -> None:
    """Opret den første administrator, og få et link til at vælge adgangskode.

    Er personen allerede administrator, laves der et nyt link.
    """
    app = create_app()
    upgrade_database(app)
    with app.app_context():
        person = _administrator(wording.navn(navn), wording.email(email), organisation, slags, endnu_en)
        token = new_token(person, by=None)
        name = person.navn
        db.session.commit()
    click.echo(f"{name} er administrator. Åbn linket på systemets adresse, og vælg en adgangskode:")
    click.echo(f"  /invitation/{token}")
    click.echo("Linket virker i tre døgn og kan kun bruges én gang. Det vises kun her.")


def _administrator(navn: str, email: str, organisation: str, slags: str, endnu_en: bool) -> Person:
    known = find_person_by_email(email)
    if known is not None:
        if not (known.active and known.har_rolle(rules.ADMINISTRATOR)):
            raise RuleBroken(
                f"{email} bruges af en person, der ikke er administrator. Giv rollen under Administration."
            )
        return known
    others = _administrators()
    if others and not endnu_en:
        raise RuleBroken(
            f"Der er allerede en administrator: {', '.join(others)}. Opret flere under Administration, "
            "eller brug --endnu-en."
        )
    home = _organisation(wording.navn(organisation, "organisation"), slags)
    person = Person(navn=navn, email=email, organisation_id=home.id)
    db.session.add(person)
    db.session.flush()
    rolle = Rolletildeling(person_id=person.id, rolle=rules.ADMINISTRATOR, fra=clock.today())
    db.session.add(rolle)
    db.session.flush()
    history.note("opret", person, by=None)
    history.note("giv", rolle, by=None)
    return person


def _administrators() -> list[str]:
    found = db.session.scalars(
        select(Person)
        .join(Rolletildeling, Rolletildeling.person_id == Person.id)
        .where(Rolletildeling.rolle == rules.ADMINISTRATOR, Person.active)
        .order_by(Person.navn)
    ).unique()
    return [person.navn for person in found if person.har_rolle(rules.ADMINISTRATOR)]


def _organisation(navn: str, slags: str) -> Organisation:
    for known in list_organisationer():
        if wording.same(known.navn, navn):
            return known
    made = Organisation(navn=navn, slags=slags)
    db.session.add(made)
    db.session.flush()
    history.note("opret", made, by=None)
    return made

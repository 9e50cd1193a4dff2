"""`supervision demo`: make or top up the demo, say who can sign in, and serve it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime

import click
from flask import Flask
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from sqlalchemy import select

from supervision import clock, create_app
from supervision.danish import dato
from supervision.db import db
from supervision.demo.people import BY_KEY, PASSWORD, SIGN_INS
from supervision.maintenance import upgrade_database
from supervision.personer.models import Person
from supervision.problems import RuleBroken

WARNING = (
    "Demoen er kun til at prøve: alle har samme adgangskode. Skriv ikke rigtige oplysninger om nogen i den."
)


@click.command()
@click.option("--port", default=8000, show_default=True, help="Porten.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adressen, der lyttes på.")
@click.option("--kun-data", is_flag=True, help="Lav kun dataene, og kør ikke systemet.")
@click.option(
    "--til", type=click.DateTime(["%Y-%m-%d"]), help="Den dag, livet i demoen når til (ÅÅÅÅ-MM-DD)."
)
def demo(port: int, host: str, kun_data: bool, til: datetime | None) -> None:
    """Lav (eller fyld op) en levende demo, og kør den.

    Opfundne mennesker, et år med samtaler og feedback frem til i dag. Køres den igen samme dag, ændres intet.
    """
    today = _day(til)
    os.environ.setdefault("LOG_REQUESTS", "nej")  # the terminal is for whoever tries it
    app = create_app()
    upgrade_database(app)
    changed = make_demo(app, today)
    console = Console(highlight=False)
    console.print(f"Demoen er fyldt op til {dato(today)}." if changed else "Demoen er allerede fyldt op.")
    if kun_data:
        return
    from supervision.server import run_server

    _say_who(console, f"http://{host}:{port}", addresses(app))
    run_server(host, port)


def make_demo(app: Flask, today: date) -> bool:
    """Make or top up the demo in the app's database. False: it was up to date. Raises NotADemo."""
    from supervision.demo.build import top_up
    from supervision.sign_in import hash_of

    bar = Progress(
        TextColumn("Samtaler"), BarColumn(), TextColumn("{task.completed} af {task.total}"), transient=True
    )
    with app.app_context(), bar:
        task = bar.add_task("", total=None)
        return top_up(
            today, lambda: hash_of(PASSWORD), lambda done, of: bar.update(task, completed=done, total=of)
        )


def _day(til: datetime | None) -> date:
    today = clock.today()
    if til is None:
        return today
    if til.date() > today:
        raise RuleBroken("Demoen kan ikke nå længere end til i dag.")
    return til.date()


def addresses(app: Flask) -> dict[str, str]:
    """Whom one can be, as it stands now: key -> e-mail. Who was erased or closed by a visitor is not among them."""
    from supervision.demo.ids import id_of

    with app.app_context():
        people = {one.id: one for one in db.session.scalars(select(Person).where(Person.active))}
        there = {key: people.get(id_of("person", key)) for key, _ in SIGN_INS}
        found = {key: person.email for key, person in there.items() if person is not None}
        db.session.remove()
    return found


def _say_who(console: Console, address: str, emails: Mapping[str, str]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("E-mail", "Navn", "Hvem"):
        table.add_column(heading, no_wrap=True)
    for key, who in SIGN_INS:
        if key in emails:
            table.add_row(emails[key], BY_KEY[key].navn, who)
    console.print(f"\nÅbn {address} og log ind som en af dem her. Stop med ctrl+C.\n")
    console.print(table)
    console.print(f"\nAdgangskoden er den samme for alle: [bold]{PASSWORD}[/bold]\n")
    console.print(WARNING)

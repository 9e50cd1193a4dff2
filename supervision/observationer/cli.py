"""`supervision maal` and `supervision importer`: event logs by hand, from files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from supervision.observationer.formats import FileRefused
from supervision.observationer.formats.csv_log import read_logs
from supervision.observationer.measures import maal_line
from supervision.problems import RuleBroken

if TYPE_CHECKING:
    from rich.progress import Progress

    from supervision.observationer.actions.importing import Imported, Logs
    from supervision.personer.models import Organisation, Person

REFUSED = 2
"""The exit code when a file or a choice is refused."""
MOST_CHOICES = 30


@click.command()
@click.argument("fil")
def maal(fil: str) -> None:
    """Regn på hændelseslogge i en CSV-fil (- er standard ind): ét JSON-objekt pr. log."""
    with _refusal_told(fil), _opened(fil) as stream:
        logs = read_logs(stream)
    out = sys.stdout.buffer
    try:
        for (observation, observatoer), rows in logs.items():
            line = maal_line(observation, observatoer, (row.haendelse for row in rows))
            out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


@click.command()
@click.argument("fil")
@click.option(
    "--organisation", required=True, metavar="NAVN", help="Organisationen, som loggene hører til i."
)
@click.option("--person", required=True, metavar="EMAIL", help="Den, der blev observeret.")
@click.option("--dato", default="", metavar="ÅÅÅÅ-MM-DD", help="Dagen for samtalerne. Udeladt: i dag.")
def importer(fil: str, organisation: str, person: str, dato: str) -> None:
    """Hent hændelseslogge ind fra en CSV-fil til én person. Alt kommer ind, eller intet gør."""
    from supervision import create_app
    from supervision.maintenance import upgrade_database

    app = create_app()
    upgrade_database(app)
    with app.app_context():
        _import(fil, organisation, person, dato)


def _import(fil: str, organisation: str, email: str, dato: str) -> None:
    from supervision.db import db
    from supervision.observationer.actions.importing import import_logs

    dag = _day(dato)
    chosen = _organisation(organisation)
    fokusperson = _person(chosen, email)
    with _refusal_told(fil), progress_bar() as progress:
        logs = _read(fil, progress)
        task = progress.add_task("Gemmer", total=sum(map(len, logs.values())))
        try:
            imported = import_logs(
                logs=logs,
                organisation=chosen,
                fokusperson=fokusperson,
                dag=dag,
                by=None,
                progress=lambda stored: progress.update(task, completed=stored),
            )
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
    click.echo(_summary(imported))


def _day(dato: str) -> date:
    from supervision import clock

    if not dato:
        return clock.today()
    try:
        day = date.fromisoformat(dato)
    except ValueError:
        raise RuleBroken(f"Datoen »{dato}« kan ikke læses. Skriv den som 2026-03-31.", "dato") from None
    if day > clock.today():
        raise RuleBroken(f"Datoen {dato} ligger i fremtiden.", "dato")
    return day


def _organisation(navn: str) -> Organisation:
    from supervision.personer.queries import list_organisationer

    known = list_organisationer()
    for organisation in known:
        if organisation.navn.casefold() == navn.strip().casefold():
            return organisation
    raise RuleBroken(f"Der er ingen organisation, der hedder »{navn}«. {_choices(o.navn for o in known)}")


def _person(organisation: Organisation, email: str) -> Person:
    from supervision.personer.queries import find_person_by_email

    found = find_person_by_email(email)
    if found is not None and found.active and found.organisation_id == organisation.id:
        return found
    here = f"{organisation.navn}. {_choices(_active_emails(organisation))}"
    if found is None:
        raise RuleBroken(f"Der er ingen med e-mailen »{email}« i {here}")
    if not found.active:
        raise RuleBroken(f"{found.navn} er lukket og kan ikke få logge i {here}")
    raise RuleBroken(f"{found.navn} hører ikke til i {here}")


def _active_emails(organisation: Organisation) -> Iterator[str]:
    from sqlalchemy import select

    from supervision.db import db
    from supervision.personer.models import Person

    wanted = select(Person).where(Person.organisation_id == organisation.id, Person.active)
    return (f"{person.email} ({person.navn})" for person in db.session.scalars(wanted.order_by(Person.email)))


def _choices(found: Iterable[str]) -> str:
    names = list(found)
    if not names:
        return "Der er ingen at vælge imellem endnu."
    more = [f"… og {len(names) - MOST_CHOICES} til"] if len(names) > MOST_CHOICES else []
    return "\n".join(["Vælg mellem:", *(f"  {name}" for name in names[:MOST_CHOICES] + more)])


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on stderr; nothing at all when that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield progress


def _read(fil: str, progress: Progress) -> Logs:
    size = None if fil == "-" else Path(fil).stat().st_size if Path(fil).is_file() else None
    task = progress.add_task("Læser", total=size)
    with _opened(fil) as stream:
        return read_logs(stream, progress=lambda size, _rows: progress.update(task, completed=size))


@contextmanager
def _opened(fil: str) -> Iterator[BinaryIO]:
    """The file, or standard input for "-". Raises RuleBroken when it cannot be opened."""
    if fil == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = open(fil, "rb")  # noqa: SIM115
    except FileNotFoundError:
        raise RuleBroken(f"Filen {fil} findes ikke.") from None
    except OSError as problem:
        raise RuleBroken(f"Filen {fil} kan ikke åbnes ({problem.strerror}).") from None
    with stream:
        yield stream


@contextmanager
def _refusal_told(fil: str) -> Iterator[None]:
    """Say what is wrong in a refused file, by line and field, and end with REFUSED."""
    try:
        yield
    except FileRefused as refused:
        for problem in refused.problems:
            click.echo(f"{fil}, {problem}" if problem.line else f"{fil}: {problem}", err=True)
        count = len(refused.problems)
        number = f"mindst {count} fejl" if refused.stopped else "én fejl" if count == 1 else f"{count} fejl"
        click.echo(f"Filen er afvist, {number}. Intet er regnet eller gemt.", err=True)
        sys.exit(REFUSED)


def _summary(imported: Imported) -> str:
    known, new = imported.kendte_logge, imported.nye_logge
    parts = []
    if new:
        parts.append(f"{_logge(new)} hentet ind.")
    if known:
        parts.append(f"{_logge(known)} fandtes allerede.")
    if not imported.haendelser:
        return " ".join([*parts, "Intet er lagt til."])
    if imported.udvidede_logge:
        parts.append(f"{_logge(imported.udvidede_logge)} af dem fik nye hændelser.")
    parts.append(
        f"I alt {imported.haendelser} nye {'hændelse' if imported.haendelser == 1 else 'hændelser'}."
    )
    return " ".join(parts)


def _logge(n: int) -> str:
    return "1 log" if n == 1 else f"{n} logge"

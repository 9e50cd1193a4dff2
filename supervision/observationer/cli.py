"""`supervision maal`, `supervision enighed` and `supervision importer`: event logs by hand, from files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from supervision.observationer.agreement import TOLERANCE_MS, TRIN_MS, agreement_lines
from supervision.observationer.formats import FileRefused
from supervision.observationer.formats.logfil import format_of, read_logs
from supervision.observationer.measures import maal_line
from supervision.observationer.rules import MAX_T_MS, PARTER, SPOR_NAVNE, SPOR_UDEN_ENIGHED
from supervision.problems import RuleBroken

if TYPE_CHECKING:
    from rich.progress import Progress

    from supervision.observationer.actions.importing import Imported, Logs
    from supervision.observationer.rules import Haendelse
    from supervision.personer.models import Organisation, Person

REFUSED = 2
"""The exit code when a file or a choice is refused."""
MOST_CHOICES = 30

_taler = click.option(
    "--taler",
    "talere",
    multiple=True,
    metavar="NAVN=KODE",
    help="Hvem NAVN i en RTTM-fil er: medarbejder, borger, medarbejder2 eller tredje. Én for hver taler.",
)


@click.command()
@click.argument("fil")
@_taler
def maal(fil: str, talere: tuple[str, ...]) -> None:
    """Regn på hændelseslogge i en fil (CSV, RTTM eller .boris; - er standard ind): ét JSON-objekt pr. log."""
    mapped = _talere(talere)
    with _refusal_told(fil), _opened(fil) as stream:
        logs = read_logs(stream, _format(fil, stream, mapped), talere=mapped)
    _write_lines(
        maal_line(observation, observatoer, (row.haendelse for row in rows))
        for (observation, observatoer), rows in logs.items()
    )


@click.command()
@click.argument("fil")
@click.option(
    "--spor", required=True, metavar="SPOR", help="Sporet: taler, fase, emne, ugu, element, faerdighed …"
)
@click.option(
    "--trin",
    type=click.IntRange(1, MAX_T_MS),
    default=TRIN_MS,
    show_default=True,
    metavar="MS",
    help="Hvor langt der er mellem de øjeblikke, en tilstand sammenlignes i.",
)
@click.option(
    "--tolerance",
    type=click.IntRange(0, MAX_T_MS),
    default=TOLERANCE_MS,
    show_default=True,
    metavar="MS",
    help="Hvor langt to kryds højst må ligge fra hinanden for at være det samme.",
)
@_taler
def enighed(fil: str, spor: str, trin: int, tolerance: int, talere: tuple[str, ...]) -> None:
    """Hvor enige er observatørerne af den samme samtale? Ét JSON-objekt pr. observation i filen."""
    if spor in SPOR_UDEN_ENIGHED:
        raise RuleBroken(f"Der er ikke nogen enighed at regne på sporet {spor}.", "spor")
    mapped = _talere(talere)
    with _refusal_told(fil), _opened(fil) as stream:
        logs = read_logs(stream, _format(fil, stream, mapped), talere=mapped)
    if spor not in SPOR_NAVNE and not any(r.haendelse.spor == spor for rows in logs.values() for r in rows):
        raise RuleBroken(f"Sporet »{spor}« står ikke i filen.", "spor")
    together: dict[str, dict[str, list[Haendelse]]] = {}
    for (observation, observatoer), rows in logs.items():
        together.setdefault(observation, {})[observatoer] = [row.haendelse for row in rows]
    _write_lines(agreement_lines(together, spor, trin=trin, tolerance=tolerance))


@click.command()
@click.argument("fil")
@click.option(
    "--organisation", required=True, metavar="NAVN", help="Organisationen, som loggene hører til i."
)
@click.option("--person", required=True, metavar="EMAIL", help="Den, der blev observeret.")
@click.option("--dato", default="", metavar="ÅÅÅÅ-MM-DD", help="Dagen for samtalerne. Udeladt: i dag.")
@_taler
def importer(fil: str, organisation: str, person: str, dato: str, talere: tuple[str, ...]) -> None:
    """Hent hændelseslogge ind fra en fil (CSV, RTTM eller .boris) til én person. Alt kommer ind, eller intet gør."""
    from supervision import create_app
    from supervision.maintenance import upgrade_database

    app = create_app()
    upgrade_database(app)
    with app.app_context():
        _import(fil, organisation, person, dato, _talere(talere))


def _write_lines(lines: Iterable[Mapping[str, object]]) -> None:
    """One JSON object a line on standard output; who closes the pipe has read enough."""
    out = sys.stdout.buffer
    try:
        for line in lines:
            out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def _import(fil: str, organisation: str, email: str, dato: str, talere: Mapping[str, str]) -> None:
    from supervision.db import db
    from supervision.observationer.actions.importing import import_logs

    dag = _day(dato)
    chosen = choose_organisation(organisation)
    fokusperson = choose_person(chosen, email)
    with _refusal_told(fil), progress_bar() as progress:
        logs = _read(fil, talere, progress)
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


def choose_organisation(navn: str) -> Organisation:
    """The organisation of that name, however it is cased. Raises RuleBroken with those there are."""
    from supervision.personer.queries import list_organisationer

    known = list_organisationer()
    for organisation in known:
        if organisation.navn.casefold() == navn.strip().casefold():
            return organisation
    raise RuleBroken(f"Der er ingen organisation, der hedder »{navn}«. {_choices(o.navn for o in known)}")


def choose_person(organisation: Organisation, email: str) -> Person:
    """An active person of the organisation. Raises RuleBroken with those there are."""
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


def _talere(given: Iterable[str]) -> dict[str, str]:
    """`NAVN=kode` each -> name -> code. Raises RuleBroken."""
    found: dict[str, str] = {}
    for one in given:
        navn, _, kode = one.rpartition("=")
        if not navn or kode not in PARTER:
            raise RuleBroken(f"--taler {one} kan ikke bruges. Skriv NAVN={'|'.join(PARTER)}.", "taler")
        if found.setdefault(navn, kode) != kode:
            raise RuleBroken(f"--taler siger to ting om {navn}: {found[navn]} og {kode}.", "taler")
    return found


def _format(fil: str, stream: BinaryIO, talere: Mapping[str, str]) -> str:
    found = format_of(fil, stream)
    if talere and found != "rttm":
        raise RuleBroken("--taler bruges kun, når filen er RTTM.", "taler")
    return found


def _read(fil: str, talere: Mapping[str, str], progress: Progress) -> Logs:
    size = None if fil == "-" else Path(fil).stat().st_size if Path(fil).is_file() else None
    task = progress.add_task("Læser", total=size)
    with _opened(fil) as stream:
        return read_logs(
            stream,
            _format(fil, stream, talere),
            talere=talere,
            progress=lambda size, _rows: progress.update(task, completed=size),
        )


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
            click.echo(
                f"{fil}, {problem}" if problem.line or problem.place else f"{fil}: {problem}", err=True
            )
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

"""`supervision eksporter`: one person's own samtaler, or an organisation's published figures, in a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, TypeVar, cast

import click
from rich.progress import Progress

from supervision import clock, create_app, history
from supervision.danish import antal
from supervision.db import db
from supervision.maintenance import upgrade_database
from supervision.observationer.cli import choose_organisation, choose_person, progress_bar
from supervision.observationer.formats import samtaler_ud
from supervision.observationer.formats.filtyper import write_samtaler
from supervision.observationer.queries import iter_own, list_own_ids
from supervision.overblik import queries
from supervision.overblik.formats import udgivne_tal
from supervision.personer.models import Organisation, Person
from supervision.problems import RuleBroken

ENDINGS = {"samtaler": ("csv", "xlsx", "json", "rttm", "boris"), "tal": ("csv", "xlsx", "json")}
T = TypeVar("T")


@click.command()
@click.argument("fil", type=click.Path(path_type=Path))
@click.option("--organisation", required=True, metavar="NAVN", help="Organisationen.")
@click.option(
    "--person", metavar="EMAIL", help="Skriv den persons egne samtaler. Udeladt: de offentliggjorte tal."
)
@click.option("--uaendret", is_flag=True, help="CSV til et program: samtalernes tekster, nøjagtig som de er.")
def eksporter(fil: Path, organisation: str, person: str | None, uaendret: bool) -> None:
    """Skriv en persons egne samtaler, eller organisationens offentliggjorte tal, til FIL.

    Filens endelse bestemmer formatet: .csv, .xlsx eller .json; for samtaler også .rttm og .boris. En CSV er lavet til
    Excel og har ingen formler: et ' sættes foran en tekst, der ligner en. Filen må ikke findes i forvejen.
    """
    kind = fil.suffix.removeprefix(".").lower()
    endings = ENDINGS["samtaler" if person else "tal"]
    if kind not in endings:
        raise RuleBroken(f"Filen skal ende på {', '.join(f'.{ending}' for ending in endings)}.", "fil")
    if uaendret and (kind != "csv" or not person):
        raise RuleBroken("--uaendret bruges kun til en persons samtaler som CSV.", "uaendret")
    app = create_app()
    upgrade_database(app)
    with app.app_context(), progress_bar() as progress:
        chosen = choose_organisation(organisation)
        with _whole_or_not(fil) as out:
            if person:
                said = _write_own(
                    out, "uaendret" if uaendret else kind, choose_person(chosen, person), progress
                )
            else:
                said = _write_published(out, kind, chosen, progress)
    click.echo(f"{said} skrevet i {fil}.")


def _write_own(out: BinaryIO, kind: str, person: Person, progress: Progress) -> str:
    ids = list_own_ids(viewer=person)
    samtaler = iter_own(_counted(ids, progress, "Skriver", len(ids)), viewer=person)
    if kind == "uaendret":
        out.writelines(piece.encode() for piece in samtaler_ud.raw_csv(samtaler))
    else:
        now = clock.local(clock.now())
        write_samtaler(kind, samtaler, out, navn=f"{person.navn}: samtaler", lavet_at=now)
    history.note("skrev_samtaler_til_fil", person, by=None)
    db.session.commit()
    return antal(len(ids), "Én observation er", "observationer er")


def _write_published(out: BinaryIO, kind: str, organisation: Organisation, progress: Progress) -> str:
    linjer = list(queries.iter_udgivne(organisation))
    udgivne_tal.write(kind, _counted(linjer, progress, "Skriver", len(linjer)), out)
    return antal(len(linjer), "Ét tal er", "tal er")


def _counted(found: Iterable[T], progress: Progress, words: str, total: int) -> Iterator[T]:
    task = progress.add_task(words, total=total)
    for one in found:
        yield one
        progress.advance(task)


@contextmanager
def _whole_or_not(fil: Path) -> Iterator[BinaryIO]:
    """A file that only its owner can read, and that is there when all of it is written. Raises RuleBroken."""
    if fil.exists():
        raise RuleBroken(f"Filen {fil} findes allerede. Vælg et andet navn.", "fil")
    try:
        out = NamedTemporaryFile(dir=fil.absolute().parent, delete=False)  # noqa: SIM115
    except OSError as problem:
        raise RuleBroken(f"Filen {fil} kan ikke skrives ({problem.strerror}).", "fil") from None
    try:
        with out:
            yield cast("BinaryIO", out)
        os.replace(out.name, fil)
    except BaseException:
        Path(out.name).unlink(missing_ok=True)
        raise

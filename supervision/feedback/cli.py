"""`supervision banehalvdel`: where each sentence of a file stands, by hand. Needs no database."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from supervision.feedback.formats.saetninger_csv import read_saetninger, write_domme
from supervision.feedback.rules.banehalvdel import bedoem_samlet
from supervision.observationer.formats import FileRefused
from supervision.problems import RuleBroken

REFUSED = 2
"""The exit code when a file is refused."""


@click.command()
@click.argument("fil")
@click.option("--ud", default="", metavar="FIL", help="Skriv til en fil i stedet for skærmen.")
def banehalvdel(fil: str, ud: str) -> None:
    """Sig for hver sætning i en CSV-fil (id,tekst; - er standard ind), hvilken banehalvdel den står på."""
    out = io.StringIO()
    domme = ((ident, bedoem_samlet(tekst)) for ident, tekst in _read(fil))
    write_domme(((ident, dom.label, dom.forklaring) for ident, dom in domme), out)
    if ud:
        _write_file(Path(ud), out.getvalue().encode())
    else:
        _write_out(out.getvalue().encode())


def _read(fil: str) -> list[tuple[str, str]]:
    try:
        if fil == "-":
            return read_saetninger(sys.stdin.buffer)
        with open(fil, "rb") as stream:
            return read_saetninger(stream)
    except FileNotFoundError:
        raise RuleBroken(f"Filen {fil} findes ikke.") from None
    except OSError as problem:
        raise RuleBroken(f"Filen {fil} kan ikke åbnes ({problem.strerror}).") from None
    except FileRefused as refused:
        _tell(fil, refused)
        sys.exit(REFUSED)


def _tell(fil: str, refused: FileRefused) -> None:
    for problem in refused.problems:
        click.echo(f"{fil}, {problem}" if problem.line else f"{fil}: {problem}", err=True)
    count = len(refused.problems)
    number = f"mindst {count} fejl" if refused.stopped else "én fejl" if count == 1 else f"{count} fejl"
    click.echo(f"Filen er afvist, {number}. Intet er skrevet.", err=True)


def _write_out(found: bytes) -> None:
    try:
        sys.stdout.buffer.write(found)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_file(path: Path, found: bytes) -> None:
    """Whole or not at all: written beside it, then put in its place."""
    made = ""
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            made = stream.name
            stream.write(found)
        os.chmod(made, 0o644)
        os.replace(made, path)
    except OSError as problem:
        if made:
            Path(made).unlink(missing_ok=True)
        raise RuleBroken(f"Filen {path} kan ikke skrives ({problem.strerror}).") from None

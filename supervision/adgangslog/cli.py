"""`supervision stikproeve`: a sample of the access log, for whoever answers for the data."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

import click

from supervision import clock, create_app
from supervision.adgangslog.retention import foerste_dag
from supervision.adgangslog.stikproeve import Stikproeve, Udtrukket, draw_sample
from supervision.danish import dato
from supervision.db import db
from supervision.drift.jobs import note_success

HEADER: Final = (
    "Tidspunkt",
    "Hvem",
    "Ret",
    "Handling",
    "Slags",
    "Hvis",
    "Adgang",
    "Forklaret (ja/nej)",
    "Bemærkning",
)
DONE: Final = {
    "laest": "har set",
    "soegt": "har søgt i",
    "hentet": "har hentet",
    "aendret": "har ændret",
    "slettet": "har slettet",
}
QUESTIONS: Final = """\
Sådan bruges den: Spørg for hver linje, om adgangen kan forklares af den opgave, personen havde. Sæt ja eller nej i
CSV-filen. Er svaret nej, så tal med personen, og tag det videre til jeres databeskyttelsesrådgiver. Gem den udfyldte
fil som bevis på kontrollen, og slet den igen efter jeres egne frister.
"""


@click.command("stikproeve")
@click.option(
    "--antal", default=50, show_default=True, type=click.IntRange(1, 5000), help="Så mange adgange udtrækkes."
)
@click.option(
    "--maaneder", default=3, show_default=True, type=click.IntRange(1, 12), help="Så langt tilbage."
)
@click.option(
    "--mappe",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Hvor filerne skal ligge.",
)
def stikproeve(antal: int, maaneder: int, mappe: Path) -> None:
    """Træk en tilfældig prøve af, hvem der har set hvis data, til at læse og til et regneark.

    Prøven viser hvem, hvornår, hvilken slags ting, hvis, og med hvilken ret. Aldrig indhold. Hver tredje måned er et
    godt tempo; Datatilsynet har kaldt hvert halve år det absolutte minimum. At prøven er trukket, står selv i
    adgangsloggen.
    """
    app, today = create_app(), clock.today()
    with app.app_context():
        found = draw_sample(fra=foerste_dag(today, maaneder), til=today, antal=antal)
        note_success("stikproeve")
        db.session.commit()
        db.session.remove()
    mappe.mkdir(parents=True, exist_ok=True)
    written = [mappe / f"stikproeve-{today.isoformat()}{ending}" for ending in (".txt", ".csv")]
    for path, parts in zip(written, (readable(found, today), as_csv(found)), strict=True):
        _write(path, parts)
    click.echo(f"Trukket: {len(found.linjer)} af {sum(found.antal.values())} adgange. {QUESTIONS}")
    for path in written:
        click.echo(str(path))


def readable(found: Stikproeve, today: date) -> list[str]:
    """The sample as a page to read."""
    total = sum(found.antal.values())
    lines = [
        f"Stikprøve af adgangsloggen, trukket {dato(today)}",
        f"Fra og med {dato(found.fra)} til og med dagen før {dato(found.til)}: {total} adgange.",
        "",
        "Så mange med hver ret: "
        + (", ".join(f"{ret} {n}" for ret, n in found.antal.most_common()) or "ingen"),
        "",
        QUESTIONS,
    ]
    for nr, one in enumerate(found.linjer, 1):
        what = f"{DONE[one.handling]} {one.slags.replace('_', ' ')}"
        lines.append(f"{nr:4}. {one.tid}  {one.hvem} ({one.ret}): {what}, hvis: {one.hvis}")
    return ["\n".join(lines) + "\n"]


def as_csv(found: Stikproeve) -> Iterable[str]:
    """The sample for a spreadsheet, with two empty columns for the check; never a formula."""
    from supervision.observationer.formats.regneark import csv_chunks

    return csv_chunks(HEADER, ([*_cells(one), "", ""] for one in found.linjer))


def _cells(one: Udtrukket) -> list[str]:
    return [one.tid, one.hvem, one.ret, one.handling, one.slags, one.hvis, one.id]


def _write(path: Path, parts: Iterable[str]) -> None:
    """For the one who draws it alone: the file names people."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.writelines(parts)

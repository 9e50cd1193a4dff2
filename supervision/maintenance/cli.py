"""`supervision migrer`, `sikkerhedskopi`, `gendan` and `tjek`."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click
import orjson

from supervision import HOUSE, clock, create_app
from supervision.danish import tidspunkt
from supervision.db import db
from supervision.drift.jobs import note_success
from supervision.maintenance.backup import write_backup
from supervision.maintenance.migrating import upgrade_database
from supervision.maintenance.restoring import restore, same_key

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
def migrer() -> None:
    """Bring databasen til den nyeste form."""
    changed = upgrade_database(create_app())
    click.echo(
        "Databasen er bragt til den nyeste form." if changed else "Databasen har allerede den nyeste form."
    )


@click.command()
@click.argument("fil", type=FILE, required=False)
def sikkerhedskopi(fil: Path | None) -> None:
    """Kopiér hele databasen til FIL, mens systemet kører.

    Uden FIL får kopien navn efter tiden og lægges i BACKUP_DIR, og de, der er ældre end BACKUP_DAYS dage, slettes.
    Den hemmelige nøgle er ikke med i kopien: gem filen secret_key et andet sted.
    """
    app = create_app()
    written = write_backup(app, fil)
    with app.app_context():
        note_success("sikkerhedskopi")
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    click.echo(f"Kopien ligger i {written} ({written.stat().st_size / 1e6:.1f} MB).")


@click.command()
@click.argument("fil", type=FILE)
@click.option(
    "--erstat", is_flag=True, help="Også når der er personer i databasen. Den gamle gemmes (SQLite)."
)
def gendan(fil: Path, erstat: bool) -> None:
    """Sæt sikkerhedskopien FIL ind i stedet for databasen. Stop systemet først.

    Kopien efterprøves, før noget ændres. Er den beskadiget, bliver databasen stående, som den er.
    """
    app = create_app()
    manifest = restore(app, fil, replace=erstat)
    made = datetime.fromisoformat(manifest.lavet)
    click.echo(f"Databasen er, som den var {tidspunkt(made)}.")
    if not same_key(manifest, app.extensions["settings"]):
        click.echo(
            "SECRET_KEY er en anden end dengang: alle skal logge ind igen, og noter, der ligger usendt på enheder, "
            "kan ikke "
            "læses. Har du den gamle nøgle, så sæt den ind, før systemet startes.",
            err=True,
        )


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Som JSON, til overvågning.")
def tjek(as_json: bool) -> None:
    """Se, hvad der er galt med installationen, og hvad du gør ved det.

    Ender med 1, når der er en fejl. Advarsler ender med 0.
    """
    from supervision.maintenance.checks import FEJL, examine

    found = examine(HOUSE / "instance", os.environ)
    if as_json:
        answer = {"tid": clock.now().isoformat(), "fund": [vars_of(one) for one in found]}
        click.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode())
    else:
        for one in found:
            click.echo(f"{one.slags:<9} {one.navn}: {one.siger}")
            if one.goer:
                click.echo(f"          → {one.goer}")
    if any(one.slags == FEJL for one in found):
        sys.exit(1)


def vars_of(finding: object) -> dict[str, str]:
    """A finding as JSON has it."""
    return {name: str(getattr(finding, name)) for name in ("slags", "navn", "siger", "goer")}

"""`supervision ryd-op` each night, and `supervision dokumenter` when the facts have changed."""

from __future__ import annotations

from logging import WARNING
from pathlib import Path

import click
from flask import Flask

from supervision import HOUSE, clock, create_app
from supervision.adgangslog import retention
from supervision.db import db
from supervision.drift.events import log_event
from supervision.drift.jobs import note_success
from supervision.privacy import privacy_map
from supervision.problems import Problem
from supervision.rettigheder.actions.fjern import Raekker
from supervision.rettigheder.actions.opbevaring import foresee, let_go
from supervision.rettigheder.actions.sletning import erase_person, replay_deletions
from supervision.rettigheder.actions.toem import overwrite_deleted
from supervision.rettigheder.formats.dokumenter import DOKUMENTER
from supervision.rettigheder.formats.journal import journal_of
from supervision.rettigheder.queries.anmodninger import list_modne
from supervision.rettigheder.queries.lukkede import list_lukkede
from supervision.rettigheder.queries.opbevaring import list_due


class NotFresh(Problem):
    """A document says something else than the facts do."""


@click.command("ryd-op")
@click.option("--proev", is_flag=True, help="Vis, hvad der ville blive slettet, og slet intet.")
def ryd_op(proev: bool) -> None:
    """Slet det, der er ældre end organisationernes frister, dem, der har bedt om det, og konti, der er lukket.

    Kør den hver nat. Den kan afbrydes og køres igen; køres den to gange, gør den intet anden gang.
    """
    app = create_app()
    with app.app_context():
        if proev:
            _say(foresee(list_due(clock.now())), "ville blive slettet")
            click.echo(f"Personer, der ville blive slettet, fordi de har bedt om det: {len(list_modne())}.")
            click.echo(f"Lukkede konti, der ville blive slettet: {len(list_lukkede(clock.now()))}.")
            db.session.remove()
            return
    persons, gone = tidy_tonight(app)
    _say(gone, "slettet")
    click.echo(f"Personer slettet: {persons}.")


def tidy_tonight(app: Flask) -> tuple[int, Raekker]:
    """Everything that is due, committed piece by piece, and the database written anew. (people erased, rows gone)."""
    journal = journal_of(Path(app.instance_path))
    with app.app_context():
        try:
            persons = replay_deletions(journal)
            asked = [one.person_id for one in list_modne()]
            for person_id in dict.fromkeys([*asked, *list_lukkede(clock.now())]):
                persons += erase_person(person_id, journal=journal)
                db.session.commit()
            gone = let_go(list_due(clock.now()))
            _tidy_access_log()
            note_success("ryd-op")
            db.session.commit()
        finally:
            db.session.remove()
        if (persons or gone) and not overwrite_deleted():
            log_event("nat_sprunget_over", level=WARNING)
    return persons, gone


def replay_after_restore(app: Flask) -> int:
    """What a restore has to do before anybody uses the data: delete again what was deleted since. How much it was."""
    with app.app_context():
        again = replay_deletions(journal_of(Path(app.instance_path)))
        overwrite_deleted()
    return again


def _tidy_access_log() -> None:
    """The access log lets go of its own; its triggers hold everybody else off."""
    retention.slet_adgange_foer(retention.foerste_dag(clock.today(), retention.kept_months()))


@click.command()
@click.option("--tjek", is_flag=True, help="Skriv intet; sig, om dokumenterne er, som de skal være.")
def dokumenter(tjek: bool) -> None:
    """Skriv konsekvensanalysen og databehandlerbeskrivelsen i docs/ efter det, systemet gør."""
    create_app()
    folder = HOUSE / "docs"
    if not tjek:
        folder.mkdir(exist_ok=True)
    for navn, make in DOKUMENTER.items():
        path = folder / navn
        if tjek and (not path.exists() or path.read_text(encoding="utf-8") != make()):
            raise NotFresh(f"docs/{navn} er ikke, som den skal være. Kør supervision dokumenter.")
        if not tjek:
            path.write_text(make(), encoding="utf-8")
            click.echo(f"Skrevet: docs/{navn}")
    if tjek:
        click.echo("Dokumenterne er, som de skal være.")


def _say(rows: Raekker, verb: str) -> None:
    kort = privacy_map()
    for table in sorted(rows):
        click.echo(f"{len(rows[table]):>8}  {table}: {kort.tabeller[table].holds}")
    total = sum(len(keys) for keys in rows.values())
    click.echo(f"{total} rækker {verb}." if total else f"Intet {verb}.")

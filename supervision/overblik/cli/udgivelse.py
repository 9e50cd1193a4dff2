"""`supervision udgiv-tal`: what has to be done with the figures each night; harmless when run again."""

from __future__ import annotations

import time
from datetime import timedelta
from logging import WARNING

import click
from flask import Flask
from sqlalchemy.exc import OperationalError

from supervision import clock, create_app
from supervision.db import db
from supervision.drift.events import log_event
from supervision.drift.jobs import note_success
from supervision.overblik import actions
from supervision.problems import Problem

HOUR_S = 3600


class Stopped(Problem):
    """The audit has stopped figures tonight, so that whoever runs the job hears of it."""


@click.command("udgiv-tal")
@click.option("--hver-nat", is_flag=True, help="Bliv ved: én gang i døgnet, efter kl. 2, til du stopper den.")
def udgiv_tal(hver_nat: bool) -> None:
    """Fastlæg kvartalets grupper, gør tallene op for de kvartaler, der er slut, og efterprøv dem.

    Et kvartal gøres op én gang, 14 dage efter at det er slut, og ændres ikke siden. Kan nogen regne tallene tilbage til
    fire eller færre personer, bliver de ikke vist, og kommandoen ender med en fejl, der siger hvorfor.
    """
    app = create_app()
    while hver_nat:
        try:
            _say(publish_tonight(app))
        except (OperationalError, Problem) as problem:
            log_event("nat_sprunget_over", level=WARNING, fejl=problem)
        time.sleep(_until_two())
    _say(publish_tonight(app))


def publish_tonight(app: Flask) -> int:
    """Everything that is due today, committed. Returns how many quarters were computed. Raises Stopped."""
    with app.app_context():
        try:
            made = actions.publish_due(clock.today())
            stopped = actions.audit_published()
            if not stopped:
                note_success("udgiv-tal")
            db.session.commit()
        finally:
            db.session.remove()
    if stopped:
        raise Stopped(f"{stopped} kvartal(er) er stoppet: tallene kunne regnes tilbage til enkelte.")
    return made


def _say(made: int) -> None:
    click.echo(f"Gjort op: {made} kvartal(er)." if made else "Der var intet at gøre op.")


def _until_two() -> float:
    now = clock.local(clock.now())
    coming = now.replace(hour=2, minute=0, second=0, microsecond=0)
    return max(HOUR_S, ((coming if coming > now else coming + timedelta(days=1)) - now).total_seconds())

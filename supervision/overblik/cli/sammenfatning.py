"""`supervision sammenfat`: every log's row of figures held against its events, and made anew where it is not equal.

A hundred logs at a time, each hundred with a commit of its own: memory stays flat, nobody who records waits long, and
a run that is stopped half-way is begun again without harm.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import click

from supervision import create_app
from supervision.danish import antal
from supervision.db import db
from supervision.maintenance import upgrade_database
from supervision.observationer import queries
from supervision.observationer.actions.sammenfatning import AT_A_TIME, mend
from supervision.observationer.cli import progress_bar
from supervision.problems import Problem

DIFFER = 1
"""The exit code of `--proev` when a row is not what its events give."""
MOST_NAMED = 1000
"""How many of those that differ are named: enough to look into, and no more however many there are."""


class StillWrong(Problem):
    """A row was made anew and is not equal even so: an error in the product, not in the data."""


@dataclass(slots=True)
class Checked:
    """How many logs were looked at, and how many had a row other than it should be; `navnte` are the first of those."""

    logge: int = 0
    forkerte: int = 0
    navnte: list[UUID] = field(default_factory=list)

    def add(self, ids: Sequence[UUID], wrong: Sequence[UUID]) -> None:
        """Count these logs, of which some were wrong."""
        self.logge += len(ids)
        self.forkerte += len(wrong)
        self.navnte += wrong[: MOST_NAMED - len(self.navnte)]


@click.command()
@click.option("--proev", is_flag=True, help="Sammenlign kun, og lav intet om.")
def sammenfat(proev: bool) -> None:
    """Lav samtalernes sammenfatninger efter deres hændelser, og efterprøv, at de passer.

    Overblikkets tal læses i dem. De følger selv med, når nogen krydser; kommandoen er til efter en opdatering, og
    når du vil se efter. Den kan afbrydes og køres igen. Med --proev laver den intet om, skriver id på dem, der ikke
    passer, og ender med koden 1, hvis der er nogen.
    """
    app = create_app()
    upgrade_database(app)
    with app.app_context(), progress_bar() as progress:
        task = progress.add_task("Ser efter", total=queries.count_logs())
        db.session.remove()
        checked = sum_all_up(mending=not proev, progress=lambda done: progress.update(task, completed=done))
    click.echo("\n".join(_said(checked, proev)))
    if proev and checked.forkerte:
        sys.exit(DIFFER)


def sum_all_up(*, mending: bool, progress: Callable[[int], None] = lambda _done: None) -> Checked:
    """Hold every row against its events; with `mending` those that differ are made anew, held again and committed.

    progress gets the number of logs looked at so far. Raises StillWrong.
    """
    checked = Checked()
    after: UUID | None = None
    while True:
        ids, wrong = _look(after)
        if not ids:
            return checked
        if wrong and mending:
            _mend(wrong)
        checked.add(ids, wrong)
        progress(checked.logge)
        after = ids[-1]


def _look(after: UUID | None) -> tuple[list[UUID], list[UUID]]:
    """The next logs, and those of them whose row is wrong: events and rows of one moment, whoever stores meanwhile."""
    try:
        if db.engine.dialect.name == "postgresql":
            db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        ids = queries.list_log_ids(after=after, limit=AT_A_TIME)
        return ids, queries.list_wrong_sammenfatninger(ids)
    finally:
        db.session.remove()


def _mend(wrong: Sequence[UUID]) -> None:
    try:
        mend(wrong)
        still = queries.list_wrong_sammenfatninger(wrong)
        if still:
            raise StillWrong(f"Sammenfatningen af {still[0]} passer ikke, selv om den lige er lavet om.")
        db.session.commit()
    finally:
        db.session.remove()


def _said(checked: Checked, proev: bool) -> Iterator[str]:
    if not checked.logge:
        yield "Der er ingen logge endnu."
        return
    seen = f"{antal(checked.logge, '1 log', 'logge')} set efter"
    wrong = antal(checked.forkerte, "1 sammenfatning", "sammenfatninger")
    if not checked.forkerte:
        yield f"{seen}: alt passer til hændelserne."
    elif not proev:
        yield f"{seen}: {wrong} manglede eller passede ikke og er lavet om. Nu passer alt til hændelserne."
    else:
        yield f"{seen}: {wrong} mangler eller passer ikke til hændelserne."
        yield from map(str, checked.navnte)
        if checked.forkerte > len(checked.navnte):
            yield f"… og {checked.forkerte - len(checked.navnte)} til."
        yield "Kør »supervision sammenfat« for at lave dem om."

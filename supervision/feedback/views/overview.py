"""Samtaler: every kontrakt of mine, where it stands, and the one next step."""

from __future__ import annotations

from collections import Counter

from flask import render_template, request

from supervision.access import viewer
from supervision.aftaler.rules import SAMTALE_TYPER, holds_nr, list_nr_valg, read_nr
from supervision.feedback import queries
from supervision.feedback.rules import forloeb
from supervision.feedback.views import blueprint
from supervision.observationer.queries import count_karantaene


@blueprint.get("/samtaler")
def samtaler() -> str:
    """The menu's page. What waits for me first, then what comes, then what has been (newest first).

    `?nr=` leaves those with that number in the forløb, or with none.
    """
    person, nr = viewer(), read_nr(request.args.get("nr", ""))
    alle = queries.list_forloeb(viewer=person)
    rows = [row for row in alle if holds_nr(nr, row.kontrakt.samtale.forloeb_nr)]
    grupper = {
        key: (navn, [row for row in rows if row.gruppe == key]) for key, navn in forloeb.GRUPPER.items()
    }
    grupper[forloeb.AFHOLDT][1].reverse()
    return render_template(
        "feedback/samtaler.html",
        grupper=grupper,
        ingen=not alle,
        nr=nr,
        nr_valg=list_nr_valg(Counter(row.kontrakt.samtale.forloeb_nr for row in alle), nr),
        antal=(len(rows), len(alle)),
        venter_skjult=sum(row.gruppe == forloeb.VENTER for row in alle)
        - sum(row.gruppe == forloeb.VENTER for row in rows),
        typer=SAMTALE_TYPER,
        til_side=count_karantaene(viewer=person),
    )

""" "Hvem har set mine data?": the access log of one person, for that person alone. No address names anybody."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from flask import Response, render_template, request

from supervision import adgangslog, clock
from supervision.access import viewer
from supervision.observationer.formats.regneark import csv_chunks
from supervision.observationer.views.hent import send_made
from supervision.overblik.queries.adgange import AdgangLinje, iter_adgange, list_adgange
from supervision.overblik.rules import adgange as rules
from supervision.overblik.views import blueprint

HEADER = ("Tidspunkt", "Hvem", "Med hvilken ret", "Hvad")


@blueprint.get("/profil/hvem-har-set")
def hvem_har_set() -> str:
    """Page by page, newest first; `hvad` keeps one kind."""
    chosen = request.args.get("hvad", rules.ALT)
    hvad = chosen if chosen in rules.FILTRE else rules.ALT
    found = list_adgange(viewer=viewer(), filter=hvad, side=request.args.get("side", 1, type=int))
    return render_template(
        "overblik/hvem_har_set.html",
        found=found,
        dage=[(day, _folded(lines)) for day, lines in groupby(found.linjer, key=_day)],
        hvad=hvad,
        filtre=rules.FILTRE,
        maaneder=adgangslog.kept_months(),
    )


@blueprint.get("/profil/hvem-har-set/fil")
def hent_hvem_har_set() -> Response:
    """All of it as CSV. That it was fetched is an access too."""
    person = viewer()
    rows = (
        (f"{clock.local(one.at):%Y-%m-%d %H:%M:%S}", one.hvem, one.ret, person.organisation.ord.paa(one.ord))
        for one in iter_adgange(viewer=person)
    )
    adgangslog.seen("egne_data", [person.id], handling=adgangslog.HENTET)
    return send_made(
        f"hvem har set mine data {clock.today().isoformat()}.csv",
        "text/csv; charset=utf-8",
        lambda out: out.writelines(part.encode() for part in csv_chunks(HEADER, rows)),
    )


def _day(linje: AdgangLinje) -> object:
    return clock.local(linje.at).date()


def _folded(linjer: Iterable[AdgangLinje]) -> list[list[AdgangLinje]]:
    """What somebody did again and again, as one line: the accesses behind it, the last one first."""
    return [list(same) for _, same in groupby(linjer, key=lambda one: (one.hvem, one.ord, one.ret, one.link))]

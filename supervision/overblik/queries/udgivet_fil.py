"""Published figures for a file. A file is passed on, so it holds what everybody may see, whoever fetches it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from supervision.overblik import rules
from supervision.overblik.formats.udgivne_tal import UdgivetLinje
from supervision.overblik.models import Udgivelse
from supervision.overblik.queries.kendskab import list_kendskaber
from supervision.overblik.queries.udgivet import (
    PICTURES,
    Figur,
    list_grupper_af,
    list_tal,
    list_udgivelser,
)
from supervision.personer.models import Organisation

PAIRS = ("taletid", "ugu")
"""Pictures that a page draws only with two parts or more."""


def iter_udgivne(organisation: Organisation) -> Iterator[UdgivetLinje]:
    """Every published figure that nobody is kept from by R7, the newest quarter first; none of a stopped one.

    So nobody finds in the file what their own page does not show, and nothing new in a file beside a page. Groups by
    type of samtale have no page of a team's, so they are not in it either.
    """
    for udgivelse in list_udgivelser(organisation.id):
        if udgivelse.stoppet_at is None:
            yield from _quarter(organisation, udgivelse)


def _quarter(organisation: Organisation, udgivelse: Udgivelse) -> Iterator[UdgivetLinje]:
    kvartal = rules.Kvartal(udgivelse.aar, udgivelse.nr)
    shown = _seen_by_all(list_tal(udgivelse), list_kendskaber(organisation.id, kvartal))
    navne: list[tuple[UUID | None, str]] = [
        (gruppe.id, gruppe.navn) for gruppe in list_grupper_af(udgivelse) if gruppe.samtaletype is None
    ]
    for gruppe_id, navn in [*navne, (None, organisation.navn)]:
        own = [figur for figur in shown if figur.raekke.gruppe_id == gruppe_id]
        whole = next((figur.raekke for figur in own if figur.billede not in PICTURES), None)
        for noegle in PICTURES if whole else ():
            for figur in _drawn([f for f in own if f.billede == noegle], noegle):
                raekke = figur.raekke
                word = organisation.ord.paa(raekke.navn) if noegle == "taletid" else raekke.navn
                yield UdgivetLinje(
                    kvartal.navn,
                    navn,
                    gruppe_id is None,
                    raekke.baand,
                    noegle,
                    word,
                    raekke.tekst,
                )


def _seen_by_all(tal: Sequence[Figur], kendskaber: Collection[frozenset[UUID]]) -> list[Figur]:
    """R7 for everybody at once: for each who counts in a figure, and for each who knows more."""
    everybody = {frozenset({person}) for figur in tal for person in figur.hvem} | set(kendskaber)
    kept = {figur.raekke.id for figur in tal}
    for kendte in everybody:
        kept &= {figur.raekke.id for figur in rules.r7_viste(tal, kendte)}
    return [figur for figur in tal if figur.raekke.id in kept]


def _drawn(rows: list[Figur], noegle: str) -> list[Figur]:
    return [] if noegle in PAIRS and len(rows) < 2 else rows

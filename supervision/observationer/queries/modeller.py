"""What the page of the models shows of one log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from supervision.aftaler.queries import skabelon_of
from supervision.katalog.queries import katalog_of
from supervision.katalog.rules import ABC_VAEGT
from supervision.katalog.rules.modeller import Raekkefoelge
from supervision.observationer import measures, timeline
from supervision.observationer.models import Observation
from supervision.observationer.queries.logs import list_seen_haendelser
from supervision.observationer.queries.tidslinjer import navne_of, parter_of
from supervision.observationer.timeline.foer import Oejeblik, moments_of
from supervision.observationer.timeline.loops import Vaerdiloop, vaerdiloops
from supervision.observationer.timeline.modeller import Hvor, ModelTal, count_models, list_ticks
from supervision.personer.models import Person
from supervision.personer.queries import smart_a_of
from supervision.personer.rules.ordvalg import SMART_A

GM_KILDE: Final = {"gm_cabi": "cabi"}
"""Whose names a model with two vocabularies has, by the kontrakt's GameMaster; else those of its first source."""


@dataclass(frozen=True, slots=True)
class Modelvisning:
    """The models with their counts, where each kendetegn is shown, what is told in sequence, and names of codes.

    kendt_aftale: whether there is a kontrakt that says what was looked for. billede: the timeline to jump in. loops:
    the værdiloop. abc: how the kontrakt's skabelon works with an ABC-jobplan, in words, "" when it says nothing.
    """

    modeller: tuple[ModelTal, ...]
    kryds: tuple[Hvor, ...]
    raekkefoelger: tuple[tuple[Raekkefoelge, tuple[Oejeblik, ...]], ...]
    emner: tuple[measures.UguLoop, ...]
    loops: tuple[Vaerdiloop, ...]
    billede: timeline.Billede
    kendt_aftale: bool
    navn: timeline.Navn
    abc: str = ""


def get_modelvisning(observation: Observation, *, viewer: Person, ord: str = "") -> Modelvisning:
    """The models of an observation that was loaded through `get_observation`, with the names that its kontrakt has.

    ord: the source whose names are wanted ("cabi") where a model has those of two; "" for the kontrakt's own.
    """
    modeller = katalog_of(observation.organisation_id).modeller
    haendelser = list_seen_haendelser(observation, viewer=viewer)
    navn = navne_of(observation)
    kontrakt = observation.kontrakt
    aftalt = [tegn.kode for tegn in kontrakt.kendetegn] if kontrakt else None
    skabelon = skabelon_of(kontrakt) if kontrakt else None
    kilde = ord or GM_KILDE.get(kontrakt.gm_variant if kontrakt else "", "")
    smart_a = SMART_A[smart_a_of(observation.organisation_id)]
    shown = [model.in_words_of(kilde).with_smart_a(smart_a) for model in modeller.modeller]
    told = [(raekke, moments_of(haendelser, raekke)) for raekke in modeller.raekkefoelger]
    return Modelvisning(
        modeller=count_models(haendelser, shown, aftalt),
        kryds=list_ticks(haendelser, shown, aftalt),
        raekkefoelger=tuple((raekke, moments) for raekke, moments in told if moments),
        emner=tuple(loop for loop in measures.ugu_loops(haendelser) if loop.bogstaver),
        loops=vaerdiloops(haendelser),
        billede=timeline.picture(haendelser, navn, parter_of(observation)),
        kendt_aftale=kontrakt is not None,
        navn=navn,
        abc=ABC_VAEGT.get(skabelon.abc, "") if skabelon else "",
    )

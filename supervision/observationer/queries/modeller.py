"""What the page of the models shows of one log."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.katalog.content import load_katalog
from supervision.katalog.rules.modeller import Raekkefoelge
from supervision.observationer import measures, timeline
from supervision.observationer.models import Observation
from supervision.observationer.queries.logs import list_seen_haendelser
from supervision.observationer.queries.tidslinjer import navne_of
from supervision.observationer.timeline.foer import Oejeblik, moments_of
from supervision.observationer.timeline.modeller import Hvor, ModelTal, count_models, list_ticks
from supervision.personer.models import Person


@dataclass(frozen=True, slots=True)
class Modelvisning:
    """The models with their counts, where each kendetegn is shown, what is told in sequence, and names of codes.

    kendt_aftale: whether there is a kontrakt that says what was looked for. billede: the timeline to jump in.
    """

    modeller: tuple[ModelTal, ...]
    kryds: tuple[Hvor, ...]
    raekkefoelger: tuple[tuple[Raekkefoelge, tuple[Oejeblik, ...]], ...]
    emner: tuple[measures.UguLoop, ...]
    billede: timeline.Billede
    kendt_aftale: bool
    navn: timeline.Navn


def get_modelvisning(observation: Observation, *, viewer: Person) -> Modelvisning:
    """The models of an observation that was loaded through `get_observation`, with the names that its kontrakt has."""
    modeller = load_katalog().modeller
    haendelser = list_seen_haendelser(observation, viewer=viewer)
    navn = navne_of(observation)
    kontrakt = observation.kontrakt
    aftalt = [tegn.kode for tegn in kontrakt.kendetegn] if kontrakt else None
    told = [(raekke, moments_of(haendelser, raekke)) for raekke in modeller.raekkefoelger]
    return Modelvisning(
        modeller=count_models(haendelser, modeller.modeller, aftalt),
        kryds=list_ticks(haendelser, modeller.modeller, aftalt),
        raekkefoelger=tuple((raekke, moments) for raekke, moments in told if moments),
        emner=tuple(loop for loop in measures.ugu_loops(haendelser) if loop.bogstaver),
        billede=timeline.picture(haendelser, navn),
        kendt_aftale=kontrakt is not None,
        navn=navn,
    )

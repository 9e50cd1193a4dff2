"""What the pages of a log show: its picture, table and figures; several logs of one samtale on one clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from supervision.aftaler.queries import gamemaster, list_fokuspersoner, part_navne
from supervision.katalog.queries import katalog_of
from supervision.katalog.rules import plain
from supervision.observationer import measures, rules, timeline
from supervision.observationer.agreement import beside
from supervision.observationer.models import Observation
from supervision.observationer.queries.logs import list_haendelser, list_seen_haendelser
from supervision.personer.models import Person
from supervision.personer.queries import ord_of


@dataclass(frozen=True, slots=True)
class Tidslinje:
    """What the page of one observation shows: picture, rows of its table, figures, and the names of codes.

    niveauer: the two levels of the samtale; None when no time has a phase.
    """

    billede: timeline.Billede
    raekker: list[timeline.Raekke]
    maal: measures.Maal
    emner: timeline.Emner
    elementer: tuple[str, ...]
    niveauer: timeline.Niveauer | None
    navn: timeline.Navn


@dataclass(frozen=True, slots=True)
class SamletTidslinje:
    """Several logs of one samtale: each with its own timeline, in the order they began; and all on one clock."""

    observationer: list[tuple[Observation, Tidslinje]]
    samlet: timeline.Samlet
    enighed: list[beside.Par]


def maal_of(observation_id: UUID) -> measures.Maal:
    """The figures of one log, by the code that `supervision maal` uses."""
    return measures.maal(list_haendelser(observation_id))


def get_tidslinje(
    observation: Observation, *, viewer: Person, navne: timeline.Navn | None = None
) -> Tidslinje:
    """Picture, table and figures of an observation that was loaded through `get_observation`.

    navne: other words than `navne_of` gives.
    """
    haendelser = list_seen_haendelser(observation, viewer=viewer)
    navne = navne or navne_of(observation)
    known_at = observation.startet_at if observation.kilde == "optager" else None
    return Tidslinje(
        billede=timeline.picture(haendelser, navne, parter_of(observation)),
        raekker=timeline.rows(haendelser, navne, known_at),
        maal=measures.maal(haendelser),
        emner=timeline.emner(haendelser),
        elementer=timeline.elementer(haendelser),
        niveauer=timeline.niveauer(haendelser),
        navn=navne,
    )


def get_samlet(observationer: Sequence[Observation], *, viewer: Person) -> SamletTidslinje:
    """The logs of one samtale on one clock, and each one's figures. They come from `list_observationer_of_samtale`."""
    names = _first_names(observationer)
    logs = [
        (o, get_tidslinje(o, viewer=viewer, navne=timeline.with_names(navne_of(o), _speakers(o))))
        for o in observationer
    ]
    return SamletTidslinje(
        observationer=logs,
        samlet=timeline.together(
            [timeline.Log(names[o.id], own.billede, own.raekker, o.startet_at) for o, own in logs]
        ),
        enighed=_enighed(observationer, viewer),
    )


def _enighed(observationer: Sequence[Observation], viewer: Person) -> list[beside.Par]:
    """How far each two of them agree; on one clock by the wall time at which each log began."""
    first = min(o.startet_at for o in observationer)
    return beside.beside(
        [
            (
                round((o.startet_at - first).total_seconds() * 1000),
                list(list_seen_haendelser(o, viewer=viewer)),
            )
            for o in observationer
        ]
    )


def parter_of(observation: Observation) -> Sequence[str]:
    """Those who take part, as the kontrakt says; without one, the two that every samtale has."""
    return observation.kontrakt.parter if observation.kontrakt else timeline.ALWAYS


def navne_of(observation: Observation) -> timeline.Navn:
    """`navn(spor, kode)` for one log: the kontrakt's own words, else the catalogue's, else the log's."""
    katalog = katalog_of(observation.organisation_id)
    kontrakt = observation.kontrakt
    own = {tegn.kode: tegn.kort for tegn in kontrakt.kendetegn} if kontrakt else {}
    variant = gamemaster(kontrakt) if kontrakt else None
    faser = {fase.kode: fase.navn for fase in variant.faser} if variant else {}
    talere = part_navne(kontrakt) if kontrakt else {}
    ord = ord_of(observation.organisation_id)

    def navn(spor: str, kode: str) -> str:
        if spor == "faerdighed":
            return plain(own.get(kode) or katalog.navn(kode))
        if spor == "element":
            return ord.paa(plain(katalog.element_navn(kode, variant)))
        if spor == "fase" and kode in faser:
            return faser[kode]
        if spor == "taler" and kode in talere:
            return talere[kode]
        known = rules.kode_navn(spor, kode)
        return known if spor == "note" else ord.paa(known)

    return navn


def _first_names(observationer: Sequence[Observation]) -> dict[UUID, str]:
    """Observation id -> the observatør's first name; the whole name where two share the first."""
    people = {o.id: o.observatoer for o in observationer if o.observatoer}
    known = Counter(person.fornavn for person in people.values())
    return {id_: p.fornavn if known[p.fornavn] == 1 else p.navn for id_, p in people.items()}


def _speakers(observation: Observation) -> dict[str, str]:
    """Names by code of `taler`, where two medarbejdere hold the samtale: see `aftaler.rules.samtalen`."""
    kontrakt = observation.kontrakt
    if kontrakt is None or "medarbejder2" not in kontrakt.parter:
        return {}
    others = [
        p.fornavn for p in list_fokuspersoner(kontrakt.samtale_id) if p.id != observation.fokusperson_id
    ]
    second = {"medarbejder2": others[0]} if len(others) == 1 else {}
    return {"medarbejder": observation.fokusperson.fornavn, **second}

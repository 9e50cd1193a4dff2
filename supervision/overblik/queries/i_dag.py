"""What waits for one person, in the order of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from supervision import clock
from supervision.aftaler.models import Dagenslinje, Samtale, Supervisionssession
from supervision.aftaler.queries.dage import list_modtagne_linjer, list_snart
from supervision.feedback.queries import Forloeb, Nyt, list_forloeb, list_nyt
from supervision.feedback.rules.forloeb import KOMMENDE, VENTER
from supervision.grupper.models import Hjemmeopgave, Moede, Oevelse, Runde
from supervision.grupper.queries import (
    DeltPunkt,
    Foerste,
    Kort,
    get_foerste_dag,
    list_aabne_i,
    list_delt_med_teamleder,
    list_egne_besoeg,
    list_grupper,
    list_naeste_moeder,
    list_open_kalibreringer,
    pligter_for,
    slutter_snart_for,
)
from supervision.grupper.queries import Linje as Besoegslinje
from supervision.grupper.queries.oevelser import list_i_gang
from supervision.grupper.rules import NYLIGT, find_runde_paa
from supervision.laeringspil.models import Laeringspil
from supervision.laeringspil.queries import find_laeringspil
from supervision.overblik.models import Skema
from supervision.overblik.queries.opfoelgning import list_skemaer_at_besvare
from supervision.personer.models import Person
from supervision.personer.rules import TEAMLEDER

UPCOMING = ("i_gang", "klar", "venter_paa_mig", "venter_paa_kollega", "kladde")
MOST_LATER = 5
MOST_NEW = 5
MOST_VISITS = 2


@dataclass(frozen=True, slots=True)
class Naeste:
    """The next samtale. dage_til: 0 is today, 1 tomorrow; below 0 it was on an earlier day and still runs."""

    forloeb: Forloeb
    dage_til: int


@dataclass(frozen=True, slots=True)
class Rundekort:
    """A running round. marks: the viewer's own. dage_tilbage: to its end, when they are to be reminded; else None."""

    runde: Runde
    marks: list[tuple[str, bool]]
    dage_tilbage: int | None
    opgaver: list[Hjemmeopgave]


@dataclass(frozen=True, slots=True)
class IDag:
    """Everything on the page. nyt: what has come and asks for nothing. ny: the viewer has no kontrakt yet.
    besoeg: the next visits in the viewer's pairs that have no kontrakt yet. sessioner: the viewer's own on the next
    supervision day. linjer: handed on to the viewer from such a day. foerste: their first-day card, unless they have
    taken it away. kalibreringer: a practice samtale that a group of theirs has ready now."""

    naeste: Naeste | None
    nyt: list[Nyt]
    venter: list[Forloeb]
    senere: list[Forloeb]
    ikke_holdt: list[Forloeb]
    """Agreed samtaler whose time has gone by without the recorder."""
    runder: list[Rundekort]
    besoeg: list[Besoegslinje]
    oevelser: list[Oevelse]
    """Exercises that run now in the viewer's groups."""
    pil: Laeringspil | None
    delte: list[DeltPunkt]
    sessioner: list[Supervisionssession]
    linjer: list[Dagenslinje]
    ny: bool
    moeder: list[tuple[Moede, str, bool]]
    """(læringsgruppemøde that comes, runs or was cancelled; its state; whether the viewer owes an answer)."""
    foerste: Foerste | None
    kalibreringer: list[Kort]
    skemaer: list[Skema]
    """Open surveys that the viewer has not answered."""


def get_i_dag(*, viewer: Person) -> IDag:
    """What waits for the viewer. The number of queries grows with their rounds alone."""
    forloeb = list_forloeb(viewer=viewer)
    naeste = _find_naeste(forloeb)
    rest = [row for row in forloeb if naeste is None or row is not naeste.forloeb]
    pil = find_laeringspil(viewer)
    leads = viewer.har_rolle(TEAMLEDER)
    runder = _runder(viewer)
    foerste = get_foerste_dag(viewer=viewer) if not forloeb else None
    kommende = [row for row in rest if row.gruppe == KOMMENDE and not _is_same(row, naeste)]
    return IDag(
        naeste=naeste,
        nyt=list_nyt(viewer=viewer)[:MOST_NEW],
        venter=[row for row in rest if row.gruppe == VENTER],
        senere=[row for row in kommende if not _is_over(row.kontrakt.samtale)][:MOST_LATER],
        ikke_holdt=[row for row in kommende if _is_over(row.kontrakt.samtale)][:MOST_LATER],
        runder=runder,
        besoeg=list_egne_besoeg([kort.runde for kort in runder], viewer=viewer)[:MOST_VISITS],
        oevelser=list_i_gang(viewer=viewer),
        pil=pil,
        delte=list_delt_med_teamleder(viewer=viewer, since=NYLIGT) if leads else [],
        sessioner=list_snart(viewer=viewer),
        linjer=list_modtagne_linjer(viewer=viewer),
        ny=not forloeb,
        moeder=list_naeste_moeder(viewer=viewer),
        foerste=foerste if foerste and not foerste.skjult else None,
        kalibreringer=list_open_kalibreringer(viewer=viewer)[:1],
        skemaer=list_skemaer_at_besvare(viewer=viewer),
    )


def _runder(viewer: Person) -> list[Rundekort]:
    found = [find_runde_paa(gruppe.runder, clock.today()) for gruppe in list_grupper(viewer=viewer)]
    running = [runde for runde in found if runde]
    opgaver = list_aabne_i([runde.id for runde in running])
    soon = slutter_snart_for(running, viewer=viewer)
    return [
        Rundekort(
            runde,
            pligter_for(runde, viewer=viewer),
            (runde.til - clock.today()).days if runde.id in soon else None,
            [opgave for opgave in opgaver if opgave.runde_id == runde.id],
        )
        for runde in running
    ]


def _find_naeste(forloeb: list[Forloeb]) -> Naeste | None:
    """A samtale that runs in the recorder; else the first by the clock that is not over."""
    upcoming = [row for row in forloeb if row.tilstand in UPCOMING]
    running = [row for row in upcoming if row.tilstand == "i_gang"]
    coming = [row for row in upcoming if not _is_over(row.kontrakt.samtale)]
    for row in [*running, *coming]:
        day = clock.local(row.kontrakt.samtale.starter_at).date()
        return Naeste(row, (day - clock.today()).days)
    return None


def _is_same(row: Forloeb, naeste: Naeste | None) -> bool:
    """Whether it is the next samtale once more: another observatør in it, named on its card."""
    return naeste is not None and row.kontrakt.samtale_id == naeste.forloeb.kontrakt.samtale_id


def _is_over(samtale: Samtale) -> bool:
    return samtale.starter_at + timedelta(minutes=samtale.laengde_min) < clock.now()

"""What waits for one person, in the order of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from supervision import clock
from supervision.aftaler.models import Samtale
from supervision.feedback.queries import Forloeb, Nyt, list_forloeb, list_nyt
from supervision.feedback.rules.forloeb import KOMMENDE, VENTER
from supervision.grupper.models import Runde
from supervision.grupper.queries import (
    DeltPunkt,
    Foerste,
    Kort,
    get_foerste_dag,
    list_delt_med_teamleder,
    list_grupper,
    list_open_kalibreringer,
    pligter_for,
)
from supervision.grupper.rules import NYLIGT, find_runde_paa
from supervision.laeringspil.models import Laeringspil
from supervision.laeringspil.queries import find_laeringspil
from supervision.personer.models import Person
from supervision.personer.rules import TEAMLEDER

UPCOMING = ("i_gang", "klar", "venter_paa_mig", "venter_paa_kollega", "kladde")
MOST_LATER = 5
MOST_NEW = 5


@dataclass(frozen=True, slots=True)
class Naeste:
    """The next samtale. dage_til: 0 is today, 1 tomorrow; below 0 it was on an earlier day and still runs."""

    forloeb: Forloeb
    dage_til: int


@dataclass(frozen=True, slots=True)
class IDag:
    """Everything on the page. nyt: what has come and asks for nothing. runder: (round, the viewer's own marks).
    ny: the viewer has no kontrakt yet. foerste: their first-day card, unless they have taken it away.
    kalibreringer: a practice samtale that a group of theirs has ready now."""

    naeste: Naeste | None
    nyt: list[Nyt]
    venter: list[Forloeb]
    senere: list[Forloeb]
    runder: list[tuple[Runde, list[tuple[str, bool]]]]
    pil: Laeringspil | None
    delte: list[DeltPunkt]
    ny: bool
    foerste: Foerste | None
    kalibreringer: list[Kort]


def get_i_dag(*, viewer: Person) -> IDag:
    """What waits for the viewer. The number of queries grows with their rounds alone."""
    forloeb = list_forloeb(viewer=viewer)
    naeste = _find_naeste(forloeb)
    rest = [row for row in forloeb if naeste is None or row is not naeste.forloeb]
    running = [find_runde_paa(g.runder, clock.today()) for g in list_grupper(viewer=viewer)]
    pil = find_laeringspil(viewer)
    leads = viewer.har_rolle(TEAMLEDER)
    foerste = get_foerste_dag(viewer=viewer) if not forloeb else None
    return IDag(
        naeste=naeste,
        nyt=list_nyt(viewer=viewer)[:MOST_NEW],
        venter=[row for row in rest if row.gruppe == VENTER],
        senere=[row for row in rest if row.gruppe == KOMMENDE and not _is_same(row, naeste)][:MOST_LATER],
        runder=[(runde, pligter_for(runde, viewer=viewer)) for runde in running if runde],
        pil=pil,
        delte=list_delt_med_teamleder(viewer=viewer, since=NYLIGT) if leads else [],
        ny=not forloeb,
        foerste=foerste if foerste and not foerste.skjult else None,
        kalibreringer=list_open_kalibreringer(viewer=viewer)[:1],
    )


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

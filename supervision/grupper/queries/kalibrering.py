"""Reading practice samtaler: through the group, or as whoever practises alone; another's ticks are read by nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from supervision import clock
from supervision.aftaler.rules import SAMTALE_TYPER, part_navn
from supervision.db import db
from supervision.grupper.models import Kalibrering, KalibreringHaendelse, KalibreringLog, Laeringsgruppe
from supervision.grupper.queries.grupper import seen_by
from supervision.grupper.rules import kalibrering as rules
from supervision.katalog.content import load_katalog
from supervision.katalog.rules import GmVariant, plain
from supervision.observationer import content, timeline
from supervision.observationer.content import Manuskript
from supervision.observationer.rules import (
    FASE_NAVNE,
    OPTAGER_TEKST,
    OPTAGER_UR,
    PROCESFASER,
    Haendelse,
    kode_navn,
)
from supervision.personer.models import Person
from supervision.personer.queries import ord_of
from supervision.problems import NotFound

MOST_SHOWN = 12
OPEN_FOR = timedelta(hours=12)
"""How long one that lies ready is offered on the group's page."""


@dataclass(frozen=True, slots=True)
class Kort:
    """One line of the list: what was played, and where it is now."""

    kalibrering: Kalibrering
    manuskript: Manuskript
    tilstand: str
    min_log: KalibreringLog | None


def get_kalibrering(kalibrering_id: UUID, *, viewer: Person, hold: bool = False) -> Kalibrering:
    """A kalibrering of a group the viewer is in, or one they practise with alone. Raises NotFound.

    hold: keep the row until the commit, so that two taps at once wait for each other.
    """
    wanted = _whole().where(Kalibrering.id == kalibrering_id, _seen(viewer))
    if hold:
        db.session.scalar(select(Kalibrering.id).where(Kalibrering.id == kalibrering_id).with_for_update())
        wanted = wanted.execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None or content.find_manuskript(found.manuskript) is None:
        raise NotFound
    return found


def get_kalibrering_to_steer(kalibrering_id: UUID, *, viewer: Person) -> Kalibrering:
    """One that the viewer steers, held until the commit. Raises NotFound, for those who only take part too."""
    found = get_kalibrering(kalibrering_id, viewer=viewer, hold=True)
    if not may_steer(found, viewer):
        raise NotFound
    return found


def may_steer(kalibrering: Kalibrering, person: Person) -> bool:
    """Whether the screen obeys this person."""
    gruppe = kalibrering.gruppe
    return rules.may_steer(kalibrering.oprettet_af, gruppe.facilitator_id if gruppe else None, person.id)


def find_successor(kalibrering: Kalibrering) -> Kalibrering | None:
    """What was laid ready when this one was begun again from its start."""
    if kalibrering.afbrudt_at is None:
        return None
    alone = Kalibrering.gruppe_id.is_(None) & (Kalibrering.oprettet_af == kalibrering.oprettet_af)
    same = Kalibrering.gruppe_id == kalibrering.gruppe_id if kalibrering.gruppe_id else alone
    return db.session.scalar(
        select(Kalibrering)
        .where(same, Kalibrering.manuskript == kalibrering.manuskript, Kalibrering.id != kalibrering.id)
        .where(Kalibrering.oprettet_at >= kalibrering.afbrudt_at)
        .order_by(Kalibrering.oprettet_at, Kalibrering.id)
        .limit(1)
    )


def list_kalibreringer(*, viewer: Person, gruppe: Laeringsgruppe | None = None) -> list[Kort]:
    """The newest that the viewer may see, of one group or all; those that were begun again are left out."""
    wanted = _whole().where(Kalibrering.afbrudt_at.is_(None), _seen(viewer))
    if gruppe is not None:
        wanted = wanted.where(Kalibrering.gruppe_id == gruppe.id)
    wanted = wanted.order_by(Kalibrering.oprettet_at.desc(), Kalibrering.id).limit(MOST_SHOWN)
    found = []
    for one in db.session.scalars(wanted):
        known = content.find_manuskript(one.manuskript)
        if known is not None:
            now = rules.tilstand(one, clock.now(), known.varer_ms)
            found.append(Kort(one, known, now, own_log(one, viewer)))
    return found


def list_open_kalibreringer(gruppe: Laeringsgruppe | None = None, *, viewer: Person) -> list[Kort]:
    """Those of a group (None: of all the viewer's) that one can still take part in, the newest first.

    What lies from an earlier day is left out.
    """
    since = clock.now() - OPEN_FOR
    return [
        kort
        for kort in list_kalibreringer(viewer=viewer, gruppe=gruppe)
        if kort.kalibrering.gruppe_id is not None
        and kort.tilstand != rules.SLUT
        and (kort.kalibrering.start_at or kort.kalibrering.oprettet_at) > since
    ]


def manuskript_of(kalibrering: Kalibrering) -> Manuskript:
    """What is played. Raises NotFound when the product has it no longer."""
    found = content.find_manuskript(kalibrering.manuskript)
    if found is None:
        raise NotFound
    return found


def koder_of(kalibrering: Kalibrering) -> tuple[str, ...]:
    """The kendetegn on everybody's screen, in their order."""
    known = manuskript_of(kalibrering).kendetegn
    chosen = kalibrering.kendetegn
    return known if chosen is None else tuple(kode for kode in known if kode in chosen)


def own_log(kalibrering: Kalibrering, viewer: Person) -> KalibreringLog | None:
    """The viewer's own ticks, unless they took them back."""
    return next(
        (log for log in kalibrering.logge if log.person_id == viewer.id and log.trukket_at is None), None
    )


def list_ended(kalibrering: Kalibrering) -> list[KalibreringLog]:
    """The logs that are ended, in the order they were opened."""
    return [log for log in kalibrering.logge if log.afsluttet_at is not None and log.trukket_at is None]


def list_shown(kalibrering: Kalibrering) -> list[KalibreringLog]:
    """The logs that the group's picture is made of: none before it is opened, or when one of them was taken back."""
    vist = kalibrering.vist_at
    if vist is None:
        return []
    inside = [log for log in kalibrering.logge if log.afsluttet_at is not None and log.afsluttet_at <= vist]
    if len(inside) < rules.FRA_TRE or any(log.trukket_at is not None for log in inside):
        return []
    return inside


def list_kryds(log_ids: list[UUID]) -> dict[UUID, list[Haendelse]]:
    """Log id -> its events, ordered by `t_ms`, `nr`, `id`; a log without events is there too."""
    table = KalibreringHaendelse.__table__
    rows = db.session.execute(
        select(table.c.log_id, table.c.id, table.c.nr, table.c.t_ms, table.c.spor, table.c.kode)
        .where(table.c.log_id.in_(log_ids))
        .order_by(table.c.t_ms, table.c.nr, table.c.id)
    )
    found: dict[UUID, list[Haendelse]] = {log_id: [] for log_id in log_ids}
    for row in rows:
        found[row[0]].append(Haendelse(*row[1:]))
    return found


def gamemaster_of(manuskript: Manuskript) -> GmVariant:
    """Its GameMaster, in the words of its skabelon. Raises NotFound when the catalogue has it no longer."""
    katalog = load_katalog()
    variant, skabelon = katalog.gm_variant(manuskript.gm_variant), katalog.skabelon(manuskript.skabelon)
    if variant is None:
        raise NotFound
    return variant.in_words(skabelon.ord) if skabelon and skabelon.gm_variant == variant.key else variant


def navne_of(manuskript: Manuskript, *, viewer: Person) -> timeline.Navn:
    """`navn(spor, kode)` in the words of the viewer's house."""
    katalog, variant, ord = load_katalog(), gamemaster_of(manuskript), ord_of(viewer.organisation_id)
    faser = {fase.kode: fase.navn for fase in variant.faser}

    def navn(spor: str, kode: str) -> str:
        if spor == "faerdighed":
            return plain(katalog.navn(kode))
        if spor == "element":
            return ord.paa(plain(katalog.element_navn(kode, variant)))
        if spor == "fase":
            return faser.get(kode, FASE_NAVNE.get(kode, kode))
        if spor == "taler" and kode in manuskript.parter:
            return ord.paa(part_navn(kode, manuskript.samtaletype))
        return ord.paa(kode_navn(spor, kode))

    return navn


def optager_skaerm(kalibrering: Kalibrering, *, viewer: Person) -> dict[str, Any]:
    """What the recorder's screen is built from, as `settings_of_the_screen` gives it for a kontrakt."""
    manuskript, katalog = manuskript_of(kalibrering), load_katalog()
    navn, ord = navne_of(manuskript, viewer=viewer), ord_of(viewer.organisation_id)
    koder, variant = koder_of(kalibrering), gamemaster_of(manuskript)
    talere = (*manuskript.parter, "samtidig", "stilhed")
    elementer = [element.kode for fase in variant.faser for element in fase.elementer]
    return {
        "laengde_min": -(-manuskript.varer_ms // 60_000),
        "samtaletype": ord.paa(SAMTALE_TYPER[manuskript.samtaletype]),
        "graense": viewer.organisation.taletid_graense / 100,
        "parter": list(manuskript.parter),
        "faser": [
            {
                "kode": fase.kode,
                "navn": fase.navn,
                "niveau": "proces" if fase.kode in PROCESFASER else "indhold",
                "elementer": [{"kode": e.kode, "navn": navn("element", e.kode)} for e in fase.elementer],
            }
            for fase in variant.faser
        ],
        "kendetegn": [
            {"kode": kode, "kort": katalog.navn(kode), "tekst": katalog.tekst(kode)} for kode in koder
        ],
        "ord": {key: ord.paa(text) for key, text in OPTAGER_TEKST.items()},
        "navne": {
            "ur": {kode: ord.paa(text) for kode, text in OPTAGER_UR.items()},
            "taler": {kode: navn("taler", kode) for kode in talere},
            "fase": {fase.kode: fase.navn for fase in variant.faser},
            "element": {kode: navn("element", kode) for kode in elementer},
            "faerdighed": {kode: katalog.navn(kode) for kode in koder},
        },
    }


def _seen(viewer: Person) -> ColumnElement[bool]:
    groups = select(Laeringsgruppe.id).where(seen_by(viewer))
    alone = and_(Kalibrering.gruppe_id.is_(None), Kalibrering.oprettet_af == viewer.id)
    return or_(alone, Kalibrering.gruppe_id.in_(groups))


def _whole() -> Select[Kalibrering]:
    return select(Kalibrering).options(
        joinedload(Kalibrering.gruppe), selectinload(Kalibrering.logge).joinedload(KalibreringLog.person)
    )

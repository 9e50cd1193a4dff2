"""Reading observationer: who may see a log, and what of it.

The observatør sees it from the start and until `observatoer_indtil`, the fokusperson from `overdraget_at`,
nobody else at any time. Notes are the observatør's alone: for everybody else their text is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.katalog.rules import plain
from supervision.observationer import measures, rules, timeline
from supervision.observationer.models import Haendelse, Observation
from supervision.personer.models import Person
from supervision.problems import NotFound

PAGE = 50

_PEOPLE = (joinedload(Observation.fokusperson), joinedload(Observation.observatoer))


@dataclass(frozen=True, slots=True)
class Tidslinje:
    """What the page of one observation shows: picture, rows of its table, figures, and the names of codes."""

    billede: timeline.Billede
    raekker: list[timeline.Raekke]
    maal: measures.Maal
    emner: timeline.Emner
    elementer: tuple[str, ...]
    navn: timeline.Navn


def get_observation(observation_id: UUID, *, viewer: Person) -> Observation:
    """An observation the viewer may see now. Raises NotFound."""
    found = db.session.scalar(
        select(Observation)
        .options(*_PEOPLE, joinedload(Observation.kontrakt).joinedload(FeedbackKontrakt.samtale))
        .where(Observation.id == observation_id)
        .where(_seen_by(viewer))
    )
    if found is None:
        raise NotFound
    return found


def find_observation_of(kontrakt_id: UUID) -> Observation | None:
    """The log of a kontrakt that the caller has loaded through what the viewer may see."""
    return db.session.scalar(select(Observation).where(Observation.kontrakt_id == kontrakt_id))


def list_observationer(*, viewer: Person, page: int | None = None) -> list[Observation]:
    """What the viewer may see now, newest first; names of files decide within a day.

    page: 1 is the first `PAGE` of them; None is all.
    """
    wanted = (
        select(Observation)
        .options(*_PEOPLE)
        .where(_seen_by(viewer))
        .order_by(
            Observation.startet_at.desc(),
            Observation.fil_observation,
            Observation.fil_observatoer,
            Observation.id,
        )
    )
    if page is not None:
        wanted = wanted.limit(PAGE).offset((page - 1) * PAGE)
    return list(db.session.scalars(wanted))


def count_observationer(*, viewer: Person) -> int:
    """How many observationer the viewer may see now."""
    return db.session.scalar(select(func.count()).select_from(Observation).where(_seen_by(viewer))) or 0


def list_haendelser(observation_id: UUID) -> list[rules.Haendelse]:
    """Every event of a log, ordered by `t_ms`, `nr`, `id`; with the notes, so for figures and the observatør.

    Read as rows: a log may have thousands, and nobody changes one.
    """
    table = Haendelse.__table__
    rows = db.session.execute(
        select(table.c.id, table.c.nr, table.c.t_ms, table.c.spor, table.c.kode)
        .where(table.c.observation_id == observation_id)
        .order_by(table.c.t_ms, table.c.nr, table.c.id)
    )
    return [rules.Haendelse(*row) for row in rows]


def list_seen_haendelser(observation: Observation, *, viewer: Person) -> list[rules.Haendelse]:
    """The events as the viewer may see them: for others than the observatør the notes have no text.

    The note itself stays in the list, as it may be the last event and so decide how long the samtale was.
    """
    haendelser = list_haendelser(observation.id)
    if viewer.id == observation.observatoer_id:
        return haendelser
    return [replace(h, kode="") if h.spor == "note" else h for h in haendelser]


def maal_of(observation_id: UUID) -> measures.Maal:
    """The figures of one log, by the code that `supervision maal` uses."""
    return measures.maal(list_haendelser(observation_id))


def get_tidslinje(observation: Observation, *, viewer: Person) -> Tidslinje:
    """Picture, table and figures of an observation that was loaded through `get_observation`."""
    haendelser = list_seen_haendelser(observation, viewer=viewer)
    navne = navne_of(observation)
    known_at = observation.startet_at if observation.kilde == "optager" else None
    return Tidslinje(
        billede=timeline.picture(haendelser, navne),
        raekker=timeline.rows(haendelser, navne, known_at),
        maal=measures.maal(haendelser),
        emner=timeline.emner(haendelser),
        elementer=timeline.elementer(haendelser),
        navn=navne,
    )


def navne_of(observation: Observation) -> timeline.Navn:
    """`navn(spor, kode)` for one log: the kontrakt's own words, else the catalogue's, else the log's."""
    katalog = load_katalog()
    kontrakt = observation.kontrakt
    own = {tegn.kode: tegn.kort for tegn in kontrakt.kendetegn} if kontrakt else {}
    variant = kontrakt.gm_variant if kontrakt else ""
    found = katalog.gm_variant(variant)
    faser = {fase.kode: fase.navn for fase in found.faser} if found else {}

    def navn(spor: str, kode: str) -> str:
        if spor == "faerdighed":
            return plain(own.get(kode) or katalog.navn(kode))
        if spor == "element":
            return plain(katalog.element_navn(kode, variant))
        if spor == "fase" and kode in faser:
            return faser[kode]
        return rules.kode_navn(spor, kode)

    return navn


def _seen_by(viewer: Person) -> ColumnElement[bool]:
    now = clock.now()
    return or_(
        and_(Observation.fokusperson_id == viewer.id, Observation.overdraget_at <= now),
        and_(
            Observation.observatoer_id == viewer.id,
            or_(Observation.observatoer_indtil.is_(None), Observation.observatoer_indtil > now),
        ),
    )

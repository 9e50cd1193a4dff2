"""What members put on the table for a meeting, the pictures made of it, and who knows what from them (R7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.db import db
from supervision.feedback.models import Feedback, FeedbackPunkt
from supervision.grupper import rules
from supervision.grupper.models import Billedbidrag, Billedseer, Gruppebillede, Moede, PaaBordet
from supervision.katalog.queries import katalog_for
from supervision.katalog.rules import plain
from supervision.observationer.models import Observation
from supervision.observationer.queries import maal_of
from supervision.personer.models import Person
from supervision.problems import NotFound

TILBAGE = timedelta(days=84)
"""How old a samtale may be to be offered for the table: a round and what lies just before it."""
OEVELSE = "oevelse"


@dataclass(frozen=True, slots=True)
class Punktpaabordet:
    """A point on the table as the group sees it. ejer: the first name, if the owner chose to show it; else ""."""

    id: UUID
    slags: str
    tekst: str
    ejer: str


def list_egne_samtaler(moede: Moede, *, viewer: Person) -> list[Observation]:
    """The viewer's own observationer that could be put on this table and are not yet: as fokusperson, handed over."""
    now = clock.now()
    taken = select(PaaBordet.observation_id).where(
        PaaBordet.moede_id == moede.id, PaaBordet.observation_id.is_not(None)
    )
    return list(
        db.session.scalars(
            select(Observation)
            .outerjoin(Observation.kontrakt)
            .outerjoin(FeedbackKontrakt.samtale)
            .options(
                joinedload(Observation.observatoer),
                joinedload(Observation.kontrakt).joinedload(FeedbackKontrakt.samtale),
            )
            .where(Observation.fokusperson_id == viewer.id, Observation.overdraget_at <= now)
            .where(Observation.startet_at >= now - TILBAGE, Observation.id.not_in(taken))
            .where(func.coalesce(Samtale.type, "") != OEVELSE)
            .order_by(Observation.startet_at.desc(), Observation.id)
        )
    )


def list_egne_punkter(moede: Moede, *, viewer: Person) -> list[FeedbackPunkt]:
    """The points of feedback that the viewer has read as fokusperson and not put on this table, newest first."""
    taken = select(PaaBordet.punkt_id).where(PaaBordet.moede_id == moede.id, PaaBordet.punkt_id.is_not(None))
    return list(
        db.session.scalars(
            select(FeedbackPunkt)
            .join(FeedbackPunkt.feedback)
            .options(joinedload(FeedbackPunkt.feedback))
            .where(Feedback.fokusperson_id == viewer.id, Feedback.laest_at.is_not(None))
            .where(FeedbackPunkt.sendt_at >= clock.now() - TILBAGE, FeedbackPunkt.id.not_in(taken))
            .order_by(Feedback.sendt_at.desc(), FeedbackPunkt.nr, FeedbackPunkt.id)
        )
    )


def list_mit_paa_bordet(moede: Moede, *, viewer: Person) -> list[PaaBordet]:
    """What the viewer has on this table, oldest first."""
    return list(
        db.session.scalars(
            select(PaaBordet)
            .where(PaaBordet.moede_id == moede.id, PaaBordet.person_id == viewer.id)
            .options(joinedload(PaaBordet.observation), joinedload(PaaBordet.punkt))
            .order_by(PaaBordet.lagt_at, PaaBordet.id)
        )
    )


def get_mit_paa_bordet(paa_bordet_id: UUID, *, viewer: Person) -> PaaBordet:
    """Something that the viewer put on a table. Raises NotFound, for everybody else too."""
    found = db.session.scalar(
        select(PaaBordet)
        .where(PaaBordet.id == paa_bordet_id, PaaBordet.person_id == viewer.id)
        .options(joinedload(PaaBordet.moede))
    )
    if found is None:
        raise NotFound
    return found


def list_punkter_paa_bordet(moede: Moede) -> list[Punktpaabordet]:
    """The points on the table, as the group sees them, in an order that does not tell whose they are."""
    rows = db.session.execute(
        select(PaaBordet.id, PaaBordet.med_navn, FeedbackPunkt.slags, FeedbackPunkt.tekst, Person.navn)
        .join(FeedbackPunkt, FeedbackPunkt.id == PaaBordet.punkt_id)
        .join(Person, Person.id == PaaBordet.person_id)
        .where(PaaBordet.moede_id == moede.id)
        .order_by(PaaBordet.id)
    )
    return [
        Punktpaabordet(id_, slags, tekst, navn.split()[0] if med_navn else "")
        for id_, med_navn, slags, tekst, navn in rows
    ]


def list_lagt(moede: Moede) -> list[tuple[Observation, rules.Lagt]]:
    """The samtaler on the table with their figures: for the picture alone, never for a page."""
    found = db.session.scalars(
        select(Observation)
        .join(PaaBordet, PaaBordet.observation_id == Observation.id)
        .where(PaaBordet.moede_id == moede.id, Observation.fokusperson_id == PaaBordet.person_id)
        .options(joinedload(Observation.kontrakt).selectinload(FeedbackKontrakt.kendetegn))
        .order_by(Observation.id)
    )
    lagt = [(observation, _lagt(observation)) for observation in found]
    return [(observation, one) for observation, one in lagt if one.maal["varighed_ms"] > 0]


def list_vist_foer(moede: Moede) -> list[rules.Bidrag]:
    """Which samtaler of whom were in each picture that this group has been shown."""
    rows = db.session.execute(
        select(Billedbidrag.billede_id, Billedbidrag.person_id, Billedbidrag.observation_id)
        .join(Gruppebillede, Gruppebillede.id == Billedbidrag.billede_id)
        .join(Moede, Moede.id == Gruppebillede.moede_id)
        .where(Moede.gruppe_id == moede.gruppe_id)
    )
    by_picture: dict[UUID, list[tuple[UUID, UUID]]] = defaultdict(list)
    for billede_id, person_id, observation_id in rows:
        by_picture[billede_id].append((person_id, observation_id))
    return [rules.bidrag_af(pairs) for pairs in by_picture.values()]


def find_billede(moede: Moede, *, viewer: Person) -> Gruppebillede | None:
    """The picture that is shown at a meeting now, for those who were in the group when it was shown."""
    return db.session.scalar(
        select(Gruppebillede)
        .join(Billedseer, Billedseer.billede_id == Gruppebillede.id)
        .where(Gruppebillede.moede_id == moede.id, Gruppebillede.skjult_at.is_(None))
        .where(Billedseer.person_id == viewer.id)
        .order_by(Gruppebillede.vist_at.desc())
        .limit(1)
    )


def list_billeder_vist(moede: Moede) -> list[Gruppebillede]:
    """Every picture of a meeting that is not put away, for whoever puts it away."""
    return list(
        db.session.scalars(
            select(Gruppebillede)
            .where(Gruppebillede.moede_id == moede.id, Gruppebillede.skjult_at.is_(None))
            .options(selectinload(Gruppebillede.bidrag))
            .order_by(Gruppebillede.vist_at, Gruppebillede.id)
        )
    )


def read_billede(billede: Gruppebillede) -> list[rules.Delbillede]:
    """The frozen figures of a picture that is shown."""
    raw: list[dict[str, Any]] = billede.tal or []
    return [
        rules.Delbillede(one["noegle"], tuple(rules.Raekke(**row) for row in one["raekker"])) for one in raw
    ]


def list_kendte(viewer: Person, periode: rules.Periode) -> set[UUID]:
    """R7: whose ticks of the period were in a gruppebillede that the viewer could see; they never include the viewer.

    They do not count towards k in a figure of that period that this viewer is shown. It also holds when the picture
    was put away, when somebody has left the group since, and when the observation is deleted.
    """
    days = Billedbidrag.dag.between(periode.fra, periode.til)
    return {person for _, person, _ in iter_set_ved_bordet(Billedseer.person_id == viewer.id, days)}


def iter_set_ved_bordet(*which: ColumnElement[bool]) -> Iterator[tuple[UUID, UUID, date]]:
    """R7: (who could see a gruppebillede, whose ticks were in it, of which day); nobody's own. which: of what rows."""
    rows = db.session.execute(
        select(Billedseer.person_id, Billedbidrag.person_id, Billedbidrag.dag)
        .join(Billedbidrag, Billedbidrag.billede_id == Billedseer.billede_id)
        .join(Gruppebillede, Gruppebillede.id == Billedseer.billede_id)
        .where(Billedseer.person_id != Billedbidrag.person_id, *which)
        .distinct()
    )
    yield from rows.tuples()


def navn_af(moede: Moede) -> Callable[[str], str]:
    """The short names of kendetegn, as the group's facilitator has them: kode -> name."""
    katalog = katalog_for(moede.gruppe.facilitator.organisation)
    return lambda kode: plain(katalog.navn(kode))


def _lagt(observation: Observation) -> rules.Lagt:
    """What could be seen is what the kontrakt agreed on; a log from a file has none: it is what was seen."""
    kontrakt, maal = observation.kontrakt, maal_of(observation.id)
    return rules.Lagt(
        person_id=observation.fokusperson_id,
        observation_id=observation.id,
        maal=maal,
        parter=frozenset(kontrakt.parter if kontrakt else maal["taletid_ms"]),
        kendetegn=frozenset((tegn.kode for tegn in kontrakt.kendetegn) if kontrakt else maal["faerdigheder"]),
    )

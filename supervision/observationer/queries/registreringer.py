"""What was noted after a samtale, as the viewer may see it, and what decides which fields there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from supervision.aftaler.queries import skabelon_of
from supervision.db import db
from supervision.katalog.queries import katalog_of, list_udgivne
from supervision.katalog.rules import Skabelon
from supervision.katalog.rules.vaerdier import REDSKABER, SLAGS, Omgivelser, Redskab
from supervision.katalog.rules.vaerdier.ord import i_ord, overskrift
from supervision.katalog.rules.vaerdier.tilbud import andre, tilbudte
from supervision.observationer import measures
from supervision.observationer.models import Observation, Registrering
from supervision.observationer.queries.logs import list_haendelser, seen_by
from supervision.observationer.queries.samarbejde import SAMARBEJDE, get_samarbejde
from supervision.observationer.timeline.emnetid import Emnetid, emnetid
from supervision.personer.models import Organisation, Person
from supervision.problems import NotFound

EMNER = "emner"
_ORDER = {key: place for place, key in enumerate(SLAGS)}


@dataclass(frozen=True, slots=True)
class Note:
    """One registrering as it is shown: its heading and sentences. tid_ms: into the samtale, None without a place."""

    registrering: Registrering
    overskrift: str
    ord: tuple[str, ...]
    tid_ms: int | None

    @property
    def data(self) -> dict[str, Any]:
        """What the small picture is drawn of."""
        return self.registrering.data


@dataclass(frozen=True, slots=True)
class Brugt:
    """What was noted of one log, as one viewer may see it.

    noter: what both see, in the order of SLAGS. private: the viewer's own, that nobody else sees. samarbejde: how the
    viewer knew the seven elements, None when it is not noted. vist: those that others in the samtale show to them.
    """

    noter: tuple[Note, ...]
    private: tuple[Note, ...]
    samarbejde: Note | None
    vist: tuple[Note, ...]

    def __bool__(self) -> bool:
        return bool(self.noter or self.private or self.samarbejde or self.vist)


@dataclass(frozen=True, slots=True)
class Tilbud:
    """What the observatør may note: what fits the samtale first, and the rest. Each is (slags, tool or None)."""

    foerst: tuple[tuple[str, Redskab | None], ...]
    andre: tuple[str, ...]


def get_brugt(observation: Observation, *, viewer: Person) -> Brugt:
    """What was noted of an observation that was loaded through `get_observation`."""
    rows = db.session.scalars(
        select(Registrering)
        .where(Registrering.observation_id == observation.id, Registrering.slags != SAMARBEJDE)
        .where(or_(Registrering.person_id == viewer.id, Registrering.privat.is_(False)))
    ).all()
    start = (
        measures.start_end(list_haendelser(observation.id))[0] if any(r.t_ms is not None for r in rows) else 0
    )
    notes = [make_note(row, start) for row in sorted(rows, key=_place)]
    own, shown = get_samarbejde(observation, viewer=viewer)
    return Brugt(
        noter=tuple(note for note in notes if not note.registrering.privat),
        private=tuple(note for note in notes if note.registrering.privat),
        samarbejde=make_note(own) if own else None,
        vist=tuple(map(make_note, shown)),
    )


def get_registrering(registrering_id: UUID, *, viewer: Person) -> Registrering:
    """One that the viewer noted, of a log that they may see now. Raises NotFound."""
    found = db.session.scalar(
        select(Registrering)
        .join(Registrering.observation)
        .options(joinedload(Registrering.observation))
        .where(Registrering.id == registrering_id, Registrering.person_id == viewer.id, seen_by(viewer))
    )
    if found is None:
        raise NotFound
    return found


def list_noted(observation: Observation, slags: str, *, by: Person) -> list[Registrering]:
    """What this person noted of one slags, in the order of its numbers."""
    return list(
        db.session.scalars(
            select(Registrering)
            .where(Registrering.observation_id == observation.id, Registrering.person_id == by.id)
            .where(Registrering.slags == slags)
            .order_by(Registrering.nr)
        )
    )


def omgivelser_of(observation: Observation, slags: str = "", variant: str = "") -> Omgivelser:
    """What decides the fields of a slags: the kontrakt's samtale and skabelon, the organisation's words, the log.

    The emner of the log are read for the slags that asks for them alone.
    """
    kontrakt = observation.kontrakt
    skabelon = skabelon_of(kontrakt) if kontrakt else None
    organisation = db.session.get(Organisation, observation.organisation_id)
    emner = measures.active_ms(list_haendelser(observation.id), "emne") if slags == EMNER else {}
    return Omgivelser(
        samtale_type=kontrakt.samtale.type if kontrakt else "",
        skabelon=_source_of(skabelon, observation.organisation_id),
        emner=tuple(sorted(emner, key=int)),
        smart_a=organisation.smart_a if organisation else "",
        abc=skabelon.abc if skabelon else "",
        variant=variant,
    )


def get_tilbud(observation: Observation) -> Tilbud:
    """What is offered after a log from the recorder; without the emner when the log has none."""
    kontrakt = observation.kontrakt
    assert kontrakt is not None
    katalog = katalog_of(observation.organisation_id)
    known = [katalog.kendetegn(tegn.kode) for tegn in kontrakt.kendetegn]
    skabelon = skabelon_of(kontrakt)
    first = tilbudte(
        kontrakt.samtale.type,
        _source_of(skabelon, observation.organisation_id),
        [tegn.metode for tegn in known if tegn],
    )
    nothing = () if omgivelser_of(observation, EMNER).emner else (EMNER,)
    pairs = [(key.partition(":")[0], REDSKABER.get(key.partition(":")[2])) for key in first]
    return Tilbud(
        tuple(pair for pair in pairs if pair[0] not in nothing),
        tuple(key for key in andre(first) if key not in nothing),
    )


def get_emnetid(observation: Observation, *, viewer: Person) -> Emnetid | None:
    """How the time of the emner lies; None when nobody noted what they were, or when no emne has any time."""
    noted = db.session.scalar(
        select(Registrering)
        .where(Registrering.observation_id == observation.id, Registrering.slags == EMNER)
        .where(or_(Registrering.person_id == viewer.id, Registrering.privat.is_(False)))
    )
    if noted is None:
        return None
    found = emnetid(list_haendelser(observation.id), noted.data)
    return found if found.ms else None


def make_note(row: Registrering, start: int = 0) -> Note:
    """A registrering in words. start: the `t_ms` of the samtale's beginning."""
    return Note(
        row,
        overskrift(row.slags, row.data),
        i_ord(row.slags, row.data),
        None if row.t_ms is None else max(0, row.t_ms - start),
    )


def _source_of(skabelon: Skabelon | None, organisation_id: UUID) -> str:
    """The key of the product's skabelon: for an own one that of the one it was copied from, or its own. "" for none."""
    if skabelon is None or not skabelon.egen:
        return skabelon.key if skabelon else ""
    made = [one.fra_key for one in list_udgivne(organisation_id) if one.ting.key == skabelon.key]
    return next((key for key in reversed(made) if key), skabelon.key)


def _place(row: Registrering) -> tuple[int, int]:
    return _ORDER[row.slags], row.nr

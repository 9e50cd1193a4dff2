"""An organisation's own skabeloner and methods, for whoever may change its catalogue."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from supervision import clock
from supervision.db import db
from supervision.katalog import rules
from supervision.katalog.content import load_katalog
from supervision.katalog.formats import egne
from supervision.katalog.models import EgetIndhold, SkjultOriginal
from supervision.katalog.queries.katalog import skabelon_udgave
from supervision.katalog.rules.egne import KLADDE, METODE, SKABELON, UDGIVET, find_kladde, find_nyeste, is_own
from supervision.personer.models import Organisation, Person
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class Ting:
    """One own thing with all its versions, the newest first; a draft is the first of them."""

    slags: str
    key: str
    versioner: tuple[EgetIndhold, ...]

    @property
    def kladde(self) -> EgetIndhold | None:
        """The draft that is being written."""
        return find_kladde(self.versioner)

    @property
    def nyeste(self) -> EgetIndhold | None:
        """The newest version that was published."""
        return find_nyeste(self.versioner)

    @property
    def tilbydes(self) -> bool:
        """Whether the organisation's people are offered it now."""
        return self.nyeste is not None and self.nyeste.tilstand == UDGIVET

    @property
    def navn(self) -> str:
        """The name it is offered by, or the draft's."""
        row = self.nyeste or self.versioner[0]
        return str(row.indhold.get("navn") or "Uden navn")


@dataclass(frozen=True, slots=True)
class Sted:
    """What one organisation has made of an original. egne: the newest version of each own thing that came from it."""

    organisation: Organisation
    egne: tuple[EgetIndhold, ...]
    skjult: bool


def list_organisationer_to_edit(viewer: Person) -> list[Organisation]:
    """The organisations whose catalogue the viewer may change, the viewer's own first."""
    rows = db.session.scalars(select(Organisation).order_by(Organisation.navn))
    mine = [row for row in rows if viewer.maa_rette_katalog(row.id)]
    return sorted(mine, key=lambda row: row.id != viewer.organisation_id)


def get_organisation_to_edit(organisation_id: UUID, *, viewer: Person, hold: bool = False) -> Organisation:
    """An organisation whose catalogue the viewer may change. Raises NotFound.

    hold: keep others from changing it until the commit.
    """
    if not viewer.maa_rette_katalog(organisation_id):
        raise NotFound
    wanted = select(Organisation).where(Organisation.id == organisation_id)
    if hold:
        wanted = wanted.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def list_steder(slags: str, key: str, *, viewer: Person) -> list[Sted]:
    """Each organisation whose catalogue the viewer may change, with what it has made of one original."""
    organisationer = list_organisationer_to_edit(viewer)
    ids = [row.id for row in organisationer]
    own = db.session.scalars(
        select(EgetIndhold)
        .where(
            EgetIndhold.organisation_id.in_(ids),
            EgetIndhold.slags == slags,
            or_(EgetIndhold.key == key, EgetIndhold.fra_key == key),
        )
        .order_by(EgetIndhold.oprettet_at, EgetIndhold.version)
    ).all()
    hidden = db.session.scalars(
        select(SkjultOriginal)
        .where(
            SkjultOriginal.organisation_id.in_(ids), SkjultOriginal.slags == slags, SkjultOriginal.key == key
        )
        .order_by(SkjultOriginal.organisation_id)
    ).all()
    return [
        Sted(
            organisation,
            tuple({row.key: row for row in own if row.organisation_id == organisation.id}.values()),
            any(row.organisation_id == organisation.id for row in hidden),
        )
        for organisation in organisationer
    ]


def get_eget(indhold_id: UUID, *, viewer: Person) -> EgetIndhold:
    """One version of something own, for whoever may change that organisation's catalogue. Raises NotFound."""
    found = db.session.get(EgetIndhold, indhold_id)
    if found is None or not viewer.maa_rette_katalog(found.organisation_id):
        raise NotFound
    return found


def get_eget_to_change(indhold_id: UUID, *, viewer: Person) -> EgetIndhold:
    """As `get_eget`, with the organisation's catalogue held until the commit. Raises NotFound."""
    known = get_eget(indhold_id, viewer=viewer)
    get_organisation_to_edit(known.organisation_id, viewer=viewer, hold=True)
    wanted = select(EgetIndhold).where(EgetIndhold.id == indhold_id)
    found = db.session.scalar(wanted.execution_options(populate_existing=True))
    if found is None:  # somebody threw the draft away in the meantime
        raise NotFound
    return found


def list_versioner(organisation_id: UUID, slags: str, key: str) -> list[EgetIndhold]:
    """Every version of one thing, the newest first. The organisation comes from `get_organisation_to_edit`."""
    return list(
        db.session.scalars(
            select(EgetIndhold)
            .where(
                EgetIndhold.organisation_id == organisation_id,
                EgetIndhold.slags == slags,
                EgetIndhold.key == key,
            )
            .order_by(EgetIndhold.version.desc())
        )
    )


def ting_of(row: EgetIndhold) -> Ting:
    """The thing that a version is of."""
    return Ting(row.slags, row.key, tuple(list_versioner(row.organisation_id, row.slags, row.key)))


def list_egne(organisation: Organisation) -> list[Ting]:
    """All that is the organisation's own, by name. The organisation comes from `get_organisation_to_edit`."""
    rows = db.session.scalars(
        select(EgetIndhold)
        .where(EgetIndhold.organisation_id == organisation.id)
        .order_by(EgetIndhold.slags, EgetIndhold.key, EgetIndhold.version.desc())
    ).all()
    keys = dict.fromkeys((row.slags, row.key) for row in rows)
    found = [
        Ting(slags, key, tuple(row for row in rows if (row.slags, row.key) == (slags, key)))
        for slags, key in keys
    ]
    return sorted(found, key=lambda ting: rules.fold(ting.navn))


def list_drafts(organisation_id: UUID) -> list[EgetIndhold]:
    """What is being written, in the order it was begun. The organisation comes from `get_organisation_to_edit`."""
    return list(
        db.session.scalars(
            select(EgetIndhold)
            .where(EgetIndhold.organisation_id == organisation_id, EgetIndhold.tilstand == KLADDE)
            .order_by(EgetIndhold.oprettet_at, EgetIndhold.id)
        )
    )


def list_skjulte(organisation: Organisation) -> list[SkjultOriginal]:
    """The originals that the organisation does not offer, the last one hidden first."""
    return list(
        db.session.scalars(
            select(SkjultOriginal)
            .where(SkjultOriginal.organisation_id == organisation.id)
            .order_by(SkjultOriginal.skjult_at.desc(), SkjultOriginal.key)
        )
    )


def list_for_file(organisation: Organisation, chosen: Collection[str] = ()) -> list[dict[str, Any]]:
    """What goes into a file, as the file has it: the newest version of what is offered.

    chosen: ids of versions, all without; the methods that a skabelon's own kendetegn come from always follow it.
    """
    ting = [(one.nyeste, one.tilbydes) for one in list_egne(organisation)]
    taken = [row for row, offered in ting if row and offered and (not chosen or str(row.id) in chosen)]
    koder = {kode for row in taken if row.slags == SKABELON for kode in row.indhold["kendetegn"]}
    needed = {kode for kode in koder if is_own(kode)}
    follow = [
        row
        for row, _ in ting
        if row and row.slags == METODE and not needed.isdisjoint(t["kode"] for t in row.indhold["kendetegn"])
    ]
    return [
        {
            "slags": row.slags,
            "key": row.key,
            "fra_key": row.fra_key,
            "fra_version": row.fra_version,
            "udgave": row.version,
            "aendret": row.aendret,
            "indhold": row.indhold,
        }
        for row, _ in ting
        if row and (row in taken or row in follow)
    ]


def names_of(rows: Iterable[EgetIndhold]) -> dict[UUID, str]:
    """Person id -> name, of all who made, published or retired these versions."""
    ids = {who for row in rows for who in (row.oprettet_af, row.udgivet_af, row.udgaaet_af) if who}
    wanted = select(Person).where(Person.id.in_(ids)).order_by(Person.navn)
    return {person.id: person.navn for person in db.session.scalars(wanted)}


def read_row(row: EgetIndhold) -> rules.Metode | rules.Skabelon:
    """One version as far as it has been written; a draft may lack much."""
    dag = clock.local(row.udgivet_at or row.oprettet_at).date()
    return egne.read_draft(row.slags, row.key, row.indhold, row.version, dag, row.aendret)


def original_metode(row: EgetIndhold) -> rules.Metode | None:
    """The method that an own method was copied from."""
    original = original_of(row)
    return original if isinstance(original, rules.Metode) else None


def original_of(row: EgetIndhold) -> rules.Metode | rules.Skabelon | None:
    """What it was copied from, a skabelon in the version it was copied from; None for what is new."""
    if row.fra_key is None:
        return None
    if row.slags == METODE:
        return load_katalog().metode(row.fra_key)
    return skabelon_udgave(row.organisation_id, row.fra_key, row.fra_version)

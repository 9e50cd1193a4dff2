"""The catalogue as one organisation has it: the product's, with what is its own put in and what it hides left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from logging import WARNING
from uuid import UUID

from sqlalchemy import select

from supervision import clock
from supervision.db import db
from supervision.drift.events import log_event
from supervision.katalog import rules
from supervision.katalog.content import Katalog, load_katalog
from supervision.katalog.formats import checks, egne
from supervision.katalog.formats.yaml_entry import ContentProblem
from supervision.katalog.models import EgetIndhold, SkjultOriginal
from supervision.katalog.rules import omskriv, samling
from supervision.katalog.rules.egne import KLADDE, METODE, SKABELON, UDGAAET, counted_with, is_own
from supervision.personer.models import Organisation
from supervision.personer.rules.ordvalg import ORDINAER, Ordvalg

_CHANGED = "egne_kataloger"
"""In a session's info: the catalogues of organisations that it has changed itself, by organisation and number."""


@dataclass(frozen=True, slots=True)
class Udgivet:
    """One version that was published, as it is read. fra_key: its original. udgaaet: it was taken out of use."""

    ting: rules.Metode | rules.Skabelon
    fra_key: str | None
    udgaaet: bool


def katalog_for(organisation: Organisation) -> Katalog:
    """The catalogue in this organisation: the product's own when it has neither content nor words of its own.

    Read once for each `katalog_nr` and choice of words. What the running transaction has changed is read in it, and
    not kept beyond it.
    """
    ord, nr = organisation.ord, organisation.katalog_nr
    changed = db.session.info.get(_CHANGED, {})
    if organisation.id in changed:
        kept = changed[organisation.id]
        if (nr, ord) not in kept:
            kept[nr, ord] = _read(organisation.id, ord)
        found: Katalog = kept[nr, ord]
        return found
    if not nr and ord == ORDINAER:
        return load_katalog()
    return _kept(organisation.id, nr, ord)


def katalog_of(organisation_id: UUID) -> Katalog:
    """As `katalog_for`, of an organisation that is there."""
    return katalog_for(db.session.get_one(Organisation, organisation_id))


def product_metode(key: str) -> rules.Metode | None:
    """A method as the product has it."""
    return load_katalog().metode(key)


def product_skabelon(key: str) -> rules.Skabelon | None:
    """A skabelon as the product has it now."""
    return load_katalog().skabelon(key)


def forget(organisation: Organisation) -> None:
    """From now on this session reads the organisation's catalogue anew: it has changed it."""
    db.session.info.setdefault(_CHANGED, {})[organisation.id] = {}


def skabelon_udgave(organisation_id: UUID, key: str, version: int | None) -> rules.Skabelon | None:
    """A skabelon as it was in a version, for a kontrakt of the organisation that was made with it.

    The product's are in memory; a published version of an own one never changes, so it is asked for once.
    """
    if not is_own(key):
        return load_katalog().skabelon(key, version)
    try:
        return _own_skabelon(organisation_id, key, version or 1)
    except (LookupError, ContentProblem):
        return None


def find_skabelon(organisation_id: UUID, key: str) -> rules.Skabelon | None:
    """A skabelon as it is now, the product's or an own one, in the words in which it was written."""
    own = [one.ting for one in list_udgivne(organisation_id) if one.ting.key == key] if is_own(key) else []
    if own and isinstance(own[-1], rules.Skabelon):
        return own[-1]
    return product_skabelon(key)


def list_udgivne(organisation_id: UUID) -> list[Udgivet]:
    """Every version that the organisation has published, oldest first.

    What no longer passes the schema (the product has changed since) is left out: see `list_unusable`.
    """
    found = []
    for row in _published_rows(organisation_id):
        try:
            found.append(Udgivet(read_strictly(row), row.fra_key, row.tilstand == UDGAAET))
        except ContentProblem as problem:
            log_event("indhold_kan_ikke_laeses", level=WARNING, indhold=row.id, fejl=problem)
    return found


def list_unusable(organisation_id: UUID) -> list[tuple[str, str]]:
    """(name, reason) of what was published, but can be offered no more since the product has changed."""
    whole = merge(load_katalog(), list_udgivne(organisation_id))
    newest = {(row.slags, row.key): row for row in _published_rows(organisation_id)}
    found = []
    for row in newest.values():
        try:
            check_references(read_strictly(row), whole)
        except ContentProblem as problem:
            found.append((str(row.indhold.get("navn", row.key)), problem.reason))
    return found


def _published_rows(organisation_id: UUID) -> Sequence[EgetIndhold]:
    return db.session.scalars(
        select(EgetIndhold)
        .where(EgetIndhold.organisation_id == organisation_id, EgetIndhold.tilstand != KLADDE)
        .order_by(EgetIndhold.version, EgetIndhold.udgivet_at, EgetIndhold.id)
    ).all()


def read_strictly(row: EgetIndhold) -> rules.Metode | rules.Skabelon:
    """One version as the content files' schema reads it. Raises ContentProblem."""
    dag = clock.local(row.udgivet_at or row.oprettet_at).date()
    return egne.read_own(row.slags, row.key, row.indhold, row.version, dag, row.aendret)


def skjulte_keys(organisation_id: UUID, slags: str) -> frozenset[str]:
    """The keys of the originals of one kind that the organisation hides."""
    return frozenset(
        db.session.scalars(
            select(SkjultOriginal.key)
            .where(SkjultOriginal.organisation_id == organisation_id, SkjultOriginal.slags == slags)
            .order_by(SkjultOriginal.key)
        )
    )


def merge(
    product: Katalog,
    udgivne: Sequence[Udgivet],
    *,
    skjulte_metoder: Collection[str] = (),
    skjulte_skabeloner: Collection[str] = (),
    ord: Ordvalg = ORDINAER,
) -> Katalog:
    """The product's catalogue with what was published, oldest first, and without what is hidden, in these words."""
    metoder = [one.ting for one in udgivne if isinstance(one.ting, rules.Metode)]
    newest = {one.ting.key: one for one in udgivne}
    offered = {metode.key: metode for metode in metoder if not newest[metode.key].udgaaet}
    skabeloner = [one.ting for one in udgivne if isinstance(one.ting, rules.Skabelon)]
    gone = {one.key for one in skabeloner if newest[one.key].udgaaet}
    found = replace(
        product,
        metoder=samling.merge_metoder(product.metoder, offered, skjulte_metoder),
        gemte=samling.kept_metoder(product.metoder, metoder, skjulte_metoder),
        skabelon_udgaver=samling.merge_skabeloner(
            product.skabelon_udgaver, skabeloner, {key: one.fra_key for key, one in newest.items()}
        ),
        udeladte=frozenset({*gone, *skjulte_skabeloner}),
        modeller=samling.merge_modeller(product.modeller, counted_with(metoder)),
    )
    return found if ord == ORDINAER else _in_words(found, ord)


def check_references(ting: rules.Metode | rules.Skabelon, katalog: Katalog) -> None:
    """Check that what it points at is in the catalogue. Raises ContentProblem."""
    entry = egne.entry_of(ting.key, {"navn": ting.navn})
    if isinstance(ting, rules.Skabelon):
        checks.check_skabelon(entry, ting, katalog)
    else:
        known = {metode.key for metode in (*katalog.gemte, *katalog.metoder) if metode.se is None}
        checks.check_metode(entry, ting, known)


def _in_words(katalog: Katalog, ord: Ordvalg) -> Katalog:
    return replace(
        katalog,
        metoder=tuple(omskriv.metode_in_words(one, ord.paa) for one in katalog.metoder),
        gemte=tuple(omskriv.metode_in_words(one, ord.paa) for one in katalog.gemte),
        skabelon_udgaver=tuple(omskriv.skabelon_in_words(one, ord.paa) for one in katalog.skabelon_udgaver),
    )


@lru_cache(maxsize=32)
def _kept(organisation_id: UUID, nr: int, ord: Ordvalg) -> Katalog:
    """`nr` is not read: it names the state of the organisation's own content."""
    return _read(organisation_id, ord)


def _read(organisation_id: UUID, ord: Ordvalg) -> Katalog:
    """What points at something that the catalogue has no more is left out, as what does not pass the schema is."""
    product = load_katalog()
    skjulte = {slags: skjulte_keys(organisation_id, slags) for slags in (METODE, SKABELON)}
    udgivne = list_udgivne(organisation_id)
    whole = merge(product, udgivne)
    return merge(
        product,
        [one for one in udgivne if not _lost(one, whole)],
        skjulte_metoder=skjulte[METODE],
        skjulte_skabeloner=skjulte[SKABELON],
        ord=ord,
    )


def _lost(one: Udgivet, katalog: Katalog) -> bool:
    try:
        check_references(one.ting, katalog)
    except ContentProblem as problem:
        log_event("indhold_udeladt", level=WARNING, fejl=problem)
        return True
    return False


@lru_cache(maxsize=512)
def _own_skabelon(organisation_id: UUID, key: str, version: int) -> rules.Skabelon:
    """Raises LookupError when it is not there, so that it is asked for again; ContentProblem when it cannot be read."""
    row = db.session.scalar(
        select(EgetIndhold).where(
            EgetIndhold.organisation_id == organisation_id,
            EgetIndhold.slags == SKABELON,
            EgetIndhold.key == key,
            EgetIndhold.version == version,
            EgetIndhold.tilstand != KLADDE,
        )
    )
    if row is None:
        raise LookupError(key)
    found = read_strictly(row)
    assert isinstance(found, rules.Skabelon)
    return found

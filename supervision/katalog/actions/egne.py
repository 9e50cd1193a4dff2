"""Own skabeloner and methods: begun or copied, written, published, taken out of use."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from supervision import clock, history
from supervision.db import db
from supervision.katalog import queries, rules
from supervision.katalog.actions.checking import check_publishable
from supervision.katalog.formats import egne as stored
from supervision.katalog.models import EgetIndhold
from supervision.katalog.rules import egne
from supervision.personer.models import Organisation, Person
from supervision.problems import NotAllowed, RuleBroken

ALREADY_OWN = "I har allerede jeres egen udgave af metoden. Ret den i stedet."
ELSEWHERE = "Metodens trin og kendetegn står i en anden metode. Lav jeres egen udgave af den i stedet."


def copy_original(organisation: Organisation, *, by: Person, slags: str, key: str) -> EgetIndhold:
    """A draft with the content of a skabelon or a method, as the organisation is offered it. Raises RuleBroken.

    A method keeps its key and its codes, so that figures add up across organisations, and will stand in its original's
    place; a skabelon gets a key of its own and will stand beside it.
    """
    only_editors(organisation.id, by)
    if slags == egne.SKABELON:
        skabelon = queries.find_skabelon(organisation.id, key)
        if skabelon is None:
            raise RuleBroken("Skabelonen findes ikke. Vælg en fra listen.")
        raw = stored.skabelon_as_indhold(skabelon)
        raw["navn"] = f"{skabelon.navn[: egne.NAVN_MAX - 9]} – vores"
        return _begin(organisation.id, by, slags, raw, fra=skabelon)
    metode = queries.product_metode(key)
    if metode is None:
        raise RuleBroken("Metoden findes ikke. Vælg en fra listen.")
    if metode.se:
        raise RuleBroken(ELSEWHERE)
    if queries.list_versioner(organisation.id, slags, key):
        raise RuleBroken(ALREADY_OWN)
    return _begin(organisation.id, by, slags, stored.metode_as_indhold(metode), fra=metode, key=key)


def begin_metode(
    organisation: Organisation, *, by: Person, navn: str, kategori: str, retning: str, type: str
) -> EgetIndhold:
    """A draft of a method without an original. Raises RuleBroken (kategori, retning, type)."""
    only_editors(organisation.id, by)
    for field, value, known in (
        ("kategori", kategori, rules.KATEGORIER),
        ("retning", retning, rules.RETNINGER),
        ("type", type, rules.TYPER),
    ):
        if value not in known:
            raise RuleBroken("Vælg en af mulighederne.", field)
    raw = {"navn": navn, "kategori": kategori, "retning": retning, "type": type, "belaeg": "egen"}
    return _begin(organisation.id, by, egne.METODE, raw)


def save_kladde(row: EgetIndhold, *, by: Person, indhold: dict[str, Any]) -> None:
    """Keep what was written in a draft; it may lack much. Raises RuleBroken.

    A draft that is saved as it is written leaves no trace in the history; its beginning and its publishing do.
    """
    only_editors(row.organisation_id, by)
    egne.check_is_kladde(row)
    if problem := egne.size_problem(indhold):
        raise RuleBroken(egne.sentence(problem))
    row.indhold = indhold
    db.session.flush()


def publish(row: EgetIndhold, *, by: Person, aendret: str) -> None:
    """From now on it is what the organisation's people are offered, and this version never changes.

    aendret: what is new, in one line. Raises RuleBroken: not a draft, something missing, or not to be told apart.
    """
    only_editors(row.organisation_id, by)
    egne.check_is_kladde(row)
    words = egne.check_aendret(aendret)
    check_publishable(row)
    row.tilstand, row.aendret = egne.UDGIVET, words
    row.udgivet_at, row.udgivet_af = clock.now(), by.id
    _changed(row, "udgiv_eget", by)


def retire(row: EgetIndhold, *, by: Person) -> None:
    """Offer it no more; a method's original is offered again. Kontrakter made with it read as they did.

    Raises RuleBroken when it is not the newest version, or is retired already.
    """
    only_editors(row.organisation_id, by)
    egne.check_can_retire(row, queries.list_versioner(row.organisation_id, row.slags, row.key))
    row.tilstand = egne.UDGAAET
    row.udgaaet_at, row.udgaaet_af = clock.now(), by.id
    _changed(row, "udgaa_eget", by)


def begin_version(row: EgetIndhold, *, by: Person) -> EgetIndhold:
    """A draft with the content of the newest version. Raises RuleBroken when there is a draft already."""
    only_editors(row.organisation_id, by)
    versioner = queries.list_versioner(row.organisation_id, row.slags, row.key)
    egne.check_no_kladde(versioner)
    newest = egne.find_nyeste(versioner)
    assert newest is not None  # every thing has a version, and none of them is a draft
    made = EgetIndhold(
        organisation_id=newest.organisation_id,
        slags=newest.slags,
        key=newest.key,
        version=newest.version + 1,
        indhold=dict(newest.indhold),
        fra_key=newest.fra_key,
        fra_version=newest.fra_version,
        oprettet_af=by.id,
    )
    return _added(made, by)


def drop_kladde(row: EgetIndhold, *, by: Person) -> None:
    """Throw a draft away. Raises RuleBroken when it is published."""
    only_editors(row.organisation_id, by)
    egne.check_is_kladde(row)
    history.note("slet_kladde", row, by=by.id)
    db.session.delete(row)
    db.session.flush()


def only_editors(organisation_id: UUID, by: Person) -> None:
    """Raises NotAllowed for whoever may not change this organisation's catalogue."""
    if not by.maa_rette_katalog(organisation_id):
        raise NotAllowed


def new_kode() -> str:
    """A kode that nobody else has, in any organisation."""
    return egne.own_name(uuid4().hex)


def raise_nr(organisation: Organisation) -> None:
    """The organisation's catalogue is another one from now on; whoever has it in memory reads it anew.

    The database adds: two who publish at once, each in a process, must not both arrive at the same number, or whoever
    read between them would keep the first one's catalogue for good.
    """
    organisation.katalog_nr = Organisation.katalog_nr + 1
    db.session.flush()
    queries.forget(organisation)


def _begin(
    organisation_id: UUID,
    by: Person,
    slags: str,
    raw: dict[str, Any],
    fra: rules.Metode | rules.Skabelon | None = None,
    key: str = "",
) -> EgetIndhold:
    """key: what it shares with its original; without one it gets its own, from its id."""
    made = EgetIndhold(
        organisation_id=organisation_id,
        slags=slags,
        version=1,
        indhold=raw,
        fra_key=fra.key if fra else None,
        fra_version=fra.udgave.version if fra and fra.udgave else None,
        oprettet_af=by.id,
    )
    made.id = made.id or uuid4()
    made.key = key or egne.own_name(made.id.hex)
    return _added(made, by)


def _added(row: EgetIndhold, by: Person) -> EgetIndhold:
    db.session.add(row)
    db.session.flush()
    history.note("begynd_kladde", row, by=by.id)
    return row


def _changed(row: EgetIndhold, verb: str, by: Person) -> None:
    db.session.flush()
    history.note(verb, row, by=by.id)
    raise_nr(db.session.get_one(Organisation, row.organisation_id))

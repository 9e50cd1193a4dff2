"""Taking in what another organisation has made: every thing in a file becomes a draft, or none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from supervision import clock, history
from supervision.db import db
from supervision.katalog import queries, rules
from supervision.katalog.actions.egne import only_editors
from supervision.katalog.content import load_katalog
from supervision.katalog.formats.egne import entry_of
from supervision.katalog.formats.egne_fil import FilTing, read_file, told
from supervision.katalog.formats.yaml_entry import ContentProblem
from supervision.katalog.models import EgetIndhold
from supervision.katalog.rules import egne
from supervision.personer.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class Hentet:
    """What came of a file. nye: the drafts. ens: names of what was here. optaget: of what has another draft already."""

    nye: tuple[EgetIndhold, ...]
    ens: tuple[str, ...]
    optaget: tuple[str, ...]


def import_egne(organisation: Organisation, *, by: Person, raw: bytes) -> Hentet:
    """Make drafts of what is in the file. Raises FilProblem, and then nothing has come in.

    What is here already and reads the same is passed over, so that a file can come twice. What is here and reads
    differently becomes the next version's draft, unless somebody is writing one.
    """
    only_editors(organisation.id, by)
    ting = read_file(raw, clock.today())
    try:
        _check(organisation, ting)
    except ContentProblem as problem:
        raise told(problem, raw.decode("utf-8-sig")) from problem
    nye, ens, optaget = [], [], []
    for one in ting:
        versioner = queries.list_versioner(organisation.id, one.slags, one.key)
        if any(row.indhold == one.indhold for row in versioner[:1]):
            ens.append(one.laest.navn)
        elif egne.find_kladde(versioner) is not None:
            optaget.append(one.laest.navn)
        else:
            nye.append(_draft(organisation, one, versioner, by))
    return Hentet(tuple(nye), tuple(ens), tuple(optaget))


def _check(organisation: Organisation, ting: Sequence[FilTing]) -> None:
    """Each thing is told apart from all that is here, and points at what is here or comes with it.

    Raises ContentProblem.
    """
    product = load_katalog()
    coming = [queries.Udgivet(one.laest, one.fra_key, False) for one in ting]
    katalog = queries.merge(product, [*queries.list_udgivne(organisation.id), *coming])
    owner = {tegn.kode: metode.key for metode in katalog.gemte for tegn in metode.kendetegn}
    owner |= {tegn.kode: metode.key for metode in product.metoder for tegn in metode.kendetegn}
    for one in ting:
        _check_names(one, product.metode(one.key), owner)
        queries.check_references(one.laest, katalog)


def _check_names(one: FilTing, original: rules.Metode | None, owner: dict[str, str]) -> None:
    entry = entry_of(one.key, one.indhold)
    if isinstance(one.laest, rules.Skabelon):
        if not egne.is_own(one.key):
            raise entry.problem(f"nøglen »{one.key}« begynder ikke med »{egne.EGEN}«")
        return
    if problem := egne.code_problem(one.laest, original):
        raise entry.problem(problem)
    for tegn in one.laest.kendetegn:
        if owner.setdefault(tegn.kode, one.key) != one.key:
            raise ContentProblem(entry.file, tegn.kode, "koden hører allerede til en anden metode")


def _draft(
    organisation: Organisation, one: FilTing, versioner: Sequence[EgetIndhold], by: Person
) -> EgetIndhold:
    """A method's original is the product's own; a skabelon's is what the file says, when that is here."""
    fra_key, fra_version = one.fra_key, one.fra_version
    if one.slags == egne.METODE:
        original = queries.product_metode(one.key)
        fra_key = original.key if original else None
        fra_version = original.udgave.version if original and original.udgave else None
    elif not fra_key or queries.find_skabelon(organisation.id, fra_key) is None:
        fra_key = fra_version = None
    row = EgetIndhold(
        organisation_id=organisation.id,
        slags=one.slags,
        key=one.key,
        version=versioner[0].version + 1 if versioner else 1,
        indhold=one.indhold,
        fra_key=fra_key,
        fra_version=fra_version,
        oprettet_af=by.id,
    )
    db.session.add(row)
    db.session.flush()
    history.note("hent_eget", row, by=by.id)
    return row

"""What a draft must pass before it is published: the schema of the content files, and its place among the others."""

from __future__ import annotations

from collections.abc import Sequence

from supervision.katalog import queries, rules
from supervision.katalog.content import Katalog, load_katalog
from supervision.katalog.formats import checks
from supervision.katalog.formats.egne import entry_of
from supervision.katalog.formats.yaml_entry import ContentProblem
from supervision.katalog.models import EgetIndhold
from supervision.katalog.rules import egne
from supervision.problems import RuleBroken


def check_publishable(row: EgetIndhold) -> None:
    """Raises RuleBroken with the first thing to mend."""
    for sentence in egne.missing(queries.read_row(row)):
        raise RuleBroken(sentence)
    try:
        ting = queries.read_strictly(row)
        _check_among_others(row, ting)
    except ContentProblem as problem:
        raise RuleBroken(_unpublished(row) or egne.sentence(problem.reason)) from problem


def list_problems(row: EgetIndhold) -> tuple[str, ...]:
    """What stands in the way of publishing a draft, in words; () when nothing does."""
    if found := egne.missing(queries.read_row(row)):
        return found
    try:
        check_publishable(row)
    except RuleBroken as problem:
        return (problem.text,)
    return ()


def _unpublished(row: EgetIndhold) -> str:
    """What to publish first, when a skabelon has a kendetegn that stands in a draft alone; else ""."""
    koder = set(row.indhold.get("kendetegn", ())) if row.slags == egne.SKABELON else set()
    for draft in queries.list_drafts(row.organisation_id):
        known = (
            {tegn["kode"] for tegn in draft.indhold.get("kendetegn", ())}
            if draft.slags == egne.METODE
            else set()
        )
        lacking = {kode for kode in koder & known if egne.is_own(kode)}
        if lacking:
            return f"Udgiv først metoden »{draft.indhold['navn']}«. Skabelonen har et kendetegn fra den."
    return ""


def _check_among_others(row: EgetIndhold, ting: rules.Metode | rules.Skabelon) -> None:
    others = [one for one in queries.list_udgivne(row.organisation_id) if one.ting.key != ting.key]
    katalog = _with(row, others, ting)
    _check_name(katalog, ting)
    if isinstance(ting, rules.Metode):
        product = load_katalog()
        if problem := egne.code_problem(ting, product.metode(ting.key)):
            raise RuleBroken(egne.sentence(problem))
        _check_codes(product, others, ting)
    queries.check_references(ting, katalog)
    for skabelon in katalog.skabeloner if isinstance(ting, rules.Metode) else (ting,):
        _check_tiles(katalog, skabelon, ting)


def _with(
    row: EgetIndhold, others: Sequence[queries.Udgivet], ting: rules.Metode | rules.Skabelon
) -> Katalog:
    """The catalogue as it would be with this one published."""
    hidden = {slags: queries.skjulte_keys(row.organisation_id, slags) for slags in egne.SLAGS}
    return queries.merge(
        load_katalog(),
        [*others, queries.Udgivet(ting, row.fra_key, False)],
        skjulte_metoder=hidden[egne.METODE],
        skjulte_skabeloner=hidden[egne.SKABELON],
    )


def _check_name(katalog: Katalog, ting: rules.Metode | rules.Skabelon) -> None:
    """Two that are offered side by side have two names."""
    metode = isinstance(ting, rules.Metode)
    offered: Sequence[rules.Metode | rules.Skabelon] = katalog.metoder if metode else katalog.skabeloner
    same = [one for one in offered if one.key != ting.key and rules.fold(one.navn) == rules.fold(ting.navn)]
    if same:
        what = "en metode" if metode else "en skabelon"
        raise RuleBroken(f"Der er allerede {what}, der hedder »{same[0].navn}«. Giv den et andet navn.")


def _check_codes(product: Katalog, others: Sequence[queries.Udgivet], metode: rules.Metode) -> None:
    """A kode is of one method only."""
    taken = {
        tegn.kode: one.navn
        for one in (*product.metoder, *(other.ting for other in others))
        if isinstance(one, rules.Metode) and one.key != metode.key
        for tegn in one.kendetegn
    }
    for tegn in metode.kendetegn:
        if tegn.kode in taken:
            raise RuleBroken(f"Koden »{tegn.kode}« hører allerede til metoden »{taken[tegn.kode]}«.")


def _check_tiles(katalog: Katalog, skabelon: rules.Skabelon, ting: rules.Metode | rules.Skabelon) -> None:
    """All tiles of one screen can be told apart; an own skabelon has nothing that cannot be ticked."""
    if skabelon is ting:
        checks.check_palet(entry_of(ting.key, {"navn": ting.navn}), skabelon, katalog.live)
    names: dict[str, str] = {}
    for kode in katalog.palet(skabelon):
        kort = katalog.live[kode].kort
        if rules.fold(kort) in names:
            raise RuleBroken(
                f"I skabelonen »{skabelon.navn}« ville to kendetegn hedde »{rules.plain(kort)}«. Vælg et andet navn."
            )
        names[rules.fold(kort)] = kode

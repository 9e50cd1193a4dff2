"""The rules of own content, on plain values: order, sizes, codes, differences, and what is put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace as Row
from typing import Any

import pytest

from supervision.katalog import rules
from supervision.katalog.content import load_katalog
from supervision.katalog.formats import egne as stored
from supervision.katalog.rules import egne, omskriv, samling
from supervision.personer.rules.ordvalg import Ordvalg
from supervision.problems import RuleBroken

DAG = date(2027, 3, 2)


def metode(key: str = "noegleord") -> rules.Metode:
    found = load_katalog().metode(key)
    assert found
    return found


@pytest.mark.parametrize(
    ("verb", "key", "after"),
    [
        ("op", "b", "bac"),
        ("ned", "b", "acb"),
        ("op", "a", "abc"),
        ("ned", "c", "abc"),
        ("fjern", "b", "ac"),
        ("fjern", "a", "abc"),
        ("op", "x", "abc"),
        ("gem", "b", "abc"),
    ],
)
def test_what_a_button_does_to_the_order(verb: str, key: str, after: str) -> None:
    assert "".join(egne.change_order(tuple("abc"), verb, key, fixed={"a"})) == after


def test_keys_of_ones_own_are_told_apart() -> None:
    assert egne.is_own(egne.own_name("0123456789abcdef"))
    assert not any(
        map(egne.is_own, ("noegleord", "egen_", "egen_0123456", "egen_012345678", "egen_0123456Z"))
    )
    assert not any(egne.is_own(one.key) for one in (*load_katalog().metoder, *load_katalog().skabeloner))
    assert not any(egne.is_own(tegn.kode) for one in load_katalog().metoder for tegn in one.kendetegn)


@pytest.mark.parametrize(
    ("indhold", "reason"),
    [
        ({"navn": "x" * 81}, "»navn« er for lang"),
        ({"trin": ["x" * 201]}, "»trin« er for lang"),
        ({"trin": ["x"] * 41}, "41 punkter"),
        ({"kendetegn": [{}] * 31}, "31 punkter"),
        ({"varianter": {"Hos os": ["x" * 201]}}, "»Hos os« er for lang"),
        ({"note": "Født 010190-1234"}, "CPR"),
        ({"navn": "linje\nskift"}, "et tegn"),
        ({"navn": "x" * 80, "trin": ["x"] * 40, "note": "Æ\u00adø", "marselisborg_nr": 4}, None),
    ],
)
def test_what_is_too_much(indhold: dict[str, Any], reason: str | None) -> None:
    found = egne.size_problem(indhold)
    assert (reason in found) if reason and found else found == reason


def test_the_way_from_draft_to_retired() -> None:
    first, second = Row(version=1, tilstand="udgivet"), Row(version=2, tilstand="kladde")
    assert egne.find_kladde([first, second]) is second
    assert egne.find_nyeste([first, second]) is first
    assert egne.find_nyeste([second]) is None
    egne.check_can_retire(first, [first, second])
    for act in (
        lambda: egne.check_no_kladde([first, second]),
        lambda: egne.check_is_kladde(first),
        lambda: egne.check_can_retire(second, [first, second]),
        lambda: egne.check_can_retire(first, [first, Row(version=2, tilstand="udgivet")]),
        lambda: egne.check_aendret("  "),
        lambda: egne.check_aendret("x" * 301),
    ):
        with pytest.raises(RuleBroken):
            act()
    assert egne.check_aendret("  Nye \n ord ") == "Nye ord"


def test_every_method_and_skabelon_reads_back_as_it_was_stored() -> None:
    for one in load_katalog().metoder:
        if one.se:
            continue
        back = stored.read_own_metode(one.key, stored.metode_as_indhold(one), 1, DAG)
        assert replace(back, udgave=one.udgave, egen=False) == one
        draft = stored.read_draft("metode", one.key, stored.metode_as_indhold(one), 1, DAG)
        assert draft == back
        assert egne.code_problem(back, one) is None
        assert egne.missing(back) == ()
        assert rules.forskelle_metode(one, back) == ()
    for pack in load_katalog().skabelon_udgaver:
        raw = stored.skabelon_as_indhold(pack)
        again = stored.read_own_skabelon(
            "egen_00000000", raw, pack.udgave.version, pack.udgave.dato, pack.aendret
        )
        assert replace(again, key=pack.key) == pack
        assert egne.missing(again) == ()
        assert rules.forskelle(pack, again, str) == ()


def test_the_differences_in_words() -> None:
    before = metode()
    first, second, *rest = before.kendetegn
    after = replace(
        before,
        navn="Ord, der fylder",
        trin=(*before.trin, "Vent"),
        faldgruber=before.faldgruber[::-1],
        note="Aftalt i foråret",
        kendetegn=(
            replace(second, kort="Griber ordet", tekst="Spørger til det, ordet rummer"),
            replace(first, skjult=True),
            *rest[1:],
            rules.Kendetegn("egen_0000000a", "Skriver ordet op", "Skriver op", before.key, som=first.kode),
        ),
    )
    said = " ".join(rules.forskelle_metode(before, after))
    for words in (
        "Hedder nu »Ord, der fylder«. Før hed den »Nøgleord«.",
        f"»{rules.plain(second.kort)}« hedder nu »Griber ordet«.",
        f"Ved »Griber ordet« står der nu: »Spørger til det, ordet rummer«. Før: »{second.tekst}«.",
        f"»{rules.plain(first.kort)}« er skjult.",
        "Nyt kendetegn: »Skriver op« (Skriver ordet op).",
        f"Kendetegnet »{rules.plain(rest[0].kort)}« er ikke længere med.",
        "Kendetegnene står i en ny rækkefølge.",
        "Trin, nyt: »Vent«.",
        "Pas på står i en ny rækkefølge.",
        "Værd at vide: »Aftalt i foråret«.",
    ):
        assert words in said
    back = " ".join(rules.forskelle_metode(after, before))
    assert f"»{rules.plain(first.kort)}« vises igen." in back
    assert "Værd at vide er taget ud" in back


def test_what_is_offered_and_what_is_kept() -> None:
    one, other = metode("noegleord"), metode("spejling")
    new = replace(one, key="egen_0000000a", navn="Ny", kategori="motiverende", kendetegn=())
    hidden = replace(
        one, navn="Vores", kendetegn=(replace(one.kendetegn[0], skjult=True), *one.kendetegn[1:])
    )
    found = samling.merge_metoder((one, other), {one.key: hidden, new.key: new}, {one.key, other.key})
    assert [metode.navn for metode in found] == ["Vores", "Ny"], "an own version of what is hidden is offered"
    assert found[0].kendetegn == one.kendetegn[1:]
    kept = samling.kept_metoder((one, other), (hidden, new), {other.key})
    assert kept == (one, other, hidden, new)


def test_sentences_in_other_words_still_fit() -> None:
    member = Ordvalg.fra({"borger": "medlem"})
    for one in load_katalog().metoder:
        for tegn in omskriv.metode_in_words(one, member.paa).kendetegn:
            assert rules.kort_problem(tegn.kort) is None, tegn
            assert len(tegn.tekst) <= omskriv.KONTRAKT_TEKST_MAX
            assert "borgeren" not in tegn.tekst.split()
    long = replace(metode(), kendetegn=(rules.Kendetegn("x", "x " * 150, "Kort", "noegleord"),))
    assert omskriv.metode_in_words(long, lambda text: text * 2).kendetegn[0].tekst == "x " * 150

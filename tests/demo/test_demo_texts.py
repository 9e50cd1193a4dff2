"""What is written in the demo passes the product's own rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from supervision.aftaler.rules import TEKST_MAX
from supervision.demo import modelvisninger
from supervision.demo.people import FIGURER, SIGN_INS
from supervision.demo.texts import CONTENT, in_house, load_texts, times
from supervision.katalog.content import load_katalog

DIGITS = re.compile(r"\d{6}-?\d{4}|\d{4,}")
VERDICTS = re.compile(
    r"\b(dygtig|flot|forkert|dårlig|alt for|burde|du er|du var|altid|aldrig|typisk)\b", re.IGNORECASE
)
ADVICE = re.compile(r"\b(du kunne|du skal|husk|prøv at|hvis det var mig)\b", re.IGNORECASE)


def strings(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from strings(value)
    elif isinstance(found, list):
        for value in found:
            yield from strings(value)


def own_half() -> list[str]:
    texts = load_texts()
    return list(strings([texts.kendetegn, texts.maal]))


def test_there_are_many_different_sentences() -> None:
    assert len(set(own_half())) == len(own_half()) >= 150


@pytest.mark.parametrize("tekst", own_half())
def test_the_own_half_keeps_to_itself(tekst: str) -> None:
    said = re.sub("»[^«]*«", "", tekst)
    assert not VERDICTS.search(said)
    assert not ADVICE.search(said)
    assert said[0].isupper() or tekst[0] == "»"
    assert tekst.rstrip("«")[-1] in ".?!"


def test_no_text_holds_a_number_like_a_citizens() -> None:
    for path in CONTENT.glob("*.yaml"):
        for tekst in strings(yaml.safe_load(path.read_text(encoding="utf-8"))):
            assert not DIGITS.search(tekst), tekst
            assert not any(figur.navn.split()[0] in tekst.split() for figur in FIGURER), tekst


def test_every_kind_of_samtale_takes_from_its_skabelon_and_has_words_for_it() -> None:
    texts, katalog = load_texts(), load_katalog()
    live = {tegn.kode for tegn in katalog.observerbare(kollega=True)}
    for kind in texts.slags.values():
        assert katalog.skabelon(kind.skabelon) is not None
        assert set(kind.kendetegn) <= live & texts.kendetegn.keys()
        assert 5 <= len(kind.kendetegn) <= 12
        assert max(map(len, kind.fokus)) <= TEKST_MAX["fokus"]
    assert {kind.type for kind in texts.slags.values()} >= {
        "individuel", "faellessamtale", "cv_samtale", "raadighedssamtale", "opfoelgning", "virksomhedsmoede", "oevelse",
    }  # fmt: skip


def test_every_model_of_the_catalogue_is_met_by_one_of_those_one_can_be() -> None:
    kinds = load_texts().slags
    agreed = {
        "maja": {*kinds["modstand"].kendetegn, *kinds["job"].kendetegn}
    }  # hers of the week before, and today's
    for slags, fokusperson, observatoer, *_ in modelvisninger.SAMTALER:
        assert {fokusperson, observatoer} & {key for key, _ in SIGN_INS}
        agreed.setdefault(fokusperson, set()).update(
            kinds[slags].kendetegn, modelvisninger.OGSAA.get(slags, ())
        )
    missing = [
        model.key
        for model in load_katalog().modeller.modeller
        if not any(model.frem & koder for koder in agreed.values())
    ]
    assert missing == []


def test_every_kendetegn_has_something_of_each_kind_that_counts_nothing() -> None:
    for kode, kinds in load_texts().kendetegn.items():
        assert set(kinds) == {"lykkedes", "iagttagelse", "oplevelse"}, kode


def test_an_a_kasse_has_members() -> None:
    assert in_house("Borgeren så på borgerens papir.", "kompas") == "Medlemmet så på medlemmets papir."
    assert in_house("Borgeren talte.", "fjordby") == "Borgeren talte."


def test_how_often_in_words() -> None:
    assert times(2) == "to gange"
    assert times(14) == "14 gange"

"""An organisation's words in our sentences: every form, what stands before the noun, and what stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from supervision import HOUSE
from supervision.personer.rules.ordliste import ORDLISTER, Ord, eget_ord, ejefald, foreslaa
from supervision.personer.rules.ordvalg import EKSEMPLER, FASTE_UDTRYK, ORDINAER, Ordvalg
from supervision.problems import RuleBroken

LEDIG = Ordvalg.fra({"borger": "ledig", "medarbejder": "raadgiver"})
MEDLEM = Ordvalg.fra({"borger": "medlem", "samtale": "moede", "medarbejder": "professionel"})
MADE_UP = (
    "key",
    "kilde",
    "sted",
    "passer_til",
    "kobler_til",
    "kode",
    "koder",
    "kategori",
    "retning",
    "parter",
    "metoder",
)
"""Keys of the content files under which nothing stands that is shown as a sentence of ours."""


@pytest.mark.parametrize(
    ("ours", "ledig", "medlem"),
    [
        ("en borger", "en ledig", "et medlem"),
        ("En borgers ord", "En ledigs ord", "Et medlems ord"),
        ("Borgeren siger", "Den ledige siger", "Medlemmet siger"),
        ("borgerens egne ord", "den lediges egne ord", "medlemmets egne ord"),
        ("Borgers egne grunde", "Lediges egne grunde", "Medlems egne grunde"),
        ("unge borgere", "unge ledige", "unge medlemmer"),
        ("borgernes og borgeres", "de lediges og lediges", "medlemmernes og medlemmers"),
        ("hver borger", "hver ledig", "hvert medlem"),
        ("enhver borger", "enhver ledig", "ethvert medlem"),
        ("den enkelte borger", "den enkelte ledige", "det enkelte medlem"),
        ("Din borger, denne borger", "Din ledige, denne ledige", "Dit medlem, dette medlem"),
        ("ingen borger, ingen borgere", "ingen ledig, ingen ledige", "intet medlem, ingen medlemmer"),
        ("en anden borger", "en anden ledig", "et andet medlem"),
        ("BORGEREN", "Den ledige", "Medlemmet"),
        ("Borger og medarbejder", "Ledig og rådgiver", "Medlem og professionel"),
        ("bag medarbejderen", "bag rådgiveren", "bag den professionelle"),
        ("medarbejderens greb", "rådgiverens greb", "den professionelles greb"),
        ("én medarbejder", "én rådgiver", "én professionel"),
        ("Find en anden samtale.", "Find en anden samtale.", "Find et andet møde."),
        ("Din egen samtale", "Din egen samtale", "Dit eget møde"),
        ("Den her samtale", "Den her samtale", "Det her møde"),
        ("når samtalen bliver svær", "når samtalen bliver svær", "når mødet bliver svært"),
        (
            "samtalens længde, samtalers, samtalernes",
            "samtalens længde, samtalers, samtalernes",
            "mødets længde, møders, mødernes",
        ),
        ("i en enkelt samtale", "i en enkelt samtale", "i et enkelt møde"),
        ("En ny, kort samtale", "En ny, kort samtale", "Et nyt, kort møde"),
        (
            "Er det første, anden eller en senere samtale med borgeren?",
            "Er det første, anden eller en senere samtale med den ledige?",
            "Er det første, andet eller et senere møde med medlemmet?",
        ),
    ],
)
def test_nouns_change_with_what_stands_before_them(ours: str, ledig: str, medlem: str) -> None:
    assert LEDIG.paa(ours) == ledig
    assert MEDLEM.paa(ours) == medlem
    assert ORDINAER.paa(ours) == ours


@pytest.mark.parametrize(
    "stays",
    [
        "Fællessamtale, CV-samtale og rådighedssamtale",
        "samtaletype, samtaleforløb, samtale\u00adstyring og borgergruppe",
        "Anden medarbejder",
        "Den anden medarbejders ord",
        "Samtalens Pejlemærker",
        "Den motiverende samtale (MI)",
        "Procesniveau (samtalen om samtalen)",
        "Jobsamtalen, GameMaster-kontrakten og feedback-kontrakten",
        "Fokuspersonen og observatøren",
        "/samtaler og samtale_id",
        "Kilden er »Den gode samtale«, skrevet af »en borger«",
        "Den ledige booker selv",
    ],
)
def test_compounds_names_and_what_is_quoted_stay(stays: str) -> None:
    assert LEDIG.paa(stays) == stays
    assert MEDLEM.paa(stays) == stays


def test_the_choice_is_stored_as_little_as_it_differs() -> None:
    assert ORDINAER == Ordvalg() == Ordvalg.fra(None) == Ordvalg.fra({})
    assert Ordvalg.fra({"borger": "borger"}).som_data() is None
    assert MEDLEM.som_data() == {"borger": "medlem", "samtale": "moede", "medarbejder": "professionel"}
    own = Ordvalg(borger=eget_ord({"ental": "kunde"}, "en"))
    assert own.som_data() == {
        "borger": {
            "ental": "kunde",
            "koen": "en",
            "bestemt": "kunden",
            "flertal": "kunder",
            "bestemt_flertal": "kunderne",
        }
    }
    for chosen in (own, MEDLEM, LEDIG):
        assert Ordvalg.fra(chosen.som_data()) == chosen
        assert len({chosen, Ordvalg.fra(chosen.som_data())}) == 1
    assert (own.noegle("borger"), own.noegle("samtale")) == ("eget", "samtale")
    with pytest.raises(KeyError):
        Ordvalg.fra({"borger": "klient"})


def test_a_word_of_ones_own_gets_the_forms_that_were_not_typed() -> None:
    assert foreslaa("rådgiver", "en") == {
        "bestemt": "rådgiveren",
        "flertal": "rådgivere",
        "bestemt_flertal": "rådgiverne",
    }
    assert foreslaa("konsulent", "en")["bestemt_flertal"] == "konsulenterne"
    assert foreslaa("besøg", "et") == {
        "bestemt": "besøget",
        "flertal": "besøg",
        "bestemt_flertal": "besøgene",
    }
    assert foreslaa("møde", "et") == {"bestemt": "mødet", "flertal": "møder", "bestemt_flertal": "møderne"}
    kursus = eget_ord(
        {"ental": "kursus", "bestemt": "kurset", "flertal": "kurser", "bestemt_flertal": "kurserne"}, "et"
    )
    assert Ordvalg(samtale=kursus).paa("En samtales mål og samtalens mål") == "Et kursus' mål og kursets mål"


@pytest.mark.parametrize(
    ("former", "koen", "felt"),
    [
        ({"ental": "  "}, "en", "borger-ental"),
        ({"ental": "kunde"}, "den", "borger-koen"),
        ({"ental": "Observatør"}, "en", "borger-ental"),
        ({"ental": "jobsamtale"}, "en", "borger-ental"),
        ({"ental": "kommunal borger"}, "en", "borger-ental"),
        ({"ental": "kunde", "flertal": "<b>"}, "en", "borger-flertal"),
        ({"ental": "kunde", "bestemt": "-kunden"}, "en", "borger-bestemt"),
        ({"ental": "k" * 31}, "en", "borger-ental"),
    ],
)
def test_a_word_that_cannot_stand_is_refused_at_its_form(
    former: dict[str, str], koen: str, felt: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        eget_ord(former, koen, "borger")
    assert refused.value.field == felt


def sentences(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from sentences(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from sentences(inner, key)
    elif isinstance(value, str) and key not in MADE_UP and not re.fullmatch(r"[a-z0-9_]+", value):
        yield value


@cache
def content() -> list[str]:
    """Every sentence of the catalogue, each once."""
    files = sorted(Path(HOUSE, "supervision", "katalog", "content").glob("*.yaml"))
    read = (sentences(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files)
    return [*dict.fromkeys(sentence for one in read for sentence in one), *EKSEMPLER]


def choices() -> list[tuple[str, str, Ord]]:
    return [(navn, key, ord) for navn, listed in ORDLISTER.items() for key, ord in list(listed.items())[1:]]


@pytest.mark.parametrize(
    ("navn", "key", "ord"), choices(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_whole_catalogue_reads_with_each_listed_word(navn: str, key: str, ord: Ord) -> None:
    """No form of ours is left but in names and compounds, and no article of the other gender before the new word."""
    valg = Ordvalg.fra({navn: key})
    left = re.compile(rf"(?<![\w\u00ad/-]){navn}(?:en|e|ne|n|r|rne|)s?(?![\w\u00ad-])", re.IGNORECASE)
    fixed = re.compile("|".join(map(re.escape, FASTE_UDTRYK)) + "|»[^«]*«", re.IGNORECASE)
    before = (
        "en|én|den|denne|din|min|sin|hver|ingen|anden|egen|hvilken|ny|god|lang|svær|individuel"
        if ord.koen == "et"
        else "et|det|hvert"
    )
    wrong = re.compile(rf"\b(?:{before})\s+(?:\w+e\s+)*(?:{ord.ental}|{ord.bestemt})s?\b", re.IGNORECASE)
    doubled = re.compile(r"\b(?:en|den|de|hver|din) (?:den|de) \w+", re.IGNORECASE)
    changed = [(text, valg.paa(text)) for text in content() if valg.paa(text) != text]
    assert len(changed) > 20
    for text, new in changed:
        assert not left.search(fixed.sub("", new)), new
        assert not wrong.search(new), new
        assert doubled.findall(new) == doubled.findall(text), new
        assert new[0].isupper() == text[0].isupper(), new
        assert valg.paa(new) == new, "said twice it is the same"


def test_the_lists_hold_whole_words() -> None:
    for _, _, ord in choices():
        forms = [ord.ental, ord.bestemt, ord.flertal, ord.bestemt_flertal]
        assert all(form == form.strip().lower() and form for form in forms)
        assert ord.koen in ("en", "et")
        assert [ejefald(form)[-1] for form in forms] == ["s"] * 4
    assert "jobsamtale" not in ORDLISTER["samtale"]

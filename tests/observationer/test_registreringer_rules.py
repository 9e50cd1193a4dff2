"""What can be noted after a samtale: each slags takes what is of it, refuses the rest, and tells it in words."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

import pytest

from supervision.katalog.content import load_katalog
from supervision.katalog.rules import SAMTALETYPER
from supervision.katalog.rules.vaerdier import ANDRE, ELLEVE, REDSKABER, SLAGS, Omgivelser, check, problems
from supervision.katalog.rules.vaerdier.ord import i_ord, overskrift
from supervision.katalog.rules.vaerdier.tilbud import FOERST, andre, tilbudte
from supervision.observationer.models import Registrering
from supervision.problems import RuleBroken

CABI = Omgivelser(skabelon="cabi_9_trin", emner=("1", "2"))
GOOD: list[tuple[str, Omgivelser, dict[str, Any], str]] = [
    ("foer", CABI, {"joblog": ["forberedt", "brugt"], "hjaelp_booking": ["forberedt"]},
     "Klar på forhånd og brugt: joblog. Klar på forhånd: borgeren havde fået hjælp til at booke."),
    ("foer", Omgivelser("faellessamtale"), {"jobkon": ["brugt"]}, "Brugt i samtalen: JobKon."),
    ("skala", CABI, {"interval": "0-10", "vaerdi": 0, "om": "tro", "grunde": "ja", "naeste": "nej"},
     "Tallet var 0. Der blev spurgt til grundene til tallet. Der blev ikke spurgt til næste trin."),
    ("motivation", CABI, {"vigtighed_foer": 4, "vigtighed_efter": 6, "tro_foer": 3, "tro_efter": 3},
     "Vigtighed: 4 og senere 6, to trin højere. Tro på, at det kan lykkes: 3 og senere 3, det samme."),
    ("motivation", Omgivelser("oevelse"), {"motivation_foer": 7, "motivation_efter": 6},
     "Motivation: 7 og senere 6, ét trin lavere."),
    ("motivation", CABI, {"tro_efter": 8}, "Tro på, at det kan lykkes: 8 til sidst."),
    ("aftale", CABI, {"talt_om": ["S", "A", "T"], "ogsaa": ["relevant"], "hvem": "begge", "smart_a": "accepteret"},
     "Talt om: S, A (accepteret) og T. Ikke talt om: M og R. Også talt om, om den er relevant. Begge skal gøre det."),
    ("aftale", Omgivelser(skabelon="frederikshavn_borger", smart_a="begge"), {"talt_om": ["A"],
     "smart_a": "attraktiv"}, "Talt om: A (attraktivt). Ikke talt om: S, M, R og T."),
    ("aftale", Omgivelser(skabelon="frederikshavn_borger", smart_a="ambitioes"),
     {"talt_om": list("SMART"), "smart_a": "ambitioes"}, "Talt om: S, M, A (ambitiøst), R og T."),
    ("plus_minus", CABI, {"variant": "en", "plus": 5, "minus": 1, "konklusion": "faelles"},
     "Én liste: fem plus og ét minus. De fandt retningen sammen."),
    ("plus_minus", CABI, {"variant": "to", "plus": 2, "minus": 0, "plus_2": 12, "konklusion": "aaben"},
     "Første mulighed: to plus og nul minus. Anden mulighed: 12 plus. Listen står åben."),
    ("abc", Omgivelser(abc="skiftende"),
     {"talt_om": ["A", "C"], "funktioner": "nej", "vaegt": "C", "brug": "skiftende"},
     "Talt om planerne A og C. Titler blev ikke lavet om til jobfunktioner. Vægten blev flyttet til C. Skabelonen "
     "bruger planerne sådan: A, B og C på én gang, med en aftale om, hvornår vægten flytter fra A mod B og C."),
    ("trappe", CABI, {"trin": "3", "placeret": "virksomhed", "naeste": "ja"},
     "Trin 3 Selvstartende, placeret af virksomheden. Der blev sat et delmål for næste trin."),
    ("samtaleskema", CABI, {"omraader": ["sociale"], "sociale_nu": 3, "sociale_oensket": 5, "krydset": "sammen"},
     "Brugt om: sociale. Sociale: nu 3 og ønsket 5. De satte krydset sammen."),
    ("antonovsky", CABI, {"begribelighed": "hoert", "haandterbarhed": "ikke_hoert", "meningsfuldhed": "ved_ikke"},
     "Hørt: begribelighed. Ikke hørt: håndterbarhed. Ved jeg ikke: meningsfuldhed."),
    ("emner", CABI, {"maal_1": "jobmaal", "hvis_1": "borger", "maal_2": "sagsmaal"},
     "Emne 1: Jobmål, borgerens punkt. Emne 2: Sagsmål."),
    ("emner", Omgivelser(skabelon="marselisborg_pejlemaerker", emner=("2",)), {"pm_2": "4"}, "Emne 2: 4 Bevæg."),
    ("jobvaerdi", CABI, {"struktur": ["borger"], "oekonomi": ["borger", "medarbejder"], "tro": ["handling"]},
     "Borgeren nævnte: struktur og rutine og økonomisk sikkerhed. Medarbejderen nævnte: økonomisk sikkerhed. Ordene "
     "blev fulgt af en handling."),
    ("redskab", Omgivelser(variant="bala"), {"redskab": "bala", "dele": ["1", "4"], "udfyldt": 1, "pen": "ingen"},
     "Brugt: Behov og Accept af løsningen. Ét felt blev udfyldt. Ingen skrev."),
    ("redskab", Omgivelser(variant="profil"), {"redskab": "profil"}, "Det var i brug."),
    ("mi_aand", Omgivelser(variant="tre"), {"variant": "tre", "autonomi": "hoert"}, "Hørt: Autonomi."),
    ("mi_aand", CABI, {"variant": "fire", "omsorg": "ved_ikke"}, "Ved jeg ikke: Omsorg."),
    ("stadie", CABI, {"stadie": "tilbagefald"}, "Tilbagefald."),
    ("relationel", Omgivelser("faellessamtale"), {"maal": "ja", "hyppig": "ikke"},
     "Det kunne jeg genkende: fælles mål. Ikke her: hyppig kommunikation."),
]  # fmt: skip
BAD: list[tuple[str, Omgivelser, dict[str, Any], str]] = [
    ("foer", CABI, {"jobkon": ["brugt"]}, "jobkon"),
    ("foer", Omgivelser("virksomhedsmoede"), {"valgt_tid": ["brugt"]}, "valgt_tid"),
    ("foer", CABI, {"cv": []}, "cv"),
    ("foer", CABI, {"cv": ["brugt", "brugt"]}, "cv"),
    ("foer", CABI, {}, ""),
    ("skala", CABI, {"interval": "1-5", "vaerdi": 6, "om": "tro"}, "vaerdi"),
    ("skala", CABI, {"interval": "1-10", "vaerdi": 0, "om": "tro"}, "vaerdi"),
    ("skala", CABI, {"interval": "1-7", "vaerdi": 3, "om": "tro"}, "interval"),
    ("skala", CABI, {"interval": "1-10", "vaerdi": True, "om": "tro"}, "vaerdi"),
    ("skala", CABI, {"interval": "1-10", "vaerdi": "4", "om": "tro"}, "vaerdi"),
    ("skala", CABI, {"interval": "1-10", "vaerdi": 4, "om": "Karen fra Hobro"}, "om"),
    ("skala", CABI, {"interval": "1-10", "vaerdi": 4, "om": "tro", "note": "x"}, "note"),
    ("motivation", CABI, {"tro_foer": 11}, "tro_foer"),
    ("motivation", CABI, {"motivation_foer": 5}, "motivation_foer"),
    ("aftale", CABI, {"talt_om": ["S"], "smart_a": "attraktiv"}, "smart_a"),
    ("aftale", CABI, {"smart_a": "accepteret"}, ""),
    ("plus_minus", CABI, {"variant": "en", "plus_2": 1}, "plus_2"),
    ("abc", CABI, {"talt_om": ["D"]}, "talt_om"),
    ("trappe", CABI, {"trin": "6", "placeret": "sammen"}, "trin"),
    ("trappe", CABI, {"trin": "1"}, "placeret"),
    ("samtaleskema", CABI, {"omraader": ["sociale"], "faglige_nu": 3}, "faglige_nu"),
    ("samtaleskema", CABI, {"omraader": ["helbred"], "helbred_nu": 3}, "helbred_nu"),
    ("emner", CABI, {"maal_3": "jobmaal"}, "maal_3"),
    ("emner", CABI, {"pm_1": "1"}, "pm_1"),
    ("redskab", Omgivelser(variant="abc"), {"redskab": "abc"}, "redskab"),
    ("redskab", Omgivelser(variant="x"), {"redskab": "x"}, "redskab"),
    ("redskab", Omgivelser(variant="profil"), {"redskab": "profil", "dele": ["1"]}, "dele"),
    ("redskab", Omgivelser(variant="efu"), {"redskab": "bala"}, "redskab"),
    ("mi_aand", Omgivelser(variant="tre"), {"variant": "tre", "omsorg": "hoert"}, "omsorg"),
    ("stadie", CABI, {}, "stadie"),
    ("relationel", CABI, {"maal": 3}, "maal"),
]  # fmt: skip


@pytest.mark.parametrize(("slags", "omgivelser", "data", "ord"), GOOD)
def test_what_is_of_the_slags_is_taken_and_told(
    slags: str, omgivelser: Omgivelser, data: dict[str, Any], ord: str
) -> None:
    check(SLAGS[slags], data, omgivelser)
    assert " ".join(i_ord(slags, data)) == ord
    assert overskrift(slags, data)
    assert not re.search(r"\b(op|ned|bedre|dårlig|score|karakter)\b", ord, re.I)


def test_every_slags_is_tried_and_can_be_stored() -> None:
    assert (
        {slags for slags, *_ in GOOD}
        == {slags for slags, *_ in BAD} | {"jobvaerdi", "antonovsky"}
        == set(SLAGS)
    )
    checks = " ".join(str(c.sqltext) for c in Registrering.__table__.constraints if hasattr(c, "sqltext"))  # type: ignore[attr-defined]
    assert set(re.findall(r"'(\w+)'", checks)) == set(SLAGS)
    assert {key for key, slags in SLAGS.items() if slags.privat} == {"mi_aand", "stadie"}


@pytest.mark.parametrize(("slags", "omgivelser", "data", "field"), BAD)
def test_what_is_not_of_the_slags_is_refused_at_its_field(
    slags: str, omgivelser: Omgivelser, data: dict[str, Any], field: str
) -> None:
    assert field in [key for key, _ in problems(SLAGS[slags], data, omgivelser)]
    with pytest.raises(RuleBroken):
        check(SLAGS[slags], data, omgivelser)


@pytest.mark.parametrize("slags", SLAGS)
def test_no_field_takes_free_text(slags: str) -> None:
    """Whatever is put into any field, what passes is a known code, a list of those, or a number within its ends."""
    omgivelser = Omgivelser("faellessamtale", "marselisborg_pejlemaerker", ("1",), variant="bala")
    felter = SLAGS[slags].felter(omgivelser)
    assert felter
    for felt in felter:
        assert felt.art in ("valg", "flere", "tal")
        for foreign in ("Karen", ["Karen"], "", None, 10**6, -1, 1.5, {"a": 1}, [felt.key]):
            wrong = dict(problems(SLAGS[slags], {felt.key: foreign}, omgivelser))
            assert felt.key in wrong, (felt.key, foreign)


def test_a_scale_never_says_up_or_down_but_a_skabelon_may() -> None:
    def words(skabelon: str) -> str:
        felter = SLAGS["skala"].felter(Omgivelser(skabelon=skabelon))
        return " ".join([felt.navn + felt.hjaelp + " ".join(felt.ord.values()) for felt in felter])

    assert not re.search(r"\b(op|ned|opad|nedad)\b", words(""))
    assert "grundene til tallet? (Cabi kalder det at spørge »opad«)" in words("cabi_9_trin")
    assert "»nedad«" in words("jobrettede_modul_2")


def test_the_eleven_tools_are_numbered_and_each_has_its_method() -> None:
    katalog = load_katalog()
    assert [redskab.nr for redskab in ELLEVE] == list(range(1, 12))
    for redskab in chain(ELLEVE, ANDRE):
        metode = katalog.metode(redskab.metode)
        assert metode is not None, redskab
        assert len(redskab.dele) <= 9
        assert redskab.slags == "" or redskab.slags in SLAGS
    assert [katalog.metode(r.metode).marselisborg_nr for r in ELLEVE if not r.slags] == [  # type: ignore[union-attr]
        nr for nr in range(1, 12) if nr not in (5, 6)
    ]


@pytest.mark.parametrize(
    ("type_", "skabelon", "metoder", "first"),
    [
        ("cv_samtale", "cv_samtale", ["cv_dialog"], ("redskab:cv", "redskab:profilkort", "abc")),
        ("opfoelgning", "opfoelgning_praktik", [], ("trappe", "redskab:loennede_timer", "redskab:laeringskontrakt")),
        ("virksomhedsmoede", "frederikshavn_virksomhed", [], ("redskab:bala", "redskab:efu", "redskab:kontaktcirkel")),
        ("oevelse", "oevelse_rollespil", [], ("motivation", "skala")),
        ("raadighedssamtale", "", ["antonovsky"], ("redskab:min_plan", "redskab:joblog", "emner", "antonovsky")),
        ("faellessamtale", "faellessamtale", [], ("foer", "emner", "aftale")),
        ("individuel", "marselisborg_pejlemaerker", ["r_problemkrukken"], ("emner", "motivation", "aftale",
         "redskab:problemkrukken")),
        ("individuel", "jobrettede_modul_2", ["smart"], ("motivation", "plus_minus", "abc", "aftale")),
        ("individuel", "", [], ("aftale", "skala", "foer")),
    ],
)  # fmt: skip
def test_what_is_offered_first_follows_the_samtale(
    type_: str, skabelon: str, metoder: list[str], first: tuple[str, ...]
) -> None:
    found = tilbudte(type_, skabelon, metoder)
    assert found[: len(first)] == first
    assert len(found) == len(set(found)) <= FOERST
    rest = andre(found)
    assert "relationel" not in (*found, *rest), "the fokusperson's own"
    offered = {key for key in (*found, *rest) if ":" not in key}
    assert offered == {key for key, slags in SLAGS.items() if not slags.fokusperson}, (
        "nothing is out of reach"
    )


def test_every_offer_is_there() -> None:
    metoder = [metode.key for metode in load_katalog().metoder]
    skabeloner = [skabelon.key for skabelon in load_katalog().skabeloner]
    for type_ in SAMTALETYPER:
        for key in chain.from_iterable(tilbudte(type_, s, [m]) for s in (*skabeloner, "") for m in metoder):
            slags, _, redskab = key.partition(":")
            assert slags in SLAGS
            assert redskab == "" or not REDSKABER[redskab].slags

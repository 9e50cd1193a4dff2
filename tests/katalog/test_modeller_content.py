"""The models' content: it says what `kobler_til` says, it draws no tick twice, and broken it is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from supervision.katalog.content import ContentProblem, Katalog, check_content, load_katalog, read_katalog
from supervision.katalog.rules.modeller import LOGTAL, tickable

KT_FREMTID = "metoder: [kt_fremtidsforsker, mirakelspoergsmaal]"
EDITS = [
    # old text, new text, entry, words in the reason
    (
        "metoder: [kt_detektiv]",
        "metoder: [kt_detektive]",
        "karl_tomm, detektiv",
        "»kt_detektive« findes ikke",
    ),
    ("metoder: [kt_detektiv]", "kendetegn: [de_intet]", "karl_tomm, detektiv", "»de_intet« findes ikke"),
    (
        "metoder: [kt_detektiv]",
        "metoder: [mi_aand]",
        "karl_tomm, detektiv",
        "ingen kendetegn, der kan krydses",
    ),
    ("kendetegn: [js_vendt]", "kendetegn: [tt_laengste]", "jobmaal_sagsmaal, vendt", "kan ikke krydses af"),
    (", metoder: [kt_detektiv]", "", "karl_tomm, detektiv", "enten kendetegn"),
    ("kendetegn: [js_vendt]", "kendetegn: [js_vendt, js_tid]", "jobmaal_sagsmaal", "»js_tid« har to steder"),
    ("metoder: [kt_detektiv]", "metoder: [kt_detektiv], kendetegn: [de_fakta]", "detektiv", "allerede med"),
    (KT_FREMTID, "metoder: [kt_fremtidsforsker]", "karl_tomm", "»kobler_til« siger, at »mirakelspoergsmaal«"),
    (
        "uden: [gm_frederikshavn]",
        "uden: [gm_frederikshavn, noegleord]",
        "smart",
        "»noegleord« står under »uden«",
    ),
    ("uden: [gm_frederikshavn]\n", "\n", "smart", "»gm_frederikshavn« hører til"),
    ("billede: firkant", "billede: cirkel", "karl_tomm", "»cirkel« er ikke en kendt værdi"),
    ("billede: firkant", "billede: felter", "karl_tomm", "kun »firkant« har »akser«"),
    ('akser: ["Ser tilbage", ', "akser: [", "karl_tomm", "fire steder og fire navne"),
    ('key: samlet, navn: "Med', 'key: samlet, bund: true, navn: "Med', "forandringsudsagn", "et lige antal"),
    ("key: kaptajn, navn", "key: detektiv, navn", "detektiv", "er brugt to gange"),
    ("key: mi\n", "key: smart\n", "smart", "er brugt to gange"),
    ("log: ugu.giv", "log: ugu.gi", "ugu, giv", "»ugu.gi« er ikke en kendt værdi"),
    ("metode: mi_processer", "metode: mi_proces", "mi", "»mi_proces« findes ikke"),
    ("kendetegn: [mf_art, mf", "kendetegn: [mf_arter, mf", "modstand", "»mf_arter« findes ikke"),
    ("tavle: ugu", "tavle: ja", "ugu", "»ja« er ikke en kendt værdi"),
    ("tid: true", "tid: ja", "pejlemaerker", "skal være true eller false"),
    ('["aabne / lukkede"]', '["aabne"]', "lytning", "to steder med / imellem"),
    ('["aabne / lukkede"]', '["aabne / lukket"]', "lytning", "»lukket« under »forhold«"),
    ('ord: ["Frederikshavn", "Cabi"]', 'ord: ["Cabi"]', "karl_tomm", "to kilder"),
    ('"Hvordan det ser ud nu"]', "]", "karl_tomm", "én sætning for hver"),
    ("frem: [konfliktsprog]", "frem: [konflikt]", "konfliktsprog", "»konflikt« findes ikke"),
    ("frem: [konfliktsprog]", "frem: [kontaktcirkel]", "konfliktsprog", "»kontaktcirkel« står under »frem«"),
    ("billede: firkant", "billede: firkant\n    smiley: 1", "karl_tomm", "»smiley« kendes ikke"),
]


@pytest.fixture(scope="module")
def katalog() -> Katalog:
    return load_katalog()


def test_every_model_of_the_sources_is_there(katalog: Katalog) -> None:
    steder = {model.key: len(model.steder) for model in katalog.modeller.modeller}
    assert steder == {
        "karl_tomm": 4,
        "loesningsfokus": 4,
        "lytning": 6,
        "pejlemaerker": 6,
        "mi": 4,
        "forandringsudsagn": 4,
        "vaerdiloop": 4,
        "reformulering": 4 + 4 + 1,
        "jobmaal_sagsmaal": 3,
        "modstand": 6 + 3 + 3,
        "reformuleringsmetoden": 6 + 1,
        "konfliktsprog": 2 * 7 + 2 + 1,
        "smart": 6,
        "femf": 5,
        "firer": 4 + 1,
        "progression": 4 + 3 + 3,
        "abc": 3 + 5,
        "ugu": 5,
        "cabi_ni_trin": 9,
        "faellessamtale": 4 + 4 + 2,
        "kontaktcirkel": 4,
        "bala": 4 + 2,
        "efu": 3,
        "substitutionshjul": 4 + 1,
        "praktik": 4 + 5 + 3,
        "cv": 4 + 3,
        "redskaber": 11,
    }
    assert katalog.modeller.udgave is not None
    for model in katalog.modeller.modeller:
        assert model.viser.endswith(".")
        assert model.viser_ikke.endswith(".")
        assert model.frem <= model.koder
        trin = katalog.metode(model.metode)
        if model.key in ("karl_tomm", "loesningsfokus", "pejlemaerker", "cabi_ni_trin", "mi", "femf"):
            assert trin is not None
            assert len(model.steder) == len(trin.trin), model.key


def test_both_sides_of_the_seven_pairs_and_all_eleven_redskaber_can_be_ticked(katalog: Katalog) -> None:
    models = {model.key: model for model in katalog.modeller.modeller}
    live = {tegn.kode for tegn in katalog.observerbare()}
    sides = models["konfliktsprog"].felter[:14]
    assert all(live & set(side.koder) for side in sides)
    assert not any(side.uden_kryds for side in sides)
    assert [sted.tegn for sted in models["redskaber"].steder] == [str(nr) for nr in range(1, 12)]
    numbers = {metode.key: metode.marselisborg_nr for metode in katalog.metoder}
    numbers |= {metode.se: metode.marselisborg_nr for metode in katalog.metoder if metode.se}
    assert [numbers[sted.redskaber[0].key] for sted in models["redskaber"].steder] == list(range(1, 12))
    local = {tool.key for sted in models["pejlemaerker"].steder for tool in sted.redskaber if tool.lokalt}
    named_only = {metode.key for metode in katalog.metoder if metode.belaeg == "navn"}
    assert local == named_only, "what a source only names is said to be a local proposal"


def test_one_model_in_the_words_of_either_source(katalog: Katalog) -> None:
    tomm = katalog.modeller.modeller[0]
    cabi = tomm.in_words_of("cabi")
    assert [sted.koder for sted in cabi.steder] == [sted.koder for sted in tomm.steder], (
        "same data, two labels"
    )
    assert (cabi.ord, tomm.in_words_of("").ord) == (("Cabi", "Frederikshavn"), ("Frederikshavn", "Cabi"))
    assert [(sted.navn, len(sted.dertil)) for sted in cabi.steder][1] == ("Initiativ\xadafklarende", 1)
    assert cabi.steder[1].ogsaa == "Kaptajnen"
    assert tomm.in_words_of("findes_ikke") == tomm.in_words_of("frederikshavn")


def test_the_pictures_and_kobler_til_never_disagree(katalog: Katalog) -> None:
    """What a model's method names in `kobler_til` and can be ticked has a place, as have the method's own kendetegn."""
    for model in katalog.modeller.modeller:
        metode = katalog.metode(model.metode)
        for key in (metode.key, *metode.kobler_til) if metode else ():
            named = katalog.metode(key)
            assert named is not None
            assert not tickable(named) or model.koder & set(tickable(named)), (model.key, key)


def test_one_technique_is_seen_in_the_models_that_share_it(katalog: Katalog) -> None:
    shown = {m.key for m in katalog.modeller.modeller if "mi_scenarie" in m.koder}
    assert shown == {"karl_tomm", "loesningsfokus", "pejlemaerker", "cabi_ni_trin"}
    assert all(sted.log in ("", *LOGTAL) for m in katalog.modeller.modeller for sted in m.steder)


@pytest.mark.parametrize(("old", "new", "entry", "reason"), EDITS, ids=[f"{e[2]}: {e[3]}" for e in EDITS])
def test_every_kind_of_break_is_named(folder: Path, old: str, new: str, entry: str, reason: str) -> None:
    path = folder / "modeller.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentProblem) as problem:
        read_katalog(folder)
    assert problem.value.file == "modeller.yaml"
    assert entry in problem.value.entry
    assert reason in problem.value.reason


def test_a_missing_file_and_a_new_link_are_seen(folder: Path) -> None:
    loesningsfokus = folder / "undersoegende.yaml"
    text = loesningsfokus.read_text(encoding="utf-8")
    assert check_content(folder)
    loesningsfokus.write_text(
        text.replace(
            "kobler_til: [mirakelspoergsmaal]", "kobler_til: [mirakelspoergsmaal, mestringsspoergsmaal]"
        )
    )
    with pytest.raises(ContentProblem, match=r"modeller.yaml, »karl_tomm«.*»mestringsspoergsmaal«"):
        read_katalog(folder)
    (folder / "modeller.yaml").unlink()
    with pytest.raises(ContentProblem, match=r"modeller.yaml.*findes ikke"):
        read_katalog(folder)

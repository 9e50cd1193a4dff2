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
    ("key: samlet, navn", "key: samlet, bund: true, navn", "forandringsudsagn", "et lige antal steder"),
    ("key: kaptajn, navn", "key: detektiv, navn", "detektiv", "er brugt to gange"),
    ("key: mi\n", "key: smart\n", "smart", "er brugt to gange"),
    ("log: ugu.giv", "log: ugu.gi", "ugu, giv", "»ugu.gi« er ikke en kendt værdi"),
    ("metode: mi_processer", "metode: mi_proces", "mi", "»mi_proces« findes ikke"),
    ("kendetegn: [mf_art, fu", "kendetegn: [mf_arter, fu", "modstand", "»mf_arter« findes ikke"),
    ("tavle: true", "tavle: ja", "ugu", "skal være true eller false"),
    ("billede: firkant", "billede: firkant\n    smiley: 1", "karl_tomm", "»smiley« kendes ikke"),
]


@pytest.fixture(scope="module")
def katalog() -> Katalog:
    return load_katalog()


def test_the_nine_models_of_the_sources_are_there_and_the_two_sides_of_forandringsudsagn(
    katalog: Katalog,
) -> None:
    steder = {model.key: len(model.steder) for model in katalog.modeller.modeller}
    assert steder == {
        "karl_tomm": 4,
        "loesningsfokus": 4,
        "pejlemaerker": 6,
        "mi": 4,
        "forandringsudsagn": 4,
        "jobmaal_sagsmaal": 3,
        "konfliktsprog": 2 * 7 + 2 + 1,
        "smart": 6,
        "ugu": 5,
        "cabi_ni_trin": 9,
    }
    assert katalog.modeller.udgave is not None
    for model in katalog.modeller.modeller:
        trin = katalog.metode(model.metode)
        assert trin is not None
        assert model.viser.endswith(".")
        assert model.viser_ikke.endswith(".")
        if model.key in ("karl_tomm", "loesningsfokus", "pejlemaerker", "cabi_ni_trin", "mi"):
            assert len(model.steder) == len(trin.trin), model.key


def test_the_pictures_and_kobler_til_never_disagree(katalog: Katalog) -> None:
    """What a model's method names in `kobler_til` and can be ticked has a place, as have the method's own kendetegn."""
    for model in katalog.modeller.modeller:
        metode = katalog.metode(model.metode)
        assert metode is not None
        for key in (metode.key, *metode.kobler_til):
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

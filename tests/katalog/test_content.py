"""The catalogue's own content: complete, and fit for a tile, a search and a kontrakt."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from supervision.katalog import rules
from supervision.katalog.content import Katalog, check_content, load_katalog

VERDICT = re.compile(
    r"\b(føler|oplever|forstår|tænker sig|er motiveret|er tryg|godt nok|dårlig\w*|forkert|korrekt|bør|flot)\b"
)
"""Words of what goes on inside somebody, or of how well it went."""


@pytest.fixture(scope="module")
def katalog() -> Katalog:
    return load_katalog()


GIVEN, ADDED = 443, 20
"""Kendetegn of the sources' own list, and those the product adds so that every side of a model can be ticked."""


def all_kendetegn(katalog: Katalog) -> list[rules.Kendetegn]:
    return [tegn for metode in katalog.metoder for tegn in metode.kendetegn]


def test_everything_is_there(katalog: Katalog) -> None:
    assert len(katalog.metoder) == check_content() == 117
    added = Counter(tegn.metode for tegn in all_kendetegn(katalog) if tegn.tillaeg)
    assert added == {"konfliktsprog": 11, "modstandsformer": 6, "abc_jobplan": 3}
    assert added.total() == ADDED
    assert len(all_kendetegn(katalog)) - ADDED == GIVEN
    assert len(katalog.skabeloner) == 11
    assert Counter(metode.belaeg for metode in katalog.metoder) == {"kilde": 106, "navn": 6, "delvis": 5}
    numbers = [metode.marselisborg_nr for metode in katalog.metoder if metode.marselisborg_nr]
    assert sorted(numbers) == list(range(1, 12))


def test_short_names_fit_a_tile_and_differ_across_the_whole_catalogue(katalog: Katalog) -> None:
    names = [rules.plain(tegn.kort) for tegn in all_kendetegn(katalog)]
    assert max(len(name) for name in names) <= rules.KORT_MAX
    assert [rules.kort_problem(tegn.kort) for tegn in all_kendetegn(katalog)] == [None] * (GIVEN + ADDED)
    assert [name for name, count in Counter(rules.fold(name) for name in names).items() if count > 1] == []


def test_every_sentence_says_more_than_its_tile_and_is_said_once(katalog: Katalog) -> None:
    sentences = [tegn.tekst for tegn in all_kendetegn(katalog)]
    assert len(set(sentences)) == len(sentences)
    assert [t.kode for t in all_kendetegn(katalog) if rules.fold(t.kort) == rules.fold(t.tekst)] == []
    assert [text for text in sentences if text.endswith(".") or not text[0].isupper()] == []


def test_a_kendetegn_is_seen_or_heard_and_never_a_verdict(katalog: Katalog) -> None:
    assert VERDICT.search("Borgeren føler sig mødt")
    assert [t.tekst for t in all_kendetegn(katalog) if VERDICT.search(t.tekst)] == []


def test_a_method_names_its_relatives_and_those_that_name_it(katalog: Katalog) -> None:
    def relatives(key: str) -> list[str]:
        metode = katalog.metode(key)
        assert metode is not None
        return [other.key for other in katalog.slaegtninge(metode)]

    assert relatives("kt_fremtidsforsker") == ["mirakelspoergsmaal"]
    assert relatives("mirakelspoergsmaal") == ["pejlemaerker", "kt_fremtidsforsker"]
    assert relatives("r_abc") == ["abc_jobplan"]
    assert "r_abc" in relatives("abc_jobplan")
    assert relatives("tjek_ud") == []


def test_a_soft_hyphen_does_not_count_but_a_long_word_needs_one() -> None:
    assert rules.kort_problem("Forandrings\u00adudsagn") is None
    assert "blød bindestreg" in (rules.kort_problem("Forandringsudsagn") or "")
    assert rules.kort_problem("Feedback-kontrakt") is None
    assert "23 tegn" in (rules.kort_problem("Hvad skal det føre til?") or "")


def test_every_reference_resolves(katalog: Katalog) -> None:
    for metode in katalog.metoder:
        for key in (*metode.kobler_til, *([metode.se] if metode.se else [])):
            target = katalog.metode(key)
            assert target is not None
            assert target.kendetegn
    assert all(katalog.metode(kode.metode) for kode in katalog.koder)
    assert {metode.key for metode in katalog.metoder if metode.se} == {"r_abc", "r_smart"}


def test_no_text_speaks_of_our_own_working_papers(katalog: Katalog) -> None:
    for metode in katalog.metoder:
        texts = [metode.note, metode.maaling, *metode.trin, *metode.faldgruber]
        texts += [tegn.tekst for tegn in metode.kendetegn] + [group.navn for group in metode.varianter]
        for text in texts:
            assert not any(mark in text for mark in ("000", "001", "002", "003", "004", "V-0", "App'en")), (
                text
            )


def test_observerbare_leaves_out_what_cannot_be_ticked_live(katalog: Katalog) -> None:
    koder = {tegn.kode for tegn in katalog.observerbare()}
    assert {"aab_hv", "sm_dato", "p1_ramme", "abc_alle_tre"} <= koder
    assert "kto_fremad" not in koder, "a vurdering is made afterwards"
    assert "tt_fordeling" not in koder, "the product measures talk time itself"
    assert {"r_rammer", "dz_zone"} <= koder, "heard the moment it is said, although 4R is judged afterwards"
    assert "so_hvad_hvornaar" not in koder
    assert "fg_jeg" not in koder, "about colleagues"
    assert "fg_jeg" in {tegn.kode for tegn in katalog.observerbare(kollega=True)}


@pytest.mark.parametrize(
    ("kode", "navn"),
    [
        ("k_tid", "Tiden nævnt"),
        ("lukket_spoergsmaal", "Lukket spørgsmål"),
        ("statusquo_udsagn", "Status quo-udsagn"),
        ("noget_helt_andet", "noget helt andet"),
    ],
)
def test_every_faerdighed_code_has_a_name(katalog: Katalog, kode: str, navn: str) -> None:
    assert katalog.navn(kode) == navn
    assert bool(katalog.tekst(kode)) == (kode != "noget_helt_andet")


def test_the_codes_of_the_research_logs_are_named(katalog: Katalog) -> None:
    assert {kode.kode for kode in katalog.koder} == {
        "forandringsudsagn",
        "aabent_spoergsmaal",
        "spejling",
        "lukket_spoergsmaal",
        "reformulering",
        "statusquo_udsagn",
        "information",
        "raad",
        "forhandling",
        "valgmuligheder",
    }
    assert all(katalog.kendetegn(kode.kode) is None for kode in katalog.koder)


def test_three_gamemasters_stand_side_by_side(katalog: Katalog) -> None:
    assert [variant.key for variant in katalog.gm_varianter] == [
        "gm_frederikshavn",
        "gm_cabi",
        "gm_marselisborg",
    ]
    elements = {
        variant.key: [[element.kode for element in fase.elementer] for fase in variant.faser]
        for variant in katalog.gm_varianter
    }
    assert elements["gm_frederikshavn"][0] == [f"kontrakt.{e}" for e in ("formaal", "emne", "tid", "roller")]
    assert elements["gm_cabi"][0] == [f"kontrakt.{e}" for e in ("emne", "maal", "arbejdsform")]
    assert elements["gm_marselisborg"][2] == ["timeout.genforhandling"]
    cabi = katalog.gm_variant("gm_cabi")
    assert cabi is not None
    assert [fase.kode for fase in cabi.faser] == list(rules.FASER)
    assert cabi.faser[2].navn == "Genforhandling"
    assert katalog.gm_variant("gm_kontrakt") is None


def test_an_element_is_named_in_the_words_of_its_variant(katalog: Katalog) -> None:
    cabi, frederikshavn = katalog.gm_variant("gm_cabi"), katalog.gm_variant("gm_frederikshavn")
    assert katalog.element_navn("timeout.opsummering", cabi) == "Opsummering"
    assert katalog.element_navn("kontrakt.arbejdsform", frederikshavn) == "Arbejdsform"
    assert katalog.element_navn("timeout.egen_pause") == "egen pause"


@pytest.mark.parametrize("skabelon", load_katalog().skabeloner, ids=lambda skabelon: skabelon.key)
def test_a_skabelon_is_a_palette_one_can_record_with(katalog: Katalog, skabelon: rules.Skabelon) -> None:
    live = {tegn.kode for tegn in katalog.observerbare(kollega=True)}
    assert 8 <= len(skabelon.kendetegn) <= rules.SKABELON_MAX
    assert set(skabelon.kendetegn) <= live
    assert katalog.gm_variant(skabelon.gm_variant)
    assert 2 <= len(skabelon.parter) <= 3
    assert katalog.skabelon(skabelon.key) == skabelon
    assert skabelon.passer_til
    drawn_on = {katalog.indhold(metode).key for key in skabelon.metoder if (metode := katalog.metode(key))}
    tiles = [tegn for kode in skabelon.kendetegn if (tegn := katalog.kendetegn(kode))]
    assert {tegn.metode for tegn in tiles} <= drawn_on
    assert len({rules.fold(tegn.kort) for tegn in tiles}) == len(tiles)
    variant = katalog.gm_variant(skabelon.gm_variant)
    assert variant is not None
    words = [*(word for _, word in skabelon.ord), *(rules.plain(tegn.kort) for tegn in tiles)]
    words += [element.kort for fase in variant.in_words(skabelon.ord).faser for element in fase.elementer]
    assert max(map(len, words)) <= rules.KORT_MAX


def test_the_redskaber_pack_has_one_kendetegn_for_each_of_the_eleven_in_their_order(katalog: Katalog) -> None:
    redskaber = {metode.key: metode.marselisborg_nr for metode in katalog.metoder}
    redskaber |= {metode.se: metode.marselisborg_nr for metode in katalog.metoder if metode.se}
    skabelon = katalog.skabelon("redskab_i_brug")
    assert skabelon is not None
    found = [katalog.kendetegn(kode) for kode in skabelon.kendetegn]
    assert [redskaber[tegn.metode] for tegn in found if tegn] == list(range(1, 12))


def test_unknown_keys_give_none(katalog: Katalog) -> None:
    assert katalog.metode("findes_ikke") is None
    assert katalog.kendetegn("findes_ikke") is None
    assert katalog.skabelon("findes_ikke") is None
    assert katalog.tekst("findes_ikke") == ""

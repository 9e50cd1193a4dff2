"""Searching the catalogue as a busy colleague types."""

from __future__ import annotations

import pytest

from supervision.katalog import rules
from supervision.katalog.content import load_katalog


def metoder(text: str) -> list[str]:
    return [tegn.metode for tegn in load_katalog().search(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("nøgleord", "noegleord"),
        ("noegleord", "noegleord"),
        ("NØGLE", "noegleord"),
        ("aabne", "aabne_spoergsmaal"),
        ("åbne spørgsmål", "aabne_spoergsmaal"),
        ("spoergsmaal aabne", "aabne_spoergsmaal"),
        ("skala", "skalaspoergsmaal"),
        ("Detektiven", "kt_detektiv"),
        ("gamemaster afslutning", "gm_afslutning"),
        ("tiden nævnt", "gm_kontrakt"),
        ("forhindringer", "pm_3_forebyg"),
    ],
)
def test_the_best_hit_comes_first(text: str, first: str) -> None:
    assert metoder(text)[0] == first


@pytest.mark.parametrize("text", ["", "   ", "»«", "xyzzy", "nøgleord xyzzy"])
def test_nothing_is_found_without_every_word(text: str) -> None:
    assert metoder(text) == []


def test_umlauts_and_their_spelling_find_the_same() -> None:
    assert metoder("nøgleord") == metoder("noegleord")
    assert metoder("borgerens mål") == metoder("borgerens maal")


def test_a_soft_hyphen_does_not_hide_a_word() -> None:
    assert "ro_viden" in [tegn.kode for tegn in load_katalog().search("arbejdsmarked")]


def test_a_search_may_be_kept_within_a_selection() -> None:
    katalog = load_katalog()
    assert "kto_kaptajn_til_sidst" in [tegn.kode for tegn in katalog.search("kaptajn")]
    within = katalog.search("kaptajn", among=katalog.observerbare())
    assert within
    assert {tegn.metode for tegn in within} == {"kt_kaptajn"}


# Typed, the method that comes first, the kendetegn it names (or "").
ASKED = [
    ("noglord", "noegleord", "no_kaede"),
    ("aabne spørgsmaal", "aabne_spoergsmaal", "aab_et_ad_gangen"),
    ("gamemaster afslutning", "gm_afslutning", ""),
    ("ÅBNE SPØRGSMÅL", "aabne_spoergsmaal", "aab_et_ad_gangen"),
    ("abne sporgsmal", "aabne_spoergsmaal", "aab_et_ad_gangen"),
    ("åbent spørgsmål", "aabne_spoergsmaal", "aab_et_ad_gangen"),
    ("åbnespørgsmål", "aabne_spoergsmaal", ""),
    ("nøgle ord", "noegleord", "no_kaede"),
    ("nøgleordene", "noegleord", "no_ordet"),
    ("tale tid", "taletid", "tt_fordeling"),
    ("skalaspørgsmålene", "skalaspoergsmaal", ""),
    ("grundene til tallet", "skalaspoergsmaal", "sk_grunde"),
    ("mirakel", "mirakelspoergsmaal", ""),
    ("mirakkel", "mirakelspoergsmaal", ""),
    ("mirakkelspørgsmål", "mirakelspoergsmaal", ""),
    ("undtagelses spørgsmål", "undtagelsesspoergsmaal", ""),
    ("karl tom", "karl_tomm", ""),
    ("fremtidsforskeren", "kt_fremtidsforsker", ""),
    ("modstand", "modstandsformer", "mf_art"),
    ("frit valg", "modstand_tre_greb", "mg_frit_valg"),
    ("reformulerings metoden", "reformuleringsmetoden", ""),
    ("forandringsudsang", "forandringsudsagn", ""),
    ("antonowsky", "antonovsky", ""),
    ("pejlemerker", "pejlemaerker", ""),
    ("rebildmodellen", "rebild_model", ""),
    ("abc plan", "abc_jobplan", ""),
    ("jobplan", "abc_jobplan", ""),
    ("problemkrukke", "r_problemkrukken", ""),
    ("lønnede timer", "loennede_timer", "lt_trin"),
    ("substitutions hjul", "substitutionshjul", ""),
    ("BALA", "bala", ""),
    ("spørg til behov", "bala", "ba_hv"),
    ("læringspilen", "laeringspil", ""),
    ("feedback kontrakt", "feedback_kontrakt", "fk_foer"),
    ("feedbackkontrakten", "feedback_kontrakt", "fk_foer"),
    ("banehalvdel", "feedback_giv", ""),
    ("konfliktsprog", "konfliktsprog", ""),
    ("motiverende samtale", "mi_aand", ""),
    ("MI", "mi_aand", ""),
    ("cv", "cv_dialog", "cv_udgangspunkt"),
    ("hvordan var samtalen", "gm_afslutning", "a_evaluering"),
    ("dato på aftalen", "gm_afslutning", "a_naeste_skridt"),
]


@pytest.mark.parametrize(("text", "first", "tegn"), ASKED)
def test_a_hasty_search_finds_the_method_and_names_its_kendetegn(text: str, first: str, tegn: str) -> None:
    best = load_katalog().soeg(text).fund[0]
    assert best.metode.key == first
    assert not tegn or tegn in [found.kode for found in best.tegn]


def test_every_gamemaster_shows_its_own_afslutning() -> None:
    fund = {fund.metode.key: fund for fund in load_katalog().soeg("gamemaster afslutning").fund}
    assert list(fund)[:4] == ["gm_afslutning", "gm_frederikshavn", "gm_cabi", "gm_marselisborg"]
    assert fund["gm_frederikshavn"].steder[0] == (
        "Fase",
        "Afslutning (Opsummering, Evaluering, SMART aftale)",
    )
    assert "Tilbageblik (mod kontrakten)" in fund["gm_cabi"].steder[0][1]
    assert fund["gm_marselisborg"].steder[0] == ("Fase", "Afslutning (Opsummering, Evaluering)")


def test_a_guess_is_told() -> None:
    guessed, known = load_katalog().soeg("noglord kontrakt").ord
    assert (guessed.skrevet, guessed.vist, guessed.gaettet) == ("noglord", "nøgleord", True)
    assert (known.vist, known.gaettet) == ("kontrakt", False)
    assert not load_katalog().soeg("spoergsmaal").ord[0].gaettet


def test_the_small_words_are_passed_over_unless_they_are_all_there_is() -> None:
    katalog = load_katalog()
    assert [ord.laest for ord in katalog.soeg("en skala til det").ord] == ["skala"]
    assert [ord.laest for ord in katalog.soeg("til det").ord] == ["til", "det"]


def test_nothing_found_says_which_word_and_what_is_in_it() -> None:
    soegning = load_katalog().soeg("rådighedssamtale modstand")
    assert (soegning.fund, soegning.ukendt, soegning.dele) == ((), ("rådighedssamtale",), ("samtale",))
    assert load_katalog().soeg("  ") == rules.Soegning()


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("tallet", "tal"),
        ("tallene", "tal"),
        ("noegleordene", "noegleord"),
        ("aftalerne", "aftal"),
        ("mål", "mål"),
        ("se", "se"),
    ],
)
def test_an_ending_is_taken_off(word: str, same: str) -> None:
    assert rules.stem(word) == same


def test_a_hasty_hand_gives_the_same_skeleton() -> None:
    assert rules.skeleton(rules.fold("Spørgsmål")) == rules.skeleton("sporgsmal")
    assert rules.skeleton("mirakkel") == rules.skeleton("mirakel")
    assert rules.skeleton("aabne") != rules.skeleton("abc")


def test_the_three_choices_narrow_and_count() -> None:
    katalog = load_katalog()
    alle = katalog.vis("", rules.Udvalg())
    assert len(alle.fund) == alle.antal["kategori"][""] == 117
    assert sum(count for word, count in alle.antal["kategori"].items() if word) == 117
    both = katalog.vis("", rules.Udvalg(hvem="begge"))
    for hvem in ("borger", "virksomhed"):
        some = katalog.vis("", rules.Udvalg(hvem=hvem))
        assert len(some.fund) == alle.antal["hvem"][hvem] < 117
        assert {fund.metode.retning for fund in some.fund} == {hvem, "begge"}
        assert set(both.fund) < set(some.fund)
    three = rules.Udvalg("undersoegende", "borger", "cabi")
    found = katalog.vis("spørgsmål", three)
    assert found.fund
    assert all(three.holds(fund.metode) for fund in found.fund)
    assert found.antal["kilde"]["cabi"] == len(found.fund)
    assert found.antal["kilde"]["redskabskatalog"] == 0


@pytest.mark.parametrize("udvalg", [rules.Udvalg("sjov"), rules.Udvalg(hvem="alle"), rules.Udvalg(kilde="x")])
def test_a_word_in_no_list_chooses_nothing(udvalg: rules.Udvalg) -> None:
    assert load_katalog().vis("", udvalg).fund == ()


def test_an_order_is_moved_one_place_and_not_over_the_ends() -> None:
    assert rules.moved(("a", "b", "c"), "c", -1) == ("a", "c", "b")
    assert rules.moved(("a", "b", "c"), "a", 1) == ("b", "a", "c")
    assert rules.moved(("a", "b", "c"), "a", -1) == ("a", "b", "c")
    assert rules.moved(("a", "b", "c"), "c", 1) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("word", "text", "rank"),
    [
        ("tid", "hele tid", 6),
        ("tid", "tiden", 5),
        ("tid", "al tiden", 4),
        ("tallet", "et tal", 3),
        ("tid", "fortid", 2),
        ("gamemastery", "i game mastery", 1),
        ("spejle", "samtalens pejlemaerker", 0),
        ("mi", "mirakel", 0),
        ("tid", "emne", 0),
    ],
)
def test_word_rank(word: str, text: str, rank: int) -> None:
    assert rules.word_rank(word, text) == rank

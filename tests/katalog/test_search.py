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


@pytest.mark.parametrize(
    ("word", "text", "rank"),
    [
        ("tid", "hele tid", 4),
        ("tid", "tiden", 3),
        ("tid", "al tiden", 2),
        ("tid", "fortid", 1),
        ("tid", "emne", 0),
    ],
)
def test_word_rank(word: str, text: str, rank: int) -> None:
    assert rules.word_rank(word, text) == rank

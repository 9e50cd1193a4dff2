"""The catalogue is written in our own words: no sentence of it stands in the sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from supervision.katalog.content import load_katalog

NAMES = {
    "5 Giv relevant information og rådgivning",
    "7 Brug sproget til at skabe motivation",
    "Aftaler og planlægning af næste skridt",
    "Fase 4 Fastslå mål og delmål",
    "At blive en del af arbejdspladsen",
    "Refleksion og beslutning om at eksperimentere",
}
"""What a source calls a step or a form of its own: names, which stay as the field knows them."""

KILDER = Path(__file__).resolve().parents[3] / "shared" / "kilder"


def words(text: str) -> str:
    """The text as bare words, with the line-end hyphens of a printed page taken out."""
    joined = re.sub(r"-[ \t]*\n[ \t]*(?=[a-zæøå])", "", text)
    return " ".join(re.findall(r"\w+", joined.casefold()))


def test_bare_words_join_a_word_broken_over_two_lines() -> None:
    assert words("Spørg ind til kompeten-\ncer, og hør!") == "spørg ind til kompetencer og hør"


@pytest.mark.skipif(not KILDER.is_dir(), reason="the five source texts are not on this machine")
def test_no_text_of_six_words_or_more_is_taken_from_a_source() -> None:
    kilder = [f" {words(path.read_text(encoding='utf-8'))} " for path in sorted(KILDER.glob("*.txt"))]
    assert len(kilder) == 5
    own = [
        text
        for metode in load_katalog().metoder
        for text in (*metode.trin, *metode.faldgruber, metode.note, metode.maaling)
    ]
    own += [tegn.tekst for metode in load_katalog().metoder for tegn in metode.kendetegn]
    sentences = [f" {words(text)} " for text in own if len(words(text).split()) >= 6 and text not in NAMES]
    assert len(sentences) > 300
    assert [text for text in sentences if any(text in kilde for kilde in kilder)] == []

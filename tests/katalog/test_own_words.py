"""The catalogue is written in our own words: no sentence of it stands in the sources."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervision import HOUSE
from supervision.katalog import rules
from supervision.katalog.content import load_katalog

NAMES = {
    "Brug sproget til at skabe motivation",
    "Positive reformuleringer og håndtering af skånehensyn",
    "Modstand kan komme til udtryk ved",
    "Værdien af at have et job",
    "5 Giv relevant information og rådgivning",
    "7 Brug sproget til at skabe motivation",
    "Aftaler og planlægning af næste skridt",
    "Fase 4 Fastslå mål og delmål",
    "At blive en del af arbejdspladsen",
    "Refleksion og beslutning om at eksperimentere",
}
"""What a source calls a method, a step or a form of its own: names, which stay as the field knows them."""

RUN = 6
"""So many words on end from a source are a loan."""

KILDER = Path(__file__).resolve().parents[3] / "shared" / "kilder"


def words(text: str) -> str:
    """The text as bare words, with the line-end hyphens of a printed page taken out."""
    joined = re.sub(r"-[ \t]*\n[ \t]*(?=[a-zæøå])", "", text)
    return " ".join(re.findall(r"\w+", joined.casefold()))


def test_bare_words_join_a_word_broken_over_two_lines() -> None:
    assert words("Spørg ind til kompeten-\ncer, og hør!") == "spørg ind til kompetencer og hør"


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of RUN words in a text."""
    found = words(text).split()
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def own_texts() -> Iterator[str]:
    katalog = load_katalog()
    for metode in katalog.metoder:
        yield from (metode.navn, *metode.aliaser, *metode.trin, *metode.felter, *metode.faldgruber)
        yield from (metode.note, metode.maaling)
        yield from (tegn.tekst for tegn in metode.kendetegn)
        yield from (punkt for gruppe in (*metode.elementer, *metode.varianter) for punkt in gruppe.punkter)
    yield from (skabelon.beskrivelse for skabelon in katalog.skabeloner)
    yield from rules.BELAEG_ORD.values()
    for template in sorted((HOUSE / "templates" / "katalog").glob("*.html")):
        yield re.sub(r"{[#%{].*?[#%}]}|<[^>]+>", " ", template.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_a_loan_in_the_middle_of_a_text_is_seen() -> None:
    loan = "her er så seks ord på stribe lånt"
    assert runs(loan) & runs(f"Noget andet, og {loan}.")
    assert not runs("fem ord er ikke nok") & runs("fem ord er ikke nok")


@pytest.mark.skipif(
    not KILDER.is_dir() and os.environ.get("CI") != "true",
    reason="the five source texts are not on this machine",
)
def test_no_six_words_on_end_are_taken_from_a_source() -> None:
    paths = sorted(KILDER.glob("*.txt"))
    assert len(paths) == 5
    kilder = set().union(*(runs(path.read_text(encoding="utf-8")) for path in paths))
    own = [text for text in own_texts() if runs(text) and text not in NAMES]
    assert len(own) > 400
    assert [text for text in own if runs(text) & kilder] == []

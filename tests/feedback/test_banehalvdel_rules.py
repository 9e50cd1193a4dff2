"""The banehalvdel check: what the guideline says about sentences, sense at any input, and agreement with people."""

from __future__ import annotations

import os
import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import banehalvdel as benchmark
from supervision.feedback.rules.banehalvdel import LABELS, bedoem, bedoem_samlet, bedoem_tekst
from supervision.feedback.rules.banehalvdel.moenstre import compile_moenster, find, pladser
from supervision.feedback.rules.banehalvdel.ord import classes_of
from supervision.feedback.rules.banehalvdel.ordformer import adjective_forms, fold, noun_forms, verb_forms
from supervision.feedback.rules.banehalvdel.saetninger import split

GUIDELINE = {
    "a feeling with a sign of it": ("Hun sænkede skuldrene, da du sagde det.", "iagttagelse"),
    "the same without the sign": ("Hun slappede af, da du sagde det.", "fortolkning"),
    "reported feeling": ("Borgeren sagde, at hun var bange for sin chef.", "iagttagelse"),
    "reported without at": ("Borgeren sagde hun var bange.", "iagttagelse"),
    "reported in quotes": ('Han svarede: "Du burde være bange."', "iagttagelse"),
    "not reported": ("Borgeren var bange for sin chef.", "fortolkning"),
    "what comes after the reported": ("Du sagde, at han skulle søge, men det var forkert.", "vurdering"),
    "own quoted thought": ("Jeg tænkte: »det her går godt«.", "oplevelse"),
    "a peeled frame before a feeling": ("Jeg oplevede, at du var sur.", "fortolkning"),
    "a peeled frame before a verdict": ("Jeg hørte, at du er en god lytter.", "vurdering"),
    "a guess after a fact": ("Du så på uret, så du kedede dig.", "fortolkning"),
    "advice after a fact": ("Du spurgte til rejsetid, men spørg hellere til drømme.", "godt_raad"),
    "advice beats a guess": ("Du var nervøs, så husk at trække vejret.", "godt_raad"),
    "an attitude of du": ("Du var træt.", "fortolkning"),
    "praise of du": ("Du er dygtig.", "vurdering"),
    "a hedged trait": ("Du er nok lidt konfliktsky.", "fortolkning"),
    "an unflattering fact": ("Du afbrød hende tre gange.", "iagttagelse"),
    "what was not done": ("Du sagde ikke noget om fristen.", "iagttagelse"),
    "a verdict marker": ("Du talte alt for hurtigt.", "vurdering"),
    "the same without it": ("Du talte hurtigt.", "iagttagelse"),
    "praise with a detail": ("Det var godt, at du gentog hans ord til sidst.", "iagttagelse"),
    "praise without": ("Det var godt.", "ukonkret"),
    "a topic is no detail": ("Måden med skemaet var fin.", "ukonkret"),
    "own lack of knowing": ("Jeg savnede at vide, hvem I ventede på.", "oplevelse"),
    "a wish for an act": ("Jeg kunne have ønsket, at du spurgte til målet.", "godt_raad"),
    "a wish in the passive": ("Der kunne være blevet spurgt til målet.", "godt_raad"),
    "own practice": ("Jeg plejer at begynde med målet.", "godt_raad"),
    "an imperative that names no act": ("Bliv ved med det!", "ukonkret"),
    "a reproach": ("Sådan taler man ikke til folk.", "vurdering"),
    "a guess as a question": ("Var du mon bange?", "fortolkning"),
    "a proposal as a question": ("Hvad med at spørge hende selv?", "godt_raad"),
    "man is the sender": ("Man blev helt rørt.", "oplevelse"),
    "a negative reaction": ("Jeg blev forvirret af rækkefølgen.", "oplevelse"),
    "always about oneself": ("Jeg bliver altid rørt af den slags.", "oplevelse"),
    "always about the other": ("Du afbryder altid.", "vurdering"),
    "too high": ("Tempoet var for højt.", "vurdering"),
    "too high, marked as own": ("Tempoet føltes højt for mig.", "oplevelse"),
    "not knowing what du felt": ("Jeg ved ikke, hvad du følte.", "oplevelse"),
    "turned word order": ("Bagefter blev hun ked af det.", "fortolkning"),
    "no commas, no capitals": ("jeg tror hun blev ked af det", "fortolkning"),
    "spelt without danish letters": ("Jeg blev roert, da du saa paa hende.", "oplevelse"),
    "a slip of spelling": ("Du virkede nervos og usiker.", "fortolkning"),
    "a person by name": ("Mette blev vred.", "fortolkning"),
    "I as you": ("I stillede fire spørgsmål hver.", "iagttagelse"),
    "i as in": ("I starten stillede du fire spørgsmål.", "iagttagelse"),
    "for many years": ("Du fortalte, at I mødtes for mange år siden.", "iagttagelse"),
}


@pytest.mark.parametrize(("sentence", "label"), GUIDELINE.values(), ids=GUIDELINE.keys())
def test_the_guideline(sentence: str, label: str) -> None:
    found = bedoem(sentence)
    assert found.label == label, found


@pytest.mark.parametrize(
    ("sentence", "words", "about"),
    [
        ("I går blev Mette ked af det.", "blev Mette ked", "Mette"),
        ("Du virkede bekymret.", "Du virkede", "din kollega"),
        ("Borgeren var utålmodig.", "Borgeren var utålmodig", "borgeren"),
        ("Du er for pågående.", "Du er for pågående", "din kollega"),
    ],
)
def test_the_line_names_the_words_that_decided_and_whom_they_are_about(
    sentence: str, words: str, about: str
) -> None:
    found = bedoem(sentence)
    assert found.ord == words
    assert f"»{found.ord}«" in found.hvorfor
    assert about in found.hvorfor
    assert found.forslag
    assert found.forklaring == f"{found.hvorfor} {found.forslag}"


def test_what_is_own_half_gets_no_proposal() -> None:
    for sentence in ("Du stillede tre åbne spørgsmål.", "Jeg blev glad."):
        found = bedoem(sentence)
        assert found.egen
        assert found.forslag == ""
        assert "din egen banehalvdel" in found.forklaring


def test_every_line_is_one_line_and_every_label_is_known() -> None:
    for sentence in benchmark.own():
        found = bedoem(sentence.tekst)
        assert found.label in LABELS
        assert found.forklaring.strip()
        assert "\n" not in found.forklaring
        assert "{" not in found.forklaring
        assert bool(found.forslag) is not found.egen


def test_a_text_is_cut_into_sentences_with_their_places() -> None:
    text = 'Kl. 10.30 sagde du "Velkommen. Sæt dig." til hende.  Hun smilede …  og nikkede!'
    text += " Du gav f.eks. hånd\nFlot klaret"
    assert split(text) == [
        'Kl. 10.30 sagde du "Velkommen. Sæt dig." til hende.',
        "Hun smilede …  og nikkede!",
        "Du gav f.eks. hånd",
        "Flot klaret",
    ]
    found = bedoem_tekst(text)
    assert [text[dom.fra : dom.til] for dom in found] == split(text)
    assert [dom.label for dom in found] == ["iagttagelse", "iagttagelse", "iagttagelse", "ukonkret"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Det var den 3. marts. Du kom kl. 9.", 2),
        ("Du sagde ca. 5 ord. Hun sagde ingen.", 2),
        ("Hvad nu? Ved du det? Nej!", 3),
        ("Han sagde »Nej. Aldrig.« og gik.", 1),
        ("Nå ... så gik hun.", 1),
        ("Der var 3.500 kr. i støtte. Punktum.", 2),
        ("", 0),
        (" \n \t ", 0),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    assert len(split(text)) == sentences


def test_of_several_sentences_the_breach_decides() -> None:
    assert bedoem_samlet("Du stillede to spørgsmål. Du var nervøs. Prøv at vente.").label == "godt_raad"
    assert bedoem_samlet("Flot klaret! Du stillede to spørgsmål til hendes praktik.").label == "iagttagelse"


@pytest.mark.parametrize(
    "junk",
    ["", " ", "…", "?!?!", "👍👍", "\x00\x01", "'", '"', "»", "I", "i", "de", "This is not Danish at all.", "12",
     "Ich weiß nicht, was soll es bedeuten", "لا أعرف", "a/b/c DU|HUN ^ $ .. !x",
     "\ud800", "sagde, at", "jeg ved ikke, om"],
)  # fmt: skip
def test_junk_is_answered_for(junk: str) -> None:
    assert bedoem(junk).label in LABELS
    assert all(dom.label in LABELS for dom in bedoem_tekst(junk))


def test_words_of_the_pattern_language_are_no_classes() -> None:
    assert bedoem("DU VAERE FOEL").label not in ("fortolkning", "vurdering", "godt_raad")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_answered_for(text: str) -> None:
    found = bedoem_tekst(text)
    assert all(0 <= dom.fra < dom.til <= len(text) for dom in found)
    assert all(one.til <= other.fra for one, other in pairwise(found))


@pytest.mark.parametrize(
    "text",
    ["du var " * 1500, '"' * 10_000, "a" * 10_000, "sagde, at " * 1000, "." * 10_000,
     "Godt. " * 1700, "»«" * 5000, "f.eks. " * 1500],
    ids=["words", "quotes", "one word", "reported", "dots", "sentences", "pairs", "shortened"],
)  # fmt: skip
def test_ten_thousand_characters_are_never_slow(text: str) -> None:
    begun = time.perf_counter()
    bedoem_tekst(text)
    assert time.perf_counter() - begun < 3


def test_two_thousand_characters_take_no_time() -> None:
    """The goal is 50 ms; the benchmark measures it. Here the best of five, with room for a busy machine."""
    text = " ".join(sentence.tekst.rstrip(".") + "." for sentence in benchmark.own()[:60])[:2000]
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        bedoem_tekst(text)
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.1


def test_forms_by_rule() -> None:
    assert {"stoppede", "stoppet", "stopper", "stoppes"} <= verb_forms("stoppe")[0]
    assert verb_forms("stoppe")[1] == "stop"
    assert verb_forms("stå/stod/stået")[0] == {"stå", "stod", "stået", "står", "stående"}
    assert {"flot", "flotte", "flottere", "flottest"} <= adjective_forms("flot")
    assert {"sikker", "sikre", "sikkert", "sikrere"} <= adjective_forms("sikker")
    assert {"rodet", "rodede"} <= adjective_forms("rodet")
    assert {"møder", "mødet", "mødets", "møderne"} <= noun_forms("møde")


def test_words_are_known_by_compound_prefix_and_slip_of_spelling() -> None:
    assert "OBJ" in classes_of(fold("whiteboardtavlen"))
    assert "ROS" in classes_of(fold("superflot"))
    assert "FOEL" in classes_of("nervos")
    assert classes_of(fold("skjaldemjød")) == frozenset()


def test_patterns() -> None:
    places = pladser(
        [("du", frozenset({"DU"})), (",", frozenset()), ("var", frozenset({"VAERE"})), (".", frozenset())]
    )

    def matches(pattern: str) -> tuple[int, int] | None:
        return find(compile_moenster(pattern), places)

    assert matches("DU ,? VAERE") == (0, 3)
    assert matches("DU VAERE") is None
    assert matches("DU .. VAERE") is None, "a short gap does not pass a comma"
    assert matches("DU .... VAERE $") == (0, 3)
    assert matches("^ VAERE") is None
    assert matches("DU !VAERE") == (0, 1)
    assert matches(", !VAERE") is None
    assert matches("HUN* du|han") == (0, 1)
    with pytest.raises(ValueError, match="not an element"):
        compile_moenster("du||han")
    with pytest.raises(ValueError, match="nothing that must be there"):
        compile_moenster("^ DU* !HUN")


def test_the_benchmark_counts_as_it_says() -> None:
    found = benchmark.figures_of(
        Counter(
            {("iagttagelse", "iagttagelse"): 6, ("oplevelse", "vurdering"): 2, ("ukonkret", "vurdering"): 2}
        )
    )
    assert (found["six"], found["half"], found["flagged"]) == (0.6, 0.8, 0.25)
    assert found["labels"]["vurdering"]["precision"] == 0
    assert found["labels"]["oplevelse"]["recall"] == 0


def test_own_sentences() -> None:
    """Ours: written from the guideline. No label may hide behind the others, and no sentence stands twice."""
    sentences = benchmark.own()
    found = benchmark.figures(sentences)
    assert len({sentence.tekst for sentence in sentences}) == len(sentences) >= 500
    assert min(sum(row) for row in found["matrix"].values()) >= 80
    assert found["six"] >= 0.9
    assert found["half"] >= 0.95
    assert found["flagged"] <= 0.03
    assert all(one["recall"] >= 0.85 and one["precision"] >= 0.85 for one in found["labels"].values())


def test_labelled_sentences() -> None:
    """Those of others, held-out folds apart. Floors below what was measured, far above what chance gives."""
    if not benchmark.LABELLED.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail("the labelled sentences are missing beside the project")
        pytest.skip("the labelled sentences do not lie beside the project")
    sentences = benchmark.labelled()
    assert len(sentences) == 180
    held = {f"fold {number}" for number in benchmark.HELD_OUT}
    for part in ([s for s in sentences if s.part in held], [s for s in sentences if s.part not in held]):
        found = benchmark.figures(part)
        assert found["n"] >= 70
        assert found["six"] >= 0.8
        assert found["half"] >= 0.9
        assert all(one["recall"] >= 0.6 for one in found["labels"].values())
    assert benchmark.figures(sentences)["flagged"] <= 0.05

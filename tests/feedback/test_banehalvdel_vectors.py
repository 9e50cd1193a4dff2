"""The banehalvdel check is one: the shared vectors hold in Python, and the browser's tables are those of the rules."""

from __future__ import annotations

from typing import Any

import pytest
from vectors.banehalvdel import load_tekster

from supervision.feedback.formats.banehalvdel_js import COMMAND, MADE, render_tavler
from supervision.feedback.rules.banehalvdel import LABELS, bedoem_tekst
from supervision.feedback.rules.banehalvdel.forklaringer import BEGYNDELSER, FORSLAG
from supervision.feedback.rules.banehalvdel.plads import SKUFFE_AABEN, velkommen
from supervision.feedback.rules.punkter import EGEN_BANEHALVDEL, SKUFFER


@pytest.mark.parametrize("vector", load_tekster(), ids=lambda vector: vector["navn"])
def test_vectors(vector: dict[str, Any]) -> None:
    tekst = vector["tekst"]
    found = [[tekst[dom.fra : dom.til], dom.label] for dom in bedoem_tekst(tekst)]
    assert found == vector["saetninger"]


def test_the_browser_has_the_tables_of_the_rules() -> None:
    assert MADE.read_text(encoding="utf-8") == render_tavler(), f"make it again: {COMMAND}"


def test_the_beginnings_are_those_that_the_proposal_names() -> None:
    assert set(BEGYNDELSER) == {label for label in LABELS if FORSLAG[label]}
    for label, beginnings in BEGYNDELSER.items():
        assert beginnings
        assert all(f"»{words} …" in FORSLAG[label] for words in beginnings)


def test_a_guess_and_advice_have_their_place_in_the_drawers() -> None:
    assert {velkommen(slags, SKUFFER) for slags in EGEN_BANEHALVDEL} == {()}
    assert velkommen("fortolkning", ["fortolkning"]) == ("fortolkning", "ukonkret")
    assert velkommen("godt_raad", ["godt_raad"]) == ("godt_raad", "ukonkret")
    assert velkommen("godt_raad", SKUFFER) == ("fortolkning", "godt_raad", "ukonkret")
    assert set(SKUFFE_AABEN) == set(SKUFFER)

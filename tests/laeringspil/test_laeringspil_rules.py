"""What lines a læringspil may have."""

from __future__ import annotations

import pytest

from supervision.laeringspil.rules import TEKST_MAX, Linje, check_linjer, clean_line
from supervision.problems import RuleBroken

TOM = Linje("")


def test_empty_lines_are_left_out_and_the_order_stays() -> None:
    first, second = Linje("spørge åbent"), Linje("tie stille", maade="observere")
    assert check_linjer([TOM, first, TOM, second]) == (first, second)


def test_the_way_alone_is_nothing() -> None:
    with pytest.raises(RuleBroken) as problem:
        check_linjer([Linje("", maade="observere"), TOM, TOM])
    assert problem.value.field == "linjer-0-faerdighed"


@pytest.mark.parametrize(
    "half",
    [Linje("", situation="mandag"), Linje("", effekt="mere ro"), Linje("", kendetegn_kode="ugu.u")],
)
def test_a_line_needs_its_faerdighed(half: Linje) -> None:
    with pytest.raises(RuleBroken, match="Linje 2") as problem:
        check_linjer([Linje("spørge"), half])
    assert problem.value.field == "linjer-1-faerdighed"


def test_an_unknown_way_and_a_long_text_are_refused() -> None:
    with pytest.raises(RuleBroken) as problem:
        check_linjer([Linje("spørge", maade="andet")])
    assert problem.value.field == "linjer-0-maade"
    long = "x" * (TEKST_MAX + 1)
    for linje in (Linje(long), Linje("a", situation=long), Linje("a", effekt=long)):
        with pytest.raises(RuleBroken, match="for lang"):
            check_linjer([linje])
    assert check_linjer([Linje("x" * TEKST_MAX)])


def test_there_is_room_for_three() -> None:
    with pytest.raises(RuleBroken, match="3 linjer"):
        check_linjer([Linje(str(number)) for number in range(4)])


def test_text_is_kept_on_one_line_and_without_what_a_database_refuses() -> None:
    assert clean_line("  spørge\r\n åbent \t og\x00 vente \ud800 ") == "spørge åbent og vente"
    assert clean_line("👩‍🏫 sam\u00adtale") == "👩‍🏫 sam\u00adtale"

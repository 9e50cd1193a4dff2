"""What a note may be."""

from __future__ import annotations

import pytest

from supervision.logbog.rules import TEKST_MAX, Notat, check_notat
from supervision.problems import RuleBroken


def test_only_what_was_tried_is_asked_for() -> None:
    check_notat(Notat("et åbent spørgsmål"))
    check_notat(Notat("x" * TEKST_MAX, "x" * TEKST_MAX, "x" * TEKST_MAX))
    with pytest.raises(RuleBroken) as problem:
        check_notat(Notat("", "noget", "mere"))
    assert problem.value.field == "proevet"


@pytest.mark.parametrize("field", ["proevet", "skete", "naeste"])
def test_a_box_that_is_too_long_is_named(field: str) -> None:
    with pytest.raises(RuleBroken, match="4000") as problem:
        check_notat(Notat(**{"proevet": "noget", field: "x" * (TEKST_MAX + 1)}))
    assert problem.value.field == field

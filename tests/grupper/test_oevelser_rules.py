"""The rules of an exercise: dividing with a leftover, roles that turn, the steps, the texts, the group's number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from supervision.grupper.rules import oevelser as rules
from supervision.grupper.rules.oevelser_indhold import ALLE, FELTER, FOKUS, OBS, OEVELSER, PARTNER
from supervision.problems import RuleBroken

NU = datetime(2026, 11, 18, 12, tzinfo=UTC)


@dataclass
class Tider:
    begyndt_at: datetime = NU
    fordelt_at: datetime | None = None
    sluttet_at: datetime | None = None


@pytest.mark.parametrize(
    ("key", "antal", "expected"),
    [
        ("triade", 2, [2]),
        ("triade", 3, [3]),
        ("triade", 4, [4]),
        ("triade", 5, [3, 2]),
        ("triade", 7, [4, 3]),
        ("triade", 8, [3, 3, 2]),
        ("motivation", 3, [3]),
        ("plus_minus", 5, [3, 2]),
        ("plus_minus", 6, [2, 2, 2]),
        ("gode_raad", 6, [3, 3]),
        ("gode_raad", 8, [4, 4]),
        ("gode_raad", 9, [5, 4]),
    ],
)
def test_everybody_gets_a_place(key: str, antal: int, expected: list[int]) -> None:
    assert rules.del_op(antal, OEVELSER[key]) == expected


@pytest.mark.parametrize("key", OEVELSER)
def test_no_number_of_people_is_left_over(key: str) -> None:
    slags = OEVELSER[key]
    for antal in range(slags.mindst, 25):
        sizes = rules.del_op(antal, slags)
        assert sum(sizes) == antal
        assert slags.mindst <= min(sizes) <= max(sizes) <= slags.flest
    with pytest.raises(RuleBroken, match="mindst"):
        rules.del_op(slags.mindst - 1, slags)


def test_in_a_triad_everybody_has_every_role_once() -> None:
    triade = OEVELSER["triade"]
    seen = {plads: [rules.rolle_i(triade, plads, tur, 3) for tur in range(3)] for plads in range(3)}
    assert seen[0] == [FOKUS, OBS, PARTNER]
    for roles in seen.values():
        assert sorted(roles) == sorted([FOKUS, PARTNER, OBS])
    for tur in range(4):
        four = Counter(rules.rolle_i(triade, plads, tur, 4) for plads in range(4))
        assert four == {FOKUS: 1, PARTNER: 1, OBS: 2}
        assert {rules.rolle_i(triade, plads, tur, 2) for plads in range(2)} == {FOKUS, PARTNER}
    assert rules.rolle_i(OEVELSER["gode_raad"], 0, 0, 4) == ""


def test_steps_have_the_minutes_of_the_sources() -> None:
    triade = rules.forloeb(OEVELSER["triade"], 3)
    assert [(s.trin.minutter, s.tur) for s in triade if s.trin.navn == "Sparring"] == [
        (10, 0),
        (10, 1),
        (10, 2),
    ]
    turns = [s for s in triade if s.trin.pr_tur]
    assert turns[0].trin.felter == ("fokus",)  # the feedback-kontrakt comes first
    assert next(FELTER[key].navn for key in triade[-1].trin.felter) == "Hvad virker?"
    assert len(triade[-1].trin.felter) == 3
    assert [s.trin.minutter for s in rules.forloeb(OEVELSER["gode_raad"], 4)] == [10, 10, 10]
    plus = [s for s in rules.forloeb(OEVELSER["plus_minus"], 2) if s.trin.pr_tur]
    assert [(s.trin.minutter, s.tur) for s in plus] == [(15, 0), (15, 1)]
    mi = [s.trin for s in rules.forloeb(OEVELSER["motivation"], 1)]
    assert [trin.tal for trin in mi if trin.tal] == ["foer", "efter"]
    assert next(trin for trin in mi if trin.navn == "Lyt").minutter == 3
    assert (FELTER["grund"].mindst, FELTER["udsagn"].mindst, FELTER["udsagn"].hoejst) == (3, 5, 10)
    assert (FELTER["raad"].mindst, FELTER["raad"].hoejst) == (3, 3)


@pytest.mark.parametrize("key", OEVELSER)
def test_every_role_knows_what_to_do_at_every_step(key: str) -> None:
    slags = OEVELSER[key]
    for trin in slags.trin:
        for rolle in [role for role, _ in slags.roller] or [ALLE]:
            assert rules.instruks(trin, rolle).endswith((".", "?")), (trin.navn, rolle)
        assert set(trin.felter) <= set(FELTER)
    assert bool(slags.tal) == any(trin.tal for trin in slags.trin)


def test_the_groups_number_needs_three_who_gave_both() -> None:
    two = [(3, 6), (4, 7)]
    assert rules.gruppens_tal(two) is None
    assert rules.gruppens_tal([*two, (None, 9), (2, None), (None, None)]) is None
    assert rules.gruppens_tal([*two, (5, 8)]) == (8, 14)
    assert rules.gruppens_tal([*two, (6, 8), (None, 1)]) == (9, 14)  # 4⅓ and 7: to the nearest half
    assert rules.bevaegelse(9, 14) == "Gruppen gik fra 4½ til 7."
    assert rules.bevaegelse(9, 9) == "Gruppen lå på 4½ både før og efter."
    assert rules.bevaegelse(None, None) == ""


def test_a_number_at_the_end_of_the_scale_gives_nobody_away() -> None:
    assert rules.gruppens_tal([(1, 10)] * 3) == rules.gruppens_tal([(1, 9), (2, 10), (3, 8)]) == (4, 18)
    assert rules.bevaegelse(4, 18) == "Gruppen gik fra 2 eller lavere til 9 eller højere."


def test_what_is_written() -> None:
    raad = FELTER["raad"]
    assert rules.check_tekst("  Vent  tre\nsekunder. ", raad) == "Vent tre sekunder."
    for bad, words in (
        ("", "et par ord"),
        ("Vent lidt", "hel sætning"),
        ("a b " * 80, "højst 300"),
        ("Ring til 010190-1234 i dag", "CPR"),
    ):
        with pytest.raises(RuleBroken, match=words):
            rules.check_tekst(bad, raad)
    with pytest.raises(RuleBroken, match="plads til 3"):
        rules.check_plads(3, raad)
    rules.check_plads(1, FELTER["fokus"])
    for tal in (None, 0, 11):
        with pytest.raises(RuleBroken, match="1 til 10"):
            rules.check_tal(tal)


def test_state_follows_from_the_moments() -> None:
    assert rules.tilstand(Tider(), NU) == rules.SAMLES
    assert rules.tilstand(Tider(fordelt_at=NU), NU) == rules.FORDELT
    assert rules.tilstand(Tider(fordelt_at=NU), NU + timedelta(hours=5)) == rules.SLUT
    with pytest.raises(RuleBroken, match="slut"):
        rules.check_i_gang(Tider(sluttet_at=NU), NU)

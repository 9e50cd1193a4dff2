"""Who may be in one samtale together, what they share, and what is said about the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import pytest
from kontrakter import samtale_trin

from supervision.aftaler import rules
from supervision.problems import RuleBroken

THEN = datetime(2026, 3, 3, 9, 30)
DAY = date(2026, 3, 3)


@dataclass(frozen=True)
class Menneske:
    id: UUID
    fornavn: str


METTE, JONAS, AASE, INGER, BO = (
    Menneske(UUID(int=nr), navn) for nr, navn in enumerate(("Mette", "Jonas", "Åse", "Inger", "Bo"), 1)
)


@dataclass(frozen=True)
class Aftale:
    """A kontrakt as far as the rules look."""

    fokusperson: Menneske
    observatoer: Menneske
    laast_at: datetime | None = None
    trukket_at: datetime | None = None
    udgave: int = 1
    jaer: tuple[rules.Trin, ...] = ()

    @property
    def fokusperson_id(self) -> UUID:
        return self.fokusperson.id

    @property
    def observatoer_id(self) -> UUID:
        return self.observatoer.id


FIRST = Aftale(METTE, JONAS)
BOTH = [FIRST, Aftale(AASE, INGER)]


def join(
    kontrakter: list[Aftale], fokusperson: Menneske, observatoer: Menneske, type_: str = "faellessamtale"
) -> None:
    rules.check_can_join(kontrakter, samtale_type=type_, fokusperson=fokusperson, observatoer=observatoer)


def takes(
    kontrakter: list[Aftale], fokusperson: Menneske, observatoer: Menneske, type_: str = "faellessamtale"
) -> bool:
    try:
        join(kontrakter, fokusperson, observatoer, type_)
    except RuleBroken:
        return False
    return True


@pytest.mark.parametrize("type_", rules.SAMTALE_TYPER)
def test_any_samtale_takes_another_observer(type_: str) -> None:
    assert takes([FIRST], METTE, INGER, type_)


def test_a_faellessamtale_takes_a_second_fokusperson_and_each_of_them_more_observers() -> None:
    assert takes([FIRST], AASE, INGER)
    assert takes(BOTH, METTE, BO)
    assert takes(BOTH, AASE, BO)


def test_whoever_has_left_the_room_is_not_in_it() -> None:
    gone = replace(FIRST, trukket_at=THEN)
    assert takes([gone, Aftale(AASE, INGER)], AASE, JONAS)
    assert takes([gone, Aftale(AASE, INGER)], BO, JONAS)
    assert takes([gone], METTE, JONAS, "individuel")


@pytest.mark.parametrize(
    ("kontrakter", "fokusperson", "observatoer", "type_", "words", "field"),
    [
        ([FIRST], METTE, JONAS, "individuel", "Mette og Jonas har allerede en kontrakt", "kollega"),
        ([FIRST], METTE, METTE, "individuel", "Mette holder selv samtalen", "kollega"),
        (BOTH, METTE, AASE, "faellessamtale", "Åse holder selv samtalen", "kollega"),
        ([FIRST], AASE, AASE, "faellessamtale", "Åse holder selv samtalen", "kollega"),
        ([FIRST], AASE, JONAS, "faellessamtale", "Man kan kun følge én ad gangen", "kollega"),
        (BOTH, METTE, INGER, "faellessamtale", "Inger observerer Åse i samtalen", "kollega"),
        ([FIRST], JONAS, INGER, "faellessamtale", "Jonas observerer i samtalen", "fokusperson"),
        (BOTH, BO, Menneske(UUID(int=9), "Ib"), "faellessamtale", "allerede to fokuspersoner", "fokusperson"),
        ([FIRST], AASE, INGER, "individuel", "Kun en fællessamtale", "fokusperson"),
    ],
)  # fmt: skip
def test_who_cannot_be_in_it_is_told_why(
    kontrakter: list[Aftale], fokusperson: Menneske, observatoer: Menneske, type_: str, words: str, field: str
) -> None:
    with pytest.raises(RuleBroken, match=words) as refused:
        join(kontrakter, fokusperson, observatoer, type_)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("kontrakt", "andre", "today", "words"),
    [
        (replace(FIRST, laast_at=THEN), [], DAY, "Optageren har været startet"),
        (replace(FIRST, trukket_at=THEN), [], DAY, "trukket tilbage"),
        (FIRST, [Aftale(METTE, INGER, laast_at=THEN)], DAY, "Optageren er startet i samtalen"),
        (FIRST, [], date(2026, 3, 4), "Dagen er gået"),
    ],
)
def test_a_samtale_that_has_begun_takes_nobody_more(
    kontrakt: Aftale, andre: list[Aftale], today: date, words: str
) -> None:
    with pytest.raises(RuleBroken, match=words):
        rules.check_open_to_more(kontrakt, andre, dag=DAY, today=today)
    rules.check_open_to_more(
        FIRST, [Aftale(METTE, INGER, laast_at=THEN, trukket_at=THEN)], dag=DAY, today=DAY
    )


def test_what_belongs_to_the_samtale_is_shared_and_the_rest_is_not() -> None:
    before = samtale_trin()
    own = replace(
        before, slags="supervision", maal="m", redskaber="r", bidrag="b", parter=("medarbejder", "tredje")
    )
    assert not rules.changes_samtalen(before, own)
    for changes in (
        {"sted": "Lokale 9"},
        {"laengde_min": 30},
        {"type": "oevelse"},
        {"form": "digital"},
        {"forloeb_nr": 3},
    ):
        assert rules.changes_samtalen(before, samtale_trin(**changes)), changes


def test_what_all_share_stands_when_one_has_started_or_two_hold_it() -> None:
    faelles = samtale_trin(type="faellessamtale")
    moved, other_type = replace(faelles, laengde_min=30), replace(faelles, type="individuel")
    started = [Aftale(METTE, INGER, laast_at=THEN)]
    with pytest.raises(RuleBroken, match="Inger har startet optageren"):
        rules.check_samtalen_can_change(FIRST, started, before=faelles, after=moved)
    rules.check_samtalen_can_change(FIRST, started, before=faelles, after=replace(faelles, maal="vores eget"))
    with pytest.raises(RuleBroken, match="blive ved med at være en fællessamtale") as refused:
        rules.check_samtalen_can_change(FIRST, BOTH[1:], before=faelles, after=other_type)
    assert refused.value.field == "type"
    rules.check_samtalen_can_change(FIRST, BOTH[1:], before=faelles, after=moved)
    rules.check_samtalen_can_change(FIRST, [Aftale(METTE, INGER)], before=faelles, after=other_type)
    rules.check_samtalen_can_change(
        FIRST, [replace(BOTH[1], trukket_at=THEN)], before=faelles, after=other_type
    )


@pytest.mark.parametrize(
    ("navn", "owner"),
    [("Inger", "Ingers"), ("Jonas", "Jonas'"), ("Max", "Max'"), ("Åse", "Åses"), ("Liz", "Liz'")],
)
def test_a_name_as_an_owner(navn: str, owner: str) -> None:
    assert rules.ejefald(navn) == owner


def test_only_what_is_true_is_said_of_the_others() -> None:
    says = rules.observerer_ogsaa
    assert says("Inger Holm", "kladde", forbi=False) == "Inger Holm er også spurgt om at observere."
    assert says("Inger Holm", "klar", forbi=False) == "Inger Holm observerer også."
    assert says("Inger Holm", "i_gang", forbi=True) == "Inger Holm observerede også."
    assert says("Inger Holm", "klar", forbi=True) == ""
    holds = rules.holder_samtalen_med
    assert holds("Åse Ask", "Bo Berg", "dig", "venter", forbi=False) == (
        "Åse Ask holder samtalen sammen med dig og er spurgt, om Bo Berg må observere."
    )
    assert holds("Åse Ask", "Bo Berg", "Mette", "klar", forbi=False) == (
        "Åse Ask holder samtalen sammen med Mette og observeres af Bo Berg."
    )
    assert holds("Åse Ask", "Bo Berg", "dig", "i_gang", forbi=True).endswith("og blev observeret af Bo Berg.")
    assert holds("Åse Ask", "Bo Berg", "dig", "venter", forbi=True) == ""

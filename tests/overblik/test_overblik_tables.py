"""From samtaler to pictures: five persons a cell, every person weighs the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from held import log

from supervision.observationer.measures import maal
from supervision.observationer.rules import Haendelse
from supervision.overblik import tables
from supervision.overblik.tables import Billede, Observeret

PEOPLE = [UUID(int=nr + 1) for nr in range(30)]
BOTH = ("medarbejder", "borger")


def seen(
    person: int,
    *,
    parter: Sequence[str] = BOTH,
    kendetegn: Sequence[str] = (),
    events: Any = None,
    **how: Any,
) -> Observeret:
    raw = log(**how) if events is None else events
    logged = [Haendelse(uuid4(), nr, t_ms, spor, kode) for nr, (t_ms, spor, kode) in enumerate(raw)]
    return Observeret(
        PEOPLE[person], uuid4(), "individuel", maal(logged), frozenset(parter), frozenset(kendetegn)
    )


def words(picture: Billede) -> dict[str, str]:
    return {row.kode: row.vist.tekst.replace("\N{NO-BREAK SPACE}", " ") for row in picture.raekker}


def all_words(observerede: Sequence[Observeret]) -> dict[str, dict[str, str]]:
    return {picture.noegle: words(picture) for picture in tables.billeder(observerede, str)}


def test_five_persons_give_their_pictures() -> None:
    found = all_words([seen(nr, share=0.4, ticks={"k": 3}, kendetegn=["k"]) for nr in range(5)])
    assert found == {
        "taletid": {"medarbejder": "ca. 40 %", "borger": "ca. 60 %"},
        "faser": {
            "kontrakt": "ca. 10 %",
            "emne": "ca. 70 %",
            "timeout": "ca. 10 %",
            "afslutning": "ca. 10 %",
        },
        "elementer": {},
        "ugu": {"hel": "ca. 50 %", "mangler": "ca. 50 %"},
        "faerdigheder": {"k": "ca. 3 pr. samtale"},
    }


@pytest.mark.parametrize("persons", range(5))
def test_fewer_than_five_give_five_empty_pictures_all_alike(persons: int) -> None:
    found = tables.billeder([seen(nr) for nr in range(persons)], str)
    assert found == [Billede(noegle, ()) for noegle in tables.NOEGLER[:5]]


def test_a_fifth_samtale_of_the_fourth_person_is_no_fifth_person() -> None:
    four = [seen(nr) for nr in range(4)]
    assert all(not picture.raekker for picture in tables.billeder([*four, seen(3), seen(3), seen(0)], str))
    assert all(picture.raekker for picture in tables.billeder([*four, seen(4)], str)[:2])


def test_every_person_weighs_the_same_however_often_they_are_observed() -> None:
    once = [seen(nr, share=0.2) for nr in range(4)]
    often = [seen(4, share=0.8) for _ in range(50)]
    assert all_words([*once, *often])["taletid"] == {"medarbejder": "ca. 30 %", "borger": "ca. 70 %"}


def test_the_order_of_the_rows_never_shows() -> None:
    chance = random.Random(7)
    rows = [seen(nr % 9, share=chance.random(), ticks={"k": nr % 5}, kendetegn=["k"]) for nr in range(40)]
    first = tables.billeder(rows, str)
    for _ in range(5):
        chance.shuffle(rows)
        assert tables.billeder(rows, str) == first


def test_a_party_that_four_had_is_left_out_and_the_rest_makes_a_whole() -> None:
    three_parties = [
        (0, "taler", "medarbejder"),
        (250, "taler", "borger"),
        (500, "taler", "tredje"),
        (1000, "ur", "slut"),
    ]
    two = [seen(nr, share=0.5) for nr in range(4, 9)]
    four = [seen(nr, events=three_parties, parter=[*BOTH, "tredje"]) for nr in range(4)]
    assert words(tables.taletid([*two, *four])) == {"medarbejder": "ca. 50 %", "borger": "ca. 50 %"}
    five = [*four, seen(9, events=three_parties, parter=[*BOTH, "tredje"])]
    assert words(tables.taletid([*two, *five])) == {
        "medarbejder": "ca. 40 %",
        "borger": "ca. 40 %",
        "tredje": "ca. 30 %",
    }


def test_a_picture_of_one_party_alone_would_say_nothing() -> None:
    alone = [(0, "taler", "medarbejder"), (1000, "ur", "slut")]
    rows = [seen(nr, events=alone, parter=["medarbejder"]) for nr in range(6)]
    assert tables.taletid(rows).raekker == ()


def test_a_kendetegn_that_four_agreed_on_is_not_listed_whoever_ticked_it() -> None:
    rows = [
        seen(nr, ticks={"k4": 9, "k5": 2}, kendetegn=["k5"] + (["k4"] if nr < 4 else [])) for nr in range(8)
    ]
    assert words(tables.faerdigheder(rows, str)) == {"k5": "ca. 2 pr. samtale"}


def test_a_kendetegn_that_was_agreed_on_and_never_ticked_counts_as_none() -> None:
    rows = [seen(nr, ticks={"k": 4} if nr < 3 else {}, kendetegn=["k", "unused"]) for nr in range(6)]
    assert words(tables.faerdigheder(rows, str)) == {
        "k": "ca. 2 pr. samtale",
        "unused": "under 1 pr. samtale",
    }


def test_the_most_used_kendetegn_comes_first_and_equals_stand_as_danish_sorts() -> None:
    names = {"a": "Åbne spørgsmål", "b": "Ærlig undren", "c": "Bruger navnet", "d": "Tavshed"}
    rows = [seen(nr, ticks={"d": 5, "a": 2, "b": 2, "c": 2}, kendetegn=list(names)) for nr in range(5)]
    assert [row.navn for row in tables.faerdigheder(rows, names.__getitem__).raekker] == [
        "Tavshed",
        "Bruger navnet",
        "Ærlig undren",
        "Åbne spørgsmål",
    ]


def test_ugu_rests_on_those_who_gave_something() -> None:
    gave = [seen(nr, framed=3, unframed=0) for nr in range(4)]
    gave_nothing = [seen(nr, framed=0, unframed=0) for nr in range(4, 9)]
    assert tables.ugu([*gave, *gave_nothing]).raekker == ()
    found = tables.ugu([*gave, seen(20, framed=3, unframed=0), *gave_nothing])
    assert words(found) == {"hel": "over 90 %", "mangler": "under 10 %"}
    assert {row.baand for row in found.raekker} == {"5–9 observerede"}


def test_extremes_are_never_shown_as_everybody_or_nobody() -> None:
    silent = [(0, "taler", "borger"), (1000, "ur", "slut")]
    found = words(tables.taletid([seen(nr, events=silent) for nr in range(12)]))
    assert found == {"medarbejder": "under 10 %", "borger": "over 90 %"}


def test_a_log_without_talk_or_phases_is_no_value_of_theirs() -> None:
    empty = [(0, "ur", "start"), (1000, "ur", "slut")]
    rows = [seen(nr) for nr in range(4)] + [seen(nr, events=empty) for nr in range(4, 9)]
    assert tables.taletid(rows).raekker == ()
    assert tables.faser(rows).raekker == ()


def test_no_samtaler_make_no_cells() -> None:
    assert tables.celler([]) == {}

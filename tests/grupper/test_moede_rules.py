"""A meeting's state, clock and agenda, and the sums of its picture, without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from supervision.grupper import rules
from supervision.grupper.forms import read_dagsorden
from supervision.grupper.rules import gruppebillede
from supervision.observationer.measures import Maal
from supervision.problems import RuleBroken

START = datetime(2026, 11, 18, 12, tzinfo=UTC)
DAG = date(2026, 11, 18)
MIN = timedelta(minutes=1)


@dataclass
class Moede:
    """The facts that a state follows from."""

    start_at: datetime = START
    minutter: int = 120
    aflyst_at: datetime | None = None
    begyndt_at: datetime | None = None
    sluttet_at: datetime | None = None


@pytest.mark.parametrize(
    ("moede", "now", "state"),
    [
        (Moede(), START - timedelta(days=9), "indkaldt"),
        (Moede(), START + 120 * MIN + rules.moeder.GLEMT, "indkaldt"),
        (Moede(), START + 121 * MIN + rules.moeder.GLEMT, "ikke_holdt"),
        (Moede(aflyst_at=START), START, "aflyst"),
        (Moede(begyndt_at=START), START + 119 * MIN, "i_gang"),
        (Moede(begyndt_at=START), START + 121 * MIN + rules.moeder.GLEMT, "slut"),
        (Moede(begyndt_at=START, sluttet_at=START + MIN), START + 2 * MIN, "slut"),
    ],
)
def test_the_state_follows_from_the_facts(moede: Moede, now: datetime, state: str) -> None:
    assert rules.moede_tilstand(moede, now) == state


def test_it_ends_when_it_was_called_to_unless_it_was_begun_at_another_time() -> None:
    assert rules.slutter_at(Moede(begyndt_at=START + 20 * MIN)) == START + 120 * MIN
    assert rules.slutter_at(Moede(begyndt_at=START - 31 * MIN)) == START + 89 * MIN
    assert rules.slutter_at(Moede()) == START + 120 * MIN


def test_the_clock_adds_what_a_point_had_before() -> None:
    assert rules.brugt_ms(90, None, START) == 90_000
    assert rules.brugt_ms(90, START - timedelta(milliseconds=1500), START) == 91_500
    assert rules.brugt_ms(90, START + MIN, START) == 90_000  # a clock that was put back never takes time away
    assert rules.rest_min([(15, 14 * 60 + 30), (10, 11 * 60), (25, 0)]) == 26


def test_it_is_begun_once_and_on_its_day() -> None:
    rules.check_can_begin(Moede(), START, DAG, DAG)
    for moede, day in (
        (Moede(), DAG - timedelta(days=1)),
        (Moede(begyndt_at=START), DAG),
        (Moede(aflyst_at=START), DAG),
    ):
        with pytest.raises(RuleBroken):
            rules.check_can_begin(moede, START, day, DAG)


@pytest.mark.parametrize(
    ("start", "minutter", "sted", "wrong"),
    [
        (START + MIN, 120, "  Lokale  2 ", None),
        (START, 120, "", "dato"),
        (START + timedelta(days=367), 120, "", "dato"),
        (START + MIN, 29, "", "minutter"),
        (START + MIN, 241, "", "minutter"),
        (START + MIN, 30, "x" * 121, "sted"),
    ],
)
def test_what_may_be_called(start: datetime, minutter: int, sted: str, wrong: str | None) -> None:
    if wrong is None:
        assert rules.check_indkaldelse(start, minutter, sted, START) == "Lokale 2"
        return
    with pytest.raises(RuleBroken) as problem:
        rules.check_indkaldelse(start, minutter, sted, START)
    assert problem.value.field == wrong


def test_an_answer_is_owed_again_when_it_was_moved() -> None:
    assert rules.skal_svare(None, None)
    assert not rules.skal_svare(START, None)
    assert not rules.skal_svare(START, START - MIN)
    assert rules.skal_svare(START, START + MIN)


@pytest.mark.parametrize("minutter", [30, 45, 60, 90, 120, 175, 240])
def test_the_proposed_agenda_fills_the_meeting(minutter: int) -> None:
    agenda = rules.foreslaa(minutter)
    assert [punkt.slags for punkt in agenda] == [
        "siden_sidst", "bordet", "planche", "laeringspil", "lykkes_bedre", "tjek_ud"
    ]  # fmt: skip
    assert sum(punkt.minutter for punkt in agenda) == minutter
    assert rules.check_dagsorden(agenda) == agenda


def test_every_kind_of_point_asks_its_own_questions() -> None:
    asked = [question for kind in rules.SLAGS.values() for question in kind.spoergsmaal]
    assert len(asked) == len(set(asked))
    assert all(question.endswith("?") for question in asked)
    assert rules.spoergsmaal_til("bordet", 5) == rules.spoergsmaal_til("bordet", 0)
    assert rules.spoergsmaal_til("pause", 3) == ""


def sent(handling: str = "", ny: str = "", **columns: list[str]) -> dict[str, list[str]]:
    lines = {"id": ["", "", ""], "slags": ["siden_sidst", "andet", "tjek_ud"], "titel": ["A", "B", "C"],
             "minutter": ["15", "10", "5"]}  # fmt: skip
    return {**lines, **columns, "handling": [handling], "ny": [ny]}


@pytest.mark.parametrize(
    ("handling", "titles"),
    [
        ("", "ABC"),
        ("op:1", "BAC"),
        ("op:0", "ABC"),
        ("ned:1", "ACB"),
        ("ned:2", "ABC"),
        ("fjern:0", "BC"),
        ("op:x", "ABC"),
    ],
)
def test_one_act_is_done_to_the_agenda(handling: str, titles: str) -> None:
    assert "".join(punkt.titel for _, punkt in read_dagsorden(sent(handling))) == titles


def test_a_line_is_added_and_nonsense_is_refused() -> None:
    assert read_dagsorden(sent("tilfoej", "pause"))[-1] == (None, rules.Punkt("pause", "Pause", 10))
    for wrong in (sent("tilfoej", "findes_ikke"), sent(minutter=["15", "ti", "5"]), sent(titel=["A"]),
                  sent(titel=["A", "cpr 010190-1234", "C"])):  # fmt: skip
        with pytest.raises(RuleBroken):
            read_dagsorden(wrong)
    for lines in ([], [rules.Punkt("andet", " ", 5)], [rules.Punkt("andet", "A", 0)], [rules.Punkt("x", "A", 5)],
                  [rules.Punkt("andet", "A", 5)] * 21):  # fmt: skip
        with pytest.raises(RuleBroken):
            rules.check_dagsorden(lines)


def figures(share: float, ticks: int = 0, giv: int = 2, framed: int = 1) -> Maal:
    """1000 s in which the medarbejder had `share` of the talk."""
    own = int(share * 1_000_000)
    return Maal(
        varighed_ms=1_000_000,
        taletid_ms={"medarbejder": own, "borger": 1_000_000 - own},
        laengste_tur_ms={},
        taletid_andel={},
        faser={"emne": {"antal": 1, "ms": 1000}},
        ugu={"giv": giv, "indrammet": framed, "uden_foer": 0, "uden_efter": giv - framed},
        faerdigheder={"k_tid": ticks} if ticks else {},
        elementer={},
    )


def lagt(person: UUID, share: float, ticks: int = 0, kendetegn: tuple[str, ...] = ("k_tid",)) -> rules.Lagt:
    return rules.Lagt(
        person, uuid4(), figures(share, ticks), frozenset({"medarbejder", "borger"}), frozenset(kendetegn)
    )


def rows(billede: list[rules.Delbillede], noegle: str) -> dict[str, str]:
    return {row.kode: row.tekst for part in billede if part.noegle == noegle for row in part.raekker}


def test_everybody_counts_alike_and_figures_are_rounded() -> None:
    a, b, c = uuid4(), uuid4(), uuid4()
    many = [lagt(a, 0.9) for _ in range(10)]
    billede = rules.billedet([*many, lagt(b, 0.3), lagt(c, 0.3)], str)
    assert rows(billede, "taletid") == {"medarbejder": "ca. 50\xa0%", "borger": "ca. 50\xa0%"}
    assert rows(billede, "ugu") == {"hel": "ca. 50\xa0%", "mangler": "ca. 50\xa0%"}
    assert rows(billede, "faser")["emne"] == "over 90\xa0%"


def test_a_figure_of_two_people_is_left_out_although_the_picture_has_three() -> None:
    people = [uuid4() for _ in range(4)]
    table = [lagt(one, 0.5, ticks=3, kendetegn=("k_tid",)) for one in people[:2]]
    table += [lagt(one, 0.5, kendetegn=("k_formaal",)) for one in people[2:]]
    assert rows(rules.billedet(table, str), "kendetegn") == {}
    table.append(lagt(uuid4(), 0.5, kendetegn=("k_tid", "k_formaal")))
    assert rows(rules.billedet(table, str), "kendetegn") == {
        "k_tid": "ca. 2 gange",
        "k_formaal": "under 1 gang",
    }
    assert [part.raekker for part in rules.billedet(table[:2], str)] == [(), (), (), ()]


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "under 10\xa0%"), (0.0999, "under 10\xa0%"), (0.1, "ca. 10\xa0%"), (0.349, "ca. 30\xa0%"),
     (0.35, "ca. 40\xa0%"), (0.9, "ca. 90\xa0%"), (0.9001, "over 90\xa0%"), (1, "over 90\xa0%")],
)  # fmt: skip
def test_shares_have_open_ends(share: float, words: str) -> None:
    assert gruppebillede.andel(share)[0] == words


def test_no_two_pictures_can_be_subtracted() -> None:
    a, b, c, d, e, f = (uuid4() for _ in range(6))
    samtaler = {person: frozenset({uuid4()}) for person in (a, b, c, d, e, f)}
    four = {person: samtaler[person] for person in (a, b, c, d)}
    three = {person: samtaler[person] for person in (a, b, c)}
    rules.check_kan_vises(four, [])
    rules.check_kan_vises(four, [four])  # the same again tells nothing
    rules.check_kan_vises(samtaler, [{person: samtaler[person] for person in (a, b, c)}])  # three more
    other_samtaler = {person: frozenset({uuid4()}) for person in (a, b, c)}
    rules.check_kan_vises(other_samtaler, [three])  # the next round: everybody has new ones
    refused = [
        ({}, []),
        ({person: samtaler[person] for person in (a, b)}, []),
        (three, [four]),  # one took back
        (four, [three]),  # one came
        ({**three, a: samtaler[a] | {uuid4()}}, [three]),  # one put another samtale on the table
        ({person: samtaler[person] for person in (a, b, e)}, [three]),  # one for another
        (four, [samtaler, three]),  # far enough from one, too near another
    ]
    for now, before in refused:
        with pytest.raises(RuleBroken) as problem:
            rules.check_kan_vises(now, before)
        assert problem.value.text == rules.IKKE_NU  # one sentence, whatever the reason

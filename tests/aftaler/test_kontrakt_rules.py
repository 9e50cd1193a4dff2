"""The rules of a kontrakt, without a database: state, what is missing, limits, and the palette's buttons."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from kontrakter import samtale_trin

from supervision import clock
from supervision.aftaler import rules
from supervision.problems import RuleBroken

METTE, JONAS, OTHER = uuid4(), uuid4(), uuid4()
NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
AFTALER = rules.AftaleTrin("", "", "", None, False, False, "lige_efter", 15)


@dataclass
class Ja:
    person_id: UUID
    udgave: int
    at: datetime = NOON


@dataclass
class Kontrakt:
    jaer: list[Ja] = field(default_factory=list)
    udgave: int = 2
    laast_at: datetime | None = None
    trukket_at: datetime | None = None
    fokusperson_id: UUID = METTE
    observatoer_id: UUID = JONAS
    slags: str = "kollegial"
    maal: str = ""
    redskaber: str = ""
    bidrag: str = ""
    borger_ja: bool | None = None
    fokuspunkter: tuple[str, ...] = ("Om jeg lytter",)
    kendetegn: tuple[str, ...] = ()
    plads: str = ""


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "kladde"),
        ({"jaer": [Ja(METTE, 2)]}, "venter"),
        ({"jaer": [Ja(JONAS, 2)]}, "venter"),
        ({"jaer": [Ja(METTE, 2), Ja(JONAS, 2)]}, "klar"),
        ({"jaer": [Ja(METTE, 1), Ja(JONAS, 1)]}, "kladde"),
        ({"jaer": [Ja(METTE, 1), Ja(JONAS, 2)]}, "venter"),
        ({"jaer": [Ja(METTE, 2), Ja(OTHER, 2)]}, "venter"),
        ({"jaer": [Ja(METTE, 2), Ja(JONAS, 2)], "laast_at": NOON}, "i_gang"),
        ({"jaer": [Ja(METTE, 2), Ja(JONAS, 2)], "trukket_at": NOON}, "trukket"),
    ],
)
def test_the_state_follows_from_the_facts(facts: dict[str, Any], state: str) -> None:
    assert rules.tilstand(Kontrakt(**facts)) == state
    assert state in rules.TILSTANDE


def test_whose_yes_is_wanted() -> None:
    assert rules.venter_paa(Kontrakt()) == {METTE, JONAS}
    assert rules.venter_paa(Kontrakt(jaer=[Ja(METTE, 2)])) == {JONAS}
    assert rules.venter_paa(Kontrakt(trukket_at=NOON)) == set()
    assert rules.venter_paa(Kontrakt(laast_at=NOON)) == set()


def test_when_somebody_said_yes_and_whether_it_still_counts() -> None:
    later = NOON + timedelta(hours=1)
    kontrakt = Kontrakt(jaer=[Ja(METTE, 1), Ja(METTE, 2, later), Ja(JONAS, 1)])
    assert rules.ja_at(kontrakt, METTE) == (later, True)
    assert rules.ja_at(kontrakt, JONAS) == (NOON, False)
    assert rules.ja_at(kontrakt, OTHER) == (None, False)


def test_what_is_missing_is_said_by_step() -> None:
    assert rules.mangler(Kontrakt()) == []
    assert rules.mangler(Kontrakt(fokuspunkter=())) == [
        ("fokus", "Kontrakten mangler et fokus. Skriv mindst ét.")
    ]
    supervision = Kontrakt(slags="supervision", fokuspunkter=(), borger_ja=False)
    assert [trin for trin, _ in rules.mangler(supervision)] == ["samtalen"] * 3 + ["fokus", "aftaler"]
    whole = Kontrakt(slags="supervision", maal="a", redskaber="b", bidrag="c", borger_ja=True)
    assert rules.mangler(whole) == []


def test_the_steps_say_what_is_done() -> None:
    states = rules.trin_tilstande(Kontrakt(fokuspunkter=()))
    assert states == {"samtalen": "done", "fokus": "error", "kendetegn": "", "aftaler": ""}
    states = rules.trin_tilstande(Kontrakt(kendetegn=("x",), plads="Ved siden af"))
    assert set(states.values()) == {"done"}


@pytest.mark.parametrize("facts", [{"trukket_at": NOON}, {"laast_at": NOON}, {"fokuspunkter": ()}])
def test_a_yes_is_to_a_whole_and_open_kontrakt(facts: dict[str, Any]) -> None:
    rules.check_can_say_yes(Kontrakt())
    with pytest.raises(RuleBroken):
        rules.check_can_say_yes(Kontrakt(**facts))


def test_the_recorder_opens_on_what_both_agreed() -> None:
    both = [Ja(METTE, 2), Ja(JONAS, 2)]
    rules.check_can_record(Kontrakt(jaer=both))
    rules.check_can_record(Kontrakt(jaer=both, laast_at=NOON))
    for refused in (Kontrakt(), Kontrakt(jaer=both[:1]), Kontrakt(jaer=both, trukket_at=NOON)):
        with pytest.raises(RuleBroken):
            rules.check_can_record(refused)
    with pytest.raises(RuleBroken, match="Borgeren har sagt nej"):
        rules.check_can_record(Kontrakt(jaer=both, borger_ja=False))


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"laengde_min": 5}, []),
        ({"laengde_min": 4}, ["laengde_min"]),
        ({"laengde_min": 241}, ["laengde_min"]),
        ({"forloeb_nr": 0}, ["forloeb_nr"]),
        ({"forloeb_nr": 31}, ["forloeb_nr"]),
        ({"sted": "x" * 121}, ["sted"]),
        ({"maal": "x" * 1001}, ["maal"]),
        ({"type": "mus"}, ["type"]),
        ({"form": "brev"}, ["form"]),
        ({"slags": "kontrol"}, ["slags"]),
        ({"parter": ("medarbejder",)}, ["parter"]),
        ({"parter": ("borger", "tredje")}, ["parter"]),
        ({"parter": ("medarbejder", "medarbejder")}, ["parter"]),
        ({"parter": ("medarbejder", "naboen")}, ["parter"]),
        ({"parter": tuple(rules.TALER_PARTER)}, []),
    ],
)
def test_the_limits_of_a_samtale(changes: dict[str, Any], fields: list[str]) -> None:
    assert [fejl.field for fejl in rules.list_fejl(samtale_trin(**changes))] == fields


def test_a_kontrakt_is_made_before_the_samtale() -> None:
    today = date(2027, 3, 3)
    assert rules.list_fejl(samtale_trin(dato=today), today=today) == []
    gone = samtale_trin(dato=today - timedelta(days=1))
    assert [fejl.field for fejl in rules.list_fejl(gone, today=today)] == ["dato"]
    assert rules.list_fejl(gone, today=today, before=replace(gone, sted="Et andet")) == []
    far = samtale_trin(dato=today + timedelta(days=367))
    assert [fejl.field for fejl in rules.list_fejl(far, today=today)] == ["dato"]


def test_at_most_three_focus_points_of_300_characters() -> None:
    assert rules.list_fejl(rules.FokusTrin(("a", "b", "x" * 300))) == []
    assert [fejl.field for fejl in rules.list_fejl(rules.FokusTrin(("a", "b", "c", "d")))] == ["fokus-3"]
    assert [fejl.field for fejl in rules.list_fejl(rules.FokusTrin(("a", "x" * 301)))] == ["fokus-1"]


def test_at_most_twelve_known_kendetegn_once_each() -> None:
    def problems(*koder: str) -> list[str]:
        trin = rules.KendetegnTrin(koder, "gm", None)
        return [fejl.field for fejl in rules.list_fejl(trin, koder=set("abcdefghijklm"), varianter={"gm"})]

    assert problems(*"abcdefghijkl") == []
    assert problems(*"abcdefghijklm") == ["koder"]
    assert problems("a", "z") == ["koder"]
    assert problems("a", "a") == ["koder"]
    assert problems() == []


@pytest.mark.parametrize(
    "changes",
    [{"feedback_min": 4}, {"feedback_min": 121}, {"feedback_hvornaar": "aldrig"}, {"plads": "x" * 201}],
)
def test_the_limits_of_the_agreements(changes: dict[str, Any]) -> None:
    assert rules.list_fejl(AFTALER) == []
    assert [fejl.field for fejl in rules.list_fejl(replace(AFTALER, **changes))] == list(changes)


def test_the_citizens_answer_is_a_fact_and_asks_nobody_again() -> None:
    assert not rules.asks_again(AFTALER, replace(AFTALER, borger_ja=True))
    assert rules.asks_again(AFTALER, replace(AFTALER, borger_ja=True, plads="Bagved"))
    assert rules.asks_again(rules.FokusTrin(("a",)), rules.FokusTrin(("b",)))


def test_a_fingerprint_follows_the_content() -> None:
    assert rules.fingerprint(AFTALER) == rules.fingerprint(replace(AFTALER))
    assert rules.fingerprint(AFTALER) != rules.fingerprint(replace(AFTALER, plads="Bagved"))


@pytest.mark.parametrize(
    ("handling", "after"),
    [
        ("tilfoej:d", "abcd"),
        ("tilfoej:a", "abc"),
        ("tilfoej:", "abc"),
        ("fjern:b", "ac"),
        ("fjern:z", "abc"),
        ("op:b", "bac"),
        ("op:a", "abc"),
        ("ned:b", "acb"),
        ("ned:c", "abc"),
        ("", "abc"),
        ("vend", "abc"),
    ],
)
def test_the_buttons_of_the_palette(handling: str, after: str) -> None:
    assert rules.change_palet("abc", handling) == tuple(after)


def test_text_is_cleaned_of_what_a_database_refuses() -> None:
    assert rules.clean_text("  a\0b\r\nc\x07\td\ud800 ") == "ab\nc\td"


def test_the_parties_of_a_type_are_a_valid_choice() -> None:
    for samtale_type in rules.SAMTALE_TYPER:
        trin = samtale_trin(type=samtale_type, parter=rules.default_parter(samtale_type))
        assert rules.list_fejl(trin, today=clock.today()) == []
    assert rules.part_navn("tredje", "virksomhedsmoede") == "Virksomhed"
    assert rules.part_navn("tredje", "opfoelgning") == "Tredje part"


def test_the_proposed_introduction_fits_its_field() -> None:
    assert len(rules.foreslaa_praesentation("Kristoffer-Emanuel")) <= rules.TEKST_MAX["praesentation"]

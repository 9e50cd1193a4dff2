"""A day as a plan: what is in the way of what, in words; a first proposal; and a session's parts with their lock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from supervision.aftaler.models import Supervisionssession
from supervision.aftaler.rules import dagsplan, sessioner
from supervision.problems import RuleBroken

INGER, SIGNE, MAJA, BO, THUY = (uuid4() for _ in range(5))
NAVNE = {INGER: "Inger", SIGNE: "Signe", MAJA: "Maja", BO: "Bo", THUY: "Thuy"}
DAGEN = dagsplan.Dagen(9 * 60, 15 * 60, (8 * 60 + 30, 9 * 60))
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@dataclass
class Sat:
    """A session of the plan: 65 minutes unless the samtale is another length."""

    fokusperson_id: UUID
    supervisor_id: UUID
    start: int
    lokale: str = ""
    samtale_min: int = 40
    forberedelse_min: int = 10
    feedback_min: int = 15
    id: UUID = field(default_factory=uuid4)


@dataclass
class Frokost:
    start: int = 12 * 60
    minutter: int = 30
    navn: str = "Frokost"


def said(*sessions: Sat) -> list[list[str]]:
    found = dagsplan.list_konflikter(sessions, [Frokost()], DAGEN, NAVNE)
    return [found.get(one.id, []) for one in sessions]


def test_what_touches_is_not_in_the_way() -> None:
    first = Sat(MAJA, INGER, 540, "Lokale 1")
    after = Sat(BO, INGER, 605, "Lokale 1")
    beside = Sat(THUY, SIGNE, 540, "Lokale 2")
    last = Sat(MAJA, SIGNE, 835)
    assert said(first, after, beside, last) == [[], [], [], []]


def test_each_thing_in_the_way_is_said_at_both() -> None:
    one, other = Sat(MAJA, INGER, 540, "Lokale 1"), Sat(BO, INGER, 600, "lokale 1")
    assert said(one, other) == [
        ["Inger er optaget af Bo kl. 10.00–11.05.", "Lokale 1 er også brugt til Bo kl. 10.00–11.05."],
        ["Inger er optaget af Maja kl. 9.00–10.05.", "lokale 1 er også brugt til Maja kl. 9.00–10.05."],
    ]
    assert said(Sat(MAJA, INGER, 540), Sat(MAJA, SIGNE, 570)) == [
        ["Maja er også sat på kl. 9.30–10.35."],
        ["Maja er også sat på kl. 9.00–10.05."],
    ]


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (8 * 60 + 55, ["uden for dagen, som er kl. 9.00–15.00", "briefingen kl. 8.30–9.00"]),
        (14 * 60, ["uden for dagen"]),
        (12 * 60 + 25, ["ind over frokost kl. 12.00–12.30"]),
        (12 * 60 + 30, []),
        (10 * 60 + 55, []),
    ],
)
def test_the_day_the_briefing_and_the_breaks(start: int, words: list[str]) -> None:
    (sentences,) = said(Sat(MAJA, INGER, start))
    assert len(sentences) == len(words)
    assert all(word in sentence for word, sentence in zip(words, sentences, strict=True))


def test_six_from_nine_in_one_lane_and_in_two() -> None:
    one = dagsplan.laeg(6, 1, 540, 30)
    assert [start for _, _, start in one.pladser] == [540, 605, 670, 755, 820, 885]
    assert one.pauser == (
        (595, 10, "Pause"),
        (660, 10, "Pause"),
        (725, 30, "Frokost"),
        (810, 10, "Pause"),
        (875, 10, "Pause"),
    )
    two = dagsplan.laeg(5, 2, 540, 40)
    assert two.pladser == ((0, 0, 540), (1, 1, 540), (2, 0, 615), (3, 1, 615), (4, 0, 710))
    sessions = [Sat(uuid4(), (INGER, SIGNE)[bane], start) for _, bane, start in two.pladser]
    pauses = [Frokost(*pause) for pause in two.pauser]
    names = {**NAVNE, **{one.fokusperson_id: "x" for one in sessions}}
    assert dagsplan.list_konflikter(sessions, pauses, DAGEN, names) == {}
    afternoon = dagsplan.laeg(3, 1, 13 * 60)
    assert "Frokost" not in {navn for _, _, navn in afternoon.pauser}
    for people, lanes, start, minutes in (
        (0, 1, 540, 40),
        (12, 1, 540, 40),
        (2, 1, 540, 61),
        (25, 6, 540, 40),
    ):
        with pytest.raises(RuleBroken):
            dagsplan.laeg(people, lanes, start, minutes)


def session(**moments: datetime) -> Supervisionssession:
    return Supervisionssession(forberedelse_min=10, samtale_min=40, feedback_min=15, start=540, **moments)


def test_a_session_takes_its_steps_in_order_and_the_lock_opens_when_the_citizen_has_left() -> None:
    running = session()
    seen = []
    for skridt, moment in sessioner.SKRIDT.items():
        assert sessioner.naeste_skridt(running) == skridt
        for other in sessioner.SKRIDT.keys() - {skridt}:
            with pytest.raises(RuleBroken):
                sessioner.check_skridt(running, other)
        seen.append((sessioner.tilstand(running), sessioner.er_laast(running)))
        setattr(running, moment, NOW)
        assert sessioner.sidste_skridt(running) == (skridt if skridt != "slut" else None)
    assert seen == [("planlagt", True), ("forberedelse", True), ("samtale", True), ("feedback", False)]
    assert sessioner.tilstand(running) == "holdt"
    assert sessioner.naeste_skridt(running) is None
    with pytest.raises(RuleBroken):
        sessioner.check_kan_flyttes(running)
    with pytest.raises(RuleBroken, match="Borgeren er gået"):
        sessioner.check_feedback_aaben(session(begyndt_at=NOW, forberedt_at=NOW))
    sessioner.check_feedback_aaben(None)
    assert sessioner.naeste_skridt(session(), optaget=True) == "borger_gaaet"


def test_feedback_is_put_off_for_a_reason_of_the_list_and_not_before_the_samtale() -> None:
    started = session(begyndt_at=NOW, forberedt_at=NOW)
    sessioner.check_udskyd(started, "tiden_gik")
    for one, grund in (
        (started, "gider ikke"),
        (session(begyndt_at=NOW), "tiden_gik"),
        (session(), "afbrudt"),
    ):
        with pytest.raises(RuleBroken):
            sessioner.check_udskyd(one, grund)
    put_off = session(begyndt_at=NOW, forberedt_at=NOW, udskudt_at=NOW)
    assert (sessioner.tilstand(put_off), sessioner.er_laast(put_off)) == ("udskudt", False)


def test_the_clock_counts_from_when_the_part_began_and_says_calmly_what_it_is_after_the_plan() -> None:
    assert sessioner.frist(session()) is None
    late = NOW + timedelta(minutes=12)
    preparing = session(begyndt_at=late)
    assert sessioner.frist(preparing) == late + timedelta(minutes=10)
    assert sessioner.efter_planen(preparing, NOW, late) == 12
    assert sessioner.efter_planen(session(begyndt_at=NOW), NOW, NOW + timedelta(minutes=9)) == 0
    assert sessioner.efter_planen(session(begyndt_at=NOW), NOW, NOW + timedelta(minutes=17)) == 7
    feedback = session(begyndt_at=NOW, forberedt_at=NOW, borger_gaaet_at=NOW + timedelta(minutes=50))
    assert sessioner.frist(feedback) == NOW + timedelta(minutes=65)
    assert sessioner.efter_planen(feedback, NOW, NOW + timedelta(minutes=60)) == 0

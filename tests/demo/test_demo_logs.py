"""The logs are as the recorder would have sent them, and say what was wished for."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from supervision.demo.logs import Oenske, make_log
from supervision.observationer.measures import Maal, maal
from supervision.observationer.rules import check_haendelse

WISH = Oenske(
    key="prøve",
    minutter=40,
    parter=("medarbejder", "borger"),
    taletid=0.5,
    ugu=0.6,
    elementer={"kontrakt": ("kontrakt.formaal", "kontrakt.tid"), "afslutning": ("afslutning.evaluering",)},
    kendetegn=("a", "b", "c", "d", "e", "f"),
    en_gang=frozenset({"b"}),
    noter=("en", "to", "tre"),
)
KEYS = [f"log {number}" for number in range(40)]


def measured(wish: Oenske) -> Maal:
    return maal(check_haendelse(event, strict=True) for event in make_log(wish))


def test_the_same_wish_gives_the_same_log() -> None:
    assert make_log(WISH) == make_log(WISH)
    assert make_log(WISH) != make_log(replace(WISH, key="en anden"))


@pytest.mark.parametrize("key", KEYS)
def test_a_log_is_whole(key: str) -> None:
    events = make_log(replace(WISH, key=key))
    assert len({UUID(event["id"]) for event in events}) == len(events)
    assert [event["nr"] for event in events] == list(range(len(events)))
    found = measured(replace(WISH, key=key))
    assert 30 * 60_000 < found["varighed_ms"] < 45 * 60_000
    assert {"kontrakt", "emne", "afslutning"} <= found["faser"].keys()
    assert found["ugu"]["giv"] >= 1
    assert found["faerdigheder"].get("b", 0) <= 2  # one of the plan, and one that is taken back
    assert {"a", "d"} <= found["faerdigheder"].keys()


def test_style_shows_in_the_figures() -> None:
    def mean(taletid: float) -> float:
        shares = [
            measured(replace(WISH, key=key, taletid=taletid))["taletid_andel"]["medarbejder"] for key in KEYS
        ]
        return sum(shares) / len(shares)

    assert 0.3 < mean(0.35) < 0.43
    assert 0.55 < mean(0.6) < 0.68


def test_the_last_u_is_there_as_often_as_wished() -> None:
    def missing(ugu: float) -> int:
        return sum(measured(replace(WISH, key=key, ugu=ugu))["ugu"]["uden_efter"] for key in KEYS)

    assert missing(1.0) == 0
    assert missing(0.2) > 40


def test_some_logs_have_pauses_undone_ticks_and_moved_turns() -> None:
    logs = [make_log(replace(WISH, key=key)) for key in KEYS]
    assert any(event["kode"] == "pause" for log in logs for event in log)
    assert any(event["spor"] == "fortryd" for log in logs for event in log)
    assert any(
        log[i]["t_ms"] < log[i - 1]["t_ms"]
        for log in logs
        for i in range(1, len(log))
        if log[i]["spor"] == "taler"
    )

"""The picture as numbers: what is in which lane, where, and that it agrees with the measures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import made_up_logs as made_up
import pytest
from made_up_logs import MINUTE, log
from vectors import haendelser, load_vectors

from supervision.observationer import measures, timeline
from supervision.observationer.formats.csv_log import read_logs
from supervision.observationer.rules import UGU_BOGSTAVER, Haendelse, kode_navn
from supervision.observationer.timeline import Bane, Billede, Maerke

ALL_MADE_UP = [made_up.ordinary(), made_up.half_a_minute(), made_up.two_hours(), made_up.no_end(), []]


def drawn(events: list[Haendelse]) -> Billede:
    return timeline.picture(events, kode_navn)


def lane(billede: Billede, spor: str, navn: str = "") -> Bane:
    return next(bane for bane in billede.baner if bane.spor == spor and navn in ("", bane.navn))


def marks(billede: Billede) -> Iterator[Maerke]:
    for bane in billede.baner:
        yield from bane.maerker
    yield from billede.pauser


def test_the_ordinary_samtale_has_its_lanes_in_order() -> None:
    billede = drawn(made_up.ordinary())
    assert [(bane.spor, bane.navn) for bane in billede.baner[:6]] == [
        ("fase", "Fase"),
        ("element", "Elementer"),
        ("taler", "Medarbejder"),
        ("taler", "Borger"),
        ("emne", "Emne"),
        ("ugu", "UGU"),
    ]
    assert billede.baner[-1].spor == "note"
    kendetegn = [bane for bane in billede.baner if bane.spor == "faerdighed"]
    assert sorted(len(bane.maerker) for bane in kendetegn) == [1, 2, 3, 4, 9]
    assert all(bane.tael for bane in kendetegn)


def test_across_is_per_cent_of_the_time_from_start_to_end() -> None:
    billede = drawn(made_up.ordinary())
    emne = lane(billede, "fase").maerker[1]
    assert (emne.fra_ms, emne.til_ms) == (4 * MINUTE, 18 * MINUTE)
    assert emne.x == pytest.approx(100 * 4 / 41, abs=0.001)
    assert emne.bredde == pytest.approx(100 * 14 / 41, abs=0.001)
    assert emne.kind == "indhold"
    assert [m.kind for m in lane(billede, "fase").maerker] == [
        "proces",
        "indhold",
        "proces",
        "indhold",
        "proces",
    ]
    (pause,) = billede.pauser
    assert pause.x == pytest.approx(100 * 20 / 41, abs=0.001)


def test_a_late_start_is_the_left_edge() -> None:
    events = log((MINUTE, "ur", "start"), (MINUTE, "taler", "borger"), (3 * MINUTE, "ur", "slut"))
    billede = drawn(events)
    (only,) = lane(billede, "taler", "Borger").maerker
    assert (only.x, only.bredde, only.fra_ms) == (0, 100, MINUTE)
    assert [streg.tal for streg in billede.streger] == [0, 1, 2]


def test_a_loop_that_ends_on_g_gets_a_dashed_place_after_it() -> None:
    found = lane(drawn(made_up.ordinary()), "ugu").maerker
    assert [m.form for m in found] == ["u", "g", "u", "u", "g", "mangler"]
    last, missing = found[-2:]
    assert missing.x == pytest.approx(last.x + last.bredde, abs=0.01)
    assert missing.bredde == 4


def test_without_room_the_dashed_place_is_taken_from_the_tail_of_g() -> None:
    events = log(
        (0, "emne", "1"),
        (0, "ugu", "undersoeg"),
        (MINUTE, "ugu", "giv"),
        (5 * MINUTE, "emne", "2"),
        (5 * MINUTE, "ugu", "undersoeg"),
        (10 * MINUTE, "ur", "slut"),
    )
    first, given, missing, following = lane(drawn(events), "ugu").maerker
    assert [first.form, given.form, missing.form, following.form] == ["u", "g", "mangler", "u"]
    assert missing.x + missing.bredde <= following.x + 0.001
    assert given.x + given.bredde == pytest.approx(missing.x, abs=0.002)
    assert (given.fra_ms, given.til_ms) == (MINUTE, 5 * MINUTE), "what is told is not cut"


@pytest.mark.parametrize(
    ("seconds", "unit", "ticks"),
    [
        (30, "sek", [0, 5, 10, 15, 20, 25, 30]),
        (90, "sek", [0, 15, 30, 45, 60, 75, 90]),
        (5 * 60, "min", [0, 1, 2, 3, 4, 5]),
        (41 * 60, "min", [0, 10, 20, 30, 40]),
        (120 * 60, "min", [0, 20, 40, 60, 80, 100, 120]),
        (24 * 3600, "min", [0, 240, 480, 720, 960, 1200, 1440]),
    ],
)
def test_the_axis_has_few_and_round_ticks(seconds: int, unit: str, ticks: list[int]) -> None:
    billede = drawn(log((0, "taler", "borger"), (seconds * 1000, "ur", "slut")))
    assert billede.enhed == unit
    assert [streg.tal for streg in billede.streger] == ticks


def test_a_word_is_written_only_where_it_fits() -> None:
    faser = lane(drawn(made_up.ordinary()), "fase").maerker
    assert faser[0].ord[:3] == ("K", "K", "Kontrakt"), (
        "four minutes of 41 on a phone, a small and a wide screen"
    )
    assert faser[1].ord == ("Emne",) * 5
    timeout = next(mark for mark in faser if mark.kind == "proces" and mark.fra_ms == 18 * MINUTE)
    assert timeout.ord[-1] == "Timeout", "drawn closer there is room for the word"
    assert all(m.ord == () for m in lane(drawn(made_up.ordinary()), "taler", "Borger").maerker)


def test_unknown_tracks_are_in_the_table_and_in_no_lane() -> None:
    events = made_up.two_hours()
    assert not [bane for bane in drawn(events).baner if bane.spor == "blik"]
    told = [ting for row in timeline.rows(events, kode_navn) for ting in row.ting if ting.spor == "blik"]
    assert [ting.kode for ting in told] == ["borger", ""]


def test_each_party_has_a_lane_and_the_two_always_do() -> None:
    speakers = [bane.navn for bane in drawn(made_up.two_hours()).baner if bane.spor == "taler"]
    assert speakers == [
        "Medarbejder",
        "Borger",
        "Anden medarbejder",
        "Tredje part",
        "Flere på én gang",
        "Stilhed",
    ]
    alone = drawn(log((0, "taler", "borger"), (1000, "ur", "slut")))
    assert [bane.navn for bane in alone.baner] == ["Medarbejder", "Borger"]


def test_an_empty_log_and_a_log_of_one_moment() -> None:
    assert drawn([]).baner == ()
    assert timeline.rows([], kode_navn) == []
    one = drawn(log((0, "faerdighed", "spejling")))
    assert [(m.x, m.bredde) for m in marks(one)] == [(0, 0)]


def test_notes_without_text_are_neither_drawn_nor_told() -> None:
    events = log((0, "note", ""), (500, "note", "ser op"), (1000, "ur", "slut"))
    assert [m.navn for m in lane(drawn(events), "note").maerker] == ["ser op"]
    assert [row.t_ms for row in timeline.rows(events, kode_navn)] == [500, 1000]


def test_rows_gather_a_moment_and_leave_out_what_was_undone_or_repeats() -> None:
    events = log(
        (0, "taler", "borger"),
        (0, "faerdighed", "spejling"),
        (1000, "taler", "borger"),
        (2000, "faerdighed", "raad"),
        (2000, "fortryd", "00000000-0000-0000-0000-000000000004"),
        (3000, "ur", "slut"),
        (4000, "faerdighed", "spejling"),
    )
    found = timeline.rows(events, kode_navn)
    assert [(row.t_ms, len(row.ting), row.udenfor) for row in found] == [
        (0, 2, False),
        (3000, 1, False),
        (4000, 1, True),
    ]


def test_emner_are_told_by_how_their_loops_went() -> None:
    found = timeline.emner(made_up.ordinary())
    assert found.alle == ("1", "2")
    assert found.hele == ("1",)
    assert found.uden_efter == ("2",)
    assert found.uden_foer == found.uden_giv == ()
    taken_up_again = log(
        (0, "emne", "1"), (0, "ugu", "giv"), (9, "emne", "2"), (10, "emne", "1"), (11, "ugu", "undersoeg")
    )
    again = timeline.emner(taken_up_again)
    assert (again.alle, again.uden_foer, again.uden_efter, again.uden_giv) == (
        ("1", "2"),
        ("1",),
        ("1",),
        ("2",),
    )


def test_elements_come_in_the_order_in_which_they_were_reached() -> None:
    assert timeline.elementer(made_up.ordinary())[:3] == ("kontrakt.formaal", "kontrakt.emne", "kontrakt.tid")


@pytest.mark.parametrize("events", ALL_MADE_UP + [haendelser(v["log"]) for v in load_vectors()])
def test_nothing_is_outside_the_picture_and_the_letters_are_those_of_the_measures(
    events: list[Haendelse],
) -> None:
    assert_sound(events)


def test_the_same_for_all_real_logs(shared_data: Path) -> None:
    with (shared_data / "annomi_haendelser.csv").open("rb") as stream:
        logs = read_logs(stream)
    assert len(logs) == 196
    for rows in logs.values():
        assert_sound([row.haendelse for row in rows])


def assert_sound(events: list[Haendelse]) -> None:
    """Every mark inside the picture; UGU drawn and UGU measured say the same; each tick and turn is there."""
    billede = drawn(events)
    for mark in marks(billede):
        assert 0 <= mark.x <= 100, mark
        assert mark.x + mark.bredde <= 100.01, mark
        assert mark.bredde >= 0, mark
    measured = [loop.bogstaver for loop in measures.ugu_loops(events) if loop.bogstaver]
    runs = [tuple(UGU_BOGSTAVER[run.kode] for run in loop) for loop in timeline.ugu_runs(events)]
    assert runs == measured
    ticks = sum(len(bane.maerker) for bane in billede.baner if bane.spor == "faerdighed")
    assert ticks == len(measures.points(events, "faerdighed"))
    turns = sum(len(bane.maerker) for bane in billede.baner if bane.spor == "taler")
    assert turns == len(measures.intervals(events, "taler"))

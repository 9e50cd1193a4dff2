"""Several logs on one clock: moved by their wall clocks, scaled to one axis, merged in one table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import made_up_logs as made_up
import pytest

from supervision.observationer import measures, timeline
from supervision.observationer.rules import Haendelse, kode_navn

BEGAN = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
MINUTE = 60_000


def one(hvem: str, events: list[Haendelse], later_s: float = 0) -> timeline.Log:
    return timeline.Log(
        hvem,
        timeline.picture(events, kode_navn),
        timeline.rows(events, kode_navn),
        BEGAN + timedelta(seconds=later_s),
    )


def marks(samlet: timeline.Samlet, place: int, navn: str) -> list[timeline.Maerke]:
    gruppe = samlet.grupper[place]
    return [
        m
        for bane, kort in zip(gruppe.billede.baner, gruppe.navne, strict=True)
        if kort == navn
        for m in bane.maerker
    ]


FIRST = made_up.log(
    (0, "ur", "start"),
    (0, "taler", "borger"),
    (5 * MINUTE, "taler", "medarbejder"),
    (10 * MINUTE, "ur", "slut"),
)
LATER = made_up.log(
    (30_000, "ur", "start"), (30_000, "taler", "medarbejder"), (4 * MINUTE, "taler", "borger"),
    (6 * MINUTE, "ugu", "giv"), (6 * MINUTE, "faerdighed", "b"), (2 * MINUTE, "faerdighed", "a"),
    (14 * MINUTE, "ur", "slut"),
)  # fmt: skip


def test_the_axis_goes_from_the_earliest_start_to_the_latest_end() -> None:
    samlet = timeline.together([one("Tobias", FIRST), one("Inger", LATER, later_s=60)])
    whole = 15 * MINUTE
    assert (samlet.billede.start_ms, samlet.billede.end_ms) == (0, whole)
    assert [(streg.x, streg.tal) for streg in samlet.billede.streger] == [
        (0, 0),
        (33.333, 5),
        (66.667, 10),
        (100, 15),
    ]
    tobias, inger = samlet.grupper
    assert (tobias.fra_x, tobias.til_x) == (0, 66.667)
    assert (inger.fra_x, inger.til_x) == (10, 100)
    assert (inger.fra_at, inger.til_at) == (BEGAN + timedelta(seconds=90), BEGAN + timedelta(minutes=15))
    assert samlet.overlapper


def test_the_same_moment_stands_at_the_same_place_in_every_log() -> None:
    """Five minutes by the wall clock: 5.00 in the one log, 4.00 in the one that began a minute later."""
    samlet = timeline.together([one("Tobias", FIRST), one("Inger", LATER, later_s=60)])
    shift, back = marks(samlet, 0, "Medarbejder")[0], marks(samlet, 1, "Borger")[0]
    assert shift.x == back.x == 33.333
    assert shift.fra_ms == back.fra_ms == 5 * MINUTE
    assert (marks(samlet, 0, "Borger")[0].x, marks(samlet, 0, "Borger")[0].bredde) == (0, 33.333)


@pytest.mark.parametrize("later_s", [0, 0.4, 17, 3600, -90])
def test_no_mark_leaves_its_log_and_no_time_is_changed(later_s: float) -> None:
    events, other = made_up.ordinary(), made_up.two_hours()
    samlet = timeline.together([one("Tobias", events), one("Inger", other, later_s)])
    origin = min(0, round(later_s * 1000))
    for gruppe, log, began in zip(samlet.grupper, (events, other), (0, round(later_s * 1000)), strict=True):
        start, end = measures.start_end(log)
        for bane in gruppe.billede.baner:
            for m in bane.maerker:
                assert start + began - origin <= m.fra_ms <= m.til_ms <= end + began - origin
                assert gruppe.fra_x - 0.21 <= m.x <= m.x + m.bredde <= gruppe.til_x + 0.21
        said = sum(m.til_ms - m.fra_ms for m in marks(samlet, samlet.grupper.index(gruppe), "Borger"))
        raw = measures.intervals(log, "taler")
        assert said == sum(til - fra for kode, fra, til in raw if kode == "borger")
    assert len(samlet.grupper[0].billede.pauser) == 1
    assert samlet.grupper[1].billede.pauser == ()


def test_the_lanes_of_two_logs_have_names_of_their_own_and_all_ticks_are_one_lane() -> None:
    samlet = timeline.together([one("Tobias", made_up.ordinary()), one("Inger", LATER)])
    names = [f"{bane.spor}:{bane.navn}" for bane in samlet.billede.baner]
    assert len(names) == len(set(names))
    assert samlet.grupper[1].navne == ("Medarbejder", "Borger", "UGU", "Kendetegn")
    ticks = samlet.grupper[1].billede.baner[-1]
    assert (ticks.navn, ticks.tael, [m.navn for m in ticks.maerker]) == (
        "Kendetegn, Inger",
        True,
        ["Inger: a", "Inger: b"],
    )
    assert {bane.spor for bane in samlet.billede.baner} == {"fase", "taler", "ugu", "faerdighed"}


def test_the_dashed_u_stays_beside_its_g_and_words_leave_when_there_is_no_room() -> None:
    alone = timeline.together([one("Tobias", made_up.ordinary())])
    squeezed = timeline.together([one("Tobias", made_up.ordinary()), one("Inger", made_up.two_hours(), 3600)])
    for samlet in (alone, squeezed):
        ugu = marks(samlet, 0, "UGU")
        place = [m.form for m in ugu].index("mangler")
        assert abs(ugu[place].x - ugu[place - 1].x - ugu[place - 1].bredde) < 0.25
    words = [sum(bool(w) for m in marks(samlet, 0, "Fase") for w in m.ord) for samlet in (alone, squeezed)]
    assert words[0] > words[1]


def test_the_table_has_a_column_for_each_log_and_a_row_for_each_moment() -> None:
    samlet = timeline.together([one("Tobias", FIRST), one("Inger", LATER, later_s=60)])
    at = {raekke.t_ms: raekke for raekke in samlet.raekker}
    assert sorted(at) == [raekke.t_ms for raekke in samlet.raekker]
    both = at[5 * MINUTE]
    assert both.at == BEGAN + timedelta(minutes=5)
    assert [[ting.kode for ting in cell] for cell in both.ting] == [["medarbejder"], ["borger"]]
    assert [len(cell) for cell in at[7 * MINUTE].ting] == [0, 2]


def test_odd_logs_are_borne() -> None:
    empty: list[Haendelse] = []
    nothing = timeline.together([one("Tobias", empty), one("Inger", empty, later_s=5)])
    assert nothing.billede.baner == ()
    assert not nothing.overlapper
    apart = timeline.together([one("Tobias", FIRST), one("Inger", FIRST, later_s=3600)])
    assert not apart.overlapper
    assert apart.billede.end_ms == 70 * MINUTE
    with pytest.raises(ValueError, match="min"):
        timeline.together([])


def test_those_who_speak_have_names_and_nothing_else_is_renamed() -> None:
    navn = timeline.with_names(kode_navn, {"medarbejder": "Mette", "medarbejder2": "Åse"})
    assert [navn("taler", kode) for kode in ("medarbejder", "medarbejder2", "borger")] == [
        "Mette",
        "Åse",
        "Borger",
    ]
    assert navn("note", "medarbejder") == "medarbejder"

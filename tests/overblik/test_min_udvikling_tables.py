"""From logs to points: two observers are one samtale, a gap is no nought, and types are kept apart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from held import log

from supervision.observationer.measures import maal
from supervision.observationer.rules import Haendelse
from supervision.overblik.charts.udvikling import SHAPES, figures, with_average
from supervision.overblik.rules import udvikling as rules
from supervision.overblik.tables import udvikling as tables
from supervision.overblik.tables.udvikling import VAERDIER, Logget, Punkt

FIRST = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def logget(day: int = 0, *, samtale: UUID | None = None, events: Any = None, **how: Any) -> Logget:
    raw = log(share=0.4, ticks={"k": 3}) if events is None else events
    figures = maal(Haendelse(uuid4(), nr, *event) for nr, event in enumerate(raw))
    samtale = samtale or uuid4()
    given = {"type": "individuel", "kendetegn": frozenset({"k"}), "foelger_mig": True, **how}
    return Logget(samtale, samtale, uuid4(), FIRST + timedelta(days=day), maal=figures, **given)


def serier_of(logge: list[Logget]) -> tuple[list[Punkt], dict[str, list[tables.Serie]]]:
    points = tables.punkter(logge)
    return points, {noegle: tables.serier(noegle, points) for noegle in VAERDIER}


def test_one_log_is_one_point_with_the_figures_of_the_log() -> None:
    [punkt] = tables.punkter([logget()])
    assert (punkt.taletid, punkt.tur_ms) == (0.4, 400_000)
    assert (punkt.giv, punkt.indrammet, punkt.ugu) == (2, 1, 0.5)
    assert punkt.faser == {"kontrakt": 0.1, "emne": 0.7, "timeout": 0.1, "afslutning": 0.1}
    assert punkt.proces == pytest.approx(0.3)
    assert punkt.kryds == {"k": 3}


def test_two_observers_of_one_samtale_are_one_point_with_their_mean() -> None:
    same = uuid4()
    short = [
        (at, spor, kode) for at, spor, kode in log(share=0.6, ticks={"k": 4, "m": 1}) if kode != "timeout"
    ]
    both = [logget(samtale=same), logget(samtale=same, events=short, kendetegn=frozenset({"k", "m"}))]
    [punkt] = tables.punkter(both)
    assert punkt.logge == 2
    assert (punkt.taletid, punkt.tur_ms) == (0.5, 500_000)
    assert punkt.kryds == {"k": 3.5, "m": 1}, "only the one who was to look for m has a say in it"
    assert punkt.faser is not None
    assert punkt.faser["timeout"] == 0.05, "held, as one of them saw it; half of its time"
    assert tables.cells("kendetegn", punkt, tables.kendetegn([punkt], str)) == ["k: 3,5 · m: 1"]


def test_what_nobody_followed_is_a_gap() -> None:
    silent = logget(
        events=[(0, "ur", "start"), (0, "taler", "borger"), (600_000, "ur", "slut")], foelger_mig=False
    )
    points, serier = serier_of([silent, logget(day=1)])
    assert [len(found[0].tal) for found in serier.values()] == [1, 1, 1, 1]
    assert [tables.cells(noegle, points[0], []) for noegle in VAERDIER] == [["–"]] * 4
    assert tables.cells("faser", points[0], []) == ["–"] * 4
    drawn = figures(points, serier, tables.kendetegn(points, str))
    assert all("2026-03-04" in figure.json for figure in drawn.values())
    assert "2026-03-03" not in drawn["taletid"].json


def test_agreed_and_never_ticked_is_a_nought() -> None:
    points = tables.punkter([logget(kendetegn=frozenset({"k", "m"})), logget(day=1)])
    found = tables.kendetegn(points, {"k": "Åben", "m": "Zoomer"}.__getitem__)
    assert [(k.navn, [p.kryds[k.kode] for p in k.punkter]) for k in found] == [
        ("Åben", [3, 3]),
        ("Zoomer", [0]),
    ]


def test_a_log_of_no_time_is_no_samtale() -> None:
    assert tables.punkter([logget(events=[])]) == []
    assert figures([], {}, []) == {}


def test_four_have_no_average_and_five_have() -> None:
    for count, has in ((4, False), (5, True)):
        _, serier = serier_of([logget(day, events=log(share=0.3 + day / 20)) for day in range(count)])
        assert [bool(found[0].midt) for found in serier.values()] == [has] * 4
    assert serier["taletid"][0].midt is not None
    assert serier["taletid"][0].midt.tal == pytest.approx(0.4)
    assert serier["tur"][0].midt is not None
    assert serier["tur"][0].midt.tal == 400_000, (
        "the longest turn is the fokusperson's own, not the citizen's"
    )


def test_types_are_never_put_together() -> None:
    logge = [logget(day, type="individuel" if day % 2 else "cv_samtale") for day in range(8)]
    _, serier = serier_of(logge)
    assert [(s.type, len(s.tal), s.midt) for s in serier["taletid"]] == [
        ("individuel", 4, None),
        ("cv_samtale", 4, None),
    ]


def test_the_band_is_drawn_for_one_type_only() -> None:
    def shares(type_: str, count: int) -> list[Logget]:
        return [logget(day, type=type_, events=log(share=0.3 + day / 20)) for day in range(count)]

    points, serier = serier_of(shares("individuel", 5) + shares("cv_samtale", 4))
    assert figures(points, serier, [])["taletid"].baand
    points, serier = serier_of(shares("individuel", 5) + shares("cv_samtale", 5))
    assert with_average(serier["taletid"]) is None
    assert not figures(points, serier, [])["taletid"].baand


def test_halves_are_compared_from_ten_on_and_the_middle_one_is_in_neither() -> None:
    def first_half_low(count: int) -> tables.Serie:
        shares = [0.3 + 0.01 * (nr % 3) + (0.3 if nr >= count / 2 else 0) for nr in range(count)]
        return serier_of([logget(nr, events=log(share=s)) for nr, s in enumerate(shares)])[1]["taletid"][0]

    assert first_half_low(9).aendring is None
    eleven = first_half_low(11)
    assert eleven.aendring is not None
    assert eleven.aendring.n == 10
    assert eleven.aendring.fra is not None
    assert eleven.aendring.fra > 0.2
    assert eleven.efter - eleven.foer == pytest.approx(eleven.aendring.tal)


def test_plotly_accepts_every_picture() -> None:
    """They are written without its check; here it checks each value, and an unknown key raises."""
    import json

    import plotly.graph_objects as go

    points, serier = serier_of(
        [logget(day, type=type_) for day in range(6) for type_ in ("individuel", "fil")]
    )
    drawn = figures(points, serier, tables.kendetegn(points, str), maal=50)
    assert list(drawn) == [*VAERDIER, "faser", "kendetegn"]
    for figure in drawn.values():
        assert go.Figure(json.loads(figure.json)).data
    assert set(SHAPES) == set(rules.TYPER)


def test_names_are_text_and_no_markup_in_a_picture() -> None:
    points = tables.punkter([logget()])
    figure = figures(points, {n: [] for n in VAERDIER}, tables.kendetegn(points, lambda _: "<a href=x>k</a>"))
    assert "<a" not in figure["kendetegn"].json.replace("\\u003c", "<")


@pytest.mark.parametrize(
    ("periode", "today", "begins"),
    [
        ("halvt_aar", date(2026, 8, 31), date(2026, 2, 28)),
        ("halvt_aar", date(2026, 3, 3), date(2025, 9, 3)),
        ("aar", date(2028, 2, 29), date(2027, 2, 28)),
        ("alt", date(2026, 3, 3), None),
    ],
)
def test_a_period_begins_on_the_same_day_of_its_month(periode: str, today: date, begins: date | None) -> None:
    assert rules.begins(periode, today) == begins

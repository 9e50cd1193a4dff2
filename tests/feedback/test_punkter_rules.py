"""The rules of the letter: drawers, what goes out, order, and the mark of what was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from supervision.feedback.rules import punkter
from supervision.feedback.rules.punkter import Kladdepunkt
from supervision.problems import RuleBroken

SOME_ID = UUID(int=1)
NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Drawer:
    spurgt_at: datetime | None = None
    aabnet_at: datetime | None = None
    lukket_at: datetime | None = None


@dataclass(frozen=True)
class Point:
    slags: str
    tekst: str = "Jeg så noget"
    sendt_at: datetime | None = None
    t_ms: int | None = None
    id: UUID = SOME_ID


@pytest.mark.parametrize(
    ("tilladt", "skuffe", "aaben"),
    [
        (False, None, False),
        (True, None, True),
        (False, Drawer(spurgt_at=NOON), False),
        (True, Drawer(spurgt_at=NOON), True),
        (False, Drawer(spurgt_at=NOON, aabnet_at=NOON), True),
        (False, Drawer(aabnet_at=NOON, lukket_at=NOON), False),
        (True, Drawer(lukket_at=NOON), False),
        (False, Drawer(lukket_at=NOON), False),
    ],
)
def test_a_drawer_is_open_by_the_kontrakt_or_a_later_yes_until_it_is_shut(
    tilladt: bool, skuffe: Drawer | None, aaben: bool
) -> None:
    assert punkter.skuffe_aaben(tilladt, skuffe) is aaben


@pytest.mark.parametrize(
    ("tilladt", "skuffe", "maa"),
    [
        (False, None, True),
        (True, None, False),
        (False, Drawer(spurgt_at=NOON), False),
        (False, Drawer(lukket_at=NOON), False),
        (False, Drawer(aabnet_at=NOON, lukket_at=NOON), False),
    ],
)
def test_one_asks_once_and_never_after_a_no(tilladt: bool, skuffe: Drawer | None, maa: bool) -> None:
    assert punkter.maa_spoerge_om_skuffe(tilladt, skuffe) is maa


def test_a_question_waits_until_it_is_opened_or_declined() -> None:
    assert punkter.venter_paa_svar(Drawer(spurgt_at=NOON))
    assert not punkter.venter_paa_svar(Drawer(spurgt_at=NOON, lukket_at=NOON))
    assert not punkter.venter_paa_svar(Drawer(spurgt_at=NOON, aabnet_at=NOON))
    assert not punkter.venter_paa_svar(None)


def test_what_goes_out_is_own_half_and_open_drawers_in_reading_order() -> None:
    given = [
        Point("godt_raad"),
        Point("oplevelse"),
        Point("fortolkning"),
        Point("lykkedes"),
        Point("lykkedes", "to"),
    ]
    first = punkter.skal_sendes(given, {"godt_raad"}, sendt=False)
    assert [(p.slags, p.tekst) for p in first] == [
        ("lykkedes", "Jeg så noget"), ("lykkedes", "to"),
        ("oplevelse", "Jeg så noget"), ("godt_raad", "Jeg så noget"),
    ]  # fmt: skip


def test_after_the_sending_only_open_drawers_go_out() -> None:
    given = [
        Point("lykkedes", sendt_at=NOON),
        Point("iagttagelse"),
        Point("fortolkning"),
        Point("godt_raad", sendt_at=NOON),
    ]
    assert punkter.skal_sendes(given, {"fortolkning", "godt_raad"}, sendt=True) == [Point("fortolkning")]


def test_something_that_succeeded_comes_first() -> None:
    with pytest.raises(RuleBroken, match="mindst én ting, der lykkedes"):
        punkter.check_kan_sendes([Point("iagttagelse"), Point("oplevelse")])
    punkter.check_kan_sendes([Point("lykkedes")])


def test_the_mark_follows_the_words_the_moment_and_the_order() -> None:
    one, two = Point("lykkedes", "en"), Point("lykkedes", "to")
    marks = {
        punkter.fingerprint(points)
        for points in ([one, two], [two, one], [one], [Point("lykkedes", "en", t_ms=3), two], [])
    }
    assert len(marks) == 5
    assert punkter.fingerprint([one, two]) == punkter.fingerprint([Point("lykkedes", "en"), two])


def test_moving_stays_within_the_kind_and_stops_at_the_ends() -> None:
    a, b, c = (
        Kladdepunkt(uuid4(), slags, "tekst", None) for slags in ("lykkedes", "iagttagelse", "lykkedes")
    )
    empty = Kladdepunkt(uuid4(), "lykkedes", "", None)
    rows = [a, b, c, empty]
    assert punkter.rearrange(rows, f"op:{c.id}") == [c, b, a, empty]
    assert punkter.rearrange(rows, f"ned:{a.id}") == [c, b, a, empty]
    for nothing in (f"op:{a.id}", f"ned:{c.id}", f"op:{b.id}", f"ned:{empty.id}", "op:", "gem", "", "op:x"):
        assert punkter.rearrange(rows, nothing) == rows


def test_taking_away_empties_the_text() -> None:
    a = Kladdepunkt(uuid4(), "lykkedes", "tekst", 5)
    assert punkter.rearrange([a], f"slet:{a.id}") == [Kladdepunkt(a.id, "lykkedes", "", 5)]


def test_the_observer_reads_for_fourteen_days_more() -> None:
    assert punkter.observer_may_read_until(NOON) - NOON == timedelta(days=14)


def test_every_kind_has_words_help_and_starters() -> None:
    assert set(punkter.EGEN_BANEHALVDEL + punkter.SKUFFER) == set(punkter.SLAGS)
    assert all(punkter.STARTERE[slags] and punkter.HJAELP[slags] for slags in punkter.SLAGS)

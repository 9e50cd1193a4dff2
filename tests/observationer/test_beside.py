"""Two who sat in on the same samtale: on one clock, from when both were there, in words that grade nobody."""

from __future__ import annotations

from uuid import uuid4

from supervision.observationer.agreement import words
from supervision.observationer.agreement.beside import beside
from supervision.observationer.rules import Haendelse


def events(*rows: tuple[int, str, str]) -> list[Haendelse]:
    return [Haendelse(uuid4(), nr, t_ms, spor, kode) for nr, (t_ms, spor, kode) in enumerate(rows)]


def talk(begins_ms: int, length_ms: int, *ticks_ms: int) -> list[Haendelse]:
    """The medarbejder talks until 60 s of the samtale's own clock, the borger after; seen from `begins_ms` on."""
    first = [(0, "ur", "start"), (0, "taler", "medarbejder" if begins_ms < 60_000 else "borger")]
    turn = [(60_000 - begins_ms, "taler", "borger")] if begins_ms < 60_000 else []
    ticks = [(at - begins_ms, "faerdighed", "noegleord.gentag") for at in ticks_ms]
    return events(*first, *turn, *ticks, (length_ms - begins_ms, "ur", "slut"))


def test_the_logs_are_laid_on_one_clock_and_compared_while_both_were_there() -> None:
    early, late = talk(0, 120_000, 5_000, 70_000, 90_000), talk(20_000, 120_000, 71_000, 110_000)
    (par,) = beside([(0, early), (20_000, late)])
    (taler,) = par.spor
    assert (taler.spor, taler.sekunder, taler.enighed, taler.kappa) == ("taler", 100, 1.0, 1.0)
    assert (par.kryds["a"], par.kryds["b"], par.kryds["faelles"]) == (2, 2, 1), (
        "5 s was before the other came"
    )
    (wrong,) = beside([(0, early), (0, late)])
    assert wrong.spor[0].enighed < 0.9, "laid on the wrong clock they would not agree"


def test_a_track_that_only_one_followed_is_said_and_not_counted() -> None:
    one = events((0, "ur", "start"), (0, "fase", "kontrakt"), (9_000, "ur", "slut"))
    other = events((0, "ur", "start"), (0, "taler", "borger"), (9_000, "ur", "slut"))
    (par,) = beside([(0, one), (0, other)])
    assert (par.spor, set(par.uden)) == ((), {"fase", "taler"})
    assert len(beside([(0, one)] * 3)) == 3
    assert beside([(0, one)]) == []


def test_a_tick_that_was_taken_back_before_the_other_came_stays_taken_back() -> None:
    tick = Haendelse(uuid4(), 1, 30_000, "faerdighed", "k")
    undo = Haendelse(uuid4(), 2, 10_000, "fortryd", str(tick.id))
    mine = [*events((0, "ur", "start"), (60_000, "ur", "slut")), tick, undo]
    (par,) = beside([(0, mine), (20_000, events((0, "ur", "start"), (40_000, "ur", "slut")))])
    assert par.kryds["a"] == 0


def test_the_words_count_and_grade_nobody() -> None:
    assert words.kryds_ord(0, 0, 0) == "Ingen af jer satte kryds."
    assert words.kryds_ord(1, 0, 0) == "Et kryds, ingen på samme tid."
    assert words.kryds_ord(8, 6, 5) == "Af 14 kryds hører 10 sammen to og to inden for 2 sekunder."

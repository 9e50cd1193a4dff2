"""What was mended is read out of the log itself: where a thing was first, what was added, what was taken back."""

from __future__ import annotations

from uuid import UUID

from made_up_logs import MINUTE, log, ordinary

from supervision.observationer import timeline
from supervision.observationer.rules import Haendelse, kode_navn
from supervision.observationer.timeline import Rettelse, edits

LOGGED = log(
    (0, "ur", "start"),
    (MINUTE, "faerdighed", "a"),
    (2 * MINUTE, "faerdighed", "b"),
    (9 * MINUTE, "ur", "slut"),
)
A, B = LOGGED[1], LOGGED[2]


def taken(h: Haendelse) -> Haendelse:
    return Haendelse(edits.id_of_fortryd(h.id), 90, h.t_ms, "fortryd", str(h.id))


def moved(h: Haendelse, t_ms: int) -> Haendelse:
    return Haendelse(edits.id_of_move(h.id), 91, t_ms, h.spor, h.kode)


def again(h: Haendelse) -> Haendelse:
    return Haendelse(edits.id_of_return(h.id), 92, h.t_ms, h.spor, h.kode)


def told(*extra: Haendelse) -> dict[str, Rettelse]:
    """What was done to the kendetegn, by their code; the last in time where there are several."""
    lines = timeline.lines([*LOGGED, *extra], kode_navn)
    return {linje.haendelse.kode: linje.rettelse for linje in lines if linje.rettelse}


def test_an_untouched_log_has_nothing_to_tell() -> None:
    assert timeline.rettelser(ordinary()) == {}
    lines = timeline.lines(ordinary(), kode_navn)
    assert len(lines) == len(ordinary())
    assert [linje.haendelse.t_ms for linje in lines] == sorted(h.t_ms for h in ordinary())
    assert all(linje.staar and not linje.udenfor for linje in lines)


def test_a_thing_that_moved_is_told_from_where_it_was_first() -> None:
    once = moved(A, 3 * MINUTE)
    twice = moved(once, 4 * MINUTE)
    assert told(taken(A), once) == {"a": Rettelse("flyttet", MINUTE)}
    assert told(taken(A), once, taken(once), twice) == {"a": Rettelse("flyttet", MINUTE)}
    home = moved(once, MINUTE)
    assert told(taken(A), once, taken(once), home) == {}, "moved back to where it was"
    lines = timeline.lines([*LOGGED, taken(A), once], kode_navn)
    assert [linje.haendelse.id for linje in lines if linje.haendelse.kode == "a"] == [once.id], "listed once"


def test_taken_back_and_put_in_again() -> None:
    assert told(taken(A)) == {"a": Rettelse("taget_tilbage")}
    assert told(taken(A), again(A)) == {"a": Rettelse("sat_ind")}
    assert told(taken(A), again(A), taken(again(A))) == {"a": Rettelse("taget_tilbage")}
    by_device = Haendelse(UUID(int=77), 9, MINUTE, "fortryd", str(B.id).upper())
    assert told(by_device) == {"b": Rettelse("fortrudt")}
    lines = timeline.lines([*LOGGED, by_device, taken(A)], kode_navn)
    assert [(linje.haendelse.kode, linje.staar) for linje in lines if linje.haendelse.spor != "ur"] == [
        ("a", False),
        ("b", False),
    ]


def test_what_was_added_stays_added_wherever_it_moves() -> None:
    new = Haendelse(edits.new_id(), 5, 5 * MINUTE, "faerdighed", "c")
    assert edits.is_added(new.id)
    assert not any(edits.is_added(h.id) for h in ordinary())
    assert new.id.variant == A.id.variant or new.id.variant.startswith("specified in RFC")
    assert told(new) == {"c": Rettelse("tilfoejet")}
    assert told(new, taken(new), moved(new, MINUTE)) == {"c": Rettelse("tilfoejet")}


def test_the_rows_of_the_table_tell_it_and_a_new_end_puts_things_outside() -> None:
    end = LOGGED[3]
    log_ = [*LOGGED, taken(end), moved(end, 90_000)]
    rows = {row.t_ms: row for row in timeline.rows(log_, kode_navn)}
    assert rows[90_000].ting[0].rettelse == Rettelse("flyttet", 9 * MINUTE)
    assert rows[2 * MINUTE].udenfor
    assert [linje.udenfor for linje in timeline.lines(log_, kode_navn)] == [False, False, False, True]


def test_the_moments_on_paper_are_few_and_whole_lanes() -> None:
    few = timeline.moments(timeline.picture(ordinary(), kode_navn))
    assert [m.navn for m in few[:3]] == ["Fase: Kontrakt", "kontrakt.formaal", "kontrakt.emne"]
    assert [m.fra_ms for m in few] == sorted(m.fra_ms for m in few)
    assert {m.navn for m in few} >= {"Emne 1", "Emne 2", "timeout.genforhandling"}
    assert not any("Mette" in m.navn for m in few), "notes are not for paper"
    many = log(
        (0, "ur", "start"),
        (0, "fase", "kontrakt"),
        *((n, "element", "x") for n in range(30)),
        (99, "ur", "slut"),
    )
    assert [m.navn for m in timeline.moments(timeline.picture(many, kode_navn))] == ["Fase: Kontrakt"]

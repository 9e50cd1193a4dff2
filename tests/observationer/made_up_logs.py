"""Logs that nobody recorded: from the ordinary samtale to the odd ones a timeline must bear."""

from __future__ import annotations

from random import Random
from uuid import UUID

from supervision.observationer.rules import Haendelse

MINUTE = 60_000
Row = tuple[int, str, str]


def log(*rows: Row) -> list[Haendelse]:
    """Rows (t_ms, spor, kode) as events, numbered and with ids in the order given."""
    return [Haendelse(UUID(int=nr), nr, t_ms, spor, kode) for nr, (t_ms, spor, kode) in enumerate(rows, 1)]


def ordinary() -> list[Haendelse]:
    """41 minutes with phases and elements, two emner, UGU whole and not, ticks, a note and a pause."""
    rows: list[Row] = [
        (0, "ur", "start"),
        (0, "fase", "kontrakt"),
        (30_000, "element", "kontrakt.formaal"),
        (90_000, "element", "kontrakt.emne"),
        (200_000, "element", "kontrakt.tid"),
        (4 * MINUTE, "fase", "emne"),
        (4 * MINUTE, "emne", "1"),
        (4 * MINUTE, "ugu", "undersoeg"),
        (7 * MINUTE, "ugu", "giv"),
        (13 * MINUTE, "ugu", "undersoeg"),
        (18 * MINUTE, "ugu", ""),
        (18 * MINUTE, "fase", "timeout"),
        (18 * MINUTE, "emne", ""),
        (19 * MINUTE, "element", "timeout.genforhandling"),
        (20 * MINUTE, "ur", "pause"),
        (22 * MINUTE, "ur", "genoptag"),
        (22 * MINUTE, "fase", "emne"),
        (22 * MINUTE, "emne", "2"),
        (22 * MINUTE, "ugu", "undersoeg"),
        (25 * MINUTE, "ugu", "giv"),
        (33 * MINUTE, "ugu", ""),
        (35 * MINUTE, "fase", "afslutning"),
        (35 * MINUTE, "emne", ""),
        (39 * MINUTE, "element", "afslutning.opsummering"),
        (12 * MINUTE, "note", "Mette lænede sig frem her"),
        (41 * MINUTE, "ur", "slut"),
    ]
    return log(
        *rows, *_talk(41 * MINUTE, 25_000, ("medarbejder", "borger"), seed=7), *_ticks(41 * MINUTE, seed=3)
    )


def half_a_minute() -> list[Haendelse]:
    """30 seconds, one turn each."""
    return log(
        (0, "ur", "start"), (0, "taler", "borger"), (12_000, "taler", "medarbejder"), (30_000, "ur", "slut")
    )


def two_hours() -> list[Haendelse]:
    """120 minutes, more than 600 events, four parties, several at once, silence, and tracks nobody knows."""
    parties = ("medarbejder", "borger", "medarbejder2", "tredje", "samtidig", "stilhed")
    talk = _talk(120 * MINUTE, 12_000, parties, seed=11)
    own: list[Row] = [(MINUTE, "blik", "borger"), (2 * MINUTE, "blik", "")]
    return log((0, "ur", "start"), *talk, *own, (120 * MINUTE, "ur", "slut"))


def no_end() -> list[Haendelse]:
    """Only talk, begun late, never ended."""
    return log(
        (5_000, "taler", "borger"), (65_000, "taler", "medarbejder"), (90_000, "faerdighed", "spejling")
    )


def _talk(end: int, mean: int, parties: tuple[str, ...], *, seed: int) -> list[Row]:
    random = Random(seed)
    rows: list[Row] = []
    at = place = 0
    while at < end:
        rows.append((at, "taler", parties[place % len(parties)]))
        at += random.randrange(mean // 3, mean * 2)
        place += 1 if len(parties) == 2 else random.randrange(1, len(parties))
    return rows


def _ticks(end: int, *, seed: int) -> list[Row]:
    random = Random(seed)
    often = {"aabent_spoergsmaal": 9, "spejling": 4, "information": 2, "lukket_spoergsmaal": 3, "raad": 1}
    return [
        (random.randrange(end), "faerdighed", kode) for kode, times in often.items() for _ in range(times)
    ]

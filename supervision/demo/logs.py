"""Event logs that look like those of real samtaler. Pure: the same wishes give the same log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Any

from supervision.demo.ids import id_of

SECOND = 1000
MINUTE = 60 * SECOND
OTHERS = {"medarbejder": "medarbejder2", "medarbejder2": "medarbejder"}
TURN = 18 * SECOND
"""About how long a turn lasts when two share the time evenly."""


@dataclass(frozen=True, slots=True)
class Oenske:
    """What the log should be like.

    key: names the log; its chance comes from it. taletid: the medarbejder's share aimed at (0–1). ugu: how
    often the last U is there (0–1). elementer: phase -> codes. kendetegn: in the order of the screen; of
    `en_gang` there is one tick at most.
    """

    key: str
    minutter: int
    parter: Sequence[str]
    taletid: float
    ugu: float
    elementer: Mapping[str, Sequence[str]]
    kendetegn: Sequence[str]
    en_gang: frozenset[str]
    noter: Sequence[str]


@dataclass(slots=True)
class _Tap:
    at: int
    t_ms: int
    spor: str
    kode: str


def make_log(oenske: Oenske) -> list[dict[str, Any]]:
    """Events as a recorder sends them (`id, nr, t_ms, spor, kode`), in the order they were tapped."""
    rng = Random(oenske.key)
    length = int(oenske.minutter * MINUTE * rng.uniform(0.82, 1.08))
    faser = _faser(rng, length)
    taps = [
        *_clock(length),
        *_fase_taps(rng, faser, oenske.elementer),
        *_emner(rng, faser, oenske.ugu),
        *_taler(rng, oenske, faser, length),
        *_ticks(rng, oenske, length),
        *_noter(rng, oenske.noter, length),
    ]
    taps.sort(key=lambda tap: tap.at)
    _pause(rng, taps, length)
    return _undo_one(rng, oenske, _as_events(oenske.key, taps))


def seen_by_another(
    theirs: list[dict[str, Any]],
    own: list[dict[str, Any]],
    *,
    key: str,
    later_ms: int,
    other_fokusperson: bool,
) -> list[dict[str, Any]]:
    """A second log of the samtale that `theirs` is of, by somebody whose clock started `later_ms` later.

    Who speaks, the phases and UGU are the same but for a second here and a turn there; ticks and notes are those of
    `own`. other_fokusperson: the other medarbejder is followed, so `medarbejder` and `medarbejder2` change places.
    """
    rng = Random(key)
    length = max(event["t_ms"] for event in theirs) - later_ms
    taps = [_Tap(at, at, event["spor"], event["kode"]) for event, at in _heard(rng, theirs, later_ms, length)]
    taps += [
        _Tap(event["t_ms"], event["t_ms"], event["spor"], event["kode"])
        for event in _standing(own)
        if event["spor"] in ("faerdighed", "note") and event["t_ms"] < length - SECOND
    ]
    taps.sort(key=lambda tap: tap.at)
    if other_fokusperson:
        for tap in taps:
            tap.kode = OTHERS.get(tap.kode, tap.kode) if tap.spor == "taler" else tap.kode
    return _as_events(key, taps)


def _heard(
    rng: Random, theirs: list[dict[str, Any]], later_ms: int, length: int
) -> Iterator[tuple[dict[str, Any], int]]:
    """What two who listen both note, and when the second one does."""
    for event in _standing(theirs):
        if event["spor"] in ("faerdighed", "note") or (event["spor"] == "taler" and rng.random() < 0.03):
            continue
        slow = {
            "taler": rng.randrange(-600, 1300),
            "element": rng.randrange(0, 4000),
            "ugu": rng.randrange(0, 5000),
        }
        yield event, min(max(0, event["t_ms"] - later_ms + slow.get(event["spor"], 0)), length)


def _standing(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    gone = {event["kode"] for event in events if event["spor"] == "fortryd"}
    return [event for event in events if event["spor"] != "fortryd" and event["id"] not in gone]


def _faser(rng: Random, length: int) -> list[tuple[str, int, int]]:
    """(phase, from, to): kontrakt, emne, perhaps a timeout between two stretches of emne, afslutning."""
    shares = [("kontrakt", rng.uniform(0.06, 0.11))]
    if rng.random() < 0.5:
        shares += [("emne", rng.uniform(0.3, 0.42)), ("timeout", rng.uniform(0.03, 0.05))]
    shares += [("emne", 0.0), ("afslutning", rng.uniform(0.09, 0.14))]
    rest = 1 - sum(share for _, share in shares)
    found, at = [], 0
    for place, (fase, share) in enumerate(shares):
        last = place == len(shares) - 1
        to = length if last else at + int(length * (share or rest))
        found.append((fase, at, to))
        at = to
    return found


def _clock(length: int) -> Iterator[_Tap]:
    yield _Tap(0, 0, "ur", "start")
    yield _Tap(length, length, "ur", "slut")


def _fase_taps(
    rng: Random, faser: list[tuple[str, int, int]], elementer: Mapping[str, Sequence[str]]
) -> Iterator[_Tap]:
    for fase, fra, til in faser:
        at = fra + (rng.randrange(1, 3) * SECOND if fra == 0 else 0)
        yield _Tap(at, at, "fase", fase)
        codes = elementer.get(fase, ())
        for place, kode in enumerate(codes):
            if rng.random() < 0.82:
                at = int(fra + (til - fra) * (place + rng.uniform(0.25, 0.9)) / (len(codes) + 0.2))
                yield _Tap(at, at, "element", kode)


def _emner(rng: Random, faser: list[tuple[str, int, int]], ugu: float) -> Iterator[_Tap]:
    """One or two topics in each stretch of emne, each with its loop of U and G."""
    number = 0
    for fase, fra, til in faser:
        if fase == "afslutning":
            yield _Tap(fra + 300, fra + 300, "emne", "")
            yield _Tap(fra + 600, fra + 600, "ugu", "")
        if fase != "emne":
            continue
        cuts = (
            [fra, int(fra + (til - fra) * rng.uniform(0.4, 0.6)), til]
            if til - fra > 9 * MINUTE
            else [fra, til]
        )
        for begin, end in pairwise(cuts):
            number += 1
            yield _Tap(begin + 500, begin + 500, "emne", str(number))
            yield from _loop(rng, begin, end, ugu)


def _loop(rng: Random, begin: int, end: int, ugu: float) -> Iterator[_Tap]:
    letters = ["undersoeg", "giv"] if rng.random() > 0.1 else ["giv"]
    if rng.random() < ugu:
        letters.append("undersoeg")
    if len(letters) == 3 and rng.random() < 0.35:
        letters.append("giv")
        if rng.random() < ugu:
            letters.append("undersoeg")
    for place, kode in enumerate(letters):
        at = int(begin + (end - begin) * (place + rng.uniform(0.1, 0.5)) / (len(letters) + 0.1)) + SECOND
        yield _Tap(at, at, "ugu", kode)


def _taler(rng: Random, oenske: Oenske, faser: list[tuple[str, int, int]], length: int) -> Iterator[_Tap]:
    """Turns taken in turn; the medarbejder has more of the word on the process level."""
    proces = [(fra, til) for fase, fra, til in faser if fase != "emne"]
    others = [part for part in oenske.parter if part != "medarbejder"]
    at, own = rng.randrange(600, 3000), True
    while at < length - 2 * SECOND:
        extra = 0.14 if any(fra <= at < til for fra, til in proces) else -0.03
        share = min(0.88, max(0.15, oenske.taletid + extra))
        tapped = at + (rng.choice((5, 5, 10)) * SECOND if rng.random() < 0.02 else 0)
        yield _Tap(min(tapped, length), at, "taler", "medarbejder" if own else rng.choice(others))
        mean = 2 * TURN * (share if own else 1 - share)
        at += int(min(max(mean * rng.lognormvariate(-0.35, 0.85), 1500), 155 * SECOND))
        between = rng.random()
        if between < 0.1 and at < length - 12 * SECOND:
            yield _Tap(at, at, "taler", "stilhed" if between < 0.06 else "samtidig")
            at += rng.randrange(3000, 9500) if between < 0.06 else rng.randrange(900, 2600)
        own = not own


def _ticks(rng: Random, oenske: Oenske, length: int) -> Iterator[_Tap]:
    """Ticks about where the kendetegn belongs; the order of the screen is roughly that of a samtale."""
    many = len(oenske.kendetegn)
    for place, kode in enumerate(oenske.kendetegn):
        count = rng.choices((0, 1, 2, 3, 4), (18, 34, 26, 14, 8))[0]
        count = max(count, 1) if place in (0, many // 2) else count
        for _ in range(min(count, 1) if kode in oenske.en_gang else count):
            where = min(0.97, max(0.02, rng.gauss((place + 0.5) / many, 0.13)))
            at = int(length * where) + rng.randrange(0, 900)
            yield _Tap(at, at, "faerdighed", kode)


def _noter(rng: Random, noter: Sequence[str], length: int) -> Iterator[_Tap]:
    for tekst in rng.sample(list(noter), min(len(noter), rng.randrange(0, 4))):
        at = int(length * rng.uniform(0.05, 0.93))
        yield _Tap(at, at, "note", tekst)


def _pause(rng: Random, taps: list[_Tap], length: int) -> None:
    """Now and then somebody knocks: all that comes after is put later, and the clock notes the pause."""
    if rng.random() > 0.15:
        return
    since, pause = int(length * rng.uniform(0.25, 0.75)), rng.randrange(50, 200) * SECOND
    for tap in taps:
        if tap.at >= since:
            tap.at += pause
            tap.t_ms += pause if tap.t_ms >= since else 0
    taps += [_Tap(since, since, "ur", "pause"), _Tap(since + pause, since + pause, "ur", "genoptag")]
    taps.sort(key=lambda tap: tap.at)


def _as_events(key: str, taps: list[_Tap]) -> list[dict[str, Any]]:
    return [
        {"id": str(id_of(key, str(nr))), "nr": nr, "t_ms": tap.t_ms, "spor": tap.spor, "kode": tap.kode}
        for nr, tap in enumerate(taps)
    ]


def _undo_one(rng: Random, oenske: Oenske, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Now and then a tile was touched by mistake and taken back a moment later."""
    if rng.random() > 0.35 or not oenske.kendetegn:
        return events
    nr, last = len(events), events[-1]["t_ms"]
    at = int(last * rng.uniform(0.2, 0.8))
    wrong = str(id_of(oenske.key, str(nr)))
    kode = rng.choice(list(oenske.kendetegn))
    back = str(id_of(oenske.key, str(nr + 1)))
    return [
        *events,
        {"id": wrong, "nr": nr, "t_ms": at, "spor": "faerdighed", "kode": kode},
        {"id": back, "nr": nr + 1, "t_ms": at + rng.randrange(900, 4000), "spor": "fortryd", "kode": wrong},
    ]

"""From event log to figures. Stored events are raw; everything here is derived anew each time.

`static/js/recorder/measures.js` says the same in JavaScript, and `tests/vectors` hold both to it.
What the event-log format leaves open is settled here:

- A `fortryd` is no happening in the samtale: it is never "the last event" and belongs to no track.
- Same `t_ms` and same `nr` (two devices): `id` decides, so the order of storage never matters.
  The same `id` twice is one event.
- Start and end are moments: a point or a new state exactly on either of them is inside. An end before
  the start gives a samtale of 0 ms in which nothing counts.
- A run counts if it began in [start, end] or was still running after the start. So a run of 0 ms counts
  (two utterances in one second), and its code is in the dicts with 0. Codes that never counted are absent.
- An empty `kode` ends a run, so that the same code after it is a new run; only within `ugu` it is not.
- Shares have 4 decimals, half rounded up, computed in whole numbers. No party spoke: no shares ({}).
- U and G belong to the run of `emne` in which they were logged; a letter never carries into the next emne.
  Before the first `emne` event (or without any) there is one emne without a name.

Every function takes events in any order and costs O(n log n).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple, TypedDict
from uuid import UUID

from supervision.observationer.rules import PARTER, UGU_BOGSTAVER, Haendelse

REGLER: Final = 1
"""The version of these rules. Raise it when a log gives other figures than before: the kept ones then count no more."""


class Interval(NamedTuple):
    """A run of one state, cut to [start, end]; milliseconds since the samtale began."""

    kode: str
    fra_ms: int
    til_ms: int


class UguLoop(NamedTuple):
    """What was said of U and G while one emne ran: `bogstaver` never has two equal neighbours."""

    emne: str
    bogstaver: tuple[str, ...]
    fra_ms: int
    til_ms: int


class FaseMaal(TypedDict):
    """How often a phase ran and for how long, pauses taken out."""

    antal: int
    ms: int


class UguMaal(TypedDict):
    """Runs of G, and how many had a U before and after within their emne."""

    giv: int
    indrammet: int
    uden_foer: int
    uden_efter: int


class Maal(TypedDict):
    """The measures of one log, in the order of the format. Milliseconds; shares 0–1; counts per code."""

    varighed_ms: int
    taletid_ms: dict[str, int]
    laengste_tur_ms: dict[str, int]
    taletid_andel: dict[str, float]
    faser: dict[str, FaseMaal]
    ugu: UguMaal
    faerdigheder: dict[str, int]
    elementer: dict[str, int]


class MaalLine(Maal):
    """The measures with the log's name."""

    observation: str
    observatoer: str


@dataclass(frozen=True, slots=True)
class _Log:
    """A log made ready: events without the undone, in order; the clock; the pauses and their running sum."""

    events: list[Haendelse]
    start_ms: int
    end_ms: int
    pauses: list[tuple[int, int]]
    paused_until: list[int]

    def active_ms(self, fra_ms: int, til_ms: int) -> int:
        """Milliseconds of [fra_ms, til_ms] outside the pauses."""
        return til_ms - fra_ms - self._paused_before(til_ms) + self._paused_before(fra_ms)

    def _paused_before(self, t_ms: int) -> int:
        index = bisect_right(self.pauses, (t_ms, t_ms)) - 1
        if index < 0:
            return 0
        return self.paused_until[index] - max(0, self.pauses[index][1] - t_ms)


def maal(haendelser: Iterable[Haendelse]) -> Maal:
    """All measures of one observer's log. An empty log gives 0 ms and empty dicts."""
    log = _prepare(haendelser)
    spoken, longest = _talk_time(log)
    return Maal(
        varighed_ms=max(0, log.active_ms(log.start_ms, log.end_ms)),
        taletid_ms=spoken,
        laengste_tur_ms=longest,
        taletid_andel=_shares(spoken),
        faser=_faser(log),
        ugu=_ugu(log),
        faerdigheder=_count(_points(log, "faerdighed")),
        elementer=_count(_points(log, "element")),
    )


def maal_line(observation: str, observatoer: str, haendelser: Iterable[Haendelse]) -> MaalLine:
    """The measures with the log's name in front: one line of `supervision maal`."""
    return MaalLine(observation=observation, observatoer=observatoer, **maal(haendelser))


def effective(haendelser: Iterable[Haendelse]) -> list[Haendelse]:
    """The events that still stand, ordered by `t_ms`, `nr`, `id`; no `fortryd` and nothing taken back."""
    ordered = sorted(haendelser, key=lambda h: (h.t_ms, h.nr, h.id.int, h.spor, h.kode))
    gone = {h.kode.lower() for h in ordered if h.spor == "fortryd"}
    standing: dict[UUID, Haendelse] = {}
    for h in ordered:
        if h.spor != "fortryd" and not (gone and str(h.id) in gone):
            standing.setdefault(h.id, h)
    return list(standing.values())


def start_end(haendelser: Iterable[Haendelse]) -> tuple[int, int]:
    """Start and end of the samtale in ms; an end before the start is given as the start."""
    log = _prepare(haendelser)
    return log.start_ms, max(log.start_ms, log.end_ms)


def intervals(haendelser: Iterable[Haendelse], spor: str) -> list[Interval]:
    """The runs of a state track in time order, cut to [start, end]; pauses are *not* taken out."""
    return list(_runs(_prepare(haendelser), spor))


def active_ms(haendelser: Iterable[Haendelse], spor: str) -> dict[str, int]:
    """Time per code of a state track, pauses taken out; the codes in the order in which they first ran."""
    log = _prepare(haendelser)
    found: dict[str, int] = {}
    for kode, fra, til in _runs(log, spor):
        found[kode] = found.get(kode, 0) + log.active_ms(fra, til)
    return found


def runs_outside_pauses(haendelser: Iterable[Haendelse], spor: str) -> list[Interval]:
    """The runs of a state track with the pauses cut out of them, in time order: their lengths sum to `active_ms`.

    A run that lies wholly in a pause is one of 0 ms where it began.
    """
    log = _prepare(haendelser)
    return [part for run in _runs(log, spor) for part in _outside(log.pauses, run)]


def pauses(haendelser: Iterable[Haendelse]) -> list[tuple[int, int]]:
    """The pauses as (from, to) in ms, in time order, cut to [start, end], none of 0 ms."""
    return _prepare(haendelser).pauses


def points(haendelser: Iterable[Haendelse], spor: str) -> list[Haendelse]:
    """The events of a point track within [start, end], in order."""
    return _points(_prepare(haendelser), spor)


def ugu_loops(haendelser: Iterable[Haendelse]) -> list[UguLoop]:
    """One loop per run of `emne` in time order; the nameless emne ("") only if it has letters."""
    return list(_loops(_prepare(haendelser)))


def share(part: int, whole: int) -> float:
    """part / whole with 4 decimals, half up; the division is of whole numbers, as in JavaScript. whole is not 0."""
    return (part * 20_000 + whole) // (2 * whole) / 10_000


def _prepare(haendelser: Iterable[Haendelse]) -> _Log:
    events = effective(haendelser)
    clock = [h for h in events if h.spor == "ur"]
    start = next((h.t_ms for h in clock if h.kode == "start"), 0)
    last = events[-1].t_ms if events else 0
    end = next((h.t_ms for h in clock if h.kode == "slut"), last)
    found = list(_pauses(clock, start, end))
    return _Log(events, start, end, found, list(accumulate(til - fra for fra, til in found)))


def _pauses(clock: list[Haendelse], start: int, end: int) -> Iterator[tuple[int, int]]:
    since: int | None = None
    for h in clock:
        if h.kode == "pause" and since is None:
            since = h.t_ms
        elif h.kode == "genoptag" and since is not None:
            if max(since, start) < min(h.t_ms, end):
                yield max(since, start), min(h.t_ms, end)
            since = None
    if since is not None and max(since, start) < end:
        yield max(since, start), end


def _runs(log: _Log, spor: str) -> Iterator[Interval]:
    inside = [h for h in log.events if h.spor == spor and h.t_ms <= log.end_ms]
    return _runs_until(log, inside, log.end_ms)


def _runs_until(log: _Log, events: list[Haendelse], end: int) -> Iterator[Interval]:
    """The runs that the events of one state track begin; the last one lasts until `end`."""
    kode, fra = "", 0
    for h in events:
        if h.kode != kode:
            yield from _cut(log, kode, fra, h.t_ms)
            kode, fra = h.kode, h.t_ms
    yield from _cut(log, kode, fra, end)


def _cut(log: _Log, kode: str, fra: int, til: int) -> Iterator[Interval]:
    """The run cut to [start, end], or nothing if it had no code or was over by the start."""
    if kode and (fra >= log.start_ms or til > log.start_ms):
        yield Interval(kode, max(fra, log.start_ms), til)


def _outside(pauses: list[tuple[int, int]], run: Interval) -> list[Interval]:
    parts, fra = list[Interval](), run.fra_ms
    for index in range(bisect_right(pauses, fra, key=lambda pause: pause[1]), len(pauses)):
        begins, ends = pauses[index]
        if begins >= run.til_ms:
            break
        if begins > fra:
            parts.append(Interval(run.kode, fra, begins))
        fra = min(ends, run.til_ms)
    if fra < run.til_ms:
        parts.append(Interval(run.kode, fra, run.til_ms))
    return parts or [Interval(run.kode, run.fra_ms, run.fra_ms)]


def _points(log: _Log, spor: str) -> list[Haendelse]:
    return [h for h in log.events if h.spor == spor and log.start_ms <= h.t_ms <= log.end_ms]


def _count(found: list[Haendelse]) -> dict[str, int]:
    return dict(sorted(Counter(h.kode for h in found).items()))


def _talk_time(log: _Log) -> tuple[dict[str, int], dict[str, int]]:
    """Time per code of `taler`, and its longest single run, pauses taken out."""
    spoken: dict[str, int] = {}
    longest: dict[str, int] = {}
    for kode, fra, til in sorted(_runs(log, "taler")):
        ms = log.active_ms(fra, til)
        spoken[kode] = spoken.get(kode, 0) + ms
        longest[kode] = max(longest.get(kode, 0), ms)
    return spoken, longest


def _shares(spoken: dict[str, int]) -> dict[str, float]:
    parties = {kode: ms for kode, ms in spoken.items() if kode in PARTER}
    total = sum(parties.values())
    return {kode: share(ms, total) for kode, ms in parties.items()} if total else {}


def _faser(log: _Log) -> dict[str, FaseMaal]:
    found: dict[str, FaseMaal] = {}
    for kode, fra, til in sorted(_runs(log, "fase")):
        fase = found.setdefault(kode, FaseMaal(antal=0, ms=0))
        fase["antal"] += 1
        fase["ms"] += log.active_ms(fra, til)
    return found


def _loops(log: _Log) -> Iterator[UguLoop]:
    """Walk `emne` and `ugu` together: `nr` settles equal times across the two tracks."""
    emne, fra, inside = "", 0, list[Haendelse]()
    for h in log.events:
        if h.t_ms > log.end_ms:
            break
        if h.spor == "ugu":
            inside.append(h)
        elif h.spor == "emne" and h.kode != emne:
            yield from _loop(log, Interval(emne, fra, h.t_ms), inside)
            emne, fra, inside = h.kode, h.t_ms, []
    yield from _loop(log, Interval(emne, fra, log.end_ms), inside)


def _loop(log: _Log, emne: Interval, inside: list[Haendelse]) -> Iterator[UguLoop]:
    letters: list[str] = []
    for run in _runs_until(log, inside, emne.til_ms):
        letter = UGU_BOGSTAVER.get(run.kode, "")
        if letter and letters[-1:] != [letter]:
            letters.append(letter)
    if letters or any(_cut(log, emne.kode, emne.fra_ms, emne.til_ms)):
        yield UguLoop(emne.kode, tuple(letters), max(emne.fra_ms, log.start_ms), emne.til_ms)


def _ugu(log: _Log) -> UguMaal:
    """Letters alternate, so only a G that opens its loop lacks a U before, and one that ends it a U after."""
    found = UguMaal(giv=0, indrammet=0, uden_foer=0, uden_efter=0)
    for loop in _loops(log):
        last = len(loop.bogstaver) - 1
        for index in (i for i, letter in enumerate(loop.bogstaver) if letter == "G"):
            found["giv"] += 1
            found["uden_foer"] += index == 0
            found["uden_efter"] += index == last
            found["indrammet"] += 0 < index < last
    return found

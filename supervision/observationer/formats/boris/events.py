"""The events of one observation of BORIS's: checked, paired, and made into a log."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, NamedTuple

from supervision.observationer.formats import LogName, made_id
from supervision.observationer.formats.boris.words import BEGYND, SLUT, Behaviour, label, own_track, track_of
from supervision.observationer.rules import FELTER, MAX_T_MS, FieldProblem, Haendelse, check_haendelse

Note = Callable[[int, str, str], None]
"""Called with (the event's number in its observation, 1 for the first; field; Danish text)."""

_TEXTS: Final = ("subject", "code", "modifiers", "comment")
_FIELDS: Final = {"t_ms": "time", "spor": "subject", "kode": "code"}
"""What BORIS calls the fields of an event."""


class Event(NamedTuple):
    """A row of an observation. `nr` is its place in the file, 1 for the first; `state`: of a state behaviour."""

    t_ms: int
    nr: int
    subject: str
    code: str
    modifiers: str
    comment: str
    state: bool

    @property
    def behaviour(self) -> Behaviour:
        """What BORIS pairs its rows by."""
        return Behaviour(self.subject, self.code, self.modifiers, self.state)


class _Change(NamedTuple):
    t_ms: int
    order: int
    nr: int
    spor: str
    kode: str


def check_events(observation: Mapping[str, Any], types: Mapping[str, bool], note: Note) -> list[Event]:
    """The events in time order; what is wrong with one goes to `note`, and it is left out."""
    offset = observation.get("time offset")
    offset_ms = _ms(offset) if _is_number(offset) else 0
    found = []
    for nr, raw in enumerate(observation["events"], 1):
        problems = list(_problems(raw, types, offset_ms))
        for field, text in problems:
            note(nr, field, text)
        if not problems:
            subject, code, modifiers, comment = (text or "" for text in raw[1:5])
            found.append(Event(_ms(raw[0]) - offset_ms, nr, subject, code, modifiers, comment, types[code]))
    found.sort(key=lambda event: event.t_ms)
    return found


def events_to_haendelser(log: LogName, events: Sequence[Event], note: Note) -> list[Haendelse]:
    """A log of what was coded, numbered from 1.

    A state without an end, or two at a time on one of our tracks, goes to `note`.
    """
    changes = [*_points(events), *_pairs(events, note)]
    changes += [_Change(e.t_ms, 2, e.nr, "note", e.comment) for e in events if e.comment and e.code != "note"]
    found = []
    for nr, change in enumerate(sorted(changes), 1):
        id_ = made_id("boris", *log, change.nr, change.t_ms, change.spor, change.kode)
        raw = dict(zip(FELTER, (id_, nr, change.t_ms, change.spor, change.kode), strict=True))
        try:
            found.append(check_haendelse(raw))
        except FieldProblem as problem:
            note(change.nr, _FIELDS.get(problem.field, problem.field), problem.text)
    return found


def _problems(raw: object, types: Mapping[str, bool], offset_ms: int) -> Iterator[tuple[str, str]]:
    if not isinstance(raw, list) or len(raw) < 5:
        yield "", "Hændelsen skal have tid, subjekt, adfærd, modifikatorer og kommentar."
        return
    if not _is_number(raw[0]):
        yield "time", "Tiden er ikke et antal sekunder."
    elif not 0 <= _ms(raw[0]) - offset_ms <= MAX_T_MS:
        yield "time", "Tiden ligger før samtalens begyndelse eller mere end 24 timer efter den."
    for field, text in zip(_TEXTS, raw[1:5], strict=True):
        if text is not None and not isinstance(text, str):
            yield field, "Skal være tekst (den må gerne være tom)."
    if isinstance(raw[2], str) and raw[2] not in types:
        yield "code", f"»{raw[2][:60]}« er ikke blandt projektets adfærd."
    elif raw[2] is None:
        yield "code", "Adfærden mangler."


def _is_number(value: object) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) < 10**12
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**12


def _ms(seconds: Any) -> int:
    return int((Decimal(seconds) * 1000).quantize(Decimal(1), ROUND_HALF_UP))


def _points(events: Iterable[Event]) -> Iterator[_Change]:
    for event in events:
        if event.state:
            continue
        own = own_track(event.behaviour)
        if own is None:
            yield _Change(event.t_ms, 1, event.nr, track_of(event.subject), label(event.behaviour))
        else:
            yield _Change(event.t_ms, 1, event.nr, own[0], event.comment if own[0] == "note" else own[1])


def _pairs(events: Iterable[Event], note: Note) -> Iterator[_Change]:
    """States, of which BORIS's rows of one (subject, code, modifiers) are beginning and end in turn."""
    tracks: dict[str, list[tuple[Event, Event]]] = {}
    begun: dict[Behaviour, Event] = {}
    for event in events:
        if not event.state:
            continue
        first = begun.pop(event.behaviour, None)
        if first is None:
            begun[event.behaviour] = event
        elif own := own_track(event.behaviour):
            tracks.setdefault(own[0], []).append((first, event))
        else:
            spor, kode = track_of(event.subject), label(event.behaviour)
            yield _Change(first.t_ms, 1, first.nr, spor, BEGYND + kode)
            yield _Change(event.t_ms, 1, event.nr, spor, SLUT + kode)
    for event in begun.values():
        note(
            event.nr, "code", f"»{event.code[:60]}« begynder og slutter aldrig. Sæt slutningen i BORIS først."
        )
    for spor, runs in tracks.items():
        yield from _track(spor, runs, note)


def _track(spor: str, runs: list[tuple[Event, Event]], note: Note) -> Iterator[_Change]:
    """One of our tracks: one state at a time, and an empty kode where none follows at once."""
    runs.sort(key=lambda run: (run[0].t_ms, run[1].t_ms, run[0].nr))
    for index, (first, last) in enumerate(runs):
        own = own_track(first.behaviour)
        yield _Change(first.t_ms, 1, first.nr, spor, own[1] if own else "")
        following = runs[index + 1][0] if index + 1 < len(runs) else None
        if following is not None and following.t_ms < last.t_ms:
            note(
                following.nr, "code", f"»{following.code[:60]}« begynder, mens »{first.code[:60]}« er i gang."
            )
        if following is None or following.t_ms != last.t_ms:
            yield _Change(last.t_ms, 0, last.nr, spor, "")

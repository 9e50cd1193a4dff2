"""A project for BORIS, the observation program most used in research, made of event logs.

BORIS knows pairs of rows, not tracks: each run of a state track is a row where it begins and one where it ends,
of the behaviour `taler:borger`, without subject. Pauses are cut out of the runs, so that the time budget there is
`taletid_ms` here; and the last row is the true end, since a live observation is as long as its last row.
The log itself lies beside the rows (`OWN`), so that it comes back whole when the rows were left as they are.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, count
from typing import Any, Final, NamedTuple

from supervision.observationer import measures
from supervision.observationer.formats import LogName
from supervision.observationer.formats.boris.words import (
    POINT,
    STATE,
    Behaviour,
    point_code,
    read_label,
)
from supervision.observationer.rules import PUNKTSPOR, SPOR_NAVNE, TILSTANDSSPOR, Haendelse

FORMAT_VERSION: Final = "7.0"
OWN: Final = "kollegial_supervision"
"""The key beside BORIS's own in an observation: `{version, observation, observatoer, haendelser}`."""
OWN_VERSION: Final = 1
STATE_MARK: Final = " [tilstand]"
POINT_MARK: Final = " [punkt]"
KEYS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"


class Row(NamedTuple):
    """An event as BORIS has it, with its time in whole milliseconds; `state`: whether its behaviour is one."""

    t_ms: int
    subject: str
    code: str
    modifiers: str
    comment: str
    state: bool


class UdLog(NamedTuple):
    """A log on its way out. startet_at: the Danish wall clock of `t_ms` 0, when it is known."""

    navn: LogName
    startet_at: datetime | None
    haendelser: Sequence[Haendelse]


def write(logs: Iterable[UdLog], *, projekt: str, lavet_at: datetime) -> Iterator[str]:
    """The project as ASCII text in pieces, an observation at a time. lavet_at: the Danish wall clock now."""
    head = {
        "time_format": "hh:mm:ss",
        "project_date": _moment(lavet_at),
        "project_name": projekt,
        "project_description": "",
        "project_format_version": FORMAT_VERSION,
        "independent_variables": {},
        "coding_map": {},
        "behaviors_coding_map": [],
        "converters": {},
    }
    yield json.dumps(head)[:-1] + ', "observations": {'
    codes: dict[str, bool] = {}
    subjects: dict[str, None] = {}
    used: set[str] = set()
    for log in logs:
        name = _free_name(" - ".join(log.navn).strip(), used)
        comma = ", " if len(used) > 1 else ""
        yield f"{comma}{json.dumps(name)}: {json.dumps(_observation(log, codes, subjects))}"
    tail = {
        "behaviors_conf": _behaviours(codes),
        "behavioral_categories": sorted({_category(code) for code in codes}),
        "subjects_conf": {
            str(number): {"key": "", "name": name, "description": ""} for number, name in enumerate(subjects)
        },
    }
    yield "}, " + json.dumps(tail)[1:] + "\n"


def rows(haendelser: Sequence[Haendelse]) -> list[Row]:
    """What BORIS is to count of a log, in time order, the true end last. Nothing lies after it."""
    start, end = measures.start_end(haendelser)
    standing = [h for h in measures.effective(haendelser) if h.t_ms <= end]
    clock = [_point(h.t_ms, f"ur:{h.kode}") for h in standing if h.spor == "ur" and h.kode != "slut"]
    found = [*clock, *_states(haendelser), *_points(standing, start), *_others(standing)]
    return [*sorted(found, key=lambda row: row.t_ms), _point(end, "ur:slut")]


def _states(haendelser: Sequence[Haendelse]) -> Iterator[Row]:
    for spor in TILSTANDSSPOR:
        for kode, fra, til in measures.runs_outside_pauses(haendelser, spor):
            for t_ms in (fra, til):
                yield Row(t_ms, "", f"{spor}:{kode}", "", "", True)


def _points(standing: Iterable[Haendelse], start: int) -> Iterator[Row]:
    for h in standing:
        if h.spor in PUNKTSPOR and h.t_ms >= start:
            yield _point(h.t_ms, "note", h.kode) if h.spor == "note" else _point(h.t_ms, f"{h.spor}:{h.kode}")


def _others(standing: Sequence[Haendelse]) -> Iterator[Row]:
    """Tracks that are not ours. A state that lacks its beginning or its end is written as the points that it is."""
    pairs: dict[Behaviour, int] = {}
    read = {h.id: read_label(h.spor, h.kode) for h in standing if h.spor not in SPOR_NAVNE}
    whole = {behaviour: True for behaviour, _ in filter(None, read.values())}
    for behaviour, begins in filter(None, read.values()):
        pairs[behaviour] = pairs.get(behaviour, 0) + (1 if begins else -1)
        whole[behaviour] = whole[behaviour] and pairs[behaviour] in (0, 1)
    for h in standing:
        if h.spor in SPOR_NAVNE:
            continue
        known = read[h.id]
        if known and not known[0].state:
            yield Row(h.t_ms, known[0].subject, known[0].code, known[0].modifiers, "", False)
        elif known and whole[known[0]] and pairs[known[0]] == 0:
            yield Row(h.t_ms, known[0].subject, known[0].code, known[0].modifiers, "", True)
        else:
            yield _point(h.t_ms, *point_code(h.spor, h.kode))


def _point(t_ms: int, code: str, comment: str = "") -> Row:
    return Row(t_ms, "", code, "", comment, False)


def _observation(log: UdLog, codes: dict[str, bool], subjects: dict[str, None]) -> dict[str, Any]:
    events = []
    for row in rows(log.haendelser):
        if row.subject:
            subjects.setdefault(row.subject)
        events.append([row.t_ms / 1000, row.subject, _code(row, codes), row.modifiers, row.comment])
    observation, observatoer = log.navn
    return {
        "file": {},
        "type": "LIVE",
        "date": _moment(log.startet_at) if log.startet_at else "",
        "description": "",
        "time offset": 0.0,
        "events": events,
        "observation time interval": [0, 0],
        "visualize_spectrogram": False,
        "visualize_waveform": False,
        "close_behaviors_between_videos": False,
        "scan_sampling_time": 0,
        "start_from_current_time": False,
        "start_from_current_epoch_time": False,
        "independent_variables": {},
        OWN: {
            "version": OWN_VERSION,
            "observation": observation,
            "observatoer": observatoer,
            "haendelser": [[str(h.id), h.nr, h.t_ms, h.spor, h.kode] for h in log.haendelser],
        },
    }


def _code(row: Row, codes: dict[str, bool]) -> str:
    """The row's code; a code has one type in a project, so the other type of it gets a mark."""
    if codes.setdefault(row.code, row.state) == row.state:
        return row.code
    marked = f"{row.code}{STATE_MARK if row.state else POINT_MARK}"
    codes.setdefault(marked, row.state)
    return marked


def _behaviours(codes: dict[str, bool]) -> dict[str, dict[str, Any]]:
    keys = iter(KEYS)
    return {
        str(number): {
            "type": STATE if state else POINT,
            "key": next(keys, ""),
            "code": code,
            "description": "",
            "color": "",
            "category": _category(code),
            "modifiers": {},
            "excluded": ",".join(_excluded(code, codes)) if state else "",
            "coding map": "",
        }
        for number, (code, state) in enumerate(codes.items())
    }


def _excluded(code: str, codes: dict[str, bool]) -> list[str]:
    spor = _category(code)
    if spor not in TILSTANDSSPOR:
        return []
    return [other for other, state in codes.items() if state and other != code and _category(other) == spor]


def _category(code: str) -> str:
    spor = code.partition(":")[0]
    return spor if spor in SPOR_NAVNE else "andet"


def _free_name(name: str, used: set[str]) -> str:
    found = next(n for n in chain([name], (f"{name} ({i})" for i in count(2))) if n not in used)
    used.add(found)
    return found


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S")

"""BORIS: our logs out and in, its time budget against our talk time, its users' projects, and what is refused."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from collections import defaultdict
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_logs import ordinary, two_hours
from vectors import haendelser
from vectors.random_logs import random_log

from supervision.observationer.formats import FileProblem, FileRefused, LogName, LogRow, boris
from supervision.observationer.formats.boris import UdLog
from supervision.observationer.formats.csv_log import read_logs as read_csv
from supervision.observationer.measures import active_ms, maal, start_end
from supervision.observationer.rules import TILSTANDSSPOR, Haendelse

NOON = datetime(2026, 3, 2, 12)
NAME = ("Samtale 1", "Jonas")
STATE, POINT = "State event", "Point event"


def write(*logs: tuple[LogName, list[Haendelse]]) -> str:
    return "".join(
        boris.write([UdLog(n, NOON, events) for n, events in logs], projekt="Prøve", lavet_at=NOON)
    )


def read(project: str | dict[str, Any]) -> dict[LogName, list[LogRow]]:
    text = project if isinstance(project, str) else json.dumps(project)
    return boris.read_logs(io.BytesIO(text.encode()))


def time_budget(observation: dict[str, Any], behaviors_conf: dict[str, Any]) -> dict[str, float]:
    """What BORIS does (time_budget_functions.time_budget_analysis): sort, take two and two, sum, 3 decimals."""
    states = {b["code"] for b in behaviors_conf.values() if "STATE" in b["type"].upper()}
    times: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for seconds, subject, code, modifiers, _comment in observation["events"]:
        if code in states:
            times[subject, code, modifiers].append(float(seconds))
    found = {}
    for (_subject, code, _modifiers), found_times in times.items():
        ordered = sorted(found_times)
        assert len(ordered) % 2 == 0, f"{code} is not paired"
        found[code] = round(sum(b - a for a, b in zip(ordered[::2], ordered[1::2], strict=True)), 3)
    return found


def expected_budget(log: list[Haendelse]) -> dict[str, float]:
    return {f"{s}:{k}": ms / 1000 for s in TILSTANDSSPOR for k, ms in active_ms(log, s).items()}


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_out_and_in_a_log_is_the_same_and_its_time_budget_is_the_talk_time(seed: int) -> None:
    rng = random.Random(seed)
    logs = [(NAME, haendelser(random_log(rng))), (("Samtale 1", "Aase"), haendelser(random_log(rng)))]
    text = write(*logs)
    assert text.isascii()
    project = json.loads(text)
    back = read(text)
    for (name, log), observation in zip(logs, project["observations"].values(), strict=True):
        assert [row.haendelse for row in back[name]] == log
        budget = time_budget(observation, project["behaviors_conf"])
        assert budget == expected_budget(log)
        spoken = {f"taler:{k}": ms / 1000 for k, ms in maal(log)["taletid_ms"].items()}
        assert {k: s for k, s in budget.items() if k.startswith("taler:")} == spoken
        assert max(event[0] for event in observation["events"]) == start_end(log)[1] / 1000


def test_a_project_that_was_changed_in_boris_is_read_by_its_rows_as_another_log() -> None:
    project = json.loads(write((NAME, ordinary())))
    events = project["observations"]["Samtale 1 - Jonas"]["events"]
    gone = next(i for i, event in enumerate(events) if event[2] == "faerdighed:raad")
    del events[gone]
    ((name, rows),) = read(project).items()
    before, after = maal(ordinary()), maal(row.haendelse for row in rows)
    assert name == ("Samtale 1", "Jonas (rettet i BORIS)")
    assert after["faerdigheder"] == {k: n for k, n in before["faerdigheder"].items() if k != "raad"}
    assert after["taletid_ms"] == before["taletid_ms"]
    assert after["elementer"] == before["elementer"]
    assert after["faser"] == before["faser"]
    assert "Mette lænede sig frem her" in [r.haendelse.kode for r in rows if r.haendelse.spor == "note"]


def users_project(**changes: Any) -> dict[str, Any]:
    """As BORIS 8 writes one: a filmed observation, two subjects, a state with modifiers, a point, comments."""
    behaviours = [("Ser på", STATE), ("Smil", POINT), ("taler:borger", STATE), ("taler:medarbejder", STATE)]
    project = {
        "time_format": "hh:mm:ss",
        "project_name": "Ude i byen",
        "project_format_version": "7.0",
        "subjects_conf": {"0": {"key": "m", "name": "Mor", "description": ""}},
        "behaviors_conf": {
            str(i): {"type": t, "key": "", "code": c, "modifiers": {}, "excluded": "", "category": ""}
            for i, (c, t) in enumerate(behaviours)
        },
        "observations": {
            "film 1": {
                "type": "MEDIA",
                "file": {"1": ["film.mp4"]},
                "media_info": {"length": {"film.mp4": 20.0}},
                "time offset": 0.0,
                "events": [
                    [1.5, "Mor", "Ser på", "barn|smilende", "", 45],
                    [2, "Mor", "Smil", "bred", "Det var fint", 60],
                    [2.5, "", "Smil", "", "", 75],
                    [3.25, "Mor", "Ser på", "vindue", "", 97],
                    [4.0, "Mor", "Ser på", "barn|smilende", "", 120],
                    [4.0, "", "taler:borger", "", "", 120],
                    [5.0006, "Mor", "Ser på", "vindue", "", 150],
                    [6.0, "", "taler:medarbejder", "", "", 180],
                    [6.0, "", "taler:borger", "", "", 180],
                    [9.0, "", "taler:medarbejder", "", "", 270],
                ],
            }
        },
        "independent_variables": {},
        "a key from a newer BORIS": 1,
    }
    return {**project, **changes}


def test_a_users_project_keeps_states_points_subjects_and_modifiers() -> None:
    ((name, rows),) = read(users_project()).items()
    assert name == ("film 1", "BORIS")
    assert [(r.haendelse.t_ms, r.haendelse.spor, r.haendelse.kode) for r in rows] == [
        (1500, "boris:Mor", "begynd: Ser på ~ barn|smilende"),
        (2000, "boris:Mor", "Smil ~ bred"),
        (2000, "note", "Det var fint"),
        (2500, "boris", "Smil"),
        (3250, "boris:Mor", "begynd: Ser på ~ vindue"),
        (4000, "boris:Mor", "slut: Ser på ~ barn|smilende"),
        (4000, "taler", "borger"),
        (5001, "boris:Mor", "slut: Ser på ~ vindue"),
        (6000, "taler", "medarbejder"),
        (9000, "taler", ""),
    ]
    assert maal(r.haendelse for r in rows)["taletid_ms"] == {"borger": 2000, "medarbejder": 3000}
    again = json.loads(write((name, [r.haendelse for r in rows])))
    assert [s["name"] for s in again["subjects_conf"].values()] == ["Mor"]
    out = [e[:4] for e in again["observations"]["film 1 - BORIS"]["events"] if e[1] == "Mor"]
    assert out == [
        [round(e[0], 3), *e[1:4]] for e in users_project()["observations"]["film 1"]["events"] if e[1]
    ]


def test_a_time_offset_is_taken_out() -> None:
    project = users_project()
    observation = project["observations"]["film 1"]
    observation["time offset"] = 3600
    for event in observation["events"]:
        event[0] += 3600
    plain, moved = (
        [r.haendelse.t_ms for r in rows] for p in (users_project(), project) for rows in read(p).values()
    )
    assert plain == moved


def broken(change: Any) -> dict[str, Any]:
    project = users_project()
    change(project, project["observations"]["film 1"], project["observations"]["film 1"]["events"])
    return project


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda p, o, e: e.pop(4),
            "observationen »film 1«, hændelse 1, feltet code: »Ser på« begynder og slutter",
        ),
        (
            lambda p, o, e: e.insert(7, [5.5, "", "taler:medarbejder", "", ""]),
            "hændelse 8, feltet code: »taler:med",
        ),
        (lambda p, o, e: e[2].__setitem__(2, "Gab"), "hændelse 3, feltet code: »Gab« er ikke blandt"),
        (lambda p, o, e: e[0].__setitem__(0, "x"), "hændelse 1, feltet time: Tiden er ikke et antal"),
        (lambda p, o, e: e[0].__setitem__(0, -1), "hændelse 1, feltet time: Tiden ligger før"),
        (lambda p, o, e: e.__setitem__(1, [1]), "hændelse 2: Hændelsen skal have tid"),
        (lambda p, o, e: e[1].__setitem__(4, "Cpr 010190-1234"), "hændelse 2, feltet code: "),
        (lambda p, o, e: e[1].__setitem__(1, "M" * 40), "hændelse 2, feltet subject: Sporet må højst"),
        (
            lambda p, o, e: o.update(type="IMAGES"),
            "observationen »film 1«, feltet type: Observationer af billeder",
        ),
        (lambda p, o, e: o.pop("events"), "feltet events: Feltet mangler"),
        (lambda p, o, e: p.pop("behaviors_conf"), "feltet behaviors_conf: Feltet mangler"),
        (lambda p, o, e: p.update(project_format_version="8.1"), "Projektet er skrevet i format 8.1"),
        (lambda p, o, e: p["behaviors_conf"]["0"].update(type="Mood"), "»Ser på« er hverken"),
        (lambda p, o, e: p["observations"].clear(), "Der er ingen observationer"),
        (lambda p, o, e: e.clear(), "Der er ingen observationer med hændelser"),
    ],
)
def test_refused_whole_with_observation_event_and_reason(change: Any, said: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read(broken(change))
    assert any(said in str(problem) for problem in caught.value.problems), caught.value.problems


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "ikke gyldig JSON"),
        (b"[]", "ikke et projekt"),
        (b"[" * 100_000, "ikke et projekt"),
        (b"\x1f\x8b\x08", "pakket"),
        ('{"a": "æ"}'.encode("latin-1"), "UTF-8"),
        (b'{"a": ' + b"9" * 5000 + b"}", "ikke et projekt"),
    ],
)
def test_other_files_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(FileRefused) as caught:
        boris.read_logs(io.BytesIO(content))
    problem: FileProblem = caught.value.problems[0]
    assert said in problem.text


BORIS = """
import importlib, json, os, site, sys, types
from unittest.mock import MagicMock
from importlib.util import find_spec
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
package = types.ModuleType("boris")
package.__path__ = list(find_spec("boris").submodule_search_locations)
sys.modules["boris"] = package
# The players of film are not what is tried; their libraries may be missing.
for name in ("mpv", "mpv2"):
    sys.modules["boris." + name] = MagicMock()
cfg, pf, tb, dbf, oo = (importlib.import_module("boris." + n) for n in (
    "config", "project_functions", "time_budget_functions", "db_functions", "observation_operations"))
_, changed, pj, message = pf.open_project_json(sys.argv[1])
assert "error" not in pj and not message, (pj, message)
codes = [b["code"] for b in pj["behaviors_conf"].values()]
found = {"complaints": pf.check_project_integrity(pj, "hh:mm:ss", sys.argv[1]), "budgets": {}, "lengths": {}}
for obs in pj["observations"]:
    ok, said, db = dbf.load_aggregated_events_in_db(pj, [cfg.NO_FOCAL_SUBJECT], [obs], codes)
    assert ok, said
    cursor = dbf.load_events_in_db(pj, [cfg.NO_FOCAL_SUBJECT], [obs], codes)
    length = oo.observation_total_length(pj["observations"][obs])
    parameters = {cfg.SELECTED_SUBJECTS: [cfg.NO_FOCAL_SUBJECT], cfg.SELECTED_BEHAVIORS: codes,
                  cfg.INCLUDE_MODIFIERS: False, cfg.EXCLUDE_BEHAVIORS: True,
                  "start time": 0, "end time": length}
    out, _ = tb.time_budget_analysis(pj["behaviors_conf"], cursor, [obs], parameters)
    found["budgets"][obs] = {r["behavior"]: r["duration"] for r in out if r["duration"] != cfg.NA}
    found["lengths"][obs] = float(length)
with open(sys.argv[2], "w") as saved:
    json.dump(pj, saved, indent=1, default=float)
print(json.dumps(found))
"""


def test_the_real_boris_opens_it_and_budgets_the_same_time(tmp_path: Path, shared_data: Path) -> None:
    """BORIS_PYTHON: the python of an environment that has it, since it brings a Qt of its own."""
    python = os.environ.get("BORIS_PYTHON") or (sys.executable if find_spec("boris") else "")
    if not python:
        pytest.skip(
            "the package boris-behav-obs is not installed here, and BORIS_PYTHON names no other python"
        )
    with (shared_data / "annomi_haendelser.csv").open("rb") as stream:
        real = {name: [row.haendelse for row in rows] for name, rows in read_csv(stream).items()}
    rng = random.Random(7)
    logs = [*list(real.items())[::10], (NAME, ordinary()), (("To timer", "Jonas"), two_hours())]
    logs += [((f"Tilfældig {i}", "æøå"), haendelser(random_log(rng, longest_ms=9000))) for i in range(40)]
    path = tmp_path / "vores.boris"
    path.write_text(write(*logs), encoding="ascii")
    saved = tmp_path / "gemt af BORIS.boris"
    done = subprocess.run(
        [python, "-c", BORIS, str(path), str(saved)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["complaints"].replace("<br>", "") == ""
    for (observation, observatoer), log in logs:
        name = f"{observation} - {observatoer}"
        assert found["budgets"][name] == expected_budget(log), name
        assert found["lengths"][name] == start_end(log)[1] / 1000
    with saved.open("rb") as stream:
        back = {name: [row.haendelse for row in rows] for name, rows in boris.read_logs(stream).items()}
    assert back == dict(logs), "opened and saved there, and whole again here"

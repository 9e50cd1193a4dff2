"""`maal` against a slow oracle that looks at every millisecond, its invariances, and the real logs."""

import csv
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vectors import Event, haendelser, id_of
from vectors.random_logs import random_log

from supervision.observationer.formats.csv_log import read_logs
from supervision.observationer.measures import (
    Interval,
    effective,
    intervals,
    maal,
    maal_line,
    pauses,
    points,
    start_end,
    ugu_loops,
)
from supervision.observationer.rules import Haendelse

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
logs = st.integers(min_value=0, max_value=2**32).map(lambda seed: random_log(random.Random(seed)))


class Oracle:
    """The format read slowly: every question is asked of every millisecond or of every event anew."""

    def __init__(self, log: list[Event]) -> None:
        gone = [e["kode"] for e in log if e["spor"] == "fortryd"]
        left = [e for e in log if e["spor"] != "fortryd" and e["id"] not in gone]
        self.log = sorted(left, key=lambda e: (e["t_ms"], e["nr"], e["id"]))
        starts = [e["t_ms"] for e in self.log if (e["spor"], e["kode"]) == ("ur", "start")]
        ends = [e["t_ms"] for e in self.log if (e["spor"], e["kode"]) == ("ur", "slut")]
        self.start = min(starts, default=0)
        self.end = min(ends) if ends else max((e["t_ms"] for e in self.log), default=0)
        self.moments = range(self.start, self.end)
        self.active = [t for t in self.moments if not self._paused(t)]

    def _paused(self, t: int) -> bool:
        clock = [e["kode"] for e in self.log if e["spor"] == "ur" and e["t_ms"] <= t]
        return [kode for kode in clock if kode in ("pause", "genoptag")][-1:] == ["pause"]

    def run_at(self, spor: str, t: int) -> int | None:
        """Which run of the track covers [t, t + 1): the index of the event that began it."""
        so_far = [i for i, e in enumerate(self.log) if e["spor"] == spor and e["t_ms"] <= t]
        return self._began(spor, so_far[-1]) if so_far else None

    def _began(self, spor: str, index: int) -> int:
        earlier = [i for i, e in enumerate(self.log[:index]) if e["spor"] == spor]
        same = earlier and self.log[earlier[-1]]["kode"] == self.log[index]["kode"]
        return self._began(spor, earlier[-1]) if same else index

    def runs(self, spor: str) -> dict[int, int]:
        """Each counted run (by the index of its first event) and its active milliseconds."""
        mine = [i for i, e in enumerate(self.log) if e["spor"] == spor and e["t_ms"] <= self.end]
        began_inside = {self._began(spor, i) for i in mine}
        found = {i: 0 for i in began_inside if self.log[i]["t_ms"] >= self.start}
        for t in self.moments:
            run = self.run_at(spor, t)
            if run is not None:
                found[run] = found.get(run, 0) + (t in self.active)
        return {run: ms for run, ms in found.items() if self.log[run]["kode"]}

    def per_code(self, spor: str) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for run, ms in self.runs(spor).items():
            found.setdefault(self.log[run]["kode"], []).append(ms)
        return found

    def count(self, spor: str) -> Counter[str]:
        inside = [e for e in self.log if self.start <= e["t_ms"] <= self.end]
        return Counter(e["kode"] for e in inside if e["spor"] == spor)

    def ugu(self) -> dict[str, int]:
        """Letters as text per emne; a letter stays if it was logged inside or was still on at the start."""
        text, emne, now = "", "", ""
        walk = [e for e in self.log if e["spor"] in ("emne", "ugu") and e["t_ms"] <= self.end]
        for i, e in enumerate(walk):
            until = next((n["t_ms"] for n in walk[i + 1 :] if self._ends(n, e, emne)), self.end)
            if e["spor"] == "emne" and e["kode"] != emne:
                text, emne, now = text + "|", e["kode"], ""
            elif e["spor"] == "ugu" and e["kode"] != now:
                now = e["kode"]
                text += now[:1] if e["t_ms"] >= self.start or until > self.start else ""
        found = Counter(giv=0, indrammet=0, uden_foer=0, uden_efter=0)
        for part in text.split("|"):
            letters = part.replace("u", " u ").split()
            for i, run in enumerate(letters):
                if run.startswith("g"):
                    before, after = "u" in letters[:i], "u" in letters[i + 1 :]
                    found.update(
                        giv=1, indrammet=before and after, uden_foer=not before, uden_efter=not after
                    )
        return dict(found)

    @staticmethod
    def _ends(later: Event, letter: Event, emne: str) -> bool:
        other = {"emne": emne, "ugu": letter["kode"]}
        return bool(later["kode"] != other[later["spor"]])

    def maal(self) -> dict[str, Any]:
        taler = self.per_code("taler")
        parties = ("medarbejder", "borger", "medarbejder2", "tredje")
        whole = sum(sum(ms) for kode, ms in taler.items() if kode in parties)
        return {
            "varighed_ms": len(self.active),
            "taletid_ms": {kode: sum(ms) for kode, ms in taler.items()},
            "laengste_tur_ms": {kode: max(ms) for kode, ms in taler.items()},
            "taletid_andel": {
                kode: half_up(Fraction(sum(ms), whole))
                for kode, ms in taler.items()
                if whole and kode in parties
            },
            "faser": {kode: {"antal": len(ms), "ms": sum(ms)} for kode, ms in self.per_code("fase").items()},
            "ugu": self.ugu(),
            "faerdigheder": dict(self.count("faerdighed")),
            "elementer": dict(self.count("element")),
        }


def half_up(share: Fraction) -> float:
    return float(Fraction(int(share * 10_000 + Fraction(1, 2)), 10_000))


@settings(max_examples=300, deadline=None)
@given(logs)
def test_every_millisecond_agrees(log: list[Event]) -> None:
    assert maal(haendelser(log)) == Oracle(log).maal()


@settings(max_examples=50, deadline=None)
@given(logs, st.randoms(use_true_random=False))
def test_order_of_storage_does_not_matter(log: list[Event], rng: random.Random) -> None:
    shuffled = rng.sample(log, len(log))
    assert maal(haendelser(shuffled)) == maal(haendelser(log))
    assert effective(haendelser(shuffled)) == effective(haendelser(log))


@settings(max_examples=100, deadline=None)
@given(
    logs,
    st.sampled_from(("ur", "taler", "emne", "ugu", "faerdighed")),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_an_event_taken_back_changes_nothing(log: list[Event], spor: str, t_ms: int, undone_ms: int) -> None:
    kode = {"ur": "slut", "taler": "borger", "emne": "2", "ugu": "giv", "faerdighed": "spejling"}[spor]
    added = [
        {"id": id_of(900), "nr": 900, "t_ms": t_ms, "spor": spor, "kode": kode},
        {"id": id_of(901), "nr": 901, "t_ms": undone_ms, "spor": "fortryd", "kode": id_of(900)},
    ]
    assert maal(haendelser(log + added)) == maal(haendelser(log))
    assert effective(haendelser(log + added)) == effective(haendelser(log))


@settings(max_examples=100, deadline=None)
@given(logs)
def test_intervals_are_within_the_samtale_and_do_not_overlap(log: list[Event]) -> None:
    start, end = start_end(haendelser(log))
    found = intervals(haendelser(log), "taler")
    assert all(start <= run.fra_ms <= run.til_ms <= end for run in found)
    assert all(one.til_ms <= other.fra_ms for one, other in pairwise(found))


def an_event(nr: int, t_ms: int, spor: str, kode: str) -> Haendelse:
    return Haendelse(uuid4(), nr, t_ms, spor, kode)


SHORT = [
    an_event(0, 1000, "ur", "start"),
    an_event(1, 0, "taler", "borger"),
    an_event(2, 2000, "ur", "pause"),
    an_event(3, 3000, "taler", "medarbejder"),
    an_event(4, 4000, "ur", "genoptag"),
    an_event(5, 500, "faerdighed", "for_tidligt"),
    an_event(6, 2500, "faerdighed", "spejling"),
    an_event(7, 1000, "emne", "1"),
    an_event(8, 1000, "ugu", "undersoeg"),
    an_event(9, 5000, "emne", "2"),
    an_event(10, 6000, "ur", "slut"),
    an_event(11, 7000, "note", "for sent"),
]


def test_what_the_timeline_asks_for() -> None:
    assert start_end(SHORT) == (1000, 6000)
    assert intervals(SHORT, "taler") == [Interval("borger", 1000, 3000), Interval("medarbejder", 3000, 6000)]
    assert pauses(SHORT) == [(2000, 4000)]
    late = [
        an_event(0, 0, "ur", "pause"),
        an_event(1, 500, "ur", "start"),
        an_event(2, 9000, "ur", "genoptag"),
    ]
    assert pauses([*late, an_event(3, 700, "ur", "slut")]) == [(500, 700)]
    assert [h.kode for h in points(SHORT, "faerdighed")] == ["spejling"]
    assert points(SHORT, "note") == []
    assert ugu_loops(SHORT) == [("1", ("U",), 1000, 5000), ("2", (), 5000, 6000)]
    assert start_end([an_event(0, 9000, "ur", "start"), an_event(1, 10, "ur", "slut")]) == (9000, 9000)


def test_a_line_has_the_names_first_and_the_keys_in_order() -> None:
    assert list(maal_line("obs", "anna", SHORT)) == [
        *("observation", "observatoer", "varighed_ms", "taletid_ms", "laengste_tur_ms", "taletid_andel"),
        *("faser", "ugu", "faerdigheder", "elementer"),
    ]


def real_file(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is missing, and CI must have it")
        pytest.skip(f"the real logs ({name}) are not on this machine")
    return path


def plain_rows() -> Iterator[tuple[tuple[str, str], int, str, str]]:
    with real_file("annomi_haendelser.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield (row["observation"], row["observatoer"]), int(row["t_ms"]), row["spor"], row["kode"]


def plain_talk_time() -> dict[tuple[str, str], Counter[str]]:
    """Talk time straight from the file: stable sort by time, then the gaps between rows of `taler`.

    Enough for these logs alone: they have one start at 0, one end, no pause and nothing taken back.
    """
    rows: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for name, t_ms, spor, kode in plain_rows():
        if spor == "taler" or kode == "slut":
            rows[name].append((t_ms, kode))
    spoken: dict[tuple[str, str], Counter[str]] = {}
    for name, found in rows.items():
        found.sort(key=lambda one: one[0])
        spoken[name] = Counter()
        for (fra, kode), (til, _) in pairwise(found):
            spoken[name][kode] += til - fra
    return spoken


def test_real_logs() -> None:
    with real_file("annomi_haendelser.csv").open("rb") as file:
        found = read_logs(file)
    assert len(found) == 196
    assert sum(len(rows) for rows in found.values()) == 26_684
    expected = plain_talk_time()
    ticks = Counter((name, kode) for name, _, spor, kode in plain_rows() if spor == "faerdighed")
    for name, rows in found.items():
        line = maal_line(*name, [row.haendelse for row in rows])
        assert line["taletid_ms"] == expected[name], name
        assert line["varighed_ms"] == max(t_ms for t_ms in (row.haendelse.t_ms for row in rows))
        assert sum(line["faerdigheder"].values()) == sum(n for (log, _), n in ticks.items() if log == name)


def test_the_counsellor_speaks_less_in_the_good_conversations() -> None:
    """The known fact of the AnnoMI set (Wu et al. 2022); mean over logs within a conversation first."""
    with real_file("annomi_samtaler.csv").open(encoding="utf-8", newline="") as file:
        quality = {row["observation"]: row["mi_kvalitet"] for row in csv.DictReader(file)}
    with real_file("annomi_haendelser.csv").open("rb") as file:
        found = read_logs(file)
    shares: dict[str, list[float]] = defaultdict(list)
    for name, rows in found.items():
        andel = maal(row.haendelse for row in rows)["taletid_andel"]
        shares[name[0]].append(andel["medarbejder"])
    means: dict[str, list[float]] = defaultdict(list)
    for observation, values in shares.items():
        means[quality[observation]].append(sum(values) / len(values))
    assert {kind: len(values) for kind, values in means.items()} == {"hoej": 110, "lav": 23}
    assert sum(means["hoej"]) / 110 < sum(means["lav"]) / 23

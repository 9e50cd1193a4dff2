"""Agreement held to published figures and to the plain way of counting; and the command that prints it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import combinations, permutations
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from supervision.observationer import agreement
from supervision.observationer.cli import enighed
from supervision.observationer.measures import intervals, start_end
from supervision.observationer.rules import Haendelse

FLEISS_TABLE = """
0 0 0 0 14|0 2 6 4 2|0 0 3 5 6|0 3 9 2 0|2 2 8 1 1|7 7 0 0 0|3 2 6 3 0|2 5 3 2 2|6 5 2 1 0|0 2 2 3 7
"""
"""Ten subjects, fourteen raters, five categories: the worked example of Wikipedia, “Fleiss' kappa” (0.210)."""


def log(*events: tuple[int, str, str]) -> list[Haendelse]:
    return [Haendelse(uuid4(), nr, *event) for nr, event in enumerate(events)]


def talk(*runs: tuple[int, str], end: int) -> list[Haendelse]:
    return log((0, "ur", "start"), *((t, "taler", kode) for t, kode in runs), (end, "ur", "slut"))


def test_cohen_as_published() -> None:
    """Wikipedia, “Cohen's kappa”: 50 grant proposals, po 0.7, kappa 0.4. scikit-learn's own example: 0.6875."""
    grants = {("ja", "ja"): 20, ("ja", "nej"): 5, ("nej", "ja"): 10, ("nej", "nej"): 15}
    assert agreement.cohen(grants) == {"enighed": 0.7, "kappa": 0.4}
    moods = {("neg", "neg"): 2, ("pos", "pos"): 1, ("neu", "neu"): 1, ("pos", "neg"): 1}
    assert agreement.cohen(moods)["kappa"] == 0.6875


def test_fleiss_as_published() -> None:
    units = []
    for row in FLEISS_TABLE.strip().split("|"):
        codes = [str(place) for place, times in enumerate(map(int, row.split())) for _ in range(times)]
        units.append((tuple(codes), 1))
    assert agreement.fleiss_kappa(units) == 0.2099


def test_where_it_is_not_defined_it_is_none() -> None:
    quiet = [talk((0, "borger"), end=5000) for _ in range(3)]
    found = agreement.state_agreement(quiet, "taler")
    assert found.enheder == 5
    assert found.par[0, 1] == {"enighed": 1.0, "kappa": None}
    assert found.fleiss is None
    nothing = agreement.state_agreement([talk(end=0), talk(end=0)], "taler")
    assert nothing.enheder == 0
    assert nothing.par[0, 1] == {"enighed": None, "kappa": None}
    assert agreement.point_agreement([], [], "faerdighed") == {
        "a": 0, "b": 0, "faelles": 0, "enighed": None, "koder": {},
    }  # fmt: skip


def test_the_middle_of_each_step_up_to_the_earliest_end() -> None:
    a = talk((0, "borger"), (1400, "medarbejder"), end=3500)
    b = talk((0, "borger"), (1600, ""), (2000, "medarbejder"), end=90_000)
    # middles 500, 1500, 2500; 3500 lies on the end
    assert [n for _, n in agreement.sample([a, b], "taler")] == [1, 1, 1]
    found = agreement.state_agreement([a, b], "taler")
    assert found.par[0, 1] == {"enighed": 0.6667, "kappa": 0.4}
    no_state = talk((1000, "borger"), end=2000)
    assert agreement.sample([no_state, talk((0, "borger"), end=2000)], "taler") == [
        (("", "borger"), 1),
        (("borger", "borger"), 1),
    ]
    with pytest.raises(ValueError, match="0"):
        agreement.sample([a, b], "taler", 0)


codes = st.sampled_from(["medarbejder", "borger", "stilhed", ""])
runs = st.lists(st.tuples(st.integers(0, 9000), codes), max_size=12)
some_log = st.builds(lambda r, end: talk(*r, end=end), runs, st.integers(0, 9000))


def sampled_plainly(logs: list[list[Haendelse]], trin: int) -> Iterator[tuple[str, ...]]:
    end = min(start_end(one)[1] for one in logs)
    twice = trin
    while twice < 2 * end:
        yield tuple(
            next((k for k, fra, til in intervals(one, "taler") if 2 * fra <= twice < 2 * til), "")
            for one in logs
        )
        twice += 2 * trin


@given(st.lists(some_log, min_size=2, max_size=4), st.sampled_from([1, 250, 999, 1000, 3001]))
def test_states_as_counted_one_moment_at_a_time(logs: list[list[Haendelse]], trin: int) -> None:
    if trin == 1:
        logs, trin = logs[:2], 17
    plain = list(sampled_plainly(logs, trin))
    found = agreement.state_agreement(logs, "taler", trin)
    assert found.enheder == len(plain)
    for a, b in combinations(range(len(logs)), 2):
        n = len(plain)
        if n == 0:
            assert found.par[a, b] == {"enighed": None, "kappa": None}
            continue
        po = sum(row[a] == row[b] for row in plain) / n
        words = {row[place] for row in plain for place in (a, b)}
        pe = sum((sum(r[a] == w for r in plain) / n) * (sum(r[b] == w for r in plain) / n) for w in words)
        assert found.par[a, b]["enighed"] == pytest.approx(po, abs=6e-5)
        kappa = found.par[a, b]["kappa"]
        if kappa is None:
            assert pe == pytest.approx(1)
        else:
            assert kappa == pytest.approx((po - pe) / (1 - pe), abs=6e-5)


times = st.lists(st.integers(0, 60), max_size=6).map(sorted)


@given(times, times, st.integers(0, 10))
def test_matching_finds_as_many_as_there_can_be(a: list[int], b: list[int], tolerance: int) -> None:
    found = agreement.match(a, b, tolerance)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    assert all(abs(a[i] - b[j]) <= tolerance for i, j in found)
    assert found == sorted(found)
    few, many = sorted((a, b), key=len)
    best = max(
        sum(abs(one - other) <= tolerance for one, other in zip(few, order, strict=False))
        for order in permutations(many, len(few))
    )
    assert len(found) == best


def test_points_are_matched_code_by_code() -> None:
    a = log(
        (1000, "faerdighed", "x"), (9000, "faerdighed", "x"), (5000, "faerdighed", "y"), (9000, "ur", "slut")
    )
    b = log((3000, "faerdighed", "x"), (5000, "faerdighed", "z"), (11_001, "faerdighed", "x"))
    assert agreement.point_agreement(a, b, "faerdighed") == {
        "a": 3, "b": 3, "faelles": 1, "enighed": 0.3333,
        "koder": {
            "x": {"a": 2, "b": 2, "faelles": 1, "enighed": 0.5},
            "y": {"a": 1, "b": 0, "faelles": 0, "enighed": 0.0},
            "z": {"a": 0, "b": 1, "faelles": 0, "enighed": 0.0},
        },
    }  # fmt: skip


def test_ten_pairs_of_long_samtaler_in_well_under_a_second() -> None:
    logs = [
        talk(*((t * 2000 + n * 90, ("borger", "medarbejder")[t % 2]) for t in range(1300)), end=2_700_000)
        for n in range(5)
    ]
    began = time.process_time()
    found = agreement.state_agreement(logs, "taler", 100)
    assert len(found.par) == 10
    assert found.enheder == 27_000
    assert time.process_time() - began < 1


HEADER = "observation,observatoer,t_ms,spor,kode\n"
ROWS = "s,b,0,taler,borger\ns,b,2000,taler,medarbejder\ns,b,4000,ur,slut\n"


def test_the_command(tmp_path: Path) -> None:
    fil = tmp_path / "log.csv"
    third = ROWS.replace(",b,", ",c,").replace("2000", "3000")
    fil.write_text(
        HEADER + ROWS + ROWS.replace(",b,", ",a,") + third + "ene,a,1000,taler,borger\n", encoding="utf-8"
    )
    done = CliRunner().invoke(enighed, [str(fil), "--spor", "taler", "--trin", "500"])
    alone, together = (json.loads(line) for line in done.stdout.splitlines())
    assert alone == {"observation": "ene", "enheder": 2, "par": {}}
    assert list(together) == ["observation", "enheder", "par", "fleiss"]
    assert together["enheder"] == 8
    assert together["par"] == {
        "a-b": {"enighed": 1.0, "kappa": 1.0},
        "a-c": {"enighed": 0.75, "kappa": 0.5},
        "b-c": {"enighed": 0.75, "kappa": 0.5},
    }
    assert together["fleiss"] == 0.6571
    ticks = CliRunner().invoke(enighed, [str(fil), "--spor", "faerdighed"])
    assert json.loads(ticks.stdout.splitlines()[1])["par"]["a-c"]["enighed"] is None


def test_a_bad_file_is_refused_whole(tmp_path: Path) -> None:
    fil = tmp_path / "log.csv"
    fil.write_text(HEADER + ROWS + "s,a,tre,taler,borger\n", encoding="utf-8")
    done = CliRunner().invoke(enighed, [str(fil), "--spor", "taler"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{fil}, linje 5, feltet t_ms: " in done.stderr
    assert "Filen er afvist, én fejl." in done.stderr


def test_the_real_observers_agree_as_far_as_one_would_think(shared_data: Path) -> None:
    """Seven conversations with ten observers: on U and G there is agreement beyond chance in all of them."""
    done = CliRunner().invoke(enighed, [str(shared_data / "annomi_haendelser.csv"), "--spor", "ugu"])
    found = [json.loads(line) for line in done.stdout.splitlines()]
    many = [line for line in found if len(line["par"]) == 45]
    assert (len(found), len(many)) == (133, 7)
    assert all(0.25 < line["fleiss"] < 0.9 for line in many)
    assert all(
        0 <= one["enighed"] <= 1 and one["kappa"] <= 1 for line in many for one in line["par"].values()
    )


@pytest.mark.parametrize("spor", ["note", "ukendt"])
def test_a_track_with_nothing_to_agree_on_is_refused(spor: str, tmp_path: Path) -> None:
    fil = tmp_path / "log.csv"
    fil.write_text(HEADER + ROWS, encoding="utf-8")
    script = "from supervision.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "enighed", str(fil), "--spor", spor], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert spor in done.stderr.decode()
    assert done.stdout == b""

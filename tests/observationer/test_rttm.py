"""RTTM in and out: the sixteen real meetings against a sum of their own, overlaps, refusals, the way out and in."""

from __future__ import annotations

import io
import random
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vectors import haendelser
from vectors.random_logs import random_log

from supervision.observationer.formats import FileProblem, FileRefused, rttm
from supervision.observationer.measures import maal
from supervision.observationer.rules import PARTER

A_B = {"A": "medarbejder", "B": "borger"}


def line(navn: str, fra: object, varer: object, fil: str = "m1") -> str:
    return f"SPEAKER {fil} 1 {fra} {varer} <NA> <NA> {navn} <NA> <NA>\n"


def read(text: str, talere: dict[str, str] = A_B) -> dict[str, list[tuple[int, str, str]]]:
    logs = rttm.read_logs(io.BytesIO(text.encode()), talere=talere)
    return {
        fil: [(row.haendelse.t_ms, row.haendelse.spor, row.haendelse.kode) for row in rows]
        for (fil, _), rows in logs.items()
    }


def refused(text: str, talere: dict[str, str] = A_B) -> list[FileProblem]:
    with pytest.raises(FileRefused) as caught:
        read(text, talere)
    return caught.value.problems


def talk_time(text: str, talere: dict[str, str]) -> Counter[str]:
    """By another road than the reader's: who speaks in each piece between two neighbouring ends of segments."""
    segments = []
    for row in text.splitlines():
        cells = row.split()
        fra = int(Decimal(cells[3]) * 1000)
        segments.append((fra, fra + int(Decimal(cells[4]) * 1000), talere[cells[7]]))
    points = sorted({0, *(t for fra, til, _ in segments for t in (fra, til))})
    found: Counter[str] = Counter()
    for fra, til in pairwise(points):
        who = {kode for begins, ends, kode in segments if begins <= fra and til <= ends}
        found["samtidig" if len(who) > 1 else who.pop() if who else "stilhed"] += til - fra
    return found


def test_the_real_meetings_have_the_talk_time_that_their_segments_sum_to(shared_data: Path) -> None:
    files = sorted((shared_data / "ami").glob("*.rttm"))
    assert len(files) == 16
    for path in files:
        text = path.read_text()
        talere = dict(zip(sorted({row.split()[7] for row in text.splitlines()}), PARTER, strict=False))
        (log,) = rttm.read_logs(io.BytesIO(text.encode()), talere=talere).values()
        figures = maal(row.haendelse for row in log)
        assert figures["taletid_ms"] == dict(talk_time(text, talere)), path.name
        assert figures["varighed_ms"] == sum(figures["taletid_ms"].values()), path.name


def test_one_speaks_two_are_samtidig_none_is_stilhed_and_the_last_segment_is_the_end() -> None:
    text = (
        ";; made by hand\nSPKR-INFO m1 1 <NA> <NA> <NA> unknown A <NA>\n\n"
        + line("B", "3.0", "4.0005")
        + line("A", 1, 3)
        + line("A", "1.5", 1)
        + line("B", 9, 0)
    )
    assert read(text)["m1"] == [
        (0, "ur", "start"),
        (0, "taler", "stilhed"),
        (1000, "taler", "medarbejder"),
        (3000, "taler", "samtidig"),
        (4000, "taler", "borger"),
        (7001, "taler", "stilhed"),
        (9000, "ur", "slut"),
    ]


def test_each_name_in_the_second_column_is_a_log_and_two_names_may_be_one_party() -> None:
    found = read(line("A", 0, 1, "x") + line("B", 0, 2, "y") + line("C", 2, 1, "y"), {**A_B, "C": "borger"})
    assert list(found) == ["x", "y"]
    assert found["y"] == [(0, "ur", "start"), (0, "taler", "borger"), (3000, "ur", "slut")]


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        (line("A", 0, 1) + line("C", 1, 1), (2, "name"), "--taler C=borger"),
        (line("A", "x", 1) + line("B", 0, "-1"), (1, "onset"), "»x« er ikke et antal sekunder"),
        (line("A", 0, 1) + line("A", 0, "nan"), (2, "duration"), "»nan« er ikke"),
        (line("A", 86_400, 1), (1, "onset"), "24 timer"),
        ("SPEAKER m1 1 0\n", (1, ""), "Linjen har 4 felter"),
        ("observation,t_ms\n", (1, "type"), "ikke en linje i RTTM"),
        ("\n;; nothing\n", (0, ""), "ingen linjer med SPEAKER"),
        (line("A", 0, 1), (0, ""), "Ingen i filen hedder »B«"),
    ],
)
def test_refused_whole_with_line_field_and_reason(text: str, where: tuple[int, str], words: str) -> None:
    problems = refused(text)
    assert any(words in p.text for p in problems if (p.line, p.field) == where), problems


def test_the_same_ids_each_time_and_for_another_mapping_too() -> None:
    """Ids do not follow the mapping, so that an import with another one is refused and not put beside the first."""
    text = line("A", 0, 1) + line("B", 1, 1)
    one, two = (
        [
            row.haendelse
            for rows in rttm.read_logs(io.BytesIO(text.encode()), talere=t).values()
            for row in rows
        ]
        for t in (A_B, {"A": "borger", "B": "medarbejder"})
    )
    assert [h.id for h in one] == [h.id for h in two]
    assert [h.kode for h in one] != [h.kode for h in two]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_out_and_in_every_party_has_spoken_as_long(seed: int) -> None:
    log = haendelser(random_log(random.Random(seed)))
    text = "".join(rttm.write("En samtale", log))
    expected = {k: ms for k, ms in maal(log)["taletid_ms"].items() if ms and k != "stilhed"}
    if not expected:
        assert text == ""
        return
    ((name, rows),) = rttm.read_logs(io.BytesIO(text.encode()), talere={}).items()
    assert name == ("En_samtale", "rttm")
    found = maal(row.haendelse for row in rows)["taletid_ms"]
    assert {k: ms for k, ms in found.items() if k != "stilhed"} == expected

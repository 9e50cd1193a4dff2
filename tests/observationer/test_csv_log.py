"""Event logs as CSV: what is read, what is refused with which words, and the way out and in."""

import io
import random
from collections.abc import Iterable

import pytest
from vectors import event, haendelser, load_vectors
from vectors.random_logs import random_log

from supervision.observationer import formats
from supervision.observationer.formats import FileProblem, FileRefused, LogRow
from supervision.observationer.formats.csv_log import read_csv, read_logs, write_csv
from supervision.observationer.measures import maal

HEADER = "observation,observatoer,t_ms,spor,kode\n"
ID = "3f0c1a52-9d3e-4b7a-8c21-0d9e5b6f7a10"


def read(text: str | bytes) -> list[LogRow]:
    return list(read_csv(io.BytesIO(text.encode() if isinstance(text, str) else text)))


def refused(text: str | bytes) -> list[FileProblem]:
    with pytest.raises(FileRefused) as caught:
        read(text)
    return caught.value.problems


def places(text: str | bytes) -> list[tuple[int, str]]:
    return [(problem.line, problem.field) for problem in refused(text)]


def short(rows: Iterable[LogRow]) -> list[tuple[str, str, int, int, str, str]]:
    return [
        (r.observation, r.observatoer, r.haendelse.nr, r.haendelse.t_ms, r.haendelse.spor, r.haendelse.kode)
        for r in rows
    ]


def test_plain_file() -> None:
    rows = read(HEADER + "s1,anna,0,ur,start\ns1,anna,1500,taler,borger\ns1,bo,0,ur,start\n")
    assert short(rows) == [
        ("s1", "anna", 1, 0, "ur", "start"),
        ("s1", "anna", 2, 1500, "taler", "borger"),
        ("s1", "bo", 1, 0, "ur", "start"),
    ]
    assert [row.line for row in rows] == [2, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        "observation;observatoer;t_ms;spor;kode\ns1;anna;0;note;a,b\n",
        '\ufeffobservation,observatoer,t_ms,spor,kode\r\ns1,anna,0,note,"a,b"\r\n',
        'kode,spor,t_ms,observatoer,observation\n"a,b",note,0,anna,s1',
        'Observation, Observatoer ,T_MS,spor,kode\ns1, anna , 0 , note,"a,b"\n',
        '"observation";"observatoer";"t_ms";"spor";"kode"\n\n"s1";"anna";"0";"note";"a,b"\n\n',
    ],
)
def test_the_same_row_in_many_clothes(text: str) -> None:
    assert short(read(text)) == [("s1", "anna", 1, 0, "note", "a,b")]


def test_id_and_nr_are_taken_from_the_file() -> None:
    row = read(f"observation,observatoer,id,nr,t_ms,spor,kode\ns1,anna,{ID.upper()},17,0,ur,start\n")[0]
    assert (str(row.haendelse.id), row.haendelse.nr) == (ID, 17)


def test_notes_over_several_lines_and_the_line_after_them() -> None:
    text = HEADER + 's1,anna,0,note,"første\r\nanden; ""citat"", slut"\ns1,anna,x,ur,start\n'
    assert places(text) == [(4, "t_ms")]
    note = read(text.replace("x,ur", "9,ur"))
    assert note[0].haendelse.kode == 'første\r\nanden; "citat", slut'
    assert note[1].line == 4


def test_spaces_belong_to_notes_but_not_to_codes() -> None:
    rows = read(HEADER + "s1,anna,0,taler, borger\ns1,anna,1, note, hej \ns1,anna,2,kropssprog, nik \n")
    assert [row.haendelse.kode for row in rows] == ["borger", " hej ", " nik "]


def test_empty_lines_of_a_spreadsheet_are_no_rows() -> None:
    assert len(read(HEADER + "\n,,,,\ns1,anna,0,ur,start\n,,,,\n")) == 1


def test_only_a_header_is_an_empty_file_of_logs() -> None:
    assert read(HEADER) == []
    assert read_logs(io.BytesIO(HEADER.encode())) == {}


def test_ids_are_the_same_each_time_and_differ_between_rows() -> None:
    text = (
        HEADER + "s1,anna,5,faerdighed,spejling\n" * 3 + "s1,bo,5,faerdighed,spejling\ns2,anna,0,ur,start\n"
    )
    first, again = read(text), read(text)
    assert first == again
    assert len({row.haendelse.id for row in first}) == 5
    moved = read(HEADER + "s0,x,0,ur,start\n" + text.removeprefix(HEADER))[1:]
    assert [row.haendelse for row in moved] == [row.haendelse for row in first]


def test_an_id_once_made_stays_the_same() -> None:
    """Stored logs carry these ids: another recipe would import every file a second time."""
    row = read(HEADER + "s1,anna,5,faerdighed,spejling\n")[0]
    assert str(row.haendelse.id) == "c36fe18d-7f2b-508e-9274-5be47a8f4d3f"


def test_the_same_event_twice_is_one() -> None:
    row = f"s1,anna,{ID},0,ur,start\n"
    head = "observation,observatoer,id,t_ms,spor,kode\n"
    assert len(read(head + row + row)) == 1
    assert len(read(head + row + row.replace("anna", "bo"))) == 2
    problems = refused(head + row + row.replace(",0,", ",1,"))
    assert [(p.line, p.field, p.text) for p in problems] == [
        (3, "id", "Linje 2 har samme id, men er en anden hændelse.")
    ]


def test_logs_are_sorted_by_both_names() -> None:
    found = read_logs(io.BytesIO((HEADER + "b,x,0,ur,start\na,y,0,ur,start\na,x,0,ur,start\n").encode()))
    assert list(found) == [("a", "x"), ("a", "y"), ("b", "x")]


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("s1,anna,-1,ur,start", "t_ms"),
        ("s1,anna,1.5,ur,start", "t_ms"),
        ("s1,anna,1e3,ur,start", "t_ms"),
        ("s1,anna,,ur,start", "t_ms"),
        ("s1,anna,٣,ur,start", "t_ms"),
        ("s1,anna,86400001,ur,start", "t_ms"),
        ("s1,anna," + "9" * 5000 + ",ur,start", "t_ms"),
        ("s1,anna,0,,start", "spor"),
        ("s1,anna,0," + "x" * 41 + ",start", "spor"),
        ("s1,anna,0,taler,kunde", "kode"),
        ("s1,anna,0,ur,", "kode"),
        ("s1,anna,0,note," + "x" * 2001, "kode"),
        (",anna,0,ur,start", "observation"),
        ("s1,,0,ur,start", "observatoer"),
        ("s" * 121 + ",anna,0,ur,start", "observation"),
        ("s1,an\x07na,0,ur,start", "observatoer"),
        ("s1,anna,0,ur", ""),
        ("s1,anna,0,ur,start,ekstra", ""),
    ],
)
def test_one_wrong_row_is_named(row: str, where: str) -> None:
    assert places(HEADER + "s1,anna,0,ur,start\n" + row + "\ns1,anna,9,ur,slut\n") == [(3, where)]


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (f"s1,anna,{ID[:-1]},0,0,ur,start", "id"),
        (f"s1,anna,{ID},,0,ur,start", "nr"),
        ("s1,anna,,-1,0,ur,start", "nr"),
    ],
)
def test_wrong_id_and_nr(row: str, where: str) -> None:
    assert places("observation,observatoer,id,nr,t_ms,spor,kode\n" + row + "\n") == [(2, where)]


def test_every_problem_of_a_row_and_of_the_file() -> None:
    text = HEADER + "s1,,x,taler,kunde\n" + "s1,anna,0,ur,start\n" * 3 + "s1,anna,0,emne,to\n"
    assert places(text) == [(2, "observatoer"), (2, "t_ms"), (2, "kode"), (6, "kode")]


def test_a_problem_says_where_and_what() -> None:
    assert str(refused(HEADER + "s1,anna,1.5,ur,start\n")[0]) == (
        "linje 2, feltet t_ms: Skal være et helt tal. Her står »1.5«."
    )


def test_a_broken_row_far_down() -> None:
    good = [f"s1,anna,{n},faerdighed,spejling\n" for n in range(20_000)]
    good[16_998] = "s1,anna,tolv,faerdighed,spejling\n"
    assert places(HEADER + "".join(good)) == [(17_000, "t_ms")]


def test_reading_stops_after_fifty_problems() -> None:
    with pytest.raises(FileRefused) as caught:
        read(HEADER + "s1,anna,x,ur,start\n" * 80)
    assert len(caught.value.problems) == 50
    assert caught.value.stopped


def test_nothing_is_yielded_after_a_problem() -> None:
    rows = read_csv(io.BytesIO((HEADER + "s,a,0,ur,start\ns,a,x,ur,slut\ns,a,9,ur,slut\n").encode()))
    assert next(rows).haendelse.kode == "start"
    with pytest.raises(FileRefused):
        next(rows)


@pytest.mark.parametrize(
    ("header", "where"),
    [
        ("observation,observatoer,t_ms,spor\n", [(1, "kode")]),
        (
            "s1,anna,0,ur,start\n",
            [(1, name) for name in ("observation", "observatoer", "t_ms", "spor", "kode")],
        ),
        ("observation,observatoer,t_ms,spor,kode,cpr\n", [(1, "cpr")]),
        ("observation,observatoer,t_ms,spor,kode,kode\n", [(1, "kode")]),
        ("observation,observatoer,t_ms,spor,kode,\n", [(1, "")]),
        ("", [(0, "")]),
        ("\n\n", [(0, "")]),
        ("\ufeff", [(0, "")]),
    ],
)
def test_wrong_headers(header: str, where: list[tuple[int, str]]) -> None:
    assert [place for place in places(header) if place in where] == where


def test_lines_that_are_not_utf8() -> None:
    text = HEADER.encode() + b"s1,anna,0,note,ok\ns1,anna,0,note,bl\xe5b\xe6r\n"
    assert places(text) == [(3, "")]
    assert "UTF-8" in refused(text)[0].text
    assert places(HEADER.encode() + b"s1,anna,0,note,\xed\xa0\x80\n") == [(2, "")]


def test_nul_and_utf16() -> None:
    assert places(HEADER.encode() + b"s1,anna,0,note,a\0b\n") == [(2, "")]
    assert "UTF-16" in refused((HEADER + "s1,anna,0,ur,start\n").encode("utf-16"))[0].text


def test_a_quote_that_is_never_closed() -> None:
    text = HEADER + 's1,anna,0,ur,start\ns1,anna,0,note,"åben\n' + "s1,anna,0,ur,slut\n" * 10
    assert places(text) == [(3, "")]
    assert places(text + "x" * 200_000) == [(3, "")]


def test_lines_that_end_with_cr_alone() -> None:
    text = HEADER + 's1,anna,0,note,"a\rb"\ns1,anna,5,ur,slut\n'
    assert short(read(text.replace("\n", "\r"))) == short(read(text))
    assert places((text + "s1,anna,x,ur,slut\n").replace("\n", "\r")) == [(5, "t_ms")]


def test_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_BYTES", 100)
    assert places(HEADER + "s1,anna,0,ur,start\n" * 5) == [(0, "")]


def test_progress_counts_bytes_and_rows() -> None:
    text = (HEADER + "s1,anna,0,note,åh\n" * 2500).encode()
    calls: list[tuple[int, int]] = []
    stream = io.BytesIO(text)
    assert len(list(read_csv(stream, progress=lambda size, rows: calls.append((size, rows))))) == 2500
    assert [rows for _, rows in calls] == [1000, 2000, 2500]
    assert calls[-1][0] == len(text)
    assert not stream.closed


def written(rows: Iterable[LogRow]) -> bytes:
    out = io.StringIO(newline="")
    write_csv(rows, out)
    return out.getvalue().encode()


def test_out_and_in_again() -> None:
    kinds = ["=1+1", "+45", "-5 sek", "@navn", 'a"b;c,d\r\ne', "", " ", "'x", "æøå 🙂", "\t"]
    events = haendelser([event(n, n, "note", kind) for n, kind in enumerate(kinds)])
    rows = read(written(LogRow("s1", "anna", h, 0) for h in events))
    assert [row.haendelse.kode for row in rows] == kinds
    assert [row.haendelse for row in rows] == events


def test_measures_survive_the_file() -> None:
    """Every vector and many random logs, written and read: the same figures."""
    never_stored = "taletid/same id with another body"
    logs = [v["log"] for v in load_vectors() if len(v["log"]) < 100 and v["name"] != never_stored]
    logs += [random_log(random.Random(seed)) for seed in range(50)]
    for log in logs:
        valid = [h for h in haendelser(log) if (h.spor, h.kode) != ("taler", "hund")]
        rows = read(written(LogRow("s1", "anna", h, 0) for h in valid))
        assert maal(row.haendelse for row in rows) == maal(valid)

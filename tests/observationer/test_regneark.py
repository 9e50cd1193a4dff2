"""D5: no export has a formula. Every column of each, with what a spreadsheet would run planted in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from supervision.observationer.formats import regneark
from supervision.observationer.formats.boris import UdLog
from supervision.observationer.formats.filtyper import FILTYPER, write_samtaler
from supervision.observationer.formats.regneark import FORMULA
from supervision.observationer.formats.samtaler_ud import EVENTS, EVENTS_XLSX, FIGURES, Samtale
from supervision.observationer.rules import Haendelse
from supervision.overblik.formats import udgivne_tal
from supervision.overblik.formats.udgivne_tal import UdgivetLinje

NOON = datetime(2026, 3, 2, 12)
EVIL = [f"{first}HYPERLINK(0)" for first in FORMULA]
STORABLE = [text for text in EVIL if not text.startswith("\0")]


def samtaler() -> list[Samtale]:
    """One log per dangerous text, which stands wherever a text may stand; and one with plain, untidy ones."""
    found = []
    for evil in [*STORABLE, 'a;b "c"\r\nd', "'=1", " =1"]:
        rows = [("ur", "start"), ("taler", "borger"), ("faerdighed", evil), ("element", evil), ("blik", evil)]
        rows += [("note", evil), (evil[:9], evil), ("ur", "slut")]
        events = [Haendelse(UUID(int=n), n, n * 1000, *row) for n, row in enumerate(rows, 1)]
        found.append(Samtale(UdLog((evil, evil), NOON, events), evil, lambda spor, kode, evil=evil: evil))
    return found


def linjer() -> list[UdgivetLinje]:
    return [UdgivetLinje(e, e, False, e, e, e, e) for e in [*EVIL, "ca. 40 %"]]


def made(filtype: str) -> bytes:
    out = io.BytesIO()
    write_samtaler(filtype, iter(samtaler()), out, navn="=1+1", lavet_at=NOON)
    return out.getvalue()


def published(filtype: str) -> bytes:
    out = io.BytesIO()
    udgivne_tal.write(filtype, linjer(), out)
    return out.getvalue()


def cells_of_csv(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))


def formulas(rows: list[list[str]]) -> list[str]:
    return [cell for row in rows for cell in row if cell.startswith(FORMULA)]


CSVS: list[tuple[Callable[[], bytes], tuple[str, ...]]] = [
    (lambda: made("csv"), EVENTS),
    (lambda: made("tal"), FIGURES),
    (lambda: published("csv"), udgivne_tal.HEADER),
]


@pytest.mark.gate("D5")
@pytest.mark.parametrize(("make", "header"), CSVS, ids=["haendelser", "tal", "udgivne"])
@pytest.mark.gate("D5")
@pytest.mark.planted("D5")
def test_d5_no_cell_of_a_csv_begins_a_formula(
    make: Callable[[], bytes],
    header: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    rows = cells_of_csv(make())
    assert rows[0] == list(header)
    assert {len(row) for row in rows} == {len(header)}
    assert formulas(rows) == []
    texts = {cell for row in rows for cell in row}
    assert {f"'{evil}" for evil in STORABLE} <= texts, "only a sign in front, the text as it was"
    record_property(
        "figure", f"0 of {sum(map(len, rows))} CSV cells begin a formula; {len(EVIL)} signs planted"
    )
    monkeypatch.setattr(regneark, "plain_text", lambda text: text)
    assert set(STORABLE) <= set(formulas(cells_of_csv(make()))), "the check finds a forgotten sign"


def test_untidy_texts_and_numbers_stand_as_danish_excel_reads_them() -> None:
    cells = {cell for row in cells_of_csv(made("csv")) for cell in row}
    assert {'a;b "c"\r\nd', "'=1", " =1"} <= cells
    shares = [row[6] for row in cells_of_csv(made("tal")) if row[3] == "taletid_andel"]
    assert set(shares) == {"1,0"}


@pytest.mark.gate("D5")
@pytest.mark.parametrize(
    "content", [lambda: made("xlsx"), lambda: published("xlsx")], ids=["egne", "udgivne"]
)
@pytest.mark.gate("D5")
@pytest.mark.planted("D5")
def test_d5_no_cell_of_a_workbook_is_a_formula(
    content: Callable[[], bytes],
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    def kinds() -> dict[str, set[Any]]:
        book = load_workbook(io.BytesIO(content()))
        found: dict[str, set[Any]] = {}
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    found.setdefault(cell.data_type, set()).add(cell.value)
        return found

    found = kinds()
    assert set(found) <= {"s", "n"}
    assert {e for e in STORABLE if e[0] not in "\r\n\t"} <= found["s"], "texts as they were"
    record_property("figure", f"0 formula cells in a workbook with {len(EVIL)} signs planted in every column")
    import xlsxwriter.worksheet

    monkeypatch.setattr(xlsxwriter.worksheet.Worksheet, "write_string", xlsxwriter.worksheet.Worksheet.write)
    assert "f" in kinds(), "the check finds a cell that was written without its type"


def test_a_workbook_has_a_sheet_of_events_and_one_of_measures_and_goes_on_in_another() -> None:
    book = load_workbook(io.BytesIO(made("xlsx")))
    assert book.sheetnames == ["Hændelser", "Tal"]
    assert [cell.value for cell in book["Hændelser"][1]] == list(EVENTS_XLSX)
    assert [cell.value for cell in book["Tal"][1]] == list(FIGURES)
    assert book["Tal"]["G2"].value == 7000
    out = io.BytesIO()
    numbers = iter(count())
    regneark.write_xlsx(out, {"Ark": ["nr"]}, (("Ark", [next(numbers)]) for _ in range(7)), most_rows=4)
    long = load_workbook(out)
    assert [[row[0].value for row in sheet.rows] for sheet in long] == [
        ["nr", 0, 1, 2],
        ["nr", 3, 4, 5],
        ["nr", 6],
    ]
    assert long.sheetnames == ["Ark", "Ark 2", "Ark 3"]


def test_nothing_is_left_when_a_workbook_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert gettempdir() == str(tmp_path)

    def rows() -> Any:
        yield "Ark", ["x" * 1000]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        regneark.write_xlsx(io.BytesIO(), {"Ark": ["a"]}, rows())
    with pytest.raises(ValueError, match="cannot hold"):
        regneark.write_xlsx(io.BytesIO(), {"Ark": ["a"]}, [("Ark", ["x" * 40_000])])
    assert list(tmp_path.iterdir()) == []


def test_json_has_the_texts_untouched_and_every_kind_of_file_can_be_made() -> None:
    found = json.loads(made("json"))["samtaler"]
    assert [s["observation"] for s in found][: len(STORABLE)] == STORABLE
    assert found[0]["maal"]["taletid_ms"] == {"borger": 6000}
    assert json.loads(published("json"))["tal"][0]["gruppe"] == EVIL[0]
    assert all(made(filtype) for filtype in FILTYPER)

"""What is made to be opened in a spreadsheet: CSV as Danish Excel reads it, and XLSX. Never a formula.

In a CSV a text that a spreadsheet would read as a formula gets a `'` in front and is otherwise as it was; in XLSX every
text is a cell of text. Whoever wants the texts untouched takes the log's own CSV (`csv_log`) or JSON.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

Value = str | int | float | None
Row = Sequence[Value]

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, or passes over to find one."""
BOM: Final = "\ufeff"
MOST_ROWS: Final = 1_048_576
"""Of a sheet, its header among them; more go on in another sheet."""
CHUNK: Final = 500


def plain_text(text: str) -> str:
    """The text as a spreadsheet must take it for text (OWASP ASVS 1.2.10)."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_chunks(header: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Semicolons, CRLF, a BOM and decimal commas, some hundred rows at a time."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    out.write(BOM)
    writer.writerow(header)
    for number, row in enumerate(rows, 1):
        writer.writerow([_cell(value) for value in row])
        if number % CHUNK == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def write_xlsx(
    out: BinaryIO,
    headers: Mapping[str, Sequence[str]],
    rows: Iterable[tuple[str, Row]],
    *,
    most_rows: int = MOST_ROWS,
) -> None:
    """A workbook of one sheet per header. rows: (sheet, row), in any order of sheets; each is written as it comes.

    Little is held in memory: rows wait in files of a folder that is gone afterwards, whatever happens.
    """
    import xlsxwriter  # only a download needs it, and it costs every start

    with TemporaryDirectory() as folder:
        options = {"constant_memory": True, "tmpdir": folder}
        book = xlsxwriter.Workbook(out, options)
        bold = book.add_format({"bold": True})
        sheets = {name: _Sheet(book, name, header, bold, most_rows) for name, header in headers.items()}
        for name, row in rows:
            sheets[name].add(row)
        book.close()


class _Sheet:
    def __init__(self, book: Any, name: str, header: Sequence[str], bold: Any, most_rows: int) -> None:
        self.book, self.name, self.header, self.bold, self.most_rows = book, name, header, bold, most_rows
        self.number = 0
        self._begin()

    def add(self, row: Row) -> None:
        if self.next >= self.most_rows:
            self._begin()
        self._write(row, None)

    def _begin(self) -> None:
        self.number += 1
        self.sheet = self.book.add_worksheet(self.name if self.number == 1 else f"{self.name} {self.number}")
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_column(0, len(self.header) - 1, 18)
        self.next = 0
        self._write(self.header, self.bold)

    def _write(self, row: Row, style: Any) -> None:
        for column, value in enumerate(row):
            write: Callable[..., int] = (
                self.sheet.write_string if isinstance(value, str) else self.sheet.write_number
            )
            if value is not None and write(self.next, column, value, style):
                raise ValueError(f"a cell of sheet {self.name} cannot hold its value")
        self.next += 1


def _cell(value: Value) -> str:
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return plain_text(value) if isinstance(value, str) else "" if value is None else str(value)

"""Figures of effect as CSV: `team;kvartal;antal` and one column for each measure."""

from __future__ import annotations

import csv
import io
from typing import Final

from supervision.overblik.rules.effekt import EFFEKTMAAL, KOLONNER
from supervision.problems import RuleBroken

MAX_BYTES: Final = 200_000
COLUMNS: Final = (*KOLONNER, *(maal.kode for maal in EFFEKTMAAL))
TEMPLATE: Final = "\N{ZERO WIDTH NO-BREAK SPACE}" + ";".join(COLUMNS) + "\r\n"


def read(data: bytes) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """(headings in small letters, (line from 1, column -> text) of every line that is not empty).

    Raises RuleBroken: too big, or no CSV in UTF-8 or Windows-1252.
    """
    if len(data) > MAX_BYTES:
        raise RuleBroken("Filen er for stor. Den må højst fylde 200 kB.", "fil")
    if data.startswith((b"PK", b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        raise RuleBroken("Det er ikke en CSV-fil. Vælg »CSV UTF-8« under »Gem som« i Excel.", "fil")
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    try:
        lines = [(reader.line_num, [cell.strip() for cell in line]) for line in reader]
    except csv.Error as problem:
        raise RuleBroken("Filen kan ikke læses som CSV. Gem den igen som »CSV UTF-8«.", "fil") from problem
    filled = [(nr, cells) for nr, cells in lines if any(cells)]
    if not filled:
        raise RuleBroken("Filen er tom.", "fil")
    head = [cell.casefold() for cell in filled[0][1]]
    _check_widths(filled, len(head))
    return head, [
        (nr, dict(zip(head, [*cells, *[""] * (len(head) - len(cells))], strict=True)))
        for nr, cells in filled[1:]
    ]


def _check_widths(lines: list[tuple[int, list[str]]], width: int) -> None:
    for nr, cells in lines:
        if len(cells) > width:
            raise RuleBroken(f"Linje {nr} har flere felter, end der er overskrifter.", "fil")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")

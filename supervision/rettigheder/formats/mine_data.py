"""One person's own data as a zip: a page to read and print, and the same as JSON. Row by row, never on a disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from html import escape
from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from supervision.danish import dato, tidspunkt
from supervision.rettigheder.queries.egne_data import Afsnit

JSON_FILE = "mine-data.json"
HTML_FILE = "mine-data.html"
ROLLER = {"about": "Om dig", "written": "Skrevet af dig om andre", "metadata": "Noget, du har gjort"}
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}"
    "th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "h2{font-size:1.1rem;margin:1.5rem 0 .25rem}p.n{color:#555;margin:0}@media print{a{color:inherit}}"
)


def write_zip(afsnit: Sequence[Afsnit], *, navn: str, lavet_at: datetime) -> bytes:
    """The zip. afsnit: read while it is written, each twice."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        with archive.open(HTML_FILE, "w") as file:
            _write(file, html_pieces(afsnit, navn=navn, lavet_at=lavet_at))
        with archive.open(JSON_FILE, "w") as file:
            _write(file, json_pieces(afsnit, lavet_at=lavet_at))
    return out.getvalue()


def json_pieces(afsnit: Sequence[Afsnit], *, lavet_at: datetime) -> Iterator[str]:
    """The JSON, a row at a time: {lavet, afsnit: [{tabel, hvad, rolle, raekker: [{id, ...}]}]}."""
    yield f'{{"lavet": {json.dumps(lavet_at.isoformat())}, "afsnit": ['
    for nr, part in enumerate(afsnit):
        head = {"tabel": part.tabel, "hvad": part.hvad, "rolle": part.rolle}
        yield (",\n" if nr else "\n") + json.dumps(head, ensure_ascii=False)[:-1] + ', "raekker": ['
        for row_nr, row in enumerate(part.raekker()):
            yield (",\n " if row_nr else "\n ") + json.dumps(row, ensure_ascii=False, default=_plain)
        yield "]}"
    yield "\n]}\n"


def html_pieces(afsnit: Sequence[Afsnit], *, navn: str, lavet_at: datetime) -> Iterator[str]:
    """The page, a row at a time; every value escaped."""
    yield (
        '<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Dine data</title>'
        f"<style>{STYLE}</style></head><body><h1>Dine data</h1>"
        f"<p>{escape(navn)}. Hentet {escape(tidspunkt(lavet_at))}. Filen er fortrolig: alle, der får fat i den, "
        "kan læse den.</p>"
        "<p>Det, en kollega skriver om dig, står her, når det er sendt til dig. Andre er ikke nævnt ved navn, "
        f"bortset fra dem, der har observeret dig. Alle kryds står i filen {JSON_FILE}.</p>"
    )
    for part in afsnit:
        yield f'<h2>{escape(part.hvad)}</h2><p class="n">{ROLLER[part.rolle]} · {part.antal}</p>'
        if not part.kun_antal and part.kolonner:
            yield from _table(part)
    yield "</body></html>\n"


def words(value: Any) -> str:
    """A value as it is read: dates in Danish, yes and no, nothing for nothing."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime):
        return tidspunkt(value)
    if isinstance(value, date):
        return dato(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _table(part: Afsnit) -> Iterator[str]:
    yield "<table><thead><tr>"
    yield "".join(f"<th>{escape(word)}</th>" for _, word in part.kolonner)
    yield "</tr></thead><tbody>"
    for row in part.raekker():
        cells = "".join(f"<td>{escape(words(row[column]))}</td>" for column, _ in part.kolonner)
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table>"


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _write(file: IO[bytes], pieces: Iterator[str]) -> None:
    for piece in pieces:
        file.write(piece.encode())

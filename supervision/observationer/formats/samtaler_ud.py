"""Somebody's own samtaler on their way out: events and figures for a spreadsheet, all of it as JSON, or as logs."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Final, NamedTuple

import orjson

from supervision.observationer.formats import LogName, LogRow, csv_log, rttm
from supervision.observationer.formats.boris import UdLog
from supervision.observationer.formats.regneark import Row, csv_chunks, write_xlsx
from supervision.observationer.measures import Maal, maal

EVENTS: Final = csv_log.COLUMNS
EVENTS_XLSX: Final = (*EVENTS, "navn")
FIGURES: Final = ("observation", "observatoer", "dato", "maal", "kode", "navn", "vaerdi")
SHEETS: Final = {"Hændelser": EVENTS_XLSX, "Tal": FIGURES}


class Samtale(NamedTuple):
    """A log, its type of samtale ("" for a file's), and `navn(spor, kode)`, the words that its page uses."""

    log: UdLog
    type: str
    navn: Callable[[str, str], str]


def events_csv(samtaler: Iterable[Samtale]) -> Iterator[str]:
    """Every event, in the columns of the log's own CSV, as a spreadsheet reads it."""
    return csv_chunks(EVENTS, (row for samtale in samtaler for row in _events(samtale.log)))


def figures_csv(samtaler: Iterable[Samtale]) -> Iterator[str]:
    """Every measure of every samtale, one a line. Times are milliseconds, shares 0–1."""
    return csv_chunks(FIGURES, (row for samtale in samtaler for row in _figures(samtale)))


def write_both_xlsx(samtaler: Iterable[Samtale], out: BinaryIO) -> None:
    """A workbook with one sheet of events and one of measures."""
    write_xlsx(out, SHEETS, _both(samtaler))


def json_chunks(samtaler: Iterable[Samtale]) -> Iterator[bytes]:
    """`{"samtaler": [{observation, observatoer, startet_at, type, haendelser, maal}]}`, a samtale at a time."""
    yield b'{"samtaler": ['
    for number, samtale in enumerate(samtaler):
        log = samtale.log
        events = [
            {"id": h.id, "nr": h.nr, "t_ms": h.t_ms, "spor": h.spor, "kode": h.kode} for h in log.haendelser
        ]
        one = {
            "observation": log.navn[0],
            "observatoer": log.navn[1],
            "startet_at": log.startet_at,
            "type": samtale.type,
            "haendelser": events,
            "maal": maal(log.haendelser),
        }
        yield (b",\n" if number else b"\n") + orjson.dumps(one)
    yield b"\n]}\n"


def rttm_lines(samtaler: Iterable[Samtale]) -> Iterator[str]:
    """Who spoke when. Two observers of one samtale are two files of RTTM's."""
    return (line for s in samtaler for line in rttm.write("-".join(s.log.navn), s.log.haendelser))


def raw_csv(samtaler: Iterable[Samtale]) -> Iterator[str]:
    """Every event in the log's own CSV, its texts untouched: for machines, not for a spreadsheet."""
    out = io.StringIO()
    csv.writer(out).writerow(EVENTS)
    for samtale in samtaler:
        csv_log.write_rows((LogRow(*samtale.log.navn, h, 0) for h in samtale.log.haendelser), out)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _both(samtaler: Iterable[Samtale]) -> Iterator[tuple[str, Row]]:
    for samtale in samtaler:
        for h, row in zip(samtale.log.haendelser, _events(samtale.log), strict=True):
            yield "Hændelser", (*row, samtale.navn(h.spor, h.kode) if h.kode else "")
        for figure in _figures(samtale):
            yield "Tal", figure


def _events(log: UdLog) -> Iterator[Row]:
    for h in log.haendelser:
        yield (*log.navn, str(h.id), h.nr, h.t_ms, h.spor, h.kode)


def _figures(samtale: Samtale) -> Iterator[Row]:
    name: LogName = samtale.log.navn
    begun = samtale.log.startet_at
    day = begun.date().isoformat() if begun else ""
    for measure, kode, spor, value in _flat(maal(samtale.log.haendelser)):
        yield (*name, day, measure, kode, samtale.navn(spor, kode) if kode else "", value)


def _flat(found: Maal) -> Iterator[tuple[str, str, str, int | float]]:
    """(measure, kode, the track of the kode, value), in the order of the format."""
    yield "varighed_ms", "", "", found["varighed_ms"]
    for measure, values in (
        ("taletid_ms", found["taletid_ms"]),
        ("laengste_tur_ms", found["laengste_tur_ms"]),
        ("taletid_andel", found["taletid_andel"]),
    ):
        yield from ((measure, kode, "taler", value) for kode, value in values.items())
    for kode, fase in found["faser"].items():
        yield "fase_antal", kode, "fase", fase["antal"]
        yield "fase_ms", kode, "fase", fase["ms"]
    ugu = found["ugu"]
    yield "ugu_giv", "", "", ugu["giv"]
    yield "ugu_indrammet", "", "", ugu["indrammet"]
    yield "ugu_uden_foer", "", "", ugu["uden_foer"]
    yield "ugu_uden_efter", "", "", ugu["uden_efter"]
    yield from (("faerdigheder", kode, "faerdighed", times) for kode, times in found["faerdigheder"].items())
    yield from (("elementer", kode, "element", times) for kode, times in found["elementer"].items())

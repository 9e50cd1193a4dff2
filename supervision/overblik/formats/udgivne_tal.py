"""Published figures as CSV, XLSX and JSON: the words that the pages show, and nothing finer."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final, NamedTuple

import orjson

from supervision.observationer.formats.regneark import Row, csv_chunks, write_xlsx

HEADER: Final = ("kvartal", "gruppe", "hele organisationen", "observerede", "billede", "tal", "vaerdi")
BILLEDER: Final = {
    "taletid": "Taletid",
    "faser": "Faser",
    "ugu": "UGU",
    "elementer": "Fasernes elementer",
    "faerdigheder": "Færdigheder",
    "pligter": "Observation i hverdagen",
}


class UdgivetLinje(NamedTuple):
    """One published figure. observerede: the band of those it rests on. samlet: whether it is the organisation's.

    vaerdi: its words.
    """

    kvartal: str
    gruppe: str
    samlet: bool
    observerede: str
    billede: str
    tal: str
    vaerdi: str


def write(filtype: str, linjer: Iterable[UdgivetLinje], out: BinaryIO) -> None:
    """Write them as `csv`, `xlsx` or `json`, as they come."""
    if filtype == "csv":
        out.writelines(piece.encode() for piece in csv_chunks(HEADER, map(_row, linjer)))
    elif filtype == "xlsx":
        write_xlsx(out, {"Tal": HEADER}, (("Tal", _row(linje)) for linje in linjer))
    else:
        out.writelines(_json(linjer))


def _row(linje: UdgivetLinje) -> Row:
    whole = "ja" if linje.samlet else "nej"
    picture = BILLEDER.get(linje.billede, linje.billede)
    return (linje.kvartal, linje.gruppe, whole, linje.observerede, picture, linje.tal, linje.vaerdi)


def _json(linjer: Iterable[UdgivetLinje]) -> Iterator[bytes]:
    yield b'{"tal": ['
    for number, linje in enumerate(linjer):
        yield (b",\n" if number else b"\n") + orjson.dumps(linje._asdict())
    yield b"\n]}\n"

"""The kinds of file that somebody's own samtaler come out as."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import BinaryIO, Final, NamedTuple

from supervision.observationer.formats import boris, samtaler_ud
from supervision.observationer.formats.samtaler_ud import Samtale


class Filtype(NamedTuple):
    """navn: in the words of a link. ending: of the file's name, with what tells two of the same kind apart."""

    navn: str
    ending: str
    mimetype: str


FILTYPER: Final = {
    "csv": Filtype("Hændelser som CSV", "haendelser.csv", "text/csv; charset=utf-8"),
    "tal": Filtype("Tal som CSV", "tal.csv", "text/csv; charset=utf-8"),
    "xlsx": Filtype("Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": Filtype("JSON", "json", "application/json"),
    "rttm": Filtype("RTTM", "rttm", "text/plain; charset=utf-8"),
    "boris": Filtype("BORIS", "boris", "application/octet-stream"),
}
"""By the word that stands for it in an address."""


def write_samtaler(
    filtype: str, samtaler: Iterable[Samtale], out: BinaryIO, *, navn: str, lavet_at: datetime
) -> None:
    """Write them as they come. navn: what a project of BORIS's is called. lavet_at: the Danish wall clock."""
    if filtype == "xlsx":
        samtaler_ud.write_both_xlsx(samtaler, out)
    elif filtype == "json":
        out.writelines(samtaler_ud.json_chunks(samtaler))
    else:
        out.writelines(piece.encode() for piece in _text(filtype, samtaler, navn, lavet_at))


def _text(filtype: str, samtaler: Iterable[Samtale], navn: str, lavet_at: datetime) -> Iterator[str]:
    if filtype == "csv":
        return samtaler_ud.events_csv(samtaler)
    if filtype == "tal":
        return samtaler_ud.figures_csv(samtaler)
    if filtype == "rttm":
        return samtaler_ud.rttm_lines(samtaler)
    return boris.write((samtale.log for samtale in samtaler), projekt=navn, lavet_at=lavet_at)

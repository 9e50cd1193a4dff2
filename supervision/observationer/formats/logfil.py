"""A file of event logs, whichever of the three formats it is in."""

from collections.abc import Mapping
from typing import BinaryIO, Final

from supervision.observationer.formats import LogName, LogRow, Progress, boris, csv_log, rttm

FORMATER: Final = {".csv": "csv", ".rttm": "rttm", ".boris": "boris"}
SNIFFED: Final = 4096


def format_of(navn: str, stream: BinaryIO) -> str:
    """`csv`, `rttm` or `boris`: by the file's ending, else by how it begins. Nothing is read from the stream."""
    for ending, found in FORMATER.items():
        if navn.lower().endswith(ending):
            return found
    peek = getattr(stream, "peek", None)
    head = bytes(peek(SNIFFED)) if peek else b""
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if begins.startswith((b"{", b"\x1f\x8b")):
        return "boris"
    return "rttm" if begins.startswith((b";;", b"SPEAKER ", b"SPEAKER\t", b"SPKR-INFO")) else "csv"


def read_logs(
    stream: BinaryIO, format_: str, *, talere: Mapping[str, str], progress: Progress | None = None
) -> dict[LogName, list[LogRow]]:
    """The file's logs by name, as the format reads them; `talere` is for RTTM alone. Raises `FileRefused`."""
    if format_ == "rttm":
        return rttm.read_logs(stream, talere=talere, progress=progress)
    if format_ == "boris":
        return boris.read_logs(stream, progress=progress)
    return csv_log.read_logs(stream, progress=progress)

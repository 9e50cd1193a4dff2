"""The file in which a device saves its queue: what was recorded and could not be sent.

`{"format": "kollegial-supervision-kryds", "version": 1, "kontrakt": uuid, "startet_at": ISO 8601 | null, "gemt_at":
ISO 8601, "haendelser": [{id, nr, t_ms, spor, kode}]}`; notes may be sealed (`forseglet`). The recorder writes it too.
"""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson

from supervision.observationer.formats import FileProblem, FileRefused
from supervision.observationer.rules import FieldProblem, Haendelse, is_id, read_moment

FORMAT: Final = "kollegial-supervision-kryds"
VERSION: Final = 1
ANOTHER_FILE: Final = "Det er ikke en fil med kryds fra optageren."


@dataclass(frozen=True, slots=True)
class KrydsFil:
    """A file as it came. `startet_at` is aware, in UTC; each event is checked when it is stored."""

    kontrakt: UUID
    startet_at: datetime | None
    haendelser: list[object]


def read(content: bytes) -> KrydsFil:
    """Read a file. Raises `FileRefused` when it is not one of ours, or when there is nothing in it."""
    data = _object_in(content)
    if data.get("format") != FORMAT:
        raise _refused(ANOTHER_FILE, "format")
    if data.get("version") != VERSION:
        raise _refused("Filen er fra en anden udgave af optageren. Den her kan læse version 1.", "version")
    if not is_id(data.get("kontrakt")):
        raise _refused("Feltet skal være et UUID på 36 tegn.", "kontrakt")
    try:
        startet_at = read_moment(data.get("startet_at"))
    except FieldProblem as problem:
        raise _refused(problem.text, problem.field) from None
    haendelser = data.get("haendelser")
    if not isinstance(haendelser, list):
        raise _refused("Feltet mangler. Det skal være en liste.", "haendelser")
    if not haendelser:
        raise _refused("Der er ingen hændelser i filen.")
    return KrydsFil(UUID(str(data["kontrakt"])), startet_at, haendelser)


def write(
    *, kontrakt: UUID, startet_at: datetime | None, gemt_at: datetime, haendelser: Iterable[Haendelse]
) -> bytes:
    """The file as `read` takes it, in UTF-8."""
    return orjson.dumps(
        {
            "format": FORMAT,
            "version": VERSION,
            "kontrakt": kontrakt,
            "startet_at": startet_at,
            "gemt_at": gemt_at,
            "haendelser": [asdict(event) for event in haendelser],
        },
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )


def _object_in(content: bytes) -> dict[str, Any]:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise _refused(
            "Filen er gemt som UTF-16. Hent den igen fra enheden, og lad være med at åbne den først."
        )
    try:
        data = orjson.loads(content.removeprefix(BOM_UTF8))
    except orjson.JSONDecodeError as problem:
        raise _refused(f"Filen kan ikke læses. Linje {problem.lineno} er ikke gyldig JSON.") from None
    if not isinstance(data, dict):
        raise _refused(ANOTHER_FILE)
    return data


def _refused(text: str, field: str = "") -> FileRefused:
    return FileRefused([FileProblem(0, field, text)])

"""One's own samtale as a file; and how a file goes out: made whole first, then sent in pieces, then gone.

Made first, since whoever fetches slowly must not keep the database waiting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from tempfile import TemporaryFile
from typing import BinaryIO, Final
from uuid import UUID

from flask import Response, request

from supervision import clock
from supervision.access import viewer
from supervision.observationer import queries
from supervision.observationer.formats.filtyper import FILTYPER, write_samtaler
from supervision.observationer.views import blueprint
from supervision.problems import NotFound

PIECE: Final = 64 * 1024


@blueprint.get("/observationer/<uuid:observation_id>/fil")
def hent_samtale(observation_id: UUID) -> Response:
    """The log of one samtale as `?type=` says, for its fokusperson alone."""
    (samtale,) = queries.iter_own([observation_id], viewer=viewer())
    filtype = chosen(FILTYPER)
    found = FILTYPER[filtype]
    navn = f"Samtale {samtale.log.navn[0]}"
    now = clock.local(clock.now())
    return send_made(
        f"{navn}.{found.ending}",
        found.mimetype,
        lambda out: write_samtaler(filtype, [samtale], out, navn=navn, lavet_at=now),
    )


def chosen(known: Collection[str]) -> str:
    """The type of file that the address asks for; Excel's unless it says. Raises NotFound for an unknown one."""
    filtype = request.args.get("type", "xlsx")
    if filtype not in known:
        raise NotFound
    return filtype


def send_made(filnavn: str, mimetype: str, make: Callable[[BinaryIO], None]) -> Response:
    """An answer with the file that `make` writes. It lies on the disk without a name, and is gone when it is sent."""
    out = TemporaryFile()  # noqa: SIM115
    try:
        make(out)
        size = out.tell()
        out.seek(0)
    except BaseException:
        out.close()
        raise
    response = Response(_pieces(out), content_type=mimetype)
    response.call_on_close(out.close)
    response.content_length = size
    response.headers["Content-Disposition"] = f'attachment; filename="{_ascii(filnavn)}"'
    return response


def _pieces(out: BinaryIO) -> Iterator[bytes]:
    while piece := out.read(PIECE):
        yield piece


def _ascii(filnavn: str) -> str:
    """A name that every system takes: Danish letters spelled out, anything else strange made `-`."""
    for danish, plain in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("Æ", "Ae"), ("Ø", "Oe"), ("Å", "Aa")):
        filnavn = filnavn.replace(danish, plain)
    return re.sub(r"[^A-Za-z0-9._-]+", "-", filnavn)

"""Reads the vectors of this folder; the shorthand is explained in README.md."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from supervision.observationer.rules import Haendelse

Event = dict[str, Any]
EMPTY: dict[str, Any] = {
    "varighed_ms": 0,
    "taletid_ms": {},
    "laengste_tur_ms": {},
    "taletid_andel": {},
    "faser": {},
    "ugu": {"giv": 0, "indrammet": 0, "uden_foer": 0, "uden_efter": 0},
    "faerdigheder": {},
    "elementer": {},
}


def load_vectors() -> list[dict[str, Any]]:
    """All vectors with `log` as events (JSON form) and `maal` with every key."""
    found = []
    for path in sorted(Path(__file__).parent.glob("*.json")):
        for vector in json.loads(path.read_text(encoding="utf-8")):
            given = vector["maal"]
            assert given.keys() <= EMPTY.keys(), vector["name"]
            whole = {**EMPTY, **given, "ugu": {**EMPTY["ugu"], **given.get("ugu", {})}}
            name = f"{path.stem}/{vector['name']}"
            found.append({**vector, "name": name, "log": events_of(vector), "maal": whole})
    return found


def events_of(vector: dict[str, Any]) -> list[Event]:
    """The vector's log as events in JSON form."""
    events = [event(*row) for row in vector["log"]]
    repeat = vector.get("repeat", {"times": 0})
    nr = max((one["nr"] for one in events), default=-1)
    for time in range(repeat["times"]):
        for offset, spor, kode in repeat["rows"]:
            nr += 1
            events.append(event(nr, time * repeat["step_ms"] + offset, spor, kode))
    return events


def event(nr: int, t_ms: int, spor: str, kode: str, own_id: int | str | None = None) -> Event:
    """One event in JSON form from a row of a vector."""
    if kode.startswith("#"):
        kode = id_of(int(kode[1:]))
    own = own_id if isinstance(own_id, str) else id_of(nr if own_id is None else own_id)
    return {"id": own, "nr": nr, "t_ms": t_ms, "spor": spor, "kode": kode}


def id_of(number: int) -> str:
    return str(UUID(int=0xA0000000_0000_4000_8000_000000000000 + number))


def haendelser(events: list[Event]) -> list[Haendelse]:
    """Events in JSON form as the server's own."""
    return [Haendelse(**{**one, "id": UUID(one["id"])}) for one in events]

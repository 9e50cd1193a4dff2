"""What the recorder sends, as values: a batch of events in JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import orjson

from supervision.problems import RuleBroken

MAX_EVENTS = 500
KEYS = frozenset({"startet_at", "haendelser"})


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it came. `startet_at` is aware, in UTC; each event is checked when it is stored."""

    startet_at: datetime | None
    haendelser: list[object]


def parse_batch(body: bytes) -> Batch:
    """Read `{"startet_at": ISO 8601 with zone | null, "haendelser": [...]}`, at most `MAX_EVENTS` events.

    Raises RuleBroken with a Danish text when it is not that.
    """
    data = parse_object(body, KEYS)
    events = data.get("haendelser")
    if not isinstance(events, list):
        raise RuleBroken("Feltet haendelser mangler. Det skal være en liste.", "haendelser")
    if len(events) > MAX_EVENTS:
        raise RuleBroken(
            f"Der må højst være {MAX_EVENTS} hændelser ad gangen; her er {len(events)}.", "haendelser"
        )
    return Batch(_parse_moment(data.get("startet_at")), events)


def parse_object(body: bytes, keys: frozenset[str] = frozenset()) -> dict[str, object]:
    """Read a JSON object with no other keys than these. Raises RuleBroken with a Danish text."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise RuleBroken("Det er ikke gyldig JSON.") from None
    if not isinstance(data, dict):
        raise RuleBroken("Indholdet skal være et JSON-objekt.")
    unknown = sorted(str(key)[:40] for key in data.keys() - keys)
    if unknown:
        raise RuleBroken(f"Feltet »{unknown[0]}« hører ikke til her.", unknown[0])
    return data


def _parse_moment(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment is not None and moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise RuleBroken(
        "Feltet startet_at skal være et tidspunkt med tidszone, som 2027-03-02T10:30:00+01:00, eller null.",
        "startet_at",
    )

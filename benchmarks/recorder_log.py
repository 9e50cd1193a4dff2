"""A log on the server before the recorder is opened, sent as a recorder sends it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from playwright.sync_api import BrowserContext

from .recorder_page import twelve_kendetegn

BATCH = 500
LENGTH_MS = 40 * 60 * 1000


def fill_log(context: BrowserContext, base: str, kontrakt_id: UUID, events: int) -> None:
    """So many events over the last forty minutes, the samtale still running. Raises RuntimeError when refused."""
    startet_at = (datetime.now(UTC) - timedelta(milliseconds=LENGTH_MS)).isoformat()
    made = running_log(events)
    for first in range(0, events, BATCH):
        answer = context.request.post(
            f"{base}/api/kontrakter/{kontrakt_id}/haendelser",
            data={"startet_at": startet_at, "haendelser": made[first : first + BATCH]},
            headers={"X-Supervision": "1", "Origin": base},
        )
        if not answer.ok or answer.json()["afvist"]:
            raise RuntimeError(f"the log was answered with {answer.status}: {answer.text()[:200]}")


def running_log(events: int) -> list[dict[str, Any]]:
    """A begun samtale: one in six events changes the word, the rest are ticks on every kendetegn in turn."""
    koder = twelve_kendetegn()
    taps = [("ur", "start")]
    for nr in range(1, events):
        word = ("taler", ("medarbejder", "borger")[nr // 6 % 2])
        taps.append(word if nr % 6 == 0 else ("faerdighed", koder[nr % len(koder)]))
    return [
        {"id": str(uuid4()), "nr": nr, "t_ms": nr * LENGTH_MS // events, "spor": spor, "kode": kode}
        for nr, (spor, kode) in enumerate(taps)
    ]

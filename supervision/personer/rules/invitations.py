"""How long an invitation opens the door: once, and for three days."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

LIFETIME = timedelta(hours=72)
TOKEN_BYTES = 32
"""256 bits of chance; at least 128 are asked for."""
PASSWORD_CHOSEN = "vaelg_adgangskode"  # noqa: S105
"""The verb in the history when a person chooses a password by invitation."""
PASSWORD_CHANGED = "skift_adgangskode"  # noqa: S105
"""The verb in the history when a person changes the own password."""


class Invitation(Protocol):
    """A link: until when, and whether it was used."""

    @property
    def udloeber_at(self) -> datetime: ...
    @property
    def brugt_at(self) -> datetime | None: ...


def er_aaben(invitation: Invitation, now: datetime) -> bool:
    """Whether the link still works."""
    return invitation.brugt_at is None and now < invitation.udloeber_at

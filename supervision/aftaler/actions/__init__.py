"""Making, changing, accepting, withdrawing and locking a kontrakt."""

from __future__ import annotations

from supervision.aftaler.actions.agreeing import READ_AGAIN, lock_kontrakt, say_yes, withdraw
from supervision.aftaler.actions.changing import (
    add_metode,
    change_kontrakt,
    plan_emner,
    take_linje,
    take_skabelon,
)
from supervision.aftaler.actions.making import (
    GM_FIRST,
    add_fokusperson,
    add_observatoer,
    check_open_to_more,
    create_kontrakt,
)
from supervision.aftaler.actions.writing import known_koder, known_linjer, known_principper

__all__ = [
    "GM_FIRST",
    "READ_AGAIN",
    "add_fokusperson",
    "add_metode",
    "add_observatoer",
    "change_kontrakt",
    "check_open_to_more",
    "create_kontrakt",
    "known_koder",
    "known_linjer",
    "known_principper",
    "lock_kontrakt",
    "plan_emner",
    "say_yes",
    "take_linje",
    "take_skabelon",
    "withdraw",
]

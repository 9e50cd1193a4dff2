"""What a rule is: a name, a reason, patterns that make it speak, and patterns that make it silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PERSON: Final = "DU|HUN"


@dataclass(frozen=True, slots=True)
class Regel:
    """`grund` is the key of its explanation. It speaks when one of `naar` is found and none of `ikke` is."""

    navn: str
    grund: str
    naar: tuple[str, ...]
    ikke: tuple[str, ...] = ()


def er(who: str, what: str, between: str = "ADV*") -> tuple[str, ...]:
    """Patterns for "who is (was, became, has been) what", in straight and in turned word order."""
    return (
        f"{who} ADV* VAERE {between} {what}",
        f"{who} ADV* HAVE|MAA|KAN|VIL ADV* HAVE? ADV* VAERE {between} {what}",
        f"VAERE {who} {between} {what}",
        f"HAVE|MAA|KAN {who} ADV* HAVE? VAERE {between} {what}",
        f"{who} ,? som|der ADV* VAERE {between} {what}",
    )

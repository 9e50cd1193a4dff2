"""A fokuspunkt may come from a line of the fokusperson's own læringspil, and goes on doing so when it is reworded."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from supervision.aftaler.rules.words import FOKUS_MAX

Fokus = Sequence[tuple[str, UUID | None]]
"""(text, line or None) for each focus."""


def carry_linjer(before: Fokus, after: Sequence[str]) -> list[UUID | None]:
    """Text for text of `after` the line it comes from: that of the same text, else of the text it stands in place of.

    A text that has moved takes its line along; one that was taken out leaves nothing behind.
    """
    by_text = dict(before)
    gone = [text not in after for text, _ in before]
    found: list[UUID | None] = []
    for place, text in enumerate(after):
        if text in by_text:
            found.append(by_text[text])
        else:
            found.append(before[place][1] if place < len(before) and gone[place] else None)
    return found


def can_take_linje(fokus: Fokus, linje: UUID | None) -> bool:
    """Whether there is room for one more focus, and the line is not there yet."""
    return linje is not None and len(fokus) < FOKUS_MAX and all(known != linje for _, known in fokus)


def add_linje(fokus: Fokus, text: str, linje: UUID) -> list[tuple[str, UUID | None]]:
    """The focus with a line's words at its end; words that stand there already get the line."""
    if any(known == linje for _, known in fokus):
        return list(fokus)
    if text in [known for known, _ in fokus]:
        return [(known, linje if known == text else one) for known, one in fokus]
    return [*fokus, (text, linje)]

"""The chosen kendetegn as a list in order: what each button does to it."""

from __future__ import annotations

from collections.abc import Sequence


def change_palet(koder: Sequence[str], handling: str) -> tuple[str, ...]:
    """The list after a button: `tilfoej:KODE`, `fjern:KODE`, `op:KODE`, `ned:KODE`; else as it was.

    Adding what is there, or moving past an end, changes nothing.
    """
    verb, _, kode = handling.partition(":")
    chosen = list(dict.fromkeys(koder))
    if verb == "tilfoej" and kode and kode not in chosen:
        return (*chosen, kode)
    if kode not in chosen:
        return tuple(chosen)
    place = chosen.index(kode)
    if verb == "fjern":
        chosen.remove(kode)
    elif verb == "op" and place > 0:
        chosen[place - 1], chosen[place] = chosen[place], chosen[place - 1]
    elif verb == "ned" and place < len(chosen) - 1:
        chosen[place + 1], chosen[place] = chosen[place], chosen[place + 1]
    return tuple(chosen)

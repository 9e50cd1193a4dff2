"""The chosen kendetegn as a list in order: what each button does to it."""

from __future__ import annotations

from collections.abc import Sequence


def add_to_palet(koder: Sequence[str], more: Sequence[str], most: int) -> tuple[tuple[str, ...], int, int]:
    """The list with more at its end, as far as there is room: (list, how many were put in, how many did not fit)."""
    new = [kode for kode in dict.fromkeys(more) if kode not in koder]
    room = max(0, most - len(koder))
    return (*koder, *new[:room]), len(new[:room]), len(new[room:])


def lagt_i(navn: str, put: int, left: int) -> str:
    """What came of putting a method's kendetegn into a kontrakt, in words."""
    if not put and not left:
        return f"Kendetegnene fra {navn} stod der allerede."
    if not put:
        return (
            f"Der er tolv kendetegn i forvejen, så {_number(left)} fra {navn} kom ikke med. Fjern et først."
        )
    words = f"{_number(put).capitalize()} fra {navn} er lagt i kontrakten."
    return words + (f" Der var ikke plads til {_number(left)}: der kan højst være tolv." if left else "")


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


def _number(count: int) -> str:
    words = ("ingen", "ét", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv")
    return f"{words[count] if count < len(words) else count} kendetegn"

"""Random logs with small times, so that equal moments, cuts and repeats happen all the time."""

import random

from vectors import Event, id_of

_KODER = {
    "ur": ("start", "pause", "genoptag", "slut"),
    "taler": ("medarbejder", "borger", "medarbejder2", "tredje", "samtidig", "stilhed", ""),
    "fase": ("kontrakt", "emne", "timeout", "afslutning", ""),
    "emne": ("1", "2", ""),
    "ugu": ("undersoeg", "giv", ""),
    "element": ("kontrakt.formaal", "timeout.genforhandling"),
    "faerdighed": ("spejling", "aabent_spoergsmaal"),
    "note": ("ro",),
    "kropssprog": ("nik",),
}


def random_log(rng: random.Random, *, longest_ms: int = 40) -> list[Event]:
    """0 to 40 events in no order; some taken back, some numbers equal, clock events rarer than the rest."""
    events: list[Event] = []
    for number in range(rng.randrange(41)):
        spor = rng.choices([*_KODER, "fortryd"], [2, 6, 4, 2, 5, 1, 1, 1, 1, 3])[0]
        kode = id_of(rng.randrange(45)) if spor == "fortryd" else rng.choice(_KODER[spor])
        nr = rng.choice((number, rng.randrange(41)))
        t_ms = rng.randrange(longest_ms + 1)
        events.append({"id": id_of(number), "nr": nr, "t_ms": t_ms, "spor": spor, "kode": kode})
    rng.shuffle(events)
    return events

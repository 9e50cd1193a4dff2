"""Who is paired with whom in each round of the demo: by the product's own rule. Pure."""

from __future__ import annotations

from functools import cache

from supervision.demo.ids import id_of
from supervision.demo.people import BY_KEY, Gruppe
from supervision.grupper.rules.pardannelse import Kandidat, foreslaa_par, retninger


@cache
def list_par(gruppe: Gruppe, nr: int) -> tuple[tuple[str, ...], ...]:
    """The pairs of the `nr`th round, by the keys of their people; not those of the round before."""
    keys = {id_of("person", key): key for key in gruppe.medlemmer}
    earlier = [
        [tuple(id_of("person", key) for key in one) for one in list_par(gruppe, before)]
        for before in range(nr - 1, -1, -1)
    ]
    found = foreslaa_par(
        (Kandidat(who, id_of("hus", BY_KEY[key].hus)) for who, key in keys.items()),
        tidligere=earlier,
        froe=f"{gruppe.key}:{nr}",
    )
    return tuple(tuple(keys[who] for who in one) for one in found)


@cache
def list_visits(gruppe: Gruppe, nr: int) -> tuple[tuple[str, str], ...]:
    """(fokusperson, observatør) in the order in which the lines of the oversigt are made."""
    keys = {id_of("person", key): key for key in gruppe.medlemmer}
    groups = [tuple(id_of("person", key) for key in one) for one in list_par(gruppe, nr)]
    return tuple((keys[one], keys[other]) for group in groups for one, other in retninger(group))


def list_late(gruppe: Gruppe, nr: int) -> list[tuple[str, str]]:
    """The visits that are put off to the end of the round, and get no kontrakt."""
    return [visit for place, visit in enumerate(list_visits(gruppe, nr)) if (place + nr) % 4 == 1]


def observer_of(gruppe: Gruppe, nr: int, person: str) -> str | None:
    """Who attends the person's first samtale in the round; None when it is put off to its end."""
    if any(observed == person for observed, _ in list_late(gruppe, nr)):
        return None
    return dict(list_visits(gruppe, nr))[person]

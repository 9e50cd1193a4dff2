"""The facts behind the information page and the documents: who sees what, and for how long it stays.

Made of access_matrix.yml and privacy_map.yml, which the product itself is run by, and of what is set for retention; so
what is said here cannot be something else than what is done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from supervision.access import matrix
from supervision.privacy import privacy_map
from supervision.rettigheder.rules import gaeldende, tid

SYNSPUNKTER = {
    "ejer": "Du",
    "observatoer": "Observatøren",
    "kollega": "Kolleger i teamet",
    "teamleder": "Din teamleder",
    "supervisor": "Supervisor",
    "administrator": "Administrator",
}
"""The viewpoints of the matrix that a person asks about, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Synlig:
    """One thing and who gets an answer when they ask for it. hvem: viewpoints of `SYNSPUNKTER`."""

    key: str
    navn: str
    hvem: frozenset[str]
    gruppe: bool

    @property
    def i_ord(self) -> str:
        """Those who see it, in words."""
        words = {**SYNSPUNKTER, "teamleder": "Gruppens facilitator" if self.gruppe else "Din teamleder"}
        found = [words[key] for key in SYNSPUNKTER if key in self.hvem]
        if self.gruppe:
            found.insert(1, "gruppens medlemmer")
        return (
            ", ".join([found[0], *(word[0].lower() + word[1:] for word in found[1:])]) if found else "Ingen"
        )


@dataclass(frozen=True, slots=True)
class Frist:
    """For how long one class of data stays. hvad: the kinds in it; tid: in words."""

    key: str
    navn: str
    fra: str
    tid: str
    hvad: tuple[str, ...]


@cache
def synlige() -> tuple[Synlig, ...]:
    """Every thing about a person with its viewers, in the order of the map."""
    seen: dict[str, set[str]] = {}
    for rule in matrix().values():
        if rule.object:
            seen.setdefault(rule.object, set()).update(rule.seen_by)
    return tuple(
        Synlig(key, genstand.navn, frozenset(seen[key] & set(SYNSPUNKTER)), genstand.gruppe)
        for key, genstand in privacy_map().genstande.items()
        if key in seen
    )


def aabent_for(synspunkt: str) -> list[str]:
    """The names of what a viewpoint gets an answer for, apart from what groups share."""
    return [thing.navn for thing in synlige() if synspunkt in thing.hvem and not thing.gruppe]


def skjult_for(synspunkt: str) -> list[str]:
    """The names of what a viewpoint gets no answer for, apart from what groups share."""
    return [thing.navn for thing in synlige() if synspunkt not in thing.hvem and not thing.gruppe]


def frister(valgt: Mapping[str, int] | None = None) -> list[Frist]:
    """Every class of retention. valgt: class -> days as an organisation has set them; the defaults without."""
    kort = privacy_map()
    dage = gaeldende(kort.klasser, valgt or {})
    return [
        Frist(
            key,
            klasse.navn,
            klasse.fra,
            tid(dage[key]) if key in dage else "",
            tuple(t.holds for t in kort.tabeller.values() if t.keep == key and t.stier),
        )
        for key, klasse in kort.klasser.items()
    ]


@cache
def udgave() -> str:
    """A mark of the facts as they stand: another one when who sees what, or what is held, is another."""
    kort = privacy_map()
    facts = [
        [[thing.navn, thing.i_ord] for thing in synlige()],
        [[tabel.navn, tabel.holds, tabel.keep] for tabel in kort.tabeller.values()],
        [[klasse.navn, klasse.fra, klasse.dage] for klasse in kort.klasser.values()],
        kort.bliver,
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()[:16]


def undeclared(kinds: set[str]) -> set[str]:
    """The matrix's objects that the map neither words nor puts aside, and those that it words and are not there."""
    kort = privacy_map()
    return kinds ^ (set(kort.genstande) | set(kort.andre))

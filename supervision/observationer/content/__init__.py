"""The scripted practice samtaler: read once from the content files, each with its worked key as an event log.

A line is what one person says, from when and for how long (ms). A thing of the key hangs on its words: a state (fase,
emne, ugu) begins where they begin, a point (element, kendetegn) has happened where they end. Who speaks follows from
the lines: the one who speaks has the word until somebody else does, unless it is quiet for `STILLE_MS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml

from supervision.observationer.rules import TILSTANDSSPOR, Haendelse

FOLDER = Path(__file__).resolve().parent
STILLE_MS = 2000
_NAMESPACE = UUID("f0f6a3a2-6f0f-5b8e-8c43-0a4f6f1d5c19")


@dataclass(frozen=True, slots=True)
class Svar:
    """One thing of the worked key, and why. replik: the number of the line it hangs on, from 0."""

    spor: str
    kode: str
    t_ms: int
    fordi: str
    replik: int


@dataclass(frozen=True, slots=True)
class Replik:
    """One line: who says it (a code of `taler`), when, for how long, and the words."""

    taler: str
    fra_ms: int
    varer_ms: int
    tekst: str

    @property
    def til_ms(self) -> int:
        """When it has been said."""
        return self.fra_ms + self.varer_ms


@dataclass(frozen=True, slots=True)
class Eksempel:
    """A colleague's feedback on the samtale, all on their own banehalvdel."""

    lykkedes: tuple[str, ...]
    iagttagelse: tuple[str, ...]
    oplevelse: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manuskript:
    """A practice samtale. oev: what it is good to practise on. fokus, udenfor: the made-up colleague's own words."""

    key: str
    nr: int
    udgave: int
    navn: str
    om: str
    oev: str
    samtaletype: str
    skabelon: str
    gm_variant: str
    parter: tuple[str, ...]
    kendetegn: tuple[str, ...]
    fokus: tuple[str, ...]
    udenfor: str
    eksempel: Eksempel
    replikker: tuple[Replik, ...]
    svar: tuple[Svar, ...]

    @property
    def varer_ms(self) -> int:
        """How long it takes to play."""
        return self.replikker[-1].til_ms

    def noegle(self, til_ms: int | None = None) -> list[Haendelse]:
        """The key as an observer's log, up to `til_ms` (None: to the end). The ids are the same every time."""
        end = self.varer_ms if til_ms is None else min(til_ms, self.varer_ms)
        found = [(0, "ur", "start"), *self._talere(), *((s.t_ms, s.spor, s.kode) for s in self.svar)]
        kept = [one for one in sorted(found, key=lambda one: one[0]) if one[0] <= end]
        return [
            Haendelse(uuid5(_NAMESPACE, f"{self.key}:{self.udgave}:{nr}"), nr, *one)
            for nr, one in enumerate([*kept, (end, "ur", "slut")])
        ]

    def _talere(self) -> Iterator[tuple[int, str, str]]:
        before: Replik | None = None
        for replik in self.replikker:
            if before is None and replik.fra_ms > 0:
                yield 0, "taler", "stilhed"
            elif before is not None and replik.fra_ms - before.til_ms >= STILLE_MS:
                yield before.til_ms, "taler", "stilhed"
            yield replik.fra_ms, "taler", replik.taler
            before = replik


@cache
def load_manuskripter() -> tuple[Manuskript, ...]:
    """The practice samtaler of the product, in their order."""
    return read_manuskripter(FOLDER)


def read_manuskripter(folder: Path) -> tuple[Manuskript, ...]:
    """Every practice samtale of a folder, in their order. Raises KeyError or ValueError when one is not whole."""
    found = [
        _read(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.yaml"))
    ]
    return tuple(sorted(found, key=lambda one: one.nr))


def find_manuskript(key: str) -> Manuskript | None:
    """The practice samtale with this key, or None."""
    return next((one for one in load_manuskripter() if one.key == key), None)


def _read(raw: Mapping[str, Any]) -> Manuskript:
    lines = tuple(Replik(r["taler"], r["fra_ms"], r["varer_ms"], r["tekst"]) for r in raw["replikker"])
    svar = [
        _svar(thing, lines[nr], nr)
        for nr, line in enumerate(raw["replikker"])
        for thing in line.get("noegle", ())
    ]
    lists = {name: tuple(raw[name]) for name in ("parter", "kendetegn", "fokus")}
    known: dict[str, Any] = {**raw, **lists}
    del known["eksempel"], known["replikker"]
    return Manuskript(
        **known,
        eksempel=Eksempel(**{name: tuple(words) for name, words in raw["eksempel"].items()}),
        replikker=lines,
        svar=tuple(sorted(svar, key=lambda one: (one.t_ms, one.replik))),
    )


def _svar(raw: Mapping[str, Any], line: Replik, nr: int) -> Svar:
    """Raises ValueError when the words are not in the line."""
    words, state = raw.get("ved", ""), raw["spor"] in TILSTANDSSPOR
    place = line.tekst.index(words) if words else 0
    if not state:
        place = place + len(words) if words else len(line.tekst)
    t_ms = line.fra_ms + line.varer_ms * place // len(line.tekst)
    return Svar(raw["spor"], str(raw["kode"]), t_ms, raw["fordi"], nr)

"""The models that a tick is shown in: their places, which kendetegn count there, and what should be told in sequence.

A tick is logged once. A model is a view of the log: the same kendetegn may have a place in several models, and in each
of them it has one place only, so that a picture never shows a tick twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from supervision.katalog.rules.metoder import OBSERVERBARE_TYPER, Metode, Udgave

BILLEDER = {
    "firkant": "fire felter efter to akser",
    "felter": "felter i den rækkefølge, de står",
    "par": "par, der står over for hinanden",
}
"""How a model is drawn."""

LOGTAL = {
    "fase.kontrakt": ("ingen kontraktfase i loggen", "én kontraktfase i loggen", "{} kontraktfaser i loggen"),
    "fase.timeout": ("ingen timeout i loggen", "én timeout i loggen", "{} timeouts i loggen"),
    "fase.afslutning": ("ingen afslutning i loggen", "én afslutning i loggen", "{} afslutninger i loggen"),
    "ugu.foer": ("intet U før et G", "U før ét G", "U før {} G"),
    "ugu.giv": ("intet G i loggen", "ét G i loggen", "{} G i loggen"),
    "ugu.efter": ("intet U efter et G", "U efter ét G", "U efter {} G"),
}
"""What the log tells of a place without any kendetegn, in words: of none, of one, of more."""


@dataclass(frozen=True, slots=True)
class Sted:
    """One place of a model: a cell, a letter, a step, one side of a pair.

    koder: every code that counts here. tegn: what stands in front of the name ("1", "S"). ogsaa: another source's
    name for it. uden_kryds: why nothing can be ticked here. log: one of LOGTAL. bund: it lies under the others.
    """

    key: str
    navn: str
    koder: tuple[str, ...] = ()
    tegn: str = ""
    ogsaa: str = ""
    uden_kryds: str = ""
    log: str = ""
    bund: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """One model. metode: the method it is the picture of. akser: names of columns, then of rows (`firkant` only).

    viser, viser_ikke: what the picture shows and what it does not. tavle: the page lists the UGU loops by emne too.
    """

    key: str
    navn: str
    metode: str
    billede: str
    viser: str
    viser_ikke: str
    steder: tuple[Sted, ...]
    akser: tuple[str, ...] = ()
    tavle: bool = False

    @property
    def koder(self) -> frozenset[str]:
        """Every code that has a place in the model."""
        return frozenset(kode for sted in self.steder for kode in sted.koder)

    @property
    def felter(self) -> tuple[Sted, ...]:
        """The places that are not under the others."""
        return tuple(sted for sted in self.steder if not sted.bund)


@dataclass(frozen=True, slots=True)
class Raekkefoelge:
    """What should be told with what came just before it. giv: a G of UGU is one of its moments too."""

    key: str
    navn: str
    hvorfor: str
    koder: tuple[str, ...]
    giv: bool = False


@dataclass(frozen=True, slots=True)
class Modeller:
    """All of them, in the order of the page, and the version of their file."""

    modeller: tuple[Model, ...] = ()
    raekkefoelger: tuple[Raekkefoelge, ...] = ()
    udgave: Udgave | None = None


def tickable(metode: Metode) -> tuple[str, ...]:
    """The codes of a method that somebody can tick while the samtale runs."""
    if metode.type not in OBSERVERBARE_TYPER:
        return ()
    return tuple(tegn.kode for tegn in metode.kendetegn if not tegn.maales)


def unanswered(
    model: Model,
    hele: Collection[str],
    uden: Collection[str],
    metoder: Mapping[str, Metode],
    egne: Collection[str],
) -> Iterator[str]:
    """The methods that `kobler_til` says belong to the model, but that it neither counts nor leaves out by name.

    hele: the methods that it counts whole. uden: those that it leaves out. egne: methods that a model is the picture
    of; what such a method names is answered in its own model. A method with nothing to tick asks for nothing.
    """
    for key in linked(model, hele, metoder, egne):
        codes = tickable(metoder[key])
        if key not in uden and codes and not model.koder & set(codes):
            yield key


def linked(
    model: Model, hele: Collection[str], metoder: Mapping[str, Metode], egne: Collection[str]
) -> tuple[str, ...]:
    """The methods that the model's own method and those it counts whole name in `kobler_til`, or are named by."""
    own = {model.metode, *hele}
    named = [other for key in metoder if key in own for other in metoder[key].kobler_til]
    naming = [key for key, metode in metoder.items() if key not in egne and own & set(metode.kobler_til)]
    return tuple(dict.fromkeys(key for key in (*named, *naming) if key not in own))

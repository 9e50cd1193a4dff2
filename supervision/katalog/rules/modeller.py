"""The models that a tick is shown in: their places, which kendetegn count there, and what should be told in sequence.

A tick is logged once. A model is a view of the log: the same kendetegn may have a place in several models, and in each
of them it has one place only, so that a picture never shows a tick twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from supervision.katalog.rules.metoder import Metode, Udgave

BILLEDER = {
    "firkant": "fire felter efter to akser",
    "felter": "felter i den rækkefølge, de står",
    "par": "par, der står over for hinanden",
}
"""How a model is drawn."""

TAVLER = {
    "ugu": "U og G i hvert emne",
    "vaerdiloop": "hvert værdiloop med sine runder",
}
"""What the page lists under a model besides, read from the log."""

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
class Redskab:
    """One method behind a place. lokalt: its source only names it, so its kendetegn are a proposal."""

    key: str
    navn: str
    koder: tuple[str, ...]
    lokalt: bool = False


@dataclass(frozen=True, slots=True)
class Sted:
    """One place of a model: a cell, a letter, a step, one side of a pair.

    koder: every code that counts here. redskaber: the methods that count whole. tegn: what stands in front of the name
    ("1", "S"). ogsaa: another source's name for it. dertil: what each of the two sources says of it (() or two).
    uden_kryds: why nothing can be ticked here. log: one of LOGTAL. bund: it lies under the others. gruppe: the heading
    it stands under, "" for none.
    """

    key: str
    navn: str
    koder: tuple[str, ...] = ()
    redskaber: tuple[Redskab, ...] = ()
    tegn: str = ""
    ogsaa: str = ""
    dertil: tuple[str, ...] = ()
    uden_kryds: str = ""
    log: str = ""
    bund: bool = False
    gruppe: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """One model. metode: the method it is the picture of, "" when it is of several.

    viser, viser_ikke: what the picture shows and what it does not. akser: names of columns, then of rows (`firkant`
    only). tavle: one of TAVLER, or "". ord: the two sources whose names its places have, () for one source alone.
    forhold: pairs of places whose ticks are told against each other. tid: its ticks are drawn along the samtale.
    redskaber: each place names the methods behind it. frem: the codes that bring the model on the page; others count
    in it, but do not.
    """

    key: str
    navn: str
    metode: str
    billede: str
    viser: str
    viser_ikke: str
    steder: tuple[Sted, ...]
    akser: tuple[str, ...] = ()
    tavle: str = ""
    ord: tuple[str, ...] = ()
    forhold: tuple[tuple[str, str], ...] = ()
    tid: bool = False
    redskaber: bool = False
    frem: frozenset[str] = frozenset()

    def in_words_of(self, kilde: str) -> Model:
        """The same model in the names of one of its two sources ("cabi"), that source first in `ord`.

        Of `dertil` only that source's sentence stays. In the names of the first for any other word.
        """
        if not self.ord:
            return self
        other = self.ord[1].lower() == kilde
        steder = tuple(
            replace(
                sted,
                navn=sted.ogsaa if other else sted.navn,
                ogsaa=sted.navn if other else sted.ogsaa,
                dertil=sted.dertil[1:] if other else sted.dertil[:1],
            )
            for sted in self.steder
        )
        return replace(self, steder=steder, ord=self.ord[::-1] if other else self.ord)

    def with_smart_a(self, navn: str) -> Model:
        """SMART with what its A is called where one works; every other model as it is."""
        if self.key != "smart":
            return self
        steder = (replace(sted, navn=navn) if sted.key == "a" else sted for sted in self.steder)
        return replace(self, steder=tuple(steder))

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
    """What should be told with what came just before it.

    giv: a G of UGU is one of its moments too. efter: what came just after is told as well.
    """

    key: str
    navn: str
    hvorfor: str
    koder: tuple[str, ...]
    giv: bool = False
    efter: bool = False


@dataclass(frozen=True, slots=True)
class Modeller:
    """All of them, in the order of the page, and the version of their file."""

    modeller: tuple[Model, ...] = ()
    raekkefoelger: tuple[Raekkefoelge, ...] = ()
    udgave: Udgave | None = None


def tickable(metode: Metode) -> tuple[str, ...]:
    """The codes of a method that somebody can tick while the samtale runs."""
    return tuple(tegn.kode for tegn in metode.kan_krydses)


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

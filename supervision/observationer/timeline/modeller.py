"""From event log to the models: how often each place was ticked, and whether anybody had agreed to look there.

A tick is one event and counts once in the log; it is shown once in every model that has a place for its kendetegn. As
in the measures, what was taken back does not count, what was ticked in a pause does, and what lies outside
[start, end] does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from supervision.katalog.rules.modeller import LOGTAL, Model, Sted
from supervision.observationer import measures
from supervision.observationer.rules import Haendelse


@dataclass(frozen=True, slots=True)
class Kryds:
    """One kendetegn: how often it was ticked, and whether it was agreed to look for (None: nobody knows)."""

    kode: str
    antal: int
    aftalt: bool | None


@dataclass(frozen=True, slots=True)
class StedTal:
    """One place with the kendetegn that were agreed on or ticked there.

    kendt_aftale: whether anybody knows what was agreed on. log: what the log tells besides, or None.
    """

    sted: Sted
    kryds: tuple[Kryds, ...]
    kendt_aftale: bool = True
    log: int | None = None

    @property
    def antal(self) -> int:
        """How many ticks count here."""
        return sum(kryds.antal for kryds in self.kryds)

    @property
    def tilstand(self) -> str:
        """`talt`: ticked. `nul`: looked for, not ticked. `ikke_aftalt`: nobody looked. `ukendt`: nobody knows.

        `uden_kryds`: nothing can be ticked here.
        """
        if self.sted.uden_kryds:
            return "uden_kryds"
        if self.kryds:
            return "talt" if self.antal else "nul"
        return "ikke_aftalt" if self.kendt_aftale else "ukendt"

    @property
    def log_ord(self) -> str:
        """What the log tells besides, in words; "" for nothing."""
        if self.log is None:
            return ""
        return LOGTAL[self.sted.log][min(self.log, 2)].format(self.log)


@dataclass(frozen=True, slots=True)
class ModelTal:
    """One model with its places, in the model's order."""

    model: Model
    steder: tuple[StedTal, ...]

    @property
    def felter(self) -> tuple[StedTal, ...]:
        """The places that are not under the others."""
        return tuple(sted for sted in self.steder if not sted.sted.bund)

    @property
    def bund(self) -> tuple[StedTal, ...]:
        """Those that are."""
        return tuple(sted for sted in self.steder if sted.sted.bund)

    @property
    def par(self) -> tuple[tuple[StedTal, StedTal], ...]:
        """The places two and two."""
        felter = self.felter
        return tuple(zip(felter[::2], felter[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class Hvor:
    """One kendetegn of the log and the models that show it, by name; () when no model does."""

    kryds: Kryds
    modeller: tuple[str, ...]


def count_models(
    haendelser: Iterable[Haendelse], modeller: Iterable[Model], aftalt: Collection[str] | None
) -> tuple[ModelTal, ...]:
    """The models that at least one agreed or ticked kendetegn belongs to, in the given order.

    aftalt: the codes of the kontrakt; None for a log without one, of which nobody knows what was looked for.
    """
    events = list(haendelser)
    maal = measures.maal(events)
    antal = _ticks(events)
    known = antal.keys() | set(aftalt or ())
    return tuple(
        ModelTal(model, tuple(_sted(sted, antal, aftalt, maal) for sted in model.steder))
        for model in modeller
        if model.koder & known
    )


def list_ticks(
    haendelser: Iterable[Haendelse], modeller: Iterable[Model], aftalt: Collection[str] | None
) -> tuple[Hvor, ...]:
    """Every kendetegn that was agreed on or ticked, in the kontrakt's order and then the log's, with its models."""
    antal = _ticks(list(haendelser))
    shown = list(modeller)
    return tuple(
        Hvor(_kryds(kode, antal, aftalt), tuple(model.navn for model in shown if kode in model.koder))
        for kode in dict.fromkeys((*(aftalt or ()), *antal))
    )


def _ticks(events: list[Haendelse]) -> Mapping[str, int]:
    """Ticks by code, in the order in which they first came."""
    return Counter(h.kode for h in measures.points(events, "faerdighed"))


def _sted(
    sted: Sted, antal: Mapping[str, int], aftalt: Collection[str] | None, maal: measures.Maal
) -> StedTal:
    known = [kode for kode in sted.koder if kode in antal or kode in (aftalt or ())]
    return StedTal(
        sted,
        tuple(_kryds(kode, antal, aftalt) for kode in known),
        aftalt is not None,
        _of_the_log(sted.log, maal) if sted.log else None,
    )


def _kryds(kode: str, antal: Mapping[str, int], aftalt: Collection[str] | None) -> Kryds:
    return Kryds(kode, antal.get(kode, 0), None if aftalt is None else kode in aftalt)


def _of_the_log(what: str, maal: measures.Maal) -> int:
    """A figure of `katalog.rules.modeller.LOGTAL`."""
    spor, _, kode = what.partition(".")
    if spor == "fase":
        return maal["faser"][kode]["antal"] if kode in maal["faser"] else 0
    ugu = maal["ugu"]
    return {
        "foer": ugu["giv"] - ugu["uden_foer"],
        "giv": ugu["giv"],
        "efter": ugu["giv"] - ugu["uden_efter"],
    }[kode]

"""From event log to the models: how often each place was ticked, and whether anybody had agreed to look there.

A tick is one event and counts once in the log; it is shown once in every model that has a place for its kendetegn. As
in the measures, what was taken back does not count, what was ticked in a pause does, and what lies outside
[start, end] does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from supervision.katalog.rules.modeller import LOGTAL, Model, Redskab, Sted
from supervision.observationer import measures
from supervision.observationer.rules import Haendelse
from supervision.observationer.timeline.shapes import Scale


@dataclass(frozen=True, slots=True)
class Kryds:
    """One kendetegn: how often it was ticked, and whether it was agreed to look for (None: nobody knows)."""

    kode: str
    antal: int
    aftalt: bool | None


@dataclass(frozen=True, slots=True)
class RedskabTal:
    """One method behind a place: how often its kendetegn were ticked, and whether any was agreed on or ticked."""

    redskab: Redskab
    antal: int
    i_brug: bool


@dataclass(frozen=True, slots=True)
class Prik:
    """One tick along the samtale: its raw time, and its place in per cent from start to end."""

    t_ms: int
    x: float


@dataclass(frozen=True, slots=True)
class StedTal:
    """One place with the kendetegn that were agreed on or ticked there.

    kendt_aftale: whether anybody knows what was agreed on. log: what the log tells besides, or None. prikker: its
    ticks along the samtale, in time order. redskaber: the methods behind it.
    """

    sted: Sted
    kryds: tuple[Kryds, ...]
    kendt_aftale: bool = True
    log: int | None = None
    prikker: tuple[Prik, ...] = ()
    redskaber: tuple[RedskabTal, ...] = ()

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
    def aftalt_eller_krydset(self) -> bool:
        """Whether somebody looked here, or ticked all the same."""
        return bool(self.kryds) or not self.kendt_aftale

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
    def grupper(self) -> tuple[tuple[str, tuple[StedTal, ...]], ...]:
        """The same under their headings; "" is the heading of a model that has none."""
        return tuple(
            (navn, tuple(steder)) for navn, steder in groupby(self.felter, lambda sted: sted.sted.gruppe)
        )

    @property
    def forhold(self) -> tuple[tuple[StedTal, StedTal], ...]:
        """The places that are told against each other, two and two."""
        by_key = {sted.sted.key: sted for sted in self.steder}
        return tuple((by_key[one], by_key[other]) for one, other in self.model.forhold)

    @property
    def langs_tiden(self) -> tuple[StedTal, ...]:
        """The places with ticks to draw along the samtale; () when the model is not drawn so."""
        return tuple(sted for sted in self.steder if sted.prikker) if self.model.tid else ()

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
    """The models that at least one agreed or ticked kendetegn brings on the page (`Model.frem`).

    First those that most of these kendetegn have a place in; those with as many, in the given order.
    aftalt: the codes of the kontrakt; None for a log without one, of which nobody knows what was looked for.
    """
    log = _Log(list(haendelser), aftalt)
    shown = sorted(
        (model for model in modeller if model.frem & log.kendte),
        key=lambda model: -len(model.koder & log.kendte),
    )
    return tuple(ModelTal(model, tuple(_sted(sted, log) for sted in model.steder)) for model in shown)


def list_ticks(
    haendelser: Iterable[Haendelse], modeller: Iterable[Model], aftalt: Collection[str] | None
) -> tuple[Hvor, ...]:
    """Every kendetegn that was agreed on or ticked, in the kontrakt's order and then the log's.

    Each with the names of the models that show it.
    """
    events, shown = list(haendelser), list(modeller)
    log = _Log(events, aftalt)
    on_page = [model for model in shown if model.frem & log.kendte]
    return tuple(
        Hvor(_kryds(kode, log), tuple(model.navn for model in on_page if kode in model.koder))
        for kode in dict.fromkeys((*(aftalt or ()), *log.tider))
    )


class _Log:
    """What one log says to every model. tider: times of the ticks by code, in the order in which they first came."""

    def __init__(self, events: list[Haendelse], aftalt: Collection[str] | None) -> None:
        self.aftalt = aftalt
        self.maal = measures.maal(events)
        self.tider: dict[str, list[int]] = {}
        for h in measures.points(events, "faerdighed"):
            self.tider.setdefault(h.kode, []).append(h.t_ms)
        self.kendte = self.tider.keys() | set(aftalt or ())
        self._scale = Scale(*measures.start_end(events))

    def prikker(self, koder: Iterable[str]) -> tuple[Prik, ...]:
        """The ticks of all the codes, in time order."""
        times = sorted(t_ms for kode in koder for t_ms in self.tider.get(kode, ()))
        return tuple(Prik(t_ms, self._scale.x(t_ms)) for t_ms in times)


def _sted(sted: Sted, log: _Log) -> StedTal:
    return StedTal(
        sted,
        tuple(_kryds(kode, log) for kode in sted.koder if kode in log.kendte),
        log.aftalt is not None,
        _of_the_log(sted.log, log.maal) if sted.log else None,
        log.prikker(sted.koder),
        tuple(_redskab(redskab, log) for redskab in sted.redskaber),
    )


def _redskab(redskab: Redskab, log: _Log) -> RedskabTal:
    count = sum(len(log.tider.get(kode, ())) for kode in redskab.koder)
    return RedskabTal(redskab, count, i_brug=bool(log.kendte & set(redskab.koder)))


def _kryds(kode: str, log: _Log) -> Kryds:
    return Kryds(kode, len(log.tider.get(kode, ())), None if log.aftalt is None else kode in log.aftalt)


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

"""The engine: tables of rules are asked in the order of the guideline; the first whose rule speaks is the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .forklaringer import forklar
from .maerkning import Linje, Ord, tag
from .moenstre import Moenster, compile_moenster, find
from .regel import Regel
from .regler_egen import DETALJE, KONKRET, OPLEVELSE, SANSNING, VAGT
from .regler_fortolkning import FORTOLKNING
from .regler_raad import RAAD
from .regler_vurdering import VURDERING
from .saetninger import spans

LABELS: Final = ("iagttagelse", "oplevelse", "fortolkning", "godt_raad", "vurdering", "ukonkret")
DECIDES: Final = ("godt_raad", "fortolkning", "vurdering", "oplevelse", "iagttagelse", "ukonkret")
"""Which label counts for a text of several sentences, first to last."""
EGEN: Final = ("iagttagelse", "oplevelse")


@dataclass(frozen=True, slots=True)
class Dom:
    """The answer for one sentence: its label, why, a way to rephrase, the words that decided, the rule's name.

    forslag: empty on one's own half. fra, til: where the sentence stands in the text that was given.
    """

    label: str
    hvorfor: str
    forslag: str
    ord: str
    regel: str
    fra: int
    til: int

    @property
    def forklaring(self) -> str:
        """Why, and the way to rephrase, on one line."""
        return f"{self.hvorfor} {self.forslag}".rstrip()

    @property
    def egen(self) -> bool:
        """Whether the sentence stands on the writer's own half."""
        return self.label in EGEN


@dataclass(frozen=True, slots=True)
class _Klar:
    """A rule with its patterns compiled; `noegler`: without one of these words or classes it cannot speak."""

    regel: Regel
    naar: tuple[Moenster, ...]
    ikke: tuple[Moenster, ...]
    noegler: Mapping[str, tuple[int, ...]]


def _compiled(rules: Iterable[Regel]) -> tuple[_Klar, ...]:
    return tuple(map(_ready, rules))


def _ready(rule: Regel) -> _Klar:
    patterns = tuple(map(compile_moenster, rule.naar))
    keys: dict[str, list[int]] = {}
    for number, pattern in enumerate(patterns):
        for name in pattern.noegle:
            keys.setdefault(name, []).append(number)
    indexed = {name: tuple(numbers) for name, numbers in keys.items()}
    return _Klar(rule, patterns, tuple(map(compile_moenster, rule.ikke)), indexed)


BREACHES: Final = tuple(
    (label, _compiled(rules))
    for label, rules in (("godt_raad", RAAD), ("fortolkning", FORTOLKNING), ("vurdering", VURDERING))
)
OWN_REACTION: Final = _compiled(OPLEVELSE)
[_KONKRET, _DETALJE, _VAGT] = _compiled((KONKRET, DETALJE, VAGT))
[_SANSNING] = _compiled((Regel("sansning", "kamera", SANSNING),))
FEW_WORDS: Final = 6


def bedoem(saetning: str) -> Dom:
    """One sentence to its label and why. Never raises; the empty sentence is `ukonkret`."""
    return _judged(saetning, 0, len(saetning))


def bedoem_tekst(tekst: str) -> list[Dom]:
    """Each sentence of the text, in order, with its place in it."""
    return [_judged(tekst[start:end], start, end) for start, end in spans(tekst)]


def bedoem_samlet(tekst: str) -> Dom:
    """One answer for a text of one or more sentences: a breach decides, in the order of the guideline."""
    found = bedoem_tekst(tekst)
    return min(found, key=lambda dom: DECIDES.index(dom.label)) if found else bedoem(tekst)


def _judged(saetning: str, start: int, end: int) -> Dom:
    line = tag(saetning)
    label, rule, span = _placed(line)
    deciding = _deciding(line, span)
    words = saetning[deciding[0].fra : deciding[-1].til] if deciding else ""
    hvorfor, forslag = forklar(label, rule.grund, words, deciding)
    return Dom(label, hvorfor, forslag, words, rule.navn, start, end)


Found = tuple[str, Regel, tuple[int, int]]
_NONE: Final = (0, 0)
_FALLBACK: Final = Regel("ellers", "ellers", ())


def _placed(line: Linje) -> Found:
    for label, rules in BREACHES:
        found = _first(line, rules)
        if found:
            return label, *found
    reaction = _first(line, OWN_REACTION)
    if reaction:
        return "oplevelse", *reaction
    return _without_breach(line)


def _without_breach(line: Linje) -> Found:
    vague = _search(line, _VAGT)
    concrete = _search(line, _DETALJE if "ROS" in line.findes else _KONKRET)
    own_voice = line.findes & {"JEG", "MIG", "MAN"} and not _search(line, _SANSNING)
    if concrete:
        return ("oplevelse", _FALLBACK, _NONE) if own_voice else ("iagttagelse", _KONKRET.regel, concrete)
    if vague:
        return "ukonkret", _VAGT.regel, vague
    known = line.findes & {"ACT", "SIGE", "OBJ", "TAL", "HUN"}
    somebody_acts = "ACT" in line.findes and line.findes & {"DU", "HUN"}
    if (len(line.ord) < FEW_WORDS and not somebody_acts) or (not known and not own_voice):
        return "ukonkret", _FALLBACK, _NONE
    return ("oplevelse" if own_voice else "iagttagelse"), _FALLBACK, _NONE


def _first(line: Linje, rules: tuple[_Klar, ...]) -> tuple[Regel, tuple[int, int]] | None:
    for rule in rules:
        span = _search(line, rule)
        if span:
            return rule.regel, span
    return None


def _search(line: Linje, rule: _Klar) -> tuple[int, int] | None:
    near = rule.noegler.keys() & line.findes
    for number in sorted({number for name in near for number in rule.noegler[name]}):
        match = find(rule.naar[number], line.pladser)
        if match:
            silent = any(find(other, line.pladser) for other in rule.ikke)
            return None if silent else match
    return None


def _deciding(line: Linje, span: tuple[int, int]) -> tuple[Ord, ...]:
    """The words that a match covers, without marks at either end."""
    if span == _NONE:
        return ()
    first, last = span
    while first < last and "TEGN" in line.ord[first].klasser:
        first += 1
    while last > first and "TEGN" in line.ord[last - 1].klasser:
        last -= 1
    return line.ord[first:last]

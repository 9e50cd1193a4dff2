"""Searching the catalogue: what a word meets, what it may have meant, and in which order the methods are shown.

The rule, as it is said on the page: every word must be met somewhere in the method. A word counts most in the
method's name, then in a short name, then in a step or a phase, least in a sentence; a whole word counts more than a
word with another ending or a part of a word. A word that stands nowhere is read as the nearest one that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from supervision.katalog.rules.metoder import Kendetegn, Metode
from supervision.katalog.rules.skabeloner import GmVariant
from supervision.katalog.rules.words import fold, plain, skeleton, stem

NAVN, KORT, TRIN, SAETNING = 9, 4, 2, 1
"""What a hit is worth, by where it stands: the name in another ending outdoes a whole word anywhere else."""

ALIAS = "Kaldes også"

STOPORD = {
    *("og", "i", "at", "en", "et", "til", "om", "paa", "med", "for", "af", "den", "det", "de"),
    *("der", "er", "som", "jeg", "man", "mit", "min", "mine"),
}
"""Words too common to search for, unless nothing else was typed."""

GUESS_MIN = 4
"""Fewest letters in a word that may be read as another."""

GUESS_LIKENESS = 0.8
"""Least likeness (difflib's ratio, 0-1) between a word and the one it is read as."""

PREFIX_MIN = 5
"""Fewest letters in a word without its ending that may begin a longer word."""

JOINED_MIN = 6
"""Fewest letters in a word that may be met across the space between two words."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Ord:
    """One word of a search. skrevet: as typed. laest: folded, after a guess the guessed word. vist: laest in Danish."""

    skrevet: str
    laest: str
    vist: str

    @property
    def gaettet(self) -> bool:
        return self.laest != fold(self.skrevet)


@dataclass(frozen=True, slots=True)
class Felt:
    """A text that can be met. hvor: what it is, in Danish. foldet: as it is compared. tegn: if it is a kendetegn's."""

    vaegt: int
    hvor: str
    tekst: str
    foldet: str
    tegn: Kendetegn | None = None

    def meet(self, word: str) -> int:
        """Points for a folded word in this text, 0 when it is not met."""
        return self.vaegt * word_rank(word, self.foldet)


@dataclass(frozen=True, slots=True)
class Fund:
    """A method that meets every word.

    tegn: its kendetegn with a word in them. steder: other texts as (hvor, tekst), sentences only for want of better.
    """

    metode: Metode
    point: int
    tegn: tuple[Kendetegn, ...] = ()
    steder: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Soegning:
    """What was searched for and what it found, best first.

    ukendt: the words that nothing meets, as typed. dele: known words that stand inside those.
    """

    ord: tuple[Ord, ...] = ()
    fund: tuple[Fund, ...] = ()
    ukendt: tuple[str, ...] = ()
    dele: tuple[str, ...] = ()


def word_rank(word: str, text: str) -> int:
    """Rank how well a folded search word meets a folded text.

    6: is a word of it. 5: begins it. 4: begins a word in it. 3: is a word of it but for the endings. 2: stands inside
    a word, or begins one but for the ending. 1: begins a word and runs on into the next (JOINED_MIN letters and
    more). 0: is not there.
    A word of one or two letters counts only as a whole word.
    """
    padded = f" {text} "
    if f" {word} " in padded:
        return 6
    if len(word) < 3:
        return 0
    if text.startswith(word):
        return 5
    if f" {word}" in padded:
        return 4
    stemmed = stem(word)
    begins = f" {stemmed}" in padded
    if begins and stemmed in map(stem, text.split()):
        return 3
    if word in text or (begins and len(stemmed) >= PREFIX_MIN):
        return 2
    return int(_runs_on(word, text))


def _runs_on(word: str, text: str) -> bool:
    if len(word) < JOINED_MIN:
        return False
    parts = text.split()
    return any("".join(parts[start:]).startswith(word) for start in range(len(parts)))


def felt(vaegt: int, hvor: str, tekst: str, tegn: Kendetegn | None = None) -> Felt:
    """Make a text ready to be met."""
    return Felt(vaegt, hvor, plain(tekst), fold(tekst), tegn)


def felter(metode: Metode, kategori: str, variant: GmVariant | None) -> tuple[Felt, ...]:
    """Every text of a method that can be met, in the order in which hits of equal worth are shown."""
    found = [felt(NAVN, "Navn", metode.navn)]
    found += [felt(NAVN, ALIAS, alias) for alias in metode.aliaser]
    for tegn in metode.kendetegn:
        found += [felt(KORT, "Kendetegn", tegn.kort, tegn), felt(SAETNING, "Kendetegn", tegn.tekst, tegn)]
    if variant:
        found += [
            felt(TRIN, "Fase", f"{fase.navn} ({', '.join(element.navn for element in fase.elementer)})")
            for fase in variant.faser
            if fase.elementer
        ]
    else:
        found += [felt(TRIN, "Del", f"{g.navn} ({', '.join(g.punkter)})") for g in metode.elementer]
    found += [felt(TRIN, "Trin", trin) for trin in metode.trin]
    found += [felt(TRIN, "Ord hos", f"{g.navn} ({', '.join(g.punkter)})") for g in metode.varianter]
    found += [felt(SAETNING, "Felt", tekst) for tekst in metode.felter]
    found += [felt(SAETNING, "Pas på", tekst) for tekst in metode.faldgruber]
    found += [felt(SAETNING, "Note", tekst) for tekst in (metode.note, metode.maaling) if tekst]
    found += [felt(SAETNING, "Kilde", f"{kilde.navn}, {kilde.sted}") for kilde in metode.kilder]
    found.append(felt(SAETNING, "Kategori", kategori))
    return tuple(found)


class Ordbog:
    """Every word of the texts that can be met, to tell whether a word is known and which one was meant."""

    def __init__(self, texts: Iterable[Felt]) -> None:
        self._texts = tuple(texts)

    def read(self, text: str) -> tuple[Ord, ...]:
        """Read what was typed: its words without the most common ones, unknown words as the nearest known.

        Words that make one known word together are read as that word (tale tid: taletid).
        """
        typed = {fold(word): word for word in _WORD.findall(text)}
        telling = [word for word in typed if word not in STOPORD] or list(typed)
        together = "".join(telling)
        if len(telling) > 1 and together in self._display:
            return (Ord(text.strip(), together, self._display[together]),)
        return tuple(self._read_word(typed[word], word) for word in telling)

    def _read_word(self, skrevet: str, folded: str) -> Ord:
        meant = folded if self.knows(folded) else self.guess(folded)
        return Ord(skrevet, meant, self._display.get(meant, skrevet))

    def knows(self, word: str) -> bool:
        """Whether a folded word is met anywhere."""
        return any(word_rank(word, text.foldet) for text in self._texts)

    def guess(self, word: str) -> str:
        """Return the known word a folded, unknown word most likely stands for; the word itself when none is near.

        First the words it could be typed in haste for, or the beginning of; then the most like it.
        """
        if len(word) < GUESS_MIN:
            return word
        bare = skeleton(word)
        begun = (known for typed, known in self._by_skeleton.items() if typed.startswith(bare))
        known = self._by_skeleton.get(bare) or next(begun, None)
        if known is None:
            near = get_close_matches(bare, self._by_skeleton, n=1, cutoff=GUESS_LIKENESS)
            known = self._by_skeleton[near[0]] if near else word
        return known

    def parts(self, word: str) -> tuple[str, ...]:
        """List up to three known words that stand inside an unknown one, longest first, as they are written."""
        folded = fold(word)
        inside = [known for known in self._display if len(known) > GUESS_MIN and known in folded]
        return tuple(self._display[known] for known in sorted(inside, key=lambda known: -len(known))[:3])

    @cached_property
    def _display(self) -> dict[str, str]:
        """Folded word to the word as it is written in the texts."""
        return {fold(word): word for text in self._texts for word in _WORD.findall(text.tekst.casefold())}

    @cached_property
    def _by_skeleton(self) -> dict[str, str]:
        """How a word may be mistyped to the word; a word met in a better place wins."""
        best: dict[str, str] = {}
        for text in sorted(self._texts, key=lambda text: -text.vaegt):
            for word in text.foldet.split():
                if len(word) >= GUESS_MIN:
                    best.setdefault(skeleton(word), word)
        return best


def find(metode: Metode, texts: tuple[Felt, ...], words: Iterable[Ord]) -> Fund | None:
    """Return what the words meet in a method, None when one of them is nowhere."""
    met: dict[str, int] = {}
    point = 0
    for word in words:
        points = [text.meet(word.laest) for text in texts]
        best = max(points, default=0)
        if not best:
            return None
        point += best
        for text, worth in zip(texts, points, strict=True):
            if worth:
                met[_name(text)] = met.get(_name(text), 0) + worth
    hits = sorted((t for t in texts if _name(t) in met), key=lambda t: (t.hvor == ALIAS, -met[_name(t)]))
    tegn = tuple(dict.fromkeys(text.tegn for text in hits if text.tegn))
    named = tegn or any(text.vaegt == NAVN for text in hits)
    others = (text for text in hits if not text.tegn and text.hvor != "Navn")
    steder = {(text.hvor, text.tekst): None for text in others if text.vaegt > SAETNING or not named}
    return Fund(metode, point, tegn, tuple(steder))


def rank(found: Iterable[Fund]) -> tuple[Fund, ...]:
    """Put the best first: most points, then most kendetegn met, then the catalogue's order."""
    return tuple(sorted(found, key=lambda fund: (-fund.point, -len(fund.tegn))))


def _name(text: Felt) -> str:
    return text.tegn.kode if text.tegn else f"{text.hvor} {text.tekst}"

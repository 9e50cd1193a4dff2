"""Danish word forms by rule: folding (æ, ø, å and what is typed instead), endings, and a lexicon of form -> classes.

Forms are made generously: a form that does not exist in Danish does no harm, since nobody writes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Final

LETTERS: Final = (
    ("æ", "ae"),
    ("ø", "oe"),
    ("å", "aa"),
    ("é", "e"),
    ("è", "e"),
    ("ü", "u"),
    ("ö", "oe"),
    ("ä", "ae"),
)
LOOSE: Final = (
    ("ae", "e"),
    ("oe", "o"),
    ("aa", "a"),
    ("nd", "n"),
    ("ld", "l"),
    ("dt", "t"),
    ("hv", "v"),
)
DOUBLE: Final = re.compile(r"([b-df-hj-np-tvwxz])\1")
VOWELS: Final = "aeiouyæøå"
SHORTEST_LOOSE: Final = 5

Add = Callable[[Iterable[str], str], None]

PREFIXES: Final = (
    "super", "mega", "kanon", "hammer", "skide", "pisse", "rigtig", "over", "top", "helt", "lidt",
    "meget", "ultra",
    "vel", "smadder", "møg", "dybt", "halv", "ret", "dødtræt", "ekstra",
)  # fmt: skip


def fold(word: str) -> str:
    """Lower case, with æ, ø, å spelt out however they are coded: `Spørgsmål` -> `spoergsmaal`."""
    word = unicodedata.normalize("NFC", word).lower()
    for letter, spelt in LETTERS:
        word = word.replace(letter, spelt)
    return word


def loosen(folded: str) -> str:
    """What is left of a folded word when common slips of spelling are taken out."""
    for letters, left in LOOSE:
        folded = folded.replace(letters, left)
    return DOUBLE.sub(r"\1", folded)


def _doubled(stem: str) -> str:
    """flot -> flott, stop -> stopp; others as they are."""
    if len(stem) > 2 and stem[-1] not in VOWELS and stem[-2] in VOWELS and stem[-3] not in VOWELS:
        return stem + stem[-1]
    return stem


def verb_forms(word: str) -> tuple[set[str], str]:
    """All forms of `infinitive[/irregular forms]`, and the imperative. Weak verbs get both -ede and -te."""
    infinitive, *given = word.split("/")
    stem = infinitive[:-1] if infinitive.endswith("e") and len(infinitive) > 3 else infinitive
    forms = {infinitive, *given}
    forms |= {f"{infinitive}r", f"{infinitive}s"} if infinitive.endswith("e") else {f"{infinitive}r"}
    forms.add(f"{stem}ende")
    if not given or all(form.endswith(("ede", "te")) for form in given):
        forms |= {f"{stem}{ending}" for ending in ("ede", "et", "edes", "te", "t", "tes", "es")}
    imperative = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    return forms, imperative


def adjective_forms(word: str) -> set[str]:
    """Base, -t, -e, comparative and superlative, with doubling and the shortened -el, -en, -er."""
    stems = {word, _doubled(word)}
    if word.endswith(("el", "en", "er")) and len(word) > 3:
        stems.add(word[:-2] + word[-1])
        stems.add(_doubled(word[:-2])[:-1] + word[-1])
    forms = {word, f"{word}t"}
    if word.endswith("et"):
        forms.add(f"{word[:-1]}de")
    for stem in stems:
        forms |= {f"{stem}{ending}" for ending in ("e", "ere", "est", "este", "s")}
    return forms


def noun_forms(word: str) -> set[str]:
    """Indefinite, definite and plural, each with a genitive."""
    stems = {word, _doubled(word)}
    if word.endswith(("el", "en", "er")) and len(word) > 4:
        stems.add(word[:-2] + word[-1])
    endings = ("en", "et", "n", "t", "e", "er", "r", "ne", "ene", "erne", "rne")
    forms = {word} | {f"{stem}{ending}" for stem in stems for ending in endings}
    return forms | {f"{form}s" for form in forms}


def person_forms(word: str) -> tuple[set[str], set[str]]:
    """(as subject or object, genitives)."""
    forms = {form for form in noun_forms(word) if not form.endswith("s")}
    if word.endswith("s"):
        forms.add(word)
    return forms, {f"{form}s" for form in forms}


def lexicon(tables: Iterable[Mapping[str, tuple[str, str]]], no_imperative: str) -> dict[str, frozenset[str]]:
    """Folded form -> its classes.

    Imperatives of BYDEVERBUM get BYD, or BYDMAASKE when the stem stands in `no_imperative`.
    """
    found: dict[str, set[str]] = {}
    weak = {fold(word) for word in no_imperative.split()}

    def add(forms: Iterable[str], name: str) -> None:
        for form in forms:
            found.setdefault(fold(form), set()).add(name)

    for table in tables:
        for name, (paradigm, words) in table.items():
            for word in words.split():
                _add_word(add, name, paradigm, word, weak)
    return {form: frozenset(classes) for form, classes in found.items()}


def _add_word(add: Add, name: str, paradigm: str, word: str, weak: set[str]) -> None:
    if paradigm == "verbum":
        forms, imperative = verb_forms(word)
        if name == "BYDEVERBUM":
            add([imperative], "BYDMAASKE" if fold(imperative) in weak else "BYD")
            add([word.split("/")[0]], "NAVNEMAADE")
        else:
            add(forms, name)
    elif paradigm == "adj":
        add(adjective_forms(word), name)
    elif paradigm == "navneord":
        add(noun_forms(word), name)
    elif paradigm == "person":
        people, genitives = person_forms(word)
        add(people, "HUN")
        add(genitives, "HANS")
    elif name == "NAVN":
        add([word], "HUN")
        add([f"{word}s"], "HANS")
    else:
        add([word], name)

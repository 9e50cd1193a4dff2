"""A sentence to tagged words, with what others said or what the writer only asks taken out of it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from .moenstre import Pladser, pladser
from .ord import classes_of
from .ordformer import fold
from .saetninger import DIGITS, tokens

LONGEST: Final = 120
"""Words of a sentence that are looked at: longer than this is no sentence of a colleague's."""

VERBS: Final = frozenset(
    ["ACT", "SIGE", "VAERE", "HAVE", "FAA", "GOERE", "MENTV", "TAENKE", "VIRKE", "KAN", "SKAL", "BOER",
    "VIL", "MAA", "VAGV", "JEGV", "EVNE", "SVIGTE", "SE"]
)  # fmt: skip
BEFORE_I: Final = frozenset(
    [
        "da",
        "at",
        "når",
        "mens",
        "hvis",
        "som",
        "hvor",
        "hvad",
        "fordi",
        "inden",
        "før",
        "og",
        "så",
        "hvordan",
        "jeg",
    ]
)
CUTS: Final = frozenset({"men", "hvilket", ";", "–", "—"})
STARTS_AGAIN: Final = frozenset({"det", "jeg", "saa"})
PRAISING: Final = ("ros", "tak", "skael", "undskyld")
"""Verbs whose "for at ..." tells what was said; after other verbs it tells why."""
SPEAKERS: Final = frozenset({"JEG", "MAN", "DU", "HUN", "DIG", "HAM"})
ASKING: Final = frozenset(
    ["tvivl", "nysgerrig", "spaendt", "undrede", "undrer", "undre", "ved", "vide", "vidste",
    "spekulerede", "spekulerer", "interesseret", "optaget", "forvirret", "hoere", "forstod", "forstaa",
    "forstaar", "taenke", "taenkte", "lyst", "overvejede"]
)  # fmt: skip
COMPLEMENT: Final = frozenset({"at", "om", "hvorvidt", ":"})
SHORTEST_UNKNOWN: Final = 4
STRONG: Final = frozenset({"ACT", "SIGE"})
WEAK: Final = frozenset(
    ["bruge", "bruger", "brugte", "brugt", "komme", "kommer", "kom", "kommet", "gaa", "gaar", "gik",
    "gaaet", "se", "ser", "saa", "set", "tage", "tager", "tog", "taget", "koere", "arbejde", "arbejder",
    "foelge", "foelger", "fulgte", "fulgt", "holde", "holder", "holdt", "staa", "staar", "stod",
    "sidder", "ramte", "sige", "siger", "vise", "viser", "begynde", "starte", "moede", "moeder", "dele",
    "lade", "lod", "give", "giver", "gav", "givet", "finde", "fandt", "fandt", "roert", "roerte",
    "lede", "let", "retter", "reagerede", "fylde", "soege", "rose"]
)  # fmt: skip
BODY: Final = frozenset(
    ["blik", "blikket", "ansigt", "ansigtet", "oejne", "oejnene", "kropssprog", "kropssproget", "mimik",
    "mimikken", "stemme", "stemmen", "tonefald", "tonefaldet", "attitude", "holdning"]
)  # fmt: skip


@dataclass(slots=True)
class Ord:
    """One token: how it was written, its folded form, its classes, its place in the sentence."""

    skrevet: str
    form: str
    klasser: frozenset[str]
    fra: int
    til: int


@dataclass(frozen=True, slots=True)
class Linje:
    """The tagged words, their places, and all forms and classes among them."""

    ord: tuple[Ord, ...]
    pladser: Pladser
    findes: Set[str]


def tag(sentence: str) -> Linje:
    """The sentence as tagged words. Never raises; at most LONGEST words are taken."""
    words = [_word(*token) for token in tokens(sentence)[:LONGEST]]
    _in_context(words)
    _mask(words)
    for word in words:
        if word.klasser & STRONG and word.form not in WEAK:
            word.klasser = word.klasser | {"STAERK"}
        if not word.klasser and len(word.form) >= SHORTEST_UNKNOWN and word.skrevet.islower():
            word.klasser = frozenset({"UKENDT"})
    places = pladser([(word.form, word.klasser) for word in words])
    return Linje(tuple(words), places, places.hvor.keys())


def _word(written: str, start: int, end: int) -> Ord:
    first = written[0]
    if first in "\"»«“”„'‘’" and len(written) > 1:
        return Ord(written, "citat", frozenset({"CITAT"}), start, end)
    if first in DIGITS:
        return Ord(written, fold(written).replace("/", ""), frozenset({"TAL"}), start, end)
    if not first.isalnum():
        form = written if first in ",;:.!?…–—()" else "tegn"
        return Ord(written, form, frozenset({"TEGN"}), start, end)
    form = fold(written)
    return Ord(written, form, classes_of(form), start, end)


def _in_context(words: list[Ord]) -> None:
    """`I` and `de` as persons, names, and past tenses that the lexicon does not hold."""
    for at, word in enumerate(words):
        following = words[at + 1].klasser if at + 1 < len(words) else frozenset()
        verb_next = bool(following & VERBS) or (at + 1 < len(words) and _is_past(words[at + 1]))
        verb_before = at > 0 and bool(words[at - 1].klasser & VERBS)
        if word.form == "min" and at + 1 < len(words) and words[at + 1].form == "plan":
            word.klasser = frozenset({"OBJ"})
        elif word.form == "god" and at + 1 < len(words) and words[at + 1].form == "tid":
            word.klasser = frozenset()
        elif word.form == "i":
            plural = word.skrevet == "I" and (at > 0 or verb_next)
            if plural or (at and verb_next and words[at - 1].form in BEFORE_I):
                word.klasser = frozenset({"DU"})
        elif (word.form == "de" and verb_next) or (
            not word.klasser and at and word.skrevet[0].isupper() and (verb_next or verb_before)
        ):
            word.klasser = word.klasser | {"HUN"}
        elif not word.klasser and _is_past(word):
            word.klasser = frozenset({"ACT"})


def _is_past(word: Ord) -> bool:
    return not word.klasser and len(word.form) > 5 and word.form.endswith(("ede", "edes"))


def _mask(words: list[Ord]) -> None:
    """Take out what stands after "sagde, at", "spurgte, om", and after "jeg var i tvivl om, hvem"."""
    _mask_before(words)
    at = 0
    while at < len(words):
        start = _reported(words, at) if "SIGE" in words[at].klasser else _asked(words, at)
        if start:
            end = _end(words, start)
            for word in words[start:end]:
                word.form, word.klasser = "gengivet", frozenset({"GENG"})
            at = end
        at += 1


def _mask_before(words: list[Ord]) -> None:
    """ "..., sagde hun": what stands before is hers."""
    for at in range(2, len(words) - 1):
        told = words[at - 1].form == "," and "SIGE" in words[at].klasser
        if (
            told
            and "HUN" in words[at + 1].klasser
            and not any("HUN" in w.klasser for w in words[at + 2 : at + 4])
        ):
            if not any(word.klasser & {"LED", "HV"} for word in words[:1]):
                for word in words[: at - 1]:
                    word.form, word.klasser = "gengivet", frozenset({"GENG"})
            return


def _reported(words: list[Ord], at: int) -> int:
    """Where the reported words begin; 0 when the verb at this place reports nothing, or reports the writer."""
    before = words[max(0, at - 4) : at]
    speaker = next((word for word in reversed(before) if word.klasser & SPEAKERS), None)
    after = words[at + 1] if at + 1 < len(words) else None
    writer = speaker is not None and speaker.klasser & {"JEG", "MAN"}
    if writer or (speaker is None and after is not None and "JEG" in after.klasser):
        return 0
    if any(word.form in BODY for word in before):
        return 0
    for place in range(at + 1, min(at + 8, len(words))):
        word = words[place]
        if word.form == "om" and not _clause_at(words, place + 1):
            continue
        if word.form == "at" and words[place - 1].form == "for" and not words[at].form.startswith(PRAISING):
            continue
        if word.form in COMPLEMENT or "HV" in word.klasser:
            return place + 1
        if word.klasser & {"LED", "GENG"} or word.form in ("og", "men", ";", "."):
            return 0
        if place <= at + 2 and speaker and "HUN" in word.klasser and _verb_at(words, place + 1):
            return place
    return 0


def _clause_at(words: list[Ord], place: int) -> bool:
    """Whether a person stands here, or a small word with a verb after it: "om hun", "om det var", not "om en pause"."""
    if place >= len(words):
        return False
    person = bool(words[place].klasser & {"DU", "HUN", "MAN", "JEG", "HANS", "DIN"})
    return person or _verb_at(words, place + 1)


def _verb_at(words: list[Ord], place: int) -> bool:
    return place < len(words) and bool(words[place].klasser & VERBS)


def _asked(words: list[Ord], at: int) -> int:
    """Where a question begins that the writer holds open: "jeg blev nysgerrig på, hvad ..."."""
    if words[at].form not in ASKING:
        return 0
    if not any(word.klasser & {"JEG", "MIG"} for word in words[max(0, at - 6) : at]):
        return 0
    for place in range(at + 1, min(at + 7, len(words))):
        if words[place].form in ("om", "hvorvidt") or "HV" in words[place].klasser:
            if words[place].form == "om" and place + 1 < len(words) and not _clause_at(words, place + 1):
                continue
            return place + 1
    return 0


def _end(words: list[Ord], start: int) -> int:
    for place in range(start, len(words)):
        form = words[place].form
        following = words[place + 1] if place + 1 < len(words) else None
        if form in CUTS:
            return place
        if form in (",", "og", "saa") and following is not None and place > start:
            if following.form in STARTS_AGAIN or (form == "saa" and following.klasser & {"BYD", "BYDMAASKE"}):
                return place
            if form == "," and (following.form in CUTS or _jeg_after_verb(words, place + 1)):
                return place
    return len(words)


def _jeg_after_verb(words: list[Ord], place: int) -> bool:
    return _verb_at(words, place) and place + 1 < len(words) and "JEG" in words[place + 1].klasser

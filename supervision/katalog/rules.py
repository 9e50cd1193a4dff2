"""What a method, a kendetegn and a GameMaster variant are. The words stand in the content files."""

from __future__ import annotations

import re
from dataclasses import dataclass

KATEGORIER = {
    "samtalestyring": "Samtalestyring",
    "undersoegende": "Undersøgende",
    "motiverende": "Motiverende",
    "maalsaetning": "Målsætning",
    "progression": "Progression",
    "virksomhedsrettet": "Virksomhedsrettet",
    "redskab": "Redskaber",
    "kollegial": "Kollegial feedback",
    "laering": "Læring",
    "vaerdigrundlag": "Værdigrundlag",
}
"""Key to its name on the screen, in the order in which the catalogue is read."""

RETNINGER = {
    "borger": "Borger",
    "virksomhed": "Virksomhed",
    "begge": "Borger og virksomhed",
    "kollega": "Kollega",
}
"""Who the method is turned towards; `kollega` is about the feedback and the learning itself."""

TYPER = {
    "tilstand": "Varer ved",
    "haendelse": "Sker på et øjeblik",
    "tjekpunkt": "Sker eller sker ikke",
    "vurdering": "Vurderes bagefter",
    "artefakt": "Redskab på bordet",
}
"""How the method shows itself in a samtale; a `vurdering` is made from the notes afterwards, never live."""

BELAEG = {
    "kilde": "Beskrevet i kilden",
    "delvis": "Delvis beskrevet i kilden",
    "navn": "Kun nævnt i kilden",
}
"""How much the source says; with `navn` the kendetegn are proposals that somebody local must confirm."""

TALERE = ("medarbejder", "borger", "medarbejder2", "tredje")
"""The parties whose talk time can be followed, as the event log codes them."""

FASER = ("kontrakt", "emne", "timeout", "afslutning")
"""The phases every GameMaster variant has, in this order, whatever it calls them."""

OBSERVERBARE_TYPER = frozenset(TYPER) - {"vurdering"}
"""The types whose kendetegn can be ticked while the samtale runs."""

KORT_MAX = 22
"""Most characters in a short name for a tile; a soft hyphen does not count."""

WORD_MAX = 16
"""Most characters a tile can hold unbroken; a longer word needs a soft or a hard hyphen."""

SKABELON_MAX = 12
"""Most kendetegn in a kontrakt, and so in a skabelon."""

SOFT_HYPHEN = "\u00ad"

_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", SOFT_HYPHEN: None})
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Kilde:
    """Where a method comes from: the publication and the place in it (empty: the whole of it)."""

    navn: str
    sted: str


@dataclass(frozen=True, slots=True)
class Kendetegn:
    """Something one can see or hear in a samtale.

    tekst: the whole sentence. kort: the name on a tile, at most KORT_MAX characters. metode: its key.
    maales: the product works it out from the event log, so it is no tile to tick.
    """

    kode: str
    tekst: str
    kort: str
    metode: str
    maales: bool = False


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Named list inside a method: the elements of one phase, or one source's own words for the steps."""

    navn: str
    punkter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metode:
    """One method of the field. `se` points at the entry where its steps and kendetegn stand."""

    key: str
    navn: str
    kategori: str
    retning: str
    type: str
    belaeg: str
    kilder: tuple[Kilde, ...]
    aliaser: tuple[str, ...] = ()
    trin: tuple[str, ...] = ()
    elementer: tuple[Gruppe, ...] = ()
    varianter: tuple[Gruppe, ...] = ()
    felter: tuple[str, ...] = ()
    kendetegn: tuple[Kendetegn, ...] = ()
    faldgruber: tuple[str, ...] = ()
    kobler_til: tuple[str, ...] = ()
    se: str | None = None
    maaling: str = ""
    note: str = ""
    marselisborg_nr: int | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """Element of a phase. kode: as in the event log, `kontrakt.formaal`. kort: the name on a chip."""

    kode: str
    navn: str
    kort: str


@dataclass(frozen=True, slots=True)
class Fase:
    """Phase of a GameMaster variant, under the variant's own name. kode: one of FASER."""

    kode: str
    navn: str
    elementer: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class GmVariant:
    """One source's GameMaster; the variants stand side by side and are never merged. key: its method's."""

    key: str
    navn: str
    faser: tuple[Fase, ...]


@dataclass(frozen=True, slots=True)
class Kode:
    """Well-known færdighed code of event logs that come from elsewhere and is no kendetegn of ours."""

    kode: str
    tekst: str
    kort: str
    metode: str


@dataclass(frozen=True, slots=True)
class Skabelon:
    """Template pack: GameMaster variant, the parties whose talk time is followed, and a first palette."""

    key: str
    navn: str
    beskrivelse: str
    gm_variant: str
    parter: tuple[str, ...]
    kendetegn: tuple[str, ...]


def plain(kort: str) -> str:
    """Return the short name as it is counted, sorted and exported: without soft hyphens."""
    return kort.replace(SOFT_HYPHEN, "")


def fold(text: str) -> str:
    """Return the text as it is compared in a search: words in lower case, æ ø å written ae oe aa."""
    return _BETWEEN_WORDS.sub(" ", text.casefold().translate(_FOLDED)).strip()


def kort_problem(kort: str) -> str | None:
    """Say in Danish why a short name does not fit a tile, or None when it does."""
    if len(plain(kort)) > KORT_MAX:
        return f"det korte navn »{plain(kort)}« er på {len(plain(kort))} tegn; der må højst være {KORT_MAX}"
    for word in kort.split():
        if any(len(part) > WORD_MAX for part in word.replace("-", SOFT_HYPHEN).split(SOFT_HYPHEN)):
            return f"ordet »{word}« er for langt til et felt; sæt en blød bindestreg i det"
    return None


def word_rank(word: str, text: str) -> int:
    """Rank how well a folded search word meets a folded text.

    4: is a word of it. 3: begins it. 2: begins a word in it. 1: stands inside a word. 0: is not there.
    """
    if f" {word} " in f" {text} ":
        return 4
    if text.startswith(word):
        return 3
    if f" {word}" in text:
        return 2
    return 1 if word in text else 0

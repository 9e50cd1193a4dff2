"""What a group writes together at a meeting: planchen, lykkes bedre and tjek ud, and how two hands on one note meet.

The five questions, the four fields and the four boxes are those of fagligt grundlag 2d, in our own words. A note is
called a seddel. Nothing that somebody wrote is lost: what was written on top of words that the writer had not seen
becomes a note of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from supervision.cpr import CPR_FEJL, ligner_cpr
from supervision.problems import RuleBroken

SEDDEL_MAX: Final = 300
SEDLER_MAX: Final = 400
"""As many notes as a meeting can have."""

TAL: Final = range(1, 11)
ALLE: Final = "alle"
"""The whole group as an entry's owner."""

MINDST: Final = 3
"""So many must have sent something without a name before any of it is shown while the meeting runs."""


@dataclass(frozen=True, slots=True)
class Felt:
    """A place to write. navn: its heading; ord: one line that says what belongs there."""

    key: str
    navn: str
    ord: str


PLANCHE: Final = (
    Felt("proevet", "Hvad har vi prøvet?", "Metoder, greb og spørgsmål, I har brugt i samtaler siden sidst."),
    Felt("laert", "Hvad har vi lært om samtalerne?", "Det, I ved nu om de jobrettede samtaler, og ikke vidste før."),
    Felt("oevet", "Hvor langt nåede vi med at øve?", "Ét tal for hele gruppen, og hvad der ligger bag det."),
    Felt("instruktion", "Hvordan virkede instruktionerne?", "Opgaver og vejledninger: Hvad var klart, og hvad ikke?"),
    Felt("aktionslaering", "Hvad har vi lært om aktionslæring?", "Om at prøve, observere, give feedback og lære."),
)  # fmt: skip
LYKKES: Final = (
    Felt("fortsaet", "Fortsæt", "Det virker, og det bliver vi ved med."),
    Felt("mere", "Mere", "Det gør vi allerede, og vi vil gøre mere af det."),
    Felt("nyt", "Nyt", "Det begynder vi på."),
    Felt("stop", "Stop", "Det holder vi op med."),
)
TJEK_UD: Final = (
    Felt("yes", "YES!!", "Det går jeg i gang med."),
    Felt("tak", "Tak", "Det var godt at blive mindet om."),
    Felt("aha", "Aha!", "Det var nyt, og det tænker jeg videre over."),
    Felt("men", "Men …", "Det skal vi være opmærksomme på."),
)
PLANCHE_FELTER: Final = tuple(felt.key for felt in PLANCHE)
LYKKES_FELTER: Final = tuple(felt.key for felt in LYKKES)
TJEK_UD_BOKSE: Final = tuple(felt.key for felt in TJEK_UD)

SKRIV, RET, TAG, LAEG_IGEN, EJER, JA, SAET_TAL, TJEK, TAG_TJEK = (
    "skriv", "ret", "tag", "laeg_igen", "ejer", "ja", "tal", "tjek_ud", "tag_tjek_ud",
)  # fmt: skip
HANDLINGER: Final = (SKRIV, RET, TAG, LAEG_IGEN, EJER, JA, SAET_TAL, TJEK, TAG_TJEK)

GEMT, EGEN_SEDDEL, BEHOLDT, AFVIST, LUKKET = "gemt", "egen_seddel", "beholdt", "afvist", "lukket"
"""What became of an act: stored (or so already); its words stand on a note of their own; the note is kept, because its
words are others than those that were taken back; refused; the meeting is not running."""

FOER, I_GANG, SLUT = "foer", "i_gang", "slut"
GLEMT: Final = timedelta(hours=10)
"""So long after its time a meeting that nobody ended counts as over."""

IKKE_BEGYNDT: Final = "Mødet er ikke begyndt. I kan skrive, når facilitatoren har begyndt det."
ER_SLUT: Final = "Mødet er slut. Det, I har skrevet, står, som det var."

_LINE_ENDS: Final = re.compile("\r\n?")
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Tid(Protocol):
    """When a meeting began and ended, and how long it was to last."""

    @property
    def minutter(self) -> int: ...
    @property
    def begyndt_at(self) -> datetime | None: ...
    @property
    def sluttet_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Handling:
    """One act, as a device sends it. id: made by the device, the same each time it is sent.

    seddel: the note (or the tjek ud) that it is about. udgave: the version of the note that the writer saw.
    """

    op: str
    id: UUID
    seddel: UUID | None = None
    felt: str = ""
    tekst: str = ""
    udgave: int = 0
    ejer: str = ""
    tal: int = 0


@dataclass(frozen=True, slots=True)
class Svar:
    """What became of an act. seddel, udgave: the note that now holds its words, and its version."""

    id: UUID
    resultat: str
    seddel: UUID | None = None
    udgave: int = 0
    fejl: str = ""


def moede_tilstand(moede: Tid, now: datetime) -> str:
    """FOER, I_GANG or SLUT at the moment."""
    if moede.begyndt_at is None or now < moede.begyndt_at:
        return FOER
    ends = moede.sluttet_at or moede.begyndt_at + timedelta(minutes=moede.minutter) + GLEMT
    return I_GANG if now < ends else SLUT


def check_i_gang(moede: Tid, now: datetime) -> None:
    """The group writes while the meeting runs. Raises RuleBroken."""
    tilstand = moede_tilstand(moede, now)
    if tilstand != I_GANG:
        raise RuleBroken(IKKE_BEGYNDT if tilstand == FOER else ER_SLUT)


def check_seddel(tekst: str) -> str:
    """The words as they are kept. Raises RuleBroken: none, too many, or what looks like a CPR number."""
    cleaned = _UNSTORABLE.sub(" ", _LINE_ENDS.sub("\n", tekst)).strip()
    if not cleaned:
        raise RuleBroken("Sedlen er tom. Skriv et par ord.", "tekst")
    if len(cleaned) > SEDDEL_MAX:
        raise RuleBroken(
            f"Teksten er på {len(cleaned)} tegn. En seddel har plads til {SEDDEL_MAX}: del den i to.", "tekst"
        )
    if ligner_cpr(cleaned):
        raise RuleBroken(CPR_FEJL, "tekst")
    return cleaned


def check_felt(felt: str, known: tuple[str, ...]) -> None:
    """It is one of the places to write. Raises RuleBroken."""
    if felt not in known:
        raise RuleBroken("Vælg et af felterne.", "felt")


def check_tal(tal: int) -> None:
    """The group's number is one of 1 to 10. Raises RuleBroken."""
    if tal not in TAL:
        raise RuleBroken("Vælg et tal fra 1 til 10.", "tal")


def rettelse(*, set_udgave: int, tekst: str, udgave: int, taget: bool, tekster: set[str]) -> str:
    """What becomes of other words for a note: GEMT on it, or EGEN_SEDDEL beside it; "" when they stand there already.

    udgave, taget: how the note is now. tekster: the words that stand on it and on those that parted from it.
    """
    if tekst in tekster:
        return ""
    return GEMT if set_udgave == udgave and not taget else EGEN_SEDDEL


def tilbagetagning(*, set_udgave: int, udgave: int, taget: bool) -> str:
    """What becomes of taking a note back: GEMT, BEHOLDT when its words are others than those seen, "" if it is gone."""
    if taget:
        return ""
    return GEMT if set_udgave == udgave else BEHOLDT


def aftale_ord(felt: str, tekst: str) -> str:
    """An entry of lykkes bedre as an agreement of the group: its field, and its words."""
    navn = next(one.navn for one in LYKKES if one.key == felt)
    return f"{navn}: {tekst}"

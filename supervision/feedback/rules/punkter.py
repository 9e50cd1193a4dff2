"""What feedback is made of, and who may do what with it.

Own half first (what succeeded, what was seen and heard, how it was felt); interpretation and advice lie in
two drawers that only the fokusperson opens. The fokusperson has the last word; there are no grades.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar
from uuid import UUID

from supervision.problems import RuleBroken

FOKUSPERSON: Final = "fokusperson"
OBSERVATOER: Final = "observatoer"

SLAGS: Final[Mapping[str, str]] = {
    "lykkedes": "Det, der lykkedes",
    "iagttagelse": "Iagttagelser",
    "oplevelse": "Oplevelser",
    "fortolkning": "Fortolkning",
    "godt_raad": "Gode råd",
}
"""Kinds in the order they are written and read."""

EGEN_BANEHALVDEL: Final = ("lykkedes", "iagttagelse", "oplevelse")
SKUFFER: Final = ("fortolkning", "godt_raad")

SKUFFE_STEDORD: Final[Mapping[str, str]] = {"fortolkning": "den", "godt_raad": "dem"}
"""What a drawer's content is called after it was named."""

STARTERE: Final[Mapping[str, tuple[str, ...]]] = {
    "lykkedes": ("Jeg så", "Jeg hørte", "Jeg lagde mærke til"),
    "iagttagelse": ("Jeg så", "Jeg hørte", "Jeg lagde mærke til"),
    "oplevelse": ("Jeg blev", "Jeg lagde mærke til", "Jeg fik lyst til"),
    "fortolkning": ("Jeg tænker, at", "Det fik mig til at tro, at"),
    "godt_raad": ("Du kunne måske", "Jeg har selv haft glæde af at"),
}
HJAELP: Final[Mapping[str, str]] = {
    "lykkedes": "Begynd her. Hvad lykkedes i forhold til det, I aftalte?",
    "iagttagelse": "Det, du så og hørte, så konkret som muligt.",
    "oplevelse": "Hvad det gjorde ved dig at sidde med. Tal i jeg-sætninger.",
    "fortolkning": "Hvad du tror, der lå bag. Sig, at det er dit gæt.",
    "godt_raad": "Forslag, som din kollega frit kan lade ligge.",
}

MAX_TEGN: Final = 2000
MAX_PUNKTER: Final = 30
MAX_SPOERGSMAAL: Final = 10
MAX_SPOERGSMAAL_TEGN: Final = 1000
MAX_TAK: Final = 500
MAX_NOTE: Final = 4000
MAX_T_MS: Final = 24 * 60 * 60 * 1000
LAESEFRIST: Final = timedelta(days=14)

BEGYND_MED_LYKKEDES: Final = "Skriv først mindst én ting, der lykkedes. Så er resten lettere at tage imod."
ER_SENDT: Final = "Feedbacken er sendt og kan ikke ændres længere."
ER_LUKKET: Final = "Feedbacken er lukket, så der kan ikke komme mere i den."


Punkt = TypeVar("Punkt", bound="PunktFakta")


class SkuffeFakta(Protocol):
    """When a drawer was asked for, opened and shut."""

    @property
    def spurgt_at(self) -> datetime | None: ...
    @property
    def aabnet_at(self) -> datetime | None: ...
    @property
    def lukket_at(self) -> datetime | None: ...


class PunktFakta(Protocol):
    """What the rules need of a point."""

    @property
    def id(self) -> UUID: ...
    @property
    def slags(self) -> str: ...
    @property
    def tekst(self) -> str: ...
    @property
    def t_ms(self) -> int | None: ...
    @property
    def sendt_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Kladdepunkt:
    """A point as it was typed; an empty `tekst` takes it away."""

    id: UUID
    slags: str
    tekst: str
    t_ms: int | None


def oejeblik(startet_at: datetime, t_ms: int) -> datetime:
    """The wall clock of a moment in the log: what the chip beside a point shows."""
    return startet_at + timedelta(milliseconds=t_ms)


def skuffe_aaben(tilladt: bool, skuffe: SkuffeFakta | None) -> bool:
    """Open when the kontrakt allows it or the fokusperson opened it, and it was not shut since."""
    if skuffe is None:
        return tilladt
    return skuffe.lukket_at is None and (tilladt or skuffe.aabnet_at is not None)


def har_vaeret_aaben(tilladt: bool, skuffe: SkuffeFakta | None) -> bool:
    """Whether something may lie in the drawer, written while it was open."""
    return tilladt or (skuffe is not None and skuffe.aabnet_at is not None)


def venter_paa_svar(skuffe: SkuffeFakta | None) -> bool:
    """Asked for, and the fokusperson has neither opened nor declined."""
    return skuffe is not None and skuffe.spurgt_at is not None and not (skuffe.aabnet_at or skuffe.lukket_at)


def maa_spoerge_om_skuffe(tilladt: bool, skuffe: SkuffeFakta | None) -> bool:
    """Asked once at most, and never after a no: asking again would be pressing."""
    return not tilladt and (skuffe is None or not (skuffe.spurgt_at or skuffe.aabnet_at or skuffe.lukket_at))


def skrivbare(aabne: Iterable[str], *, sendt: bool) -> tuple[str, ...]:
    """The kinds that can be written now: own half until it is sent, and the drawers that are open."""
    opened = tuple(slags for slags in SKUFFER if slags in set(aabne))
    return opened if sendt else EGEN_BANEHALVDEL + opened


def skal_sendes(punkter: Sequence[Punkt], aabne: Iterable[str], *, sendt: bool) -> list[Punkt]:
    """The points that go out with the next sending, in the order they are read.

    What lies in a shut drawer stays with the writer.
    """
    kinds = skrivbare(aabne, sendt=sendt)
    return [punkt for slags in kinds for punkt in punkter if punkt.sendt_at is None and punkt.slags == slags]


def i_orden(punkter: Sequence[Punkt]) -> list[Punkt]:
    """The points in the order they are read: by kind, then as they stand."""
    return [punkt for slags in SLAGS for punkt in punkter if punkt.slags == slags]


def rearrange(kladde: Sequence[Kladdepunkt], handling: str) -> list[Kladdepunkt]:
    """The draft after a button: `op:ID` and `ned:ID` move a point within its kind, `slet:ID` empties it.

    Anything else, and moving past an end, changes nothing.
    """
    verb, _, wanted = handling.partition(":")
    place = next((i for i, typed in enumerate(kladde) if str(typed.id) == wanted), None)
    after = list(kladde)
    if place is None or verb not in ("op", "ned", "slet"):
        return after
    if verb == "slet":
        after[place] = replace(after[place], tekst="")
        return after
    same = [i for i, typed in enumerate(kladde) if typed.slags == kladde[place].slags and typed.tekst]
    beside = [i for i in same if (i < place if verb == "op" else i > place)]
    if beside and place in same:
        other = max(beside) if verb == "op" else min(beside)
        after[place], after[other] = after[other], after[place]
    return after


def check_kan_sendes(punkter: Iterable[PunktFakta]) -> None:
    """Raise RuleBroken when the first sending lacks something that succeeded."""
    if not any(punkt.slags == "lykkedes" for punkt in punkter):
        raise RuleBroken(BEGYND_MED_LYKKEDES)


def fingerprint(punkter: Iterable[PunktFakta]) -> str:
    """A mark of exactly these points, so that what is sent is what was read through."""
    digest = hashlib.sha256()
    for punkt in punkter:
        digest.update(repr((str(punkt.id), punkt.slags, punkt.tekst, punkt.t_ms)).encode())
    return digest.hexdigest()[:24]


def observer_may_read_until(lukket_at: datetime) -> datetime:
    """The observatør reads on for 14 days after the fokusperson has closed it ."""
    return lukket_at + LAESEFRIST

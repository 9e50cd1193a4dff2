"""What an organisation may have of its own: names, codes and sizes, and the way from a draft to what is offered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from supervision.cpr import CPR_FEJL, ligner_cpr
from supervision.katalog.rules.metoder import Metode
from supervision.katalog.rules.skabeloner import Skabelon
from supervision.katalog.rules.udvalg import moved
from supervision.problems import RuleBroken

SKABELON, METODE = "skabelon", "metode"
SLAGS = {SKABELON: "Skabelon", METODE: "Metode"}
KLADDE, UDGIVET, UDGAAET = "kladde", "udgivet", "udgaaet"
TILSTANDE = {KLADDE: "Kladde", UDGIVET: "Udgivet", UDGAAET: "Udgået"}

EGEN = "egen_"
"""How the key or kode of what an organisation has made itself begins; eight hexadecimal digits follow."""
_EGET_NAVN = re.compile(r"egen_[0-9a-f]{8}")

KENDETEGN_MAX = 30
"""Most kendetegn in a method of one's own."""
LINJER_MAX = 40
"""Most lines in a list: steps, faldgruber, names."""
NAVN_MAX, KORT_TEGN_MAX, TEKST_MAX, LINJE_MAX, AENDRET_MAX = 80, 40, 240, 200, 300
LONGEST = {"navn": NAVN_MAX, "kort": KORT_TEGN_MAX, "tekst": TEKST_MAX, "beskrivelse": 400, "note": 800}
"""Most characters in a text, by its field; LINJE_MAX in any other. `kort` with its soft hyphens."""


class Version(Protocol):
    """One version, as far as the way to being offered goes."""

    @property
    def slags(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def tilstand(self) -> str: ...


V = TypeVar("V", bound=Version)


def is_own(name: str) -> bool:
    """Whether a key or a kode is of an organisation's making."""
    return bool(_EGET_NAVN.fullmatch(name))


def own_name(hexadecimal: str) -> str:
    """A key or a kode from at least eight random hexadecimal digits."""
    return EGEN + hexadecimal[:8]


def find_kladde(versioner: Collection[V]) -> V | None:
    """The draft among the versions of one thing."""
    return next((one for one in versioner if one.tilstand == KLADDE), None)


def find_nyeste(versioner: Collection[V]) -> V | None:
    """The newest version of one thing that was ever published."""
    published = [one for one in versioner if one.tilstand != KLADDE]
    return max(published, key=lambda one: one.version, default=None)


def check_no_kladde(versioner: Collection[Version]) -> None:
    """One draft at a time. Raises RuleBroken."""
    if find_kladde(versioner) is not None:
        raise RuleBroken(
            "Der er allerede en kladde. Gør den færdig, eller slet den, før I begynder på en ny."
        )


def check_is_kladde(one: Version) -> None:
    """What is published never changes. Raises RuleBroken."""
    if one.tilstand != KLADDE:
        raise RuleBroken("Udgaven er udgivet og kan ikke ændres. Begynd en ny kladde i stedet.")


def check_can_retire(one: Version, versioner: Collection[Version]) -> None:
    """Only what is offered can be taken out of use. Raises RuleBroken."""
    if one.tilstand != UDGIVET or find_nyeste(versioner) is not one:
        raise RuleBroken("Kun den nyeste udgivne udgave kan udgå.")


def check_aendret(aendret: str) -> str:
    """What the version changed, in one line. Raises RuleBroken (aendret)."""
    words = " ".join(aendret.split())
    if not words:
        raise RuleBroken("Skriv kort, hvad der er nyt. Så kan kollegerne følge med.", "aendret")
    if len(words) > AENDRET_MAX:
        raise RuleBroken(f"Skriv højst {AENDRET_MAX} tegn.", "aendret")
    if ligner_cpr(words):
        raise RuleBroken(CPR_FEJL, "aendret")
    return words


def change_order(
    keys: tuple[str, ...], verb: str, key: str, *, fixed: Collection[str] = ()
) -> tuple[str, ...]:
    """The list after a button: `op`, `ned` or `fjern` of one key; else as it was.

    Moving past an end changes nothing, and what is fixed cannot be taken out.
    """
    if key not in keys:
        return keys
    if verb == "fjern":
        return keys if key in fixed else tuple(other for other in keys if other != key)
    return moved(keys, key, {"op": -1, "ned": 1}.get(verb, 0))


def size_problem(indhold: Mapping[str, Any]) -> str | None:
    """Why the content cannot be kept: a text too long, a list too long, what looks like a CPR number; else None."""
    return next(_size_problems(indhold, ""), None)


def _size_problems(value: Any, field: str) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) > LONGEST.get(field, LINJE_MAX):
            yield f"»{field}« er for lang; der må højst være {LONGEST.get(field, LINJE_MAX)} tegn"
        if any(unicodedata.category(tegn) in ("Cc", "Cs") for tegn in value):
            yield f"i »{field}« er der et tegn, som ikke kan bruges"
        if ligner_cpr(value):
            yield CPR_FEJL.removesuffix(".")
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _size_problems(inner, str(name))
    elif isinstance(value, list):
        most = KENDETEGN_MAX if field == "kendetegn" else LINJER_MAX
        if len(value) > most:
            yield f"der er {len(value)} punkter i »{field}«; der må højst være {most}"
        for inner in value[: most + 1]:
            yield from _size_problems(inner, field)


def sentence(reason: str) -> str:
    """A reason of the schema's as a sentence of its own."""
    return f"{reason[:1].upper()}{reason[1:]}."


def missing(one: Metode | Skabelon) -> tuple[str, ...]:
    """What must be written before it can be published, as Danish sentences."""
    if isinstance(one, Metode):
        asked = {
            "Skriv metodens navn.": one.navn,
            "Skriv mindst ét trin.": one.trin,
            "Tilføj mindst ét kendetegn, eller vis et af de skjulte.": visible(one).kendetegn,
            "Skriv både kort navn og sætning ved hvert kendetegn.": all(
                tegn.kort and tegn.tekst for tegn in one.kendetegn
            ),
            "Skriv mindst én ting at passe på.": one.faldgruber,
        }
    else:
        asked = {
            "Skriv skabelonens navn.": one.navn,
            "Skriv, hvad skabelonen er til.": one.beskrivelse,
            "Vælg mindst én samtaletype, som skabelonen passer til.": one.passer_til,
            "Vælg, hvis taletid der skal følges.": one.parter,
            "Tilføj mindst ét kendetegn.": one.kendetegn,
        }
    return tuple(sentence for sentence, there in asked.items() if not there)


def code_problem(metode: Metode, original: Metode | None) -> str | None:
    """Why the method's key or codes could be taken for another's, or None.

    A copy keeps its original's key and codes, so that figures add up across organisations; all else is `egen_…`.
    """
    known = {tegn.kode for tegn in original.kendetegn} if original else set()
    if original is None and not is_own(metode.key):
        return f"nøglen »{metode.key}« hører hverken til en metode i kataloget eller begynder med »{EGEN}«"
    for tegn in metode.kendetegn:
        if tegn.kode not in known and not is_own(tegn.kode):
            return f"koden »{tegn.kode}« er ikke en af originalens og begynder ikke med »{EGEN}«"
        if tegn.som and (tegn.som not in known or tegn.kode in known):
            return f"»{tegn.kode}« kan kun tælle med under et af originalens kendetegn"
    return None


def visible(metode: Metode) -> Metode:
    """The method without the kendetegn that the organisation hides."""
    return replace(metode, kendetegn=tuple(tegn for tegn in metode.kendetegn if not tegn.skjult))


def counted_with(metoder: Collection[Metode]) -> dict[str, str]:
    """Kode of an own kendetegn -> the kode it counts together with in the models."""
    return {tegn.kode: tegn.som for metode in metoder for tegn in metode.kendetegn if tegn.som}

"""What can be noted of a method after the samtale: fields with closed lists and whole numbers, and never free text.

A value is kept as it was said: a scale keeps its own two ends and is never converted into another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from supervision.problems import RuleBroken

Data = Mapping[str, Any]
"""What is stored of one registrering: codes and whole numbers by field. What was not noted is absent."""

INGEN: Final = ("", "Ikke noteret")
"""The option that takes a choice back."""
JA_NEJ: Final = (("ja", "Ja"), ("nej", "Nej"))
HOERT: Final = (("hoert", "Hørt"), ("ikke_hoert", "Ikke hørt"), ("ved_ikke", "Ved jeg ikke"))
PEN: Final = (
    ("borger", "Borgeren"),
    ("medarbejder", "Medarbejderen"),
    ("sammen", "De gjorde det sammen"),
    ("virksomhed", "Virksomheden"),
    ("ingen", "Ingen: der blev ikke skrevet"),
)
"""Who held the pen."""


@dataclass(frozen=True, slots=True)
class Felt:
    """One field. art: `valg` (one of a list), `flere` (any of a list) or `tal` (a whole number from `fra` to `til`).

    valg: codes with their Danish words. kraevet: it must be answered. gruppe: a heading over this field and those that
    follow. paa_linje: its few options stand beside each other.
    """

    key: str
    navn: str
    art: str
    valg: tuple[tuple[str, str], ...] = ()
    fra: int = 0
    til: int = 0
    hjaelp: str = ""
    kraevet: bool = False
    gruppe: str = ""
    paa_linje: bool = False

    @property
    def ord(self) -> dict[str, str]:
        """The words of its codes."""
        return dict(self.valg)


@dataclass(frozen=True, slots=True)
class Omgivelser:
    """What decides which fields a slags has: the kontrakt's type of samtale and skabelon, and the log.

    emner: the codes of the log's emner in order. smart_a: the organisation's own word for SMART's A. abc: how the
    skabelon uses the three plans. variant: which of a slags' forms was chosen (a tool, three or four elements).
    """

    samtale_type: str = "individuel"
    skabelon: str = ""
    emner: tuple[str, ...] = ()
    smart_a: str = ""
    abc: str = ""
    variant: str = ""


def _nothing_more(_data: Data, _omgivelser: Omgivelser) -> Iterator[tuple[str, str]]:
    return iter(())


def _nothing_fixed(_omgivelser: Omgivelser) -> Data:
    return {}


@dataclass(frozen=True, slots=True)
class Slags:
    """A kind of registrering.

    navn: its heading. hjaelp: one line under it. felter: its fields where it stands. hoejst: how many of it one log may
    have. privat: only whoever noted it ever sees it. tid: it may name a moment of the samtale. fokusperson: the
    fokusperson notes it of themselves, not the observatør. mere: rules across the fields, as (field, text). fast: what
    is stored besides the fields. tom: said when nothing at all was noted; "" when that is enough.
    """

    key: str
    navn: str
    hjaelp: str
    felter: Callable[[Omgivelser], tuple[Felt, ...]]
    hoejst: int = 1
    privat: bool = False
    tid: bool = False
    fokusperson: bool = False
    mere: Callable[[Data, Omgivelser], Iterator[tuple[str, str]]] = _nothing_more
    fast: Callable[[Omgivelser], Data] = _nothing_fixed
    tom: str = "Sæt mindst ét kryds."


def problems(slags: Slags, data: Data, omgivelser: Omgivelser) -> list[tuple[str, str]]:
    """Everything that is wrong with what is to be stored, as (field, Danish text); the field is "" for the whole."""
    felter = {felt.key: felt for felt in slags.felter(omgivelser)}
    fixed = slags.fast(omgivelser)
    found = [
        (key, "Feltet hører ikke til her.") for key in sorted(data.keys() - felter.keys() - fixed.keys())
    ]
    found += [(key, "Vælg en af mulighederne.") for key in fixed if data.get(key) != fixed[key]]
    for key, felt in felter.items():
        text = _missing(felt) if key not in data else _wrong(felt, data[key])
        if text:
            found.append((key, text))
    if slags.tom and not felter.keys() & data.keys():
        found.append(("", slags.tom))
    return found or list(slags.mere(data, omgivelser))


def check(slags: Slags, data: Data, omgivelser: Omgivelser) -> None:
    """Raises RuleBroken with the first problem and its field."""
    for key, text in problems(slags, data, omgivelser):
        raise RuleBroken(text, key or None)


def _missing(felt: Felt) -> str:
    if not felt.kraevet:
        return ""
    return (
        f"Skriv et helt tal fra {felt.fra} til {felt.til}."
        if felt.art == "tal"
        else "Vælg en af mulighederne."
    )


def _wrong(felt: Felt, value: Any) -> str:
    if felt.art == "tal":
        whole = isinstance(value, int) and not isinstance(value, bool)
        return (
            ""
            if whole and felt.fra <= value <= felt.til
            else f"Skriv et helt tal fra {felt.fra} til {felt.til}."
        )
    if felt.art == "valg":
        return "" if isinstance(value, str) and value in felt.ord else "Vælg en af mulighederne."
    listed = (
        isinstance(value, list) and value and all(isinstance(one, str) and one in felt.ord for one in value)
    )
    return "" if listed and len(set(value)) == len(value) else "Vælg blandt mulighederne."

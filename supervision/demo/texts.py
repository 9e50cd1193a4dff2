"""The words of the demo, read from the content files beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from supervision.demo.people import ORD
from supervision.personer.rules.ordvalg import Ordvalg

CONTENT = Path(__file__).parent / "content"
_TIMES = (
    "",
    "én gang",
    "to gange",
    "tre gange",
    "fire gange",
    "fem gange",
    "seks gange",
    "syv gange",
    "otte gange",
)


@dataclass(frozen=True, slots=True)
class Slags:
    """A kind of samtale: type and forms, the skabelon with the palette it takes from, and focus points."""

    key: str
    teams: dict[str, int]
    type: str
    former: list[str]
    skabelon: str
    laengder: list[int]
    kendetegn: list[str]
    fokus: list[str]
    supervision: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Tekster:
    """Everything that is written in the demo. The inner forms are those of the content files."""

    slags: dict[str, Slags]
    steder: dict[str, dict[str, list[str]]]
    pladser: dict[str, list[str]]
    udenfor: list[str]
    kendetegn: dict[str, dict[str, list[str]]]
    maal: dict[str, dict[str, list[str]]]
    skuffer: dict[str, list[str]]
    tak: list[str]
    spoergsmaal: list[dict[str, str]]
    egne_noter: list[str]
    egne_tanker: list[dict[str, str]]
    tager_med: list[str]
    noter: list[str]
    logbog: list[dict[str, str]]
    laeringspil: list[dict[str, Any]]


@cache
def load_texts() -> Tekster:
    """Read the content files once."""
    samtaler, feedback, svar = (_read(name) for name in ("samtaler", "feedback", "svar"))
    return Tekster(
        slags={key: Slags(key=key, **fields) for key, fields in samtaler["slags"].items()},
        steder=samtaler["steder"],
        pladser=samtaler["pladser"],
        udenfor=samtaler["udenfor"],
        kendetegn=feedback["kendetegn"],
        maal=feedback["maal"],
        skuffer={slags: feedback[slags] for slags in ("fortolkning", "godt_raad")},
        **svar,
    )


def in_house(text: str, hus: str) -> str:
    """The text in the house's own words: an a-kasse has members and advisers."""
    return Ordvalg.fra(ORD.get(hus)).paa(text)


def fitting(texts: list[str], slags: str) -> list[str]:
    """Those that can be said of this kind of samtale: at a virksomhed no citizen sits at the table."""
    return [text for text in texts if slags != "virksomhed" or "borger" not in text.lower()]


def times(count: int) -> str:
    """How often, in words."""
    return _TIMES[count] if count < len(_TIMES) else f"{count} gange"


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))
    return found

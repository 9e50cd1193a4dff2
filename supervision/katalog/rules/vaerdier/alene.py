"""What is noted of oneself, or for oneself alone: relationel koordinering, MI's ånd, the stage of a borger."""

from __future__ import annotations

from typing import Final

from supervision.katalog.rules.vaerdier.felter import HOERT, Data, Felt, Omgivelser

GENKENDT: Final = (("ja", "Det kunne jeg genkende"), ("delvist", "Delvist"), ("ikke", "Ikke her"))
SAMARBEJDE: Final = {
    "maal": ("Fælles mål", "Vi gik efter det samme."),
    "viden": ("Fælles viden", "Vi vidste det, vi hver især havde brug for at vide."),
    "respekt": ("Gensidig respekt", "Vi regnede med hinandens bidrag."),
    "problemloesende": ("Problemløsende kommunikation", "Drillede noget, ledte vi efter en løsning sammen."),
    "hyppig": ("Hyppig kommunikation", "Vi talte sammen tit nok."),
    "rettidig": ("Rettidig kommunikation", "Det, vi skulle vide, kom i tide."),
    "korrekt": ("Korrekt kommunikation", "Det, vi fik at vide, passede."),
}
"""The seven elements, each with a line in our own words; nobody counts them together."""

STADIER: Final = (
    ("foerovervejelse", "Førovervejelse"),
    ("overvejelse", "Overvejelse"),
    ("beslutning", "Beslutning"),
    ("handling", "Handling"),
    ("vedligeholdelse", "Vedligeholdelse"),
    ("tilbagefald", "Tilbagefald"),
)

AAND: Final = {
    "fire": {
        "samarbejde": "Samarbejde",
        "accept": "Accept",
        "omsorg": "Omsorg",
        "frembringelse": "Frembringelse",
    },
    "tre": {"samarbejde": "Samarbejde", "frembringelse": "Frembringe", "autonomi": "Autonomi"},
}
"""MI's spirit as the two sources have it; neither is the other one shortened."""

AAND_NAVNE: Final = {
    "fire": "Med fire elementer (Frederikshavn)",
    "tre": "Med tre elementer (Jobrettede samtaler)",
}


def relationel(_omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """The seven elements, as the fokusperson knew them in the work with the other professional."""
    return tuple(
        Felt(key, navn, "valg", GENKENDT, hjaelp=linje, paa_linje=True)
        for key, (navn, linje) in SAMARBEJDE.items()
    )


def mi_aand(omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """The elements of the variant that was chosen."""
    return tuple(
        Felt(key, navn, "valg", HOERT, paa_linje=True) for key, navn in AAND[aand_variant(omgivelser)].items()
    )


def mi_aand_fast(omgivelser: Omgivelser) -> Data:
    """Which variant it was."""
    return {"variant": aand_variant(omgivelser)}


def aand_variant(omgivelser: Omgivelser) -> str:
    """The variant that was chosen, else that of the skabelon's source."""
    if omgivelser.variant in AAND:
        return omgivelser.variant
    return "tre" if omgivelser.skabelon == "jobrettede_modul_2" else "fire"


def stadie(_omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """One of the six."""
    return (Felt("stadie", "Hvilket stadie er dit bud?", "valg", STADIER, kraevet=True),)

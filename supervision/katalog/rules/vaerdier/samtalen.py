"""What was said and asked in the samtale: the time before it, scales, motivation, plus and minus, and more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from supervision.katalog.rules.vaerdier.felter import (
    HOERT,
    JA_NEJ,
    PEN,
    Data,
    Felt,
    Omgivelser,
)

FOER_SELVBOOKING: Final = {
    "valgt_tid": "Borgeren havde selv valgt tid",
    "valgt_form": "Borgeren havde selv valgt form",
    "emne_angivet": "Borgeren havde angivet et emne",
    "hjaelp_booking": "Borgeren havde fået hjælp til at booke",
}
FOER_FORBEREDELSE: Final = {
    "aftaler_sidst": "Aftaler fra sidst",
    "jobmuligheder": "Konkrete job eller uddannelser",
    "joblog": "Joblog",
    "cv": "CV",
    "greb": "Greb, der skulle prøves",
}
FOER_FAELLES: Final = {
    "jobkon": "JobKon",
    "kommunikation": "Beskeder mellem jobcenter og a-kasse",
    "fravaer": "Fravær og eventuel sanktion",
    "udviklingsmaal": "Udviklingsmål",
    "roller": "Rollefordeling",
    "dagsorden": "Udkast til dagsorden",
}
FOER: Final = FOER_SELVBOOKING | FOER_FORBEREDELSE | FOER_FAELLES
FORBEREDT: Final = (("forberedt", "Forberedt"), ("brugt", "Brugt i samtalen"))
GJORT: Final = (("forberedt", "Gjort før"), ("brugt", "Brugt i samtalen"))

INTERVALLER: Final = {
    "1-10": (1, 10),
    "0-10": (0, 10),
    "1-5": (1, 5),
    "0-5": (0, 5),
    "1-4": (1, 4),
    "0-100": (0, 100),
}
OM: Final = (
    ("vigtighed", "Hvor vigtigt det er"),
    ("tro", "Troen på, at det kan lykkes"),
    ("maal", "Hvor tæt målet er"),
    ("problem", "Hvor stort et problem er"),
    ("paavirkning", "Hvor meget det påvirker job"),
    ("andet", "Noget andet"),
)
EGNE_ORD: Final = {
    "cabi_9_trin": "Cabi kalder det at spørge »opad«",
    "jobrettede_modul_2": "Jobrettede samtaler kalder det at spørge »nedad«",
    "frederikshavn_borger": "Frederikshavn spørger, hvad der allerede bærer tallet",
}
"""What a skabelon itself calls asking for the reasons; the question is the same, only the words disagree."""

TEMAER: Final = {
    "udvikling": "Personlig udvikling",
    "sociale": "Sociale forbindelser",
    "struktur": "Struktur og rutine",
    "selvvaerd": "Selvværd og identitet",
    "sundhed": "Sundhed og velvære",
    "selvstaendighed": "Øget selvstændighed",
    "bidrag": "Bidrag til samfundet",
    "livsstil": "Forbedret livsstil",
    "mentalt": "Mentalt engagement",
    "rollemodel": "At være rollemodel",
    "oekonomi": "Økonomisk sikkerhed",
}
NAEVNT: Final = (("borger", "Af borgeren"), ("medarbejder", "Af medarbejderen"))
TRO: Final = (
    ("siger", "Medarbejderen sagde, at job er muligt, og hvorfor"),
    ("handling", "Ordene blev fulgt af en handling"),
    ("alternativ", "En anden fortælling om situationen blev prøvet"),
    ("samme", "Ord og redskaber pegede samme vej"),
)
KONKLUSION: Final = (
    ("faelles", "Ja, de fandt den sammen"),
    ("borger", "Ja, borgeren sagde den"),
    ("medarbejder", "Ja, medarbejderen sagde den"),
    ("aaben", "Nej, listen står åben"),
)
MAAL: Final = (("jobmaal", "Jobmål"), ("sagsmaal", "Sagsmål"), ("andet", "Andet"))
HVIS: Final = (("borger", "Borgeren"), ("medarbejder", "Medarbejderen"))
PEJLEMAERKER: Final = (("1", "1 Fokusér"), ("2", "2 Motivér"), ("3", "3 Forebyg"), ("4", "4 Bevæg"))
MED_PEJLEMAERKER: Final = "pejlemaerker"
"""The variant of `emner` that asks for the pejlemærke too; the skabelon of that name always does."""


def foer(omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """The lines that can be prepared: those of the two professionals only where there are two."""
    groups = (
        [] if omgivelser.samtale_type == "virksomhedsmoede" else [("Selvbooking", FOER_SELVBOOKING, GJORT)]
    )
    groups.append(("Forberedelse", FOER_FORBEREDELSE, FORBEREDT))
    if omgivelser.samtale_type == "faellessamtale":
        groups.append(("De to professionelle", FOER_FAELLES, FORBEREDT))
    return tuple(
        Felt(key, navn, "flere", valg, gruppe=gruppe if nr == 0 else "", paa_linje=True)
        for gruppe, lines, valg in groups
        for nr, (key, navn) in enumerate(lines.items())
    )


def skala(omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """The number with its own two ends, and what was asked about it."""
    own = EGNE_ORD.get(omgivelser.skabelon, "")
    return (
        Felt("interval", "Skalaen gik fra – til", "valg", tuple((key, f"{low}–{high}") for key, (low, high) in
             INTERVALLER.items()), kraevet=True, paa_linje=True),
        Felt("vaerdi", "Tallet, der blev sagt", "tal", fra=0, til=100, kraevet=True),
        Felt("om", "Hvad handlede tallet om?", "valg", OM, kraevet=True),
        Felt("grunde", f"Blev der spurgt til grundene til tallet?{f' ({own})' if own else ''}", "valg", JA_NEJ,
             hjaelp="Altså til det, der gør, at tallet ikke er lavere.", paa_linje=True),
        Felt("naeste", "Blev der spurgt til næste trin?", "valg", JA_NEJ,
             hjaelp="Hvad der skal til, for at tallet bliver lidt højere.", paa_linje=True),
    )  # fmt: skip


def skala_mere(data: Data, _omgivelser: Omgivelser) -> Iterator[tuple[str, str]]:
    """The number lies on its own scale."""
    low, high = INTERVALLER[data["interval"]]
    if not low <= data["vaerdi"] <= high:
        yield "vaerdi", f"Skalaen gik fra {low} til {high}. Skriv et tal, der ligger på den."


MOTIVATION: Final = {"vigtighed": "Vigtighed", "tro": "Tro på, at det kan lykkes"}
MOTIVATION_I_OEVELSE: Final = {"motivation": "Motivation", **MOTIVATION}


def motivation(omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """Two numbers, each before and after; in an exercise the motivation as a whole too, after each round."""
    practised = omgivelser.samtale_type == "oevelse"
    foer, efter = ("Efter runde 1", "Efter runde 2") if practised else ("Først", "Senere")
    return tuple(
        Felt(
            f"{key}_{hvornaar}",
            ord,
            "tal",
            fra=1,
            til=10,
            gruppe=navn if hvornaar == "foer" else "",
            paa_linje=True,
        )
        for key, navn in (MOTIVATION_I_OEVELSE if practised else MOTIVATION).items()
        for hvornaar, ord in (("foer", foer), ("efter", efter))
    )


def plus_minus(_omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """How many points each side got, and whether a direction came of it; never what they said."""
    points = {"fra": 0, "til": 30, "paa_linje": True}
    return (
        Felt("variant", "Hvilken slags liste?", "valg", (("en", "Én liste med plus og minus"),
             ("to", "To muligheder, hver med plus og minus")), kraevet=True),
        Felt("plus", "Antal plus", "tal", gruppe="Listen, eller den første mulighed", **points),  # type: ignore[arg-type]
        Felt("minus", "Antal minus", "tal", **points),  # type: ignore[arg-type]
        Felt("plus_2", "Antal plus", "tal", gruppe="Den anden mulighed", **points),  # type: ignore[arg-type]
        Felt("minus_2", "Antal minus", "tal", **points),  # type: ignore[arg-type]
        Felt("konklusion", "Endte listen i en retning?", "valg", KONKLUSION),
        Felt("pen", "Hvem skrev?", "valg", PEN),
    )  # fmt: skip


def plus_minus_mere(data: Data, _omgivelser: Omgivelser) -> Iterator[tuple[str, str]]:
    """A second option only where there were two."""
    if data["variant"] == "en":
        for key in ("plus_2", "minus_2"):
            if key in data:
                yield key, "Der var én liste. Tøm feltet, eller vælg to muligheder."


def antonovsky(_omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """A profile of three, which is no score."""
    return (
        Felt("begribelighed", "Begribelighed", "valg", HOERT, paa_linje=True,
             hjaelp="Hvad der skal ske, hvornår og med hvem, blev gjort klart."),
        Felt("haandterbarhed", "Håndterbarhed", "valg", HOERT, paa_linje=True,
             hjaelp="Krav og tempo blev passet til det, borgeren kan overkomme."),
        Felt("meningsfuldhed", "Meningsfuldhed", "valg", HOERT, paa_linje=True,
             hjaelp="Det næste blev koblet til noget, borgeren selv vil."),
    )  # fmt: skip


def jobvaerdi(_omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """Who named which of the eleven themes, and what was heard of belief in a job."""
    temaer = tuple(
        Felt(key, navn, "flere", NAEVNT, gruppe="Hvad et job er værd" if nr == 0 else "", paa_linje=True)
        for nr, (key, navn) in enumerate(TEMAER.items())
    )
    return (
        *temaer,
        Felt("tro", "Hvad så eller hørte du?", "flere", TRO, gruppe="Troen på borgerens jobchancer"),
    )


def emner(omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """What each emne of the log was about: whose point it was, and which pejlemærke when that is asked for."""
    wanted = MED_PEJLEMAERKER in (omgivelser.variant, omgivelser.skabelon.removeprefix("marselisborg_"))
    found: list[Felt] = []
    for nr in omgivelser.emner:
        found.append(
            Felt(f"maal_{nr}", "Hvad handlede det om?", "valg", MAAL, gruppe=f"Emne {nr}", paa_linje=True)
        )
        found.append(Felt(f"hvis_{nr}", "Hvem kom med punktet?", "valg", HVIS, paa_linje=True))
        if wanted:
            found.append(Felt(f"pm_{nr}", "Pejlemærke", "valg", PEJLEMAERKER, paa_linje=True))
    return tuple(found)

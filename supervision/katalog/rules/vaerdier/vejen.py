"""What the samtale led to: aftaler letter by letter, the three plans, the steps of the trappe, the samtaleskema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from supervision.katalog.rules.metoder import ABC_VAEGT
from supervision.katalog.rules.vaerdier.felter import JA_NEJ, PEN, Data, Felt, Omgivelser
from supervision.personer.rules.ordvalg import SMART_A

_A_I_SKABELON: Final = {
    "cabi_9_trin": "accepteret",
    "redskab_i_brug": "accepteret",
    "jobrettede_modul_2": "accepteret",
    "frederikshavn_borger": "attraktiv",
    "frederikshavn_virksomhed": "attraktiv",
}
"""What the skabelon's own source calls it, where the organisation has not chosen one."""

BOGSTAVER: Final = ("S", "M", "A", "R", "T")
UDVIDELSER: Final = (("paavirkelig", "Påvirkelig"), ("relevant", "Relevant"), ("daekkende", "Dækkende"))
HVEM: Final = (
    ("borger", "Borgeren"),
    ("medarbejder", "Medarbejderen"),
    ("begge", "Begge"),
    ("virksomhed", "Virksomheden"),
    ("anden", "En anden"),
)

_ABC: Final = {"A": "Ønskejobbet", "B": "Det gode og acceptable job", "C": "Det nødvendige jobområde"}
_ABC_CABI: Final = {"A": "Drømmejobbet", "B": "Det gode og acceptable job", "C": "Smør på brødet"}
TRIN: Final = (
    ("1", "1 Begynder"),
    ("2", "2 Avanceret begynder"),
    ("3", "3 Selvstartende"),
    ("4", "4 Selvkørende"),
    ("5", "5 Oplært"),
)
PLACERET: Final = (
    ("sammen", "Sammen"),
    ("borger", "Af borgeren"),
    ("virksomhed", "Af virksomheden"),
    ("medarbejder", "Af medarbejderen"),
)
OMRAADER: Final = {
    "faglige": "Faglige og praktiske",
    "sociale": "Sociale",
    "personlige": "Personlige",
    "helbred": "Helbredsmæssige",
}
UDEN_TAL: Final = "helbred"
"""That it was talked of is all that is kept of it: no number about anybody's health, with or without a name."""


def aftale(omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """One aftale: which letters were spoken of. What was agreed is never written."""
    letters = (
        ("S", "S – Specifikt: hvad der skal gøres"),
        ("M", "M – Målbart: hvad man kan se det på"),
        ("A", f"A – {SMART_A[smart_a(omgivelser)]}"),
        ("R", "R – Realistisk: om det kan nås"),
        ("T", "T – Tidsbestemt: hvornår"),
    )
    return (
        Felt("talt_om", "Hvilke bogstaver blev der talt om?", "flere", letters),
        Felt("ogsaa", "Også talt om", "flere", UDVIDELSER, hjaelp="De tre ekstra fra Jobrettede samtaler."),
        Felt("hvem", "Hvem skal gøre det?", "valg", HVEM),
    )


def aftale_fast(omgivelser: Omgivelser) -> Data:
    """What A stood for, so that the aftale reads the same when the organisation takes another word."""
    return {"smart_a": smart_a(omgivelser)}


def smart_a(omgivelser: Omgivelser) -> str:
    """A code of SMART_A: what the organisation has chosen, else what the skabelon's source says, else both."""
    chosen = omgivelser.smart_a if omgivelser.smart_a in SMART_A else "begge"
    return _A_I_SKABELON.get(omgivelser.skabelon, chosen) if chosen == "begge" else chosen


def planer(skabelon: str) -> dict[str, str]:
    """The three plans in the source's own words."""
    return _ABC_CABI if skabelon == "cabi_9_trin" else _ABC


def abc(omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """Which plans were spoken of, and where the weight lies now."""
    plans = tuple((key, f"{key} – {navn}") for key, navn in planer(omgivelser.skabelon).items())
    return (
        Felt("talt_om", "Hvilke planer blev der talt om?", "flere", plans),
        Felt("funktioner", "Blev titler lavet om til jobfunktioner?", "valg", JA_NEJ, paa_linje=True),
        Felt("vaegt", "Blev vægten flyttet?", "valg", (*((key, f"Ja, til {key}") for key, _ in plans),
             ("nej", "Nej")), paa_linje=True),
        Felt("hvem_goer_hvad", "Blev det aftalt, hvem der gør hvad?", "valg", JA_NEJ, paa_linje=True),
        Felt("pen", "Hvem skrev?", "valg", PEN),
    )  # fmt: skip


def abc_fast(omgivelser: Omgivelser) -> Data:
    """How the skabelon used the plans, when it says so."""
    return {"brug": omgivelser.abc} if omgivelser.abc in ABC_VAEGT else {}


def trappe(_omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """The step of one opgave, and who placed it."""
    return (
        Felt("trin", "Hvilket trin?", "valg", TRIN, kraevet=True),
        Felt("placeret", "Hvordan blev trinnet fundet?", "valg", PLACERET, kraevet=True),
        Felt("set", "Blev det fundet ud fra opgaver, der var set løst?", "valg", JA_NEJ, paa_linje=True),
        Felt("naeste", "Blev der sat et delmål for næste trin?", "valg", JA_NEJ, paa_linje=True),
    )


def samtaleskema(_omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """Which of the four areas were used, and the two numbers of three of them when they matter."""
    areas = tuple(OMRAADER.items())
    values = tuple(
        Felt(f"{key}_{naar}", ord, "tal", fra=1, til=10, gruppe=navn if naar == "nu" else "", paa_linje=True)
        for key, navn in areas
        if key != UDEN_TAL
        for naar, ord in (("nu", "Nu"), ("oensket", "Ønsket"))
    )
    return (
        Felt("omraader", "Hvilke områder blev brugt?", "flere", areas, kraevet=True),
        Felt("krydset", "Hvem satte krydset?", "valg", PEN[:3]),
        Felt("forrige", "Blev det holdt op mod sidste udfyldning?", "valg", JA_NEJ, paa_linje=True),
        *values,
    )


def samtaleskema_mere(data: Data, _omgivelser: Omgivelser) -> Iterator[tuple[str, str]]:
    """Numbers only of an area that was used."""
    for key, navn in OMRAADER.items():
        for naar in ("nu", "oensket"):
            if f"{key}_{naar}" in data and key not in data["omraader"]:
                yield f"{key}_{naar}", f"Sæt kryds ved {navn.lower()} ovenfor, eller tøm feltet."

"""What a leader follows up on (Status, Viden, Læring, Justering), and the short questions to those who take part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from supervision.problems import RuleBroken

RAMME: Final[Mapping[str, tuple[str, str]]] = {
    "status": ("Status", "Hvor er vi? Hvad bliver brugt i samtalerne, og hvad er gledet ud igen?"),
    "viden": ("Viden", "Hvad ved vi nu, som vi ikke vidste sidst? Hvad mangler vi at vide?"),
    "laering": ("Læring", "Hvad er vi blevet bedre til, og hvordan lærte vi det?"),
    "justering": ("Justering", "Hvad gør vi anderledes fra nu af? Hvem, hvad og hvornår?"),
    "hindringer": ("Det, der står i vejen", "Med egne ord. Det kommer med på debrifingen."),
}
"""Field -> (its heading, the question that helps). The first four are the frame; the last stands on the debrifing."""
TEKST_MAX: Final = 2000
METODER_MAX: Final = 12
VALG: Final[Mapping[str, str]] = {
    "bruger": "Bruger den",
    "mere": "Vil gerne bruge den mere",
    "ingen_mening": "Giver ikke mening for mig",
}
HINDRINGER: Final[Mapping[str, str]] = {
    "tid": "Der er ikke tid til det i dagen",
    "plan": "Samtaler bliver flyttet eller aflyst",
    "krav": "Krav og registreringer fylder i samtalen",
    "oevelse": "Jeg mangler at øve mig",
    "makker": "Jeg mangler en at observere sammen med",
    "utryg": "Det føles utrygt at blive observeret",
    "rammer": "Rum, telefon eller skærm gør det svært",
    "ledelse": "Der bliver spurgt til noget andet",
}


def check_ramme(tekster: Mapping[str, str]) -> dict[str, str]:
    """The five texts, trimmed. Raises RuleBroken when one is too long or all are empty."""
    cleaned = {felt: tekster.get(felt, "").replace("\r\n", "\n").strip() for felt in RAMME}
    for felt, tekst in cleaned.items():
        if len(tekst) > TEKST_MAX:
            raise RuleBroken(f"Skriv højst {TEKST_MAX} tegn.", felt)
    if not any(cleaned.values()):
        raise RuleBroken("Skriv mindst ét sted.", "status")
    return cleaned


def check_metoder(valgte: Collection[str], kendte: Mapping[str, str]) -> list[tuple[str, str]]:
    """(key, name) of what the survey asks of, in the order offered. Raises RuleBroken."""
    chosen = [(key, navn) for key, navn in kendte.items() if key in set(valgte)]
    if not chosen:
        raise RuleBroken("Vælg mindst én metode at spørge til.", "metoder")
    if len(chosen) > METODER_MAX:
        raise RuleBroken(
            f"Vælg højst {METODER_MAX} metoder. Ellers bliver det for langt at svare på.", "metoder"
        )
    return chosen


def check_svar(valg: Mapping[str, str], hindringer: Collection[str], metoder: Collection[str]) -> None:
    """One answer for each method, and obstacles of the closed list. Raises RuleBroken."""
    for kode in metoder:
        if valg.get(kode) not in VALG:
            raise RuleBroken("Vælg et svar for hver metode.", f"valg_{kode}")
    if not set(hindringer) <= set(HINDRINGER):
        raise RuleBroken("Vælg blandt mulighederne.", "hindringer")

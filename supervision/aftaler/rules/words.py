"""The codes of a kontrakt, their Danish words, and the limits."""

from __future__ import annotations

from typing import Final

from supervision.aftaler.rules.samtaletyper import samtaletype
from supervision.katalog.rules import SAMTALETYPER, TALERE

SAMTALE_TYPER: Final = SAMTALETYPER
SAMTALE_FORMER: Final = {"fysisk": "I samme rum", "telefonisk": "På telefon", "digital": "På video"}
"""The channel is part of every samtale: on the telephone nobody sees how something is received."""

SLAGS: Final = {"kollegial": "Kollegial feedback", "supervision": "Supervision"}
ROLLER: Final = {"fokusperson": "Jeg skal observeres", "observatoer": "Jeg skal observere"}
TALER_PARTER: Final = TALERE
"""Whose talk time can be followed, as the event log codes them, in the order of the screen."""

FEEDBACK_HVORNAAR: Final = {
    "lige_efter": "Lige efter samtalen, når borgeren er gået",
    "senere_i_dag": "Senere samme dag",
    "naeste_dag": "Dagen efter",
    "aftalt": "På et tidspunkt, vi aftaler bagefter",
}
BORGER_JA: Final = {"ja": "Ja", "nej": "Nej", "": "Ikke spurgt endnu"}
TILSTANDE: Final = {
    "kladde": "Kladde",
    "venter": "Venter på et ja",
    "klar": "Klar",
    "i_gang": "Låst, optageren er startet",
    "trukket": "Trukket tilbage",
}
KAN_RETTES: Final = ("kladde", "venter", "klar")
"""The states in which a kontrakt can still be changed."""
TRIN_NAVNE: Final = {
    "samtalen": "Samtalen",
    "fokus": "Fokus",
    "kendetegn": "Kendetegn",
    "aftaler": "Aftaler",
    "se_optageren": "Se optageren",
}
PLADSER: Final = (
    "Ved bordets ende",
    "Lidt bag medarbejderen, uden for borgerens blik",
    "Ved siden af medarbejderen",
    "Med på linjen, med lyden slået fra",
    "Med på video, med kameraet slukket",
)

FOKUS_MAX: Final = 3
KENDETEGN_MAX: Final = 12
PARTER_MIN: Final = 2
LAENGDE: Final = (5, 240)
FEEDBACK_LAENGDE: Final = (5, 120)
FORLOEB: Final = (1, 30)
DAYS_AHEAD: Final = 366
TEKST_MAX: Final = {
    "fokus": 300,
    "sted": 120,
    "maal": 1000,
    "redskaber": 1000,
    "bidrag": 1000,
    "udenfor": 1000,
    "plads": 200,
    "praesentation": 300,
}


def default_parter(samtale_type: str) -> tuple[str, ...]:
    """The parties that a type of samtale most often has."""
    return samtaletype(samtale_type).parter


def part_navn(part: str, samtale_type: str) -> str:
    """The party's word on the screen: the third party of a virksomhedsmøde is the company."""
    return dict(samtaletype(samtale_type).ord).get(part, TALER_PARTER[part])


def foreslaa_praesentation(observatoer_fornavn: str) -> str:
    """A sentence with which the fokusperson can present the observatør to the citizen; to be adapted."""
    navn = observatoer_fornavn
    return (
        f"Det er min kollega {navn}. {navn} lytter med for at give mig feedback på, hvordan jeg holder "
        "samtalen, og skriver ikke dit navn ned. Er det i orden med dig?"
    )

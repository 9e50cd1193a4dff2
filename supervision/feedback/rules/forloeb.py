"""Where a feedback-kontrakt stands for one of its two people, and the one next step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from supervision.feedback.rules.punkter import FOKUSPERSON

KOMMENDE: Final = "kommende"
VENTER: Final = "venter"
AFHOLDT: Final = "afholdt"

GRUPPER: Final = {VENTER: "Venter på dig", KOMMENDE: "Kommende", AFHOLDT: "Tidligere"}
"""The groups of the page Samtaler in the order of the page."""


@dataclass(frozen=True, slots=True)
class Fakta:
    """What has happened, seen by one of the two.

    rolle: `fokusperson` or `observatoer`. kollega: the other's first name. kontrakt: as in `aftaler.rules`.
    mangler: nobody can say yes yet. forbi: the day of the samtale is over. afsluttet: the observation ended.
    spoergsmaal: how many are unanswered. bedt_om: the observatør asked for a drawer and has no answer.
    efterspurgt: a drawer was opened after the sending and nothing has come in it yet.
    udloebet: the observatør can no longer read.
    """

    rolle: str
    kollega: str
    kontrakt: str
    mangler: bool = False
    mit_ja: bool = False
    forbi: bool = False
    afsluttet: bool = False
    sendt: bool = False
    laest: bool = False
    takket: bool = False
    lukket: bool = False
    spoergsmaal: int = 0
    bedt_om: bool = False
    efterspurgt: bool = False
    udloebet: bool = False


@dataclass(frozen=True, slots=True)
class Skridt:
    """A state with its words, its group on the page, and the next step: words of the button and its goal.

    maal: `kontrakt`, `optager`, `tanker`, `skriv`, `skuffer`, `laes`, or None when there is nothing to do.
    """

    tilstand: str
    gruppe: str
    ord: str
    knap: str | None = None
    maal: str | None = None


def naeste_skridt(fakta: Fakta) -> Skridt:
    """The state and the one next step for this person."""
    if fakta.sendt:
        return _efter_sending(fakta)
    if fakta.kontrakt == "trukket":
        return Skridt("trukket", AFHOLDT, "Kontrakten er trukket tilbage")
    if fakta.afsluttet:
        return _foer_sending(fakta)
    if fakta.kontrakt == "i_gang":
        return _i_gang(fakta)
    return _aftalen(fakta)


def _aftalen(fakta: Fakta) -> Skridt:
    if fakta.kontrakt == "klar":
        return _klar(fakta)
    if fakta.kontrakt == "venter" and fakta.mit_ja and fakta.forbi:
        return Skridt("ikke_holdt", AFHOLDT, f"Dagen er gået, og {fakta.kollega} har ikke sagt ja")
    if fakta.kontrakt == "venter" and fakta.mit_ja:
        return Skridt("venter_paa_kollega", KOMMENDE, f"Venter på, at {fakta.kollega} siger ja")
    if fakta.kontrakt == "venter":
        return Skridt(
            "venter_paa_mig", VENTER, f"{fakta.kollega} har sagt ja og venter på dig", "Sig ja", "kontrakt"
        )
    if fakta.mangler:
        return Skridt("kladde", VENTER, "Kontrakten er ikke færdig endnu", "Skriv videre", "kontrakt")
    return Skridt("kladde", VENTER, "Kontrakten mangler jeres ja", "Læs og sig ja", "kontrakt")


def _klar(fakta: Fakta) -> Skridt:
    if fakta.rolle == FOKUSPERSON:
        if fakta.forbi:
            return Skridt(
                "ikke_holdt", AFHOLDT, f"Dagen er gået, og {fakta.kollega} har ikke åbnet optageren"
            )
        return Skridt("klar", KOMMENDE, "Kontrakten er klar")
    if fakta.forbi:
        return Skridt(
            "ikke_holdt", VENTER, "Dagen er gået, uden at optageren blev åbnet", "Åbn optageren", "optager"
        )
    return Skridt("klar", KOMMENDE, "Kontrakten er klar", "Åbn optageren", "optager")


def _i_gang(fakta: Fakta) -> Skridt:
    if fakta.rolle == FOKUSPERSON:
        return Skridt("i_gang", KOMMENDE, f"{fakta.kollega} observerer")
    return Skridt("i_gang", VENTER, "Optageren er i gang", "Fortsæt i optageren", "optager")


def _foer_sending(fakta: Fakta) -> Skridt:
    if fakta.rolle != FOKUSPERSON:
        return Skridt("skylder", VENTER, f"{fakta.kollega} venter på din feedback", "Skriv feedback", "skriv")
    if fakta.bedt_om:
        return Skridt(
            "bedt_om", VENTER, f"{fakta.kollega} spørger dig om noget", f"Svar {fakta.kollega}", "skuffer"
        )
    return Skridt(
        "afventer", AFHOLDT, f"Feedbacken fra {fakta.kollega} er på vej", "Dine egne tanker", "tanker"
    )


def _efter_sending(fakta: Fakta) -> Skridt:
    if fakta.rolle == FOKUSPERSON:
        return _hos_fokusperson(fakta)
    if fakta.udloebet:
        return Skridt("udloebet", AFHOLDT, f"Lukket. Feedbacken er nu kun hos {fakta.kollega}")
    if fakta.lukket:
        return Skridt("lukket", AFHOLDT, f"{fakta.kollega} har lukket feedbacken", "Læs den igen", "laes")
    if fakta.spoergsmaal:
        return Skridt(
            "spurgt", VENTER, f"{fakta.kollega} spørger ind til din feedback", f"Svar {fakta.kollega}", "laes"
        )
    if fakta.efterspurgt:
        return Skridt(
            "efterspurgt", VENTER, f"{fakta.kollega} vil gerne høre mere fra dig", "Skriv videre", "skriv"
        )
    if fakta.takket:
        return Skridt("takket", AFHOLDT, f"{fakta.kollega} siger tak", "Læs den igen", "laes")
    return Skridt("sendt", AFHOLDT, f"Din feedback er hos {fakta.kollega}", "Læs den igen", "laes")


def _hos_fokusperson(fakta: Fakta) -> Skridt:
    if not fakta.laest:
        return Skridt("modtaget", VENTER, f"Du har fået feedback fra {fakta.kollega}", "Læs feedback", "laes")
    if fakta.lukket:
        return Skridt("lukket", AFHOLDT, "Du har lukket feedbacken", "Læs den igen", "laes")
    if fakta.bedt_om:
        return Skridt(
            "bedt_om", VENTER, f"{fakta.kollega} spørger dig om noget", f"Svar {fakta.kollega}", "laes"
        )
    return Skridt("laest", AFHOLDT, "Du har læst feedbacken", "Læs den igen", "laes")

"""What an access is called: whoever did what to which thing, by which right. The words of "Hvem har set mine data?"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

EGEN: Final = "egen"
ALT, EGNE = "alt", "egne"

VERBER: Final = {
    "laest": "så",
    "soegt": "søgte i",
    "hentet": "hentede",
    "aendret": "ændrede",
    "slettet": "slettede",
}
RETTER: Final = {
    EGEN: "dig selv",
    "observatoer": "som observatør",
    "delt": "fordi det er delt",
    "facilitator": "som facilitator",
    "gruppe": "som deltager i gruppen",
    "supervisor": "som supervisor",
    "teamleder": "som teamleder",
    "administrator": "som administrator",
    "kollega": "som kollega",
}
UDEN_NAVN: Final = "Systemet"
SLETTET_PERSON: Final = "En tidligere bruger"


@dataclass(frozen=True, slots=True)
class Ting:
    """A kind of thing: which filter it stands under, what it is called, and other whole words for single acts.

    `samtalen` in the words is followed by when it was; `{navn}` is the group's, team's or organisation's name.
    """

    filter: str
    ord: str
    handlinger: tuple[tuple[str, str], ...] = ()


TING: Final = {
    "kontrakt": Ting("samtaler", "aftalen om samtalen"),
    "samtale": Ting("samtaler", "observationerne af samtalen"),
    "optager": Ting(
        "samtaler",
        "optageren til samtalen",
        (("aendret", "krydsede i optageren under samtalen"), ("laest", "åbnede optageren til samtalen")),
    ),
    "observation": Ting("samtaler", "observationen af samtalen"),
    "registrering": Ting("samtaler", "det, der er noteret om samtalen"),
    "karantaene": Ting("samtaler", "kryds, der er lagt til side, fra samtalen"),
    "hjemmeopgave_kontrakt": Ting("samtaler", "aftalen i hjemmeopgaven om samtalen"),
    "supervisionssession": Ting("samtaler", "din tid på en supervisionsdag"),
    "supervisionsdag": Ting("samtaler", "planen for en supervisionsdag, du er med i"),
    "dagenslinje": Ting("samtaler", "en linje fra din supervision"),
    "besoeg": Ting("samtaler", "et besøg i dit par"),
    "feedback": Ting("feedback", "feedbacken på samtalen"),
    "feedback_punkt": Ting("feedback", "et punkt i feedbacken på samtalen"),
    "spoergsmaal": Ting(
        "feedback",
        "dit spørgsmål i feedbacken på samtalen",
        (("aendret", "svarede på dit spørgsmål i feedbacken på samtalen"),),
    ),
    "deling": Ting("feedback", "det, du har delt fra samtalen"),
    "gruppe": Ting("gruppe", "siderne for {navn}"),
    "runde": Ting("gruppe", "runden i {navn}"),
    "moede": Ting("gruppe", "et møde i {navn}"),
    "plenumaftale": Ting("gruppe", "en aftale fra {navn}"),
    "hjemmeopgave": Ting("gruppe", "en hjemmeopgave i {navn}"),
    "oevelse": Ting("gruppe", "en øvelse i {navn}"),
    "oevelsestekst": Ting("gruppe", "en tekst fra en øvelse i {navn}"),
    "seddel": Ting("gruppe", "en seddel fra et møde i {navn}"),
    "tjek_ud": Ting("gruppe", "et tjek ud fra {navn}"),
    "kalibrering": Ting("gruppe", "en kalibrering, du var med i"),
    "paa_bordet": Ting("gruppe", "det, du har lagt på bordet"),
    "gruppebillede": Ting("tal", "gruppebilledet på et møde i {navn}"),
    "team": Ting("tal", "de offentliggjorte tal for {navn}"),
    "opfoelgning_skema": Ting("tal", "et skema om træningen i {navn}"),
    "organisationstal": Ting("tal", "de offentliggjorte tal for {navn}"),
    "person": Ting("konto", "dine oplysninger som bruger"),
    "rolletildeling": Ting("konto", "din rolle"),
    "indlogning": Ting("konto", "et sted, du er logget ind"),
    "passkey": Ting("konto", "din passkey"),
    "identitet": Ting("konto", "din forbindelse til kommunens login"),
    "konti": Ting("konto", "listen over brugere i {navn}"),
    "teamkonti": Ting("konto", "{navn} og dets brugere"),
    "egne_data": Ting("konto", "dine egne data"),
    "laeringspil": Ting("konto", "din læringspil"),
    "laeringspil_linje": Ting("konto", "en linje i din læringspil"),
    "lognotat": Ting("konto", "et notat i din logbog"),
}
FILTRE: Final = {
    ALT: "Alt, andre har gjort",
    "feedback": "Feedback",
    "samtaler": "Aftaler og observationer",
    "gruppe": "Læringsgruppen",
    "tal": "Gruppens og teamets tal",
    "konto": "Din bruger",
    EGNE: "Det, du selv har ændret eller hentet",
}


def saetning(slags: str, handling: str, *, hvornaar: str = "", navn: str = "") -> str:
    """What was done to what: "så feedbacken på samtalen 3. marts". hvornaar: of the samtale; empty where it is gone."""
    ting = TING.get(slags, Ting(ALT, "noget om dig"))
    whole = dict(ting.handlinger).get(handling) or f"{VERBER[handling]} {ting.ord}"
    words = whole.replace("{navn}", navn or "en gruppe, der er nedlagt")
    return f"{words} {hvornaar}" if hvornaar and words.endswith("samtalen") else words


def slags_i(filter: str) -> list[str]:
    """The kinds under a filter; all of them under ALT and EGNE."""
    return [slags for slags, ting in TING.items() if filter in (ALT, EGNE) or ting.filter == filter]

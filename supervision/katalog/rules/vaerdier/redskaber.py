"""The tools that can lie on the table, and the few facts of them that are not about the citizen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from supervision.katalog.rules.vaerdier.felter import JA_NEJ, PEN, Data, Felt, Omgivelser


@dataclass(frozen=True, slots=True)
class Redskab:
    """One tool. nr: its number among Marselisborgs elleve redskaber. metode: the method whose page tells of it.

    dele: its fields, rings or steps, which can be noted as used. slags: it has a form of its own instead.
    """

    key: str
    navn: str
    metode: str
    dele: tuple[str, ...] = ()
    nr: int | None = None
    slags: str = ""


# Ressourceprofilen asks of health and money, and PROFIL has scores: of those two only that they were used.
_ALLE: Final = (
    Redskab("personlig_udvikling", "Samtaleskema (personlig udvikling)", "r_personlig_udvikling",
            ("Planlægning af hverdagen", "Motivation", "Sociale relationer", "Arbejdsmarkedsperspektiv"), 1),
    Redskab("ressourceprofil", "Ressourceprofilen", "r_ressourceprofil", nr=2),
    Redskab("profil", "PROFIL", "r_profil", nr=3),
    Redskab("jobsoegning", "Kvalificeret jobsøgning", "r_kvalificeret_jobsoegning",
            ("CV", "Ansøgning", "Kontakt til virksomheder", "Rollespil", "Støtte til jobsamtaler"), 4),
    Redskab("abc", "ABC-jobplan", "abc_jobplan", nr=5, slags="abc"),
    Redskab("smart", "SMART-modellen", "smart", nr=6, slags="aftale"),
    Redskab("fremtidsvaerksted", "Fremtidsværkstedet", "r_fremtidsvaerksted",
            ("Kritikfase", "Fantasifase", "Virkelighedsfase"), 7),
    Redskab("tid_til_job", "Tid til job", "r_tid_til_job",
            ("En typisk dag", "En arbejdsdag", "Ugeskema"), 8),
    Redskab("arbejdsfordeling", "Arbejdsfordeling i hjemmet", "r_arbejdsfordeling",
            ("Madlavning", "Indkøb", "Tøjvask", "Rengøring", "Praktiske ting", "Børnene"), 9),
    Redskab("jobvaerdier", "Jobværdier", "r_jobvaerdier",
            ("Kortene blev sorteret", "Syv blev valgt", "De syv blev uddybet", "Gruppen forhandlede"), 10),
    Redskab("problemkrukken", "Problemkrukken", "r_problemkrukken",
            ("Problemer på lapper", "Sorteret efter indflydelse", "Parkeret i krukken", "Delt op", "Plan"), 11),
    Redskab("plus_minus", "Plus- og minusliste", "plus_minus", slags="plus_minus"),
    Redskab("trappe", "Progressionstrappen", "progressionstrappe", slags="trappe"),
    Redskab("samtaleskema", "Samtaleskema (mål og delmål)", "samtaleskema_cabi", slags="samtaleskema"),
    Redskab("cv", "CV", "cv_dialog",
            ("Lå fremme", "Brugt til at spørge ud fra", "En ny linje kom til", "Vendt mod en modtager")),
    Redskab("profilkort", "Kompetenceværktøjet og profilkortet", "kompetence_og_profilkort",
            ("Søgt på stilling eller kompetence", "Talt om en kompetence, der mangler", "Udsagn valgt til kortet")),
    Redskab("loennede_timer", "Plan for lønnede timer", "loennede_timer",
            ("Timing", "Egne forestillinger", "Virksomhedens forventninger", "Mål og delmål")),
    Redskab("laeringskontrakt", "Læringskontrakt (praktik)", "laeringskontrakt",
            ("Forventningsafstemning", "At blive en del af arbejdspladsen", "Status og udvikling")),
    Redskab("kontaktcirkel", "Kontaktcirkel", "kontaktcirkel",
            ("Åbning", "Forberede leverance", "Leverance", "Opfølgning")),
    Redskab("bala", "BALA", "bala", ("Behov", "Accept af behovet", "Løsning", "Accept af løsningen")),
    Redskab("efu", "EFU", "efu", ("Egenskab", "Fordel", "Udbytte")),
    Redskab("substitutionshjul", "Substitutionshjulet", "substitutionshjul",
            ("Arbejdsopgaver", "Kompetencebehov", "Ufravigelige krav", "Fleksible forventninger")),
    Redskab("min_plan", "Min plan", "min_plan_joblog",
            ("Åbnet sammen", "Skrevet i, mens borgeren var med", "Sagt, hvem der kan se den")),
    Redskab("joblog", "Joblog", "min_plan_joblog", ("Åbnet sammen", "Sparring på et opslag")),
)  # fmt: skip

REDSKABER: Final = {redskab.key: redskab for redskab in _ALLE}
ELLEVE: Final = tuple(redskab for redskab in _ALLE if redskab.nr)
"""Marselisborgs elleve redskaber in their numbers' order."""
ANDRE: Final = tuple(redskab for redskab in _ALLE if not redskab.nr)


def redskab_felter(omgivelser: Omgivelser) -> tuple[Felt, ...]:
    """The parts of the chosen tool, how many fields were filled, and who held the pen. None for an unknown tool."""
    redskab = REDSKABER.get(omgivelser.variant)
    if redskab is None or redskab.slags:
        return ()
    parts = tuple((str(nr), navn) for nr, navn in enumerate(redskab.dele, 1))
    first = (Felt("dele", "Hvad af det blev brugt?", "flere", parts),) if parts else ()
    return (
        *first,
        Felt("udfyldt", "Hvor mange felter, ringe eller linjer blev udfyldt?", "tal", fra=0, til=99),
        Felt("pen", "Hvem skrev?", "valg", PEN),
        Felt("synligt", "Kunne begge se det undervejs?", "valg", JA_NEJ, paa_linje=True),
    )


def redskab_fast(omgivelser: Omgivelser) -> Data:
    """Which tool it is."""
    return {"redskab": omgivelser.variant}


def redskab_mere(data: Data, _omgivelser: Omgivelser) -> Iterator[tuple[str, str]]:
    """A tool of the list, and one without a form of its own."""
    redskab = REDSKABER.get(data["redskab"])
    if redskab is None or redskab.slags:
        yield "redskab", "Vælg et redskab på listen."

"""The Danish lines: why a sentence was placed where it was, and a way to say it from one's own half of the court."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from .maerkning import Ord
from .ord import classes_of
from .ord_grammatik import ORD
from .ordformer import fold

KOLLEGA: Final = "din kollega"
DEN_ANDEN: Final = "den anden"
NAVNE: Final = frozenset(fold(word) for word in ORD["NAVN"][1].split())
QUOTES: Final = '»«"“”„'
OM_PERSON: Final = {"han": "ham", "hun": "hende", "vedkommende": "vedkommende"}
"""What stands for a person after a preposition."""
BESTEMT: Final = ("en", "et", "ne")
STEDORD: Final = frozenset({"ham", "hende", "dem", "hans", "hendes", "deres", "sin", "sit", "sine", "de"})

HVORFOR: Final = {
    "foelelse": "»{ord}« lyder som et gæt på, hvordan {hvem} havde det indeni.",
    "virkede": "»{ord}« er dit billede af, hvordan {hvem} havde det. Det ved kun {hvem} selv.",
    "tanke": "»{ord}« handler om, hvad {hvem} tænkte eller følte, og det ved kun {hvem} selv.",
    "vilje": "»{ord}« lyder som et gæt på, hvad {hvem} ville.",
    "havde": "»{ord}« lyder som et gæt på, hvordan {hvem} havde det indeni.",
    "gaet": "»{ord}« lyder som et gæt, og det er kun {hvem}, der ved det.",
    "maerket": "»{ord}« fortæller, hvad du læste hos {ham}, men ikke, hvad du så eller hørte.",
    "virkning": "»{ord}« siger, hvad det gjorde ved {ham}, og det ved kun {hvem} selv.",
    "diagnose": "»{ord}« er en slags diagnose, og den kan man ikke se udefra.",
    "byd": "»{ord}« beder din kollega om at gøre noget, og så er det et råd.",
    "burde": "»{ord}« siger, hvad der ville være det rigtige, og så er det et råd.",
    "skulle": "»{ord}« siger, hvad der skal gøres anderledes, og så er det et råd.",
    "kunne": "»{ord}« peger på noget, man kunne gøre, og så er det et råd.",
    "maa": "»{ord}« siger, hvad din kollega må eller ikke må, og så er det et råd.",
    "behov": "»{ord}« siger, hvad der er brug for eller ej, og så er det et råd.",
    "egen_praksis": "»{ord}« fortæller, hvad du selv gør eller ville gøre, og det bliver let til et råd.",
    "hvis": "Med »{ord}« forestiller du dig, at det var gået anderledes, og det bliver let til et råd.",
    "forslag": "»{ord}« er et råd, der er pakket ind i et spørgsmål.",
    "norm": "»{ord}« siger, hvordan man helst gør, og så er det et råd.",
    "savn": "»{ord}« siger, hvad du gerne ville have haft med, og så er det et råd.",
    "du_er": "»{ord}« bedømmer {ham} i stedet for at fortælle, hvad der skete. Det gælder også ros.",
    "for_meget": "»{ord}« måler mod en grænse, som kun du kender, og så bliver det en dom.",
    "altid": "»{ord}« gør én samtale til en regel om {ham}.",
    "dadel": "»{ord}« giver karakter i stedet for at fortælle, hvad der skete.",
    "svigt": "»{ord}« lægger en bebrejdelse i det, der skete.",
    "rang": "»{ord}« sammenligner med andre, og så bliver det en dom.",
    "moral": "»{ord}« lyder som en bebrejdelse.",
    "vagt": "»{ord}« er svært at se for sig. Din kollega kan ikke vide, hvad du tænker på.",
    "kamera": "»{ord}« kunne et kamera eller en mikrofon have fanget. Det er din egen banehalvdel.",
    "jeg_blev": "»{ord}« fortæller, hvordan det var for dig. Det er din egen banehalvdel.",
    "jeg_foelte": "»{ord}« fortæller, hvordan det var for dig. Det er din egen banehalvdel.",
    "paa_mig": "»{ord}« fortæller, hvordan det var for dig. Det er din egen banehalvdel.",
}

UDEN_ORD: Final = {
    "iagttagelse": "Det kunne et kamera eller en mikrofon have fanget. Det er din egen banehalvdel.",
    "oplevelse": "Her taler du om dig selv. Det er din egen banehalvdel.",
    "ukonkret": "Her er ikke noget, man kan se eller høre for sig.",
}

FORSLAG: Final = {
    "iagttagelse": "",
    "oplevelse": "",
    "fortolkning": "Hvad så eller hørte du? Prøv: »Jeg så, at …« eller »Jeg hørte dig sige …«.",
    "godt_raad": "Gem det, til din kollega beder om det. Hvad skete der? Prøv: »Jeg lagde mærke til, at …«.",
    "vurdering": "Hvad skete der, og hvad gjorde det ved dig? Prøv: »Da du …, blev jeg …«.",
    "ukonkret": "Hvad så eller hørte du? Prøv med ét øjeblik: »Jeg lagde mærke til, at du …«.",
}

BEGYNDELSER: Final[dict[str, tuple[str, ...]]] = {
    "fortolkning": ("Jeg så, at", "Jeg hørte dig sige"),
    "godt_raad": ("Jeg lagde mærke til, at",),
    "vurdering": ("Da du",),
    "ukonkret": ("Jeg lagde mærke til, at du",),
}
"""Label -> the beginnings its proposal names, ready to be put into a text."""


def forklar(label: str, grund: str, ord: str, dem: Iterable[Ord]) -> tuple[str, str]:
    """(why, a way to rephrase: empty on one's own half). `dem`: the words that decided, to see whom it is about."""
    if not _shown(ord) or grund not in HVORFOR or (grund == "kamera" and " " not in _shown(ord)):
        return UDEN_ORD.get(label, UDEN_ORD["ukonkret"]), FORSLAG[label]
    hvem = _hvem(dem)
    return HVORFOR[grund].format(ord=_shown(ord), hvem=hvem, ham=OM_PERSON.get(hvem, hvem)), FORSLAG[label]


def _shown(words: str) -> str:
    words = " ".join("".join(letter for letter in words if letter not in QUOTES).split()).strip(" ,;:.!?")
    return words if len(words) <= 60 else words[:57].rsplit(" ", 1)[0] + " …"


def _hvem(words: Iterable[Ord]) -> str:
    words = list(words)
    if any(word.klasser & {"DU", "DIG", "DIN"} for word in words):
        return KOLLEGA
    named = next((word for word in words if "HUN" in word.klasser and word.form not in STEDORD), None)
    return _named(named) if named else DEN_ANDEN


def _named(word: Ord) -> str:
    """A name as it was written, `han` and `hun`, and a person in the definite form: not "regel om sagsbehandler"."""
    if word.form in NAVNE or not classes_of(word.form):
        return word.skrevet
    small = word.skrevet.lower()
    return small if small in OM_PERSON or small.endswith(BESTEMT) else DEN_ANDEN

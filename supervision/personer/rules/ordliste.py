"""Words for the citizen, the worker and the conversation, with the forms that a Danish sentence asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from supervision.personer.rules import wording
from supervision.problems import RuleBroken

EN, ET = "en", "et"
KOEN = {EN: "en", ET: "et"}
EGET_ORD = "eget"
"""The choice of a word that stands in no list."""
FORM_MAX = 30
FORMER = {
    "ental": "Ental",
    "bestemt": "Bestemt ental",
    "flertal": "Flertal",
    "bestemt_flertal": "Bestemt flertal",
}
"""What is typed for a word of one's own, beside its gender; the genitive is made."""
FASTE_ORD = {
    "fokusperson": "Fokusperson er altid den kollega, der bliver observeret. Vælg et andet ord.",
    "observatør": "Observatør er altid den kollega, der sidder med. Vælg et andet ord.",
    "jobsamtale": "En jobsamtale er den, man har med en arbejdsgiver. Vælg et andet ord.",
}


@dataclass(frozen=True, slots=True)
class Ord:
    """A noun: en borger, borgeren, borgere, borgerne.

    svag: what follows `den` and `din` (“din ledige”), where it is not the same as `ental`.
    """

    ental: str
    koen: str
    bestemt: str
    flertal: str
    bestemt_flertal: str
    svag: str = ""

    def form(self, *, bestemt: bool, flertal: bool, svag: bool = False) -> str:
        """One form; `svag` asks for what follows `den`, and counts for an indefinite singular only."""
        if flertal:
            return self.bestemt_flertal if bestemt else self.flertal
        if bestemt:
            return self.bestemt
        return (self.svag or self.ental) if svag else self.ental


_VORES = {"borger", "medarbejder", "samtale"}


def ejefald(ord: str) -> str:
    """The genitive: “borgerens”, and “kursus'” after an s-sound."""
    return f"{ord}'" if ord.endswith(("s", "x", "z")) else f"{ord}s"


def _n(ental: str, koen: str, bestemt: str, flertal: str, bestemt_flertal: str) -> Ord:
    return Ord(ental, koen, bestemt, flertal, bestemt_flertal)


def _er(stamme: str) -> Ord:
    """A word like borger and vejleder."""
    return Ord(stamme, EN, f"{stamme}en", f"{stamme}e", f"{stamme}ne")


def _tillaeg(ental: str, svag: str) -> Ord:
    """An adjective that stands for a person: en ledig, den ledige, ledige, de ledige."""
    return Ord(ental, EN, f"den {svag}", svag, f"de {svag}", svag)


BORGER = _er("borger")
MEDARBEJDER = _er("medarbejder")
SAMTALE = _n("samtale", EN, "samtalen", "samtaler", "samtalerne")

ORDLISTER: Mapping[str, Mapping[str, Ord]] = {
    "borger": {
        "borger": BORGER,
        "ledig": _tillaeg("ledig", "ledige"),
        "medlem": _n("medlem", ET, "medlemmet", "medlemmer", "medlemmerne"),
        "kandidat": _n("kandidat", EN, "kandidaten", "kandidater", "kandidaterne"),
        "deltager": _er("deltager"),
        "jobsoeger": _er("jobsøger"),
        "jobsoegende": _tillaeg("jobsøgende", "jobsøgende"),
    },
    "medarbejder": {
        "medarbejder": MEDARBEJDER,
        "sagsbehandler": _er("sagsbehandler"),
        "beskaeftigelsesmedarbejder": _er("beskæftigelsesmedarbejder"),
        "jobkonsulent": _n("jobkonsulent", EN, "jobkonsulenten", "jobkonsulenter", "jobkonsulenterne"),
        "jobraadgiver": _er("jobrådgiver"),
        "raadgiver": _er("rådgiver"),
        "vejleder": _er("vejleder"),
        "konsulent": _n("konsulent", EN, "konsulenten", "konsulenter", "konsulenterne"),
        "professionel": _tillaeg("professionel", "professionelle"),
    },
    "samtale": {
        "samtale": SAMTALE,
        "moede": _n("møde", ET, "mødet", "møder", "møderne"),
        "dialog": _n("dialog", EN, "dialogen", "dialoger", "dialogerne"),
        "vejledningssamtale": _n(
            "vejledningssamtale", EN, "vejledningssamtalen", "vejledningssamtaler", "vejledningssamtalerne"
        ),
    },
}
"""The words to choose among; the first of each is ours. Jobsamtale is not here: it is the one with an employer."""


def foreslaa(ental: str, koen: str) -> dict[str, str]:
    """The forms that most Danish nouns with this singular have, for the fields that were left empty.

    rådgiver -> rådgiveren, rådgivere, rådgiverne; kunde -> kunden, kunder, kunderne; besøg -> besøget, besøg, besøgene.
    """
    e = ental.endswith("e")
    bestemt = ental + (("n" if koen == EN else "t") if e else koen)
    if e:
        flertal, bestemt_flertal = f"{ental}r", f"{ental}rne"
    elif ental.endswith("er") and koen == EN:
        flertal, bestemt_flertal = f"{ental}e", f"{ental}ne"
    elif koen == ET:
        flertal, bestemt_flertal = ental, f"{ental}ene"
    else:
        flertal, bestemt_flertal = f"{ental}er", f"{ental}erne"
    return {"bestemt": bestemt, "flertal": flertal, "bestemt_flertal": bestemt_flertal}


def eget_ord(former: Mapping[str, str], koen: str, felt: str = "") -> Ord:
    """A word of one's own from what was typed; empty fields but `ental` get `foreslaa`'s form.

    Raises RuleBroken with the field `<felt>-<form>`.
    """
    if koen not in KOEN:
        raise RuleBroken("Vælg en eller et.", f"{felt}-koen")
    ental = _form(former.get("ental", ""), f"{felt}-ental")
    if not ental:
        raise RuleBroken("Skriv ordet i ental, fx “vejleder”.", f"{felt}-ental")
    for fast, hvorfor in FASTE_ORD.items():
        if ental.casefold() == fast:
            raise RuleBroken(hvorfor, f"{felt}-ental")
    if not _VORES.isdisjoint(ental.casefold().replace("-", " ").split()):
        raise RuleBroken(
            "Ordet må ikke indeholde borger, medarbejder eller samtale som et ord for sig.", f"{felt}-ental"
        )
    alle = foreslaa(ental, koen)
    for navn in alle:
        alle[navn] = _form(former.get(navn, ""), f"{felt}-{navn}") or alle[navn]
    return Ord(ental, koen, **alle)


def _form(typed: str, felt: str) -> str:
    """One form, cleaned; empty when nothing was typed. Letters, hyphens and single blanks only."""
    form = wording.clean(typed)
    if len(form) > FORM_MAX:
        raise RuleBroken(f"Ordet er for langt. Skriv højst {FORM_MAX} tegn.", felt)
    if not all(letter.isalpha() or letter in " -" for letter in form) or form.strip(" -") != form:
        raise RuleBroken("Skriv kun bogstaver, mellemrum og bindestreg.", felt)
    return form

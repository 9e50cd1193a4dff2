"""What was noted, in the words a colleague would say. Figures stand as they were said; nothing is added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from supervision.katalog.rules.metoder import ABC_VAEGT
from supervision.katalog.rules.vaerdier import alene, samtalen, vejen
from supervision.katalog.rules.vaerdier.felter import HOERT, Data
from supervision.katalog.rules.vaerdier.redskaber import REDSKABER
from supervision.katalog.rules.vaerdier.sprog import change, count, inside, listing
from supervision.personer.rules.ordvalg import SMART_A


def i_ord(slags: str, data: Data) -> tuple[str, ...]:
    """The sentences of one registrering, at least one. Raises KeyError for an unknown slags."""
    return tuple(_ORD[slags](data)) or (_ALENE,)


def overskrift(slags: str, data: Data) -> str:
    """What stands over the sentences."""
    if slags == "redskab":
        return REDSKABER[data["redskab"]].navn
    if slags == "skala":
        low, high = samtalen.INTERVALLER[data["interval"]]
        return f"Skala {low}–{high}: {dict(samtalen.OM)[data['om']].lower()}"
    return OVERSKRIFTER[slags]


OVERSKRIFTER: Final = {
    "foer": "Før samtalen",
    "skala": "Skalaspørgsmål",
    "motivation": "Motivation",
    "aftale": "Aftale",
    "plus_minus": "Plus- og minusliste",
    "abc": "ABC-jobplan",
    "trappe": "Progressionstrappen",
    "samtaleskema": "Samtaleskema (mål og delmål)",
    "antonovsky": "Oplevelsen af sammenhæng",
    "emner": "Emnerne",
    "jobvaerdi": "Værdien af job",
    "redskab": "Redskab",
    "mi_aand": "MI's ånd",
    "stadie": "Forandringscirklen",
    "relationel": "Samarbejdet om samtalen",
}
_ALENE: Final = "Det var i brug."


def _foer(data: Data) -> Iterator[str]:
    ready, used = (
        [key for key in samtalen.FOER if which in data.get(key, ())] for which in ("forberedt", "brugt")
    )
    for words, keys in (
        ("Klar på forhånd og brugt", [key for key in ready if key in used]),
        ("Klar på forhånd", [key for key in ready if key not in used]),
        ("Brugt i samtalen", [key for key in used if key not in ready]),
    ):
        if keys:
            yield f"{words}: {listing(inside(samtalen.FOER[key]) for key in keys)}."


def _skala(data: Data) -> Iterator[str]:
    yield f"Tallet var {data['vaerdi']}."
    asked = {"grunde": "grundene til tallet", "naeste": "næste trin"}
    yield from _yes_and_no(data, asked, "Der blev spurgt til {}.", "Der blev ikke spurgt til {}.")


def _motivation(data: Data) -> Iterator[str]:
    for key, navn in samtalen.MOTIVATION_I_OEVELSE.items():
        foer, efter = data.get(f"{key}_foer"), data.get(f"{key}_efter")
        if foer is not None and efter is not None:
            yield f"{navn}: {foer} og senere {efter}, {change(efter - foer)}."
        elif foer is not None or efter is not None:
            yield f"{navn}: {foer if efter is None else f'{efter} til sidst'}."


def _aftale(data: Data) -> Iterator[str]:
    spoken = data.get("talt_om", ())
    said = [
        f"A ({SMART_A[data['smart_a']].lower()})" if letter == "A" else letter
        for letter in vejen.BOGSTAVER
        if letter in spoken
    ]
    yield f"Talt om: {listing(said) or 'ingen af bogstaverne'}."
    if 0 < len(said) < len(vejen.BOGSTAVER):
        yield f"Ikke talt om: {listing(letter for letter in vejen.BOGSTAVER if letter not in spoken)}."
    more = [navn.lower() for key, navn in vejen.UDVIDELSER if key in data.get("ogsaa", ())]
    if more:
        yield f"Også talt om, om den er {listing(more)}."
    if "hvem" in data:
        yield f"{dict(vejen.HVEM)[data['hvem']]} skal gøre det."


def _plus_minus(data: Data) -> Iterator[str]:
    if data["variant"] == "to":
        yield f"Første mulighed: {_sides(data, '')}. Anden mulighed: {_sides(data, '_2')}."
    else:
        yield f"Én liste: {_sides(data, '')}."
    if "konklusion" in data:
        yield {
            "faelles": "De fandt retningen sammen.",
            "borger": "Borgeren sagde retningen.",
            "medarbejder": "Medarbejderen sagde retningen.",
            "aaben": "Listen står åben.",
        }[data["konklusion"]]
    yield from _pen(data)


def _abc(data: Data) -> Iterator[str]:
    if "talt_om" in data:
        yield f"Talt om {'planerne' if len(data['talt_om']) > 1 else 'plan'} {listing(sorted(data['talt_om']))}."
    asked = {
        "funktioner": "Titler blev{} lavet om til jobfunktioner.",
        "hvem_goer_hvad": "Det blev{} aftalt, hvem der gør hvad.",
    }
    for key, words in asked.items():
        if key in data:
            yield words.format("" if data[key] == "ja" else " ikke")
    if "vaegt" in data:
        yield (
            "Vægten blev, hvor den var."
            if data["vaegt"] == "nej"
            else f"Vægten blev flyttet til {data['vaegt']}."
        )
    yield from _pen(data)
    if "brug" in data:
        yield f"Skabelonen bruger planerne sådan: {ABC_VAEGT[data['brug']]}"


def _trappe(data: Data) -> Iterator[str]:
    yield f"Trin {dict(vejen.TRIN)[data['trin']]}, placeret {dict(vejen.PLACERET)[data['placeret']].lower()}."
    if "set" in data:
        yield f"Det blev {'' if data['set'] == 'ja' else 'ikke '}fundet ud fra opgaver, der var set løst."
    if "naeste" in data:
        yield f"Der blev {'' if data['naeste'] == 'ja' else 'ikke '}sat et delmål for næste trin."


def _samtaleskema(data: Data) -> Iterator[str]:
    areas = [navn.lower() for key, navn in vejen.OMRAADER.items() if key in data["omraader"]]
    yield f"Brugt om: {listing(areas)}."
    for key, navn in vejen.OMRAADER.items():
        said = [
            f"{ord} {data[f'{key}_{naar}']}"
            for naar, ord in (("nu", "nu"), ("oensket", "ønsket"))
            if f"{key}_{naar}" in data
        ]
        if said:
            yield f"{navn}: {listing(said)}."
    if "krydset" in data:
        yield {
            "borger": "Borgeren satte krydset.",
            "medarbejder": "Medarbejderen satte krydset.",
            "sammen": "De satte krydset sammen.",
        }[data["krydset"]]
    if "forrige" in data:
        yield f"Det blev {'' if data['forrige'] == 'ja' else 'ikke '}holdt op mod sidste udfyldning."


def _profile(names: dict[str, str]) -> Callable[[Data], Iterator[str]]:
    def words(data: Data) -> Iterator[str]:
        for kode, ord in HOERT:
            keys = [navn for key, navn in names.items() if data.get(key) == kode]
            if keys:
                yield f"{ord}: {listing(keys)}."

    return words


def _emner(data: Data) -> Iterator[str]:
    numbers = sorted({int(key.partition("_")[2]) for key in data})
    for nr in numbers:
        said = [
            dict(valg)[data[f"{which}_{nr}"]] + tail
            for which, valg, tail in (
                ("maal", samtalen.MAAL, ""),
                ("hvis", samtalen.HVIS, "s punkt"),
                ("pm", samtalen.PEJLEMAERKER, ""),
            )
            if f"{which}_{nr}" in data
        ]
        yield f"Emne {nr}: {', '.join([said[0], *map(inside, said[1:])])}."


def _jobvaerdi(data: Data) -> Iterator[str]:
    for who, words in (("borger", "Borgeren nævnte"), ("medarbejder", "Medarbejderen nævnte")):
        named = [navn for key, navn in samtalen.TEMAER.items() if who in data.get(key, ())]
        if named:
            yield f"{words}: {listing(map(inside, named))}."
    for key, navn in samtalen.TRO:
        if key in data.get("tro", ()):
            yield f"{navn}."


def _redskab(data: Data) -> Iterator[str]:
    redskab = REDSKABER[data["redskab"]]
    parts = [navn for nr, navn in enumerate(redskab.dele, 1) if str(nr) in data.get("dele", ())]
    if parts:
        yield f"Brugt: {listing(parts)}."
    if "udfyldt" in data:
        yield (
            "Intet felt blev udfyldt."
            if data["udfyldt"] == 0
            else f"{count(data['udfyldt'], 'felt', 'felter').capitalize()} blev udfyldt."
        )
    yield from _pen(data)
    if "synligt" in data:
        yield (
            "Begge kunne se det undervejs."
            if data["synligt"] == "ja"
            else "De kunne ikke begge se det undervejs."
        )


def _stadie(data: Data) -> Iterator[str]:
    yield f"{dict(alene.STADIER)[data['stadie']]}."


def _mi_aand(data: Data) -> Iterator[str]:
    yield from _profile(alene.AAND[data["variant"]])(data)


def _relationel(data: Data) -> Iterator[str]:
    for kode, ord in alene.GENKENDT:
        keys = [navn.lower() for key, (navn, _) in alene.SAMARBEJDE.items() if data.get(key) == kode]
        if keys:
            yield f"{ord}: {listing(keys)}."


def _pen(data: Data) -> Iterator[str]:
    if "pen" in data:
        yield {
            "borger": "Borgeren skrev.",
            "medarbejder": "Medarbejderen skrev.",
            "sammen": "De skrev sammen.",
            "virksomhed": "Virksomheden skrev.",
            "ingen": "Ingen skrev.",
        }[data["pen"]]


def _yes_and_no(data: Data, asked: dict[str, str], yes: str, no: str) -> Iterator[str]:
    for answer, words in (("ja", yes), ("nej", no)):
        found = [navn for key, navn in asked.items() if data.get(key) == answer]
        if found:
            yield words.format(listing(found) if answer == "ja" else " eller ".join(found))


def _sides(data: Data, which: str) -> str:
    sides = [
        count(data[f"{side}{which}"], f"{side}", f"{side}")
        for side in ("plus", "minus")
        if f"{side}{which}" in data
    ]
    return listing(sides) or "uden tal"


_ANTONOVSKY: Final = {
    "begribelighed": "begribelighed",
    "haandterbarhed": "håndterbarhed",
    "meningsfuldhed": "meningsfuldhed",
}
_ORD: Final[dict[str, Callable[[Data], Iterator[str]]]] = {
    "foer": _foer,
    "skala": _skala,
    "motivation": _motivation,
    "aftale": _aftale,
    "plus_minus": _plus_minus,
    "abc": _abc,
    "trappe": _trappe,
    "samtaleskema": _samtaleskema,
    "antonovsky": _profile(_ANTONOVSKY),
    "emner": _emner,
    "jobvaerdi": _jobvaerdi,
    "redskab": _redskab,
    "mi_aand": _mi_aand,
    "stadie": _stadie,
    "relationel": _relationel,
}

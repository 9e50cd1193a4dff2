"""Figures of effect per team and quarter, from joblog and surveys: which there are, and that no person is in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from supervision.cpr import CPR_FEJL, ligner_cpr
from supervision.overblik.rules.team import K, Kvartal


@dataclass(frozen=True, slots=True)
class Effektmaal:
    """One measure: what it is called, its unit, how large it can be, and where it stands in the værdikæde."""

    kode: str
    navn: str
    enhed: str
    mindst: float
    hoejst: float
    niveau: str


KORT, LANG = "kortsigtet effekt", "langsigtet effekt"
EFFEKTMAAL: Final = (
    Effektmaal("job_pr_uge", "Søgte job pr. uge", "job", 0, 100, LANG),
    Effektmaal("faglig_mobilitet", "Forskellige fag, der søges i", "fag", 0, 50, LANG),
    Effektmaal("geografisk_km", "Afstand til de søgte job", "km", 0, 1000, LANG),
    Effektmaal("tilfredshed", "Borgernes tilfredshed med samtalen", "af 5", 1, 5, KORT),
    Effektmaal("udbytte", "Deltagernes udbytte af metoderne", "af 5", 1, 5, KORT),
)
"""The closed list. Each is a mean over at least five persons, made outside this system."""
KOLONNER: Final = ("team", "kvartal", "antal")
MAAL: Final[Mapping[str, Effektmaal]] = {maal.kode: maal for maal in EFFEKTMAAL}
PERSON_WORDS: Final = (
    "cpr",
    "navn",
    "mail",
    "person",
    "borger",
    "telefon",
    "adresse",
    "foedsel",
    "fødsel",
    "ledig",
)
_ID: Final = re.compile(r"(^|_|\b)id(\b|_|$)|nummer|nr")
_KVARTAL: Final = re.compile(r"(20[0-9]{2})-([1-4])")
_TAL: Final = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class Effektlinje:
    """One line that can be used. vaerdier: code of a measure -> its mean."""

    team: str
    kvartal: Kvartal
    antal: int
    vaerdier: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Linjefejl:
    """Why a file is refused. linje counts from 1; felt is the column, "" for the whole line."""

    linje: int
    felt: str
    tekst: str


def check_kolonner(kolonner: Sequence[str]) -> list[Linjefejl]:
    """What is wrong with the headings: a column about a person, one that is unknown, missing or twice."""
    found = []
    for navn in kolonner:
        if navn in KOLONNER or navn in MAAL:
            continue
        about = any(word in navn for word in PERSON_WORDS) or _ID.search(navn)
        text = (
            "er om enkeltpersoner. Hent kun tal, der er lagt sammen for et team." if about else "kendes ikke."
        )
        found.append(Linjefejl(1, navn, f"Kolonnen {text}"))
    found += [Linjefejl(1, navn, "Kolonnen mangler.") for navn in KOLONNER if navn not in kolonner]
    found += [
        Linjefejl(1, n, "Kolonnen står to gange.") for n in dict.fromkeys(kolonner) if kolonner.count(n) > 1
    ]
    if not set(kolonner) & set(MAAL):
        found.append(Linjefejl(1, "", f"Der er intet tal. Brug mindst én af: {', '.join(MAAL)}."))
    return found


def check_linjer(
    rows: Sequence[tuple[int, Mapping[str, str]]], teams: Collection[str], today: Kvartal
) -> tuple[list[Effektlinje], list[Linjefejl]]:
    """The lines that can be used, and everything that is wrong: with anything wrong the file is refused whole.

    rows: (line, column -> text). teams: the names that may be used. today: the running quarter, the last allowed.
    """
    fejl: list[Linjefejl] = []
    linjer, seen = [], set()
    for nr, row in rows:
        problems = [*_about_people(nr, row), *_bad_head(nr, row, teams, today), *_bad_values(nr, row)]
        key = (row.get("team", ""), row.get("kvartal", ""))
        if key in seen:
            text = "Teamet har to linjer for kvartalet. Der skal være én, lagt sammen."
            problems.append(Linjefejl(nr, "team", text))
        seen.add(key)
        fejl += problems
        if not problems:
            linjer.append(_line(row))
    if not rows:
        fejl.append(Linjefejl(2, "", "Der er ingen linjer under overskrifterne."))
    return linjer, fejl


def _about_people(nr: int, row: Mapping[str, str]) -> list[Linjefejl]:
    found = [Linjefejl(nr, felt, CPR_FEJL) for felt, tekst in row.items() if ligner_cpr(tekst)]
    found += [
        Linjefejl(nr, felt, "En e-mailadresse hører til en person. Hent kun tal for et team.")
        for felt, tekst in row.items()
        if "@" in tekst
    ]
    return found


def _bad_head(nr: int, row: Mapping[str, str], teams: Collection[str], today: Kvartal) -> list[Linjefejl]:
    found = []
    if row["team"] not in teams:
        found.append(Linjefejl(nr, "team", "Teamet findes ikke her, eller du er ikke dets leder."))
    kvartal = _kvartal(row["kvartal"])
    if kvartal is None or kvartal > today:
        found.append(Linjefejl(nr, "kvartal", "Skriv et kvartal, der er begyndt, fx 2026-3."))
    if not row["antal"].isdigit():
        found.append(Linjefejl(nr, "antal", "Skriv, hvor mange personer tallet er lagt sammen af."))
    elif int(row["antal"]) < K:
        found.append(Linjefejl(nr, "antal", "Færre end fem personer: tallet kunne være om en enkelt."))
    return found


def _bad_values(nr: int, row: Mapping[str, str]) -> list[Linjefejl]:
    found = []
    for kode, maal in MAAL.items():
        typed = row.get(kode, "")
        if not typed:
            continue
        value = float(typed.replace(",", ".")) if _TAL.fullmatch(typed) else None
        if value is None or not maal.mindst <= value <= maal.hoejst:
            text = f"Skriv et tal fra {maal.mindst:g} til {maal.hoejst:g}, fx {maal.mindst:g},5."
            found.append(Linjefejl(nr, kode, text))
    if not any(row.get(kode) for kode in MAAL):
        found.append(Linjefejl(nr, "", "Der er intet tal på linjen."))
    return found


def _kvartal(text: str) -> Kvartal | None:
    found = _KVARTAL.fullmatch(text)
    return Kvartal(int(found[1]), int(found[2])) if found else None


def _line(row: Mapping[str, str]) -> Effektlinje:
    kvartal = _kvartal(row["kvartal"])
    assert kvartal is not None
    vaerdier = {kode: float(row[kode].replace(",", ".")) for kode in MAAL if row.get(kode)}
    return Effektlinje(row["team"], kvartal, int(row["antal"]), vaerdier)

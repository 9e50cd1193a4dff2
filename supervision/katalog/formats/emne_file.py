"""The emneliste: the topics of each number in the forløb, and the citizen's own agenda."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from supervision.katalog.formats.content_files import EMNELISTE
from supervision.katalog.formats.yaml_entry import ContentProblem, Entry, read_content_file
from supervision.katalog.rules.emner import Emne, Emneliste, Emnelister
from supervision.katalog.rules.metoder import Udgave

BELAEG = ("kilde", "navn")
KODE_MAX, NAVN_MAX = 40, 70


def read_emnelister(folder: Path) -> Emnelister:
    """Read the file. Raises ContentProblem at the first fault."""
    file = read_content_file(folder / EMNELISTE, ("model", "emner", "samtaler", "dagsorden"))
    emner = [_emne(entry) for entry in file.entries("emner", "kode")]
    dagsorden = [_emne(entry) for entry in file.entries("dagsorden", "kode")]
    _refuse_repeats(file, [emne.kode for emne in (*emner, *dagsorden)])
    _refuse_repeats(file, [emne.navn for emne in (*emner, *dagsorden)])
    by_kode = {emne.kode: emne for emne in emner}
    lister = [_liste(entry, by_kode) for entry in file.entries("samtaler", "nr")]
    _refuse_repeats(file, [str(liste.nr) for liste in lister])
    used = {emne.kode for liste in lister for emne in liste.emner}
    for emne in emner:
        if emne.kode not in used:
            raise ContentProblem(file.file, emne.kode, "emnet står ikke på listen til nogen samtale")
    udgave = Udgave(file.number("version"), file.day("dato"))
    return Emnelister(tuple(lister), tuple(dagsorden), file.text("model"), udgave)


def _emne(entry: Entry) -> Emne:
    entry.only(("kode", "navn"))
    emne = Emne(entry.name_in_address("kode"), entry.text("navn"))
    for text, most in ((emne.kode, KODE_MAX), (emne.navn, NAVN_MAX)):
        if len(text) > most:
            raise entry.problem(f"»{text}« er på {len(text)} tegn; der må højst være {most}")
    return emne


def _liste(entry: Entry, emner: dict[str, Emne]) -> Emneliste:
    entry.only(("nr", "hvornaar", "belaeg", "emner"))
    entry.name = f"samtale {entry.raw['nr']}"
    koder = entry.texts("emner")
    for kode in koder:
        if kode not in emner:
            raise entry.problem(f"emnet »{kode}« findes ikke")
    return Emneliste(
        entry.number("nr"),
        entry.text("hvornaar"),
        entry.one_of("belaeg", BELAEG),
        tuple(emner[kode] for kode in koder),
    )


def _refuse_repeats(file: Entry, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ContentProblem(file.file, name, f"»{name}« er brugt to gange")
        seen.add(name)

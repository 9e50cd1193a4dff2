"""What entries of a catalogue owe each other: what they point at is there, and what is shown can be told apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from supervision.katalog import rules
from supervision.katalog.formats.yaml_entry import ContentProblem, Entry


class Known(Protocol):
    """A catalogue, as far as a skabelon points into it."""

    @property
    def gm_udgaver(self) -> tuple[rules.GmVariant, ...]: ...
    def gm_variant(self, key: str, version: int | None = None) -> rules.GmVariant | None: ...
    def metode(self, key: str) -> rules.Metode | None: ...
    def kendetegn(self, kode: str) -> rules.Kendetegn | None: ...


def refuse_repeats(named: Iterable[tuple[Entry, str]]) -> None:
    """Raise ContentProblem when two entries have one name."""
    first: dict[str, str] = {}
    for entry, name in named:
        if name in first:
            raise ContentProblem(entry.file, name, f"»{name}« er allerede brugt i {first[name]}")
        first[name] = entry.file if entry.name == name else f"{entry.file}, »{entry.name}«"


def check_reference(entry: Entry, what: str, key: str, known: Collection[str]) -> None:
    """Raise ContentProblem when the key is not known."""
    if key not in known:
        raise entry.problem(f"{what} »{key}« findes ikke")


def check_metode(entry: Entry, metode: rules.Metode, keys: Collection[str]) -> None:
    """Check what a method points at, and that its tiles can be told apart. Raises ContentProblem."""
    for key in (*metode.kobler_til, *([metode.se] if metode.se else [])):
        check_reference(entry, "metoden", key, keys)
        if key == metode.key:
            raise entry.problem("metoden peger på sig selv")
    seen: set[str] = set()
    for tegn in metode.kendetegn:
        if (name := rules.fold(tegn.kort)) in seen:
            raise ContentProblem(
                entry.file, tegn.kode, f"det korte navn »{rules.plain(tegn.kort)}« er brugt før"
            )
        seen.add(name)


def check_skabelon(entry: Entry, skabelon: rules.Skabelon, katalog: Known) -> None:
    """Check that what a skabelon names is in the catalogue. Raises ContentProblem."""
    if katalog.gm_variant(skabelon.gm_variant) is None:
        raise entry.problem(f"GameMaster-varianten »{skabelon.gm_variant}« findes ikke")
    for key in skabelon.metoder:
        if katalog.metode(key) is None:
            raise entry.problem(f"metoden »{key}« findes ikke")
    for kode in skabelon.kendetegn:
        if katalog.kendetegn(kode) is None:
            raise entry.problem(f"kendetegnet »{kode}« findes ikke")
    _check_ord(entry, skabelon, katalog)


def check_palet(entry: Entry, skabelon: rules.Skabelon, live: Mapping[str, rules.Kendetegn]) -> None:
    """Check that a first palette can be ticked live, with tiles that can be told apart. Raises ContentProblem.

    live: kode -> the kendetegn that can be ticked.
    """
    for kode in skabelon.kendetegn:
        if kode not in live:
            raise entry.problem(f"kendetegnet »{kode}« kan ikke krydses af i en samtale")
    if len({rules.fold(live[kode].kort) for kode in skabelon.kendetegn}) < len(skabelon.kendetegn):
        raise entry.problem("to kendetegn har samme korte navn")


def _check_ord(entry: Entry, skabelon: rules.Skabelon, katalog: Known) -> None:
    """Check that a skabelon's own words are for something it has, in some version of its GameMaster."""
    varianter = [variant for variant in katalog.gm_udgaver if variant.key == skabelon.gm_variant]
    faser = [fase for variant in varianter for fase in variant.faser]
    known = {fase.kode for fase in faser} | {element.kode for fase in faser for element in fase.elementer}
    for kode, _ in skabelon.ord:
        if kode not in known | set(skabelon.parter):
            raise entry.problem(
                f"»{kode}« under »ord« er hverken en part, en fase eller et element i skabelonen"
            )

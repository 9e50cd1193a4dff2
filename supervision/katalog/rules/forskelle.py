"""What changed from one version of a method to another, and from an original to one's own, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from supervision.katalog.rules.metoder import RETNINGER, TYPER, Kendetegn, Metode
from supervision.katalog.rules.skabeloner import Skabelon, forskelle
from supervision.katalog.rules.words import plain


def forskelle_fra(
    before: Metode | Skabelon, after: Metode | Skabelon, navn: Callable[[str], str]
) -> tuple[str, ...]:
    """The differences between two of one kind. navn: the name of a kendetegn, a method or a GameMaster variant."""
    if isinstance(before, Metode) and isinstance(after, Metode):
        return forskelle_metode(before, after)
    assert isinstance(before, Skabelon)
    assert isinstance(after, Skabelon)
    return forskelle(before, after, navn)


def forskelle_metode(before: Metode, after: Metode) -> tuple[str, ...]:
    """The differences as Danish sentences, in the order of the method's page."""
    return tuple(_forskelle(before, after))


def _forskelle(before: Metode, after: Metode) -> Iterator[str]:
    if after.navn != before.navn:
        yield f"Hedder nu »{after.navn}«. Før hed den »{before.navn}«."
    if after.retning != before.retning:
        yield f"Er nu til: {RETNINGER[after.retning].lower()}. Før var det: {RETNINGER[before.retning].lower()}."
    if after.type != before.type:
        yield f"Viser sig nu sådan: {TYPER[after.type].lower()}. Før: {TYPER[before.type].lower()}."
    yield from _kendetegn(before, after)
    yield from _lines("Trin", before.trin, after.trin)
    yield from _lines("Pas på", before.faldgruber, after.faldgruber)
    yield from _lines("Kaldes også", before.aliaser, after.aliaser)
    for what, old, new in (
        ("Det kan tælles", before.maaling, after.maaling),
        ("Værd at vide", before.note, after.note),
    ):
        if new != old:
            yield f"{what}: »{new}«." if new else f"{what} er taget ud: »{old}«."


def _kendetegn(before: Metode, after: Metode) -> Iterator[str]:
    old = {tegn.kode: tegn for tegn in before.kendetegn}
    new = {tegn.kode: tegn for tegn in after.kendetegn}
    for kode, tegn in new.items():
        if kode not in old:
            yield f"Nyt kendetegn: »{plain(tegn.kort)}« ({tegn.tekst})."
        else:
            yield from _one(old[kode], tegn)
    for kode, tegn in old.items():
        if kode not in new:
            yield f"Kendetegnet »{plain(tegn.kort)}« er ikke længere med."
    if [kode for kode in old if kode in new] != [kode for kode in new if kode in old]:
        yield "Kendetegnene står i en ny rækkefølge."


def _one(before: Kendetegn, after: Kendetegn) -> Iterator[str]:
    if plain(after.kort) != plain(before.kort):
        yield f"Kendetegnet »{plain(before.kort)}« hedder nu »{plain(after.kort)}«."
    if after.tekst != before.tekst:
        yield f"Ved »{plain(after.kort)}« står der nu: »{after.tekst}«. Før: »{before.tekst}«."
    if after.skjult and not before.skjult:
        yield f"»{plain(after.kort)}« er skjult."
    if before.skjult and not after.skjult:
        yield f"»{plain(after.kort)}« vises igen."
    if after.som != before.som:
        yield f"»{plain(after.kort)}« tæller med et nyt sted i modellerne."


def _lines(what: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    new = [line for line in after if line not in before]
    gone = [line for line in before if line not in after]
    if new:
        yield f"{what}, nyt: {_quoted(new)}."
    if gone:
        yield f"{what}, ikke længere med: {_quoted(gone)}."
    if not new and not gone and before != after:
        yield f"{what} står i en ny rækkefølge."


def _quoted(lines: list[str]) -> str:
    return ", ".join(f"»{line}«" for line in lines)

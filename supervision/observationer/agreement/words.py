"""Agreement in words that grade nobody."""

from __future__ import annotations

from typing import Final

SPOR_ORD: Final = {
    "taler": "hvem der havde ordet",
    "fase": "hvilken fase samtalen var i",
    "emne": "hvilket emne der blev talt om",
    "ugu": "hvornår der blev undersøgt, og hvornår der blev givet",
}
"""What it is that one agrees on, on each state track."""
FAA_KRYDS: Final = 10
"""Below so many ticks in all, agreement on a kendetegn says little."""


def ud_af_ti(share: float) -> str:
    """A share of the time as one says it."""
    tenths = int(share * 10 + 0.5)
    if share >= 0.995:
        return "hele tiden"
    if tenths >= 10:
        return "næsten hele tiden"
    if tenths <= 0:
        return "næsten aldrig"
    return f"{tenths} ud af 10 gange"


def kappa_ord(kappa: float | None) -> str:
    """What a kappa says, in a sentence that grades nobody."""
    if kappa is None:
        return "Kappa kan ikke regnes her: der er kun én slags at vælge imellem."
    if kappa <= 0.05:
        return "Det er omtrent, som hvis man gættede."
    if kappa < 0.4:
        return "Det er noget mere end gæt."
    return "Det er en del mere end gæt." if kappa < 0.75 else "Det er langt mere end gæt."


def kryds_ord(a: int, b: int, faelles: int) -> str:
    """“Af 14 kryds var 11 de samme inden for 2 sekunder.” a, b: each one's ticks; faelles: matched pairs."""
    whole, same = a + b, 2 * faelles
    if whole == 0:
        return "Ingen af jer satte kryds."
    kryds = "Et kryds" if whole == 1 else f"{whole} kryds i alt"
    if same == 0:
        return f"{kryds}, ingen på samme tid."
    return f"Af {whole} kryds hører {same} sammen to og to inden for 2 sekunder."

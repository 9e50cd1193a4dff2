"""What looks like a CPR number in a text. It is stopped before it is stored: nothing here may point to a citizen.

The same rules stand in `static/js/recorder/cpr.js` for texts that are written without a net; a test holds the two
together. A number is six digits that are a day (or a day + 60, as replacement numbers have) and four more. There is no
modulus-11 test, since numbers without it have been issued since 2007 (cpr.dk).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

CPR_FEJL: Final = (
    "Det ligner et CPR-nummer. Tag det ud, så gemmer vi resten: her må intet kunne pege på borgeren."
)

_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_BREAK: Final = r"[\s.\-\u2010-\u2015\u2212]{0,3}"
_NUMBER: Final = re.compile(
    rf"([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})({_BREAK})([0-9]{{4}})(?![0-9])(?![\-./][0-9])"
)
_WRITTEN_OUT: Final = re.compile(
    r"([0-9]{2})([./\- ])([0-9]{2})\2([0-9]{2})\s?[\-\u2010-\u2015\u2212]\s?[0-9]{4}(?![0-9])"
)
_NAMED: Final = re.compile(
    rf"cpr[^0-9]{{0,12}}([0-9]{{2}}){_BREAK}([0-9]{{2}})(?:{_BREAK}[0-9]){{6}}(?![0-9])", re.I
)
_CONTINUED: Final = re.compile(r"(?:[0-9]|[0-9][\-./]|\+[0-9]{0,3}\s?)$")
"""Digits, or a country code, that the number only goes on from."""
_OTHER_NUMBER: Final = re.compile(
    r"(?<![a-zæøå])(?:sag|sags|journal|j|id|ref|tlf|telefon|mobil|konto|ordre|faktura|ean|cvr|kunde|bilag)"
    r"[\s.\-]*(?:nr|nummer)?[\s.:#\-]*$",
    re.I,
)
"""Words that name the number as another one; they count only where it is written in one run of digits."""
_LOOK_BACK: Final = 24
_LONG_MONTHS: Final = (1, 3, 5, 7, 8, 10, 12)


def ligner_cpr(text: str) -> bool:
    """Whether the text holds something that looks like a CPR number, in any of the ways people write one."""
    plain = _HIDDEN.sub("", unicodedata.normalize("NFKC", text))
    return (
        any(_is_number(plain, found) for found in _overlapping(plain))
        or any(_is_day(found[1], found[3]) for found in _WRITTEN_OUT.finditer(plain))
        or any(_is_day(found[1], found[2]) for found in _NAMED.finditer(plain))
    )


def _overlapping(plain: str) -> list[re.Match[str]]:
    """The number's shape at every place where a run of digits begins."""
    starts = (run.start() for run in re.finditer(r"(?<![0-9])[0-9]{6}", plain))
    return [found for start in starts if (found := _NUMBER.match(plain, start))]


def _is_number(plain: str, found: re.Match[str]) -> bool:
    if not _is_day(found[1], found[2]):
        return False
    before = plain[max(0, found.start() - _LOOK_BACK) : found.start()]
    if _CONTINUED.search(before):
        return False
    return bool(found[4]) or not _OTHER_NUMBER.search(before)


def _is_day(day: str, month: str) -> bool:
    number, month_number = int(day), int(month)
    number -= 60 if number > 60 else 0
    if not 1 <= month_number <= 12:
        return False
    longest = 29 if month_number == 2 else 31 if month_number in _LONG_MONTHS else 30
    return 1 <= number <= longest

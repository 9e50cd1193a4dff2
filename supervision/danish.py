"""Values made readable in Danish; every public function here is also a Jinja filter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from flask import Flask
from markupsafe import Markup

from supervision import clock

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)

_NAVN = re.compile(r'<span data-navn(?:="(?P<i_stedet>[^"]*)")?>.*?</span>', re.DOTALL)

_TALORD = ("ingen", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv")


def init_app(app: Flask) -> None:
    """Register the filters."""
    for function in (
        dato,
        kort_dato,
        klokken,
        tidspunkt,
        varighed,
        ur,
        procent,
        antal,
        opremsning,
        decimaltal,
        talord,
        sidetitel,
    ):
        app.add_template_filter(function)


def dato(value: date | datetime) -> str:
    """“tirsdag den 3. marts”, with the year when it is another than this one."""
    day = _day(value)
    year = "" if day.year == clock.today().year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()]} den {day.day}. {MONTHS[day.month - 1]}{year}"


def kort_dato(value: date | datetime) -> str:
    """“3. marts 2027”."""
    day = _day(value)
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def klokken(value: datetime) -> str:
    """“kl. 10.30”."""
    return f"kl. {clock.local(value):%H.%M}"


def tidspunkt(value: datetime) -> str:
    """“tirsdag den 3. marts kl. 10.30”."""
    return f"{dato(value)} {klokken(value)}"


def varighed(ms: int) -> str:
    """Milliseconds as “41 min.” from ten minutes, “2 min. 10 sek.” below, “8 sek.” under a minute."""
    seconds = (ms + 500) // 1000
    minutes, rest = divmod(seconds, 60)
    if minutes >= 10:
        return f"{(seconds + 30) // 60} min."
    if minutes == 0:
        return f"{rest} sek."
    return f"{minutes} min." if rest == 0 else f"{minutes} min. {rest} sek."


def ur(ms: int) -> str:
    """Milliseconds as a clock: “12.41”, “1.02.05”."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}.{minutes:02}.{seconds:02}" if hours else f"{minutes}.{seconds:02}"


def procent(share: float) -> str:
    """A share 0–1 as “58 %” (a hard space before the sign)."""
    whole = Decimal(str(share * 100)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{whole}\N{NO-BREAK SPACE}%"


def antal(n: int, one: str, many: str) -> str:
    """“én samtale”, “2 samtaler”, “ingen samtaler”. `one` is given with its article: “én samtale”."""
    if n == 0:
        return f"ingen {many}"
    return one if n == 1 else f"{n} {many}"


def decimaltal(value: float, digits: int = 1) -> str:
    """A number with a decimal comma."""
    return f"{value:.{digits}f}".replace(".", ",")


def talord(n: int) -> str:
    """“ingen”, “én”, “to” … “tolv”, and figures from 13 on. n: at least 0."""
    return _TALORD[n] if n < len(_TALORD) else str(n)


def opremsning(words: Iterable[str]) -> str:
    """“a, b og c”."""
    given = list(words)
    if len(given) < 2:
        return "".join(given)
    return f"{', '.join(given[:-1])} og {given[-1]}"


def sidetitel(heading: str) -> str:
    """A page's heading (its HTML) as its title: without markup, and without the names of people in it.

    A browser keeps titles in its history after a sign-out, where the next person at the device reads them. So what a
    heading marks `<span data-navn>` is “en kollega” in the title, or what the mark says: `data-navn="en person"`.
    """
    words = Markup(_NAVN.sub(lambda found: found["i_stedet"] or "en kollega", heading)).striptags()  # noqa: S704
    return words[:1].upper() + words[1:]


def sorteringsnoegle(text: str) -> tuple[str, ...]:
    """A key that sorts as Danish does: æ, ø, å after z; aa as å; case and accents put aside."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("aa", "å")
    return tuple(_letter(letter) for letter in folded)


def _letter(letter: str) -> str:
    if letter in "æøå":
        return "{|}"["æøå".index(letter)]
    return unicodedata.normalize("NFD", letter)[0]


def _day(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value

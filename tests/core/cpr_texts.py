"""Made-up texts with and without something that looks like a CPR number. Days and digits are drawn, nobody's."""

from __future__ import annotations

import calendar
import random
from collections.abc import Callable

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
SPELLINGS: dict[str, Callable[[str, str], str]] = {
    "hyphen": lambda day, rest: f"{day}-{rest}",
    "space": lambda day, rest: f"{day} {rest}",
    "dot": lambda day, rest: f"{day}.{rest}",
    "none": lambda day, rest: f"{day}{rest}",
    "line break": lambda day, rest: f"{day}\n{rest}",
    "full width": lambda day, rest: f"{day}-{rest}".translate(FULL_WIDTH),
    "named": lambda day, rest: f"cpr:{day}{rest}",
    "no-break space": lambda day, rest: f"{day}\u00a0{rest}",
}
FRAMES = (
    "{}",
    "Borgeren {} kom til tiden.",
    "hej {}, husk det",
    "({})",
    "Hun sagde »{}« to gange.",
    "se\n{}\nigen",
    "nr. {}.",
)


def positives(count: int, seed: int) -> list[tuple[str, str]]:
    """(spelling, text) with a number in it, as many of each spelling."""
    draw = random.Random(seed)
    names = list(SPELLINGS)
    return [
        (name, draw.choice(FRAMES).format(SPELLINGS[name](_day(draw), f"{draw.randrange(10_000):04}")))
        for name in (names[place % len(names)] for place in range(count))
    ]


def negatives(count: int, seed: int) -> list[tuple[str, str]]:
    """(kind, text) with phone numbers, dates, times and case numbers, and none that is a CPR number."""
    draw = random.Random(seed)
    names = list(OTHERS)
    return [
        (name, draw.choice(FRAMES[:-1]).format(OTHERS[name](draw)))
        for name in (names[place % len(names)] for place in range(count))
    ]


def _day(draw: random.Random) -> str:
    year, month = draw.randrange(100), draw.randint(1, 12)
    return f"{draw.randint(1, calendar.monthrange(2000 + year, month)[1]):02}{month:02}{year:02}"


def _digits(draw: random.Random, count: int) -> str:
    return "".join(str(draw.randrange(10)) for _ in range(count))


def _date(draw: random.Random) -> str:
    day = f"{draw.randint(1, 28):02}.{draw.randint(1, 12):02}."
    return draw.choice(
        [f"{day}2026", f"{day}26 kl. 10.30", f"{day}2026 10:30", f"{day}26", f"uge {draw.randint(1, 52)}"]
    )


def _phone(draw: random.Random) -> str:
    number = f"{draw.randint(2, 9)}{_digits(draw, 7)}"
    pairs = " ".join(number[place : place + 2] for place in range(0, 8, 2))
    shape = draw.choice(["{n}", "+45 {n}", "+45{n}", "{p}", "+45 {p}", "0045 {n}", "tlf. {h}", "+46 0701{t}"])
    return shape.format(n=number, p=pairs, h=f"{number[:4]} {number[4:]}", t=_digits(draw, 6))


def _case(draw: random.Random) -> str:
    year = draw.randint(2015, 2026)
    shape = draw.choice(
        [
            "{y}-{six}",
            "sag {y}/{five}",
            "sagsnr. {ten}",
            "journalnr. {ten}",
            "15.20.00-G01-{four}-{two}",
            "CVR {eight}",
        ]
    )
    return shape.format(
        y=year,
        six=_digits(draw, 6),
        five=_digits(draw, 5),
        ten=_digits(draw, 10),
        four=_digits(draw, 4),
        two=_digits(draw, 2),
        eight=_digits(draw, 8),
    )


def _figures(draw: random.Random) -> str:
    return draw.choice(
        [
            f"{_digits(draw, 3)}.{_digits(draw, 3)} kr.",
            f"kl. {draw.randint(8, 16)}.{draw.randint(10, 59)}",
            _digits(draw, 12),
            f"{_digits(draw, 6)}-{_digits(draw, 6)}",
            f"{draw.randint(320000, 999999)} {_digits(draw, 3)}",
        ]
    )


OTHERS: dict[str, Callable[[random.Random], str]] = {
    "date": _date,
    "phone": _phone,
    "case": _case,
    "figures": _figures,
}

"""Samtaler of the weeks before that show the models of the catalogue: each is met in one of them at least. Pure.

They are held and read; the main people see them in their own lists.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final

from supervision.demo.forloeb import Forloeb, Skridt, held
from supervision.demo.scene import agreed_before, open_matter, with_steps
from supervision.demo.texts import load_texts
from supervision.demo.workdays import workdays_after

SAMTALER: Final = (
    ("sprog", "maja", "tobias", 5, time(9, 0)),
    ("skaane", "maja", "inger", 6, time(10, 15)),
    ("redskab", "maja", "amina", 7, time(13, 15)),
    ("oevelse", "maja", "freja", 8, time(14, 30)),
    ("fem_f", "tobias", "birgitte", 6, time(12, 45)),
    ("virksomhed", "tobias", "maja", 7, time(9, 30)),
    ("koordinering", "tobias", "louise", 8, time(10, 0)),
    ("praktik", "birgitte", "tobias", 8, time(12, 30)),
    ("skridt", "nikolaj", "dorthe", 6, time(9, 45)),
    ("cv", "nikolaj", "sofie", 7, time(13, 0)),
)
"""(kind, fokusperson, observatør, workdays before the week, time of day)."""
OGSAA: Final = {"virksomhed": ("ef_fordel",), "skridt": ("js_vendt",)}
"""Kendetegn that some have besides those of their kind."""


def of_week(monday: date) -> list[Forloeb]:
    """Those that the week which begins on `monday` looks back on."""
    return [_held(monday, *samtale) for samtale in SAMTALER]


def _held(monday: date, slags: str, fokusperson: str, observatoer: str, before: int, at: time) -> Forloeb:
    """One of them, with all the kendetegn of its kind."""
    day, resume = workdays_after(monday, -before), monday + timedelta(days=7)
    planned = open_matter(
        f"model:{slags}:{monday}", fokusperson, observatoer, day, at, slags,
        supervision=observatoer == "inger", form="fysisk",
    )  # fmt: skip
    koder = (*load_texts().slags[slags].kendetegn, *OGSAA.get(slags, ()))
    forloeb = replace(planned, koder=koder)
    after = workdays_after(day, 1)
    later = [
        (after, time(8, 40), "kladde"),
        (after, time(9, 20), "sendt"),
        (after, time(12, 20), "laest"),
        (after, time(12, 40), "tak"),
        (workdays_after(resume, 4), time(9, 0), "lukket"),
    ]
    return with_steps(forloeb, [*agreed_before(day), *later], [Skridt(held(forloeb), "optaget")])

"""Samtaler with more than two in them: a kollega and a supervisor, and a fællessamtale with two fokuspersoner. Pure.

Both are of the week before, with the feedback sent; the main people see them in their own lists.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from supervision.demo.forloeb import Forloeb, Skridt, held
from supervision.demo.scene import agreed_before, open_matter, with_steps
from supervision.demo.workdays import workdays_after


def of_week(monday: date) -> list[Forloeb]:
    """Those of the week that begins on `monday`; the first kontrakt of each samtale before the others."""
    return [*_two_observers(monday), *_two_held_it(monday)]


def _two_observers(monday: date) -> list[Forloeb]:
    """Maja was observed by Tobias and by Inger at once, and has read both letters."""
    day = workdays_after(monday, -3)
    first = open_matter(f"sammen:{monday}", "maja", "tobias", day, time(12, 45), "job", form="fysisk")
    second = replace(
        first,
        key=f"sammen:{monday}:inger",
        observatoer="inger",
        supervision=True,
        plads="Ved vinduet, lidt længere væk",
        sammen=first,
    )
    return [
        _lived(first, agreed_before(day), day, monday),
        _lived(second, _asked_later(day), day, monday),
    ]


def _two_held_it(monday: date) -> list[Forloeb]:
    """Tobias and Agnieszka held a fællessamtale together; Maja followed him, and Steen her."""
    day = workdays_after(monday, -5)
    first = open_matter(f"begge:{monday}", "tobias", "maja", day, time(9, 15), "faelles", form="fysisk")
    theirs = open_matter(
        f"begge:{monday}:agnieszka", "agnieszka", "steen", day, time(9, 15), "faelles", form="fysisk"
    )
    second = replace(
        theirs,
        laengde=first.laengde,
        forloeb_nr=first.forloeb_nr,
        sted=first.sted,
        sammen=first,
    )
    return [
        _lived(first, agreed_before(day), day, monday),
        _lived(second, _asked_later(day), day, monday),
    ]


def _asked_later(day: date) -> list[tuple[date, time, str]]:
    """The second kontrakt, made when the first one stands."""
    return [
        (workdays_after(day, -3), time(11, 10), "aftalt"),
        (workdays_after(day, -2), time(9, 40), "foerste_ja"),
        (workdays_after(day, -1), time(9, 5), "andet_ja"),
    ]


def _lived(forloeb: Forloeb, before: list[tuple[date, time, str]], day: date, monday: date) -> Forloeb:
    """Held, written and read before the Monday; closed in the week after."""
    resume, next_day = monday + timedelta(days=7), workdays_after(day, 1)
    begins = time(9, 0) if forloeb.sammen is None else time(10, 0)
    later = [
        (next_day, begins, "kladde"),
        (next_day, begins.replace(minute=35), "sendt"),
        (next_day, begins.replace(hour=begins.hour + 4), "laest"),
        (next_day, begins.replace(hour=begins.hour + 4, minute=12), "tak"),
        (workdays_after(resume, 5), begins.replace(hour=14), "lukket"),
    ]
    return with_steps(forloeb, [*before, *later], [Skridt(held(forloeb), "optaget")])

"""A samtale that met modstand, so that the models can tell what came just before it. Pure.

It is of the week before, with the feedback read; the main people see it in their own lists.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from supervision.demo.forloeb import Forloeb, Skridt, held
from supervision.demo.scene import agreed_before, open_matter, with_steps
from supervision.demo.workdays import workdays_after


def of_week(monday: date) -> list[Forloeb]:
    """That of the week that begins on `monday`: Maja's, with Tobias as observatør."""
    day, resume = workdays_after(monday, -4), monday + timedelta(days=7)
    after = workdays_after(day, 1)
    forloeb = open_matter(f"modstand:{monday}", "maja", "tobias", day, time(8, 30), "modstand", form="fysisk")
    later = [
        (after, time(12, 0), "kladde"),
        (after, time(12, 30), "sendt"),
        (after, time(14, 40), "laest"),
        (after, time(14, 50), "tak"),
        (workdays_after(resume, 5), time(9, 0), "lukket"),
    ]
    return [with_steps(forloeb, [*agreed_before(day), *later], [Skridt(held(forloeb), "optaget")])]

"""What waits for the demo's main people: open matters of every kind, and a samtale today. Pure.

A week's open matters stand until the Monday after, when they are taken up like any others and become history.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from supervision import clock
from supervision.demo.forloeb import Forloeb, Skridt, held, plan_forloeb
from supervision.demo.people import BY_KEY
from supervision.demo.workdays import workdays_after
from supervision.demo.year import style_of

LATE = 5
"""The main people have trained for some rounds already."""


def of_day(day: date) -> list[Forloeb]:
    """The samtaler of the day itself, agreed on before; held and followed up when the day is over."""
    found = [
        open_matter(f"idag:{day}:maja", "maja", "tobias", day, time(10, 30), "ressourcer", form="fysisk"),
        open_matter(
            f"idag:{day}:jonas",
            "jonas",
            "inger",
            day,
            time(13, 0),
            "pejlemaerker",
            supervision=True,
            form="fysisk",
        ),
    ]
    before, after = workdays_after(day, -1), workdays_after(day, 1)
    return [
        with_steps(
            forloeb,
            [
                (workdays_after(day, -2), time(9, 10), "aftalt"),
                (workdays_after(day, -2), time(9, 25), "foerste_ja"),
                (before, time(12, 40), "andet_ja"),
                (after, time(9, 0), "kladde"),
                (after, time(9, 30), "sendt"),
                (after, time(12, 50), "laest"),
                (after, time(13, 0), "tak"),
                (after, time(13, 5), "beholdt"),
                (workdays_after(day, 7), time(14, 0), "lukket"),
            ],
            [Skridt(held(forloeb), "optaget")],
        )
        for forloeb in found
    ]


def of_week(monday: date) -> list[Forloeb]:
    """The open matters of the week that begins on `monday`."""
    return [
        *_waiting_for_yes(monday),
        *_rare_skabeloner(monday),
        _draft(monday),
        _owed(monday),
        _unread(monday),
        _asked(monday),
        _answered(monday),
    ]


def _waiting_for_yes(monday: date) -> Iterable[Forloeb]:
    """One yes is given; the other is wanted from the main people in both houses."""
    for key, fokusperson, observatoer, slags in (
        ("maja", "freja", "maja", "job"),
        ("tobias", "louise", "tobias", "virksomhed"),
        ("birgitte", "agnieszka", "birgitte", "faelles"),
        ("inger", "signe", "inger", "status"),
        ("nikolaj", "sofie", "nikolaj", "cv"),
    ):
        forloeb = open_matter(
            f"ja:{monday}:{key}", fokusperson, observatoer, workdays_after(monday, 7), time(9, 15), slags,
            supervision=observatoer == "inger",
        )  # fmt: skip
        steps = [
            (workdays_after(monday, -1), time(11, 20), "aftalt"),
            (workdays_after(monday, -1), time(11, 45), "foerste_ja"),
            (monday + timedelta(days=7), time(8, 40), "andet_ja"),
        ]
        yield with_steps(forloeb, [*steps, *_aftermath(forloeb)], [Skridt(held(forloeb), "optaget")])


def _rare_skabeloner(monday: date) -> Iterable[Forloeb]:
    """The two skabeloner that no team takes of itself: a tool on the table, and feedback as the thing practised."""
    for fokusperson, observatoer, at, slags in (
        ("tobias", "henrik", time(13, 0), "redskab"),
        ("maja", "freja", time(14, 30), "kollegial"),
    ):
        day = workdays_after(monday, 8)
        forloeb = open_matter(f"{slags}:{monday}", fokusperson, observatoer, day, at, slags)
        steps = [
            (workdays_after(monday, -1), time(12, 30), "aftalt"),
            (workdays_after(monday, -1), time(12, 50), "foerste_ja"),
            (monday + timedelta(days=7), time(8, 50), "andet_ja"),
        ]
        yield with_steps(forloeb, [*steps, *_aftermath(forloeb)], [Skridt(held(forloeb), "optaget")])


def _draft(monday: date) -> Forloeb:
    """Maja has begun a kontrakt and got no further than the samtale itself."""
    forloeb = open_matter(f"kladde:{monday}", "maja", "amina", workdays_after(monday, 9), time(12, 45), "job")
    steps = [
        (workdays_after(monday, -1), time(14, 35), "begyndt"),
        (monday + timedelta(days=7), time(9, 5), "aftalt"),
        (monday + timedelta(days=7), time(9, 30), "foerste_ja"),
        (workdays_after(monday + timedelta(days=7), 1), time(10, 0), "andet_ja"),
    ]
    return with_steps(forloeb, [*steps, *_aftermath(forloeb)], [Skridt(held(forloeb), "optaget")])


def _owed(monday: date) -> Forloeb:
    """Tobias has sat in with Henrik, and has only begun to write."""
    day = workdays_after(monday, -1)
    forloeb = open_matter(f"skylder:{monday}", "henrik", "tobias", day, time(9, 15), "job")
    resume = monday + timedelta(days=7)
    later = [
        (resume, time(9, 15), "kladde"),
        (resume, time(9, 45), "sendt"),
        (resume, time(13, 10), "laest"),
        (resume, time(13, 20), "tak"),
        (workdays_after(resume, 6), time(14, 0), "lukket"),
    ]
    noted = [Skridt(held(forloeb), "optaget"), Skridt(held(forloeb) + timedelta(minutes=20), "paabegyndt")]
    return with_steps(forloeb, [*agreed_before(day), *later], noted)


def _unread(monday: date) -> Forloeb:
    """Maja has feedback from Amina that she has not opened."""
    day, resume = workdays_after(monday, -2), monday + timedelta(days=7)
    forloeb = open_matter(f"ulaest:{monday}", "maja", "amina", day, time(13, 30), "faelles")
    later = [
        (workdays_after(monday, -1), time(9, 0), "kladde"),
        (workdays_after(monday, -1), time(15, 40), "sendt"),
        (resume, time(8, 20), "laest"),
        (resume, time(8, 32), "tak"),
        (workdays_after(resume, 7), time(14, 0), "lukket"),
    ]
    return with_steps(forloeb, [*agreed_before(day), *later], [Skridt(held(forloeb), "optaget")])


def _asked(monday: date) -> Forloeb:
    """Mehmet has asked Tobias about a point, and shared what he keeps with the teamleder."""
    day, resume = workdays_after(monday, -4), monday + timedelta(days=7)
    forloeb = open_matter(f"spurgt:{monday}", "mehmet", "tobias", day, time(10, 30), "ressourcer")
    later = [
        (workdays_after(day, 1), time(9, 0), "kladde"),
        (workdays_after(day, 1), time(9, 30), "sendt"),
        (workdays_after(day, 2), time(12, 50), "laest"),
        (workdays_after(day, 2), time(12, 58), "beholdt"),
        (workdays_after(day, 2), time(13, 1), "tak"),
        (workdays_after(day, 3), time(8, 25), "delt_med_leder"),
        (workdays_after(day, 3), time(8, 30), "spurgt"),
        (resume, time(8, 50), "svaret"),
        (workdays_after(resume, 5), time(14, 0), "lukket"),
    ]
    return with_steps(forloeb, [*agreed_before(day), *later], [Skridt(held(forloeb), "optaget")])


def _answered(monday: date) -> Forloeb:
    """Maja has asked Henrik about a point, and has not seen that he answered."""
    day, resume = workdays_after(monday, -6), monday + timedelta(days=7)
    forloeb = open_matter(f"svaret:{monday}", "maja", "henrik", day, time(11, 15), "job")
    later = [
        (workdays_after(day, 1), time(9, 0), "kladde"),
        (workdays_after(day, 1), time(9, 40), "sendt"),
        (workdays_after(day, 1), time(13, 15), "laest"),
        (workdays_after(day, 1), time(13, 22), "tak"),
        (workdays_after(day, 2), time(8, 40), "spurgt"),
        (workdays_after(day, 2), time(8, 45), "set"),
        (workdays_after(monday, -1), time(14, 10), "svaret"),
        (resume, time(8, 35), "set"),
        (workdays_after(resume, 4), time(14, 0), "lukket"),
    ]
    return with_steps(forloeb, [*agreed_before(day), *later], [Skridt(held(forloeb), "optaget")])


def agreed_before(day: date) -> list[tuple[date, time, str]]:
    """The steps (day, time, verb) up to both yeses, on the workdays before."""
    return [
        (workdays_after(day, -3), time(10, 5), "aftalt"),
        (workdays_after(day, -3), time(10, 30), "foerste_ja"),
        (workdays_after(day, -1), time(8, 15), "andet_ja"),
    ]


def _aftermath(forloeb: Forloeb) -> list[tuple[date, time, str]]:
    day = clock.local(forloeb.starter).date()
    after = workdays_after(day, 1)
    return [
        (after, time(10, 0), "kladde"),
        (after, time(10, 35), "sendt"),
        (after, time(13, 40), "laest"),
        (after, time(13, 52), "tak"),
        (workdays_after(day, 9), time(9, 30), "lukket"),
    ]


def open_matter(
    key: str,
    fokusperson: str,
    observatoer: str,
    day: date,
    at: time,
    slags: str,
    supervision: bool = False,
    form: str | None = None,
) -> Forloeb:
    """A samtale of one of the main people, without steps."""
    taletid, ugu = style_of(fokusperson, LATE)
    team = BY_KEY[fokusperson].team
    assert team is not None
    return plan_forloeb(
        key,
        fokusperson=fokusperson,
        observatoer=observatoer,
        team=team,
        day=day,
        at=at,
        taletid=taletid,
        ugu=ugu,
        slags=slags,
        supervision=supervision,
        form=form,
    )


def with_steps(forloeb: Forloeb, steps: list[tuple[date, time, str]], more: list[Skridt]) -> Forloeb:
    """The same with its steps, in order."""
    planned: list[tuple[datetime, str]] = [(clock.from_local(day, at), verb) for day, at, verb in steps]
    whole = sorted([*(Skridt(at, verb) for at, verb in planned), *more], key=lambda step: step.at)
    return replace(forloeb, skridt=tuple(whole))

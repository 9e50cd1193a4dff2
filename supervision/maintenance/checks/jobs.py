"""The jobs that must run by themselves, and the sample of accesses that somebody must look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from supervision import clock
from supervision.config import Settings
from supervision.danish import tidspunkt
from supervision.drift.jobs import last_success
from supervision.maintenance.checks.findings import ADVARSEL, FEJL, OK, Finding

A_DAY = timedelta(hours=26)
NIGHTLY = {
    "udgiv-tal": (A_DAY, "kvartalets tal"),
    "ryd-op": (A_DAY, "sletning af det, der er for gammelt"),
}
"""Jobs that must go well each night: how old their last success may be, and what they do."""
MINUTELY = timedelta(minutes=15)
SAMPLE, SAMPLE_AGE = "stikproeve", timedelta(days=92)


def examine(settings: Settings) -> Iterator[Finding]:
    """When each last went well, from the database: whichever machine it ran on."""
    done = last_success()
    wanted = dict(NIGHTLY)
    if settings.mail is not None:
        wanted["send-beskeder"] = (MINUTELY, "e-mail")
    for name, (most, what) in wanted.items():
        last = done.get(name)
        if last is None:
            yield Finding(
                ADVARSEL,
                f"job: {name}",
                f"Det er aldrig kørt færdigt her ({what}).",
                f"Sæt supervision {name} i gang; se deploy/.",
            )
        elif clock.now() - last > most:
            yield Finding(
                FEJL,
                f"job: {name}",
                f"Det gik sidst godt {tidspunkt(last)} ({what}).",
                "Se i jobbets log, hvorfor det stopper.",
            )
        else:
            yield Finding(OK, f"job: {name}", f"Gik sidst godt {tidspunkt(last)}.")
    sampled = done.get(SAMPLE)
    if sampled is None or clock.now() - sampled > SAMPLE_AGE:
        yield Finding(
            ADVARSEL,
            "stikprøve",
            "Der er ikke set efter i adgangsloggen de sidste tre måneder.",
            "Kør supervision stikproeve, og lad en, der ikke selv står i den, læse den.",
        )

"""A session while it runs: its three parts, who does what in each, and the lock on the feedback.

Feedback begins when the citizen has left the room: until the supervisor says so, nobody writes or sends any on it.
The supervisor only observes. Whoever must put the feedback off says why, from a short list, and the lock opens with it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Protocol

from supervision.problems import RuleBroken

TILSTANDE: Final = {
    "planlagt": "Ikke begyndt",
    "forberedelse": "Forberedelse",
    "samtale": "Samtale",
    "feedback": "Feedback",
    "udskudt": "Feedbacken er udskudt",
    "holdt": "Holdt",
    "aflyst": "Aflyst",
}
DELE: Final = {"forberedelse": "Forberedelse", "samtale": "Samtale", "feedback": "Feedback"}
ROLLER: Final = {
    "forberedelse": "Fokuspersonen fortæller om mål, redskaber og bidrag. Supervisoren lytter og spørger.",
    "samtale": "Fokuspersonen holder samtalen. Supervisoren observerer og blander sig ikke.",
    "feedback": "Supervisoren giver feedback ud fra kontrakten. Fokuspersonen bestemmer selv, hvad der er brugbart.",
}
"""The rule of each part, in one line."""
SKRIDT: Final = {
    "begynd": "begyndt_at",
    "forberedt": "forberedt_at",
    "borger_gaaet": "borger_gaaet_at",
    "slut": "sluttet_at",
}
"""What can be tapped, in its order, and the moment that it writes."""
GRUNDE: Final = {
    "borgeren_blev": "Borgeren blev længere end planlagt",
    "tiden_gik": "Tiden gik, og den næste venter",
    "fokuspersonen_bad": "Fokuspersonen vil gerne have tid først",
    "supervisoren_videre": "Supervisoren skulle videre",
    "afbrudt": "Samtalen blev afbrudt",
}
LINJE_MAX: Final = 500
RO: Final = 5
"""Minutes after the plan before anything is said of it."""
LAAST: Final = "Feedbacken åbner, når supervisoren har trykket »Borgeren er gået« på sessionens side."


class Forloeb(Protocol):
    """The moments of a session."""

    @property
    def begyndt_at(self) -> datetime | None: ...
    @property
    def forberedt_at(self) -> datetime | None: ...
    @property
    def borger_gaaet_at(self) -> datetime | None: ...
    @property
    def sluttet_at(self) -> datetime | None: ...
    @property
    def udskudt_at(self) -> datetime | None: ...
    @property
    def aflyst_at(self) -> datetime | None: ...


class MedLaengder(Forloeb, Protocol):
    """With how long each part is planned to be."""

    @property
    def forberedelse_min(self) -> int: ...
    @property
    def samtale_min(self) -> int: ...
    @property
    def feedback_min(self) -> int: ...


def tilstand(session: Forloeb) -> str:
    """One of TILSTANDE."""
    if session.aflyst_at:
        return "aflyst"
    if session.sluttet_at:
        return "holdt"
    if session.udskudt_at:
        return "udskudt"
    if session.borger_gaaet_at:
        return "feedback"
    if session.forberedt_at:
        return "samtale"
    return "forberedelse" if session.begyndt_at else "planlagt"


def naeste_skridt(session: Forloeb, *, optaget: bool = False) -> str | None:
    """What is tapped next: a key of SKRIDT; None when the session is over.

    optaget: the recorder was started, so that the samtale is on, whatever was tapped before it.
    """
    if optaget and tilstand(session) in ("planlagt", "forberedelse"):
        return "borger_gaaet"
    order = {"planlagt": "begynd", "forberedelse": "forberedt", "samtale": "borger_gaaet", "feedback": "slut"}
    return order.get(tilstand(session))


def check_skridt(session: Forloeb, skridt: str, *, optaget: bool = False) -> None:
    """Each step has its turn. Raises RuleBroken."""
    if skridt not in SKRIDT or naeste_skridt(session, optaget=optaget) != skridt:
        raise RuleBroken("Sessionen er et andet sted nu. Se siden igen, og tryk så.")


def sidste_skridt(session: Forloeb) -> str | None:
    """The step that can be taken back after a slip of the finger; None when there is none, or it is all over."""
    taken = [skridt for skridt, moment in SKRIDT.items() if getattr(session, moment)]
    over = session.aflyst_at or session.udskudt_at or session.sluttet_at
    return None if over or not taken else taken[-1]


def check_udskyd(session: Forloeb, grund: str) -> None:
    """The feedback is put off once the samtale has begun, with a reason of GRUNDE. Raises RuleBroken."""
    if grund not in GRUNDE:
        raise RuleBroken("Vælg en grund, så I begge ved hvorfor.", "grund")
    if tilstand(session) not in ("samtale", "feedback"):
        raise RuleBroken("Feedbacken kan først udskydes, når samtalen er i gang.", "grund")


def er_laast(session: Forloeb) -> bool:
    """Whether feedback on it may not be written or sent yet."""
    return not (session.borger_gaaet_at or session.udskudt_at or session.aflyst_at)


def check_feedback_aaben(session: Forloeb | None) -> None:
    """Feedback begins when the citizen has left. None: the samtale belongs to no session. Raises RuleBroken."""
    if session is not None and er_laast(session):
        raise RuleBroken(LAAST)


def check_kan_flyttes(session: Forloeb) -> None:
    """A session that has begun or is cancelled stays where it is. Raises RuleBroken."""
    state = tilstand(session)
    if state == "aflyst":
        raise RuleBroken("Sessionen er aflyst.")
    if state != "planlagt":
        raise RuleBroken("Sessionen er begyndt. Den kan ikke ændres i planen mere.")


def plan_ord(session: Forloeb, kontrakt: str | None) -> str:
    """Where it stands, for whoever plans: no content. kontrakt: a state of `rules.TILSTANDE`, None before sending."""
    state = tilstand(session)
    if state != "planlagt":
        return TILSTANDE[state]
    if kontrakt is None:
        return "Ikke sendt"
    known = {
        "trukket": "Kontrakten er trukket tilbage",
        "klar": "Kontrakten er klar",
        "i_gang": "Optageren er startet",
    }
    return known.get(kontrakt, "Kontrakten er på vej")


def frist(session: MedLaengder) -> datetime | None:
    """When the part that runs is planned to be over, counted from when it began; None when none runs."""
    for moment, minutes in (
        (session.borger_gaaet_at, session.feedback_min),
        (session.forberedt_at, session.samtale_min),
        (session.begyndt_at, session.forberedelse_min),
    ):
        if moment is not None:
            running = tilstand(session) in DELE
            return moment + timedelta(minutes=minutes) if running else None
    return None


def efter_planen(session: MedLaengder, starter: datetime, now: datetime) -> int:
    """How many whole minutes the running part ends after the plan, at the earliest; 0 when it does not.

    starter: when the session was planned to begin.
    """
    due = frist(session)
    if due is None:
        return 0
    before = {
        "forberedelse": session.forberedelse_min,
        "samtale": session.forberedelse_min + session.samtale_min,
        "feedback": session.forberedelse_min + session.samtale_min + session.feedback_min,
    }
    planned = starter + timedelta(minutes=before[tilstand(session)])
    return max(0, int((max(due, now) - planned).total_seconds()) // 60)

"""Leading a meeting: beginning, the clock of its points, the questions, and the end. The facilitator's alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from supervision import clock, history
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import Dagsordenspunkt, Moede, Moedeur
from supervision.grupper.queries.moeder import list_dagsorden
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken


def begin_moede(moede: Moede, *, by: Person) -> None:
    """Begin with the first point; its clock runs. `moede` is held. The second time: no change. Raises RuleBroken."""
    _check_leads(moede, by)
    now = clock.now()
    if rules.moede_tilstand(moede, now) == rules.I_GANG:
        return
    rules.check_can_begin(moede, now, clock.today(), clock.local(moede.start_at).date())
    first = next(iter(list_dagsorden(moede)), None)
    moede.begyndt_at = now
    db.session.add(Moedeur(moede_id=moede.id, punkt_id=first.id if first else None, fra_at=now))
    db.session.flush()
    history.note("begynd", moede, by=by.id)


def end_moede(moede: Moede, *, by: Person) -> None:
    """End it; the present point keeps the time it had. Ended already: nothing changes. Raises RuleBroken."""
    _check_leads(moede, by)
    if moede.sluttet_at is not None:
        return
    rules.check_running(moede, clock.now())
    ur = _ur(moede)
    _stop(ur)
    moede.sluttet_at = clock.now()
    db.session.flush()
    history.note("slut", moede, by=by.id)


def steer_moede(moede: Moede, *, handling: str, by: Person, sted: str = "") -> None:
    """One of `HANDLINGER`, on a meeting that runs; `moede` is held. Raises RuleBroken, NotAllowed.

    sted: what the page showed when it was asked for (`rules.sted`): two presses on one page go on once. "": not said.
    """
    _check_leads(moede, by)
    rules.check_running(moede, clock.now())
    act = HANDLINGER.get(handling)
    if act is None:
        raise RuleBroken("Det kender vi ikke. Genindlæs siden.")
    ur = _ur(moede)
    if sted and sted != rules.sted(ur.punkt_id, ur.spoergsmaal) and handling not in ("pause", "genoptag"):
        return
    act(moede, ur)
    db.session.flush()
    history.note(f"styr_{handling}", moede, by=by.id)


def _next(moede: Moede, ur: Moedeur) -> None:
    _move(moede, ur, 1)


def _back(moede: Moede, ur: Moedeur) -> None:
    _move(moede, ur, -1)


def _move(moede: Moede, ur: Moedeur, steps: int) -> None:
    """To the point before or after; a point that is come back to goes on from the time it had. None there: nothing."""
    points = list_dagsorden(moede)
    here = next((place for place, punkt in enumerate(points) if punkt.id == ur.punkt_id), -1)
    place = here + steps
    if 0 <= place < len(points):
        _stop(ur)
        ur.punkt_id, ur.fra_at, ur.spoergsmaal = points[place].id, clock.now(), 0


def _pause(_moede: Moede, ur: Moedeur) -> None:
    _stop(ur)


def _resume(_moede: Moede, ur: Moedeur) -> None:
    ur.fra_at = ur.fra_at or clock.now()


def _extend(_moede: Moede, ur: Moedeur) -> None:
    punkt = _present(ur)
    if punkt is not None:
        punkt.minutter = min(180, punkt.minutter + rules.FORLAENG_MIN)


def _next_question(_moede: Moede, ur: Moedeur) -> None:
    ur.spoergsmaal += 1


def _question_back(_moede: Moede, ur: Moedeur) -> None:
    ur.spoergsmaal = max(0, ur.spoergsmaal - 1)


HANDLINGER: Final[Mapping[str, Callable[[Moede, Moedeur], None]]] = {
    "naeste": _next,
    "tilbage": _back,
    "pause": _pause,
    "genoptag": _resume,
    "forlaeng": _extend,
    "naeste_spoergsmaal": _next_question,
    "forrige_spoergsmaal": _question_back,
}


def _stop(ur: Moedeur) -> None:
    """The present point keeps the time it has had, and the clock stands."""
    punkt = _present(ur)
    if punkt is not None and ur.fra_at is not None:
        punkt.brugt_s = round(rules.brugt_ms(punkt.brugt_s, ur.fra_at, clock.now()) / 1000)
    ur.fra_at = None


def _present(ur: Moedeur) -> Dagsordenspunkt | None:
    return db.session.get(Dagsordenspunkt, ur.punkt_id) if ur.punkt_id else None


def _ur(moede: Moede) -> Moedeur:
    return db.session.get_one(Moedeur, moede.id)


def _check_leads(moede: Moede, by: Person) -> None:
    if moede.gruppe.facilitator_id != by.id or moede.gruppe.nedlagt_at is not None:
        raise NotAllowed

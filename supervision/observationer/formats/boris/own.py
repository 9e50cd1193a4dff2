"""Our own logs in a project of BORIS's: whether its rows are still as we wrote them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from supervision.observationer.formats import LogName
from supervision.observationer.formats.boris.events import Event
from supervision.observationer.formats.boris.write import OWN, OWN_VERSION, POINT_MARK, STATE_MARK, rows
from supervision.observationer.rules import FELTER, FieldProblem, Haendelse, check_haendelse

CHANGED: Final = " (rettet i BORIS)"


class OwnLog(NamedTuple):
    """A log that we wrote. untouched: its rows are as we wrote them, so that `haendelser` is the whole of it.

    Else `navn` says that it was changed: it is another log than the one that we have.
    """

    navn: LogName
    haendelser: Sequence[Haendelse]
    untouched: bool


def own_log(observation: Mapping[str, Any], events: Iterable[Event]) -> OwnLog | None:
    """The log that lies beside the rows of an observation; None when there is none that can be read."""
    own = observation.get(OWN)
    if not isinstance(own, dict) or own.get("version") != OWN_VERSION:
        return None
    names = (own.get("observation"), own.get("observatoer"))
    haendelser = _haendelser(own.get("haendelser"))
    if haendelser is None or not isinstance(names[0], str) or not isinstance(names[1], str):
        return None
    written = Counter((r.t_ms, r.subject, r.code, r.modifiers, r.comment, r.state) for r in rows(haendelser))
    found = Counter((e.t_ms, e.subject, _unmarked(e.code), e.modifiers, e.comment, e.state) for e in events)
    unmarked = Counter((*key[:2], _unmarked(key[2]), *key[3:]) for key in written.elements())
    if found == unmarked:
        return OwnLog((names[0], names[1]), haendelser, True)
    changed = names[1].removesuffix(CHANGED) + CHANGED
    return OwnLog((names[0], changed), haendelser, False)


def _haendelser(raw: object) -> list[Haendelse] | None:
    if not isinstance(raw, list):
        return None
    try:
        return [check_haendelse(dict(zip(FELTER, one, strict=True))) for one in raw]
    except (FieldProblem, TypeError, ValueError):
        return None


def _unmarked(code: str) -> str:
    return code.removesuffix(STATE_MARK).removesuffix(POINT_MARK)

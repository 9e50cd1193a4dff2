"""What a row of BORIS is called in a log, and the other way: `taler:borger` is ours, anything else is kept as it is.

What others have coded goes on the track `boris`, or `boris:<subject>`. Its kode is the behaviour, with the modifiers
after ` ~ `; a state is two events, `begynd: …` and `slut: …`. So nothing is lost on the way back.
"""

import re
from typing import Final, NamedTuple

from supervision.observationer.rules import FASE_NAVNE, TALER_NAVNE, TILSTANDSSPOR, UGU_NAVNE, UR_NAVNE

TRACK: Final = "boris"
BEGYND: Final = "begynd: "
SLUT: Final = "slut: "
STATE: Final = "State event"
POINT: Final = "Point event"

_PUNKT: Final = "punkt: "
_MODIFIERS: Final = " ~ "
_EMNE: Final = re.compile(r"[1-9][0-9]{0,3}")
_KODER: Final = {"taler": TALER_NAVNE, "fase": FASE_NAVNE, "ugu": UGU_NAVNE, "ur": UR_NAVNE}
_UNSAFE: Final = re.compile(r"[()|,`~\\\x00-\x1f]")
_LONGEST: Final = 80


class Behaviour(NamedTuple):
    """What BORIS pairs its rows by. `state`: whether it has a beginning and an end."""

    subject: str
    code: str
    modifiers: str
    state: bool


def track_of(subject: str) -> str:
    """The track of a subject's events; an empty subject is nobody in particular."""
    return f"{TRACK}:{subject}" if subject else TRACK


def own_track(behaviour: Behaviour) -> tuple[str, str] | None:
    """(spor, kode) when it is one of our tracks, written as we write it; None when it is anybody's own word."""
    if behaviour.subject or behaviour.modifiers:
        return None
    spor, _, kode = behaviour.code.partition(":")
    if behaviour.state:
        known = _EMNE.fullmatch(kode) if spor == "emne" else kode in _KODER.get(spor, ())
        return (spor, kode) if spor in TILSTANDSSPOR and known else None
    if behaviour.code == "note":
        return "note", ""
    if spor in ("element", "faerdighed") and kode:
        return spor, kode
    return (spor, kode) if spor == "ur" and kode in UR_NAVNE else None


def label(behaviour: Behaviour) -> str:
    """The kode of a point on the track `boris`; of a state, what follows `BEGYND` and `SLUT`."""
    plain = not behaviour.modifiers and _MODIFIERS not in behaviour.code
    found = behaviour.code if plain else f"{behaviour.code}{_MODIFIERS}{behaviour.modifiers}"
    unclear = not behaviour.state and found.startswith((BEGYND, SLUT, _PUNKT))
    return f"{_PUNKT}{found}" if unclear else found


def read_label(spor: str, kode: str) -> tuple[Behaviour, bool] | None:
    """(the behaviour, whether it begins) of an event on a track of BORIS's; None on any other track."""
    track, _, subject = spor.partition(":")
    if track != TRACK:
        return None
    begins, ends = kode.startswith(BEGYND), kode.startswith(SLUT)
    text = kode.removeprefix(BEGYND) if begins else kode.removeprefix(SLUT) if ends else kode
    if not begins and not ends:
        text = kode.removeprefix(_PUNKT)
    code, _, modifiers = text.rpartition(_MODIFIERS) if _MODIFIERS in text else (text, "", "")
    return Behaviour(subject, code, modifiers, begins or ends), begins


def point_code(spor: str, kode: str) -> tuple[str, str]:
    """(code, comment) of a point on a track that is nobody's: what BORIS forbids, and long texts, go in the comment."""
    if not kode or len(kode) > _LONGEST or _UNSAFE.search(kode):
        return spor, kode
    return f"{spor}:{kode}", ""

"""Mending the timeline after the samtale, until it is handed over: to move, take back, put in again and add.

Each is an event that is appended; none is ever changed or deleted. The ids come from `timeline.edits`, so that the
same edit sent twice changes nothing. Times are raw `t_ms`, as on the picture's axis: pauses are part of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from supervision import history
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries import gamemaster
from supervision.danish import ur
from supervision.db import db
from supervision.observationer import measures, rules
from supervision.observationer.actions.checking import agreed_codes
from supervision.observationer.actions.recording import insert_haendelser
from supervision.observationer.models import Observation
from supervision.observationer.queries import list_haendelser
from supervision.observationer.rules import FieldProblem, Haendelse
from supervision.observationer.timeline import edits
from supervision.personer.models import Person
from supervision.problems import NotAllowed, NotFound, RuleBroken


@dataclass(frozen=True, slots=True)
class _Log:
    """A log that is being mended: the row is held until the commit, so that two edits wait for each other."""

    observation: Observation
    events: list[Haendelse]

    def find(self, haendelse_id: UUID) -> Haendelse:
        """An event of the log. Raises NotFound."""
        found = next((h for h in self.events if h.id == haendelse_id and h.spor != "fortryd"), None)
        if found is None:
            raise NotFound
        return found

    def stands(self, event: Haendelse) -> bool:
        """Whether it was not taken back."""
        return any(h.id == event.id for h in measures.effective(self.events))

    def holds(self, event: Haendelse) -> bool:
        """Whether it was logged already. Raises RuleBroken when its id was, as something else."""
        known = next((h for h in self.events if h.id == event.id), None)
        if known is None:
            return False
        if (known.t_ms, known.spor, known.kode) != (event.t_ms, event.spor, event.kode):
            raise RuleBroken("Den er allerede rettet et andet sted. Se listen igennem, og prøv igen.")
        return True

    def append(self, verb: str, *new: Haendelse, by: Person) -> None:
        """Store the events as the latest of the log, and note who did what."""
        highest = max((h.nr for h in self.events), default=-1)
        numbered = [
            Haendelse(h.id, min(highest + place, rules.MAX_NR), h.t_ms, h.spor, h.kode)
            for place, h in enumerate(new, 1)
        ]
        insert_haendelser(self.observation, numbered)
        history.note(verb, self.observation, by=by.id)
        db.session.flush()


def move_haendelse(*, observation: Observation, haendelse_id: UUID, t_ms: int, by: Person) -> UUID:
    """Give an event another time; the id that it has there.

    Raises NotAllowed for others than the observatør, NotFound for an event of another log, RuleBroken when the log is
    closed for edits, the event does not stand, stands fast, or the time (field `tid`) is outside the samtale.
    """
    log = _open(observation, by)
    event = log.find(haendelse_id)
    if event.t_ms == t_ms and log.stands(event):
        return event.id
    moved = Haendelse(edits.id_of_move(event.id), 0, t_ms, event.spor, event.kode)
    if log.holds(moved):
        return moved.id
    _check_stands(log, event)
    if (event.spor, event.kode) == ("ur", "start"):
        raise RuleBroken("Samtalens begyndelse ligger fast: alle andre tider er regnet fra den.", "tid")
    _check_time(log, moved)
    log.append("flyttede_haendelse", _fortryd(event), moved, by=by)
    return moved.id


def take_haendelse_back(*, observation: Observation, haendelse_id: UUID, by: Person) -> None:
    """Let an event count no more. Twice does nothing.

    Raises as `move_haendelse`; the samtale's beginning and end cannot be taken back.
    """
    log = _open(observation, by)
    event = log.find(haendelse_id)
    if not log.stands(event):
        return
    if event.spor == "ur" and event.kode in ("start", "slut"):
        raise RuleBroken("Samtalen skal have en begyndelse og en slutning. Slutningen kan du flytte.")
    log.append("tog_haendelse_tilbage", _fortryd(event), by=by)


def put_haendelse_back(*, observation: Observation, haendelse_id: UUID, by: Person) -> UUID:
    """Log an event that was taken back once more, at the same time; its new id. Twice does nothing.

    Raises as `move_haendelse`.
    """
    log = _open(observation, by)
    event = log.find(haendelse_id)
    again = Haendelse(edits.id_of_return(event.id), 0, event.t_ms, event.spor, event.kode)
    if log.holds(again):
        return again.id
    if log.stands(event) or any(h.id == edits.id_of_move(event.id) for h in log.events):
        raise RuleBroken("Den er ikke taget tilbage. Se listen igennem, og prøv igen.")
    if event.spor == "ur" and event.kode in ("start", "slut"):
        raise RuleBroken("Samtalen har én begyndelse og én slutning. Slutningen kan du flytte.")
    _check_time(log, again)
    log.append("satte_haendelse_ind_igen", again, by=by)
    return again.id


def add_haendelse(
    *, observation: Observation, new_id: UUID, t_ms: int, spor: str, kode: str, by: Person
) -> UUID:
    """Log what was not tapped while the samtale ran. new_id: from `edits.new_id`; sent twice it is stored once.

    Raises as `move_haendelse`, and RuleBroken for what the kontrakt's screen does not have (field `hvad`) or a note
    without words (field `tekst`).
    """
    log = _open(observation, by)
    event = Haendelse(new_id, 0, t_ms, spor, kode)
    if not edits.is_added(new_id):
        raise RuleBroken("Siden var for gammel. Prøv igen.")
    if log.holds(event):
        return new_id
    _check_added(log, event)
    _check_time(log, event)
    log.append("tilfoejede_haendelse", event, by=by)
    return new_id


def addable(kontrakt: FeedbackKontrakt, haendelser: Iterable[Haendelse]) -> Mapping[str, tuple[str, ...]]:
    """Track -> the codes that can be added to a log of this kontrakt, in the order of its screen.

    A note has words instead.
    """
    standing = measures.effective(haendelser)
    agreed = agreed_codes(kontrakt)
    variant = gamemaster(kontrakt)
    elementer = [element.kode for fase in variant.faser for element in fase.elementer] if variant else []
    emner = max((int(h.kode) for h in standing if h.spor == "emne" and h.kode), default=0)
    ended = any((h.spor, h.kode) == ("ur", "slut") for h in standing)
    return {
        "faerdighed": tuple(tegn.kode for tegn in kontrakt.kendetegn),
        "fase": (*rules.FASE_NAVNE, ""),
        "element": tuple(kode for kode in elementer if kode in agreed["element"]),
        "taler": (*kontrakt.parter, *rules.UDEN_PART, ""),
        "emne": (*(str(number) for number in range(1, emner + 2)), ""),
        "ugu": (*rules.UGU_NAVNE, ""),
        "ur": ("pause", "genoptag") if ended else ("pause", "genoptag", "slut"),
        "note": (),
    }


def is_open(observation: Observation) -> bool:
    """Whether its observatør may mend it now: a log from the recorder, ended, not yet handed over."""
    recorded = observation.kontrakt_id is not None
    return recorded and observation.afsluttet_at is not None and observation.overdraget_at is None


def latest_end(observation: Observation, haendelser: Iterable[Haendelse]) -> int:
    """The latest `t_ms` that the end can have: when the observatør ended it, or where it is now."""
    _, end = measures.start_end(haendelser)
    assert observation.afsluttet_at is not None
    ended = observation.afsluttet_at - observation.startet_at
    return min(rules.MAX_T_MS, max(end, int(ended.total_seconds() * 1000)))


def _open(observation: Observation, by: Person) -> _Log:
    if observation.observatoer_id != by.id or observation.kontrakt is None:
        raise NotAllowed
    db.session.scalar(
        select(Observation).where(Observation.id == observation.id).with_for_update(),
        execution_options={"populate_existing": True},
    )
    if observation.afsluttet_at is None:
        raise RuleBroken("Samtalen kører endnu. Ret i optageren, eller afslut samtalen først.")
    if observation.overdraget_at is not None:
        raise RuleBroken("Feedbacken er sendt, så tidslinjen ligger fast nu.")
    return _Log(observation, list_haendelser(observation.id))


def _check_stands(log: _Log, event: Haendelse) -> None:
    if not log.stands(event):
        raise RuleBroken("Den er allerede flyttet eller taget tilbage. Se listen igennem, og prøv igen.")


def _check_time(log: _Log, event: Haendelse) -> None:
    """The end may lie from the start until the observatør ended it; all else from the start to the end."""
    start, end = measures.start_end(log.events)
    is_end = (event.spor, event.kode) == ("ur", "slut")
    latest = latest_end(log.observation, log.events) if is_end else end
    if event.t_ms < start:
        raise RuleBroken("Det er før samtalens begyndelse. Skriv en tid fra 0.00.", "tid")
    if event.t_ms > latest:
        said = "Da havde du afsluttet." if is_end else "Da var samtalen slut."
        raise RuleBroken(f"{said} Skriv en tid, der højst er {ur(latest - start)}.", "tid")


def _check_added(log: _Log, event: Haendelse) -> None:
    """A valid event, and one that the kontrakt's screen has."""
    if event.spor == "note" and not event.kode:
        raise RuleBroken("Skriv, hvad der skal stå i noten.", "tekst")
    raw = {"id": event.id, "nr": event.nr, "t_ms": event.t_ms, "spor": event.spor, "kode": event.kode}
    try:
        rules.check_haendelse(raw, strict=True)
    except FieldProblem as problem:
        where = {"t_ms": "tid", "kode": "tekst" if event.spor == "note" else "hvad"}.get(
            problem.field, "hvad"
        )
        raise RuleBroken(problem.text, where) from None
    assert log.observation.kontrakt is not None
    codes = addable(log.observation.kontrakt, log.events).get(event.spor)
    if codes is None or (event.spor != "note" and event.kode not in codes):
        raise RuleBroken("Det står ikke på skærmen i jeres kontrakt.", "hvad")


def _fortryd(event: Haendelse) -> Haendelse:
    return Haendelse(edits.id_of_fortryd(event.id), 0, event.t_ms, "fortryd", str(event.id))

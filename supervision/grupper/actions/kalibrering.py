"""Playing a practice samtale: begun, steered from one screen, ticked by everybody on their own device, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import delete, select

from supervision import clock, history
from supervision.db import db
from supervision.grupper.models import Kalibrering, KalibreringHaendelse, KalibreringLog, Laeringsgruppe
from supervision.grupper.queries.kalibrering import (
    gamemaster_of,
    koder_of,
    list_ended,
    manuskript_of,
    may_steer,
)
from supervision.grupper.rules import kalibrering as rules
from supervision.observationer import content
from supervision.observationer.rules import (
    UDEN_PART,
    FieldProblem,
    Haendelse,
    check_haendelse,
)
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken

MOST_EVENTS = 5000
"""In one log: more than a thumb can tap in ten minutes."""


@dataclass(slots=True)
class Kvittering:
    """What became of a batch: the ids that are stored now, and what is wrong with the others."""

    gemt: list[UUID] = field(default_factory=list)
    afvist: list[dict[str, object]] = field(default_factory=list)
    antal: int = 0


def begin_kalibrering(
    *,
    manuskript: str,
    gruppe: Laeringsgruppe | None,
    by: Person,
    tempo: int = 100,
    kendetegn: list[str] | None = None,
) -> Kalibrering:
    """Lay a practice samtale ready, for a group (any of its members may) or alone. Raises RuleBroken, NotAllowed."""
    known = content.find_manuskript(manuskript)
    if known is None:
        raise RuleBroken("Vælg en øvesamtale.", "manuskript")
    if gruppe is not None and not _is_inside(gruppe, by):
        raise NotAllowed
    made = Kalibrering(
        manuskript=known.key,
        udgave=known.udgave,
        gruppe=gruppe,
        kendetegn=kendetegn,
        tempo=rules.check_tempo(tempo),
        oprettet_at=clock.now(),
        oprettet_af=by.id,
    )
    db.session.add(made)
    db.session.flush()
    history.note("opret", made, by=by.id)
    return made


def steer(kalibrering: Kalibrering, *, handling: str, by: Person) -> Kalibrering:
    """Start, pause, go on, stop, begin again or open the group's picture; gives the kalibrering that goes on.

    Load it with `hold`. Raises RuleBroken, NotAllowed for those who only take part.
    """
    gruppe = kalibrering.gruppe
    if not may_steer(kalibrering, by):
        raise NotAllowed
    now, length = clock.now(), manuskript_of(kalibrering).varer_ms
    state = rules.tilstand(kalibrering, now, length)
    rules.check_handling(handling, state, i_gruppe=gruppe is not None, faerdige=len(list_ended(kalibrering)))
    at = max(0, rules.position(kalibrering, now))
    if handling == "start":
        kalibrering.start_at = now + rules.NEDTAELLING
    elif handling == "pause":
        kalibrering.pauset_ms = at
    elif handling == "genoptag":
        kalibrering.start_at = rules.start_for(now, at, kalibrering.tempo)
        kalibrering.pauset_ms = None
    elif handling == "stop":
        kalibrering.slut_ms, kalibrering.pauset_ms = at, None
    elif handling == "vis":
        kalibrering.vist_at = now
    history.note(f"{handling}_kalibrering", kalibrering, by=by.id)
    db.session.flush()
    return _again(kalibrering, by) if handling == "forfra" else kalibrering


def join(kalibrering: Kalibrering, *, by: Person) -> KalibreringLog:
    """Be one of those who tick. Twice does nothing; whoever took their ticks back stays out. Raises RuleBroken."""
    log = _log_of(kalibrering, by)
    if log is not None:
        return log
    if any(one.person_id == by.id for one in kalibrering.logge):
        raise RuleBroken("Du har taget dine kryds tilbage i den her omgang.")
    log = KalibreringLog(kalibrering=kalibrering, person_id=by.id, aabnet_at=clock.now())
    db.session.add(log)
    db.session.flush()
    history.note("gik_med", log, by=by.id)
    return log


def store_kryds(kalibrering: Kalibrering, *, raw: Sequence[object], by: Person) -> Kvittering:
    """Store a batch from the recorder, each once; what is wrong is said of it alone. Raises RuleBroken too early."""
    length = manuskript_of(kalibrering).varer_ms
    if rules.tilstand(kalibrering, clock.now(), length) == rules.KLAR:
        raise RuleBroken("Samtalen er ikke begyndt endnu.")
    log = join(kalibrering, by=by)
    db.session.scalar(select(KalibreringLog.id).where(KalibreringLog.id == log.id).with_for_update())
    receipt, codes = Kvittering(), _codes(kalibrering)
    known = set(
        db.session.scalars(select(KalibreringHaendelse.id).where(KalibreringHaendelse.log_id == log.id))
    )
    for place, one in enumerate(raw):
        try:
            event = _checked(one, codes)
            if event.id not in known:
                _check_room(log, len(known))
                known.add(event.id)
                db.session.add(
                    KalibreringHaendelse(
                        log_id=log.id,
                        id=event.id,
                        nr=event.nr,
                        t_ms=event.t_ms,
                        spor=event.spor,
                        kode=event.kode,
                    )
                )
            receipt.gemt.append(event.id)
        except FieldProblem as problem:
            id_ = one.get("id") if isinstance(one, dict) else None
            receipt.afvist.append({"plads": place, "id": id_, "felt": problem.field, "fejl": problem.text})
    db.session.flush()
    receipt.antal = len(known)
    return receipt


def end_log(kalibrering: Kalibrering, *, by: Person) -> KalibreringLog:
    """Note that all of somebody's ticks are here. Ending again changes nothing. Raises RuleBroken without a log."""
    log = _log_of(kalibrering, by)
    if log is None:
        raise RuleBroken("Du er ikke med i den her omgang.")
    if log.afsluttet_at is None:
        log.afsluttet_at = clock.now()
        history.note("afsluttede_log", log, by=by.id)
        db.session.flush()
    return log


def withdraw_log(kalibrering: Kalibrering, *, by: Person) -> None:
    """Take one's ticks back for good; a group's picture that they are in is closed with them. Raises RuleBroken."""
    log = _log_of(kalibrering, by)
    if log is None:
        raise RuleBroken("Du har ingen kryds her.")
    db.session.execute(delete(KalibreringHaendelse).where(KalibreringHaendelse.log_id == log.id))
    log.trukket_at = clock.now()
    history.note("trak_log", log, by=by.id)
    db.session.flush()


def _again(kalibrering: Kalibrering, by: Person) -> Kalibrering:
    """The same samtale from its beginning, as a new one; the old one and its ticks are no longer listed."""
    kalibrering.afbrudt_at = clock.now()
    return begin_kalibrering(
        manuskript=kalibrering.manuskript,
        gruppe=kalibrering.gruppe,
        by=by,
        tempo=kalibrering.tempo,
        kendetegn=kalibrering.kendetegn,
    )


def _codes(kalibrering: Kalibrering) -> dict[str, frozenset[str]]:
    """Track -> the codes that the screen has, for the tracks that it decides."""
    manuskript = manuskript_of(kalibrering)
    elementer = [e.kode for fase in gamemaster_of(manuskript).faser for e in fase.elementer]
    return {
        "taler": frozenset((*manuskript.parter, *UDEN_PART, "")),
        "faerdighed": frozenset(koder_of(kalibrering)),
        "element": frozenset(elementer),
        "note": frozenset(),
    }


def _checked(one: object, codes: dict[str, frozenset[str]]) -> Haendelse:
    if not isinstance(one, dict):
        raise FieldProblem("haendelse", "En hændelse skal være et objekt med id, nr, t_ms, spor og kode.")
    event = check_haendelse(one, strict=True)
    if event.kode not in codes.get(event.spor, (event.kode,)):
        raise FieldProblem("kode", "Det står ikke på skærmen i den her øvelse.")
    return event


def _check_room(log: KalibreringLog, count: int) -> None:
    if log.afsluttet_at is not None:
        raise FieldProblem("haendelse", "Du var færdig, da krydset kom.")
    if count >= MOST_EVENTS:
        raise FieldProblem("haendelse", "Der er for mange kryds i den her øvelse.")


def _log_of(kalibrering: Kalibrering, by: Person) -> KalibreringLog | None:
    return next((o for o in kalibrering.logge if o.person_id == by.id and o.trukket_at is None), None)


def _is_inside(gruppe: Laeringsgruppe, by: Person) -> bool:
    members = {medlem.person_id for medlem in gruppe.medlemmer if medlem.ud_at is None}
    return gruppe.nedlagt_at is None and by.id in {*members, gruppe.facilitator_id}

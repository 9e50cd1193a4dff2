"""Lykkes bedre: an entry with an owner is an agreement of the group, and comes back at its next meeting.

The agreement is a `Plenumaftale` with its usual marks; it follows the entry for as long as nobody has said how it went.
"""

from __future__ import annotations

from uuid import UUID

from supervision import clock, history
from supervision.db import db
from supervision.grupper.actions.plenum import create_plenumaftale
from supervision.grupper.models import Moede, Plenumaftale, Seddel
from supervision.grupper.rules import aftale_tilstand
from supervision.grupper.rules import sammen as rules
from supervision.personer.models import Person
from supervision.problems import RuleBroken


def give_owner(moede: Moede, seddel: Seddel, ejer: str, *, by: Person) -> bool:
    """Let an entry be a person's (their id), everybody's ("alle") or nobody's (""); the last choice holds.

    Whoever takes it oneself has said yes by that. False: it was so already. Raises RuleBroken: another field, or
    somebody who is not in the group.
    """
    rules.check_felt(seddel.felt, rules.LYKKES_FELTER)
    person_id = _member(moede, ejer) if ejer not in ("", rules.ALLE) else None
    if (seddel.ejer_id, seddel.ejer_alle) == (person_id, ejer == rules.ALLE):
        return False
    seddel.ejer_id, seddel.ejer_alle = person_id, ejer == rules.ALLE
    seddel.ejer_ja_at = clock.now() if person_id == by.id else None
    return True


def say_yes(seddel: Seddel, *, by: Person) -> bool:
    """The owner says yes to it. False: they had. Raises RuleBroken for everybody else."""
    if seddel.ejer_id != by.id:
        raise RuleBroken("Det er den, der er spurgt, der siger ja.")
    if seddel.ejer_ja_at is not None:
        return False
    seddel.ejer_ja_at = clock.now()
    return True


def follow(moede: Moede, seddel: Seddel, *, by: Person) -> None:
    """Let the agreement be as the entry is: made, with the entry's words, or gone. An answered one stands."""
    aftale = db.session.get(Plenumaftale, seddel.plenumaftale_id) if seddel.plenumaftale_id else None
    wanted = not seddel.taget and (seddel.ejer_alle or seddel.ejer_id is not None)
    if aftale is None:
        if wanted:
            seddel.plenumaftale_id = _agree(moede, seddel, by).id
        return
    if aftale_tilstand(aftale) != "aaben":
        return
    if not wanted:
        seddel.plenumaftale_id = None
        db.session.flush()
        history.note("slet", aftale, by=by.id)
        db.session.delete(aftale)
    elif aftale.tekst != rules.aftale_ord(seddel.felt, seddel.tekst):
        aftale.tekst, aftale.aendret_at = rules.aftale_ord(seddel.felt, seddel.tekst), clock.now()
        history.note("ret", aftale, by=by.id)


def _agree(moede: Moede, seddel: Seddel, by: Person) -> Plenumaftale:
    day = clock.local(moede.begyndt_at or clock.now()).date()
    return create_plenumaftale(
        moede.gruppe, tekst=rules.aftale_ord(seddel.felt, seddel.tekst), aftalt=day, by=by
    )


def _member(moede: Moede, ejer: str) -> UUID:
    """The id of somebody who is in the group now. Raises RuleBroken."""
    members = {medlem.person_id for medlem in moede.gruppe.medlemmer if medlem.ud_at is None}
    known = {str(one): one for one in members | {moede.gruppe.facilitator_id}}
    if ejer not in known:
        raise RuleBroken("Vælg en fra gruppen, eller alle.", "ejer")
    return known[ejer]

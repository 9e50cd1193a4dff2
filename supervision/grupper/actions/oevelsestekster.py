"""What a small group writes in an exercise, and what one takes along from it into one's own læringspil or logbog."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from supervision import clock, history
from supervision.db import db
from supervision.grupper.models import Oevelse, Oevelseshold, Oevelsestekst
from supervision.grupper.queries import oevelser as queries
from supervision.grupper.rules import oevelser as rules
from supervision.laeringspil.actions import add_linje
from supervision.logbog.actions import write_notat
from supervision.logbog.models import Lognotat
from supervision.logbog.rules import Notat
from supervision.personer.models import Person
from supervision.problems import NotAllowed, NotFound

LAERINGSPIL, LOGBOG = "laeringspil", "logbog"
SVAR: Final = "svar"


def write_tekst(oevelse: Oevelse, *, felt: str, tekst: str, til_id: UUID | None, by: Person) -> Oevelsestekst:
    """One line at the step where it is asked for; a field of one line is written over. Raises RuleBroken, NotAllowed.

    til_id: the statement that is answered.
    """
    hold = _own_hold(oevelse, by)
    stilling = queries.get_stilling(oevelse, hold)
    if stilling.skridt is None:
        raise NotAllowed
    known = rules.check_felt(felt, stilling.skridt.trin)
    cleaned = rules.check_tekst(tekst, known)
    before = stilling.tekster(felt)
    if known.hoejst == 1 and before:
        row = before[0]
        row.tekst = cleaned
    else:
        rules.check_plads(len(before), known)
        row = Oevelsestekst(
            felt=felt,
            tur=stilling.skridt.tur,
            nr=1 + max((one.nr for one in hold.tekster), default=0),
            tekst=cleaned,
            til_id=_asked(oevelse, hold, til_id) if felt == SVAR else None,
        )
        hold.tekster.append(row)
    db.session.flush()
    if not known.skjul_hvem:
        history.note("skriv", row, by=by.id)
    return row


def remove_tekst(oevelse: Oevelse, *, tekst_id: UUID, by: Person) -> None:
    """Take a line of one's own small group away. Raises RuleBroken, NotFound."""
    hold = _own_hold(oevelse, by)
    row = next((one for one in hold.tekster if one.id == tekst_id), None)
    if row is None:
        raise NotFound
    hold.tekster.remove(row)
    db.session.flush()


def take_along(oevelse: Oevelse, *, tekst_id: UUID, hvorhen: str, by: Person) -> bool:
    """Put a line into one's own læringspil as a færdighed, or into one's logbog as what comes next.

    False: it stands there already. Raises NotFound when one does not see it, RuleBroken when the arrow is full.
    """
    tekst = queries.get_tekst_to_take(queries.get_side(oevelse, viewer=by), tekst_id)
    if hvorhen == LAERINGSPIL:
        add_linje(faerdighed=tekst.tekst, by=by)
        return True
    notat_id = uuid5(tekst.id, str(by.id))
    if db.session.get(Lognotat, notat_id) is not None:
        return False
    navn = rules.get_slags(oevelse.slags).navn
    write_notat(
        notat_id=notat_id,
        notat=Notat(proevet=f"Øvelsen {navn} i min læringsgruppe", naeste=tekst.tekst),
        by=by,
    )
    return True


def _own_hold(oevelse: Oevelse, by: Person) -> Oevelseshold:
    hold = queries.find_mit_hold(oevelse, by)
    if hold is None:
        raise NotAllowed
    rules.check_i_gang(oevelse, clock.now())
    return hold


def _asked(oevelse: Oevelse, hold: Oevelseshold, til_id: UUID | None) -> UUID:
    """The statement, from the table before this one."""
    source = oevelse.holdene[oevelse.holdene.index(hold) - 1]
    found = next((one for one in source.tekster if one.id == til_id and one.felt == "udsagn"), None)
    if found is None:
        raise NotFound
    return found.id

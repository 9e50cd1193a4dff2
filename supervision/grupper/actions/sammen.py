"""Writing together: acts from several devices on one board, each carried out once, none on top of unseen words.

Everybody in the group may write, put right and take back: the notes are the group's. Load the meeting with
`hold=True`, so that two devices' acts come one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from supervision import clock, history
from supervision.db import db
from supervision.grupper.actions import lykkes, tjek_ud
from supervision.grupper.models import Moede, SammenHandling, SammenNr, Seddel
from supervision.grupper.queries import sammen as queries
from supervision.grupper.rules import sammen as rules
from supervision.grupper.rules.sammen import Handling, Svar
from supervision.personer.models import Person
from supervision.problems import RuleBroken

GONE: Final = "Sedlen findes ikke i det her møde."


def carry_out(
    moede: Moede, handlinger: Sequence[Handling], *, by: Person, kvittering: str = ""
) -> list[Svar]:
    """Carry the acts out in their order; one that was carried out before is answered as then, and changes nothing.

    kvittering: the hash of the device's word for tjek ud. An act that cannot be kept is answered AFVIST with the
    reason, LUKKET where the meeting does not run; the others are carried out.
    """
    return [_once(moede, handling, by, kvittering) for handling in handlinger]


def _once(moede: Moede, handling: Handling, by: Person, kvittering: str) -> Svar:
    if db.session.get(SammenHandling, handling.id) is not None:
        return _as_before(moede, handling)
    try:
        rules.check_i_gang(moede, clock.now())
    except RuleBroken as problem:
        return Svar(handling.id, rules.LUKKET, handling.seddel, fejl=problem.text)
    try:
        svar = _act(moede, handling, by, kvittering)
    except RuleBroken as problem:
        return Svar(handling.id, rules.AFVIST, handling.seddel, fejl=problem.text)
    db.session.add(SammenHandling(id=handling.id, moede_id=moede.id))
    db.session.flush()
    return svar


def _act(moede: Moede, handling: Handling, by: Person, kvittering: str) -> Svar:
    if handling.op == rules.SAET_TAL:
        return _set_tal(moede, handling, by)
    if handling.op == rules.TJEK:
        tjek_ud.send(moede, handling, by=by, kvittering=kvittering)
        return Svar(handling.id, rules.GEMT)
    if handling.op == rules.TAG_TJEK:
        tjek_ud.take_back(moede, handling.seddel, by=by, kvittering=kvittering)
        return Svar(handling.id, rules.GEMT)
    if handling.op == rules.SKRIV:
        return _write(moede, handling, by)
    seddel = queries.find_seddel(moede, handling.seddel)
    act = _ON_A_NOTE.get(handling.op)
    if seddel is None or act is None:
        raise RuleBroken(GONE)
    return act(moede, seddel, handling, by)


def _as_before(moede: Moede, handling: Handling) -> Svar:
    """An edit's words may stand on a note of their own, which has the act's id."""
    own = queries.find_seddel(moede, handling.id) if handling.op == rules.RET else None
    seddel = own or queries.find_seddel(moede, handling.seddel)
    udgave = seddel.udgave if seddel else 0
    return Svar(handling.id, rules.EGEN_SEDDEL if own else rules.GEMT, seddel.id if seddel else None, udgave)


def _write(moede: Moede, handling: Handling, by: Person) -> Svar:
    rules.check_felt(handling.felt, rules.PLANCHE_FELTER + rules.LYKKES_FELTER)
    tekst = rules.check_seddel(handling.tekst)
    seddel_id = handling.seddel or handling.id
    if db.session.get(Seddel, seddel_id) is not None:
        raise RuleBroken("Sedlen er der allerede.")
    nr = next_nr(moede)
    seddel = _add(moede, seddel_id, handling.felt, tekst, nr=nr, plads=nr)
    history.note("skriv", seddel, by=by.id)
    return _stored(handling, seddel)


def _rewrite(moede: Moede, seddel: Seddel, handling: Handling, by: Person) -> Svar:
    tekst = rules.check_seddel(handling.tekst)
    result = rules.rettelse(
        set_udgave=handling.udgave,
        tekst=tekst,
        udgave=seddel.udgave,
        taget=seddel.taget,
        tekster=_words_around(seddel),
    )
    if result == rules.EGEN_SEDDEL:
        own = _add(moede, handling.id, seddel.felt, tekst, nr=next_nr(moede), plads=seddel.plads)
        own.sideloeb_til = seddel.id
        history.note("skriv", own, by=by.id)
        return Svar(handling.id, rules.EGEN_SEDDEL, own.id, own.udgave)
    if result:
        seddel.tekst = tekst
        _changed(moede, seddel, "ret", by)
    return _stored(handling, seddel)


def _take_back(moede: Moede, seddel: Seddel, handling: Handling, by: Person) -> Svar:
    result = rules.tilbagetagning(set_udgave=handling.udgave, udgave=seddel.udgave, taget=seddel.taget)
    if result == rules.GEMT:
        seddel.taget = True
        _changed(moede, seddel, "tag_tilbage", by)
    return Svar(handling.id, result or rules.GEMT, seddel.id, seddel.udgave)


def _put_again(moede: Moede, seddel: Seddel, handling: Handling, by: Person) -> Svar:
    if seddel.taget:
        seddel.taget = False
        _changed(moede, seddel, "laeg_igen", by)
    return _stored(handling, seddel)


def _give_owner(moede: Moede, seddel: Seddel, handling: Handling, by: Person) -> Svar:
    if lykkes.give_owner(moede, seddel, handling.ejer, by=by):
        _changed(moede, seddel, "giv_ejer", by)
    return _stored(handling, seddel)


def _say_yes(moede: Moede, seddel: Seddel, handling: Handling, by: Person) -> Svar:
    if lykkes.say_yes(seddel, by=by):
        _changed(moede, seddel, "sig_ja", by)
    return _stored(handling, seddel)


_ON_A_NOTE: Final[dict[str, Callable[[Moede, Seddel, Handling, Person], Svar]]] = {
    rules.RET: _rewrite,
    rules.TAG: _take_back,
    rules.LAEG_IGEN: _put_again,
    rules.EJER: _give_owner,
    rules.JA: _say_yes,
}


def _set_tal(moede: Moede, handling: Handling, by: Person) -> Svar:
    rules.check_tal(handling.tal)
    if moede.planche_tal != handling.tal:
        moede.planche_tal = handling.tal
        next_nr(moede)
        history.note("saet_tal", moede, by=by.id)
    return Svar(handling.id, rules.GEMT)


def next_nr(moede: Moede) -> int:
    """The meeting's next change number, taken in this transaction; whoever holds the meeting is alone with it."""
    row = db.session.get(SammenNr, moede.id)
    if row is None:
        row = SammenNr(moede_id=moede.id, nr=0)
        db.session.add(row)
    row.nr += 1
    db.session.flush()
    return row.nr


def _add(moede: Moede, seddel_id: UUID, felt: str, tekst: str, *, nr: int, plads: int) -> Seddel:
    if nr > rules.SEDLER_MAX and _count(moede) >= rules.SEDLER_MAX:  # there are never more notes than changes
        raise RuleBroken(f"Der er plads til {rules.SEDLER_MAX} sedler. Tag nogle tilbage, eller saml dem.")
    seddel = Seddel(
        id=seddel_id, moede_id=moede.id, felt=felt, tekst=tekst, udgave=1, nr=nr, oprettet_nr=nr, plads=plads
    )
    db.session.add(seddel)
    db.session.flush()
    return seddel


def _count(moede: Moede) -> int:
    return db.session.scalar(select(func.count()).where(Seddel.moede_id == moede.id)) or 0


def _words_around(seddel: Seddel) -> set[str]:
    """The words that stand on the note and on those that parted from it."""
    apart = select(Seddel.tekst).where(Seddel.sideloeb_til == seddel.id, Seddel.taget.is_(False))
    own = set() if seddel.taget else {seddel.tekst}
    return own | set(db.session.scalars(apart))


def _changed(moede: Moede, seddel: Seddel, handling: str, by: Person) -> None:
    seddel.udgave += 1
    seddel.nr = next_nr(moede)
    lykkes.follow(moede, seddel, by=by)
    history.note(handling, seddel, by=by.id)
    db.session.flush()


def _stored(handling: Handling, seddel: Seddel) -> Svar:
    return Svar(handling.id, rules.GEMT, seddel.id, seddel.udgave)

"""Planning a visit, saying what came of it, and booking its kontrakt. Either of the pair does; nobody for them.

Where a kontrakt is booked there is one truth: a new time is written into its samtale, and to cancel is to withdraw it.
Each change is checked against the version of the line that was seen: nobody overwrites what they have not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from supervision import clock, history
from supervision.aftaler import actions as aftaler
from supervision.aftaler import queries as aftaler_queries
from supervision.aftaler import rules as aftaler_rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.grupper.models import Parbesoeg
from supervision.grupper.queries.par import bookede, list_kontrakter_til
from supervision.grupper.rules import par as rules
from supervision.katalog.queries import katalog_of
from supervision.personer.models import Person
from supervision.problems import NotAllowed, NotFound, RuleBroken


def plan_besoeg(besoeg: Parbesoeg, *, plan: rules.Besoegsplan, by: Person, udgave: int | None) -> bool:
    """Agree on it, or move it. True when the kontrakt's yes are asked for again. `besoeg` is held.

    What was agreed the same changes nothing but that a proposed time is now agreed. A cancelled visit is taken up again
    by a new time; its withdrawn kontrakt is left behind. Raises RuleBroken, NotAllowed.
    """
    booket = _begin(besoeg, by, udgave)
    stands = rules.samlet(besoeg, booket)
    if stands.tilstand in (rules.HOLDT, rules.FEEDBACK):
        raise RuleBroken("Besøget er holdt og kan ikke flyttes.")
    metoder = _checked(besoeg, plan)
    asked = False
    if booket is not None and not booket.trukket:
        asked = _write_samtale(besoeg, plan, by)
    else:
        _write_time(besoeg, stands, plan)
    besoeg.metoder, besoeg.samtaletype, besoeg.laengde_min = metoder, plan.samtaletype, plan.laengde_min
    _changed(besoeg, "planlaeg_besoeg", by)
    return asked


def mark_besoeg(besoeg: Parbesoeg, *, maerk: str, by: Person, udgave: int | None) -> None:
    """Say one of `rules.MAERK` of it. Raises RuleBroken when it cannot be said now, NotAllowed. `besoeg` is held."""
    booket = _begin(besoeg, by, udgave)
    stands, now = rules.samlet(besoeg, booket), clock.now()
    rules.check_maerk(stands, maerk, booket=booket, now=now)
    if maerk == "passer":
        besoeg.foreslaaet = False
    elif maerk == "holdt":
        besoeg.holdt_at, besoeg.foreslaaet = now, False
    elif maerk == "feedback":
        besoeg.feedback_at = now
    elif maerk == "aflys":
        _cancel(besoeg, booket, by, now)
    else:
        _take_back(besoeg, stands)
    _changed(besoeg, f"maerk_{maerk}", by)


def book_kontrakt(besoeg: Parbesoeg, *, by: Person, udgave: int | None) -> FeedbackKontrakt:
    """Make the visit's feedback-kontrakt, with the kendetegn of its methods in it. `besoeg` is held.

    The one there is, when there is one: two who tap at once get the same. That the two may sit in with each other
    follows from the pair. Raises NotAllowed, and RuleBroken without a time, for a day that is past, or when it is held.
    """
    _check_is_one(besoeg, by)
    booket = bookede([besoeg]).get(besoeg.kontrakt_id)
    if besoeg.kontrakt is not None and booket is not None and not booket.trukket:
        return besoeg.kontrakt
    rules.check_udgave(udgave, besoeg.udgave)
    if booket is not None or not rules.samlet(besoeg, None).kommer:
        raise RuleBroken("Find først en ny tid til besøget.")
    if besoeg.starter_at is None:
        raise RuleBroken("Aftal først, hvornår besøget er.", "dato")
    made = aftaler.create_kontrakt(
        by=by,
        fokusperson=besoeg.fokusperson,
        observatoer=besoeg.observatoer,
        samtale=_samtale(besoeg, besoeg.starter_at),
    )
    _offer(made, besoeg.metoder, by)
    return _link(besoeg, made, by)


def link_kontrakt(
    besoeg: Parbesoeg, *, kontrakt: FeedbackKontrakt, by: Person, udgave: int | None
) -> FeedbackKontrakt:
    """Let the visit be the samtale of a kontrakt that the two have made already. Raises NotFound, RuleBroken."""
    booket = _begin(besoeg, by, udgave)
    if booket is not None and not booket.trukket:
        raise RuleBroken("Besøget har allerede en kontrakt.")
    if kontrakt.id not in {one.id for one in list_kontrakter_til(besoeg)}:
        raise NotFound
    return _link(besoeg, kontrakt, by)


def _begin(besoeg: Parbesoeg, by: Person, udgave: int | None) -> rules.Booket | None:
    _check_is_one(besoeg, by)
    rules.check_udgave(udgave, besoeg.udgave)
    return bookede([besoeg]).get(besoeg.kontrakt_id)


def _check_is_one(besoeg: Parbesoeg, by: Person) -> None:
    if by.id not in (besoeg.fokusperson_id, besoeg.observatoer_id):
        raise NotAllowed


def _checked(besoeg: Parbesoeg, plan: rules.Besoegsplan) -> list[str]:
    """The methods to keep. Raises RuleBroken."""
    runde = besoeg.par.runde
    rules.check_besoegstid(plan.dato, fra=runde.fra, til=runde.til)
    least, most = aftaler_rules.LAENGDE
    if not least <= plan.laengde_min <= most:
        raise RuleBroken(f"Samtalen kan vare fra {least} til {most} minutter.", "laengde_min")
    if plan.samtaletype not in aftaler_rules.SAMTALE_TYPER:
        raise RuleBroken("Vælg en af mulighederne.", "samtaletype")
    katalog = katalog_of(besoeg.fokusperson.organisation_id)
    known = {metode.key for metode in katalog.metoder} | set(besoeg.metoder)
    return rules.check_metoder(plan.metoder, known)


def _write_time(besoeg: Parbesoeg, stands: rules.Samlet, plan: rules.Besoegsplan) -> None:
    """A time that was agreed and is given up stays as the one it was moved from; a proposal was not agreed."""
    _leave_kontrakt(besoeg, stands)
    before, after = besoeg.starter_at, clock.from_local(plan.dato, plan.tid)
    if before is not None and before != after and not besoeg.foreslaaet:
        besoeg.flyttet_fra = before
    besoeg.aflyst_at, besoeg.starter_at, besoeg.foreslaaet = None, after, False


def _leave_kontrakt(besoeg: Parbesoeg, stands: rules.Samlet) -> None:
    """A kontrakt that was withdrawn is left behind; the time that it gave the visit stays."""
    if besoeg.kontrakt_id is None:
        return
    if besoeg.starter_at != stands.starter_at:
        besoeg.flyttet_fra, besoeg.starter_at = besoeg.starter_at, stands.starter_at
    besoeg.kontrakt, besoeg.kontrakt_id = None, None


def _write_samtale(besoeg: Parbesoeg, plan: rules.Besoegsplan, by: Person) -> bool:
    """The kontrakt's samtale has the time, the length and the type. True when both are asked again."""
    assert besoeg.kontrakt_id is not None
    kontrakt = aftaler_queries.get_kontrakt_to_change(besoeg.kontrakt_id, viewer=by)
    before = aftaler_queries.read_trin(kontrakt)["samtalen"]
    assert isinstance(before, aftaler_rules.SamtaleTrin)
    after = replace(before, dato=plan.dato, tid=plan.tid, laengde_min=plan.laengde_min, type=plan.samtaletype)
    if after.type != before.type:
        after = replace(after, parter=aftaler_rules.parter_i(after.type, before.parter))
    return aftaler.change_kontrakt(kontrakt, by=by, to=after)


def _cancel(besoeg: Parbesoeg, booket: rules.Booket | None, by: Person, now: datetime) -> None:
    if booket is not None and besoeg.kontrakt_id is not None:
        aftaler.withdraw(aftaler_queries.get_kontrakt_to_change(besoeg.kontrakt_id, viewer=by), by=by)
    else:
        besoeg.aflyst_at = now


def _take_back(besoeg: Parbesoeg, stands: rules.Samlet) -> None:
    """The last thing that was said."""
    if besoeg.feedback_at is not None:
        besoeg.feedback_at = None
    elif besoeg.holdt_at is not None:
        besoeg.holdt_at = None
    else:
        _leave_kontrakt(besoeg, stands)
        besoeg.aflyst_at = None


def _samtale(besoeg: Parbesoeg, starter_at: datetime) -> aftaler_rules.SamtaleTrin:
    starts, kind = clock.local(starter_at), besoeg.samtaletype or "individuel"
    return aftaler_rules.SamtaleTrin(
        type=kind,
        form="fysisk",
        dato=starts.date(),
        tid=starts.time(),
        laengde_min=besoeg.laengde_min,
        sted="",
        forloeb_nr=None,
        slags="kollegial",
        maal="",
        redskaber="",
        bidrag="",
        parter=aftaler_rules.default_parter(kind),
    )


def _offer(kontrakt: FeedbackKontrakt, metoder: Sequence[str], by: Person) -> None:
    """The kendetegn of the methods, as far as there is room; a method that is not offered any more is passed over."""
    for key in metoder:
        try:
            aftaler.add_metode(kontrakt, by=by, key=key)
        except RuleBroken:
            continue


def _link(besoeg: Parbesoeg, kontrakt: FeedbackKontrakt, by: Person) -> FeedbackKontrakt:
    if besoeg.starter_at is None or besoeg.foreslaaet:  # a proposal was not agreed: nothing is moved
        besoeg.starter_at = kontrakt.samtale.starter_at
    besoeg.kontrakt, besoeg.aflyst_at, besoeg.foreslaaet = kontrakt, None, False
    _changed(besoeg, "book_kontrakt", by)
    return kontrakt


def _changed(besoeg: Parbesoeg, handling: str, by: Person) -> None:
    besoeg.udgave += 1
    besoeg.aendret_at, besoeg.aendret_af = clock.now(), by.id
    db.session.flush()
    history.note(handling, besoeg, by=by.id)

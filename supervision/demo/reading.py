"""The fokusperson's steps: open, thank, keep, ask, look, note, open a drawer, share, write in the logbog, close."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from supervision.db import db
from supervision.demo.ids import id_of
from supervision.demo.samtalen import Samtalen
from supervision.demo.texts import fitting, in_house, load_texts
from supervision.demo.writing import drawer_of
from supervision.feedback import queries
from supervision.feedback.actions import reading
from supervision.feedback.actions.refleksion import show_refleksion, write_refleksion
from supervision.feedback.models import FeedbackPunkt
from supervision.feedback.rules.punkter import venter_paa_svar
from supervision.grupper import actions as grupper
from supervision.grupper.models import Deling
from supervision.grupper.queries import list_modtagere
from supervision.laeringspil.queries import find_laeringspil, list_linjer
from supervision.logbog.actions import write_notat
from supervision.logbog.rules import Notat

THINKS_FIRST = 0.35
ABOUT_A_LINE = 0.7
KEPT = ("lykkedes", "iagttagelse", "lykkedes", "oplevelse")


def open_letter(samtalen: Samtalen) -> None:
    """Read it for the first time; now and then own thoughts come first, and half of them are shown."""
    rng = samtalen.plan.rng("egne_tanker")
    if rng.random() < THINKS_FIRST:
        kontrakt, by = queries.get_kontrakt_of(samtalen.get_feedback().observation), samtalen.fokusperson
        write_refleksion(kontrakt=kontrakt, by=by, svar=rng.choice(load_texts().egne_tanker))
        if rng.random() < 0.5:
            show_refleksion(kontrakt=kontrakt, by=by, show=True)
    reading.open_feedback(feedback=samtalen.get_feedback(), by=samtalen.fokusperson)


def thank(samtalen: Samtalen) -> None:
    """Say thanks, mostly in words."""
    rng = samtalen.plan.rng("tak")
    tak = in_house(rng.choice(load_texts().tak), samtalen.hus) if rng.random() < 0.85 else ""
    reading.say_thanks(feedback=samtalen.get_feedback(), by=samtalen.fokusperson, tak=tak)


def keep(samtalen: Samtalen) -> None:
    """Mark one or two points as ones to keep."""
    rng = samtalen.plan.rng("behold")
    for slags in sorted({rng.choice(KEPT) for _ in range(2)}):
        punkt = _first(samtalen, slags)
        if punkt:
            reading.keep_punkt(punkt=punkt, by=samtalen.fokusperson, keep=True)


def ask(samtalen: Samtalen) -> None:
    """Ask back about what was seen or felt."""
    rng = samtalen.plan.rng("spoergsmaal")
    punkt = _first(samtalen, rng.choice(("iagttagelse", "iagttagelse", "oplevelse")))
    asked = fitting([one["tekst"] for one in load_texts().spoergsmaal], samtalen.plan.slags)
    tekst = in_house(rng.choice(asked), samtalen.hus)
    if punkt:
        reading.ask_question(punkt=punkt, by=samtalen.fokusperson, tekst=tekst)


def see(samtalen: Samtalen) -> None:
    """Both look at what has come since."""
    for person in (samtalen.fokusperson, samtalen.observatoer):
        reading.see_nyt(feedback=samtalen.get_feedback(), by=person)


def note(samtalen: Samtalen) -> None:
    """A note to oneself."""
    tekst = samtalen.plan.rng("egen_note").choice(load_texts().egne_noter)
    reading.write_egen_note(feedback=samtalen.get_feedback(), by=samtalen.fokusperson, tekst=tekst)


def open_drawer(samtalen: Samtalen) -> None:
    """Say yes to the one who asked."""
    if _is_asked(samtalen):
        reading.open_skuffe(
            feedback=samtalen.get_feedback(), slags=drawer_of(samtalen), by=samtalen.fokusperson
        )


def decline_drawer(samtalen: Samtalen) -> None:
    """Say no to the one who asked."""
    if _is_asked(samtalen):
        reading.shut_skuffe(
            feedback=samtalen.get_feedback(), slags=drawer_of(samtalen), by=samtalen.fokusperson
        )


def share(samtalen: Samtalen) -> None:
    """Share one or two points, mostly with the own group, now and then with the teamleder."""
    _share(samtalen, leder=samtalen.plan.rng("del").random() > 0.7)


def share_with_leader(samtalen: Samtalen) -> None:
    """Share one or two points with the teamleder."""
    _share(samtalen, leder=True)


def take_back(samtalen: Samtalen) -> None:
    """Take back all that was shared of this feedback."""
    found = db.session.scalars(
        select(Deling)
        .join(FeedbackPunkt, FeedbackPunkt.id == Deling.punkt_id)
        .where(FeedbackPunkt.feedback_id == samtalen.get_feedback().id, Deling.trukket_at.is_(None))
        .order_by(Deling.id)
    )
    for deling in found:
        grupper.withdraw_deling(deling, by=samtalen.fokusperson)


def write_in_logbog(samtalen: Samtalen) -> None:
    """A private note of what was tried, about the samtale and mostly about a line of the læringspil."""
    rng = samtalen.plan.rng("logbog")
    words = {box: in_house(tekst, samtalen.hus) for box, tekst in rng.choice(load_texts().logbog).items()}
    fokus = [punkt.linje_id for punkt in samtalen.get_kontrakt().fokuspunkter if punkt.linje_id]
    linjer: list[UUID | None] = [*fokus] or [
        linje.id for linje in list_linjer(find_laeringspil(samtalen.fokusperson))
    ]
    linje_id = rng.choice(linjer) if linjer and rng.random() < ABOUT_A_LINE else None
    notat = Notat(
        words["proevet"],
        words.get("skete", ""),
        words.get("naeste", ""),
        linje_id=linje_id,
        observation_id=samtalen.get_feedback().observation_id,
    )
    write_notat(notat_id=id_of(samtalen.plan.key, "lognotat"), notat=notat, by=samtalen.fokusperson)


def close(samtalen: Samtalen) -> None:
    """The last word."""
    reading.close_feedback(feedback=samtalen.get_feedback(), by=samtalen.fokusperson)


def _share(samtalen: Samtalen, *, leder: bool) -> None:
    by = samtalen.fokusperson
    modtager = next((m for m in list_modtagere(viewer=by) if (m.slags != "gruppe") == leder), None)
    feedback = samtalen.get_feedback()
    own = [
        punkt for punkt in feedback.punkter if punkt.sendt_at and punkt.slags in ("lykkedes", "iagttagelse")
    ]
    kept = [punkt for punkt in own if punkt.beholdt_at] or own[:1]
    if modtager and kept:
        grupper.share_points(
            feedback, punkt_ids=[punkt.id for punkt in kept], modtager_key=modtager.key, by=by
        )


def _first(samtalen: Samtalen, slags: str) -> FeedbackPunkt | None:
    sent = [punkt for punkt in samtalen.get_feedback().punkter if punkt.sendt_at]
    return next((punkt for punkt in sent if punkt.slags == slags), None)


def _is_asked(samtalen: Samtalen) -> bool:
    return venter_paa_svar(queries.find_skuffe(samtalen.get_feedback(), drawer_of(samtalen)))

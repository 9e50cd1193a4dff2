"""Kontrakter of several, the sessions of a supervision day, and feedback."""

from __future__ import annotations

from datetime import timedelta

from agreed import add_kontrakt
from road import agreed, person

from prepared import House, Sent, ready
from supervision import clock
from supervision.aftaler import actions as aftaler
from supervision.aftaler.actions import making
from supervision.aftaler.models import Dagenslinje, FeedbackKontrakt, Supervisionssession
from supervision.db import db
from supervision.feedback.actions import reading
from supervision.feedback.models import Feedback, FeedbackPunkt


@ready("aftaler.tilfoej_fokusperson")
def a_second_fokusperson(house: House) -> Sent:
    """A fællessamtale of Mette's, with room for one more."""
    with house.rows():
        made = add_kontrakt(house.world, parter=("medarbejder", "borger", "tredje"))
        db.session.get_one(FeedbackKontrakt, made).samtale.type = "faellessamtale"
    chosen = {"fokusperson": str(house.world.aase), "kollega": str(house.world.fremmed), "slags": "kollegial"}
    return Sent(house.people["ejer"], chosen, {"kontrakt_id": made})


def _in_the_samtale(house: House) -> Supervisionssession:
    """The session as it is when the samtale is on; inside `rows`."""
    found = house.get(Supervisionssession, "session_id")
    assert isinstance(found, Supervisionssession)
    found.begyndt_at = clock.now() - timedelta(minutes=30)
    found.forberedt_at = clock.now() - timedelta(minutes=20)
    return found


@ready("aftaler.udskyd_feedback")
def feedback_put_off(house: House) -> Sent:
    """A samtale that is on."""
    with house.rows():
        _in_the_samtale(house)
    return Sent(house.people["supervisor"], {"grund": "tiden_gik"})


@ready("aftaler.skriv_linje")
def a_line_written(house: House) -> Sent:
    """A session that has begun, and no line yet."""
    with house.rows():
        _in_the_samtale(house)
        db.session.delete(house.get(Dagenslinje, "dagenslinje_id"))
    return Sent(house.people["supervisor"], {"tekst": "Vent lidt længere"})


@ready("aftaler.giv_linje_videre")
def a_line_handed_on(house: House) -> Sent:
    """A line that nobody but Mette has been given."""
    with house.rows():
        linje = house.get(Dagenslinje, "dagenslinje_id")
        linje.givet_videre_at = linje.givet_videre_til = None
    return Sent(house.people["ejer"], {"kollega": str(house.world.jonas)})


@ready("aftaler.tag_ord_med")
def words_taken_along(house: House) -> Sent:
    """The kontrakt with the first supervisor is withdrawn, and the one with the second is empty."""
    with house.rows():
        mette, session = person(house.world.mette), house.get(Supervisionssession, "session_id")
        first = agreed(mette, person(house.world.jonas))
        second = making.add_observatoer(
            first, by=mette, observatoer=person(house.world.supervisor), slags="supervision"
        )
        session.kontrakt_id = second.id
        aftaler.withdraw(first, by=mette)
    return Sent(house.people["ejer"])


@ready("feedback.luk_skuffe")
def a_drawer_shut(house: House) -> Sent:
    """A drawer that Mette has opened."""
    with house.rows():
        feedback = house.get(Feedback, "feedback_id")
        reading.open_skuffe(feedback=feedback, slags="godt_raad", by=person(house.world.mette))
    return Sent(house.people["ejer"], {"slags": "godt_raad"})


@ready("feedback.svar")
def a_question_answered(house: House) -> Sent:
    """A question that Jonas has not answered."""
    with house.rows():
        punkt = house.get(FeedbackPunkt, "punkt_id")
        reading.ask_question(punkt=punkt, by=person(house.world.mette), tekst="Hvornår var det?")
        spoergsmaal = max(punkt.spoergsmaal, key=lambda one: one.stillet_at).id
    return Sent(house.people["observatoer"], {"tekst": "Lige efter pausen"}, {"spoergsmaal_id": spoergsmaal})

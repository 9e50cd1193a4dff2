"""The observatør's steps: draft, ask for a drawer, send, send what a drawer was opened for, answer."""

from __future__ import annotations

from supervision.demo.ids import id_of, numbered
from supervision.demo.letters import write_drawer, write_letter
from supervision.demo.played import PlayedOn
from supervision.demo.samtalen import Samtalen
from supervision.demo.texts import in_house, load_texts
from supervision.feedback import queries
from supervision.feedback.actions import reading, writing
from supervision.feedback.actions.refleksion import take_along
from supervision.feedback.models import FeedbackPunkt, Spoergsmaal
from supervision.feedback.rules.punkter import SKUFFER, Kladdepunkt, fingerprint
from supervision.observationer.queries import list_haendelser

LEARNS_TOO = 0.3
JOTTED = (
    ("lykkedes", "Du sagde, hvor længe I havde, og hvad I skulle nå."),
    (
        "iagttagelse",
        "Du lænede dig tilbage, da borgeren fortalte om sit gamle arbejde. Du virkede utålmodig til sidst.",
    ),
)
"""A draft just begun. Its last sentence has left the own half of the court, for whoever tries the writing."""


def jot_down(samtalen: Samtalen) -> None:
    """A few lines before going home; the draft of the next day takes their place."""
    observation, by = samtalen.get_observation(), samtalen.observatoer
    with numbered(f"{samtalen.plan.key}:kladde"):
        samtalen.feedback = writing.begin_feedback(observation=observation, by=by)
    kladde = [
        Kladdepunkt(id_of(samtalen.plan.key, "paabegyndt", slags), slags, in_house(tekst, samtalen.hus), None)
        for slags, tekst in JOTTED
    ]
    writing.save_kladde(feedback=samtalen.feedback, kladde=kladde, by=by)


def draft(samtalen: Samtalen) -> None:
    """The own half of the pitch, and a point for each drawer that the kontrakt opens."""
    observation, by = samtalen.get_observation(), samtalen.observatoer
    feedback = writing.begin_feedback(observation=observation, by=by)
    if feedback.id != samtalen.feedback_id:
        raise PlayedOn
    samtalen.feedback = feedback
    kladde = write_letter(samtalen.plan, list_haendelser(observation.id))
    for slags in SKUFFER:
        if queries.allowed(samtalen.get_kontrakt(), slags):
            kladde.append(write_drawer(samtalen.plan, slags))
    writing.save_kladde(feedback=feedback, kladde=kladde, by=by)


def ask_for_drawer(samtalen: Samtalen) -> None:
    """Ask for one of the drawers; which one is chance."""
    writing.ask_for_skuffe(
        feedback=samtalen.get_feedback(sent=False), slags=drawer_of(samtalen), by=samtalen.observatoer
    )


def send(samtalen: Samtalen) -> None:
    """Send it as it was read through."""
    feedback = samtalen.get_feedback(sent=False)
    laest = fingerprint(queries.list_to_send(feedback))
    writing.send_feedback(feedback=feedback, by=samtalen.observatoer, laest=laest)
    rng = samtalen.plan.rng("tager_med")
    if not feedback.tager_med and rng.random() < LEARNS_TOO:
        take_along(feedback=feedback, by=samtalen.observatoer, tekst=rng.choice(load_texts().tager_med))


def send_more(samtalen: Samtalen) -> None:
    """Write in the drawer that was opened, and send that."""
    feedback, slags = samtalen.get_feedback(), drawer_of(samtalen)
    skuffe = queries.find_skuffe(feedback, slags)
    if skuffe is None or skuffe.aabnet_at is None or feedback.lukket_at is not None:
        return
    writing.save_kladde(
        feedback=feedback, kladde=[write_drawer(samtalen.plan, slags)], by=samtalen.observatoer
    )
    send(samtalen)


def answer(samtalen: Samtalen) -> None:
    """Answer what was asked with the answer that belongs to it; anything else waits for its reader."""
    answers = {in_house(one["tekst"], samtalen.hus): one["svar"] for one in load_texts().spoergsmaal}
    for asked in _unanswered(samtalen.get_feedback().punkter):
        if asked.tekst in answers:
            reading.answer_question(
                feedback=samtalen.get_feedback(),
                spoergsmaal=asked,
                by=samtalen.observatoer,
                svar=answers[asked.tekst],
            )


def drawer_of(samtalen: Samtalen) -> str:
    """The drawer that this samtale is about, when it is about one."""
    return samtalen.plan.rng("skuffe").choice(SKUFFER)


def _unanswered(punkter: list[FeedbackPunkt]) -> list[Spoergsmaal]:
    return [asked for punkt in punkter for asked in punkt.spoergsmaal if asked.svaret_at is None]

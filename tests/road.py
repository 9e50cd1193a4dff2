"""The road, walked by the product's own actions: Mette is observed by Jonas, and what comes of it.

Each text carries a canary, a word found nowhere else, so that a leak is found by searching an answer for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from uuid import UUID, uuid4

from people import World

from supervision import clock
from supervision.aftaler import actions as aftaler
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.rules import AftaleTrin, FokusTrin, KendetegnTrin, SamtaleTrin
from supervision.db import db
from supervision.feedback import queries as feedback_queries
from supervision.feedback.actions import reading, writing
from supervision.feedback.models import Feedback
from supervision.feedback.rules.punkter import Kladdepunkt, fingerprint
from supervision.observationer.actions.recording import end_observation, store_haendelser
from supervision.observationer.models import Observation
from supervision.personer.models import Person

KENDETEGN = ("k_tid", "k_formaal")
EVENTS = (
    (0, "ur", "start"),
    (0, "fase", "kontrakt"),
    (0, "taler", "medarbejder"),
    (4_000, "element", "kontrakt.formaal"),
    (20_000, "taler", "borger"),
    (30_000, "fase", "emne"),
    (30_000, "emne", "1"),
    (30_000, "ugu", "undersoeg"),
    (45_000, "faerdighed", "k_tid"),
    (60_000, "ugu", "giv"),
    (60_000, "taler", "medarbejder"),
    (90_000, "ugu", "undersoeg"),
    (90_000, "taler", "borger"),
    (95_000, "note", "kanarie-note"),
    (180_000, "fase", "afslutning"),
    (240_000, "ur", "slut"),
)


@dataclass
class Road:
    """The ids of what was made, by the name of the argument that an address gives them."""

    ids: dict[str, UUID] = field(default_factory=dict)

    def __getitem__(self, name: str) -> UUID:
        return self.ids[name]


def person(person_id: UUID) -> Person:
    """The person, from the running session."""
    found = db.session.get(Person, person_id)
    assert found is not None
    return found


def agreed(fokusperson: Person, observatoer: Person, *, days: int = 0) -> FeedbackKontrakt:
    """A kontrakt that both have said yes to, for a samtale today or in `days`."""
    kontrakt = aftaler.create_kontrakt(
        by=fokusperson,
        fokusperson=fokusperson,
        observatoer=observatoer,
        samtale=SamtaleTrin(
            type="individuel",
            form="fysisk",
            dato=clock.today() + timedelta(days=days),
            tid=time(10, 30),
            laengde_min=45,
            sted="Lokale 2",
            forloeb_nr=2,
            slags="kollegial",
            maal="",
            redskaber="",
            bidrag="",
            parter=("medarbejder", "borger"),
        ),
    )
    aftaler.change_kontrakt(
        kontrakt, by=fokusperson, to=FokusTrin(("kanarie-fokus At lade borgeren tale ud",))
    )
    aftaler.change_kontrakt(kontrakt, by=fokusperson, to=KendetegnTrin(KENDETEGN, "gm_marselisborg", None))
    aftaler.change_kontrakt(
        kontrakt,
        by=fokusperson,
        to=AftaleTrin(
            udenfor="kanarie-udenfor",
            plads="Ved døren",
            praesentation="Jonas lytter med for at lære.",
            borger_ja=True,
            fortolkning_tilladt=False,
            gode_raad_tilladt=False,
            feedback_hvornaar="lige_efter",
            feedback_min=15,
        ),
    )
    for one in (fokusperson, observatoer):
        aftaler.say_yes(kontrakt, by=one)
    return kontrakt


def recorded(kontrakt: FeedbackKontrakt, observatoer: Person) -> Observation:
    """The kontrakt's samtale recorded and ended."""
    raw: list[object] = [
        {"id": str(uuid4()), "nr": nr, "t_ms": t_ms, "spor": spor, "kode": kode}
        for nr, (t_ms, spor, kode) in enumerate(EVENTS)
    ]
    receipt = store_haendelser(kontrakt=kontrakt, by=observatoer, startet_at=clock.now(), raw=raw)
    assert receipt.afvist == []
    observation = db.session.get(Observation, receipt.observation_id)
    assert observation is not None
    end_observation(observation=observation, by=observatoer)
    return observation


def written(observation: Observation, observatoer: Person) -> Feedback:
    """A draft of three points."""
    feedback = writing.begin_feedback(observation=observation, by=observatoer)
    kladde = [
        Kladdepunkt(uuid4(), "lykkedes", "kanarie-lykkedes Du sagde, hvor længe I havde.", 45_000),
        Kladdepunkt(uuid4(), "iagttagelse", "kanarie-iagttagelse Borgeren talte i to minutter.", 90_000),
        Kladdepunkt(uuid4(), "oplevelse", "kanarie-oplevelse Jeg blev nysgerrig.", None),
    ]
    writing.save_kladde(feedback=feedback, kladde=kladde, by=observatoer)
    return feedback


def sent(feedback: Feedback, observatoer: Person) -> None:
    """Read through and sent."""
    to_send = feedback_queries.list_to_send(feedback)
    assert writing.send_feedback(feedback=feedback, by=observatoer, laest=fingerprint(to_send))


def walk(world: World) -> Road:
    """The whole road from Mette and Jonas' kontrakt to a question on a point; flushed, not committed."""
    mette, jonas = person(world.mette), person(world.jonas)
    kontrakt = agreed(mette, jonas)
    observation = recorded(kontrakt, jonas)
    feedback = written(observation, jonas)
    sent(feedback, jonas)
    reading.open_feedback(feedback=feedback, by=mette)
    reading.ask_question(
        punkt=feedback.punkter[0], by=mette, tekst="kanarie-spoergsmaal Hvad sagde jeg helt?"
    )
    db.session.flush()
    return Road(
        {
            "kontrakt_id": kontrakt.id,
            "observation_id": observation.id,
            "feedback_id": feedback.id,
            "punkt_id": feedback.punkter[0].id,
            "spoergsmaal_id": feedback.punkter[0].spoergsmaal[0].id,
        }
    )

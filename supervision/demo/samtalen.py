"""A planned samtale with the rows that its steps have made so far."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.demo.forloeb import Forloeb
from supervision.demo.ids import row_id
from supervision.demo.people import BY_KEY
from supervision.demo.played import PlayedOn
from supervision.feedback.models import Feedback
from supervision.observationer.models import Observation
from supervision.personer.models import Person


@dataclass(slots=True)
class Samtalen:
    """The plan, its two people; `find` fills in what earlier runs have made."""

    plan: Forloeb
    fokusperson: Person
    observatoer: Person
    kontrakt: FeedbackKontrakt | None = None
    observation: Observation | None = None
    feedback: Feedback | None = None

    @property
    def hus(self) -> str:
        """The house whose words are used."""
        return BY_KEY[self.plan.fokusperson].hus

    @property
    def feedback_id(self) -> UUID:
        """The id of the feedback that its steps make."""
        return row_id(f"{self.plan.key}:kladde", "feedback")

    def find(self) -> None:
        """Load the rows by the ids that they were given."""
        self.kontrakt = db.session.get(FeedbackKontrakt, self.plan.kontrakt_id)
        self.observation = db.session.get(Observation, row_id(f"{self.plan.key}:optaget", "observation"))
        self.feedback = db.session.get(Feedback, self.feedback_id)

    def get_kontrakt(self) -> FeedbackKontrakt:
        """The kontrakt. Raises PlayedOn when there is none."""
        if self.kontrakt is None:
            raise PlayedOn
        return self.kontrakt

    def get_observation(self) -> Observation:
        """The log. Raises PlayedOn when it is none of ours."""
        if self.observation is None:
            raise PlayedOn
        return self.observation

    def get_feedback(self, *, sent: bool = True) -> Feedback:
        """The feedback. Raises PlayedOn when it is none of ours, or is not sent."""
        if self.feedback is None or (sent and self.feedback.sendt_at is None):
            raise PlayedOn
        return self.feedback

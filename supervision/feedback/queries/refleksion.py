"""The fokusperson's own thoughts, and what an observatør takes along: each read by the one who may."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.feedback.models import Feedback, FeedbackPunkt, Refleksion
from supervision.feedback.rules.punkter import SLAGS
from supervision.feedback.rules.tilbageblik import SendtPunkt, Udvikling, look_back
from supervision.observationer.models import Observation
from supervision.personer.models import Person
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class Tilbageblik:
    """How one's own sent feedback has been. antal: letters. pr_slags: kind -> points; oejeblikke: hung on a moment.

    taget_med: (when the letter was sent, the observatør's own line), newest first. udvikling: read by the rules.
    """

    antal: int
    pr_slags: dict[str, int]
    oejeblikke: int
    taget_med: list[tuple[datetime, str]]
    udvikling: Udvikling

    @property
    def punkter(self) -> int:
        """How many points there are in all."""
        return sum(self.pr_slags.values())


def get_kontrakt_to_reflect(kontrakt_id: UUID, *, viewer: Person) -> FeedbackKontrakt:
    """The kontrakt of an ended samtale in which the viewer was the fokusperson. Raises NotFound."""
    found = db.session.scalar(
        select(FeedbackKontrakt)
        .join(Observation, Observation.kontrakt_id == FeedbackKontrakt.id)
        .where(
            FeedbackKontrakt.id == kontrakt_id,
            FeedbackKontrakt.fokusperson_id == viewer.id,
            Observation.afsluttet_at.is_not(None),
        )
    )
    if found is None or not viewer.active:
        raise NotFound
    return found


def find_refleksion(kontrakt: FeedbackKontrakt, *, viewer: Person) -> Refleksion | None:
    """The thoughts, for the fokusperson; for the observatør when they are shown; for nobody else."""
    found = db.session.scalar(select(Refleksion).where(Refleksion.kontrakt_id == kontrakt.id))
    if found is None or viewer.id == found.person_id:
        return found
    return found if viewer.id == kontrakt.observatoer_id and found.vist_at else None


def get_tilbageblik(*, viewer: Person) -> Tilbageblik:
    """What the viewer has sent as an observatør, in numbers, and their own lines."""
    own = (Feedback.observatoer_id == viewer.id, Feedback.sendt_at.is_not(None))
    rows = db.session.execute(
        select(Feedback.id, Feedback.sendt_at, FeedbackPunkt.slags, FeedbackPunkt.tekst, FeedbackPunkt.t_ms)
        .join(Feedback.punkter)
        .where(*own, FeedbackPunkt.sendt_at.is_not(None))
        .order_by(Feedback.sendt_at, FeedbackPunkt.nr)
    )
    points = [
        SendtPunkt(brev, sent, slags, tekst, t_ms is not None)
        for brev, sent, slags, tekst, t_ms in rows
        if sent
    ]
    counted = Counter(point.slags for point in points)
    lines = db.session.execute(
        select(Feedback.sendt_at, Feedback.tager_med)
        .where(*own, Feedback.tager_med != "")
        .order_by(Feedback.sendt_at.desc())
    )
    return Tilbageblik(
        antal=db.session.scalar(select(func.count()).select_from(Feedback).where(*own)) or 0,
        pr_slags={slags: counted[slags] for slags in SLAGS if slags in counted},
        oejeblikke=sum(point.oejeblik for point in points),
        taget_med=[(sent, text) for sent, text in lines if sent],
        udvikling=look_back(points),
    )

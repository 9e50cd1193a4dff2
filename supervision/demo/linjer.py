"""The lines of the læringspile at work: in focus in a kontrakt, and begun by a point of feedback."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from supervision import clock
from supervision.aftaler.models import Fokuspunkt
from supervision.aftaler.rules import FOKUS_MAX, KENDETEGN_MAX, FokusTrin
from supervision.db import db
from supervision.demo.samtalen import Samtalen
from supervision.feedback.models import Feedback, FeedbackPunkt
from supervision.laeringspil.models import Laeringspil, LaeringspilLinje
from supervision.observationer.models import Haendelse, Observation

IN_FOCUS = 0.75
"""How often whoever has an arrow brings a line of it into a samtale with a citizen."""


def line_in_focus(samtalen: Samtalen) -> LaeringspilLinje | None:
    """The line of the fokusperson's arrow of that day that they want watched; None when they bring none.

    Rather one whose kendetegn is on the recorder already.
    """
    plan = samtalen.plan
    rng, lines = plan.rng("linje"), _lines_of_the_day(samtalen.fokusperson.id)
    if not lines or plan.slags in ("oevelse", "kollegial") or rng.random() > IN_FOCUS:
        return None
    return rng.choice([line for line in lines if line.kendetegn_kode in plan.koder] or lines)


def with_line(trin: FokusTrin, line: LaeringspilLinje | None) -> FokusTrin:
    """The line first, and what was planned after it as far as there is room."""
    if line is None:
        return trin
    first: tuple[str, UUID | None] = (line.faerdighed, None)
    rest = [pair for pair in trin.pairs() if pair[0] != line.faerdighed]
    return FokusTrin.of([first, *rest][:FOKUS_MAX], [line.linje_id])


def with_kendetegn(koder: tuple[str, ...], line: LaeringspilLinje | None) -> tuple[str, ...]:
    """The palette with the line's kendetegn, where there is room."""
    kode = line.kendetegn_kode if line else None
    return koder if kode is None or kode in koder or len(koder) >= KENDETEGN_MAX else (*koder, kode)


def tie_lines_to_feedback(since: datetime | None, until: datetime) -> None:
    """A new line came from the last point of feedback before it that was about its kendetegn, if there was one."""
    drawn = (
        select(LaeringspilLinje, Laeringspil)
        .join(Laeringspil)
        .where(LaeringspilLinje.afloeser_id.is_not(None), LaeringspilLinje.fra_punkt_id.is_(None))
        .where(Laeringspil.oprettet_at < until)
        .order_by(Laeringspil.oprettet_at, Laeringspil.id, LaeringspilLinje.nr)
    )
    if since is not None:
        drawn = drawn.where(Laeringspil.oprettet_at >= since)
    for line, pil in db.session.execute(drawn).all():
        line.fra_punkt_id = _point_about(line, pil)
    db.session.flush()


def _lines_of_the_day(person_id: UUID) -> list[LaeringspilLinje]:
    now = clock.now()
    return list(
        db.session.scalars(
            select(LaeringspilLinje)
            .join(Laeringspil)
            .where(Laeringspil.person_id == person_id, Laeringspil.oprettet_at <= now)
            .where(or_(Laeringspil.afloest_at.is_(None), Laeringspil.afloest_at > now))
            .where(LaeringspilLinje.maade == "afproeve")
            .order_by(LaeringspilLinje.nr)
        )
    )


def _point_about(line: LaeringspilLinje, pil: Laeringspil) -> UUID | None:
    """Rather one of feedback on the line that it took the place of."""
    fokus = aliased(Fokuspunkt)
    return db.session.scalar(
        select(FeedbackPunkt.id)
        .join(Feedback, Feedback.id == FeedbackPunkt.feedback_id)
        .join(Observation, Observation.id == Feedback.observation_id)
        .join(
            Haendelse,
            (Haendelse.observation_id == Observation.id) & (Haendelse.t_ms == FeedbackPunkt.t_ms),
        )
        .outerjoin(
            fokus, (fokus.kontrakt_id == Observation.kontrakt_id) & (fokus.linje_id == line.afloeser_id)
        )
        .where(Feedback.fokusperson_id == pil.person_id, Feedback.laest_at < pil.oprettet_at)
        .where(Haendelse.spor == "faerdighed", Haendelse.kode == line.kendetegn_kode)
        .where(FeedbackPunkt.sendt_at < pil.oprettet_at)
        .order_by(fokus.linje_id.is_(None), FeedbackPunkt.sendt_at.desc(), FeedbackPunkt.nr)
        .limit(1)
    )

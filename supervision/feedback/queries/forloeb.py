"""Every kontrakt of a person with where it stands: the page Samtaler and I dag are made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from supervision import clock
from supervision.aftaler import rules as aftale_rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries import Anden, list_i_samme_samtale, list_kontrakter, modpart
from supervision.db import db
from supervision.feedback.models import Feedback, FeedbackPunkt, Spoergsmaal
from supervision.feedback.rules import forloeb, punkter
from supervision.observationer.models import Observation
from supervision.personer.models import Person

ENDPOINTS = {
    "kontrakt": "aftaler.kontrakt",
    "optager": "observationer.optager",
    "tanker": "feedback.egne_tanker",
    "skriv": "feedback.skriv",
    "skuffer": "feedback.skuffer",
    "laes": "feedback.laes",
}


@dataclass(frozen=True, slots=True)
class Forloeb:
    """One kontrakt as one of its two people sees it, with state in words and the one next step.

    observation, feedback: None when there is none or the viewer may not see it (yet, or any more).
    holdt: the samtale is over and its observation ended. tilstand, gruppe, ord: see `rules.forloeb.Skridt`.
    naeste: (words of the button, endpoint, its values). ogsaa: a sentence for each other kontrakt of the samtale.
    """

    kontrakt: FeedbackKontrakt
    observation: Observation | None
    feedback: Feedback | None
    rolle: str
    kollega: Person
    holdt: bool
    tilstand: str
    gruppe: str
    ord: str
    naeste: tuple[str, str, dict[str, UUID]] | None
    ogsaa: tuple[str, ...]


def list_forloeb(*, viewer: Person, kendetegn: bool = False) -> list[Forloeb]:
    """All the viewer's kontrakter in either role, in the order of the clock. A constant number of queries.

    kendetegn: with what can be ticked on each.
    """
    kontrakter = list_kontrakter(viewer=viewer, kendetegn=kendetegn)
    andre = list_i_samme_samtale(kontrakter, viewer=viewer)
    known = _Known(_rows(viewer), _unanswered(viewer), _latest_from_drawers(viewer), andre)
    return [_forloeb(kontrakt, known, viewer) for kontrakt in kontrakter]


@dataclass(frozen=True, slots=True)
class _Known:
    """By kontrakt: observation and feedback, and the others of its samtale; by feedback: open questions; by drawer:
    its last sending."""

    rows: dict[UUID, tuple[Observation, Feedback | None]]
    questions: dict[UUID, int]
    latest: dict[tuple[UUID, str], datetime]
    andre: dict[UUID, list[Anden]]


def _rows(viewer: Person) -> dict[UUID, tuple[Observation, Feedback | None]]:
    found = db.session.execute(
        select(Observation, Feedback)
        .outerjoin(Feedback, Feedback.observation_id == Observation.id)
        .options(selectinload(Feedback.skuffer))
        .where(Observation.kontrakt_id.is_not(None))
        .where(or_(Observation.fokusperson_id == viewer.id, Observation.observatoer_id == viewer.id))
    )
    return {row.Observation.kontrakt_id: (row.Observation, row.Feedback) for row in found}


def _unanswered(viewer: Person) -> dict[UUID, int]:
    """Feedback id -> questions that wait for the viewer's answer."""
    found = db.session.execute(
        select(Feedback.id, func.count())
        .join(FeedbackPunkt, FeedbackPunkt.feedback_id == Feedback.id)
        .join(Spoergsmaal, Spoergsmaal.punkt_id == FeedbackPunkt.id)
        .where(Feedback.observatoer_id == viewer.id, Spoergsmaal.svaret_at.is_(None))
        .group_by(Feedback.id)
    )
    return {row[0]: row[1] for row in found}


def _latest_from_drawers(viewer: Person) -> dict[tuple[UUID, str], datetime]:
    """(feedback id, kind of drawer) -> when the viewer last sent something from it."""
    found = db.session.execute(
        select(Feedback.id, FeedbackPunkt.slags, func.max(FeedbackPunkt.sendt_at))
        .join(FeedbackPunkt, FeedbackPunkt.feedback_id == Feedback.id)
        .where(Feedback.observatoer_id == viewer.id, FeedbackPunkt.slags.in_(punkter.SKUFFER))
        .where(FeedbackPunkt.sendt_at.is_not(None))
        .group_by(Feedback.id, FeedbackPunkt.slags)
    )
    return {(feedback_id, slags): at for feedback_id, slags, at in found if at is not None}


def _forloeb(kontrakt: FeedbackKontrakt, known: _Known, viewer: Person) -> Forloeb:
    observation, feedback = known.rows.get(kontrakt.id, (None, None))
    fakta = _fakta(kontrakt, known, viewer)
    skridt = forloeb.naeste_skridt(fakta)
    own = fakta.rolle == punkter.OBSERVATOER and not fakta.udloebet
    theirs = fakta.rolle == punkter.FOKUSPERSON and fakta.sendt
    return Forloeb(
        kontrakt=kontrakt,
        observation=observation if own or theirs else None,
        feedback=feedback if own or theirs else None,
        rolle=fakta.rolle,
        kollega=modpart(kontrakt, viewer=viewer),
        holdt=fakta.afsluttet,
        tilstand=skridt.tilstand,
        gruppe=skridt.gruppe,
        ord=skridt.ord,
        naeste=_naeste(skridt, kontrakt, observation, feedback),
        ogsaa=tuple(anden.ord for anden in known.andre.get(kontrakt.id, ())),
    )


def _fakta(kontrakt: FeedbackKontrakt, known: _Known, viewer: Person) -> forloeb.Fakta:
    observation, feedback = known.rows.get(kontrakt.id, (None, None))
    rolle = punkter.FOKUSPERSON if kontrakt.fokusperson_id == viewer.id else punkter.OBSERVATOER
    fakta = forloeb.Fakta(
        rolle=rolle,
        kollega=modpart(kontrakt, viewer=viewer).fornavn,
        kontrakt=aftale_rules.tilstand(kontrakt),
        mangler=bool(aftale_rules.mangler(kontrakt)),
        mit_ja=aftale_rules.has_said_yes(kontrakt, viewer.id),
        forbi=clock.local(kontrakt.samtale.starter_at).date() < clock.today(),
        afsluttet=observation is not None and observation.afsluttet_at is not None,
        udloebet=rolle == punkter.OBSERVATOER and _is_over(observation),
    )
    if feedback is None:
        return fakta
    return replace(
        fakta,
        sendt=feedback.sendt_at is not None,
        laest=feedback.laest_at is not None,
        takket=feedback.tak_at is not None,
        lukket=feedback.lukket_at is not None,
        spoergsmaal=known.questions.get(feedback.id, 0),
        bedt_om=any(map(punkter.venter_paa_svar, feedback.skuffer)),
        efterspurgt=_asks_for_more(feedback, known.latest),
    )


def _is_over(observation: Observation | None) -> bool:
    until = observation.observatoer_indtil if observation else None
    return until is not None and until <= clock.now()


def _asks_for_more(feedback: Feedback, latest: dict[tuple[UUID, str], datetime]) -> bool:
    """A drawer stands open that was opened after the sending, and nothing has come in it since."""
    for skuffe in feedback.skuffer:
        if (
            not (feedback.sendt_at and skuffe.aabnet_at)
            or skuffe.lukket_at
            or skuffe.aabnet_at < feedback.sendt_at
        ):
            continue
        sent = latest.get((feedback.id, skuffe.slags))
        if sent is None or sent < skuffe.aabnet_at:
            return True
    return False


def _naeste(
    skridt: forloeb.Skridt,
    kontrakt: FeedbackKontrakt,
    observation: Observation | None,
    feedback: Feedback | None,
) -> tuple[str, str, dict[str, UUID]] | None:
    if skridt.knap is None or skridt.maal is None:
        return None
    values = {"kontrakt_id": kontrakt.id}
    if skridt.maal == "skriv" and observation:
        values = {"observation_id": observation.id}
    elif skridt.maal in ("skuffer", "laes") and feedback:
        values = {"feedback_id": feedback.id}
    return skridt.knap, ENDPOINTS[skridt.maal], values

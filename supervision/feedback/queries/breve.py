"""Loading one feedback through what the viewer may see of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries.dage import find_session_of
from supervision.aftaler.rules.sessioner import check_feedback_aaben, er_laast
from supervision.db import db
from supervision.feedback.models import Feedback, FeedbackPunkt, Skuffe, Spoergsmaal
from supervision.feedback.rules import punkter
from supervision.observationer import measures
from supervision.observationer.models import Observation
from supervision.observationer.queries import list_haendelser, navne_of
from supervision.personer.models import Person
from supervision.problems import NotFound, RuleBroken

MOMENTS = {"faerdighed": "", "element": "", "ugu": "UGU: ", "fase": "Fase: ", "emne": "", "note": "Note: "}
"""Track -> what stands before its words; these are in the list of moments, the timeline offers the rest."""
MOMENT_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Skuffevisning:
    """A drawer as it stands. ligger: how many points lie in it unsent, for the writer's eyes alone."""

    slags: str
    navn: str
    stedord: str
    aaben: bool
    kan_spoerges: bool
    venter: bool
    ligger: int


def get_observation_to_write(observation_id: UUID, *, viewer: Person, hold: bool = False) -> Observation:
    """The viewer's own ended observation of a kontrakt, to write feedback on.

    hold: keep the row until the commit, so that two savings at once wait for each other.
    Raises NotFound for anybody but the observatør (and for them from 14 days after it was closed), RuleBroken
    when the samtale is not ended in the recorder, or in supervision the citizen has not left.
    """
    if hold:
        own = select(Feedback.id).where(Feedback.observation_id == observation_id)
        db.session.scalar(own.where(Feedback.observatoer_id == viewer.id).with_for_update())
    wanted = (
        select(Observation)
        .where(Observation.id == observation_id, Observation.observatoer_id == viewer.id)
        .where(Observation.kontrakt_id.is_not(None))
        .where(or_(Observation.observatoer_indtil.is_(None), Observation.observatoer_indtil > clock.now()))
    )
    observation = db.session.scalar(wanted.with_for_update() if hold else wanted)
    if observation is None or not viewer.active:
        raise NotFound
    if observation.afsluttet_at is None:
        raise RuleBroken(
            "Samtalen er ikke afsluttet endnu. Tryk Afslut i optageren, og skriv så din feedback."
        )
    check_feedback_aaben(find_session_of(observation.kontrakt_id))
    return observation


def find_closed_session(observation_id: UUID, *, viewer: Person) -> UUID | None:
    """The session of the viewer's own ended observation, while feedback on it waits for the citizen to leave."""
    kontrakt_id = db.session.scalar(
        select(Observation.kontrakt_id)
        .where(Observation.id == observation_id, Observation.observatoer_id == viewer.id)
        .where(Observation.afsluttet_at.is_not(None))
    )
    session = find_session_of(kontrakt_id) if kontrakt_id else None
    return session.id if session is not None and er_laast(session) else None


def find_feedback_of(observation: Observation) -> Feedback | None:
    """The feedback on an observation that was loaded by `get_observation_to_write`."""
    return db.session.scalar(_whole().where(Feedback.observation_id == observation.id))


def get_own_draft(feedback_id: UUID, *, viewer: Person, hold: bool = False) -> Feedback:
    """The viewer's own feedback, sent or not, as its author. Raises as `get_observation_to_write`."""
    observation_id = db.session.scalar(
        select(Feedback.observation_id).where(
            Feedback.id == feedback_id, Feedback.observatoer_id == viewer.id
        )
    )
    if observation_id is None:
        raise NotFound
    found = find_feedback_of(get_observation_to_write(observation_id, viewer=viewer, hold=hold))
    if found is None:
        raise NotFound
    return found


def get_sent_feedback(feedback_id: UUID, *, viewer: Person, hold: bool = False) -> Feedback:
    """Sent feedback for its fokusperson, or its author until 14 days after it was closed. Raises NotFound."""
    if hold:
        db.session.scalar(select(Feedback.id).where(Feedback.id == feedback_id).with_for_update())
    found = db.session.scalar(
        _whole()
        .where(Feedback.id == feedback_id, Feedback.sendt_at.is_not(None))
        .where(or_(Feedback.fokusperson_id == viewer.id, Feedback.observatoer_id == viewer.id))
    )
    if found is None or not viewer.active or not _may_read(found, viewer):
        raise NotFound
    return found


def get_feedback_as_fokusperson(feedback_id: UUID, *, viewer: Person, read: bool = True) -> Feedback:
    """Sent feedback, held until the commit, for the one it is about. Raises NotFound.

    read: only when the fokusperson has opened it.
    """
    found = get_sent_feedback(feedback_id, viewer=viewer, hold=True)
    if found.fokusperson_id != viewer.id or (read and found.laest_at is None):
        raise NotFound
    return found


def get_feedback_as_observatoer(feedback_id: UUID, *, viewer: Person) -> Feedback:
    """Sent feedback, held until the commit, for its author while they may read it. Raises NotFound."""
    found = get_sent_feedback(feedback_id, viewer=viewer, hold=True)
    if found.observatoer_id != viewer.id:
        raise NotFound
    return found


def get_sent_punkt(feedback: Feedback, punkt_id: UUID) -> FeedbackPunkt:
    """A point that was sent with this feedback. Raises NotFound."""
    for punkt in feedback.punkter:
        if punkt.id == punkt_id and punkt.sendt_at is not None:
            return punkt
    raise NotFound


def get_spoergsmaal(feedback: Feedback, spoergsmaal_id: UUID) -> Spoergsmaal:
    """A question asked about a point of this feedback. Raises NotFound."""
    for punkt in feedback.punkter:
        for spoergsmaal in punkt.spoergsmaal:
            if spoergsmaal.id == spoergsmaal_id:
                return spoergsmaal
    raise NotFound


def get_feedback_with_drawers(feedback_id: UUID, *, viewer: Person, hold: bool = False) -> Feedback:
    """For the fokusperson alone: feedback that is sent, or in which a drawer was asked for. Raises NotFound.

    Before it is sent the caller shows nothing of it but the drawers.
    """
    if hold:
        db.session.scalar(select(Feedback.id).where(Feedback.id == feedback_id).with_for_update())
    found = db.session.scalar(
        _whole().where(Feedback.id == feedback_id, Feedback.fokusperson_id == viewer.id)
    )
    if found is None or not viewer.active:
        raise NotFound
    if found.sendt_at is None and not any(skuffe.spurgt_at for skuffe in found.skuffer):
        raise NotFound
    return found


def open_drawers(kontrakt: FeedbackKontrakt, feedback: Feedback | None) -> set[str]:
    """The kinds whose drawer is open now."""
    return {
        slags
        for slags in punkter.SKUFFER
        if punkter.skuffe_aaben(allowed(kontrakt, slags), find_skuffe(feedback, slags))
    }


def list_to_send(feedback: Feedback) -> list[FeedbackPunkt]:
    """What the next sending takes along, in the order it is read."""
    aabne = open_drawers(get_kontrakt_of(feedback.observation), feedback)
    return punkter.skal_sendes(feedback.punkter, aabne, sendt=feedback.sendt_at is not None)


def version_of_draft(feedback: Feedback | None) -> str:
    """A mark of what is stored and not sent: another one when any of it changes."""
    stored = sorted(feedback.punkter, key=lambda punkt: punkt.nr) if feedback else []
    return punkter.fingerprint(punkt for punkt in stored if punkt.sendt_at is None)


def allowed(kontrakt: FeedbackKontrakt, slags: str) -> bool:
    """What the kontrakt says of a drawer."""
    return kontrakt.fortolkning_tilladt if slags == "fortolkning" else kontrakt.gode_raad_tilladt


def find_skuffe(feedback: Feedback | None, slags: str) -> Skuffe | None:
    """What has happened to a drawer, None when nothing has."""
    return next((skuffe for skuffe in feedback.skuffer if skuffe.slags == slags), None) if feedback else None


def list_skuffer(kontrakt: FeedbackKontrakt, feedback: Feedback | None) -> list[Skuffevisning]:
    """Both drawers as they stand."""
    return [_vis(kontrakt, feedback, slags) for slags in punkter.SKUFFER]


def _vis(kontrakt: FeedbackKontrakt, feedback: Feedback | None, slags: str) -> Skuffevisning:
    tilladt, skuffe = allowed(kontrakt, slags), find_skuffe(feedback, slags)
    return Skuffevisning(
        slags=slags,
        navn=punkter.SLAGS[slags],
        stedord=punkter.SKUFFE_STEDORD[slags],
        aaben=punkter.skuffe_aaben(tilladt, skuffe),
        kan_spoerges=punkter.maa_spoerge_om_skuffe(tilladt, skuffe),
        venter=punkter.venter_paa_svar(skuffe),
        ligger=sum(p.slags == slags and p.sendt_at is None for p in feedback.punkter) if feedback else 0,
    )


def get_kontrakt_of(observation: Observation) -> FeedbackKontrakt:
    """The kontrakt behind an observation that the viewer was allowed to load. Raises NotFound without one."""
    if observation.kontrakt is None:
        raise NotFound
    return observation.kontrakt


def list_moments(observation: Observation) -> list[tuple[int, str]]:
    """(t_ms, words) of what the observatør logged and did not take back, in the order of the clock."""
    navn = navne_of(observation)
    standing = measures.effective(list_haendelser(observation.id))
    return [(h.t_ms, _moment_words(h.spor, h.kode, navn)) for h in standing if h.spor in MOMENTS and h.kode]


def _moment_words(spor: str, kode: str, navn: Callable[[str, str], str]) -> str:
    words = " ".join(navn(spor, kode).split())
    words = words if len(words) <= MOMENT_WIDTH else words[: MOMENT_WIDTH - 1].rstrip() + "…"
    return f"{MOMENTS[spor]}{words}"


def _whole() -> Select[Feedback]:
    return (
        select(Feedback)
        .options(
            joinedload(Feedback.fokusperson),
            joinedload(Feedback.observatoer),
            joinedload(Feedback.observation).joinedload(Observation.kontrakt),
            selectinload(Feedback.skuffer),
            selectinload(Feedback.punkter).selectinload(FeedbackPunkt.spoergsmaal),
        )
        .execution_options(populate_existing=True)
    )


def _may_read(feedback: Feedback, viewer: Person) -> bool:
    if feedback.fokusperson_id == viewer.id or feedback.lukket_at is None:
        return True
    return clock.now() < punkter.observer_may_read_until(feedback.lukket_at)

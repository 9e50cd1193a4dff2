"""The way of one line of the læringspil: kontrakt, observation, feedback, logbog, next line. For its owner alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from supervision.db import db
from supervision.feedback.models import Feedback, FeedbackPunkt
from supervision.feedback.queries import Forloeb, list_forloeb
from supervision.feedback.rules.punkter import i_orden
from supervision.laeringspil.queries import list_efterfoelgere, list_kendte_linjer, list_udgaver_af_linje
from supervision.laeringspil.rules import Aendring, Linje, list_aendringer
from supervision.logbog.queries.notater import Opslag, list_notater
from supervision.observationer.queries import list_kryds
from supervision.personer.models import Person
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class Begyndelse:
    """Where a line came from: a point of feedback the viewer received, and the line it took the place of."""

    punkt: FeedbackPunkt | None
    afloeste: tuple[UUID, str] | None


@dataclass(frozen=True, slots=True)
class Punkt:
    """A point of feedback on the line. paa_kendetegn: it hangs on a moment where the line's kendetegn was ticked.

    linje: the line it became, (id, words).
    """

    punkt: FeedbackPunkt
    paa_kendetegn: bool
    linje: tuple[UUID, str] | None


@dataclass(frozen=True, slots=True)
class Holdt:
    """A kontrakt with the line in focus, and what came of it as far as the viewer may see it now.

    fokus: the words it had there. kryds: how often the line's kendetegn was ticked; None: no log yet, or it was not on
    the recorder. punkter: of the sent feedback those that hang on the line, are kept or became a line; antal: of how
    many. notater: about the samtale.
    """

    forloeb: Forloeb
    fokus: str
    kryds: int | None
    punkter: list[Punkt]
    antal: int
    notater: list[Opslag]


@dataclass(frozen=True, slots=True)
class Vej:
    """A line of the viewer's own. tegnet_at: when it was first drawn. rettet: when its words were changed, and how.

    er_nu: it stands in the arrow as it is. skridt: kontrakter, and notes about the line and none of their samtaler, in
    the order of the clock. naeste: (id, words) of what took its place, or came from feedback on it.
    """

    linje: Linje
    tegnet_at: datetime
    er_nu: bool
    begyndelse: Begyndelse
    rettet: list[tuple[datetime, Aendring]]
    skridt: list[Holdt | Opslag]
    naeste: list[tuple[UUID, str]]


def get_vej(linje_id: UUID, *, viewer: Person) -> Vej:
    """The way of one of the viewer's own lines. Raises NotFound, also on somebody else's."""
    udgaver = list_udgaver_af_linje(linje_id, viewer=viewer)
    if not udgaver:
        raise NotFound
    newest, linje = udgaver[-1]
    efter = list_efterfoelgere(viewer=viewer)
    om_linjen = list_notater(viewer=viewer, linje_id=linje_id)
    alle = list_notater(viewer=viewer)
    kontrakter = _kontrakter(linje, efter, alle, viewer)
    shown = {one.notat.id for holdt in kontrakter for one in holdt.notater}
    return Vej(
        linje=linje,
        tegnet_at=udgaver[0][0].oprettet_at,
        er_nu=newest.afloest_at is None,
        begyndelse=_begyndelse(linje, viewer),
        rettet=[
            (pil.oprettet_at, aendring)
            for (_, before), (pil, after) in pairwise(udgaver)
            for aendring in list_aendringer([before], [after])
        ],
        skridt=sorted([*kontrakter, *(one for one in om_linjen if one.notat.id not in shown)], key=_naar),
        naeste=_naeste(linje_id, efter, {p.punkt.id for holdt in kontrakter for p in holdt.punkter}),
    )


def _kontrakter(linje: Linje, efter: Collection[Linje], notater: list[Opslag], viewer: Person) -> list[Holdt]:
    """The viewer's kontrakter with the line in focus, in the order of the clock. A constant number of questions."""
    found = [
        one
        for one in list_forloeb(viewer=viewer, kendetegn=True)
        if one.kontrakt.fokusperson_id == viewer.id and _fokus(one, linje.id)
    ]
    sent = _sent_punkter([one.feedback.id for one in found if one.feedback and one.feedback.laest_at])
    kryds = list_kryds([one.observation.id for one in found if one.observation], linje.kendetegn_kode)
    became = {one.fra_punkt: (one.id, one.faerdighed) for one in efter if one.fra_punkt and one.id}
    return [_holdt(one, linje, sent, kryds, became, notater) for one in found]


def _holdt(
    forloeb: Forloeb,
    linje: Linje,
    sent: dict[UUID, list[FeedbackPunkt]],
    kryds: dict[UUID, list[int]],
    became: dict[UUID, tuple[UUID, str]],
    notater: list[Opslag],
) -> Holdt:
    feedback, observation = forloeb.feedback, forloeb.observation
    own = i_orden(sent.get(feedback.id, [])) if feedback else []
    on_screen = linje.kendetegn_kode in {tegn.kode for tegn in forloeb.kontrakt.kendetegn}
    ticked = kryds[observation.id] if observation and own and on_screen else None
    punkter = [
        Punkt(punkt, punkt.t_ms is not None and punkt.t_ms in (ticked or ()), became.get(punkt.id))
        for punkt in own
    ]
    return Holdt(
        forloeb=forloeb,
        fokus=_fokus(forloeb, linje.id),
        kryds=None if ticked is None else len(ticked),
        punkter=[one for one in punkter if one.paa_kendetegn or one.linje or one.punkt.beholdt_at],
        antal=len(own),
        notater=[
            one for one in reversed(notater) if observation and one.notat.observation_id == observation.id
        ],
    )


def _sent_punkter(feedback_ids: Collection[UUID]) -> dict[UUID, list[FeedbackPunkt]]:
    """Feedback id -> its sent points, as they stand."""
    rows = db.session.scalars(
        select(FeedbackPunkt)
        .where(FeedbackPunkt.feedback_id.in_(list(feedback_ids)), FeedbackPunkt.sendt_at.is_not(None))
        .order_by(FeedbackPunkt.feedback_id, FeedbackPunkt.nr)
    )
    found: dict[UUID, list[FeedbackPunkt]] = {}
    for punkt in rows:
        found.setdefault(punkt.feedback_id, []).append(punkt)
    return found


def _naar(skridt: Holdt | Opslag) -> datetime:
    if isinstance(skridt, Opslag):
        return skridt.notat.skrevet_at
    return skridt.forloeb.kontrakt.samtale.starter_at


def _fokus(forloeb: Forloeb, linje_id: UUID | None) -> str:
    """The words that the line has in the kontrakt; "" when it is not in focus there."""
    return next((p.tekst for p in forloeb.kontrakt.fokuspunkter if p.linje_id == linje_id), "")


def _begyndelse(linje: Linje, viewer: Person) -> Begyndelse:
    punkt = None
    if linje.fra_punkt:
        punkt = db.session.scalar(
            select(FeedbackPunkt)
            .join(FeedbackPunkt.feedback)
            .options(joinedload(FeedbackPunkt.feedback).joinedload(Feedback.observatoer))
            .where(FeedbackPunkt.id == linje.fra_punkt, Feedback.fokusperson_id == viewer.id)
        )
    words = list_kendte_linjer(viewer=viewer).get(linje.afloeser) if linje.afloeser else None
    return Begyndelse(punkt, (linje.afloeser, words) if linje.afloeser and words else None)


def _naeste(linje_id: UUID, efter: Collection[Linje], punkter: Collection[UUID]) -> list[tuple[UUID, str]]:
    return [
        (one.id, one.faerdighed)
        for one in efter
        if one.id and one.id != linje_id and (one.afloeser == linje_id or one.fra_punkt in punkter)
    ]

"""Reading exercises: one that runs is seen by the group, one that is over by those who took part, no number by others.

What a small group writes is its own until it is presented; see `Side`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from supervision import clock
from supervision.db import db
from supervision.grupper.models import (
    Gruppemedlem,
    Laeringsgruppe,
    Oevelse,
    Oevelsesdeltager,
    Oevelseshold,
    Oevelsestekst,
)
from supervision.grupper.queries.grupper import seen_by
from supervision.grupper.rules import moeder as ure
from supervision.grupper.rules import oevelser as rules
from supervision.grupper.rules.oevelser_indhold import FELTER, Slags, Trin
from supervision.personer.models import Person
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class Stilling:
    """Where a small group is. medlemmer: (who, key of their role now). loebet_fra: None while the clock stands.

    skridt: None when they are through. begyndt: whether they have begun.
    """

    hold: Oevelseshold
    medlemmer: list[tuple[Oevelsesdeltager, str]]
    skridt: rules.Skridt | None
    antal_trin: int
    brugt_ms: int
    loebet_fra: datetime | None

    @property
    def punkt(self) -> Trin | None:
        """The step itself, under the name that the meeting's clock knows."""
        return self.skridt.trin if self.skridt else None

    @property
    def koerer(self) -> bool:
        """Whether the step's clock runs."""
        return self.loebet_fra is not None

    @property
    def begyndt(self) -> bool:
        """Whether they have begun."""
        return begyndt(self.hold)

    @property
    def klar_at(self) -> datetime | None:
        """When the step's time is up, while the clock runs."""
        if self.loebet_fra is None or self.skridt is None:
            return None
        return self.loebet_fra + timedelta(minutes=self.skridt.trin.minutter)

    def tekster(self, felt: str, tur: int | None = None) -> list[Oevelsestekst]:
        """What they wrote in the field: in the present turn, or in the turn given."""
        here = tur if tur is not None else self.skridt.tur if self.skridt else 0
        return [tekst for tekst in self.hold.tekster if tekst.felt == felt and tekst.tur == here]


@dataclass(frozen=True, slots=True)
class Side:
    """An exercise as one person sees it.

    mig: their row. min: their small group's place. rolle: the key of their role now. leder: may divide and end.
    fremlagt: (nr of a small group, its lines) of what is presented to everybody. udsagn: the statement to answer now.
    tilbage: (own statement, its answers).
    """

    oevelse: Oevelse
    slags: Slags
    tilstand: str
    leder: bool
    mig: Oevelsesdeltager | None
    stillinger: list[Stilling]
    min: Stilling | None
    rolle: str = ""
    fremlagt: list[tuple[int, list[Oevelsestekst]]] = field(default_factory=list)
    udsagn: Oevelsestekst | None = None
    udsagn_i_alt: int = 0
    tilbage: list[tuple[Oevelsestekst, list[Oevelsestekst]]] = field(default_factory=list)

    @property
    def alle_samme_trin(self) -> int | None:
        """The step at which all small groups are, so that they can be moved on together; None otherwise."""
        found = {stilling.hold.trin for stilling in self.stillinger if stilling.skridt and stilling.begyndt}
        together = len(found) == 1 and all(one.begyndt and one.skridt for one in self.stillinger)
        return found.pop() if together else None

    def scene(self) -> str:
        """Another one when the page has to be drawn anew for this person; their own numbers are in it, hashed."""
        words = [self.tilstand, str(self.mig and (self.mig.tal_foer, self.mig.tal_efter))]
        words += [f"{one.id} {one.hold_id} {one.plads}" for one in self.oevelse.deltagere]
        words += [f"{h.id} {h.trin} {h.ture} {h.fra_at} {h.brugt_s}" for h in self.oevelse.holdene]
        shown = [tekst for _, tekster in self.fremlagt for tekst in tekster]
        shown += self.min.hold.tekster if self.min else []
        shown += [one for udsagn, svar in self.tilbage for one in (udsagn, *svar)]
        shown += [self.udsagn] if self.udsagn else []
        words += [f"{tekst.id} {tekst.tekst}" for tekst in shown]
        return sha256("\n".join([*words, str(self.udsagn_i_alt)]).encode()).hexdigest()[:24]


def get_oevelse(oevelse_id: UUID, *, viewer: Person, hold: bool = False) -> Oevelse:
    """An exercise of a group in which the viewer is now; one that is over only if they took part. Raises NotFound.

    hold: keep the row until the commit, so that two phones' changes wait for each other.
    """
    wanted = _whole().where(Oevelse.id == oevelse_id, _seen(viewer))
    if hold:
        wanted = wanted.with_for_update(of=Oevelse).execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def list_i_gang(*, viewer: Person) -> list[Oevelse]:
    """The exercises that run now in the viewer's groups, the newest first."""
    return list(
        db.session.scalars(
            select(Oevelse)
            .join(Oevelse.gruppe)
            .where(seen_by(viewer), _running())
            .options(joinedload(Oevelse.gruppe), selectinload(Oevelse.deltagere))
            .order_by(Oevelse.begyndt_at.desc(), Oevelse.id)
        )
    )


def find_i_gang(gruppe: Laeringsgruppe) -> Oevelse | None:
    """The group's exercise that runs now. Load the group by `get_gruppe`."""
    return db.session.scalar(
        select(Oevelse)
        .where(Oevelse.gruppe_id == gruppe.id, _running())
        .options(selectinload(Oevelse.deltagere))
        .order_by(Oevelse.begyndt_at.desc(), Oevelse.id)
        .limit(1)
    )


def list_afholdte(gruppe: Laeringsgruppe, *, viewer: Person) -> list[Oevelse]:
    """The group's exercises that are over and in which the viewer took part, the newest first."""
    return list(
        db.session.scalars(
            select(Oevelse)
            .where(Oevelse.gruppe_id == gruppe.id, ~_running(), _took_part(viewer))
            .options(selectinload(Oevelse.deltagere))
            .order_by(Oevelse.begyndt_at.desc(), Oevelse.id)
        )
    )


def find_mig(oevelse: Oevelse, viewer: Person) -> Oevelsesdeltager | None:
    """The viewer's row in the exercise."""
    return next((one for one in oevelse.deltagere if one.person_id == viewer.id), None)


def find_mit_hold(oevelse: Oevelse, viewer: Person) -> Oevelseshold | None:
    """The viewer's small group."""
    mig = find_mig(oevelse, viewer)
    return next((hold for hold in oevelse.holdene if mig and hold.id == mig.hold_id), None)


def leder(oevelse: Oevelse, person: Person) -> bool:
    """Whether the person may divide, move on and end it: who began it, and the group's facilitator."""
    return person.id in (oevelse.begyndt_af, oevelse.gruppe.facilitator_id)


def begyndt(hold: Oevelseshold) -> bool:
    """Whether the small group has begun."""
    return hold.trin > 0 or hold.fra_at is not None or hold.brugt_s > 0


def paa_hold(oevelse: Oevelse, hold: Oevelseshold) -> list[Oevelsesdeltager]:
    """The small group's people in the order of their places."""
    return sorted(
        (one for one in oevelse.deltagere if one.hold_id == hold.id),
        key=lambda one: (one.plads, one.kom_at, one.id),
    )


def get_stilling(oevelse: Oevelse, hold: Oevelseshold) -> Stilling:
    """Where a small group is now."""
    slags = rules.get_slags(oevelse.slags)
    steps = rules.forloeb(slags, hold.ture)
    skridt = steps[hold.trin] if hold.trin < len(steps) else None
    people = paa_hold(oevelse, hold)
    now, over = clock.now(), rules.tilstand(oevelse, clock.now()) == rules.SLUT
    fra_at = None if over or skridt is None else hold.fra_at
    tur = skridt.tur if skridt else 0
    return Stilling(
        hold=hold,
        medlemmer=[(one, rules.rolle_i(slags, nr, tur, len(people))) for nr, one in enumerate(people)],
        skridt=skridt,
        antal_trin=len(steps),
        brugt_ms=ure.brugt_ms(hold.brugt_s, fra_at, now),
        loebet_fra=fra_at - timedelta(seconds=hold.brugt_s) if fra_at else None,
    )


def get_side(oevelse: Oevelse, *, viewer: Person) -> Side:
    """The exercise as the viewer sees it. Load it by `get_oevelse`."""
    stillinger = [get_stilling(oevelse, hold) for hold in oevelse.holdene]
    mig = find_mig(oevelse, viewer)
    own = next((one for one in stillinger if mig and one.hold.id == mig.hold_id), None)
    tilstand = rules.tilstand(oevelse, clock.now())
    udsagn, left = _naeste_udsagn(oevelse, own) if own and tilstand != rules.SLUT else (None, 0)
    return Side(
        oevelse=oevelse,
        slags=rules.get_slags(oevelse.slags),
        tilstand=tilstand,
        leder=leder(oevelse, viewer),
        mig=mig,
        stillinger=stillinger,
        min=own,
        rolle=next((rolle for one, rolle in own.medlemmer if one is mig), "") if own else "",
        fremlagt=_fremlagt(stillinger, own, tilstand),
        udsagn=udsagn,
        udsagn_i_alt=left,
        tilbage=_tilbage(oevelse, own, tilstand) if own else [],
    )


def get_tekst_to_take(side: Side, tekst_id: UUID) -> Oevelsestekst:
    """A line that the viewer sees and may take along for themselves. Raises NotFound."""
    seen = [tekst for _, tekster in side.fremlagt for tekst in tekster]
    seen += side.min.hold.tekster if side.min else []
    seen += [svar for _, found in side.tilbage for svar in found]
    for tekst in seen:
        if tekst.id == tekst_id and FELTER[tekst.felt].tag_med:
            return tekst
    raise NotFound


def _fremlagt(
    stillinger: list[Stilling], own: Stilling | None, tilstand: str
) -> list[tuple[int, list[Oevelsestekst]]]:
    """What small groups that have come to present it wrote for all; to those whose own has come so far too."""
    over = tilstand == rules.SLUT
    if not over and own is not None and not _viser(own):
        return []
    found = []
    for one in stillinger:
        lines = [tekst for tekst in one.hold.tekster if FELTER[tekst.felt].for_alle]
        if lines and (over or _viser(one)):
            found.append((one.hold.nr, lines))
    return found


def _viser(stilling: Stilling) -> bool:
    steps = rules.forloeb(rules.get_slags(stilling.hold.oevelse.slags), stilling.hold.ture)
    return any(skridt.trin.vis == "for_alle" for skridt in steps[: stilling.hold.trin + 1])


def _naeste_udsagn(oevelse: Oevelse, own: Stilling) -> tuple[Oevelsestekst | None, int]:
    """(the first statement from the table before that they have not answered, how many are left)."""
    if own.skridt is None or own.skridt.trin.vis != "svar":
        return None, 0
    here = oevelse.holdene.index(own.hold)
    answered = {tekst.til_id for tekst in own.hold.tekster}
    left = [
        tekst
        for tekst in oevelse.holdene[here - 1].tekster
        if tekst.felt == "udsagn" and tekst.id not in answered
    ]
    return (left[0] if left else None), len(left)


def _tilbage(
    oevelse: Oevelse, own: Stilling, tilstand: str
) -> list[tuple[Oevelsestekst, list[Oevelsestekst]]]:
    """Their own statements with the answers that have come, once they listen to them."""
    if tilstand != rules.SLUT and (own.skridt is not None and own.skridt.trin.vis != "tilbage"):
        return []
    answers = [tekst for hold in oevelse.holdene for tekst in hold.tekster if tekst.til_id]
    return [
        (udsagn, [svar for svar in answers if svar.til_id == udsagn.id])
        for udsagn in own.hold.tekster
        if udsagn.felt == "udsagn"
    ]


def _running() -> ColumnElement[bool]:
    return Oevelse.sluttet_at.is_(None) & (Oevelse.begyndt_at >= clock.now() - rules.GLEMT)


def _took_part(viewer: Person) -> ColumnElement[bool]:
    took_part = select(Oevelsesdeltager.oevelse_id).where(Oevelsesdeltager.person_id == viewer.id)
    return or_(Oevelse.begyndt_af == viewer.id, Oevelse.id.in_(took_part))


def _seen(viewer: Person) -> ColumnElement[bool]:
    return seen_by(viewer) & or_(_running(), _took_part(viewer))


def _whole() -> Select[Oevelse]:
    return (
        select(Oevelse)
        .join(Oevelse.gruppe)
        .options(
            joinedload(Oevelse.gruppe).joinedload(Laeringsgruppe.facilitator),
            joinedload(Oevelse.gruppe).selectinload(Laeringsgruppe.medlemmer).joinedload(Gruppemedlem.person),
            selectinload(Oevelse.deltagere).joinedload(Oevelsesdeltager.person),
            selectinload(Oevelse.holdene).selectinload(Oevelseshold.tekster),
        )
    )

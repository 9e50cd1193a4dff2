"""Who has met the viewer's things: rows about the viewer alone, and about a group or team while they were in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from supervision import clock
from supervision.adgangslog.model import GRUPPE, ORGANISATION, TEAM, Adgang
from supervision.adgangslog.objects import Scope, declared
from supervision.aftaler.models import FeedbackKontrakt, Samtale, Supervisionssession
from supervision.danish import dato
from supervision.db import db, metadata
from supervision.feedback.models import Feedback, FeedbackPunkt, Spoergsmaal
from supervision.grupper.models import Deling, HjemmeopgaveKontrakt, Laeringsgruppe
from supervision.observationer.models import Observation, Registrering
from supervision.overblik.rules import adgange as rules
from supervision.personer.models import Organisation, Person, Team

PER_PAGE = 50
AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class AdgangLinje:
    """One access as the person it is about reads it. link: (endpoint, its argument, id), where they may follow it."""

    at: datetime
    hvem: str
    ret: str
    ord: str
    link: tuple[str, str, UUID] | None


@dataclass(frozen=True, slots=True)
class AdgangSide:
    """A page of them, newest first. antal: how many of each filter there are; pages count from 1."""

    linjer: list[AdgangLinje]
    antal: dict[str, int]
    side: int
    sider: int


def list_adgange(*, viewer: Person, filter: str, side: int) -> AdgangSide:
    """A page of what others (with EGNE: the viewer) did with the viewer's things. side: outside, the nearest."""
    antal = _count(viewer)
    sider = max(1, -(-antal[filter] // PER_PAGE))
    side = min(max(side, 1), sider)
    found = _newest(viewer, filter).limit(PER_PAGE).offset((side - 1) * PER_PAGE)
    return AdgangSide(_lines(db.session.scalars(found).all(), viewer), antal, side, sider)


def iter_adgange(*, viewer: Person) -> Iterator[AdgangLinje]:
    """All of them, others' and the viewer's own, newest first, some hundred at a time."""
    about = _about(viewer)
    own = and_(Adgang.hvem_id == viewer.id, Adgang.ret == rules.EGEN)
    wanted = select(Adgang).where(about, or_(_by_others(viewer), own)).order_by(Adgang.at.desc(), Adgang.id)
    rows = db.session.scalars(wanted.execution_options(yield_per=AT_A_TIME))
    for part in rows.partitions():
        yield from _lines(part, viewer)


def _newest(viewer: Person, filter: str) -> Select[Any]:
    wanted = select(Adgang).where(_about(viewer), Adgang.slags.in_(rules.slags_i(filter)))
    if filter == rules.EGNE:
        wanted = wanted.where(Adgang.hvem_id == viewer.id, Adgang.ret == rules.EGEN)
    else:
        wanted = wanted.where(_by_others(viewer))
    return wanted.order_by(Adgang.at.desc(), Adgang.id)


def _count(viewer: Person) -> dict[str, int]:
    own = Adgang.hvem_id == viewer.id
    rows = db.session.execute(
        select(Adgang.slags, own, func.count())
        .where(_about(viewer), or_(_by_others(viewer), Adgang.ret == rules.EGEN))
        .group_by(Adgang.slags, own)
    )
    antal = dict.fromkeys(rules.FILTRE, 0)
    for slags, by_oneself, n in rows:
        ting = rules.TING.get(slags)
        if by_oneself:
            antal[rules.EGNE] += n
        elif ting:
            antal[rules.ALT] += n
            antal[ting.filter] += n
    return antal


def _by_others(viewer: Person) -> ColumnElement[bool]:
    return or_(Adgang.hvem_id.is_(None), Adgang.hvem_id != viewer.id)


def _about(viewer: Person) -> ColumnElement[bool]:
    """The row is about the viewer: alone, or in what they were part of at that moment."""
    parts: list[ColumnElement[bool]] = [Adgang.ejer_id == viewer.id]
    for omfang, scope in declared().scopes.items():
        for scope_id, fra, til in _was_in(scope, viewer.id):
            part = [Adgang.omfang == omfang, Adgang.omfang_id == scope_id]
            part += [Adgang.at >= fra] if fra else []
            part += [Adgang.at < til] if til else []
            parts.append(and_(*part))
    return or_(*parts)


def _was_in(scope: Scope, person_id: UUID) -> Iterator[tuple[UUID, datetime | None, datetime | None]]:
    columns = metadata.tables[scope.table].c
    times = [columns[name] for name in (scope.fra, scope.til) if name]
    wanted = select(columns[scope.id], *times).where(columns[scope.person] == person_id)
    for name, value in scope.only.items():
        wanted = wanted.where(columns[name] == value)
    for scope_id, *when in db.session.execute(wanted):
        fra, til = (*map(_moment, when), None, None)[:2]
        yield scope_id, fra, til


def _moment(when: date | datetime | None) -> datetime | None:
    return when if when is None or isinstance(when, datetime) else clock.from_local(when, time(0))


def _lines(rows: Sequence[Adgang], viewer: Person) -> list[AdgangLinje]:
    names = _names(Person, [row.hvem_id for row in rows])
    scopes = {
        GRUPPE: _names(Laeringsgruppe, [row.omfang_id for row in rows if row.omfang == GRUPPE]),
        TEAM: _names(Team, [row.omfang_id for row in rows if row.omfang == TEAM]),
        ORGANISATION: _names(Organisation, [row.omfang_id for row in rows if row.omfang == ORGANISATION]),
    }
    samtaler, here = _samtaler(rows, viewer), _open_scopes(viewer)
    found = []
    for row in rows:
        kontrakt = samtaler.get((row.slags, row.genstand_id))
        words = rules.saetning(
            row.slags,
            row.handling,
            hvornaar=dato(kontrakt[1]) if kontrakt else "",
            navn=scopes[row.omfang].get(row.omfang_id, "") if row.omfang in scopes else "",
        )
        link = ("aftaler.kontrakt", "kontrakt_id", kontrakt[0]) if kontrakt else here.get(row.omfang_id)
        hvem = names.get(row.hvem_id, rules.SLETTET_PERSON) if row.hvem_id else rules.UDEN_NAVN
        found.append(AdgangLinje(row.at, hvem, rules.RETTER.get(row.ret, row.ret), words, link))
    return found


def _names(model: Any, ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    wanted = {id_ for id_ in ids if id_}
    if not wanted:
        return {}
    rows = db.session.execute(select(model.id, model.navn).where(model.id.in_(wanted)))
    return {row.id: row.navn for row in rows}


def _open_scopes(viewer: Person) -> dict[UUID | None, tuple[str, str, UUID]]:
    """Where a link leads that the viewer may follow today."""
    now = clock.now()
    scope = declared().scopes[GRUPPE]
    inside = [id_ for id_, _, til in _was_in(scope, viewer.id) if til is None or til > now]
    teams = viewer.team_ids("medarbejder") | viewer.team_ids("teamleder")
    return {
        **{id_: ("grupper.laeringsgruppe", "gruppe_id", id_) for id_ in inside},
        **{id_: ("overblik.team", "team_id", id_) for id_ in teams},
    }


def _samtaler(rows: Sequence[Adgang], viewer: Person) -> dict[tuple[str, UUID | None], tuple[UUID, datetime]]:
    """(kind, id) -> (the viewer's kontrakt, when its samtale was), for what is still there. A query for each kind."""
    found = {}
    for slags, way in WAYS.items():
        ids = {row.genstand_id for row in rows if row.slags == slags}
        if not ids:
            continue
        wanted = way.where(FeedbackKontrakt.fokusperson_id == viewer.id, way.selected_columns[0].in_(ids))
        for id_, kontrakt_id, starter_at in db.session.execute(wanted):
            found[(slags, id_)] = (kontrakt_id, clock.local(starter_at))
    return found


def _way(key: Any, *joins: Any) -> Select[Any]:
    wanted = select(key, FeedbackKontrakt.id, Samtale.starter_at).select_from(FeedbackKontrakt)
    wanted = wanted.join(Samtale, Samtale.id == FeedbackKontrakt.samtale_id)
    for table, on in joins:
        wanted = wanted.join(table, on)
    return wanted


_OBSERVATION = (Observation, Observation.kontrakt_id == FeedbackKontrakt.id)
_FEEDBACK = (Feedback, Feedback.observation_id == Observation.id)
_PUNKT = (FeedbackPunkt, FeedbackPunkt.feedback_id == Feedback.id)
WAYS: dict[str, Select[Any]] = {
    **dict.fromkeys(("kontrakt", "optager", "karantaene"), _way(FeedbackKontrakt.id)),
    "samtale": _way(FeedbackKontrakt.samtale_id),
    "observation": _way(Observation.id, _OBSERVATION),
    "registrering": _way(
        Registrering.id, _OBSERVATION, (Registrering, Registrering.observation_id == Observation.id)
    ),
    "feedback": _way(Feedback.id, _OBSERVATION, _FEEDBACK),
    "feedback_punkt": _way(FeedbackPunkt.id, _OBSERVATION, _FEEDBACK, _PUNKT),
    "spoergsmaal": _way(
        Spoergsmaal.id,
        _OBSERVATION,
        _FEEDBACK,
        _PUNKT,
        (Spoergsmaal, Spoergsmaal.punkt_id == FeedbackPunkt.id),
    ),
    "deling": _way(Deling.id, _OBSERVATION, _FEEDBACK, _PUNKT, (Deling, Deling.punkt_id == FeedbackPunkt.id)),
    "hjemmeopgave_kontrakt": _way(
        HjemmeopgaveKontrakt.id,
        (HjemmeopgaveKontrakt, HjemmeopgaveKontrakt.kontrakt_id == FeedbackKontrakt.id),
    ),
    "supervisionssession": _way(
        Supervisionssession.id, (Supervisionssession, Supervisionssession.kontrakt_id == FeedbackKontrakt.id)
    ),
}
"""From a thing's id to the viewer's kontrakt."""

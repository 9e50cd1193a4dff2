"""From what was sent to events that may be stored: each is checked by itself, and what is wrong is said of it alone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from uuid import UUID

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries import gamemaster
from supervision.observationer import rules
from supervision.observationer.formats import forseglet
from supervision.observationer.rules import FieldProblem

EARLIEST_START = datetime(2020, 1, 1, tzinfo=UTC)
LATEST_START = timedelta(hours=25)
"""How far ahead a device's clock may be and still be believed; durations never depend on it."""

Check = Callable[[object], rules.Haendelse]
"""Makes an event of what was sent. Raises FieldProblem."""

Codes = Mapping[str, frozenset[str]]
"""Track -> the codes that the kontrakt's screen has, for the tracks that it decides."""

MOST_REMEMBERED = 1_000
_locked: OrderedDict[tuple[UUID, datetime], Codes] = OrderedDict()
_guard = Lock()


@dataclass(frozen=True, slots=True)
class Refusal:
    """One event that was not stored. plads: its place in the batch, from 0; id: as it came, if text."""

    plads: int
    id: str | None
    felt: str
    fejl: str


@dataclass(slots=True)
class Checked:
    """A batch after the check. wanted: id -> its place in the batch and the event; the first body of an id wins."""

    wanted: dict[UUID, tuple[int, rules.Haendelse]] = field(default_factory=dict)
    konflikt: list[UUID] = field(default_factory=list)
    afvist: list[Refusal] = field(default_factory=list)


def check_batch(raw: Sequence[object], check: Check) -> Checked:
    """The events that may be stored, those that came with two bodies, and what is wrong with the others."""
    checked = Checked()
    for place, one in enumerate(raw):
        try:
            event = check(one)
        except FieldProblem as problem:
            checked.afvist.append(Refusal(place, _id_of(one), problem.field, problem.text))
            continue
        if checked.wanted.setdefault(event.id, (place, event))[1] != event:
            checked.konflikt.append(event.id)
    return checked


def check_for(kontrakt: FeedbackKontrakt, secret: str | None) -> Check:
    """The check of what is recorded on this kontrakt: its own codes only, and sealed notes opened with `secret`."""
    codes = _codes_of(kontrakt)

    def check(one: object) -> rules.Haendelse:
        event = rules.check_haendelse(_opened(_object(one), kontrakt.id, secret), strict=True)
        if event.kode not in codes.get(event.spor, (event.kode,)):
            raise FieldProblem("kode", "Det står ikke på skærmen i jeres kontrakt.")
        return event

    return check


def check_of_the_unknown(kontrakt_id: UUID, secret: str | None) -> Check:
    """The check of events whose kontrakt we may not look into: a note that cannot be opened stays sealed."""

    def check(one: object) -> rules.Haendelse:
        raw = _object(one)
        try:
            return rules.check_haendelse(_opened(raw, kontrakt_id, secret), strict=True)
        except forseglet.NotOpened as problem:
            sealed = str(raw["kode"])
            if len(sealed) > forseglet.MAX_SEALED:
                raise FieldProblem("kode", problem.text) from None
            return replace(rules.check_haendelse({**raw, "kode": ""}, strict=True), kode=sealed)

    return check


def believable(startet_at: datetime | None) -> datetime | None:
    """The moment, or None from a device whose clock is years off."""
    if startet_at is None or not EARLIEST_START <= startet_at <= clock.now() + LATEST_START:
        return None
    return startet_at


def _object(one: object) -> Mapping[str, object]:
    if not isinstance(one, dict):
        raise FieldProblem("haendelse", "En hændelse skal være et objekt med id, nr, t_ms, spor og kode.")
    return one


def _opened(raw: Mapping[str, object], kontrakt_id: UUID, secret: str | None) -> Mapping[str, object]:
    """The event with its note in plain text. Without `secret` nothing can be opened, and nothing sealed is kept."""
    kode = raw.get("kode")
    if raw.get("spor") != "note" or not forseglet.is_sealed(kode):
        return raw
    if secret is None:
        raise forseglet.NotOpened("kode", forseglet.OLDER_KEY)
    return {**raw, "kode": forseglet.open_sealed(kode, secret, kontrakt_id)}


def _codes_of(kontrakt: FeedbackKontrakt) -> Codes:
    """What can be ticked. Of a kontrakt that is locked nothing changes, so it is worked out once in this process."""
    if kontrakt.laast_at is None:
        return agreed_codes(kontrakt)
    key = (kontrakt.id, kontrakt.laast_at)
    with _guard:
        known = _locked.get(key)
    if known is None:
        known = agreed_codes(kontrakt)
        with _guard:
            _locked[key] = known
            while len(_locked) > MOST_REMEMBERED:
                _locked.popitem(last=False)
    return known


def agreed_codes(kontrakt: FeedbackKontrakt) -> Codes:
    """Track -> the codes that the kontrakt's screen has, for the tracks that it decides."""
    variant = gamemaster(kontrakt)
    elementer = [element.kode for fase in variant.faser for element in fase.elementer] if variant else []
    return {
        "taler": frozenset((*kontrakt.parter, *rules.UDEN_PART, "")),
        "faerdighed": frozenset(kendetegn.kode for kendetegn in kontrakt.kendetegn),
        "element": frozenset(elementer),
    }


def _id_of(one: object) -> str | None:
    found = one.get("id") if isinstance(one, dict) else None
    return found[:36] if isinstance(found, str) else None

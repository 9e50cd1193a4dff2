"""Reading a meeting's tjek ud: in the order of the words, never in that of the coming, and without a name where the
group wants it so. The meeting is loaded through `sammen.get_moede_sammen`."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from supervision import clock
from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.grupper.models import Laeringsgruppe, Moede, TjekUd
from supervision.grupper.queries.grupper import seen_by
from supervision.grupper.rules import sammen as rules
from supervision.personer.models import Person
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class Linje:
    """A line as the group sees it. navn: who said it, or nothing."""

    id: UUID
    boks: str
    tekst: str
    navn: str


@dataclass(frozen=True, slots=True)
class Bokse:
    """synlige: by box, what the group sees. egne: what was sent from this device (or in this name)."""

    synlige: dict[str, list[Linje]]
    egne: list[Linje]

    @property
    def antal(self) -> int:
        """How many lines the group sees."""
        return sum(map(len, self.synlige.values()))


def get_bokse(moede: Moede, *, viewer: Person | None = None, kvittering: str = "") -> Bokse:
    """The boxes now. kvittering: the hash of the device's word, by which its own are known."""
    synlige: dict[str, list[Linje]] = {boks: [] for boks in rules.TJEK_UD_BOKSE}
    egne = []
    for row in _sorted(select_rows(moede)):
        line = _line(row, moede)
        if is_shown(row, moede):
            synlige[row.boks].append(line)
        if is_own(row, viewer, kvittering):
            egne.append(line)
    return Bokse(synlige, egne)


def select_rows(moede: Moede) -> list[TjekUd]:
    """All of a meeting's lines, with their authors where these are kept."""
    wanted = select(TjekUd).where(TjekUd.moede_id == moede.id).options(joinedload(TjekUd.forfatter))
    return list(db.session.scalars(wanted.order_by(TjekUd.id)))


def is_shown(row: TjekUd, moede: Moede) -> bool:
    """Whether the group may see it now."""
    return row.vist or rules.moede_tilstand(moede, clock.now()) == rules.SLUT


def is_own(row: TjekUd, viewer: Person | None, kvittering: str) -> bool:
    """Whether it was sent from this device, or in the viewer's name."""
    if kvittering and row.kvittering == kvittering:
        return True
    return viewer is not None and row.forfatter_id == viewer.id


def get_tjek_ud(tjek_ud_id: UUID, *, viewer: Person, kvittering: str = "", hold: bool = False) -> TjekUd:
    """A line that the viewer may see: shown to their group, or their own. Raises NotFound."""
    found = _find(tjek_ud_id, viewer, hold=hold)
    if found is None or not (is_shown(found, found.moede) or is_own(found, viewer, kvittering)):
        raise NotFound
    return found


def get_tjek_ud_moede(tjek_ud_id: UUID, *, viewer: Person) -> Moede:
    """The meeting of a line, where the viewer is in its group. Raises NotFound."""
    found = _find(tjek_ud_id, viewer, hold=False)
    if found is None:
        raise NotFound
    return found.moede


def get_own_tjek_ud(tjek_ud_id: UUID, *, viewer: Person, kvittering: str) -> TjekUd:
    """A line that was sent from this device, or in the viewer's name. Raises NotFound."""
    found = _find(tjek_ud_id, viewer, hold=True)
    if found is None or not is_own(found, viewer, kvittering):
        raise NotFound
    return found


def get_men_to_take_up(tjek_ud_id: UUID, *, viewer: Person) -> TjekUd:
    """A "Men" of a group that the viewer facilitates. Raises NotFound."""
    found = _find(tjek_ud_id, viewer, hold=True)
    led = found is not None and found.moede.gruppe.facilitator_id == viewer.id
    if found is None or not led or found.boks != "men" or not is_shown(found, found.moede):
        raise NotFound
    return found


def list_aabne_men(*, viewer: Person, gruppe: Laeringsgruppe | None = None) -> list[TjekUd]:
    """What the groups that the viewer facilitates have to be aware of and not taken up; the newest meeting first."""
    wanted = (
        select(TjekUd)
        .join(TjekUd.moede)
        .join(Moede.gruppe)
        .where(TjekUd.boks == "men", TjekUd.taget_op.is_(None))
        .where(Laeringsgruppe.facilitator_id == viewer.id, Laeringsgruppe.nedlagt_at.is_(None))
        .options(joinedload(TjekUd.moede).joinedload(Moede.gruppe), joinedload(TjekUd.forfatter))
        .order_by(TjekUd.id)
    )
    if gruppe is not None:
        wanted = wanted.where(Moede.gruppe_id == gruppe.id)
    rows = _sorted([row for row in db.session.scalars(wanted) if is_shown(row, row.moede)])
    return sorted(rows, key=lambda row: row.moede.start_at, reverse=True)


def navn_paa(row: TjekUd, moede: Moede) -> str:
    """The author's first name, or nothing where the group wants none or none is kept."""
    return row.forfatter.fornavn if row.forfatter and not moede.tjek_ud_anonymt else ""


def _find(tjek_ud_id: UUID, viewer: Person, *, hold: bool) -> TjekUd | None:
    wanted = (
        select(TjekUd)
        .join(TjekUd.moede)
        .join(Moede.gruppe)
        .where(TjekUd.id == tjek_ud_id, Moede.aflyst_at.is_(None), seen_by(viewer))
        .options(
            joinedload(TjekUd.moede).joinedload(Moede.gruppe).joinedload(Laeringsgruppe.facilitator),
        )
    )
    if hold:
        wanted = wanted.with_for_update(of=TjekUd).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def _line(row: TjekUd, moede: Moede) -> Linje:
    return Linje(row.id, row.boks, row.tekst, navn_paa(row, moede))


def _sorted(rows: list[TjekUd]) -> list[TjekUd]:
    return sorted(rows, key=lambda row: (sorteringsnoegle(row.tekst), row.id))

"""Reading what a group writes together at a meeting: its members and its facilitator now, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from supervision import clock
from supervision.db import db
from supervision.grupper.models import Laeringsgruppe, Moede, SammenNr, Seddel
from supervision.grupper.queries.grupper import seen_by
from supervision.grupper.rules import sammen as rules
from supervision.personer.models import Person
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class Tavle:
    """What stands on a meeting's planche and under lykkes bedre. sedler: by field, in their order."""

    nr: int
    tal: int | None
    sedler: dict[str, list[Seddel]]

    def antal(self, felter: tuple[str, ...]) -> int:
        """How many notes these fields hold."""
        return sum(len(self.sedler[felt]) for felt in felter)

    @property
    def taethed(self) -> int:
        """How full planchen is, 1–4: the fuller, the smaller its type on the big screen and on paper."""
        tegn = sum(len(s.tekst) + 40 for felt in rules.PLANCHE_FELTER for s in self.sedler[felt])
        return 1 + (tegn > 500) + (tegn > 1200) + (tegn > 2600)


def get_moede_sammen(moede_id: UUID, *, viewer: Person, hold: bool = False) -> Moede:
    """A meeting of a group that the viewer is in or facilitates now. Raises NotFound.

    hold: keep the row until the commit, so that two devices' changes of one meeting wait for each other.
    """
    wanted = (
        select(Moede)
        .join(Moede.gruppe)
        .where(Moede.id == moede_id, Moede.aflyst_at.is_(None), seen_by(viewer))
        .options(
            joinedload(Moede.gruppe).joinedload(Laeringsgruppe.facilitator),
            joinedload(Moede.gruppe).selectinload(Laeringsgruppe.medlemmer),
        )
    )
    if hold:
        wanted = wanted.with_for_update(of=Moede).execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def get_moede_to_lead_sammen(moede_id: UUID, *, viewer: Person) -> Moede:
    """The same, for the facilitator alone. Raises NotFound."""
    found = get_moede_sammen(moede_id, viewer=viewer)
    if found.gruppe.facilitator_id != viewer.id:
        raise NotFound
    return found


def get_seddel(moede: Moede, seddel_id: UUID) -> Seddel:
    """A note of the meeting, taken back or not. Raises NotFound."""
    found = find_seddel(moede, seddel_id)
    if found is None:
        raise NotFound
    return found


def find_seddel(moede: Moede, seddel_id: UUID | None) -> Seddel | None:
    """A note of this very meeting."""
    found = db.session.get(Seddel, seddel_id) if seddel_id else None
    return found if found is not None and found.moede_id == moede.id else None


def find_nr(moede: Moede) -> int:
    """The meeting's change number; 0 before anything was written."""
    return db.session.scalar(select(SammenNr.nr).where(SammenNr.moede_id == moede.id)) or 0


def list_aendrede(moede: Moede, siden: int) -> list[Seddel]:
    """The notes that changed after the change number, those taken back too, in the order of the board."""
    return list(
        db.session.scalars(
            select(Seddel)
            .where(Seddel.moede_id == moede.id, Seddel.nr > siden)
            .order_by(Seddel.plads, Seddel.oprettet_nr, Seddel.id)
            .options(joinedload(Seddel.ejer))
        )
    )


def get_tavle(moede: Moede) -> Tavle:
    """Everything that stands there now. Load the meeting by `get_moede_sammen`."""
    sedler: dict[str, list[Seddel]] = {felt: [] for felt in rules.PLANCHE_FELTER + rules.LYKKES_FELTER}
    for seddel in list_aendrede(moede, 0):
        if not seddel.taget:
            sedler[seddel.felt].append(seddel)
    return Tavle(find_nr(moede), moede.planche_tal, sedler)


def find_moede_i_gang(gruppe: Laeringsgruppe) -> Moede | None:
    """The group's meeting that runs now, the last begun if there are two. Load the group by `get_gruppe`."""
    now = clock.now()
    begun = db.session.scalars(
        select(Moede)
        .where(Moede.gruppe_id == gruppe.id, Moede.aflyst_at.is_(None))
        .where(Moede.begyndt_at <= now, (Moede.sluttet_at.is_(None)) | (Moede.sluttet_at > now))
        .order_by(Moede.begyndt_at.desc(), Moede.id)
    )
    return next((moede for moede in begun if rules.moede_tilstand(moede, now) == rules.I_GANG), None)


def find_forrige_moede(moede: Moede) -> Moede | None:
    """The group's last meeting before this one that was held."""
    return db.session.scalar(
        select(Moede)
        .where(Moede.gruppe_id == moede.gruppe_id, Moede.id != moede.id)
        .where(Moede.begyndt_at.is_not(None), Moede.start_at < moede.start_at)
        .order_by(Moede.start_at.desc(), Moede.id)
        .limit(1)
    )


def list_skrevne_moeder(gruppe: Laeringsgruppe, most: int = 5) -> list[Moede]:
    """The group's held meetings at which something was written together, the newest first."""
    now, written = clock.now(), select(SammenNr.moede_id)
    begun = db.session.scalars(
        select(Moede)
        .where(Moede.gruppe_id == gruppe.id, Moede.begyndt_at <= now, Moede.id.in_(written))
        .order_by(Moede.start_at.desc(), Moede.id)
        .limit(most + 1)
    )
    return [moede for moede in begun if rules.moede_tilstand(moede, now) == rules.SLUT][:most]

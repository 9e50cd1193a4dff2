"""Writing an organisation's manual, publishing it, and saying that one has read the limits of the role."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from supervision import clock, history
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import Manual, ManualLaest
from supervision.grupper.queries.manual import find_manualkladde, get_manual
from supervision.personer.models import Organisation, Person
from supervision.problems import NotAllowed, RuleBroken

SOMEBODY_ELSE = (
    "En anden har gemt kladden, mens du skrev. Kopiér dit eget, hent siden igen, og skriv det ind dér."
)


def save_manualkladde(
    organisation: Organisation, *, tekst: str, aendring: str, seen: datetime | None, by: Person
) -> Manual:
    """Write the draft of the next version. `organisation` is held.

    seen: `aendret_at` of the draft that was on the screen, None when there was none. Raises RuleBroken when somebody
    has saved another since; NotAllowed.
    """
    _check_may(organisation, by)
    cleaned, line = rules.check_manual(tekst, aendring)
    kladde, now = find_manualkladde(organisation.id), clock.now()
    if (kladde.aendret_at if kladde else None) != seen:
        raise RuleBroken(SOMEBODY_ELSE)
    if kladde is None:
        kladde = Manual(
            organisation_id=organisation.id,
            version=_last(organisation) + 1,
            oprettet_at=now,
            oprettet_af=by.id,
        )
        db.session.add(kladde)
    kladde.tekst, kladde.aendring, kladde.aendret_at = cleaned, line, now
    db.session.flush()
    history.note("gem_kladde", kladde, by=by.id)
    return kladde


def publish_manual(organisation: Organisation, *, seen: datetime | None, by: Person) -> Manual:
    """Let the draft be what everybody reads. `seen` as in `save_manualkladde`. Raises RuleBroken, NotAllowed."""
    _check_may(organisation, by)
    kladde = find_manualkladde(organisation.id)
    if kladde is None:
        raise RuleBroken("Der er ingen kladde at udgive. Hent siden igen.")
    if kladde.aendret_at != seen:
        raise RuleBroken("En anden har ændret kladden. Læs den igen, før du udgiver den.")
    kladde.udgivet_at, kladde.udgivet_af = clock.now(), by.id
    db.session.flush()
    history.note("udgiv", kladde, by=by.id)
    return kladde


def delete_manualkladde(organisation: Organisation, *, by: Person) -> None:
    """Throw the draft away. There is none: nothing. Raises NotAllowed."""
    _check_may(organisation, by)
    kladde = find_manualkladde(organisation.id)
    if kladde is not None:
        history.note("slet_kladde", kladde, by=by.id)
        db.session.delete(kladde)
        db.session.flush()


def confirm_read(organisation: Organisation, *, version: int, by: Person) -> None:
    """Say that one has read the limits in this version, which is the newest. Again: nothing. Raises RuleBroken.

    Two presses at once: `by` is held.
    """
    if version != get_manual(organisation.id).version:
        raise RuleBroken("Der er kommet en ny udgave af manualen. Læs grænserne i den, og bekræft så.")
    db.session.scalar(select(Person.id).where(Person.id == by.id).with_for_update())
    stands = select(ManualLaest.id).where(
        ManualLaest.person_id == by.id,
        ManualLaest.organisation_id == organisation.id,
        ManualLaest.version == version,
    )
    if db.session.scalar(stands) is not None:
        return
    row = ManualLaest(person_id=by.id, organisation_id=organisation.id, version=version, laest_at=clock.now())
    db.session.add(row)
    db.session.flush()
    history.note("laes_graenser", row, by=by.id)


def _last(organisation: Organisation) -> int:
    found = db.session.scalar(
        select(func.max(Manual.version)).where(Manual.organisation_id == organisation.id)
    )
    return found or 0


def _check_may(organisation: Organisation, by: Person) -> None:
    if not by.maa_rette_katalog(organisation.id):
        raise NotAllowed

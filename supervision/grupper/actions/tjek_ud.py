"""Tjek ud: a line in one of four boxes, taken back by whoever sent it, and what the group has to be aware of taken up.

Where the group wants it without names, nothing is written of who or when: no author, no moment, no history. Lines
are then shown some at a time, three senders or more together, so that nobody can see whose thumb it was.
"""

from __future__ import annotations

from uuid import UUID

from supervision import clock, history
from supervision.db import db
from supervision.grupper.models import Moede, TjekUd
from supervision.grupper.queries import tjek_ud as queries
from supervision.grupper.rules import sammen as rules
from supervision.laeringspil.actions import add_linje
from supervision.personer.models import Person
from supervision.problems import RuleBroken

MOST_EACH = 20


def send(moede: Moede, handling: rules.Handling, *, by: Person, kvittering: str) -> TjekUd:
    """A line in a box. Raises RuleBroken."""
    rules.check_felt(handling.felt, rules.TJEK_UD_BOKSE)
    tekst = rules.check_seddel(handling.tekst)
    rows = queries.select_rows(moede)
    if sum(queries.is_own(row, by, kvittering) for row in rows) >= MOST_EACH:
        raise RuleBroken(f"Du har sendt {MOST_EACH}. Tag en tilbage, hvis du vil skrive en ny.")
    if db.session.get(TjekUd, handling.seddel or handling.id) is not None:
        raise RuleBroken("Den er sendt allerede.")
    row = TjekUd(
        id=handling.seddel or handling.id,
        moede_id=moede.id,
        boks=handling.felt,
        tekst=tekst,
        forfatter_id=None if moede.tjek_ud_anonymt else by.id,
        kvittering=kvittering,
        vist=not moede.tjek_ud_anonymt,
    )
    db.session.add(row)
    if moede.tjek_ud_anonymt:
        _show_when_enough([*rows, row])
    else:
        history.note("send", row, by=by.id)
    db.session.flush()
    return row


def take_back(moede: Moede, tjek_ud_id: UUID | None, *, by: Person, kvittering: str) -> None:
    """Take one's own line away for good; one that is gone already is no matter. Raises RuleBroken: not one's own."""
    row = db.session.get(TjekUd, tjek_ud_id) if tjek_ud_id else None
    if row is None or row.moede_id != moede.id:
        return
    if not queries.is_own(row, by, kvittering):
        raise RuleBroken("Det er kun den, der har sendt den, der kan tage den tilbage, og fra samme enhed.")
    if row.forfatter_id is not None:
        history.note("tag_tilbage", row, by=by.id)
    db.session.delete(row)
    db.session.flush()


def take_up(row: TjekUd, *, by: Person, taget_op: bool) -> None:
    """The facilitator says that the group has taken a "Men" up, or that it has not after all."""
    if (row.taget_op is not None) != taget_op:
        row.taget_op = clock.today() if taget_op else None
        history.note("tag_op" if taget_op else "aabn", row, by=by.id)
    db.session.flush()


def put_in_laeringspil(row: TjekUd, *, by: Person) -> None:
    """Make the line one of one's own læringspil, as a færdighed. Raises RuleBroken when that has three."""
    add_linje(faerdighed=row.tekst, by=by)


def _show_when_enough(rows: list[TjekUd]) -> None:
    hidden = [row for row in rows if not row.vist]
    if len({row.kvittering for row in hidden}) >= rules.MINDST:
        for row in hidden:
            row.vist = True

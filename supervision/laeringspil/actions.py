"""Drawing the læringspil anew."""

from __future__ import annotations

from collections.abc import Sequence

from supervision import clock, history
from supervision.db import db
from supervision.laeringspil import queries, rules
from supervision.laeringspil.models import Laeringspil, LaeringspilLinje
from supervision.personer.models import Person


def draw_laeringspil(*, linjer: Sequence[rules.Linje], by: Person) -> Laeringspil:
    """Close the version before and open a new one; the same lines again change nothing.

    Returns the version that is current afterwards. Raises RuleBroken when the lines cannot be kept.
    """
    written = rules.check_linjer(linjer)
    current = queries.find_laeringspil(by, hold=True)
    if queries.list_linjer(current) == written:
        assert current is not None
        return current
    now = clock.now()
    if current:
        current.afloest_at = now
        db.session.flush()  # before the new one is written: only one at a time is current
    drawn = Laeringspil(person_id=by.id, oprettet_at=now, linjer=_rows(written))
    db.session.add(drawn)
    db.session.flush()
    history.note("tegnede_laeringspil", drawn, by=by.id)
    return drawn


def _rows(linjer: Sequence[rules.Linje]) -> list[LaeringspilLinje]:
    return [
        LaeringspilLinje(
            nr=nr,
            faerdighed=linje.faerdighed,
            situation=linje.situation,
            maade=linje.maade,
            effekt=linje.effekt,
            kendetegn_kode=linje.kendetegn_kode,
        )
        for nr, linje in enumerate(linjer, 1)
    ]

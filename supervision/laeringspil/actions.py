"""Drawing the læringspil anew."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from uuid import UUID, uuid4

from supervision import clock, history
from supervision.db import db
from supervision.laeringspil import queries, rules
from supervision.laeringspil.models import Laeringspil, LaeringspilLinje
from supervision.personer.models import Person
from supervision.problems import RuleBroken

ER_FULD = "Din læringspil har tre linjer. Ret den, før du lægger en til."


def draw_laeringspil(*, linjer: Sequence[rules.Linje], by: Person) -> Laeringspil:
    """Close the version before and open a new one; the same lines again change nothing.

    Returns the version that is current afterwards. Raises RuleBroken when the lines cannot be kept.
    """
    written = rules.check_linjer(linjer)
    current = queries.find_laeringspil(by, hold=True)
    before = queries.list_linjer(current)
    if before == written:
        assert current is not None
        return current
    now = clock.now()
    if current:
        current.afloest_at = now
        db.session.flush()  # before the new one is written: only one at a time is current
    drawn = Laeringspil(person_id=by.id, oprettet_at=now, linjer=_rows(rules.carry_ids(before, written)))
    db.session.add(drawn)
    db.session.flush()
    history.note("tegnede_laeringspil", drawn, by=by.id)
    return drawn


def add_linje(
    *, faerdighed: str, by: Person, fra_punkt: UUID | None = None, i_stedet_for: UUID | None = None
) -> Laeringspil:
    """Put one more færdighed at the foot of the arrow, to be worded further. What stands there stays as it is.

    A long text is cut at a word. fra_punkt: the point of feedback that it comes from; one that has become a line of
    the arrow is not put in again. i_stedet_for: the id of the line that it takes the place of.
    Raises RuleBroken when there are three lines already, or when the line to replace is not in the arrow.
    """
    current = queries.list_linjer(queries.find_laeringspil(by, hold=True))
    words = shorten(rules.clean_line(faerdighed), rules.TEKST_MAX, placeholder=" …")
    if any(linje.faerdighed == words or (fra_punkt and linje.fra_punkt == fra_punkt) for linje in current):
        return draw_laeringspil(linjer=current, by=by)
    made = rules.Linje(words, fra_punkt=fra_punkt, afloeser=i_stedet_for, er_ny=True)
    if i_stedet_for is None:
        if len(current) >= rules.LINJER_MAX:
            raise RuleBroken(ER_FULD)
        return draw_laeringspil(linjer=(*current, made), by=by)
    if i_stedet_for not in {linje.id for linje in current}:
        raise RuleBroken("Den linje står ikke i din læringspil mere. Vælg en anden.")
    return draw_laeringspil(linjer=[made if linje.id == i_stedet_for else linje for linje in current], by=by)


def _rows(linjer: Sequence[rules.Linje]) -> list[LaeringspilLinje]:
    return [
        LaeringspilLinje(
            nr=nr,
            faerdighed=linje.faerdighed,
            situation=linje.situation,
            maade=linje.maade,
            effekt=linje.effekt,
            kendetegn_kode=linje.kendetegn_kode,
            linje_id=linje.id or uuid4(),
            fra_punkt_id=linje.fra_punkt,
            afloeser_id=linje.afloeser,
        )
        for nr, linje in enumerate(linjer, 1)
    ]

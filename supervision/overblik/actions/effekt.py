"""Bringing in figures of effect; a file that is used twice changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from supervision import clock, history
from supervision.db import db
from supervision.overblik import rules
from supervision.overblik.models import Effekttal
from supervision.personer.models import Organisation, Person, Team


def bring_effekt(
    organisation: Organisation, *, teams: Mapping[str, Team], linjer: Sequence[rules.Effektlinje], by: Person
) -> int:
    """Write the lines, all of them; what stood for the same team, quarter and measure is replaced.

    teams: those that `by` may bring figures of (`list_teams_to_bring`). Returns how many figures there were.
    """
    made = 0
    for linje in linjer:
        team, key = teams[linje.team], {"aar": linje.kvartal.aar, "nr": linje.kvartal.nr}
        known = {
            row.maal: row for row in db.session.scalars(select(Effekttal).filter_by(team_id=team.id, **key))
        }
        for kode, vaerdi in linje.vaerdier.items():
            row = known.get(kode) or Effekttal(team_id=team.id, maal=kode, **key)
            row.hundrededele, row.antal = round(vaerdi * 100), linje.antal
            row.hentet_at, row.hentet_af = clock.now(), by.id
            db.session.add(row)
            made += 1
    db.session.flush()
    history.note("hentede_effekttal", organisation, by=by.id)
    return made

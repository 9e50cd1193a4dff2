"""Figures of effect that the teamledere bring in some weeks after each quarter."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from supervision import clock
from supervision.demo.houses import Byen
from supervision.demo.ids import numbered
from supervision.demo.opfoelgning import LEADERS, quarters
from supervision.demo.people import BY_KEY
from supervision.demo.runder import Tid
from supervision.overblik.actions import bring_effekt
from supervision.overblik.queries import list_teams_to_bring
from supervision.overblik.rules import Effektlinje

BEGINS = {
    "job_pr_uge": (1.9, 0.15),
    "faglig_mobilitet": (2.2, 0.1),
    "geografisk_km": (24.0, 1.5),
    "tilfredshed": (3.7, 0.05),
}
"""Measure -> (about what it is in the first quarter, about what comes to it each quarter)."""


def bring_all(byen: Byen, first: datetime, since: datetime | None, until: datetime) -> None:
    """What is brought in between two moments (since None: from the beginning)."""
    tid = Tid(since, until)
    for nr, kvartal in enumerate(quarters(first, until)):
        at = clock.from_local(kvartal.klar + timedelta(days=12), time(10))
        for leader in LEADERS if tid.has(at) else ():
            scope = f"effekt:{leader}:{kvartal.noegle}"
            chance = Random(scope)
            with clock.travel(at), numbered(scope):
                by = byen.people[leader]
                organisation, teams = list_teams_to_bring(by.organisation_id, viewer=by)
                vaerdier = {
                    maal: round(base + nr * step + chance.uniform(-2, 2) * step, 1)
                    for maal, (base, step) in BEGINS.items()
                    if maal != "tilfredshed" or BY_KEY[leader].hus == "fjordby"
                }
                [team] = teams
                linje = Effektlinje(team, kvartal, chance.randint(18, 60), vaerdier)
                bring_effekt(organisation, teams=teams, linjer=[linje], by=by)

"""What the organisations have decided about data, who has read who can see what, and one who has asked to be erased."""

from __future__ import annotations

from datetime import datetime, timedelta

from supervision import clock
from supervision.db import db
from supervision.demo.houses import ADMINISTRATOR, Byen
from supervision.demo.ids import numbered
from supervision.privacy import privacy_map
from supervision.rettigheder.actions.egne import acknowledge, ask_for_erasure
from supervision.rettigheder.actions.opbevaring import decide
from supervision.rettigheder.formats.fakta import udgave
from supervision.rettigheder.models import Databeskyttelse, Oplyst, Sletteanmodning
from supervision.rettigheder.views.administration import ELSEWHERE

KONTAKT = {
    "maja": "Databeskyttelsesrådgiver Hanne Gram, dpo@fjordby.example, 55 55 01 01",
    "nikolaj": "Databeskyttelsesrådgiver Ole Brandt, dpo@kompas.example",
}
"""Somebody of the organisation -> whom it says one can ask."""
HAR_IKKE_LAEST = ("yasmin", "dorthe")
"""They meet the page on their next sign-in."""
VIL_SLETTES = ("bo", "poul", "jeppe")
"""The first of them who is there."""
SINCE = timedelta(days=2)
"""How long ago they asked: there are days left to undo it."""


def decide_and_read(byen: Byen, first: datetime, until: datetime) -> None:
    """Once each; the request is made anew when the days to undo it are over, so that the demo always has one."""
    dage = {
        key: klasse.dage
        for key, klasse in privacy_map().klasser.items()
        if klasse.dage is not None and key not in ELSEWHERE
    }
    for key, kontakt in KONTAKT.items():
        if not {key, ADMINISTRATOR} <= byen.people.keys():
            continue
        organisation = byen.people[key].organisation
        if db.session.get(Databeskyttelse, organisation.id) is None:
            with clock.travel(first), numbered(f"opbevaring:{key}"):
                by = byen.people[ADMINISTRATOR]
                decide(organisation, dage=dage, kontakt=kontakt, fortrydelse=7, by=by)
    for key, person in byen.people.items():
        if key not in HAR_IKKE_LAEST and db.session.get(Oplyst, person.id) is None:
            with clock.travel(first):
                acknowledge(udgave=udgave(), by=person)
    _ask(byen, until)


def _ask(byen: Byen, until: datetime) -> None:
    person = next((byen.people[key] for key in VIL_SLETTES if key in byen.people), None)
    if person is None:
        return
    found = db.session.get(Sletteanmodning, person.id)
    if found is not None and found.tidligst_at <= until:
        db.session.delete(found)
        db.session.flush()
        found = None
    if found is None:
        with clock.travel(until - SINCE), numbered(f"slet:{until.date()}"):
            ask_for_erasure(by=person)

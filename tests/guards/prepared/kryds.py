"""The recorder's devices and files, the mending of a timeline, and what was used in a samtale."""

from __future__ import annotations

from uuid import UUID, uuid4

from agreed import add_kontrakt
from road import agreed, person, recorded

from prepared import House, Sent, ready
from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer import rules
from supervision.observationer.actions import devices, editing
from supervision.observationer.actions.registrering import note_samarbejde, note_used
from supervision.observationer.formats import kryds_fil
from supervision.observationer.models import Haendelse, Observation


@ready("observationer.brug_enhedslink")
def a_device_opened(house: House) -> Sent:
    """A code that nobody has used."""
    with house.rows():
        kontrakt = db.session.get_one(FeedbackKontrakt, add_kontrakt(house.world))
        _, token = devices.make_link(kontrakt=kontrakt, by=person(house.world.jonas))
    return Sent(house.stranger(), ids={"token": token}, traces=True)


@ready("observationer.gem_kryds")
def a_queue_from_a_file(house: House) -> Sent:
    """The file that a device saved its queue in."""
    with house.rows():
        kontrakt_id = add_kontrakt(house.world)
    now, kryds = clock.now(), rules.Haendelse(uuid4(), 1, 1000, "taler", "borger")
    content = kryds_fil.write(kontrakt=kontrakt_id, startet_at=now, gemt_at=now, haendelser=[kryds])
    return Sent(house.people["observatoer"], files={"fil": content})


def _just_ended(house: House) -> Observation:
    """Jonas' log, not handed over yet; inside `rows`."""
    return recorded(agreed(person(house.world.mette), person(house.world.jonas)), person(house.world.jonas))


@ready("observationer.saet_haendelse_ind")
def an_event_put_back(house: House) -> Sent:
    """A tick that Jonas has taken back."""
    with house.rows():
        log, jonas = _just_ended(house), person(house.world.jonas)
        kryds = db.session.query(Haendelse.id).filter_by(observation_id=log.id, spor="faerdighed").scalar()
        editing.take_haendelse_back(observation=log, haendelse_id=kryds, by=jonas)
        ids = {"observation_id": log.id, "haendelse_id": kryds}
    return Sent(house.people["observatoer"], ids=ids)


def _noted(house: House) -> dict[str, UUID]:
    """A number on a scale that Jonas has noted; inside `rows`."""
    made = note_used(
        observation=_just_ended(house),
        slags="skala",
        new_id=uuid4(),
        data={"interval": "1-10", "vaerdi": 4, "om": "tro"},
        by=person(house.world.jonas),
    )
    return {"registrering_id": made.id}


@ready("observationer.gem_rettet_brugt")
def what_was_used_changed(house: House) -> Sent:
    """A number on a scale, with another number."""
    with house.rows():
        ids = _noted(house)
    url, jonas = f"/registreringer/{ids['registrering_id']}", house.people["observatoer"]
    stands = house.standing(jonas, url, "observationer.gem_rettet_brugt")
    return Sent(jonas, {**stands, "vaerdi": "7"}, ids, asks=("grunde", "naeste", "tid"))


@ready("observationer.fjern_brugt")
def what_was_used_taken_away(house: House) -> Sent:
    """A number on a scale."""
    with house.rows():
        ids = _noted(house)
    return Sent(house.people["observatoer"], ids=ids)


def _shared(house: House, *, noted: bool) -> dict[str, UUID]:
    """A fællessamtale whose log Mette has been given; inside `rows`."""
    log, mette = _just_ended(house), person(house.world.mette)
    assert log.kontrakt is not None
    log.kontrakt.samtale.type, log.overdraget_at = "faellessamtale", clock.now()
    db.session.flush()
    if noted:
        note_samarbejde(observation=log, data={"maal": "ja"}, by=mette)
    return {"observation_id": log.id}


@ready("observationer.gem_samarbejde")
def the_seven_elements_noted(house: House) -> Sent:
    """Nothing noted yet."""
    with house.rows():
        ids = _shared(house, noted=False)
    url, mette = f"/observationer/{ids['observation_id']}/samarbejde", house.people["ejer"]
    stands = house.standing(mette, url, "observationer.gem_samarbejde")
    return Sent(mette, {**stands, "maal": "ja", "viden": "delvist"}, ids)


@ready("observationer.vis_samarbejde")
def the_seven_elements_shown(house: House) -> Sent:
    """Noted, and seen by nobody else."""
    with house.rows():
        ids = _shared(house, noted=True)
    return Sent(house.people["ejer"], {"vis": "ja"}, ids)


@ready("observationer.fjern_samarbejde")
def the_seven_elements_taken_away(house: House) -> Sent:
    """Noted."""
    with house.rows():
        ids = _shared(house, noted=True)
    return Sent(house.people["ejer"], ids=ids)

"""Kontrakter for the tests of the recorder: written straight into the database, agreed or not."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from people import World

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, Fokuspunkt, KontraktJa, KontraktKendetegn, Samtale
from supervision.db import db
from supervision.katalog.content import load_katalog

SKABELON = "frederikshavn_borger"
ELEMENT = "kontrakt.formaal"
FOKUS = "Om jeg lader borgeren tale ud"


def add_kontrakt(
    world: World,
    *,
    fokusperson: str = "mette",
    observatoer: str = "jonas",
    yes: tuple[str, ...] = ("mette", "jonas"),
    parter: tuple[str, ...] = ("medarbejder", "borger"),
    skabelon: str = SKABELON,
) -> UUID:
    """A kontrakt from a skabelon with one focus, 45 minutes, starting now; the running session is flushed."""
    katalog = load_katalog()
    palette = next(found for found in katalog.skabeloner if found.key == skabelon)
    by = world.people[fokusperson]
    samtale = Samtale(
        organisation_id=world.organisations["jobcenter"],
        type="individuel",
        form="fysisk",
        starter_at=clock.now() + timedelta(minutes=1),
        laengde_min=45,
        oprettet_af=by,
    )
    kontrakt = FeedbackKontrakt(
        organisation_id=world.organisations["jobcenter"],
        samtale=samtale,
        fokusperson_id=by,
        observatoer_id=world.people[observatoer],
        gm_variant=palette.gm_variant,
        skabelon=palette.key,
        parter=list(parter),
        borger_ja=True,
        oprettet_af=by,
        aendret_af=by,
        fokuspunkter=[Fokuspunkt(nr=1, tekst=FOKUS)],
        kendetegn=[
            KontraktKendetegn(nr=nr, kode=kode, kort=katalog.navn(kode), tekst=katalog.tekst(kode))
            for nr, kode in enumerate(palette.kendetegn, 1)
        ],
        jaer=[KontraktJa(person_id=world.people[name], udgave=1, at=clock.now()) for name in yes],
    )
    db.session.add(kontrakt)
    db.session.flush()
    return kontrakt.id

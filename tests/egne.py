"""Own content for the tests: drafts that can be published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from people import World

from supervision.db import db
from supervision.katalog import actions
from supervision.katalog.models import EgetIndhold
from supervision.personer.models import Organisation, Person


def editor(world: World) -> Person:
    """Whoever may change every organisation's catalogue."""
    return db.session.get_one(Person, world.administrator)


def house(world: World, key: str = "jobcenter") -> Organisation:
    """An organisation in the running session."""
    return db.session.get_one(Organisation, world.organisations[key])


def copied(world: World, slags: str, key: str, house_key: str = "jobcenter", **change: Any) -> EgetIndhold:
    """A draft of a copy, with fields of its content changed."""
    row = actions.copy_original(house(world, house_key), by=editor(world), slags=slags, key=key)
    actions.save_kladde(row, by=editor(world), indhold={**row.indhold, **change})
    return row


def renamed(row: EgetIndhold, kode: str, **words: Any) -> dict[str, Any]:
    """The content of a method's draft with other words at one kendetegn."""
    tegn = [{**one, **words} if one["kode"] == kode else one for one in row.indhold["kendetegn"]]
    return {**row.indhold, "kendetegn": tegn}


def new_metode(world: World, navn: str = "Vores kaffesnak", kode: str = "egen_0000000a") -> EgetIndhold:
    """A draft of a method without an original, ready to be published."""
    row = actions.begin_metode(
        house(world), by=editor(world), navn=navn, kategori="motiverende", retning="borger", type="haendelse"
    )
    whole = {
        **row.indhold,
        "trin": ["Byd indenfor", "Spørg til ugen"],
        "faldgruber": ["Snakken bliver hele samtalen"],
        "kendetegn": [{"kode": kode, "kort": "Spørger til ugen", "tekst": "Spørger, hvordan ugen har været"}],
    }
    actions.save_kladde(row, by=editor(world), indhold=whole)
    return row


def published(world: World, row: EgetIndhold, aendret: str = "Vores egne ord") -> UUID:
    """The draft, published."""
    actions.publish(row, by=editor(world), aendret=aendret)
    return row.id

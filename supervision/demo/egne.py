"""What the demo's jobcenter has made its own in the catalogue: published, rewritten, begun, and taken out of use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from supervision import clock
from supervision.db import db
from supervision.demo.forloeb import Forloeb
from supervision.demo.houses import ADMINISTRATOR, Byen
from supervision.demo.ids import id_of, numbered, row_id
from supervision.katalog import actions, queries
from supervision.katalog.models import EgetIndhold
from supervision.katalog.rules import Skabelon
from supervision.katalog.rules.egne import METODE, SKABELON, UDGIVET, own_name

BESOEG = "egne:besoeg"
"""The own skabelon, which stands in for the product's at a meeting with a company."""
BESOEG_FOR = ("frederikshavn_virksomhed", "virksomhed")
"""(the skabelon that it was copied from, the kind of samtale that uses it)."""
HIDDEN = "rebild_model"
WEEK = timedelta(weeks=1)

BEFORE, NEW, FIRST_BESOEG, WEEKLY, RETIRED, SECOND_BESOEG, DRAFT = -2, 3, 5, 7, 39, 42, 55
"""The week, counted from the demo's first, in which each thing happens."""


def make_egne(byen: Byen, first: date) -> None:
    """All of it, at its time; nothing when it is there."""
    if db.session.get(EgetIndhold, row_id("egne:noegleord", "eget_indhold")) is not None:
        return
    _own_words(byen, first)
    _own_metode(byen, first)
    _besoeg(byen, first)
    _retired(byen, first)
    with _at(byen, first, DRAFT, "egne:kladde"):
        draft = _copy(byen, SKABELON, "cabi_9_trin")
        words = {"timeout": "Pause", "afslutning": "Rund af"}
        _write(
            byen, draft, navn="Første samtale i Fjordby", ord=words, kendetegn=draft.indhold["kendetegn"][:9]
        )


def find_own_skabelon(plan: Forloeb, organisation_id: UUID) -> Skabelon | None:
    """The own skabelon in the version that was there at the time; None when the samtale is of another kind or house."""
    if plan.slags != BESOEG_FOR[1]:
        return None
    row = db.session.scalar(
        select(EgetIndhold)
        .where(
            EgetIndhold.organisation_id == organisation_id,
            EgetIndhold.key == own_name(row_id(BESOEG, "eget_indhold").hex),
            EgetIndhold.tilstand == UDGIVET,
            EgetIndhold.udgivet_at <= clock.now(),
        )
        .order_by(EgetIndhold.version.desc())
        .limit(1)
    )
    return queries.skabelon_udgave(organisation_id, row.key, row.version) if row else None


def _own_words(byen: Byen, first: date) -> None:
    """A method in the house's own words, with a kendetegn more; and one that nobody there uses."""
    with _at(byen, first, BEFORE, "egne:noegleord"):
        row = _copy(byen, METODE, "noegleord")
        more = {
            "kode": _kode("noegleord"),
            "kort": "Skriver ordet op",
            "tekst": "Skriver borgerens ord op, så begge kan se det",
            "som": "no_spoerger",
        }
        tegn = [
            {**one, "kort": "Siger ordet igen"} if one["kode"] == "no_gentager" else one
            for one in row.indhold["kendetegn"]
        ]
        tegn = [{**one, "skjult": True} if one["kode"] == "no_ordet" else one for one in tegn]
        _write(byen, row, kendetegn=[*tegn, more])
        _publish(byen, row, "Vores ord for at gentage, og et nyt kendetegn: ordet bliver skrevet op")
    with _at(byen, first, BEFORE, "egne:skjult"):
        palle = byen.people[ADMINISTRATOR]
        actions.hide_original(palle.organisation, by=palle, slags=METODE, key=HIDDEN)


def _own_metode(byen: Byen, first: date) -> None:
    """A method of the house's own, with three kendetegn that stand nowhere else."""
    with _at(byen, first, NEW, "egne:ankomst"):
        row = _begin(byen, "En god ankomst", "samtalestyring")
        _write(
            byen,
            row,
            trin=["Hent borgeren i venterummet", "Vis, hvor I skal sidde", "Sig, hvor lang tid I har"],
            faldgruber=["Begynder på sagen, før borgeren har sat sig"],
            note="Vi aftalte den, da vi flyttede ind i de nye samtalerum.",
            kendetegn=[
                _tegn("henter", "Henter selv", "Går ud i venterummet og hilser ved navn"),
                _tegn("plads", "Viser til rette", "Viser, hvor borgeren kan sidde og lægge jakken"),
                _tegn("tid", "Siger, hvor længe", "Siger, hvor lang tid der er, før de begynder"),
            ],
        )
        _publish(byen, row, "Ny metode: sådan tager vi imod")


def _besoeg(byen: Byen, first: date) -> None:
    """The own skabelon, and most of a year later its second version."""
    with _at(byen, first, FIRST_BESOEG, BESOEG):
        row = _copy(byen, SKABELON, BESOEG_FOR[0])
        _write(
            byen,
            row,
            navn="Virksomhedsbesøg i Fjordby",
            beskrivelse="Besøget hos en virksomhed i kommunen: behov før ordning, og en næste kontakt i kalenderen.",
            ord={**row.indhold["ord"], "tredje": "Firmaet"},
        )
        _publish(byen, row, "Vores egne ord til besøg ude i byen")
    with _at(byen, first, SECOND_BESOEG, f"{BESOEG}:2"):
        second = actions.begin_version(row, by=byen.people[ADMINISTRATOR])
        ord = {**second.indhold["ord"], "tredje": "Arbejdspladsen", "timeout": "Pause"}
        koder = second.indhold["kendetegn"]
        _write(byen, second, ord=ord, kendetegn=[koder[1], koder[0], *koder[2:11]])
        _publish(byen, second, "Arbejdspladsen i stedet for firmaet, og behovet kommer først")


def _retired(byen: Byen, first: date) -> None:
    """A method that was tried and taken out of use again."""
    with _at(byen, first, WEEKLY, "egne:ugens"):
        row = _begin(byen, "Ugens spørgsmål", "undersoegende")
        _write(
            byen,
            row,
            trin=["Vælg et spørgsmål om mandagen", "Stil det i hver samtale"],
            faldgruber=["Spørgsmålet bliver stillet, selv om det ikke passer ind"],
            kendetegn=[_tegn("ugens", "Ugens spørgsmål", "Stiller det spørgsmål, teamet har valgt for ugen")],
        )
        _publish(byen, row, "Et forsøg i efteråret")
    with _at(byen, first, RETIRED, "egne:ugens:ud"):
        actions.retire(row, by=byen.people[ADMINISTRATOR])


@contextmanager
def _at(byen: Byen, first: date, week: int, scope: str) -> Iterator[None]:
    """A Tuesday morning of that week, with the ids of this scope."""
    day = first + week * WEEK + timedelta(days=1)
    with clock.travel(clock.from_local(day, time(10, 15))), numbered(scope):
        yield


def _copy(byen: Byen, slags: str, key: str) -> EgetIndhold:
    palle = byen.people[ADMINISTRATOR]
    return actions.copy_original(palle.organisation, by=palle, slags=slags, key=key)


def _begin(byen: Byen, navn: str, kategori: str) -> EgetIndhold:
    palle = byen.people[ADMINISTRATOR]
    return actions.begin_metode(
        palle.organisation, by=palle, navn=navn, kategori=kategori, retning="borger", type="haendelse"
    )


def _write(byen: Byen, row: EgetIndhold, **fields: Any) -> None:
    actions.save_kladde(row, by=byen.people[ADMINISTRATOR], indhold={**row.indhold, **fields})


def _publish(byen: Byen, row: EgetIndhold, aendret: str) -> None:
    actions.publish(row, by=byen.people[ADMINISTRATOR], aendret=aendret)


def _tegn(word: str, kort: str, tekst: str) -> dict[str, str]:
    return {"kode": _kode(word), "kort": kort, "tekst": tekst}


def _kode(word: str) -> str:
    return own_name(id_of("kendetegn", word).hex)

"""Reading kontrakter: always through the two who made them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from supervision import clock
from supervision.aftaler import rules
from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.aftaler.rules.kalender import Begivenhed, begivenheder
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.katalog.queries import skabelon_udgave
from supervision.katalog.rules import TILSKUER_TIMEOUT, GmVariant, Skabelon
from supervision.personer.models import Person
from supervision.personer.queries import ord_of
from supervision.personer.rules.ordvalg import Ordvalg
from supervision.problems import NotFound

_PEOPLE = (joinedload(FeedbackKontrakt.fokusperson), joinedload(FeedbackKontrakt.observatoer))
_STATE = (selectinload(FeedbackKontrakt.fokuspunkter), selectinload(FeedbackKontrakt.jaer))
"""What `rules.tilstand` goes by."""
_KALENDERKILDER: list[Callable[[Person, datetime], list[Begivenhed]]] = []


@dataclass(frozen=True, slots=True)
class Anden:
    """Another kontrakt of the same samtale, as those who are in the room may know of it: who, and nothing else.

    kontrakt_id: only for whoever is one of its two. ord: the sentence about it. ejer: the name that tells it
    from the own one, as an owner ("Ingers").
    """

    kontrakt_id: UUID | None
    ord: str
    ejer: str


def get_kontrakt(kontrakt_id: UUID, *, viewer: Person) -> FeedbackKontrakt:
    """A kontrakt that the viewer is one of the two in, with all that hangs on it. Raises NotFound."""
    kontrakt = db.session.scalar(_own(viewer).where(FeedbackKontrakt.id == kontrakt_id))
    if kontrakt is None:
        raise NotFound
    return kontrakt


def get_kontrakt_to_change(kontrakt_id: UUID, *, viewer: Person) -> FeedbackKontrakt:
    """As `get_kontrakt`, with all kontrakter of its samtale held until the commit, in the order of their ids.

    Two who change at once wait for each other, also when they come from two kontrakter of one samtale.
    """
    own = aliased(FeedbackKontrakt)
    samtale = select(own.samtale_id).where(own.id == kontrakt_id, _is_one_of_the_two(viewer, own))
    _hold(
        select(FeedbackKontrakt.id)
        .where(FeedbackKontrakt.samtale_id == samtale.scalar_subquery())
        .order_by(FeedbackKontrakt.id)
    )
    return get_kontrakt(kontrakt_id, viewer=viewer)


def get_kontrakt_to_record(kontrakt_id: UUID, *, viewer: Person, whole: bool = True) -> FeedbackKontrakt:
    """A kontrakt that the viewer observes by and that both have agreed to, held until the commit.

    Only this one: the ticks of two observatører of one samtale do not wait for each other. whole=False leaves out what
    ticks do not need (people, focus, the samtale, what can be ticked): it is loaded when asked for.
    Raises NotFound for anybody but the observatør, RuleBroken when it is not ready.
    """
    kontrakt = db.session.scalar(
        _lean(),
        {"kontrakt_id": kontrakt_id, "observatoer_id": viewer.id},
        execution_options={"populate_existing": True},
    )
    if kontrakt is None:
        raise NotFound
    if whole:
        kontrakt = get_kontrakt(kontrakt_id, viewer=viewer)
    rules.check_can_record(kontrakt)
    return kontrakt


def list_kontrakter(*, viewer: Person, kendetegn: bool = False) -> list[FeedbackKontrakt]:
    """All kontrakter of the viewer in either role, in the order of the clock. kendetegn: with what can be ticked."""
    ordered = (
        select(FeedbackKontrakt)
        .join(FeedbackKontrakt.samtale)
        .where(_is_one_of_the_two(viewer, FeedbackKontrakt))
        .options(contains_eager(FeedbackKontrakt.samtale), *_PEOPLE, *_STATE)
        .options(*([selectinload(FeedbackKontrakt.kendetegn)] if kendetegn else []))
        .order_by(Samtale.starter_at, FeedbackKontrakt.id)
    )
    return list(db.session.scalars(ordered))


def list_andre(kontrakt: FeedbackKontrakt) -> list[FeedbackKontrakt]:
    """The samtale's other kontrakter, withdrawn ones too, in the order they were made.

    For the rules alone: what a person may know of them is `list_i_samme_samtale`.
    """
    found = (
        select(FeedbackKontrakt)
        .where(FeedbackKontrakt.samtale_id == kontrakt.samtale_id, FeedbackKontrakt.id != kontrakt.id)
        .options(*_PEOPLE, selectinload(FeedbackKontrakt.jaer))
        .order_by(FeedbackKontrakt.oprettet_at, FeedbackKontrakt.id)
    )
    return list(db.session.scalars(found))


def list_fokuspersoner(samtale_id: UUID) -> list[Person]:
    """Those who hold the samtale, as its open kontrakter say: names for whoever has a part in one of them."""
    found = (
        select(Person)
        .join(FeedbackKontrakt, FeedbackKontrakt.fokusperson_id == Person.id)
        .where(FeedbackKontrakt.samtale_id == samtale_id, FeedbackKontrakt.trukket_at.is_(None))
        .order_by(FeedbackKontrakt.oprettet_at, FeedbackKontrakt.id)
    )
    return list(dict.fromkeys(db.session.scalars(found)))


def list_i_samme_samtale(
    kontrakter: Iterable[FeedbackKontrakt], *, viewer: Person
) -> dict[UUID, list[Anden]]:
    """Kontrakt id -> the others of its samtale, for those that have others; one question for them all.

    kontrakter: loaded through what the viewer may see. Withdrawn ones are left out, and so is what never came
    to anything once the samtale is over.
    """
    shared = (
        select(FeedbackKontrakt.samtale_id)
        .where(FeedbackKontrakt.samtale_id.in_({kontrakt.samtale_id for kontrakt in kontrakter}))
        .group_by(FeedbackKontrakt.samtale_id)
        .having(func.count() > 1)
    )
    rows = db.session.scalars(
        select(FeedbackKontrakt)
        .where(FeedbackKontrakt.samtale_id.in_(shared), FeedbackKontrakt.trukket_at.is_(None))
        .options(*_PEOPLE, joinedload(FeedbackKontrakt.samtale), selectinload(FeedbackKontrakt.jaer))
        .order_by(FeedbackKontrakt.oprettet_at, FeedbackKontrakt.id)
    )
    together: dict[UUID, list[FeedbackKontrakt]] = defaultdict(list)
    for row in rows:
        together[row.samtale_id].append(row)
    return {
        kontrakt.id: andre
        for kontrakt in kontrakter
        if (andre := _andre(kontrakt, together.get(kontrakt.samtale_id, []), viewer))
    }


def list_begivenheder(*, viewer: Person) -> list[Begivenhed]:
    """The viewer's own samtaler, and what other features have planned for them, in the order of the clock."""
    now = clock.now()
    found = begivenheder(list_kontrakter(viewer=viewer), viewer.id, now)
    for kilde in _KALENDERKILDER:
        found += kilde(viewer, now)
    return sorted(found, key=lambda one: (one.starter_at, one.samtale_id))


def add_kalenderkilde(kilde: Callable[[Person, datetime], list[Begivenhed]]) -> None:
    """Let a feature to the right put its own times into a person's calendar: times only. Twice does nothing.

    kilde: the person and the moment -> their times from `rules.kalender.TILBAGE` back to `FREM` ahead.
    """
    if kilde not in _KALENDERKILDER:
        _KALENDERKILDER.append(kilde)


def modpart(kontrakt: FeedbackKontrakt, *, viewer: Person) -> Person:
    """The other of the two."""
    return kontrakt.observatoer if viewer.id == kontrakt.fokusperson_id else kontrakt.fokusperson


def read_trin(kontrakt: FeedbackKontrakt) -> dict[str, rules.Trin]:
    """The four steps as they are stored, by the step's key."""
    return {
        "samtalen": _read_samtalen(kontrakt),
        "fokus": rules.FokusTrin.of(
            [(punkt.tekst, punkt.princip_id) for punkt in kontrakt.fokuspunkter],
            [punkt.linje_id for punkt in kontrakt.fokuspunkter],
        ),
        "kendetegn": rules.KendetegnTrin(
            tuple(tegn.kode for tegn in kontrakt.kendetegn),
            kontrakt.gm_variant,
            kontrakt.skabelon,
            kontrakt.gm_version,
            kontrakt.skabelon_version,
        ),
        "aftaler": rules.AftaleTrin(
            udenfor=kontrakt.udenfor,
            plads=kontrakt.plads,
            praesentation=kontrakt.praesentation,
            borger_ja=kontrakt.borger_ja,
            fortolkning_tilladt=kontrakt.fortolkning_tilladt,
            gode_raad_tilladt=kontrakt.gode_raad_tilladt,
            feedback_hvornaar=kontrakt.feedback_hvornaar,
            feedback_min=kontrakt.feedback_min,
        ),
    }


def content_version(kontrakt: FeedbackKontrakt) -> str:
    """The fingerprint of the whole content: a yes names the one that was read."""
    return rules.fingerprint(*read_trin(kontrakt).values())


def gm_navn(kontrakt: FeedbackKontrakt) -> str:
    """The name of the kontrakt's GameMaster variant."""
    variant = gamemaster(kontrakt)
    return variant.navn if variant else kontrakt.gm_variant


def skabelon_of(kontrakt: FeedbackKontrakt) -> Skabelon | None:
    """The skabelon that the kontrakt began as, in the version it was made with."""
    if not kontrakt.skabelon:
        return None
    return skabelon_udgave(kontrakt.organisation_id, kontrakt.skabelon, kontrakt.skabelon_version)


def gamemaster(kontrakt: FeedbackKontrakt) -> GmVariant | None:
    """The kontrakt's GameMaster in the version it was made with, in the words of its skabelon when it has some.

    In a role play those who look on may ask for a timeout: then it can be told of the timeout.
    """
    variant = load_katalog().gm_variant(kontrakt.gm_variant, kontrakt.gm_version)
    skabelon = skabelon_of(kontrakt)
    if variant is None:
        return None
    if rules.samtaletype(kontrakt.samtale.type).tilskuere:
        variant = variant.with_element("timeout", TILSKUER_TIMEOUT)
    if skabelon is None or skabelon.gm_variant != variant.key:
        return variant
    return variant.in_words(skabelon.ord)


def part_navne(kontrakt: FeedbackKontrakt) -> dict[str, str]:
    """Code -> word for everybody whose talk time can be followed, as this kontrakt or its organisation calls them."""
    skabelon, samtale_type = skabelon_of(kontrakt), kontrakt.samtale.type
    ord = ord_of(kontrakt.organisation_id)
    return {
        part: (skabelon and skabelon.part_navn(part)) or ord.paa(rules.part_navn(part, samtale_type))
        for part in rules.TALER_PARTER
    }


def recorder_screen(kontrakt: FeedbackKontrakt) -> dict[str, object]:
    """What the recorder shows, exactly as it was agreed; ready for JSON.

    Keys: fokus [text]; parter [{kode, navn}]; kendetegn [{kode, kort, tekst}] (kort may hold soft hyphens);
    faser [{kode, navn, niveau: proces|indhold, elementer: [{kode, navn}]}]; laengde_min;
    starter_at (ISO 8601 with offset, Danish time); udenfor; samtaletype (in words);
    fokusperson_fornavn; observatoer_fornavn.
    """
    samtale, navne, ord = kontrakt.samtale, part_navne(kontrakt), ord_of(kontrakt.organisation_id)
    return {
        "fokus": [rules.med_princip(punkt.tekst, punkt.princip_tekst) for punkt in kontrakt.fokuspunkter],
        "parter": [{"kode": part, "navn": navne[part]} for part in kontrakt.parter],
        "faser": _screen_faser(gamemaster(kontrakt), ord),
        "kendetegn": [
            {"kode": tegn.kode, "kort": tegn.kort, "tekst": tegn.tekst} for tegn in kontrakt.kendetegn
        ],
        "laengde_min": samtale.laengde_min,
        "starter_at": clock.local(samtale.starter_at).isoformat(),
        "udenfor": kontrakt.udenfor,
        "samtaletype": ord.paa(rules.SAMTALE_TYPER[samtale.type]),
        "fokusperson_fornavn": kontrakt.fokusperson.fornavn,
        "observatoer_fornavn": kontrakt.observatoer.fornavn,
    }


def _andre(kontrakt: FeedbackKontrakt, together: list[FeedbackKontrakt], viewer: Person) -> list[Anden]:
    if kontrakt.trukket_at is not None:  # whoever left the room is told no more about it
        return []
    samtale = kontrakt.samtale
    over = samtale.starter_at + timedelta(minutes=samtale.laengde_min) < clock.now()
    found = []
    for other in together:
        mine = viewer.id in (other.fokusperson_id, other.observatoer_id)
        words = _about(kontrakt, other, viewer, over) if other.id != kontrakt.id else ""
        same = other.fokusperson_id == kontrakt.fokusperson_id
        owner = other.observatoer if same else other.fokusperson
        if words:
            found.append(Anden(other.id if mine else None, words, rules.ejefald(owner.fornavn)))
    return found


def _about(kontrakt: FeedbackKontrakt, other: FeedbackKontrakt, viewer: Person, over: bool) -> str:
    state, observing = rules.tilstand(other), other.observatoer.navn
    if other.fokusperson_id == kontrakt.fokusperson_id:
        return rules.observerer_ogsaa(observing, state, forbi=over)
    own = kontrakt.fokusperson
    with_whom = "dig" if own.id == viewer.id else own.fornavn
    return rules.holder_samtalen_med(other.fokusperson.navn, observing, with_whom, state, forbi=over)


def _hold(wanted: Select[UUID]) -> None:
    """Take the rows until the commit. Raises NotFound when there are none."""
    if not db.session.scalars(wanted.with_for_update()).all():
        raise NotFound


def _own(viewer: Person) -> Select[FeedbackKontrakt]:
    return (
        select(FeedbackKontrakt)
        .where(_is_one_of_the_two(viewer, FeedbackKontrakt))
        .options(
            joinedload(FeedbackKontrakt.samtale),
            *_PEOPLE,
            *_STATE,
            selectinload(FeedbackKontrakt.kendetegn),
        )
    )


@cache
def _lean() -> Select[FeedbackKontrakt]:
    """A kontrakt that somebody observes by, held until the commit. Written once: every batch of ticks asks it."""
    return (
        select(FeedbackKontrakt)
        .where(
            FeedbackKontrakt.id == bindparam("kontrakt_id"),
            FeedbackKontrakt.observatoer_id == bindparam("observatoer_id"),
        )
        .with_for_update(of=FeedbackKontrakt)
    )


def _is_one_of_the_two(viewer: Person, kontrakt: type[FeedbackKontrakt]) -> ColumnElement[bool]:
    return or_(kontrakt.fokusperson_id == viewer.id, kontrakt.observatoer_id == viewer.id)


def _read_samtalen(kontrakt: FeedbackKontrakt) -> rules.SamtaleTrin:
    samtale, starter = kontrakt.samtale, clock.local(kontrakt.samtale.starter_at)
    return rules.SamtaleTrin(
        type=samtale.type,
        form=samtale.form,
        dato=starter.date(),
        tid=starter.time(),
        laengde_min=samtale.laengde_min,
        sted=samtale.sted,
        forloeb_nr=samtale.forloeb_nr,
        slags=kontrakt.slags,
        maal=kontrakt.maal,
        redskaber=kontrakt.redskaber,
        bidrag=kontrakt.bidrag,
        parter=tuple(kontrakt.parter),
    )


def _screen_faser(variant: GmVariant | None, ord: Ordvalg) -> list[dict[str, object]]:
    return [
        {
            "kode": fase.kode,
            "navn": fase.navn,
            "niveau": "indhold" if fase.kode == "emne" else "proces",
            "elementer": [
                {"kode": element.kode, "navn": ord.paa(element.kort)} for element in fase.elementer
            ],
        }
        for fase in (variant.faser if variant else ())
    ]

"""Reading kontrakter: always through the two who made them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from supervision import clock
from supervision.aftaler import rules
from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.personer.models import Person
from supervision.problems import NotFound


def get_kontrakt(kontrakt_id: UUID, *, viewer: Person) -> FeedbackKontrakt:
    """A kontrakt that the viewer is one of the two in, with all that hangs on it. Raises NotFound."""
    kontrakt = db.session.scalar(_own(viewer).where(FeedbackKontrakt.id == kontrakt_id))
    if kontrakt is None:
        raise NotFound
    return kontrakt


def get_kontrakt_to_change(kontrakt_id: UUID, *, viewer: Person) -> FeedbackKontrakt:
    """As `get_kontrakt`, with the row held until the commit, so that two at once wait for each other."""
    held = (
        select(FeedbackKontrakt.id)
        .where(FeedbackKontrakt.id == kontrakt_id, _is_one_of_the_two(viewer))
        .with_for_update()
    )
    if db.session.scalar(held) is None:
        raise NotFound
    return get_kontrakt(kontrakt_id, viewer=viewer)


def get_kontrakt_to_record(kontrakt_id: UUID, *, viewer: Person) -> FeedbackKontrakt:
    """A kontrakt that the viewer observes by and that both have agreed to, held until the commit.

    Raises NotFound for anybody but the observatør, RuleBroken when it is not ready.
    """
    kontrakt = get_kontrakt_to_change(kontrakt_id, viewer=viewer)
    if kontrakt.observatoer_id != viewer.id:
        raise NotFound
    rules.check_can_record(kontrakt)
    return kontrakt


def list_kontrakter(*, viewer: Person) -> list[FeedbackKontrakt]:
    """All kontrakter of the viewer in either role, in the order of the clock."""
    ordered = _own(viewer).join(FeedbackKontrakt.samtale).order_by(Samtale.starter_at, FeedbackKontrakt.id)
    return list(db.session.scalars(ordered))


def modpart(kontrakt: FeedbackKontrakt, *, viewer: Person) -> Person:
    """The other of the two."""
    return kontrakt.observatoer if viewer.id == kontrakt.fokusperson_id else kontrakt.fokusperson


def read_trin(kontrakt: FeedbackKontrakt) -> dict[str, rules.Trin]:
    """The four steps as they are stored, by the step's key."""
    return {
        "samtalen": _read_samtalen(kontrakt),
        "fokus": rules.FokusTrin(tuple(punkt.tekst for punkt in kontrakt.fokuspunkter)),
        "kendetegn": rules.KendetegnTrin(
            tuple(tegn.kode for tegn in kontrakt.kendetegn), kontrakt.gm_variant, kontrakt.skabelon
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
    variant = load_katalog().gm_variant(kontrakt.gm_variant)
    return variant.navn if variant else kontrakt.gm_variant


def recorder_screen(kontrakt: FeedbackKontrakt) -> dict[str, object]:
    """What the recorder shows, exactly as it was agreed; ready for JSON.

    Keys: fokus [text]; parter [{kode, navn}]; kendetegn [{kode, kort, tekst}] (kort may hold soft hyphens);
    faser [{kode, navn, niveau: proces|indhold, elementer: [{kode, navn}]}]; laengde_min;
    starter_at (ISO 8601 with offset, Danish time); udenfor; samtaletype (in words);
    fokusperson_fornavn; observatoer_fornavn.
    """
    samtale = kontrakt.samtale
    return {
        "fokus": [punkt.tekst for punkt in kontrakt.fokuspunkter],
        "parter": [{"kode": part, "navn": rules.part_navn(part, samtale.type)} for part in kontrakt.parter],
        "faser": _screen_faser(kontrakt.gm_variant),
        "kendetegn": [
            {"kode": tegn.kode, "kort": tegn.kort, "tekst": tegn.tekst} for tegn in kontrakt.kendetegn
        ],
        "laengde_min": samtale.laengde_min,
        "starter_at": clock.local(samtale.starter_at).isoformat(),
        "udenfor": kontrakt.udenfor,
        "samtaletype": rules.SAMTALE_TYPER[samtale.type],
        "fokusperson_fornavn": kontrakt.fokusperson.fornavn,
        "observatoer_fornavn": kontrakt.observatoer.fornavn,
    }


def _own(viewer: Person) -> Select[FeedbackKontrakt]:
    return (
        select(FeedbackKontrakt)
        .where(_is_one_of_the_two(viewer))
        .options(
            joinedload(FeedbackKontrakt.samtale),
            joinedload(FeedbackKontrakt.fokusperson),
            joinedload(FeedbackKontrakt.observatoer),
            selectinload(FeedbackKontrakt.fokuspunkter),
            selectinload(FeedbackKontrakt.kendetegn),
            selectinload(FeedbackKontrakt.jaer),
        )
    )


def _is_one_of_the_two(viewer: Person) -> ColumnElement[bool]:
    return or_(FeedbackKontrakt.fokusperson_id == viewer.id, FeedbackKontrakt.observatoer_id == viewer.id)


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


def _screen_faser(gm_variant: str) -> list[dict[str, object]]:
    variant = load_katalog().gm_variant(gm_variant)
    return [
        {
            "kode": fase.kode,
            "navn": fase.navn,
            "niveau": "indhold" if fase.kode == "emne" else "proces",
            "elementer": [{"kode": element.kode, "navn": element.kort} for element in fase.elementer],
        }
        for fase in (variant.faser if variant else ())
    ]

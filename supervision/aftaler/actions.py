"""Making, changing, accepting, withdrawing and locking a kontrakt."""

from __future__ import annotations

from dataclasses import replace

from supervision import clock, history
from supervision.aftaler import queries, rules
from supervision.aftaler.models import FeedbackKontrakt, Fokuspunkt, KontraktJa, KontraktKendetegn, Samtale
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.personer.models import Person
from supervision.problems import RuleBroken

READ_AGAIN = "Kontrakten er blevet ændret, siden du åbnede siden. Læs den igen, før du siger ja."


def create_kontrakt(
    *, by: Person, fokusperson: Person, observatoer: Person, samtale: rules.SamtaleTrin
) -> FeedbackKontrakt:
    """A new kontrakt on a new samtale, in the fokusperson's organisation. Raises RuleBroken.

    `by` is one of the two. Whether they may sit in with each other is settled where the other is loaded, by
    `personer.queries.get_person`.
    """
    if by.id not in (fokusperson.id, observatoer.id) or fokusperson.id == observatoer.id:
        raise RuleBroken("En kontrakt er mellem dig og en kollega. Vælg en kollega.", "kollega")
    rules.check_trin(samtale, today=clock.today())
    now = clock.now()
    kontrakt = FeedbackKontrakt(
        organisation_id=fokusperson.organisation_id,
        samtale=Samtale(organisation_id=fokusperson.organisation_id, oprettet_at=now, oprettet_af=by.id),
        fokusperson=fokusperson,
        observatoer=observatoer,
        praesentation=rules.foreslaa_praesentation(observatoer.fornavn),
        oprettet_at=now,
        oprettet_af=by.id,
        aendret_at=now,
        aendret_af=by.id,
    )
    _write(kontrakt, samtale)
    db.session.add(kontrakt)
    db.session.flush()
    history.note("opret_kontrakt", kontrakt, by=by.id)
    return kontrakt


def change_kontrakt(kontrakt: FeedbackKontrakt, *, by: Person, to: rules.Trin) -> bool:
    """Write one step. True when a yes hung on what was changed: then `udgave` rises and both are asked again.

    The same content as before changes nothing. Raises RuleBroken: not open, or not allowed in a kontrakt.
    """
    rules.check_can_change(kontrakt)
    before = next(trin for trin in queries.read_trin(kontrakt).values() if type(trin) is type(to))
    if before == to:
        return False
    katalog = load_katalog()
    rules.check_trin(
        to,
        today=clock.today(),
        before=before,
        koder=known_koder() | {tegn.kode for tegn in kontrakt.kendetegn},
        varianter={variant.key for variant in katalog.gm_varianter},
    )
    asked_again = rules.gives_yes(kontrakt) and rules.asks_again(before, to)
    _write(kontrakt, to)
    kontrakt.udgave += asked_again
    kontrakt.aendret_at, kontrakt.aendret_af = clock.now(), by.id
    db.session.flush()
    if asked_again:  # a draft saved as it is written would fill the history with nothing
        history.note("ret_kontrakt", kontrakt, by=by.id)
    return asked_again


def take_skabelon(kontrakt: FeedbackKontrakt, *, by: Person, key: str) -> bool:
    """Put a skabelon's kendetegn, variant and parties in place of what stood. As `change_kontrakt`."""
    rules.check_can_change(kontrakt)
    skabelon = load_katalog().skabelon(key)
    if skabelon is None:
        raise RuleBroken("Skabelonen findes ikke. Vælg en fra listen.", "koder")
    samtalen = queries.read_trin(kontrakt)["samtalen"]
    assert isinstance(samtalen, rules.SamtaleTrin)
    parter = tuple(part for part in rules.TALER_PARTER if part in skabelon.parter)
    kendetegn = rules.KendetegnTrin(skabelon.kendetegn, skabelon.gm_variant, skabelon.key)
    parter_ask = change_kontrakt(kontrakt, by=by, to=replace(samtalen, parter=parter))
    return change_kontrakt(kontrakt, by=by, to=kendetegn) or parter_ask


def say_yes(kontrakt: FeedbackKontrakt, *, by: Person, seen: str | None = None) -> None:
    """Accept the kontrakt as it stands; a second yes to the same version does nothing.

    seen: `queries.content_version` of the page that was read. Raises RuleBroken when the content has changed
    since, when something is missing, or when it is locked or withdrawn.
    """
    rules.check_can_say_yes(kontrakt)
    if seen is not None and seen != queries.content_version(kontrakt):
        raise RuleBroken(READ_AGAIN)
    if rules.has_said_yes(kontrakt, by.id):
        return
    kontrakt.jaer.append(KontraktJa(person_id=by.id, udgave=kontrakt.udgave, at=clock.now()))
    db.session.flush()
    history.note("sig_ja", kontrakt, by=by.id)


def withdraw(kontrakt: FeedbackKontrakt, *, by: Person) -> None:
    """Take it back, as either may until the recorder starts; twice does nothing. Raises RuleBroken."""
    if kontrakt.trukket_at is not None:
        return
    rules.check_can_change(kontrakt)
    kontrakt.trukket_at, kontrakt.trukket_af = clock.now(), by.id
    db.session.flush()
    history.note("traek_kontrakt", kontrakt, by=by.id)


def lock_kontrakt(kontrakt: FeedbackKontrakt, *, by: Person) -> None:
    """The recorder was started: from now on the kontrakt stands. Twice does nothing.

    Raises RuleBroken when it is not ready.
    """
    rules.check_can_record(kontrakt)
    if kontrakt.laast_at is not None:
        return
    kontrakt.laast_at = clock.now()
    db.session.flush()
    history.note("laas_kontrakt", kontrakt, by=by.id)


def known_koder() -> set[str]:
    """The kendetegn that can be ticked while a samtale runs, the colleagues' own methods among them."""
    return {tegn.kode for tegn in load_katalog().observerbare(kollega=True)}


def _write(kontrakt: FeedbackKontrakt, trin: rules.Trin) -> None:
    if isinstance(trin, rules.SamtaleTrin):
        _write_samtalen(kontrakt, trin)
    elif isinstance(trin, rules.FokusTrin):
        kontrakt.fokuspunkter.clear()
        db.session.flush()
        kontrakt.fokuspunkter.extend(Fokuspunkt(nr=nr, tekst=tekst) for nr, tekst in enumerate(trin.fokus, 1))
    elif isinstance(trin, rules.KendetegnTrin):
        _write_kendetegn(kontrakt, trin)
    else:
        kontrakt.udenfor, kontrakt.plads = trin.udenfor, trin.plads
        kontrakt.praesentation, kontrakt.borger_ja = trin.praesentation, trin.borger_ja
        kontrakt.fortolkning_tilladt = trin.fortolkning_tilladt
        kontrakt.gode_raad_tilladt = trin.gode_raad_tilladt
        kontrakt.feedback_hvornaar, kontrakt.feedback_min = trin.feedback_hvornaar, trin.feedback_min


def _write_samtalen(kontrakt: FeedbackKontrakt, trin: rules.SamtaleTrin) -> None:
    samtale = kontrakt.samtale
    samtale.type, samtale.form = trin.type, trin.form
    samtale.starter_at = clock.from_local(trin.dato, trin.tid)
    samtale.laengde_min, samtale.sted, samtale.forloeb_nr = trin.laengde_min, trin.sted, trin.forloeb_nr
    kontrakt.slags, kontrakt.parter = trin.slags, list(trin.parter)
    kontrakt.maal, kontrakt.redskaber, kontrakt.bidrag = trin.maal, trin.redskaber, trin.bidrag


def _write_kendetegn(kontrakt: FeedbackKontrakt, trin: rules.KendetegnTrin) -> None:
    """Those that stood keep the words they were agreed with; new ones take the catalogue's."""
    katalog = load_katalog()
    words = {tegn.kode: (tegn.kort, tegn.tekst) for tegn in kontrakt.kendetegn}
    kontrakt.kendetegn.clear()
    db.session.flush()  # the old rows leave first: a kode stands once in a kontrakt
    for nr, kode in enumerate(trin.koder, 1):
        kort, tekst = words.get(kode) or (katalog.navn(kode), katalog.tekst(kode))
        kontrakt.kendetegn.append(KontraktKendetegn(nr=nr, kode=kode, kort=kort, tekst=tekst))
    kontrakt.gm_variant, kontrakt.skabelon = trin.gm_variant, trin.skabelon

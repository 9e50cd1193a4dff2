"""Changing a kontrakt while it is open: its steps, a skabelon, a method, the list of topics."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import zip_longest

from supervision import clock, history
from supervision.aftaler import queries, rules
from supervision.aftaler.actions.writing import known_koder, known_linjer, known_principper, write_trin
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries.dage import find_session_of
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.katalog.queries import katalog_of
from supervision.laeringspil.rules import Linje
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken


def change_kontrakt(kontrakt: FeedbackKontrakt, *, by: Person, to: rules.Trin) -> bool:
    """Write one step. True when a yes hung on what was changed: then `udgave` rises and both are asked again.

    What belongs to the samtale (`rules.FAELLES_FELTER`) is changed for all its kontrakter, and whoever had said yes
    to one of them is asked again. The same content as before changes nothing.
    Raises RuleBroken: not open, not allowed in a kontrakt, or another observatør has started on the samtale.
    """
    rules.check_can_change(kontrakt)
    before = next(trin for trin in queries.read_trin(kontrakt).values() if type(trin) is type(to))
    if isinstance(to, rules.KendetegnTrin):
        to = _with_versions(kontrakt, to)
    if before == to:
        return False
    _check_the_plan(kontrakt, before, to)
    katalog = katalog_of(kontrakt.organisation_id)
    rules.check_trin(
        to,
        today=clock.today(),
        before=before,
        koder=known_koder(kontrakt) | {tegn.kode for tegn in kontrakt.kendetegn},
        varianter={variant.key for variant in katalog.gm_varianter},
        principper=known_principper(kontrakt) if isinstance(to, rules.FokusTrin) else (),
        linjer=known_linjer(kontrakt, by) if isinstance(to, rules.FokusTrin) else (),
    )
    touched = [kontrakt, *_others_touched(kontrakt, before, to)]
    asked = [one for one in touched if rules.gives_yes(one) and rules.asks_again(before, to)]
    write_trin(kontrakt, to)
    for one in touched:
        one.udgave += one in asked
        one.aendret_at, one.aendret_af = clock.now(), by.id
    db.session.flush()
    for one in asked:  # a draft saved as it is written would fill the history with nothing
        history.note("ret_kontrakt", one, by=by.id)
    return bool(asked)


def take_skabelon(kontrakt: FeedbackKontrakt, *, by: Person, key: str) -> bool:
    """Put a skabelon's kendetegn, variant and parties in place of what stood. As `change_kontrakt`."""
    rules.check_can_change(kontrakt)
    katalog = katalog_of(kontrakt.organisation_id)
    skabelon = katalog.skabelon(key)
    if skabelon is None or not katalog.tilbyder(skabelon):
        raise RuleBroken("Skabelonen findes ikke. Vælg en fra listen.", "koder")
    samtalen = queries.read_trin(kontrakt)["samtalen"]
    assert isinstance(samtalen, rules.SamtaleTrin)
    present = rules.parter_i(samtalen.type, skabelon.parter)
    parter = tuple(part for part in rules.TALER_PARTER if part in present)
    variant = katalog.gm_variant(skabelon.gm_variant)
    kendetegn = rules.KendetegnTrin(
        katalog.palet(skabelon),
        skabelon.gm_variant,
        skabelon.key,
        variant.udgave.version if variant else None,
        skabelon.udgave.version,
    )
    parter_ask = change_kontrakt(kontrakt, by=by, to=replace(samtalen, parter=parter))
    return change_kontrakt(kontrakt, by=by, to=kendetegn) or parter_ask


def add_metode(kontrakt: FeedbackKontrakt, *, by: Person, key: str) -> tuple[int, int, bool]:
    """Put a method's kendetegn at the end of the palette, as far as there is room for them.

    Returns how many were put in, how many did not fit, and whether both are asked again. Those that stand there
    already, and those that cannot be ticked while a samtale runs, count in neither. Raises RuleBroken.
    """
    rules.check_can_change(kontrakt)
    katalog, known = katalog_of(kontrakt.organisation_id), known_koder(kontrakt)
    metode = katalog.metode(key)
    if metode is None or not katalog.tilbyder(metode):
        raise RuleBroken("Metoden findes ikke. Vælg en fra listen.", "koder")
    more = [tegn.kode for tegn in katalog.indhold(metode).kendetegn if tegn.kode in known]
    stands = queries.read_trin(kontrakt)["kendetegn"]
    assert isinstance(stands, rules.KendetegnTrin)
    koder, put, left = rules.add_to_palet(stands.koder, more, rules.KENDETEGN_MAX)
    return put, left, change_kontrakt(kontrakt, by=by, to=replace(stands, koder=koder))


def take_linje(kontrakt: FeedbackKontrakt, *, by: Person, linje: Linje) -> tuple[bool, bool]:
    """Make a line of the fokusperson's own læringspil a focus, and its kendetegn the last of the palette.

    Returns whether the kendetegn was put in, and whether both are asked again. What stands there already is left as
    it is, and so is a kendetegn that cannot be ticked or has no room. Raises NotAllowed for all but the fokusperson;
    RuleBroken when there is no room for the focus.
    """
    if by.id != kontrakt.fokusperson_id or linje.id is None:
        raise NotAllowed
    stands = queries.read_trin(kontrakt)
    fokus, kendetegn = stands["fokus"], stands["kendetegn"]
    assert isinstance(fokus, rules.FokusTrin)
    assert isinstance(kendetegn, rules.KendetegnTrin)
    after = rules.add_linje(fokus.med_linjer(), linje.faerdighed, linje.id)
    to = rules.FokusTrin.of(
        zip_longest([text for text, _ in after], fokus.principper), [known for _, known in after]
    )
    asked = change_kontrakt(kontrakt, by=by, to=to)
    wanted = [linje.kendetegn_kode] if linje.kendetegn_kode in known_koder(kontrakt) else []
    koder, put, _ = rules.add_to_palet(
        kendetegn.koder, [kode for kode in wanted if kode], rules.KENDETEGN_MAX
    )
    return bool(put), change_kontrakt(kontrakt, by=by, to=replace(kendetegn, koder=koder)) or asked


def plan_emner(kontrakt: FeedbackKontrakt, *, by: Person, koder: Collection[str]) -> None:
    """Tick what is planned to be on the list of topics, in place of what was ticked.

    It asks nobody for a new yes: the list is a help for the samtale, and no part of what is observed. The same ticks
    change nothing. Raises NotAllowed for all but the fokusperson; RuleBroken when somebody has started, when the
    samtale has no list, or when a code is not on it.
    """
    if by.id != kontrakt.fokusperson_id:
        raise NotAllowed
    for one in (kontrakt, *(andre for andre in queries.list_andre(kontrakt) if andre.trukket_at is None)):
        rules.check_can_change(one)
    samtale = kontrakt.samtale
    known = load_katalog().emnelister.emner_for(samtale.forloeb_nr)
    if not known or not rules.har_emneliste(samtale.forloeb_nr, samtale.type):
        raise RuleBroken(
            "Der er ingen emneliste til samtalen. Skriv først dens nummer i forløbet, fra 1 til 6."
        )
    planned = rules.planned(koder, [emne.kode for emne in known])
    if planned != samtale.emner:
        samtale.emner = planned
        db.session.flush()
        history.note("planlaeg_emner", samtale, by=by.id)


def _check_the_plan(kontrakt: FeedbackKontrakt, before: rules.Trin, to: rules.Trin) -> None:
    """The time of a session stands in the plan of its day. Raises RuleBroken (tid)."""
    if not isinstance(before, rules.SamtaleTrin) or not isinstance(to, rules.SamtaleTrin):
        return
    same = (before.dato, before.tid, before.laengde_min) == (to.dato, to.tid, to.laengde_min)
    if not same and find_session_of(kontrakt.id) is not None:
        raise RuleBroken(
            "Samtalen er en del af en supervisionsdag, så tiden står i dagsplanen. Bed supervisoren om at flytte den.",
            "tid",
        )


def _others_touched(kontrakt: FeedbackKontrakt, before: rules.Trin, to: rules.Trin) -> list[FeedbackKontrakt]:
    """The open kontrakter that share what is changed. Raises RuleBroken when it stands."""
    if not isinstance(before, rules.SamtaleTrin) or not isinstance(to, rules.SamtaleTrin):
        return []
    if not rules.changes_samtalen(before, to):
        return []
    andre = queries.list_andre(kontrakt)
    rules.check_samtalen_can_change(kontrakt, andre, before=before, after=to)
    return [one for one in andre if one.trukket_at is None]


def _with_versions(kontrakt: FeedbackKontrakt, trin: rules.KendetegnTrin) -> rules.KendetegnTrin:
    """The step with the versions that it leaves open: see `rules.KendetegnTrin`."""
    katalog = katalog_of(kontrakt.organisation_id)
    gm, skabelon = trin.gm_version, trin.skabelon_version
    if gm is None and trin.gm_variant == kontrakt.gm_variant:
        gm = kontrakt.gm_version
    if skabelon is None and trin.skabelon == kontrakt.skabelon:
        skabelon = kontrakt.skabelon_version
    variant, pack = katalog.gm_variant(trin.gm_variant), katalog.skabelon(trin.skabelon or "")
    return replace(
        trin,
        gm_version=gm or (variant.udgave.version if variant else 1),
        skabelon_version=(skabelon or pack.udgave.version) if pack else None,
    )

"""Making, changing, accepting, withdrawing and locking a kontrakt."""

from __future__ import annotations

from dataclasses import replace

from supervision import clock, history
from supervision.aftaler import queries, rules
from supervision.aftaler.models import FeedbackKontrakt, Fokuspunkt, KontraktJa, KontraktKendetegn, Samtale
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken

GM_FIRST = "gm_marselisborg"
"""The GameMaster of a kontrakt until one is chosen."""
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
    on = Samtale(organisation_id=fokusperson.organisation_id, oprettet_at=clock.now(), oprettet_af=by.id)
    kontrakt = _begin(on, fokusperson, observatoer, by)
    _write(kontrakt, samtale)
    return _added(kontrakt, by)


def add_observatoer(
    kontrakt: FeedbackKontrakt, *, by: Person, observatoer: Person, slags: str, kopier: bool = False
) -> FeedbackKontrakt:
    """A new kontrakt of the same samtale: the same fokusperson, one more observatør. Raises RuleBroken.

    Only the fokusperson adds an observatør: they are the one who is looked at, and an observatør cannot bring
    another one along. The new kontrakt waits for the yes of the two in it, like any other.
    kopier: take over focus, kendetegn and GameMaster; else they are chosen anew. `by` and observatoer may sit in
    with each other: see `create_kontrakt`.
    """
    check_open_to_more(kontrakt, by=by)
    made = _join(kontrakt, kontrakt.fokusperson, observatoer, by=by, slags=slags)
    if kopier:
        stands = queries.read_trin(kontrakt)
        for key in ("fokus", "kendetegn"):
            _write(made, stands[key], words_of=kontrakt)
    return _added(made, by)


def add_fokusperson(
    kontrakt: FeedbackKontrakt, *, by: Person, fokusperson: Person, observatoer: Person, slags: str
) -> FeedbackKontrakt:
    """A kontrakt for the second medarbejder in a fællessamtale, with an observatør of their own.

    It is a draft that belongs to those two: `by`, the first fokusperson, proposes it and cannot read it, and
    it comes to nothing without a yes from each of them. Nothing of the first kontrakt is taken over but the samtale
    and whose talk time is followed. Why it must be another observatør is told in `rules.samtalen`.
    Whether all three may sit in with each other is settled where they are loaded. Raises RuleBroken.
    """
    check_open_to_more(kontrakt, by=by)
    made = _join(kontrakt, fokusperson, observatoer, by=by, slags=slags)
    present = {*kontrakt.parter, "medarbejder2"}
    made.parter = [part for part in rules.TALER_PARTER if part in present]
    return _added(made, by)


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
    katalog = load_katalog()
    rules.check_trin(
        to,
        today=clock.today(),
        before=before,
        koder=known_koder() | {tegn.kode for tegn in kontrakt.kendetegn},
        varianter={variant.key for variant in katalog.gm_varianter},
    )
    touched = [kontrakt, *_others_touched(kontrakt, before, to)]
    asked = [one for one in touched if rules.gives_yes(one) and rules.asks_again(before, to)]
    _write(kontrakt, to)
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
    skabelon = load_katalog().skabelon(key)
    if skabelon is None:
        raise RuleBroken("Skabelonen findes ikke. Vælg en fra listen.", "koder")
    samtalen = queries.read_trin(kontrakt)["samtalen"]
    assert isinstance(samtalen, rules.SamtaleTrin)
    parter = tuple(part for part in rules.TALER_PARTER if part in skabelon.parter)
    variant = load_katalog().gm_variant(skabelon.gm_variant)
    kendetegn = rules.KendetegnTrin(
        skabelon.kendetegn,
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
    katalog, known = load_katalog(), known_koder()
    metode = katalog.metode(key)
    if metode is None:
        raise RuleBroken("Metoden findes ikke. Vælg en fra listen.", "koder")
    more = [tegn.kode for tegn in katalog.indhold(metode).kendetegn if tegn.kode in known]
    stands = queries.read_trin(kontrakt)["kendetegn"]
    assert isinstance(stands, rules.KendetegnTrin)
    koder, put, left = rules.add_to_palet(stands.koder, more, rules.KENDETEGN_MAX)
    return put, left, change_kontrakt(kontrakt, by=by, to=replace(stands, koder=koder))


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


def check_open_to_more(kontrakt: FeedbackKontrakt, *, by: Person) -> None:
    """Whether `by` may bring more people into the samtale now. Raises NotAllowed for all but the fokusperson.

    Raises RuleBroken when somebody has started, or the day is over.
    """
    if by.id != kontrakt.fokusperson_id:
        raise NotAllowed
    rules.check_open_to_more(
        kontrakt,
        queries.list_andre(kontrakt),
        dag=clock.local(kontrakt.samtale.starter_at).date(),
        today=clock.today(),
    )


def known_koder() -> set[str]:
    """The kendetegn that can be ticked while a samtale runs, the colleagues' own methods among them."""
    return {tegn.kode for tegn in load_katalog().observerbare(kollega=True)}


def _join(
    kontrakt: FeedbackKontrakt, fokusperson: Person, observatoer: Person, *, by: Person, slags: str
) -> FeedbackKontrakt:
    """One more kontrakt on the samtale, with the same parties."""
    samtale = kontrakt.samtale
    present = [kontrakt, *queries.list_andre(kontrakt)]
    rules.check_can_join(present, samtale_type=samtale.type, fokusperson=fokusperson, observatoer=observatoer)
    if slags not in rules.SLAGS:
        raise RuleBroken("Vælg en af mulighederne.", "slags")
    made = _begin(samtale, fokusperson, observatoer, by)
    made.slags, made.parter = slags, list(kontrakt.parter)
    return made


def _begin(samtale: Samtale, fokusperson: Person, observatoer: Person, by: Person) -> FeedbackKontrakt:
    """In the session, and flushed when it is written."""
    now, variant = clock.now(), load_katalog().gm_variant(GM_FIRST)
    made = FeedbackKontrakt(
        organisation_id=fokusperson.organisation_id,
        samtale=samtale,
        fokusperson=fokusperson,
        observatoer=observatoer,
        gm_variant=GM_FIRST,
        gm_version=variant.udgave.version if variant else 1,
        praesentation=rules.foreslaa_praesentation(observatoer.fornavn),
        oprettet_at=now,
        oprettet_af=by.id,
        aendret_at=now,
        aendret_af=by.id,
    )
    db.session.add(made)
    return made


def _added(kontrakt: FeedbackKontrakt, by: Person) -> FeedbackKontrakt:
    db.session.flush()
    history.note("opret_kontrakt", kontrakt, by=by.id)
    return kontrakt


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
    katalog = load_katalog()
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


def _write(kontrakt: FeedbackKontrakt, trin: rules.Trin, words_of: FeedbackKontrakt | None = None) -> None:
    if isinstance(trin, rules.SamtaleTrin):
        _write_samtalen(kontrakt, trin)
    elif isinstance(trin, rules.FokusTrin):
        kontrakt.fokuspunkter.clear()
        db.session.flush()
        kontrakt.fokuspunkter.extend(Fokuspunkt(nr=nr, tekst=tekst) for nr, tekst in enumerate(trin.fokus, 1))
    elif isinstance(trin, rules.KendetegnTrin):
        _write_kendetegn(kontrakt, trin, words_of or kontrakt)
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


def _write_kendetegn(
    kontrakt: FeedbackKontrakt, trin: rules.KendetegnTrin, words_of: FeedbackKontrakt
) -> None:
    """Those that stood keep the words they were agreed with; new ones, and a skabelon taken anew, the catalogue's."""
    katalog = load_katalog()
    taken = (trin.skabelon, trin.skabelon_version) != (words_of.skabelon, words_of.skabelon_version)
    words = {} if taken else {tegn.kode: (tegn.kort, tegn.tekst) for tegn in words_of.kendetegn}
    kontrakt.kendetegn.clear()
    db.session.flush()  # the old rows leave first: a kode stands once in a kontrakt
    for nr, kode in enumerate(trin.koder, 1):
        kort, tekst = words.get(kode) or (katalog.navn(kode), katalog.tekst(kode))
        kontrakt.kendetegn.append(KontraktKendetegn(nr=nr, kode=kode, kort=kort, tekst=tekst))
    kontrakt.gm_variant, kontrakt.gm_version = trin.gm_variant, trin.gm_version or 1
    kontrakt.skabelon, kontrakt.skabelon_version = trin.skabelon, trin.skabelon_version

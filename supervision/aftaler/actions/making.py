"""A new kontrakt: on a new samtale, or beside those of one."""

from __future__ import annotations

from supervision import clock, history
from supervision.aftaler import queries, rules
from supervision.aftaler.actions.writing import write_trin
from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.personer.models import Person
from supervision.personer.queries import ord_of
from supervision.problems import NotAllowed, RuleBroken

GM_FIRST = "gm_marselisborg"
"""The GameMaster of a kontrakt until one is chosen."""


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
    write_trin(kontrakt, samtale)
    return _added(kontrakt, by)


def create_planned(
    *, by: Person, fokusperson: Person, observatoer: Person, samtale: rules.SamtaleTrin
) -> FeedbackKontrakt:
    """As `create_kontrakt`, by whoever plans a supervision day; it is a draft that belongs to the two in it.

    Whether the three belong together is settled by the plan. Raises RuleBroken.
    """
    if fokusperson.id == observatoer.id:
        raise RuleBroken("Man kan ikke observere sig selv. Vælg en anden supervisor.", "supervisor")
    rules.check_trin(samtale, today=clock.today())
    on = Samtale(organisation_id=fokusperson.organisation_id, oprettet_at=clock.now(), oprettet_af=by.id)
    kontrakt = _begin(on, fokusperson, observatoer, by)
    write_trin(kontrakt, samtale)
    return _added(kontrakt, by)


def change_observatoer(kontrakt: FeedbackKontrakt, *, by: Person, observatoer: Person) -> FeedbackKontrakt:
    """The same samtale with another supervisor: what was written stays in the first kontrakt, which is taken back.

    The new one is a draft without focus, mål and kendetegn: they were told to the first observatør, and only the
    fokusperson hands them on (`take_words_over`). One that a plan took back is taken up again as it was, with the
    yeses to it; where one of the two took it back, both are asked again.
    """
    samtale, now = kontrakt.samtale, clock.now()
    if kontrakt.trukket_at is None:
        rules.check_can_change(kontrakt)
        kontrakt.trukket_at, kontrakt.trukket_af = now, by.id
    for known in queries.list_andre(kontrakt):
        if (known.fokusperson_id, known.observatoer_id) == (kontrakt.fokusperson_id, observatoer.id):
            known.udgave += _was_taken_back_by_one_of_the_two(known, by)
            known.trukket_at = known.trukket_af = None
            known.aendret_at, known.aendret_af = now, by.id
            return _added(known, by)
    made = _begin(samtale, kontrakt.fokusperson, observatoer, by)
    made.slags, made.parter, made.feedback_min = kontrakt.slags, list(kontrakt.parter), kontrakt.feedback_min
    return _added(made, by)


def take_words_over(kontrakt: FeedbackKontrakt, *, by: Person, fra: FeedbackKontrakt) -> None:
    """Put what the fokusperson wrote for another observatør of the samtale into this one. Raises RuleBroken."""
    if (
        by.id != kontrakt.fokusperson_id
        or fra.fokusperson_id != by.id
        or fra.samtale_id != kontrakt.samtale_id
    ):
        raise NotAllowed
    rules.check_can_change(kontrakt)
    stands = queries.read_trin(fra)
    for key in ("fokus", "kendetegn"):
        write_trin(kontrakt, stands[key], words_of=fra)
    kontrakt.maal, kontrakt.redskaber, kontrakt.bidrag = fra.maal, fra.redskaber, fra.bidrag
    kontrakt.udenfor, kontrakt.plads, kontrakt.borger_ja = fra.udenfor, fra.plads, fra.borger_ja
    kontrakt.udgave += rules.gives_yes(kontrakt)
    kontrakt.aendret_at, kontrakt.aendret_af = clock.now(), by.id
    db.session.flush()
    history.note("tog_ord_med", kontrakt, by=by.id)


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
            write_trin(made, stands[key], words_of=kontrakt)
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


def _was_taken_back_by_one_of_the_two(kontrakt: FeedbackKontrakt, by: Person) -> bool:
    """And not by whoever plans, who may be its observatør."""
    return kontrakt.trukket_af != by.id and kontrakt.trukket_af in (
        kontrakt.fokusperson_id,
        kontrakt.observatoer_id,
    )


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
    ord = ord_of(fokusperson.organisation_id)
    made = FeedbackKontrakt(
        organisation_id=fokusperson.organisation_id,
        samtale=samtale,
        fokusperson=fokusperson,
        observatoer=observatoer,
        gm_variant=GM_FIRST,
        gm_version=variant.udgave.version if variant else 1,
        praesentation=ord.paa(rules.foreslaa_praesentation(observatoer.fornavn)),
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

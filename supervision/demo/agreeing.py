"""The steps up to the samtale: the kontrakt is begun, written, agreed on, or taken back."""

from __future__ import annotations

from supervision import clock
from supervision.aftaler import actions, rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.demo.egne import find_own_skabelon
from supervision.demo.forloeb import Forloeb
from supervision.demo.ids import numbered
from supervision.demo.linjer import line_in_focus, with_kendetegn, with_line
from supervision.demo.played import PlayedOn
from supervision.demo.principper import tagged
from supervision.demo.samtalen import Samtalen
from supervision.demo.texts import in_house, load_texts
from supervision.katalog.content import load_katalog
from supervision.katalog.rules import Skabelon

NO_CITIZEN = ("oevelse", "kollegial", "virksomhed")
"""Kinds of samtaler without a citizen to ask."""


def begin(samtalen: Samtalen) -> None:
    """The first page of a kontrakt and nothing more; the fokusperson begins it."""
    if samtalen.kontrakt is not None:
        return
    with numbered(f"{samtalen.plan.key}:aftalt"):  # the kontrakt's id is the same however far it is taken
        samtalen.kontrakt = _join(samtalen) or actions.create_kontrakt(
            by=samtalen.fokusperson,
            fokusperson=samtalen.fokusperson,
            observatoer=samtalen.observatoer,
            samtale=_samtalen(samtalen.plan),
        )


def agree(samtalen: Samtalen) -> None:
    """The whole kontrakt, written by the fokusperson."""
    begin(samtalen)
    plan = samtalen.plan
    pack = find_own_skabelon(plan, samtalen.fokusperson.organisation_id) or _skabelon(plan)
    line = line_in_focus(samtalen)
    own = (_samtalen(plan),) if plan.sammen else ()  # mål and redskaber; the samtale itself stands already
    for trin in (
        *own,
        with_line(tagged(samtalen), line),
        rules.KendetegnTrin(
            with_kendetegn(plan.koder, line), pack.gm_variant, pack.key, None, pack.udgave.version
        ),
        _aftaler(plan, samtalen),
    ):
        actions.change_kontrakt(samtalen.get_kontrakt(), by=samtalen.fokusperson, to=trin)
    if plan.sammen is None:
        _plan_emner(samtalen)


def first_yes(samtalen: Samtalen) -> None:
    """The fokusperson says yes."""
    actions.say_yes(samtalen.get_kontrakt(), by=samtalen.fokusperson)


def second_yes(samtalen: Samtalen) -> None:
    """The observatør says yes."""
    actions.say_yes(samtalen.get_kontrakt(), by=samtalen.observatoer)


def withdraw(samtalen: Samtalen) -> None:
    """The fokusperson takes it back."""
    actions.withdraw(samtalen.get_kontrakt(), by=samtalen.fokusperson)


def _join(samtalen: Samtalen) -> FeedbackKontrakt | None:
    """One more kontrakt of a samtale that there is; None when it has a samtale of its own. Raises PlayedOn."""
    first = samtalen.plan.sammen
    if first is None:
        return None
    kontrakt = db.session.get(FeedbackKontrakt, first.kontrakt_id)
    if kontrakt is None:
        raise PlayedOn
    slags = "supervision" if samtalen.plan.supervision else "kollegial"
    if kontrakt.fokusperson_id == samtalen.fokusperson.id:
        return actions.add_observatoer(
            kontrakt, by=samtalen.fokusperson, observatoer=samtalen.observatoer, slags=slags, kopier=True
        )
    return actions.add_fokusperson(
        kontrakt,
        by=kontrakt.fokusperson,
        fokusperson=samtalen.fokusperson,
        observatoer=samtalen.observatoer,
        slags=slags,
    )


def _samtalen(plan: Forloeb) -> rules.SamtaleTrin:
    kind = load_texts().slags[plan.slags]
    starter = clock.local(plan.starter)
    words = kind.supervision if plan.supervision and kind.supervision else {}
    return rules.SamtaleTrin(
        type=kind.type,
        form=plan.form,
        dato=starter.date(),
        tid=starter.time(),
        laengde_min=plan.laengde,
        sted=plan.sted,
        forloeb_nr=plan.forloeb_nr,
        slags="supervision" if plan.supervision else "kollegial",
        maal=words.get("maal", ""),
        redskaber=words.get("redskaber", ""),
        bidrag=words.get("bidrag", ""),
        parter=tuple(part for part in rules.TALER_PARTER if part in _skabelon(plan).parter),
    )


def _plan_emner(samtalen: Samtalen) -> None:
    """Most look at the emneliste on the way, and leave room for what the citizen brings."""
    plan, rng = samtalen.plan, samtalen.plan.rng("emner")
    lister, samtale = load_katalog().emnelister, samtalen.get_kontrakt().samtale
    liste = lister.for_nr(plan.forloeb_nr)
    if liste is None or not rules.har_emneliste(plan.forloeb_nr, samtale.type) or rng.random() < 0.3:
        return
    emner = [
        *rng.sample(liste.emner, rng.randrange(1, 4)),
        *rng.sample(lister.dagsorden, rng.randrange(0, 3)),
    ]
    with numbered(f"{plan.key}:emner"):  # `begin` has named rows of its own in the step's scope
        actions.plan_emner(
            samtalen.get_kontrakt(), by=samtalen.fokusperson, koder=[emne.kode for emne in emner]
        )


def _aftaler(plan: Forloeb, samtalen: Samtalen) -> rules.AftaleTrin:
    citizen = plan.slags not in NO_CITIZEN
    return rules.AftaleTrin(
        udenfor=plan.udenfor,
        plads=in_house(plan.plads, samtalen.hus),
        praesentation=rules.foreslaa_praesentation(samtalen.observatoer.fornavn) if citizen else "",
        borger_ja=True if citizen else None,
        fortolkning_tilladt=plan.fortolkning,
        gode_raad_tilladt=plan.gode_raad,
        feedback_hvornaar=plan.hvornaar,
        feedback_min=15,
    )


def _skabelon(plan: Forloeb) -> Skabelon:
    found = load_katalog().skabelon(load_texts().slags[plan.slags].skabelon)
    assert found is not None
    return found

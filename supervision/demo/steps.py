"""Taking a samtale's steps, each at its own moment, through the features' own actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from supervision import clock
from supervision.db import db
from supervision.demo import agreeing, holding, reading, registering, writing
from supervision.demo.forloeb import Skridt
from supervision.demo.ids import numbered
from supervision.demo.played import guarded, is_forgiving
from supervision.demo.samtalen import Samtalen
from supervision.problems import Problem

ACTS: Final[dict[str, Callable[[Samtalen], None]]] = {
    "begyndt": agreeing.begin,
    "aftalt": agreeing.agree,
    "foerste_ja": agreeing.first_yes,
    "andet_ja": agreeing.second_yes,
    "trukket": agreeing.withdraw,
    "optaget": holding.record,
    "paabegyndt": writing.jot_down,
    "kladde": lambda samtalen: _both(samtalen, registering.note, writing.draft),
    "skuffe_spurgt": writing.ask_for_drawer,
    "sendt": writing.send,
    "laest": reading.open_letter,
    "beholdt": reading.keep,
    "tak": lambda samtalen: _both(samtalen, reading.thank, registering.note_samarbejde),
    "spurgt": reading.ask,
    "egen_note": reading.note,
    "skuffe_aabnet": reading.open_drawer,
    "skuffe_afslaaet": reading.decline_drawer,
    "svaret": writing.answer,
    "set": reading.see,
    "eftersendt": writing.send_more,
    "delt": reading.share,
    "delt_med_leder": reading.share_with_leader,
    "deling_trukket": reading.take_back,
    "logbog": reading.write_in_logbog,
    "lukket": reading.close,
}


def _both(samtalen: Samtalen, first: Callable[[Samtalen], None], then: Callable[[Samtalen], None]) -> None:
    first(samtalen)
    then(samtalen)


def live(lives: Sequence[tuple[Samtalen, Sequence[Skridt], bool]]) -> None:
    """Take the steps of the kontrakter of one samtale, all in the order of time.

    lives: (samtalen, its steps, anew); anew: nothing of it is stored yet. Where somebody who tries the demo has gone
    another way with it, theirs stands and its plan ends. Raises Problem when a new one of the demo's first run breaks a
    rule: then the plan is wrong.
    """
    ended = set()
    steps = [(step, place) for place, (_, own, _) in enumerate(lives) for step in own]
    for step, place in sorted(steps, key=lambda pair: (pair[0].at, pair[1])):
        samtalen, _, anew = lives[place]
        if place in ended:
            continue
        try:
            with clock.travel(step.at), numbered(f"{samtalen.plan.key}:{step.verb}", must=True), guarded():
                ACTS[step.verb](samtalen)
        except Problem:
            if anew and not is_forgiving():
                raise
            ended.add(place)
    db.session.flush()

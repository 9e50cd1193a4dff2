"""What the observatør notes after the samtale, and the fokusperson of the seven elements."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, Final

from supervision.demo.ids import id_of
from supervision.demo.samtalen import Samtalen
from supervision.katalog.rules.vaerdier import REDSKABER, SLAGS, Felt, Omgivelser
from supervision.katalog.rules.vaerdier.samtalen import PEJLEMAERKER
from supervision.observationer import measures
from supervision.observationer.actions import registrering
from supervision.observationer.queries import list_haendelser
from supervision.observationer.queries.registreringer import get_tilbud, omgivelser_of
from supervision.observationer.queries.samarbejde import SAMARBEJDE, can_note_samarbejde

OFTEN: Final = 0.7
"""How often something is noted at all."""
RARE: Final = ("samtaleskema", "jobvaerdi", "samtaleskema", "antonovsky", "plus_minus", "foer", "motivation")
"""What few skabeloner offer first."""
ANSWERED: Final = 0.85
"""How often a field that need not be answered is."""
NOT_HERE: Final = ("virksomhed", "anden", "ingen")
"""Answers that would read oddly in most samtaler."""
AREAS: Final = ("faglige", "sociale")
"""What a samtaleskema is used about here."""


def note(samtalen: Samtalen) -> None:
    """A few of the things that fit the samtale, and now and then one of the others."""
    rng, observation = samtalen.plan.rng("brugt"), samtalen.get_observation()
    if rng.random() > OFTEN:
        return
    tilbud = get_tilbud(observation)
    wanted = [(art, redskab.key if redskab else "") for art, redskab in tilbud.foerst]
    wanted = [pair for pair in wanted if rng.random() < 0.7][:3]
    others = [art for art in RARE if art in tilbud.andre]
    if others and rng.random() < 0.4:
        wanted.append((rng.choice(others), ""))
    ticks = [tick.t_ms for tick in measures.points(list_haendelser(observation.id), "faerdighed")]
    for nr, (art, variant) in enumerate(wanted):
        _note_one(samtalen, rng, nr, (art, variant), ticks)


def note_samarbejde(samtalen: Samtalen) -> None:
    """The own view of the seven elements, shown to the others about half the times."""
    rng, observation, by = samtalen.plan.rng("samarbejde"), samtalen.get_observation(), samtalen.fokusperson
    if not can_note_samarbejde(observation, viewer=by):
        return
    felter = SLAGS[SAMARBEJDE].felter(omgivelser_of(observation))
    data = {felt.key: rng.choice(("ja", "ja", "ja", "delvist", "delvist", "ikke")) for felt in felter}
    registrering.note_samarbejde(observation=observation, data=data, by=by)
    if rng.random() < 0.6:
        registrering.show_samarbejde(observation=observation, show=True, by=by)


def _note_one(samtalen: Samtalen, rng: Random, nr: int, what: tuple[str, str], ticks: list[int]) -> None:
    observation, (art, variant) = samtalen.get_observation(), what
    if art == "redskab":
        elleve = [redskab.key for redskab in REDSKABER.values() if redskab.nr and not redskab.slags]
        variant = variant or rng.choice(elleve)
    omgivelser = omgivelser_of(observation, art, variant)
    registrering.note_used(
        observation=observation,
        slags=art,
        new_id=id_of(samtalen.plan.key, "registrering", str(nr)),
        data=make_data(rng, art, omgivelser),
        t_ms=rng.choice(ticks) if SLAGS[art].tid and ticks and rng.random() < 0.5 else None,
        variant=variant,
        by=samtalen.observatoer,
    )


def make_data(rng: Random, slags: str, omgivelser: Omgivelser) -> dict[str, Any]:
    """Believable data of a slags; at least one field is answered."""
    kind = SLAGS[slags]
    felter = kind.felter(omgivelser)
    data = _BY_SLAGS[slags](rng, felter) if slags in _BY_SLAGS else _answers(rng, felter)
    if not data and felter:
        data = {felter[0].key: _answer(rng, felter[0])}
    return {**data, **kind.fast(omgivelser)}


def _answers(rng: Random, felter: tuple[Felt, ...], often: float = ANSWERED) -> dict[str, Any]:
    return {felt.key: _answer(rng, felt) for felt in felter if felt.kraevet or rng.random() < often}


def _answer(rng: Random, felt: Felt) -> Any:
    if felt.art == "tal":
        return rng.randrange(max(felt.fra, 2), min(felt.til, 7) + 1)
    if felt.art == "valg":
        return rng.choice([kode for kode, _ in felt.valg if kode not in NOT_HERE])
    chosen = set(rng.sample([kode for kode, _ in felt.valg], rng.randrange(1, len(felt.valg) + 1)))
    return [kode for kode, _ in felt.valg if kode in chosen]


def _skala(rng: Random, felter: tuple[Felt, ...]) -> dict[str, Any]:
    interval = rng.choice(("1-10", "1-10", "1-10", "0-10", "1-5"))
    value = rng.randrange(2, 5) if interval == "1-5" else rng.randrange(3, 9)
    return {**_answers(rng, felter), "interval": interval, "vaerdi": value}


def _motivation(rng: Random, felter: tuple[Felt, ...]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for felt in felter:
        key, _, naar = felt.key.rpartition("_")
        data[felt.key] = (
            rng.randrange(3, 7) if naar == "foer" else data[f"{key}_foer"] + rng.choice((0, 1, 1, 2))
        )
    return data


def _plus_minus(rng: Random, felter: tuple[Felt, ...]) -> dict[str, Any]:
    data = _answers(rng, felter) | {"plus": rng.randrange(2, 7), "minus": rng.randrange(2, 6)}
    return data if data["variant"] == "to" else {key: value for key, value in data.items() if "_2" not in key}


def _samtaleskema(rng: Random, felter: tuple[Felt, ...]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "omraader": list(AREAS),
        "krydset": "sammen",
        "forrige": rng.choice(("ja", "nej")),
    }
    for area in AREAS:
        now = rng.randrange(3, 7)
        data |= {f"{area}_nu": now, f"{area}_oensket": now + rng.choice((1, 2))}
    return data


def _aftale(rng: Random, felter: tuple[Felt, ...]) -> dict[str, Any]:
    letters = set(rng.sample("SMART", rng.randrange(2, 6)))
    return {
        **_answers(rng, felter, often=0.4),
        "talt_om": [letter for letter in "SMART" if letter in letters],
    }


def _emner(rng: Random, felter: tuple[Felt, ...]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for felt in felter:
        which, _, nr = felt.key.partition("_")
        if which == "maal":
            data[felt.key] = rng.choice(("jobmaal", "jobmaal", "sagsmaal", "andet"))
        elif which == "hvis":
            data[felt.key] = rng.choice(("borger", "borger", "medarbejder"))
        else:
            data[felt.key] = PEJLEMAERKER[min(int(nr), len(PEJLEMAERKER)) - 1][0]
    return data


def _seldom(rng: Random, felter: tuple[Felt, ...]) -> dict[str, Any]:
    return _answers(rng, felter, often=0.3)


_BY_SLAGS: Final[dict[str, Callable[[Random, tuple[Felt, ...]], dict[str, Any]]]] = {
    "foer": _seldom,
    "skala": _skala,
    "motivation": _motivation,
    "aftale": _aftale,
    "plus_minus": _plus_minus,
    "samtaleskema": _samtaleskema,
    "emner": _emner,
    "jobvaerdi": _seldom,
}

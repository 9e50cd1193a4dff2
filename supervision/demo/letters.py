"""What an observatør writes: points chosen by what the log shows. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from random import Random

from supervision.demo.forloeb import Forloeb
from supervision.demo.ids import id_of
from supervision.demo.people import BY_KEY
from supervision.demo.texts import fitting, in_house, load_texts, times
from supervision.feedback.rules.punkter import Kladdepunkt
from supervision.observationer import measures
from supervision.observationer.measures import Maal
from supervision.observationer.rules import Haendelse

LONG_TURN_MS = 60_000
QUIET_MS = 25_000


@dataclass(frozen=True, slots=True)
class _Grund:
    """Something to write about: sentences by kind, the moments they hang on, and how often it was ticked."""

    navn: str
    saetninger: dict[str, list[str]]
    moments: list[int]
    antal: int


def write_letter(forloeb: Forloeb, log: Collection[Haendelse]) -> list[Kladdepunkt]:
    """The own half of the pitch: first what succeeded, then what was seen and heard, then how it was felt."""
    rng = forloeb.rng("brev")
    grunde = _grounds(rng, forloeb, log)
    wanted = (
        ("lykkedes", rng.choice((1, 2, 2))),
        ("iagttagelse", rng.choice((2, 2, 3))),
        ("oplevelse", rng.choice((1, 1, 2))),
    )
    points: list[Kladdepunkt] = []
    for slags, many in wanted:
        chosen = [grund for grund in grunde if _sentences(grund, slags)][:many]
        for grund in chosen:
            points.append(_point(forloeb, len(points), slags, grund))
            grunde.remove(grund)
            grunde.append(grund)
    return points


def write_drawer(forloeb: Forloeb, slags: str) -> Kladdepunkt:
    """One point for an open drawer."""
    tekst = forloeb.rng(slags).choice(fitting(load_texts().skuffer[slags], forloeb.slags))
    return Kladdepunkt(id_of(forloeb.key, "punkt", slags), slags, _said(forloeb, tekst, 0), None)


def _grounds(rng: Random, forloeb: Forloeb, log: Collection[Haendelse]) -> list[_Grund]:
    """The ticks in a chance order, and at most one thing that the figures say among them."""
    grunde = list(_from_ticks(forloeb, log))
    rng.shuffle(grunde)
    seen = list(_from_measures(measures.maal(log)))
    if seen:
        grunde.insert(rng.randrange(1, 5), rng.choice(seen))
    return grunde


def _from_ticks(forloeb: Forloeb, log: Collection[Haendelse]) -> Iterator[_Grund]:
    ticks: dict[str, list[int]] = defaultdict(list)
    for event in measures.points(log, "faerdighed"):
        ticks[event.kode].append(event.t_ms)
    for kode, moments in ticks.items():
        yield _Grund(kode, load_texts().kendetegn[kode], moments, len(moments))


def _from_measures(maal: Maal) -> Iterator[_Grund]:
    """What the figures say by themselves; each is only there when it is true."""
    own, ugu, elementer = maal["taletid_andel"].get("medarbejder", 0), maal["ugu"], maal["elementer"]
    true = {
        "borger_mest": maal["taletid_andel"].get("borger", 0) > 0.5,
        "medarbejder_mest": own > 0.52,
        "lang_tur": maal["laengste_tur_ms"].get("medarbejder", 0) > LONG_TURN_MS,
        "ugu_hel": ugu["giv"] > 1 and ugu["indrammet"] == ugu["giv"],
        "ugu_uden_efter": ugu["uden_efter"] > 0,
        "kontrakt_hel": {"kontrakt.formaal", "kontrakt.emne", "kontrakt.tid"} <= elementer.keys(),
        "timeout": "timeout" in maal["faser"],
        "stilhed": maal["taletid_ms"].get("stilhed", 0) > QUIET_MS,
    }
    texts = load_texts().maal
    return (_Grund(navn, texts[navn], [], 0) for navn, holds in true.items() if holds)


def _sentences(grund: _Grund, slags: str) -> list[str]:
    """Its sentences of the kind; one that counts needs something to count."""
    found: Iterable[str] = grund.saetninger.get(slags, ())
    return [tekst for tekst in found if grund.antal > 1 or "{gange}" not in tekst]


def _point(forloeb: Forloeb, nr: int, slags: str, grund: _Grund) -> Kladdepunkt:
    """Different sentences from week to week for the same person, as far as there are any."""
    rng = Random(f"{forloeb.fokusperson}:{grund.navn}:{slags}")
    choices = _sentences(grund, slags)
    turn = forloeb.starter.isocalendar().week + (
        forloeb.sammen is not None
    )  # two letters about one samtale differ
    tekst = choices[(rng.randrange(97) + turn) % len(choices)]
    t_ms = forloeb.rng(grund.navn).choice(grund.moments) if grund.moments else None
    return Kladdepunkt(id_of(forloeb.key, "punkt", str(nr)), slags, _said(forloeb, tekst, grund.antal), t_ms)


def _said(forloeb: Forloeb, tekst: str, antal: int) -> str:
    return in_house(tekst.replace("{gange}", times(antal)), BY_KEY[forloeb.fokusperson].hus)

"""What is to be seen when a practice samtale is over: the key with reasons, own ticks, and the group's picture."""

from __future__ import annotations

from dataclasses import dataclass

from supervision import clock
from supervision.grupper import agreement
from supervision.grupper.models import Kalibrering, KalibreringLog
from supervision.grupper.queries.kalibrering import (
    koder_of,
    list_kryds,
    list_shown,
    manuskript_of,
    navne_of,
    own_log,
)
from supervision.grupper.rules import kalibrering as rules
from supervision.observationer import timeline
from supervision.observationer.content import Manuskript, Svar
from supervision.observationer.rules import Haendelse
from supervision.personer.models import Person


@dataclass(frozen=True, slots=True)
class Noeglelinje:
    """One thing of the key: what, why, and when I had the same (None: not). gruppe: in words, how many had it."""

    svar: Svar
    navn: str
    dit_ms: int | None
    gruppe: str


@dataclass(frozen=True, slots=True)
class Facit:
    """Everything on the page. egen and samlet are None without ticks of one's own, gruppe until it is opened."""

    manuskript: Manuskript
    log: KalibreringLog | None
    linjer: tuple[Noeglelinje, ...]
    egen: agreement.Egen | None
    flere: tuple[Haendelse, ...]
    gruppe: agreement.Gruppe | None
    samlet: timeline.Samlet
    navn: timeline.Navn


def get_facit(kalibrering: Kalibrering, *, viewer: Person) -> Facit:
    """The answers of a kalibrering that is over, loaded by `get_kalibrering`. Only the viewer's own ticks are in it."""
    manuskript, koder = manuskript_of(kalibrering), koder_of(kalibrering)
    navn, log = navne_of(manuskript, viewer=viewer), own_log(kalibrering, viewer)
    end = rules.slut_ms(kalibrering, manuskript.varer_ms)
    noegle = _on_the_screen(manuskript.noegle(end), koder)
    svar = [one for one in manuskript.svar if one.t_ms <= end and _shown(one.spor, one.kode, koder)]
    things = [next(h for h in noegle if (h.t_ms, h.spor, h.kode) == (s.t_ms, s.spor, s.kode)) for s in svar]
    shown = list_shown(kalibrering)
    logs = list_kryds([one.id for one in {*shown, *([log] if log else [])}])
    gruppe = agreement.as_a_group(noegle, things, [logs[s.id] for s in shown], koder) if shown else None
    own = logs[log.id] if log else []
    here = agreement.found_in(things, own)
    words = gruppe.maengde if gruppe else ("",) * len(svar)
    return Facit(
        manuskript=manuskript,
        log=log,
        linjer=tuple(
            Noeglelinje(s, navn(s.spor, s.kode), dit, ord)
            for s, dit, ord in zip(svar, here, words, strict=True)
        ),
        egen=agreement.beside_the_key(noegle, own, koder, gruppe) if log else None,
        flere=tuple(agreement.not_in_the_key(things, own)),
        gruppe=gruppe,
        samlet=_picture(kalibrering, manuskript, navn, noegle, own if log else None),
        navn=navn,
    )


def _picture(
    kalibrering: Kalibrering,
    manuskript: Manuskript,
    navn: timeline.Navn,
    noegle: list[Haendelse],
    own: list[Haendelse] | None,
) -> timeline.Samlet:
    """The key and one's own ticks above each other. They have the same clock: the samtale's."""
    at = kalibrering.start_at or clock.now()
    logs = [("Nøglen", noegle), *([("Dig", own)] if own is not None else [])]
    return timeline.together(
        [
            timeline.Log(
                who, timeline.picture(events, navn, manuskript.parter), timeline.rows(events, navn, at), at
            )
            for who, events in logs
        ]
    )


def _on_the_screen(events: list[Haendelse], koder: tuple[str, ...]) -> list[Haendelse]:
    """The key of what could be ticked: a kendetegn that was not on the screen is not held against anybody."""
    return [h for h in events if _shown(h.spor, h.kode, koder)]


def _shown(spor: str, kode: str, koder: tuple[str, ...]) -> bool:
    return spor != "faerdighed" or kode in koder

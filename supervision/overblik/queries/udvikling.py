"""The viewer's own figures over time. Nobody can ask for anybody else's: the viewer is the only person named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.katalog.queries import katalog_for
from supervision.katalog.rules import plain
from supervision.observationer.measures import Maal
from supervision.observationer.models import Observation
from supervision.overblik.queries.logs import maal_of_logs
from supervision.overblik.rules import udvikling as rules
from supervision.overblik.tables import udvikling as tables
from supervision.personer.models import Person


@dataclass(frozen=True, slots=True)
class Udvikling:
    """What the page shows. typer: every type the viewer ever had, and the chosen one -> samtaler of it in the period.

    har_samtaler: whether there are any at all, in whatever period. serier: by the keys of `tables.VAERDIER`.
    """

    valg: rules.Valg
    har_samtaler: bool
    typer: Mapping[str, int]
    punkter: Sequence[tables.Punkt]
    serier: Mapping[str, Sequence[tables.Serie]]
    kendetegn: Sequence[tables.Kendetegn]


def get_udvikling(valg: rules.Valg, *, viewer: Person, today: date) -> Udvikling:
    """The samtaler in which the viewer was the fokusperson, once they were handed over.

    Three queries at most; one more while a log has no row of figures yet.
    """
    every = _list_own(viewer)
    fra = rules.begins(valg.periode, today)
    observationer = [o for o in every if fra is None or clock.local(o.startet_at).date() >= fra]
    figures = maal_of_logs([o.id for o in observationer])
    in_period = tables.punkter(_logget(o, figures[o.id]) for o in observationer)
    counted = Counter(punkt.type for punkt in in_period)
    shown = [punkt for punkt in in_period if valg.type in ("", punkt.type)]
    offered = {valg.type, *(_type(o) for o in every)}
    return Udvikling(
        valg=valg,
        har_samtaler=bool(every),
        typer={type_: counted[type_] for type_ in rules.TYPER if type_ in offered},
        punkter=shown,
        serier={noegle: tables.serier(noegle, shown) for noegle in tables.VAERDIER},
        kendetegn=tables.kendetegn(shown, _navne(observationer, viewer)),
    )


def _list_own(viewer: Person) -> Sequence[Observation]:
    return db.session.scalars(
        select(Observation)
        .options(
            joinedload(Observation.kontrakt).joinedload(FeedbackKontrakt.samtale),
            joinedload(Observation.kontrakt).selectinload(FeedbackKontrakt.kendetegn),
        )
        .where(Observation.fokusperson_id == viewer.id, Observation.overdraget_at <= clock.now())
        .order_by(Observation.startet_at, Observation.id)
    ).all()


def _type(observation: Observation) -> str:
    return observation.kontrakt.samtale.type if observation.kontrakt else rules.FRA_FIL


def _logget(observation: Observation, figures: Maal) -> tables.Logget:
    """What was to be followed is what the kontrakt says; a log from a file has none: it is what was seen."""
    kontrakt = observation.kontrakt
    return tables.Logget(
        samtale=kontrakt.samtale_id if kontrakt else _file_key(observation),
        samtale_id=kontrakt.samtale_id if kontrakt else None,
        observation_id=observation.id,
        startet_at=observation.startet_at,
        type=_type(observation),
        maal=figures,
        kendetegn=frozenset(k.kode for k in kontrakt.kendetegn)
        if kontrakt
        else frozenset(figures["faerdigheder"]),
        foelger_mig=tables.MIG in (kontrakt.parter if kontrakt else figures["taletid_ms"]),
    )


def _file_key(observation: Observation) -> tuple[object, ...]:
    """Logs of one samtale in a file share the name that the file gave it."""
    return observation.organisation_id, observation.fil_observation


def _navne(observationer: Sequence[Observation], viewer: Person) -> Callable[[str], str]:
    """The word that the newest kontrakt has for a kendetegn, else the catalogue's."""
    agreed = {
        tegn.kode: tegn.kort
        for observation in observationer
        if observation.kontrakt
        for tegn in observation.kontrakt.kendetegn
    }
    katalog = katalog_for(viewer.organisation)
    return lambda kode: plain(agreed.get(kode) or katalog.navn(kode))

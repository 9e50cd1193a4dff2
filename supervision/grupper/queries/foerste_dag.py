"""How far the viewer is with their first round on a practice samtale; nobody can ask for another's."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.db import db
from supervision.grupper.models import FoersteDag, Kalibrering
from supervision.grupper.queries.kalibrering import own_log
from supervision.grupper.rules import foerste_dag as rules
from supervision.personer.models import Person


@dataclass(frozen=True, slots=True)
class Foerste:
    """The card: its steps, and where the one to do now leads. dag is None before anything was done."""

    dag: FoersteDag | None
    trin: list[rules.Trin]
    kalibrering: Kalibrering | None

    @property
    def faerdig(self) -> bool:
        """All three steps are done."""
        return all(one.gjort for one in self.trin)

    @property
    def skjult(self) -> bool:
        """The card was taken off I dag."""
        return self.dag is not None and self.dag.skjult_at is not None


def get_foerste_dag(*, viewer: Person) -> Foerste:
    """The viewer's own first round; two queries at most."""
    dag = db.session.get(FoersteDag, viewer.id)
    kalibrering = dag.kalibrering if dag else None
    log = own_log(kalibrering, viewer) if kalibrering else None
    optaget = log is not None and log.afsluttet_at is not None
    return Foerste(dag, rules.trin(dag, optaget=optaget), kalibrering)

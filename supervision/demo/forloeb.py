"""One samtale's way from kontrakt to closed feedback: what is agreed, and when each step is taken. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from supervision import clock
from supervision.demo.ids import row_id
from supervision.demo.texts import Slags, load_texts
from supervision.demo.workdays import workdays_after

FAELLES = {
    "job": ("aab_hv", "no_gentager", "sk_grunde", "sm_dato"),
    "syge": ("no_gentager", "hj_uddyb", "fu_borger", "ss_lille"),
    "dagpenge": ("dagsorden_aabnet", "aab_hv", "part_opsummerer"),
}
"""What each team has agreed to train: kendetegn that stand in every kontrakt on a samtale with a citizen."""
CLOCKS = (time(8, 30), time(9, 15), time(10, 30), time(12, 45), time(13, 30), time(14, 15))


@dataclass(frozen=True, slots=True)
class Skridt:
    """A step and its moment (UTC). The verbs are those of `steps.ACTS`."""

    at: datetime
    verb: str


@dataclass(frozen=True, slots=True)
class Forloeb:
    """A samtale between two people of the demo, by their keys, and its steps in time order.

    slags: key of the kind of samtale. starter: UTC. taletid, ugu: what the log is to be like (0–1 each).
    sammen: whose samtale this is too, when it is another kontrakt of the same one.
    """

    key: str
    fokusperson: str
    observatoer: str
    slags: str
    supervision: bool
    form: str
    starter: datetime
    laengde: int
    forloeb_nr: int | None
    koder: tuple[str, ...]
    fokus: tuple[str, ...]
    sted: str
    plads: str
    udenfor: str
    fortolkning: bool
    gode_raad: bool
    hvornaar: str
    taletid: float
    ugu: float
    skridt: tuple[Skridt, ...] = ()
    sammen: Forloeb | None = None

    @property
    def kontrakt_id(self) -> UUID:
        """The id of its kontrakt."""
        return row_id(f"{self.key}:aftalt", "feedback_kontrakt")

    def rng(self, purpose: str) -> Random:
        """Chance of its own for one purpose, the same every time."""
        return Random(f"{self.key}:{purpose}")


def plan_forloeb(
    key: str,
    *,
    fokusperson: str,
    observatoer: str,
    team: str,
    day: date,
    taletid: float,
    ugu: float,
    at: time | None = None,
    slags: str | None = None,
    form: str | None = None,
    supervision: bool = False,
) -> Forloeb:
    """What is agreed on; without steps yet. Chance comes from the key alone."""
    rng, texts = Random(key), load_texts()
    kind = texts.slags[slags] if slags else _kind(rng, team, supervision)
    form = form or rng.choice(kind.former)
    places = texts.steder[form]
    return Forloeb(
        key=key,
        fokusperson=fokusperson,
        observatoer=observatoer,
        slags=kind.key,
        supervision=supervision,
        form=form,
        starter=clock.from_local(day, at or rng.choice(CLOCKS)),
        laengde=40 if supervision and max(kind.laengder) >= 40 else rng.choice(kind.laengder),
        forloeb_nr=None if kind.type in ("virksomhedsmoede", "oevelse") else rng.randrange(1, 7),
        koder=_with_the_teams(team, kind.type, _some(rng, kind.kendetegn, rng.choice((5, 6, 7, 7)))),
        fokus=_some(rng, kind.fokus, rng.choice((1, 2, 2, 3))),
        sted=rng.choice(places.get(kind.type) or places["alle"]),
        plads=rng.choice(texts.pladser[form]),
        udenfor=rng.choice(texts.udenfor) if rng.random() < 0.25 else "",
        fortolkning=rng.random() < 0.2,
        gode_raad=rng.random() < 0.25,
        hvornaar="lige_efter"
        if supervision
        else rng.choice(("lige_efter", "lige_efter", "senere_i_dag", "naeste_dag")),
        taletid=taletid,
        ugu=ugu,
    )


def _with_the_teams(team: str, type_: str, koder: tuple[str, ...]) -> tuple[str, ...]:
    """What a team trains together stands first in each kontrakt on a samtale with a citizen."""
    shared = () if type_ == "virksomhedsmoede" else FAELLES.get(team, ())
    return (*shared, *(kode for kode in koder if kode not in shared))


def life_of(forloeb: Forloeb) -> tuple[Skridt, ...]:
    """The steps of an ordinary samtale in time order, from the kontrakt to the closed feedback."""
    rng = forloeb.rng("skridt")
    day = clock.local(forloeb.starter).date()
    made = _moment(workdays_after(day, -rng.randrange(2, 6)), rng)
    steps = [Skridt(made, "aftalt"), Skridt(made + timedelta(minutes=18), "foerste_ja")]
    if rng.random() < 0.04:
        return (*steps, Skridt(_moment(workdays_after(day, -1), rng), "trukket"))
    steps.append(Skridt(max(_moment(workdays_after(day, -1), rng), made + timedelta(minutes=40)), "andet_ja"))
    steps += after_the_samtale(forloeb, rng)
    return tuple(sorted(steps, key=lambda step: step.at))


def begun(forloeb: Forloeb) -> datetime:
    """When the recorder is started: some time into the hour; two observatører of one samtale nearly at once."""
    if forloeb.sammen is not None:
        return begun(forloeb.sammen) + timedelta(seconds=forloeb.rng("forsinket").randrange(4, 30))
    return forloeb.starter + timedelta(seconds=forloeb.rng("forsinket").randrange(20, 260))


def held(forloeb: Forloeb) -> datetime:
    """When the recorder has been ended, with what it sent."""
    return forloeb.starter + timedelta(minutes=forloeb.laengde * 1.1 + 8)


def written(forloeb: Forloeb) -> datetime:
    """When the observatør begins to write."""
    end = held(forloeb)
    if forloeb.hvornaar == "lige_efter":
        return end + timedelta(minutes=10)
    day = clock.local(forloeb.starter).date()
    if forloeb.hvornaar == "senere_i_dag":
        return max(end + timedelta(minutes=35), clock.from_local(day, time(15, 5)))
    return clock.from_local(workdays_after(day, 1), time(9, 5))


def after_the_samtale(forloeb: Forloeb, rng: Random) -> Iterator[Skridt]:
    """The steps from the recorder on, in no order."""
    opened = written(forloeb)
    sent = opened + timedelta(minutes=rng.randrange(14, 42))
    read = _next_hour(sent, rng)
    yield Skridt(held(forloeb), "optaget")
    yield Skridt(opened, "kladde")
    yield Skridt(sent, "sendt")
    yield Skridt(read, "laest")
    for verb, minutes, often in (
        ("beholdt", 7, 0.75),
        ("tak", 11, 0.9),
        ("spurgt", 13, 0.24),
        ("egen_note", 16, 0.3),
    ):
        if rng.random() < often:
            yield Skridt(read + timedelta(minutes=minutes), verb)
    yield from _later(forloeb, rng, sent, read)


def _later(forloeb: Forloeb, rng: Random, sent: datetime, read: datetime) -> Iterator[Skridt]:
    """What comes on the days after; a step that has nothing to act on (no question to answer) is skipped."""
    day = clock.local(read).date()
    next_day = _moment(workdays_after(day, 1), rng)
    yield Skridt(next_day, "svaret")
    yield Skridt(next_day + timedelta(minutes=75), "set")
    if rng.random() < 0.16:
        yield Skridt(sent - timedelta(minutes=4), "skuffe_spurgt")
        yield Skridt(
            read + timedelta(minutes=9), "skuffe_aabnet" if rng.random() < 0.75 else "skuffe_afslaaet"
        )
        yield Skridt(next_day + timedelta(minutes=25), "eftersendt")
    if rng.random() < 0.26:
        yield Skridt(next_day + timedelta(minutes=50), "delt")
    if rng.random() < 0.05:
        yield Skridt(_moment(workdays_after(day, 6), rng), "deling_trukket")
    if rng.random() < 0.35:
        yield Skridt(_moment(workdays_after(day, 2), rng), "logbog")
    if rng.random() < 0.7:
        yield Skridt(_moment(workdays_after(day, rng.randrange(5, 11)), rng) + timedelta(hours=1), "lukket")


def _next_hour(sent: datetime, rng: Random) -> datetime:
    """Read the same afternoon, or the next morning."""
    read = sent + timedelta(minutes=rng.randrange(35, 150))
    local = clock.local(read)
    if local.time() < time(16, 15) and local.date() == clock.local(sent).date():
        return read
    return clock.from_local(workdays_after(clock.local(sent).date(), 1), time(8, rng.randrange(5, 50)))


def _moment(day: date, rng: Random) -> datetime:
    return clock.from_local(day, time(rng.randrange(8, 15), rng.randrange(0, 60)))


def _kind(rng: Random, team: str, supervision: bool) -> Slags:
    kinds = [
        kind
        for kind in load_texts().slags.values()
        if team in kind.teams and (kind.supervision or not supervision)
    ]
    return rng.choices(kinds, [kind.teams[team] for kind in kinds])[0]


def _some(rng: Random, pool: list[str], many: int) -> tuple[str, ...]:
    """Up to `many` of the pool, in the pool's order."""
    chosen = set(rng.sample(pool, min(many, len(pool))))
    return tuple(one for one in pool if one in chosen)

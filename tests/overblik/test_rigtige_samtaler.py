"""133 real conversations on a page: every figure of it worked out again from the file by a few lines of its own."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from pathlib import Path
from statistics import fmean

import html5lib
import pytest
from flask import Flask
from held import crew
from people import World
from published import DAY, SHOWN, page

from supervision import clock
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.katalog.rules import plain
from supervision.observationer.actions.importing import import_logs
from supervision.observationer.formats.csv_log import read_logs
from supervision.overblik.actions import publish_due
from supervision.personer.models import Organisation, Person

FILE = "annomi_haendelser.csv"
PEOPLE = 20
Event = tuple[int, int, str, str]
"""t_ms, the number of its line, spor, kode."""


def person_of(conversation: str) -> int:
    """Who is taken to have held it: the conversations in turn, the first ten persons in team Nord."""
    return int(conversation.removeprefix("annomi-")) % PEOPLE


def by_hand(path: Path) -> list[tuple[int, list[Event]]]:
    """(person, events in time) of each log, read with nothing of the product."""
    logs: dict[tuple[str, str], list[Event]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for nr, row in enumerate(csv.DictReader(stream)):
            logs[row["observation"], row["observatoer"]].append(
                (int(row["t_ms"]), nr, row["spor"], row["kode"])
            )
    return [(person_of(name), sorted(events)) for (name, _), events in logs.items()]


def talk_share(part: str) -> Callable[[list[Event]], float | None]:
    def of(events: list[Event]) -> float | None:
        end = next(t for t, _, spor, kode in events if (spor, kode) == ("ur", "slut"))
        turns = [(t, kode) for t, _, spor, kode in events if spor == "taler"]
        ms: dict[str, int] = defaultdict(int)
        for (t, kode), (until, _) in zip(turns, [*turns[1:], (end, "")], strict=True):
            ms[kode] += max(0, min(until, end) - t)
        both = ms["medarbejder"] + ms["borger"]
        return ms[part] / both if both else None

    return of


def framed(events: list[Event]) -> float | None:
    letters = [letter for letter, _ in groupby(kode for _, _, spor, kode in events if spor == "ugu")]
    given = [nr for nr, letter in enumerate(letters) if letter == "giv"]
    both = [nr for nr in given if 0 < nr < len(letters) - 1]
    return len(both) / len(given) if given else None


def ticks(kode: str) -> Callable[[list[Event]], float | None]:
    return lambda events: sum(e[2:] == ("faerdighed", kode) for e in events) or None


def mean_of_means(
    logs: Iterable[tuple[int, list[Event]]], value: Callable[[list[Event]], float | None]
) -> tuple[float, int]:
    """The mean of per-person means, and how many persons it rests on."""
    found: dict[int, list[float]] = defaultdict(list)
    for person, events in logs:
        if (one := value(events)) is not None:
            found[person].append(one)
    return fmean(fmean(values) for values in found.values()), len(found)


def share_words(share: float) -> str:
    if share < 0.1 or share > 0.9:
        return "under 10 %" if share < 0.1 else "over 90 %"
    return f"ca. {int(share * 10 + 0.5) * 10} %"


def count_words(mean: float) -> str:
    if mean < 0.5 or mean >= 10.5:
        return "under 1" if mean < 0.5 else "over 10"
    return f"ca. {int(mean + 0.5)}"


def band(persons: int) -> str:
    return "5–9" if persons < 10 else "10–19" if persons < 20 else "20 eller flere"


def expected(logs: list[tuple[int, list[Event]]]) -> dict[str, tuple[str, str]]:
    """Name on the page -> (its figure, its band)."""
    found = {}
    for name, part in (("Medarbejder", "medarbejder"), ("Borger", "borger")):
        share, persons = mean_of_means(logs, talk_share(part))
        found[name] = (share_words(share), band(persons))
    share, persons = mean_of_means(logs, framed)
    found["U før og efter"] = (share_words(share), band(persons))
    katalog = load_katalog()
    for kode in {kode for _, events in logs for _, _, spor, kode in events if spor == "faerdighed"}:
        mean, persons = mean_of_means(logs, ticks(kode))
        if persons >= 5:
            found[plain(katalog.navn(kode))] = (count_words(mean), band(persons))
    return found


def on_the_page(source: str) -> dict[str, tuple[str, str]]:
    """The rows of the page's tables of three columns, but what is the rest of another figure, and the duties."""
    tree = html5lib.parse(source, namespaceHTMLElements=False)
    found = {}
    for row in tree.iter("tr"):
        cells = [" ".join("".join(cell.itertext()).replace("\u00a0", " ").split()) for cell in row]
        if len(cells) == 3 and row[0].get("scope") == "row":
            found[cells[0]] = (cells[1], cells[2])
    left_out = {"Mangler et U", "Er blevet observeret", "Har observeret", "Har brugt læringspilen"}
    return {name: figures for name, figures in found.items() if name not in left_out}


def bring_in(world: World, path: Path) -> None:
    """Every conversation by the product's own import, to the person who is taken to have held it."""
    house = db.session.get_one(Organisation, world.organisations["jobcenter"])
    people = [*crew(house.id, world.teams["nord"], 10, "N"), *crew(house.id, world.teams["syd"], 10, "S")]
    with path.open("rb") as stream:
        logs = read_logs(stream)
    for nr, person_id in enumerate(people):
        own = {name: rows for name, rows in logs.items() if person_of(name[0]) == nr}
        import_logs(
            logs=own, organisation=house, fokusperson=db.session.get_one(Person, person_id), dag=DAY, by=None
        )


@pytest.mark.wide
def test_a_reader_can_check_every_figure_of_133_real_conversations_against_the_log(
    sqlite_app: Flask,
    sqlite_world: World,
    shared_data: Path,
    record_property: Callable[[str, object], None],
) -> None:
    world, path = sqlite_world, shared_data / FILE
    with clock.travel(datetime(2026, 8, 13, 9, tzinfo=clock.DANISH_TIME)), sqlite_app.app_context():
        bring_in(world, path)
        db.session.commit()
        db.session.remove()
    with clock.travel(SHOWN), sqlite_app.app_context():
        publish_due(clock.today())
        db.session.commit()
        db.session.remove()
    logs = by_hand(path)
    assert (len(logs), len({person for person, _ in logs})) == (196, PEOPLE)
    nord = [(person, events) for person, events in logs if person < 10]
    house = world.organisations["jobcenter"]
    figures = 0
    for whose, address, own in (
        (world.leder, f"/overblik/team/{world.teams['nord']}", nord),
        (world.supervisor, f"/overblik/organisation/{house}", logs),
    ):
        shown = on_the_page(page(sqlite_app, whose, address))
        assert shown == expected(own)
        figures += len(shown)
    assert figures > 20
    wrong = expected([(person, events) for person, events in nord if person != 3])
    assert wrong != expected(nord), "the check sees it when one person is left out"
    record_property("figure", f"{figures} figures of 133 conversations equal a sum over the file")

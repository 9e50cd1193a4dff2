"""What somebody may see ends with the request after it was taken away: sharing, sign-in, a team, a role, an address.

Before each change its reader walks the product and notes every page and file that shows the thing; after it each of
those addresses is asked for again, with the same cookie, here and in another process that serves the same database.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from crawling import Quick, crawl, words_of
from flask import Flask
from people import World, give_role
from road import agreed, person
from test_viewpoints import fill

from supervision import HOUSE, clock
from supervision.db import db
from supervision.grupper.actions import grupper
from supervision.grupper.models import Laeringsgruppe
from supervision.observationer import queries as observationer
from supervision.observationer.actions import devices
from supervision.personer import models
from supervision.personer.actions import beskeder, people
from supervision.personer.models import Indlogning, Person, Rolletildeling
from supervision.sign_in import sessions

SHARED = "kanarie-lykkedes"
PUBLIC = ("/hjaelp", "/was", "/licenser", "/log-ind", "/privatliv", "/metoder", "/skabeloner")

NEAR = 25
"""So many addresses are walked before each change."""

ELSEWHERE = """
import json, sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from installation import settings_for
from supervision import create_app
from supervision.db import db

def shows(word, url, text):
    path, _, query = url.partition("?")
    return word in path or (word not in query and word in text)

app = create_app(settings_for(Path(sys.argv[2])))
for line in sys.stdin:
    url, name, value, word = json.loads(line)
    client = app.test_client()
    if value:
        client.set_cookie(name, value)
    answer = client.get(url)
    found = shows(word, url, answer.get_data(as_text=True))
    with app.app_context():
        db.engine.dispose()
    print(json.dumps(answer.status_code == 200 and found), flush=True)
"""
"""Another process of the product, which answers for each address whether it still shows the word."""


def shows(word: str, url: str, text: str) -> bool:
    """Whether an answer tells the word. What was asked for by it in a query is only said back."""
    path, _, query = url.partition("?")
    return word in path or (word not in query and word in text)


@dataclass
class Life:
    """A house, its people's browsers, and the other process. `met`: how many addresses were asked for again."""

    app: Flask
    world: World
    made: dict[str, Any]
    other: Any
    who: dict[str, Quick] = field(default_factory=dict)
    met: int = 0
    files: int = 0

    def act(self, change: Callable[[], object]) -> None:
        with self.app.app_context():
            change()
            db.session.commit()
            db.session.remove()

    def seen_by(self, name: str, word: str, *starts: str) -> list[str]:
        """The addresses that show the word to somebody: these, the front page, and what is near them by links."""
        found = []
        for page in crawl(self.who[name], [*starts, "/"], NEAR, PUBLIC):
            if page.status == 200 and shows(word, page.url, page.text):
                found.append(page.url)
                self.files += page.mimetype != "text/html"
        return found

    def still(self, browser: Quick, urls: list[str], word: str) -> list[str]:
        """Those that show it yet, here or in the other process."""
        name = self.app.session_interface.get_cookie_name(self.app)
        found = []
        for url in urls:
            cookie = browser.get_cookie(name)
            there = self.ask_elsewhere(url, name, cookie.value if cookie else "", word)
            answer = browser.get(url)
            if answer.status_code == 200 and shows(word, url, words_of(answer)):
                found.append(url)
            found += [f"{url} in another process"] if there else []
        self.met += len(urls)
        return found

    def ask_elsewhere(self, *asked: str) -> bool:
        self.other.stdin.write(json.dumps(asked) + "\n")
        self.other.stdin.flush()
        return bool(json.loads(self.other.stdout.readline()))

    def lost(self, name: str, word: str, change: Callable[[], object], *starts: str) -> list[str]:
        """What somebody still sees after the change of what they saw before it."""
        before = self.seen_by(name, word, *starts)
        assert before, f"{name} never saw {word}"
        change()
        return [f"{name} still sees {word} at {url}" for url in self.still(self.who[name], before, word)]


@pytest.fixture(scope="module")
def elsewhere(lasting_sqlite_app: Flask) -> Iterator[Any]:
    """The other process, for all the tests of this file: each has its own file at the same address."""
    tests = str(Path(__file__).parents[1])
    command = [sys.executable, "-c", ELSEWHERE, tests, lasting_sqlite_app.instance_path]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE
    ) as other:
        yield other
        assert other.stdin is not None
        other.stdin.close()


@pytest.fixture
def life(sqlite_app: Flask, sqlite_world: World, elsewhere: Any) -> Life:
    with sqlite_app.app_context():
        values = fill(sqlite_world)
        values["kalender"] = beskeder.make_kalenderlink(by=person(sqlite_world.jonas))
        to_come = agreed(person(sqlite_world.mette), person(sqlite_world.jonas))
        values["enhed"] = devices.make_link(kontrakt=to_come, by=person(sqlite_world.jonas))[1]
        values["til_optager"] = to_come.id
        db.session.commit()
        db.session.remove()
    found = Life(sqlite_app, sqlite_world, values, elsewhere)
    found.who = {name: Quick.signed_in(sqlite_app, who) for name, who in sqlite_world.people.items()}
    return found


def end_role(person_id: UUID) -> None:
    """The person's roles end with yesterday."""
    for role in db.session.query(Rolletildeling).filter_by(person_id=person_id):
        role.til = clock.today() - timedelta(days=1)


def moved(world: World, name: str, team: str) -> None:
    end_role(world.people[name])
    give_role(world.people[name], "medarbejder", team_id=world.teams[team], fra=clock.today())


def a_sharing_is_withdrawn(life: Life) -> list[str]:
    """With the group, and with one's own leader."""
    mette, leader = life.who["mette"], f"teamleder:{life.world.leder}"
    feedback = life.made["feedback_id"]
    group = f"/grupper/{life.made['gruppe_id']}"
    found = life.lost("leder", SHARED, lambda: mette.send(f"/delinger/{life.made['deling_id']}/traek"), group)
    mette.send(f"/feedback/{feedback}/del", modtager=leader, punkter=str(life.made["punkt_id"]))
    return found + life.lost("leder", SHARED, lambda: mette.send(f"/delinger/{_newest(life)}/traek"))


def whoever_shared_changes_team(life: Life) -> list[str]:
    mette, leader = life.who["mette"], f"teamleder:{life.world.leder}"
    mette.send(f"/delinger/{life.made['deling_id']}/traek")
    mette.send(
        f"/feedback/{life.made['feedback_id']}/del", modtager=leader, punkter=str(life.made["punkt_id"])
    )
    return life.lost("leder", SHARED, lambda: life.act(lambda: moved(life.world, "mette", "syd")))


def a_reader_changes_team(life: Life) -> list[str]:
    team, home = str(life.world.teams["nord"]), f"/overblik/team/{life.world.teams['nord']}"
    return life.lost("aase", team, lambda: life.act(lambda: moved(life.world, "aase", "syd")), home)


def a_team_gets_another_leader(life: Life) -> list[str]:
    team, home = str(life.world.teams["nord"]), f"/overblik/team/{life.world.teams['nord']}"
    return life.lost("leder", team, lambda: life.act(lambda: end_role(life.world.leder)), home)


def a_member_leaves_the_group(life: Life) -> list[str]:
    group = str(life.made["gruppe_id"])

    def leave() -> None:
        gruppe = db.session.get_one(Laeringsgruppe, life.made["gruppe_id"])
        grupper.remove_medlem(gruppe, person_id=life.world.mette, by=person(life.world.leder))

    return life.lost("mette", group, lambda: life.act(leave), f"/grupper/{group}")


def a_grant_ends(life: Life) -> list[str]:
    found = list[str]()
    whole = {str(life.made[key]) for key in ("organisation_id", "dag_id", "team_id")}
    starts = (
        f"/supervision/dage/{life.made['dag_id']}",
        f"/overblik/organisation/{life.made['organisation_id']}",
    )
    before = {word: life.seen_by("supervisor", word, *starts) for word in sorted(whole)}
    assert all(before.values()), before
    life.act(lambda: end_role(life.world.supervisor))
    for word, urls in before.items():
        found += life.still(life.who["supervisor"], [url for url in urls if word in url], word)
    return found


def the_observers_time_is_over(life: Life) -> list[str]:
    """Fourteen days after the feedback was closed: neither the feedback, nor the log, nor the file of its events."""
    feedback, kontrakt = life.made["feedback_id"], life.made["kontrakt_id"]
    jonas = life.who["jonas"]
    urls = [f"/feedback/{feedback}", f"/observationer/{life.made['observation_id']}"]
    urls += [f"/api/kontrakter/{kontrakt}/haendelser"]
    assert [jonas.get(url).status_code for url in urls] == [200] * 3
    life.who["mette"].send(f"/feedback/{feedback}/luk")
    with clock.travel(clock.now() + timedelta(days=14, minutes=1)):
        life.met += len(urls)
        return [url for url in urls if jonas.get(url).status_code == 200]


def somebody_is_shut_out(life: Life) -> list[str]:
    """In every browser of theirs, in every process, with the calendar, and on the tablet that a code opened."""
    world, app = life.world, life.app
    second, tablet, nobody = (Quick.signed_in(app, who) for who in (world.jonas, None, None))
    calendar, code = f"/kalender/{life.made['kalender']}.ics", f"/o/{life.made['enhed']}"
    recorder = f"/optager/{life.made['til_optager']}"
    tablet.post(code, data={"csrf_token": _token_of(tablet, code)})
    assert (tablet.get(recorder).status_code, nobody.get(calendar).status_code) == (200, 200)
    change = lambda: people.deactivate(person(world.jonas), by=person(world.administrator))  # noqa: E731
    found = life.lost("jonas", "", lambda: life.act(change), "/overblik/alt", "/logbog/hent")
    found += life.still(second, ["/", "/samtaler", "/profil"], "")
    return found + life.still(tablet, [recorder], "") + life.still(nobody, [calendar, code], "")


def a_devices_link_is_taken_back(life: Life) -> list[str]:
    tablet, code = Quick.signed_in(life.app, None), f"/o/{life.made['enhed']}"
    recorder = f"/optager/{life.made['til_optager']}"
    tablet.post(code, data={"csrf_token": _token_of(tablet, code)})
    assert tablet.get(recorder).status_code == 200
    life.who["jonas"].send(f"/kontrakter/{life.made['til_optager']}/anden-enhed/luk")
    return life.still(tablet, [recorder, f"{recorder}/data", code], "")


def a_session_is_closed_from_another(life: Life) -> list[str]:
    """One's own other sign-ins end; the one that closes them goes on, and so do other people's."""
    mette = Quick.signed_in(life.app, life.world.mette)
    found = life.lost("mette", "", lambda: mette.send("/profil/adgang/luk-andre"))
    assert life.still(mette, ["/profil"], "") == ["/profil", "/profil in another process"]
    assert life.who["jonas"].get("/profil").status_code == 200
    return found


STORIES: tuple[Callable[[Life], list[str]], ...] = (
    a_sharing_is_withdrawn,
    whoever_shared_changes_team,
    a_reader_changes_team,
    a_team_gets_another_leader,
    a_member_leaves_the_group,
    a_grant_ends,
    the_observers_time_is_over,
    somebody_is_shut_out,
    a_devices_link_is_taken_back,
    a_session_is_closed_from_another,
)


def _newest(life: Life) -> UUID:
    from supervision.grupper.models import Deling

    with life.app.app_context():
        newest = db.session.query(Deling.id).filter_by(trukket_at=None).order_by(Deling.delt_at.desc())
        found: UUID = newest.first()[0]  # type: ignore[index]
        db.session.remove()
    return found


def _token_of(browser: Quick, url: str) -> str:
    return (
        browser.get(url)
        .get_data(as_text=True)
        .split('name="csrf_token"', 1)[1]
        .split('value="', 1)[1]
        .split('"')[0]
    )


@pytest.mark.wide
@pytest.mark.gate("A5")
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_what_is_taken_away_is_gone_with_the_next_request(
    life: Life, story: Callable[[Life], list[str]], record_property: Any
) -> None:
    assert story(life) == []
    told = story.__name__.replace("_", " ")
    record_property(
        "figure", f"{told}: {life.met} addresses asked for again, {life.files} of them files: 0 answer"
    )


def never_over(roles: Any, navn: str, day: Any) -> list[Any]:
    return [role for role in roles if role.rolle == navn]


def remembering() -> Callable[[str, str], Any]:
    """A process that has seen a cookie once, and does not ask again whether it still lets its person in."""
    real, kept = sessions.find_signed_in, dict[str, dict[str, Any]]()

    def find(token: str, uniquifier: str) -> Any:
        if token in kept:
            row = Indlogning(**kept[token])
            return db.session.get_one(Person, row.person_id), row
        found = real(token, uniquifier)
        if found is not None:
            kept[token] = {one.key: getattr(found[1], one.key) for one in Indlogning.__table__.columns}
        return found

    return find


BUGS: dict[str, tuple[Callable[[Life], list[str]], Callable[[pytest.MonkeyPatch], None]]] = {
    "a withdrawal that marks nothing": (
        a_sharing_is_withdrawn,
        lambda patch: patch.setattr("supervision.grupper.actions.withdraw_deling", lambda *_, **__: None),
    ),
    "roles that are never over": (
        a_grant_ends,
        lambda patch: patch.setattr(models.rules, "gaeldende", never_over),
    ),
    "sessions that a process remembers": (
        a_session_is_closed_from_another,
        lambda patch: patch.setattr(sessions, "find_signed_in", remembering()),
    ),
    "a tablet that stays open": (
        a_devices_link_is_taken_back,
        lambda patch: patch.setattr(observationer, "is_device_open", lambda link_id: True),
    ),
}


@pytest.mark.wide
@pytest.mark.planted("A5")
@pytest.mark.parametrize("bug", BUGS)
def test_what_outlives_its_end_is_found(life: Life, bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    story, plant = BUGS[bug]
    plant(monkeypatch)
    assert story(life) != []

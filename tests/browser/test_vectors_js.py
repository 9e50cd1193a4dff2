"""The recorder's modules in the system's Chromium: the shared vectors, random logs, undo and redo."""

import json
import random
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page
from vectors import Event, event, haendelser, load_vectors
from vectors.random_logs import random_log

from supervision.observationer.measures import effective, intervals, maal, start_end, ugu_loops

pytestmark = pytest.mark.browser
STATIC = Path(__file__).resolve().parents[2] / "static"
MODULES = "Promise.all([import('/js/recorder/log.js'), import('/js/recorder/measures.js')])"


class Files(SimpleHTTPRequestHandler):
    extensions_map = {".js": "text/javascript"}

    def do_GET(self) -> None:
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>modules</title>")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the test's output."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(STATIC)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def page(address: str, chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    page.goto(address)
    yield page
    page.close()


def in_page(page: Page, body: str, given: object) -> Any:
    """Run `body` with `log` and `measures` (the modules) and `given`; what it returns comes back.

    Both ways as JSON text: that is what the modules read and write, and no key is special in it.
    """
    script = f"""async (text) => {{
        const [log, measures] = await {MODULES};
        const run = (given) => {{ {body} }};
        return JSON.stringify(run(JSON.parse(text)));
    }}"""
    return json.loads(page.evaluate(script, json.dumps(given)))


def random_logs() -> list[list[Event]]:
    rng = random.Random(20260303)
    return [random_log(rng, longest_ms=rng.choice((12, 40, 5_000))) for _ in range(300)]


def test_vectors(page: Page) -> None:
    vectors = load_vectors()
    body = """return given.map((events) => [
        measures.maal(events),
        measures.uguLoops(events).map((loop) => [loop.emne, loop.bogstaver.join("")]),
    ]);"""
    answers = in_page(page, body, [vector["log"] for vector in vectors])
    assert len(answers) == len(vectors)
    wrong = [v["name"] for v, (found, _) in zip(vectors, answers, strict=True) if found != v["maal"]]
    assert wrong == []
    shown = [(v["loops"], loops) for v, (_, loops) in zip(vectors, answers, strict=True) if "loops" in v]
    assert all(expected == found for expected, found in shown)


def test_keys_come_in_the_order_of_the_format(page: Page) -> None:
    found = in_page(page, "return JSON.stringify(measures.maal([]));", None)
    assert found == (
        '{"varighed_ms":0,"taletid_ms":{},"laengste_tur_ms":{},"taletid_andel":{},"faser":{},'
        '"ugu":{"giv":0,"indrammet":0,"uden_foer":0,"uden_efter":0},"faerdigheder":{},"elementer":{}}'
    )


def test_random_logs_give_what_python_gives(page: Page) -> None:
    logs = random_logs()
    body = """return given.map((events) => ({
        before: JSON.stringify(events),
        maal: measures.maal(events),
        standing: log.effective(events).map((event) => event.id),
        taler: measures.intervals(events, "taler").map((run) => [run.kode, run.fra_ms, run.til_ms]),
        loops: measures.uguLoops(events).map((loop) => [loop.emne, loop.bogstaver, loop.fra_ms, loop.til_ms]),
        after: JSON.stringify(events),
    }));"""
    for events, found in zip(logs, in_page(page, body, logs), strict=True):
        mine = haendelser(events)
        assert found["maal"] == maal(mine)
        assert found["standing"] == [str(h.id) for h in effective(mine)]
        assert found["taler"] == [list(run) for run in intervals(mine, "taler")]
        assert found["loops"] == [[loop.emne, list(loop.bogstaver), *loop[2:]] for loop in ugu_loops(mine)]
        assert found["before"] == found["after"], "the log handed in is left as it was"


def test_ongoing_is_the_log_with_an_end_now(page: Page) -> None:
    logs = [[e for e in events if e["kode"] != "slut"] for events in random_logs()[:150]]
    body = "return given.map((events) => [measures.ongoing(events, 6000), measures.ongoing(events, 0)]);"
    for events, (now, earlier) in zip(logs, in_page(page, body, logs), strict=True):
        assert now == maal(haendelser([*events, event(900, 6000, "ur", "slut")]))
        assert earlier == maal(haendelser(events)), "now is never before the last event"


def test_ongoing_keeps_a_logged_end(page: Page) -> None:
    events = [event(0, 0, "ur", "start"), event(1, 0, "taler", "borger"), event(2, 500, "ur", "slut")]
    assert in_page(page, "return measures.ongoing(given, 9000);", events)["varighed_ms"] == 500


def test_running(page: Page) -> None:
    events = [
        event(0, 0, "ur", "start"),
        event(1, 0, "taler", "medarbejder"),
        event(2, 0, "fase", "kontrakt"),
        event(3, 900, "taler", "borger"),
        event(4, 400, "taler", "stilhed"),
        event(5, 950, "fase", ""),
        event(6, 950, "ur", "pause"),
        event(7, 960, "emne", "2"),
        event(8, 970, "emne", "3"),
        event(9, 980, "fortryd", "#8"),
    ]
    assert in_page(page, "return measures.running(given);", events) == {
        "taler": "borger",
        "fase": "",
        "emne": "2",
        "ugu": "",
        "pause": True,
        "startet": True,
        "slut": False,
    }
    resumed = [*events, event(10, 990, "ur", "genoptag"), event(11, 999, "ur", "slut")]
    after = in_page(page, "return measures.running(given);", resumed)
    assert (after["pause"], after["slut"]) == (False, True)
    assert in_page(page, "return measures.running([]);", None)["startet"] is False


def test_new_events(page: Page) -> None:
    events = [event(4, 0, "ur", "start"), event(7, 10, "note", "x")]
    first = in_page(page, 'return log.newEvent(given, "taler", "borger", 1234.6);', events)
    assert {**first, "id": ""} == {"id": "", "nr": 8, "t_ms": 1235, "spor": "taler", "kode": "borger"}
    early = in_page(page, 'return log.newEvent([], "taler", "borger", -50);', None)
    assert (early["nr"], early["t_ms"]) == (0, 0)


def test_ids_lie_in_the_order_of_their_numbers_and_the_rest_is_chance(page: Page) -> None:
    """On plain http (not localhost) `crypto.randomUUID` does not exist: it is not used."""
    body = """Object.defineProperty(crypto, "randomUUID", {value: undefined, configurable: true});
        const ids = [...given, ...given].map(log.newId);
        delete crypto.randomUUID;
        return ids;"""
    numbers = [*range(200), 255, 256, 65_536, 2_000_000_000]
    ids = in_page(page, body, numbers)
    assert len(set(ids)) == 2 * len(numbers)
    assert sorted(ids[: len(numbers)]) == ids[: len(numbers)]
    assert [UUID(one).int >> 80 for one in ids] == [*numbers, *numbers]
    assert all(UUID(one).version == 8 and str(UUID(one)) == one for one in ids)
    assert len({UUID(one).int & (1 << 62) - 1 for one in ids}) == len(ids)


def test_undo_takes_what_was_tapped_last_and_never_the_start(page: Page) -> None:
    events = [event(0, 0, "ur", "start"), event(1, 5000, "note", "a"), event(2, 1000, "taler", "borger")]
    body = """const undo = log.undoEvent(given, 6000);
        const both = log.undoEvent([...given, undo], 7000);
        return [undo, both, log.undoEvent([...given, undo, both], 8000), log.redoEvent(given)];"""
    undo, both, none, redo = in_page(page, body, events)
    assert (undo["spor"], undo["kode"], undo["t_ms"], undo["nr"]) == ("fortryd", events[2]["id"], 6000, 3)
    assert both["kode"] == events[1]["id"]
    assert none is None
    assert redo is None


def classic_undo_redo(rng: random.Random) -> tuple[list[str], list[list[str]], list[bool]]:
    """Taps with the two stacks of every text editor: the taps, what stands after each, can it redo."""
    done: list[str] = []
    undone: list[str] = []
    taps, standing, can_redo = [], [], []
    for number in range(60):
        tap = rng.choice(("new", "new", "undo", "undo", "redo"))
        if tap == "undo" and done:
            undone.append(done.pop())
        elif tap == "redo" and undone:
            done.append(undone.pop())
        elif tap == "new":
            done.append(f"kode{number}")
            undone.clear()
        taps.append(tap)
        standing.append(sorted(done))
        can_redo.append(bool(undone))
    return taps, standing, can_redo


def test_redo_read_from_the_log_is_the_classic_one(page: Page) -> None:
    body = """let events = [];
        return given.map((tap, number) => {
            const taps = {
                undo: () => log.undoEvent(events, number),
                redo: () => log.redoEvent(events),
                new: () => log.newEvent(events, "faerdighed", "kode" + number, number),
            };
            const made = taps[tap]();
            if (made) events = JSON.parse(JSON.stringify([made, ...events]));
            return [log.effective(events).map((e) => e.kode).sort(), log.redoTarget(events) !== null];
        });"""
    for seed in range(20):
        taps, standing, can_redo = classic_undo_redo(random.Random(seed))
        assert in_page(page, body, taps) == [list(one) for one in zip(standing, can_redo, strict=True)]


def test_fortryd_of_an_older_event_can_be_given_back(page: Page) -> None:
    events = [event(0, 0, "faerdighed", "a"), event(1, 1, "faerdighed", "b")]
    body = """const undo = log.undoEvent(given, 5, given[0]);
        const redo = log.redoEvent([...given, undo]);
        return [redo, log.redoEvent([...given, undo, redo])];"""
    redo, none = in_page(page, body, events)
    assert (redo["kode"], redo["t_ms"], redo["nr"]) == ("a", 0, 3)
    assert redo["id"] != events[0]["id"]
    assert none is None


def test_random_logs_are_of_every_kind() -> None:
    """Late starts, framed G, pauses: without them the comparison would prove little."""
    logs = [haendelser(events) for events in random_logs()]
    assert sum(start_end(log)[0] > 0 for log in logs) > 50
    assert sum(maal(log)["ugu"]["indrammet"] > 0 for log in logs) > 15
    assert sum(maal(log)["varighed_ms"] < start_end(log)[1] - start_end(log)[0] for log in logs) > 40

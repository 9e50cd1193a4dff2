"""The recorder on another device, as the two devices see it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import segno
from agreed import FOKUS, add_kontrakt
from counting import count_queries
from flask import Flask
from people import PASSWORD, World

from supervision import clock, sign_in
from supervision.db import db
from supervision.observationer.models import Enhedslink, Haendelse, Observation
from supervision.personer.models import Indlogning, Person

CLOSED = "Linket virker ikke længere"
ONLY = "Denne enhed er kun åben til optageren"


@pytest.fixture
def kontrakt_id(app: Flask, world: World) -> UUID:
    with app.app_context():
        made = add_kontrakt(world)
        jonas = db.session.get(Person, world.jonas)
        assert jonas is not None
        jonas.password = sign_in.hash_of(PASSWORD)
        db.session.commit()
        db.session.remove()
    return made


@pytest.fixture
def jonas(browser_for: Any, world: World, kontrakt_id: UUID) -> Any:
    return browser_for(world.jonas)


@pytest.mark.gate("E4")
def test_half_an_hours_quiet_closes_the_device_and_a_new_code_opens_it_again(
    app: Flask, jonas: Any, browser_for: Any, kontrakt_id: UUID, record_property: Any
) -> None:
    """Open as long as it is heard from, at most 30 minutes after; what is sent after the new code is taken in."""
    phone, begun = browser_for(None), clock.now()
    data = f"/api/kontrakter/{kontrakt_id}/optager"

    def ask(minutes: int) -> int:
        with clock.travel(begun + timedelta(minutes=minutes)):
            return int(phone.get(data).status_code)

    def open_it(minutes: int) -> None:
        with clock.travel(begun + timedelta(minutes=minutes)):
            assert press(phone, make(jonas, kontrakt_id)).status_code == 303

    open_it(0)
    assert phone.get(data).get_json()["skaerm"]["kode"] is True
    assert jonas.get(data).get_json()["skaerm"]["kode"] is False
    assert [ask(minutes) for minutes in (5, 30, 55, 80, 109)] == [200] * 5
    assert [ask(minutes) for minutes in (140, 141)] == [401, 401]
    assert "data-sluttid" not in phone.get("/log-ind").get_data(as_text=True)
    open_it(142)
    assert ask(150) == 200
    with app.app_context():
        shown = [one.enhed for one in db.session.query(Indlogning) if one.enhed.endswith(", kun optageren")]
        assert shown
        db.session.query(Indlogning).update({"hvile_min": None})  # planted: the link alone ends it
        db.session.commit()
        db.session.remove()
    assert ask(190) == 200
    record_property(
        "figure", "a device opened by a code: open 29 minutes after it was heard from, closed after 31"
    )


def page_of(kontrakt_id: UUID) -> str:
    return f"/kontrakter/{kontrakt_id}/anden-enhed"


def make(browser: Any, kontrakt_id: UUID) -> str:
    """The path of a new link."""
    page = browser.send(page_of(kontrakt_id))
    assert page.status_code == 200
    return address_on(page).removeprefix("http://localhost")


def address_on(page: Any) -> str:
    found = re.search(r'class="device-address">(.+?)</p>', page.get_data(as_text=True))
    assert found is not None
    return re.sub(r"<[^>]+>", "", found.group(1))


def press(browser: Any, path: str, **how: Any) -> Any:
    """Open the address and press its button."""
    page = browser.get(path, **how)
    return browser.post(path, data={"csrf_token": token_on(page) or browser.token()}, **how)


def token_on(page: Any) -> str:
    found = re.search(r'name="csrf_token" (?:type="hidden" )?value="([^"]+)"', page.get_data(as_text=True))
    return found.group(1) if found else ""


def main_of(page: Any) -> str:
    return str(page.get_data(as_text=True).split("<main", 1)[1])


def opened(browser_for: Any, jonas: Any, kontrakt_id: UUID) -> Any:
    """Another device, opened by a link."""
    phone = browser_for()
    assert press(phone, make(jonas, kontrakt_id)).status_code == 303
    return phone


def is_limited(browser: Any, kontrakt_id: UUID) -> bool:
    recorder, profile = browser.get(f"/optager/{kontrakt_id}"), browser.get("/profil")
    return (recorder.status_code, profile.status_code) == (200, 403)


@pytest.mark.gate("E8")
def test_the_code_is_shown_once_and_kept_nowhere(app: Flask, jonas: Any, kontrakt_id: UUID) -> None:
    before = main_of(jonas.get(page_of(kontrakt_id)))
    assert "ti minutter og kun én gang" in before
    assert "Træk" not in before
    page = jonas.send(page_of(kontrakt_id))
    address, shown = address_on(page), page.get_data(as_text=True)
    assert re.fullmatch(r"http://localhost/o/[0-9a-z]{4}(-[0-9a-z]{4}){6}", address)
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=4, light="#fff")
    modules = re.search(r' d="(M4 4[^"]+)"', drawn)
    assert modules is not None
    assert shown.count(f'd="{modules.group(1)}"') == 1
    assert 'stroke="#000"' in shown
    assert '<path fill="#fff" d="M0 0h' in shown, "its own white, in the dark too"
    assert page.headers["Cache-Control"] == "no-store"

    code = address.rsplit("/", 1)[1]
    with jonas.session_transaction() as session:
        assert code not in str(dict(session))
    again = jonas.get(page_of(kontrakt_id)).get_data(as_text=True)
    assert code not in again
    assert "ikke er brugt endnu" in again
    with app.app_context():
        for table in db.metadata.sorted_tables:
            for values in db.session.execute(table.select()):
                assert code not in "|".join(map(str, values))
                assert code.replace("-", "") not in "|".join(map(str, values))
        db.session.remove()


def test_the_host_is_the_one_in_use(jonas: Any, kontrakt_id: UUID) -> None:
    elsewhere = {"base_url": "http://samtaler.example:8414"}
    with jonas.session_transaction() as session:
        signed_in = dict(session)
    with jonas.session_transaction(**elsewhere) as session:
        session.update(signed_in)
    page = press(jonas, page_of(kontrakt_id), **elsewhere)
    assert address_on(page).startswith("http://samtaler.example:8414/o/")


def test_another_device_opens_the_recorder_and_nothing_else(
    app: Flask, jonas: Any, kontrakt_id: UUID, browser_for: Any, world: World
) -> None:
    path, phone = make(jonas, kontrakt_id), browser_for()
    for _ in range(3):
        page = phone.get(path)
        assert page.status_code == 200
        assert page.headers["Referrer-Policy"] == "strict-origin"
        assert '<meta name="referrer" content="strict-origin">' in page.get_data(as_text=True)
        for told in ("Jonas", "Mette", FOKUS, str(kontrakt_id), "Testby"):
            assert told not in page.get_data(as_text=True)
    phone.head(path)
    assert phone.post(path).status_code == 400, "without its form's token it is not used"
    answer = press(phone, path)
    assert (answer.status_code, answer.location) == (303, f"/optager/{kontrakt_id}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert is_limited(phone, kontrakt_id)

    event = {"id": str(uuid4()), "nr": 0, "t_ms": 0, "spor": "ur", "kode": "start"}
    url = f"/api/kontrakter/{kontrakt_id}/haendelser"
    sent = phone.send_json(url, {"startet_at": clock.now().isoformat(), "haendelser": [event]})
    assert sent.json["gemt"] == [event["id"]]
    assert phone.get("/api/hvem").json["person"] == str(world.jonas)
    with app.app_context():
        assert db.session.query(Haendelse).count() == 1
        assert db.session.query(Observation).one().observatoer_id == world.jonas
        db.session.remove()
    closed = phone.get("/profil?a=1")
    assert ONLY in main_of(closed)
    assert "/log-ind?next=/profil?a%3D1" in main_of(closed)
    assert f"/optager/{kontrakt_id}" in main_of(closed)
    refused = phone.get("/api/findes-ikke")
    assert (refused.status_code, refused.json["titel"]) == (401, ONLY)


@pytest.mark.gate("E8")
def test_every_closed_link_is_answered_alike(
    app: Flask, jonas: Any, kontrakt_id: UUID, browser_for: Any, world: World
) -> None:
    used = make(jonas, kontrakt_id)
    press(browser_for(), used)
    replaced, back = make(jonas, kontrakt_id), make(jonas, kontrakt_id)
    jonas.send(page_of(kontrakt_id) + "/luk")
    old = make(jonas, kontrakt_id)
    paths = {
        "used": used,
        "replaced": replaced,
        "taken back": back,
        "wrong": "/o/" + "x" * 28,
        "long": "/o/" + "x" * 5000,
        "strange": "/o/%00%ff",
    }
    with clock.travel(clock.now() + timedelta(minutes=10)):
        paths["old"] = old
        pages, questions = {}, {}
        for name, path in paths.items():
            stranger = browser_for()
            pages[name] = stranger.get(path)
            questions[name] = count_queries(app, lambda path=path: browser_for().get(path))
            assert press(stranger, path).status_code == 404, name
            assert stranger.get("/profil").status_code == 302, name
    assert {page.status_code for page in pages.values()} == {404}
    assert len({main_of(page) for page in pages.values()}) == 1
    assert len(set(questions.values())) == 1, questions
    assert CLOSED in main_of(pages["wrong"])
    assert "Lav et nyt på den anden enhed." in main_of(pages["wrong"])
    assert press(browser_for(), make(jonas, kontrakt_id)).status_code == 303


def test_somebody_else_signs_out_first(jonas: Any, kontrakt_id: UUID, browser_for: Any, world: World) -> None:
    path, aase = make(jonas, kontrakt_id), browser_for(world.aase)
    answer = press(aase, path)
    assert answer.status_code == 409
    assert "En anden er logget ind på enheden" in main_of(answer)
    assert aase.get("/profil").status_code == 200
    assert aase.post("/log-ud", data={"csrf_token": token_on(answer)}).status_code == 302
    assert press(aase, path).status_code == 303
    assert is_limited(aase, kontrakt_id)


def test_the_person_who_is_signed_in_already_stays_so(
    jonas: Any, kontrakt_id: UUID, browser_for: Any
) -> None:
    path = make(jonas, kontrakt_id)
    answer = press(jonas, path)
    assert (answer.status_code, answer.location) == (303, f"/optager/{kontrakt_id}")
    assert jonas.get("/profil").status_code == 200
    assert press(browser_for(), path).status_code == 404


def test_a_limited_device_takes_a_link_to_another_kontrakt(
    app: Flask, jonas: Any, kontrakt_id: UUID, browser_for: Any, world: World
) -> None:
    with app.app_context():
        other = add_kontrakt(world, fokusperson="aase", yes=("aase", "jonas"))
        db.session.commit()
        db.session.remove()
    phone = opened(browser_for, jonas, kontrakt_id)
    assert phone.get(f"/optager/{other}").status_code == 403
    assert phone.get(f"/api/kontrakter/{other}/haendelser").status_code == 401
    assert press(phone, make(jonas, other)).status_code == 303
    assert is_limited(phone, other)
    assert phone.get(f"/optager/{kontrakt_id}").status_code == 403


def test_over_https_the_form_comes_from_our_own_host(jonas: Any, kontrakt_id: UUID, browser_for: Any) -> None:
    path, phone = make(jonas, kontrakt_id), browser_for()
    secure = {"base_url": "https://localhost"}
    assert press(phone, path, **secure).status_code == 400, "no Referer at all"
    # What a browser sends under `strict-origin`: the host, and nothing of the address.
    sent = {"headers": {"Referer": "https://localhost/"}, **secure}
    assert press(phone, path, **sent).status_code == 303


def test_the_limited_session_ends(
    app: Flask, jonas: Any, kontrakt_id: UUID, browser_for: Any, world: World
) -> None:
    phone, begun = opened(browser_for, jonas, kontrakt_id), clock.now()
    for minutes in (*range(29, 12 * 60, 29), 12 * 60 - 1):  # never quiet
        with clock.travel(begun + timedelta(minutes=minutes)):
            assert phone.get("/api/hvem").status_code == 200
    with clock.travel(begun + timedelta(hours=11, minutes=59)):
        assert is_limited(phone, kontrakt_id)
    with clock.travel(clock.now() + timedelta(hours=12)):
        assert phone.get("/api/hvem").status_code == 401
        assert phone.get("/profil").status_code == 302

    phone = opened(browser_for, jonas, kontrakt_id)
    assert "Optageren blev åbnet med en kode kl." in main_of(jonas.get(page_of(kontrakt_id)))
    assert jonas.send(page_of(kontrakt_id) + "/luk").status_code == 303
    assert phone.get("/api/hvem").status_code == 401

    phone, old_mark = opened(browser_for, jonas, kontrakt_id), opened(browser_for, jonas, kontrakt_id)
    with old_mark.session_transaction() as session:
        session["enhed"] = {"kontrakt": str(kontrakt_id)}
    assert old_mark.get("/api/hvem").status_code == 401, "a mark that cannot be read opens nothing"
    with app.app_context():
        person = db.session.get(Person, world.jonas)
        assert person is not None
        person.fs_uniquifier = uuid4().hex  # as a new password does
        db.session.commit()
        db.session.remove()
    assert phone.get("/api/hvem").status_code == 401
    assert phone.get(f"/optager/{kontrakt_id}").status_code == 302


def test_a_session_whose_link_was_not_used_after_all_opens_nothing(
    app: Flask, jonas: Any, kontrakt_id: UUID, browser_for: Any
) -> None:
    """The cookie leaves also when the commit fails; then the link is unused, and so the session is none."""
    phone = opened(browser_for, jonas, kontrakt_id)
    with app.app_context():
        db.session.query(Enhedslink).update({"brugt_at": None})
        db.session.commit()
        db.session.remove()
    assert phone.get("/api/hvem").status_code == 401


def test_a_full_sign_in_replaces_it(jonas: Any, kontrakt_id: UUID, browser_for: Any) -> None:
    phone = opened(browser_for, jonas, kontrakt_id)
    page = phone.get("/log-ind?next=/profil")
    assert page.status_code == 200
    fields = {"csrf_token": token_on(page), "email": "jonas@test.example", "next": "/profil"}
    assert phone.post("/log-ind", data=fields | {"password": "forkert adgangskode"}).status_code == 200
    assert is_limited(phone, kontrakt_id)
    answer = phone.post("/log-ind", data=fields | {"password": PASSWORD})
    assert (answer.status_code, answer.location) == (302, "/profil")
    assert phone.get("/profil").status_code == 200
    with phone.session_transaction() as session:
        assert "enhed" not in session
    assert phone.post("/log-ud", data={"csrf_token": fields["csrf_token"]}).status_code == 400, (
        "a fresh token"
    )
    phone.send("/log-ud")
    assert phone.get("/profil").status_code == 302


def test_signing_out_of_a_limited_session(jonas: Any, kontrakt_id: UUID, browser_for: Any) -> None:
    phone = opened(browser_for, jonas, kontrakt_id)
    closed = phone.get("/profil")
    assert "Luk optageren på enheden" in main_of(closed)
    assert phone.post("/log-ud", data={"csrf_token": token_on(closed)}).status_code == 302
    with phone.session_transaction() as session:
        assert "enhed" not in session
    assert phone.get("/profil").status_code == 302


def test_when_the_samtale_is_not_ready_or_over(
    app: Flask, jonas: Any, kontrakt_id: UUID, browser_for: Any, world: World
) -> None:
    with app.app_context():
        early = add_kontrakt(world, fokusperson="aase", yes=("aase",))
        db.session.commit()
        db.session.remove()
    for answer in (
        jonas.get(page_of(early)),
        jonas.send(page_of(early)),
        jonas.send(page_of(early) + "/luk"),
    ):
        assert answer.status_code == 409
        assert "når I begge har sagt ja" in main_of(answer)
    phone, path = opened(browser_for, jonas, kontrakt_id), make(jonas, kontrakt_id)
    phone.send_json(
        f"/api/kontrakter/{kontrakt_id}/haendelser",
        {"haendelser": [{"id": str(uuid4()), "nr": 0, "t_ms": 0, "spor": "ur", "kode": "start"}]},
    )
    assert phone.send_json(f"/api/kontrakter/{kontrakt_id}/afslut", {}).status_code == 200
    assert ONLY in main_of(phone.get(f"/optager/{kontrakt_id}", follow_redirects=True))
    assert jonas.get(page_of(kontrakt_id)).location == f"/kontrakter/{kontrakt_id}/observation"
    assert jonas.send(page_of(kontrakt_id)).status_code == 303
    assert press(browser_for(), path).status_code == 404

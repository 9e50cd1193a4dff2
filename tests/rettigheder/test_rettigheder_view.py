"""The pages: asking and undoing, carrying out without seeing, retention, deleting a feedback, and who can see what."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, session
from flask_login import user_logged_in
from people import World
from road import walk
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.feedback.models import Feedback
from supervision.personer.models import Person
from supervision.rettigheder.actions.egne import acknowledge
from supervision.rettigheder.formats import fakta
from supervision.rettigheder.formats.journal import journal_of, read
from supervision.rettigheder.models import Opbevaring, Sletteanmodning
from supervision.rettigheder.queries.lukkede import list_lukkede
from supervision.rettigheder.queries.opbevaring import dage_for, list_due
from supervision.rettigheder.views import oplysning


@pytest.fixture
def walked(sqlite_app: Flask, sqlite_world: World) -> Any:
    with sqlite_app.app_context():
        ids = walk(sqlite_world).ids
        db.session.commit()
        db.session.remove()
    return ids


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_asking_and_undoing(sqlite_app: Flask, sqlite_world: World, walked: Any) -> None:
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    page = text_of(mette.get("/profil/slet"))
    assert "Feedback til dig" in page
    assert "Kvartalets offentliggjorte tal" in page
    assert mette.send("/profil/slet").status_code == 422
    assert mette.send("/profil/slet", ja="y").status_code == 303
    page = text_of(mette.get("/profil/slet"))
    assert "Fortryd, slet intet" in page
    assert "Bed om sletning" not in page
    assert "Du har bedt om at få alt slettet" in text_of(mette.get("/profil/mine-data"))
    assert mette.send("/profil/slet/fortryd").status_code == 303
    assert "Bed om sletning" in text_of(mette.get("/profil/slet"))


@pytest.mark.wide
def test_the_administrator_carries_it_out_without_seeing_anything(
    sqlite_app: Flask, sqlite_world: World, walked: Any
) -> None:
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    admin = Browser.signed_in(sqlite_app, sqlite_world.administrator)
    url = f"/administration/sletninger/{sqlite_world.mette}"
    assert admin.send(url).status_code == 404, "nobody has asked"
    mette.send("/profil/slet", ja="y")
    page = text_of(admin.get("/administration/sletninger"))
    assert "Mette Ærø" in page
    assert "kanarie" not in page
    assert "Slet nu" not in page
    assert admin.send(url).status_code == 404, "she can still undo it"
    assert mette.send(url).status_code == 404
    with clock.travel(clock.now() + timedelta(days=7, hours=1)):
        assert "Slet nu" in text_of(admin.get("/administration/sletninger"))
        assert admin.send(url).status_code == 303
        assert "Én person er slettet" in text_of(admin.get("/administration/sletninger"))
        assert mette.get("/profil").status_code == 302, "her session is dead"
        assert admin.get(f"/administration/personer/{sqlite_world.mette}").status_code == 404
        assert "tidligere kollega" not in text_of(admin.get("/administration/personer"))
    assert [line.id for line in read(journal_of(Path(sqlite_app.instance_path)))] == [sqlite_world.mette]
    jonas = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    for url in ("/", "/samtaler", "/profil/mine-data/laes"):
        page = text_of(jonas.get(url))
        assert "kanarie-fokus" not in page
        assert "Mette" not in page


def test_the_last_administrator_stays(sqlite_app: Flask, sqlite_world: World) -> None:
    admin = Browser.signed_in(sqlite_app, sqlite_world.administrator)
    answer = admin.send("/profil/slet", ja="y")
    assert answer.status_code == 422
    assert "Du er den eneste administrator" in text_of(answer)
    with sqlite_app.app_context():
        assert db.session.query(Sletteanmodning).count() == 0
        db.session.remove()


@pytest.mark.gate("C7")
def test_one_deletes_a_feedback_before_it_is_talked_about(
    sqlite_app: Flask, sqlite_world: World, walked: Any
) -> None:
    """The owner may, read or not; the observatør may not; afterwards neither gets an answer, and it is journalled."""
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    jonas = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    with sqlite_app.app_context():
        db.session.execute(db.update(Feedback).values(laest_at=None))
        db.session.commit()
        db.session.remove()
    url = f"/feedback/{walked['feedback_id']}"
    assert f"{url}/slet" in text_of(mette.get(url))
    assert jonas.get(f"{url}/slet").status_code == 404
    assert jonas.send(f"{url}/slet").status_code == 404
    assert "Vil du slette feedbacken?" in text_of(mette.get(f"{url}/slet"))
    assert mette.send(f"{url}/slet").status_code == 303
    assert [who.get(url).status_code for who in (mette, jonas)] == [404, 404]
    assert [line.slags for line in read(journal_of(Path(sqlite_app.instance_path)))] == ["feedback_kontrakt"]
    with sqlite_app.app_context():
        assert db.session.query(Feedback).count() == 0
        db.session.remove()


def test_an_organisation_says_how_long(sqlite_app: Flask, sqlite_world: World) -> None:
    admin = Browser.signed_in(sqlite_app, sqlite_world.administrator)
    url = f"/administration/organisationer/{sqlite_world.organisations['jobcenter']}/opbevaring"
    assert url in text_of(admin.get(url.removesuffix("/opbevaring")))
    page = text_of(admin.get(url))
    assert "Loggen over, hvem der har set hvis data" in page
    fields = {"kladder": 30, "feedback": 400, "karantaene": 30, "tal": 1825, "oevelser": 180}
    fields |= {"moeder": 730, "links": 30, "beskeder": 365, "historik": 365, "lukkede": 180}
    more: dict[str, Any] = {"kontakt": "Dorte Data, dpo@test.example", "fortrydelse": 3, "maaneder": 18}
    bounds = {
        "feedback": "30 og 1825",
        "karantaene": "1 og 30",
        "fortrydelse": "1 og 30",
        "lukkede": "30 og 1825",
    }
    for name, wrong in (
        *((name, 0) for name in bounds),
        ("feedback", "x"),
        ("lukkede", ""),
        ("maaneder", 5),
        ("maaneder", 121),
    ):
        answer = admin.send(url, **{**fields, **more, name: wrong})
        assert answer.status_code == 422, name
        page = text_of(answer)
        assert "Dorte Data" in page, "nothing typed is lost"
        said = re.search(rf'id="{name}-error"><span class="sr-only">Fejl: </span>(.*?)</span>', page)
        assert said, name
        assert said[1].endswith(f"mellem {bounds.get(name, '6 og 120')}."), "one sentence, at its field"
    with sqlite_app.app_context():
        assert db.session.query(Opbevaring).count() == 0, "half of a form is not kept"
        db.session.remove()
    assert admin.send(url, **{**fields, **more, "kontakt": "010190-1234"}).status_code == 422
    assert admin.send(url, **fields, **more).status_code == 303
    page = text_of(Browser.signed_in(sqlite_app, sqlite_world.mette).get("/profil/hvem-ser-hvad"))
    assert "Dorte Data" in page
    assert "400 dage" in page
    assert "Lukkede konti" in page
    assert "18 måneder" in page, "the access log's time as it is set"
    assert "fortryde i 3 dage" in page


def test_the_next_cleaning_is_counted_before_anything_is_kept(
    sqlite_app: Flask, sqlite_world: World, walked: Any
) -> None:
    """Counts alone, with the times that stand and with those that are typed; the button to see stores nothing."""
    admin = Browser.signed_in(sqlite_app, sqlite_world.administrator)
    home = sqlite_world.organisations["jobcenter"]
    url = f"/administration/organisationer/{home}/opbevaring"
    assert admin.send(f"/administration/personer/{sqlite_world.aase}/luk").status_code == 303
    with sqlite_app.app_context():
        dage = dage_for(home)
        db.session.remove()
    typed = {key: days for key, days in dage.items() if key != "adgangslog"}
    typed |= {"feedback": 30, "lukkede": 30, "fortrydelse": 7, "maaneder": 12, "kontakt": ""}
    with clock.travel(clock.now() + timedelta(days=60)):
        admin = Browser.signed_in(sqlite_app, sqlite_world.administrator)
        assert "Næste oprydning sletter ingenting." in text_of(admin.get(url))
        answer = admin.send(url, **typed, proev="ja")
        page = text_of(answer)
        assert answer.status_code == 200
        assert "ikke gemt endnu" in page
        for line in (
            "Afleveret feedback med kontrakt, kryds og tal: 1",
            "Lukkede konti, med alt om personen: 1",
        ):
            assert f"<li>{line}</li>" in page
        assert "kanarie" not in page
        with sqlite_app.app_context():
            assert db.session.query(Opbevaring).count() == 0
            db.session.remove()
        assert admin.send(url, **typed).status_code == 303
        assert "<li>Lukkede konti, med alt om personen: 1</li>" in text_of(admin.get(url))
        with sqlite_app.app_context():
            due = list_due(clock.now())
            assert [one.klasse for one in due if one.klasse == "feedback"] == ["feedback"], (
                "as it was counted"
            )
            assert list_lukkede(clock.now()) == [sqlite_world.aase]
            db.session.remove()


def test_the_page_of_a_person_says_when_a_closed_account_goes(sqlite_app: Flask, sqlite_world: World) -> None:
    admin = Browser.signed_in(sqlite_app, sqlite_world.administrator)
    url = f"/administration/personer/{sqlite_world.aase}"
    assert "lukket i 12 måneder" in text_of(admin.get(url))
    with clock.travel(clock.from_local(date(2026, 3, 2), time(12))):
        admin = Browser.signed_in(sqlite_app, sqlite_world.administrator)
        admin.send(f"{url}/luk")
        page = text_of(admin.get(url))
        assert "natten efter tirsdag den 2. marts 2027" in page
        admin.send(f"{url}/luk-op")
        assert "natten efter" not in text_of(admin.get(url))


def test_who_sees_what_says_what_the_matrix_says_and_is_read_once(
    sqlite_app: Flask, sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    assert "Læs, hvem der kan se hvad om dig" in text_of(mette.get("/"))
    page = text_of(mette.get("/profil/hvem-ser-hvad"))
    for thing in fakta.synlige():
        assert thing.i_ord in page
    assert "Jeg har læst det" in page
    assert mette.send("/profil/hvem-ser-hvad").location == "/"
    assert "Læs, hvem der kan se hvad om dig" not in text_of(mette.get("/"))
    assert "Jeg har læst det" not in text_of(mette.get("/profil/hvem-ser-hvad"))
    monkeypatch.setattr(fakta, "udgave", lambda: "en anden")
    assert "Læs, hvem der kan se hvad om dig" in text_of(mette.get("/")), "other facts are told anew"


def test_the_first_sign_in_leads_there_once(sqlite_app: Flask, sqlite_world: World) -> None:
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    with mette.session_transaction() as kept:
        kept[oplysning.FIRST] = True
    assert mette.get("/").location == "/profil/hvem-ser-hvad"
    assert mette.get("/").status_code == 200, "not again"
    with sqlite_app.test_request_context():
        person = db.session.get(Person, sqlite_world.mette)
        assert person is not None
        user_logged_in.send(sqlite_app, user=person)
        assert session[oplysning.FIRST] is True
        session.clear()
        acknowledge(udgave=fakta.udgave(), by=person)
        user_logged_in.send(sqlite_app, user=person)
        assert oplysning.FIRST not in session
        db.session.rollback()
        db.session.remove()


@pytest.mark.wide
def test_one_is_told_before_ones_things_go(sqlite_app: Flask, sqlite_world: World, walked: Any) -> None:
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    assert "bliver snart slettet" not in text_of(mette.get("/"))
    with clock.travel(clock.now() + timedelta(days=340)):
        assert "Én samtale med feedback til dig bliver snart slettet" in text_of(mette.get("/"))
        assert "Hent en kopi nu, hvis du vil beholde den." in text_of(mette.get("/profil/mine-data"))
        jonas = Browser.signed_in(sqlite_app, sqlite_world.jonas)
        assert "bliver snart slettet" not in text_of(jonas.get("/"))
    with clock.travel(clock.now() + timedelta(days=366)):
        late = Browser.signed_in(sqlite_app, sqlite_world.mette)
        assert "bliver snart slettet: i dag." in text_of(late.get("/profil/mine-data"))

"""The steps one by one: what they refuse, what they keep, and two who write at once."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from kontrakter import FOKUS, KODER, STEPS, look, opened, page_fields, save, stored
from people import World

from supervision import clock
from supervision.aftaler import actions
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.laeringspil.models import Laeringspil, LaeringspilLinje

JSON = {"Accept": "application/json"}


def autosave(browser: Any, url: str, fields: dict[str, Any]) -> Any:
    """Post a form as the page does while one writes."""
    return browser.post(url, data=fields, headers=JSON)


def test_every_step_opens_for_both_with_and_without_a_yes(app: Flask, world: World, browser_for: Any) -> None:
    for ja in ((), ("jonas",)):
        kontrakt_id = stored(app, world, ja=ja)
        for who in (world.mette, world.jonas):
            for trin in (*STEPS, "se-optageren"):
                page = browser_for(who).get(f"/kontrakter/{kontrakt_id}/{trin}")
                assert page.status_code == 200
                source = page.get_data(as_text=True)
                assert ("data-autosave-status" in source) == (trin != "se-optageren")
                assert ('name="siger_ja"' in source) == (bool(ja) and trin != "se-optageren")


def test_saving_a_page_as_it_stands_changes_nothing(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world, ja=("jonas",))
    before = look(app, kontrakt_id, world.mette)
    for trin in STEPS:
        assert save(browser_for(world.mette), kontrakt_id, trin).status_code == 303
    assert look(app, kontrakt_id, world.mette) == before


def test_no_focus_is_a_draft_and_four_are_too_many(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    mette = browser_for(world.mette)
    four = {f"fokus-{nr}": f"Punkt {nr}" for nr in range(4)}
    answer = save(mette, kontrakt_id, "fokus", **four)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Der er plads til tre fokuspunkter" in page
    assert all(text in page for text in four.values())
    assert save(mette, kontrakt_id, "fokus", **{"fokus-0": "  "}).status_code == 303
    assert "Kontrakten mangler et fokus. Skriv mindst ét." in mette.get(
        f"/kontrakter/{kontrakt_id}"
    ).get_data(as_text=True)


def test_long_text_and_control_characters(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    mette = browser_for(world.mette)
    long = "Æ" * 10_000
    answer = save(mette, kontrakt_id, "fokus", **{"fokus-0": "Kort", "fokus-2": long})
    assert answer.status_code == 422
    assert 'id="fokus-2-error"' in answer.get_data(as_text=True)
    assert long in answer.get_data(as_text=True)
    assert save(mette, kontrakt_id, "fokus", **{"fokus-0": "a\0b\r\nc <b>&amp;"}).status_code == 303
    assert look(app, kontrakt_id, world.mette)["trin"]["fokus"].fokus == ("ab\nc <b>&amp;",)
    assert "&lt;b&gt;&amp;amp;" in mette.get(f"/kontrakter/{kontrakt_id}").get_data(as_text=True)


def test_the_own_laeringspil_is_offered_to_its_owner_alone(
    app: Flask, world: World, browser_for: Any
) -> None:
    kontrakt_id = stored(app, world)
    with app.app_context():
        for person_id, text in ((world.mette, "Åbne spørgsmål"), (world.jonas, "Jonas' egen")):
            linje = LaeringspilLinje(nr=1, faerdighed=text)
            db.session.add(Laeringspil(person_id=person_id, oprettet_at=clock.now(), linjer=[linje]))
        db.session.commit()
        db.session.remove()
    url = f"/kontrakter/{kontrakt_id}/fokus"
    assert "Åbne spørgsmål" not in browser_for(world.jonas).get(url).get_data(as_text=True)
    mette = browser_for(world.mette)
    assert "Jonas" in mette.get(url).get_data(as_text=True)
    assert "egen" not in page_fields(mette.get(url).get_data(as_text=True)).values()
    answer = save(mette, kontrakt_id, "fokus", handling="forslag:0")
    assert answer.location == url
    assert look(app, kontrakt_id, world.mette)["trin"]["fokus"].fokus == (FOKUS, "Åbne spørgsmål")
    for odd in ("forslag:7", "forslag:-1", "forslag:x", "andet"):
        save(mette, kontrakt_id, "fokus", handling=odd)
    assert len(look(app, kontrakt_id, world.mette)["trin"]["fokus"].fokus) == 2


def test_the_palette_by_its_buttons(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    mette = browser_for(world.mette)

    def koder() -> tuple[str, ...]:
        found: tuple[str, ...] = look(app, kontrakt_id, world.mette)["trin"]["kendetegn"].koder
        return found

    for kode in KODER:
        answer = save(mette, kontrakt_id, "kendetegn", handling=f"tilfoej:{kode}")
        assert answer.location == f"/kontrakter/{kontrakt_id}/kendetegn#valgte"
    assert koder() == KODER
    save(mette, kontrakt_id, "kendetegn", handling=f"op:{KODER[2]}")
    assert koder() == (KODER[0], KODER[2], KODER[1])
    save(mette, kontrakt_id, "kendetegn", handling=f"fjern:{KODER[0]}")
    assert koder() == (KODER[2], KODER[1])
    page = mette.get(f"/kontrakter/{kontrakt_id}/kendetegn").get_data(as_text=True)
    assert "2 af 12" in page
    assert load_katalog().tekst(KODER[1]) in page


def test_a_thirteenth_and_an_unknown_are_refused(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    mette = browser_for(world.mette)
    save(mette, kontrakt_id, "kendetegn", handling="skabelon:cv_samtale")
    before = look(app, kontrakt_id, world.mette)["trin"]["kendetegn"]
    extra = next(tegn.kode for tegn in load_katalog().observerbare() if tegn.kode not in before.koder)
    answer = save(mette, kontrakt_id, "kendetegn", handling=f"tilfoej:{extra}")
    assert answer.status_code == 422
    assert "Der er plads til tolv kendetegn" in answer.get_data(as_text=True)
    assert "12 af 12" in answer.get_data(as_text=True)
    for bad in ({"handling": "tilfoej:findes_ikke"}, {"koder": ["findes_ikke"]}, {"gm_variant": "gm_egen"}):
        answer = save(mette, kontrakt_id, "kendetegn", **{"koder": [], **bad})
        assert answer.status_code == 422, bad
    assert save(mette, kontrakt_id, "kendetegn", handling="skabelon:egen").status_code == 422
    assert look(app, kontrakt_id, world.mette)["trin"]["kendetegn"] == before


def test_the_catalogue_is_searched_without_a_script(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    mette = browser_for(world.mette)
    url = f"/kontrakter/{kontrakt_id}/kendetegn"
    found = mette.get(url, query_string={"soeg": "åbne spørgsmål"}).get_data(as_text=True)
    assert 'value="tilfoej:aab_hv"' in found
    assert found.count('value="tilfoej:') < mette.get(url).get_data(as_text=True).count('value="tilfoej:')
    for odd in ("x" * 10_000, "\0", "findes ikke her", "<script>"):
        assert mette.get(url, query_string={"soeg": odd}).status_code == 200


def test_two_who_write_in_different_steps_do_not_meet(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    mette, jonas = browser_for(world.mette), browser_for(world.jonas)
    fokus, aftaler = f"/kontrakter/{kontrakt_id}/fokus", f"/kontrakter/{kontrakt_id}/aftaler"
    hers, his = opened(mette, fokus), opened(jonas, aftaler)
    assert autosave(mette, fokus, {**hers, "fokus-0": "Hendes"}).status_code == 200
    assert autosave(jonas, aftaler, {**his, "plads": "Bagved"}).status_code == 200
    trin = look(app, kontrakt_id, world.mette)["trin"]
    assert (trin["fokus"].fokus, trin["aftaler"].plads) == (("Hendes",), "Bagved")


def test_two_who_write_in_the_same_step_see_both(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    mette, jonas = browser_for(world.mette), browser_for(world.jonas)
    url = f"/kontrakter/{kontrakt_id}/fokus"
    hers, his = opened(mette, url), opened(jonas, url)
    assert mette.post(url, data={**hers, "fokus-0": "Hendes ord"}).status_code == 303
    background = autosave(jonas, url, {**his, "fokus-0": "Hans ord"})
    assert background.status_code == 409
    assert "Mette har skrevet her imens" in background.json["fejl"]
    answer = jonas.post(url, data={**his, "fokus-0": "Hans ord"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Mette har skrevet her imens. Intet er gået tabt" in page
    assert "Hendes ord" in page
    assert page_fields(page)["fokus-0"] == "Hans ord"
    assert look(app, kontrakt_id, world.mette)["trin"]["fokus"].fokus == ("Hendes ord",)
    assert jonas.post(url, data=page_fields(page)).status_code == 303
    assert look(app, kontrakt_id, world.mette)["trin"]["fokus"].fokus == ("Hans ord",)


def test_the_same_person_in_two_tabs_is_not_told_of_another(
    app: Flask, world: World, browser_for: Any
) -> None:
    kontrakt_id = stored(app, world)
    mette, url = browser_for(world.mette), f"/kontrakter/{kontrakt_id}/fokus"
    old = opened(mette, url)
    mette.post(url, data={**old, "fokus-0": "I den ene fane"})
    answer = mette.post(url, data={**old, "fokus-0": "I den anden"})
    assert answer.status_code == 409
    assert "Der er skrevet her imens" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("trin", "hers", "his"),
    [
        ("samtalen", {"sted": "Her"}, {"sted": "Der"}),
        ("kendetegn", {"handling": "tilfoej:aab_hv"}, {"handling": "tilfoej:no_spoerger"}),
        ("aftaler", {"plads": "Her"}, {"plads": "Der"}),
    ],
)
def test_every_step_shows_both_versions(
    app: Flask, world: World, browser_for: Any, trin: str, hers: dict[str, str], his: dict[str, str]
) -> None:
    kontrakt_id = stored(app, world)
    mette, jonas = browser_for(world.mette), browser_for(world.jonas)
    url = f"/kontrakter/{kontrakt_id}/{trin}"
    before = opened(jonas, url)
    assert mette.post(url, data={**opened(mette, url), **hers}).status_code == 303
    answer = jonas.post(url, data={**before, **his})
    assert answer.status_code == 409
    assert "Gemt nu" in answer.get_data(as_text=True)


def test_saved_as_one_writes(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    mette, url = browser_for(world.mette), f"/kontrakter/{kontrakt_id}/samtalen"
    fields = opened(mette, url)
    answer = autosave(mette, url, {**fields, "sted": "Lokale 7"})
    assert answer.json["gemt"].startswith("Gemt kl. ")
    again = autosave(mette, url, {**fields, "sted": "Lokale 8", "version": answer.json["version"]})
    assert again.status_code == 200
    bad = autosave(mette, url, {**fields, "tid": "sent", "version": again.json["version"]})
    assert (bad.status_code, bad.json) == (422, {"fejl": "Skriv et klokkeslæt som 10.30."})
    assert look(app, kontrakt_id, world.mette)["trin"]["samtalen"].sted == "Lokale 8"
    assert look(app, kontrakt_id, world.mette)["udgave"] == 1


def test_a_yes_that_comes_while_one_writes_is_asked_for_again(
    app: Flask, world: World, browser_for: Any
) -> None:
    kontrakt_id = stored(app, world)
    mette, url = browser_for(world.mette), f"/kontrakter/{kontrakt_id}/fokus"
    fields = opened(mette, url)
    _act(app, kontrakt_id, world, lambda found, jonas: actions.say_yes(found, by=jonas))
    answer = autosave(mette, url, {**fields, "fokus-0": "Mere"})
    assert "begge spurgt igen" in answer.json["gemt"]
    seen = look(app, kontrakt_id, world.mette)
    assert (seen["udgave"], seen["tilstand"]) == (2, "kladde")


def test_withdrawn_while_one_writes(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    mette, url = browser_for(world.mette), f"/kontrakter/{kontrakt_id}/fokus"
    fields = opened(mette, url)
    _act(app, kontrakt_id, world, lambda found, jonas: actions.withdraw(found, by=jonas))
    answer = autosave(mette, url, {**fields, "fokus-0": "Mere"})
    assert answer.status_code == 422
    assert "trukket tilbage" in answer.json["fejl"]


def test_a_change_that_leaves_it_incomplete_carries_no_yes(
    app: Flask, world: World, browser_for: Any
) -> None:
    kontrakt_id = stored(app, world, ja=("mette", "jonas"))
    save(browser_for(world.mette), kontrakt_id, "fokus", **{"fokus-0": "", "siger_ja": "y"})
    assert look(app, kontrakt_id, world.mette)["tilstand"] == "kladde"


def test_the_citizens_answer(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world, ja=("mette", "jonas"))
    mette = browser_for(world.mette)
    for sent, kept in (("ja", True), ("", None), ("nej", False)):
        assert save(mette, kontrakt_id, "aftaler", borger_ja=sent).status_code == 303
        seen = look(app, kontrakt_id, world.mette)
        assert (seen["trin"]["aftaler"].borger_ja, seen["tilstand"]) == (kept, "klar")
    assert "Borgeren har sagt nej" in mette.get(f"/kontrakter/{kontrakt_id}").get_data(as_text=True)
    jonas = browser_for(world.jonas).get(f"/kontrakter/{kontrakt_id}").get_data(as_text=True)
    assert f"/optager/{kontrakt_id}" not in jonas
    assert save(mette, kontrakt_id, "aftaler", borger_ja="måske").status_code == 422


def _act(app: Flask, kontrakt_id: Any, world: World, act: Any) -> None:
    from kontrakter import person

    from supervision.aftaler import queries

    with app.app_context():
        jonas = person(world.jonas)
        act(queries.get_kontrakt(kontrakt_id, viewer=jonas), jonas)
        db.session.commit()
        db.session.remove()

"""The way of own content from draft to published to retired, and what an organisation is offered by it."""

from __future__ import annotations

import threading

import pytest
from agreed import add_kontrakt
from counting import count_queries
from egne import copied, editor, house, new_metode, published, renamed
from flask import Flask
from people import World
from sqlalchemy.exc import IntegrityError

from supervision.aftaler import actions as aftaler
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries import gamemaster, part_navne, skabelon_of
from supervision.db import db
from supervision.history import Historik
from supervision.katalog import actions, queries
from supervision.katalog.actions.egne import raise_nr
from supervision.katalog.content import load_katalog
from supervision.katalog.models import EgetIndhold
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken

METODE, KODE = "noegleord", "no_spoerger"


def test_an_organisation_without_anything_of_its_own_has_the_products(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    with sqlite_app.app_context():
        assert queries.katalog_for(house(sqlite_world)) is load_katalog()


def test_a_copied_method_stands_in_its_originals_place_with_its_codes(context: Flask, world: World) -> None:
    row = copied(world, "metode", METODE)
    actions.save_kladde(row, by=editor(world), indhold=renamed(row, KODE, kort="Griber ordet"))
    assert queries.katalog_for(house(world)).navn(KODE) == load_katalog().navn(KODE), "a draft is not offered"
    published(world, row)
    own, product = queries.katalog_for(house(world)), load_katalog()
    assert own.navn(KODE) == "Griber ordet"
    assert [m.key for m in own.metoder] == [m.key for m in product.metoder]
    assert own.kendetegn(KODE).metode == METODE  # type: ignore[union-attr]
    assert queries.katalog_for(house(world, "a_kasse")) is product, "the others keep theirs"
    assert db.session.query(Historik).filter_by(handling="udgiv_eget").count() == 1


def test_what_is_kept_in_memory_follows_every_publishing(context: Flask, world: World) -> None:
    newest = published(world, copied(world, "metode", METODE))
    for version, word in ((2, "Første ord"), (3, "Andet ord")):
        another_request()  # which reads what the one before has kept
        assert queries.katalog_for(house(world)).metode(METODE).egen  # type: ignore[union-attr]
        draft = actions.begin_version(queries.get_eget(newest, viewer=editor(world)), by=editor(world))
        assert draft.version == version
        actions.save_kladde(draft, by=editor(world), indhold=renamed(draft, KODE, kort=word))
        newest = published(world, draft)
        assert queries.katalog_for(house(world)).navn(KODE) == word, "also in the request that changes it"
        another_request()
        assert queries.katalog_for(house(world)).navn(KODE) == word


def test_what_was_undone_is_not_kept_in_memory(context: Flask, world: World) -> None:
    row = copied(world, "metode", METODE)
    db.session.commit()
    row_id = row.id
    actions.save_kladde(row, by=editor(world), indhold=renamed(row, KODE, kort="Fortrudt"))
    published(world, row)
    assert queries.katalog_for(house(world)).navn(KODE) == "Fortrudt"
    db.session.rollback()
    db.session.remove()
    row = queries.get_eget(row_id, viewer=editor(world))
    published(world, row)
    another_request()
    assert queries.katalog_for(house(world)).navn(KODE) == load_katalog().navn(KODE)


@pytest.mark.parametrize("app", ["postgres"], indirect=True)
def test_two_who_publish_at_once_do_not_arrive_at_one_number(context: Flask, world: World) -> None:
    mine = house(world)
    before = mine.katalog_nr

    def another_process() -> None:
        with context.app_context():
            raise_nr(house(world))
            db.session.commit()
            db.session.remove()

    thread = threading.Thread(target=another_process)
    thread.start()
    thread.join()
    raise_nr(mine)
    db.session.commit()
    assert mine.katalog_nr == before + 2, (
        "whoever read after the first has kept that catalogue under its number"
    )


def another_request() -> None:
    db.session.commit()
    db.session.remove()


def test_one_draft_at_a_time_and_what_is_published_never_changes(context: Flask, world: World) -> None:
    row = copied(world, "metode", METODE)
    with pytest.raises(RuleBroken, match="allerede jeres egen"):
        actions.copy_original(house(world), by=editor(world), slags="metode", key=METODE)
    published(world, row)
    with pytest.raises(RuleBroken, match="kan ikke ændres"):
        actions.save_kladde(row, by=editor(world), indhold={"navn": "Noget andet"})
    draft = actions.begin_version(row, by=editor(world))
    with pytest.raises(RuleBroken, match="allerede en kladde"):
        actions.begin_version(row, by=editor(world))
    db.session.commit()
    row_id, draft_id = row.id, draft.id
    same = {c.name: getattr(draft, c.name) for c in EgetIndhold.__table__.columns if c.name != "id"}
    db.session.add(EgetIndhold(**{**same, "version": 9}))
    with pytest.raises(IntegrityError):  # the database says so too
        db.session.flush()
    db.session.rollback()
    actions.drop_kladde(db.session.get_one(EgetIndhold, draft_id), by=editor(world))
    first = db.session.get_one(EgetIndhold, row_id)
    assert [one.version for one in queries.ting_of(first).versioner] == [1]


def test_a_retired_method_gives_its_original_back_and_its_words_stay_known(
    context: Flask, world: World
) -> None:
    row = new_metode(world)
    published(world, row)
    assert "egen_0000000a" in queries.katalog_for(house(world)).live
    actions.retire(row, by=editor(world))
    own = queries.katalog_for(house(world))
    assert "egen_0000000a" not in own.live
    assert own.navn("egen_0000000a") == "Spørger til ugen", "an old log still has its name"
    assert own.metode(row.key) is not None
    assert not own.tilbyder(own.metode(row.key))  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="nyeste udgivne"):
        actions.retire(row, by=editor(world))
    copy = copied(world, "metode", METODE, navn="Vores nøgleord")
    published(world, copy)
    actions.retire(copy, by=editor(world))
    assert queries.katalog_for(house(world)).metode(METODE).navn == load_katalog().metode(METODE).navn  # type: ignore[union-attr]


def test_a_hidden_original_is_not_offered_but_found(context: Flask, world: World) -> None:
    by = editor(world)
    for slags, key in (("metode", METODE), ("skabelon", "cabi_9_trin")):
        actions.hide_original(house(world), by=by, slags=slags, key=key)
        actions.hide_original(house(world), by=by, slags=slags, key=key)
    own = queries.katalog_for(house(world))
    assert METODE not in [one.key for one in own.metoder]
    assert KODE not in own.live
    assert own.tekst(KODE) == load_katalog().tekst(KODE)
    assert "cabi_9_trin" not in [one.key for one in own.skabeloner]
    assert own.skabelon("cabi_9_trin", 1) is not None
    kontrakt = db.session.get_one(FeedbackKontrakt, add_kontrakt(world))
    with pytest.raises(RuleBroken, match="findes ikke"):
        aftaler.take_skabelon(kontrakt, by=kontrakt.fokusperson, key="cabi_9_trin")
    taken = load_katalog().skabelon("frederikshavn_borger")
    assert taken
    assert KODE in taken.kendetegn
    aftaler.take_skabelon(kontrakt, by=kontrakt.fokusperson, key="frederikshavn_borger")
    assert KODE not in [tegn.kode for tegn in kontrakt.kendetegn]
    actions.show_original(house(world), by=by, slags="metode", key=METODE)
    assert KODE in queries.katalog_for(house(world)).live
    with pytest.raises(RuleBroken, match="findes ikke i kataloget"):
        actions.hide_original(house(world), by=by, slags="metode", key="egen_0000000a")


def test_a_kontrakt_keeps_the_words_of_the_version_it_was_made_with(context: Flask, world: World) -> None:
    row = copied(
        world, "skabelon", "frederikshavn_virksomhed", ord={"tredje": "Firmaet", "kontrakt": "Rammen"}
    )
    published(world, row)
    kontrakt = db.session.get_one(FeedbackKontrakt, add_kontrakt(world))
    aftaler.take_skabelon(kontrakt, by=kontrakt.fokusperson, key=row.key)
    draft = actions.begin_version(row, by=editor(world))
    raw = {**draft.indhold, "ord": {"tredje": "Arbejdspladsen"}, "kendetegn": draft.indhold["kendetegn"][:3]}
    actions.save_kladde(draft, by=editor(world), indhold=raw)
    published(world, draft, "Andre ord")
    actions.retire(draft, by=editor(world))
    assert (kontrakt.skabelon, kontrakt.skabelon_version) == (row.key, 1)
    assert part_navne(kontrakt)["tredje"] == "Firmaet"
    assert gamemaster(kontrakt).faser[0].navn == "Rammen"  # type: ignore[union-attr]
    assert skabelon_of(kontrakt).udgave.version == 1  # type: ignore[union-attr]
    assert len(kontrakt.kendetegn) == 12
    assert count_queries(context, lambda: gamemaster(kontrakt)) == 0, "a tick asks for nothing more"
    kontrakt.skabelon_version = 2
    assert part_navne(kontrakt)["tredje"] == "Arbejdspladsen"


def test_an_own_skabelon_stands_beside_its_original(context: Flask, world: World) -> None:
    row = copied(world, "skabelon", "cabi_9_trin", navn="Vores ni trin")
    published(world, row)
    keys = [one.key for one in queries.katalog_for(house(world)).skabeloner]
    assert keys[keys.index("cabi_9_trin") + 1] == row.key
    second = copied(world, "skabelon", row.key, navn="Vores ni trin, kort")
    assert (second.fra_key, second.fra_version) == (row.key, 1)
    assert queries.original_of(second).navn == "Vores ni trin"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"navn": "Spejling"}, "Der er allerede en metode, der hedder »Spejling«"),
        ({"trin": []}, "Skriv mindst ét trin"),
        ({"faldgruber": []}, "mindst én ting at passe på"),
        ({"kobler_til": ["findes_ikke"]}, "Metoden »findes_ikke« findes ikke"),
        ({"belaeg": "rygte"}, "ikke en kendt værdi for »belaeg«"),
        ({"kendetegn": []}, "Tilføj mindst ét kendetegn"),
    ],
)
def test_what_cannot_be_published(
    sqlite_app: Flask, sqlite_world: World, change: dict[str, object], reason: str
) -> None:
    with sqlite_app.app_context():
        row = copied(sqlite_world, "metode", METODE, **change)
        with pytest.raises(RuleBroken, match=reason):
            published(sqlite_world, row)
        assert actions.list_problems(row)
        assert row.tilstand == "kladde"


def test_two_tiles_of_one_screen_never_have_one_name(sqlite_app: Flask, sqlite_world: World) -> None:
    with sqlite_app.app_context():
        skabelon = load_katalog().skabelon("frederikshavn_borger")
        assert skabelon
        other = next(kode for kode in skabelon.kendetegn if load_katalog().kendetegn(kode).metode != METODE)  # type: ignore[union-attr]
        row = copied(sqlite_world, "metode", METODE)
        same = renamed(row, KODE, kort=load_katalog().navn(other))
        actions.save_kladde(row, by=editor(sqlite_world), indhold=same)
        with pytest.raises(RuleBroken, match="ville to kendetegn hedde"):
            published(sqlite_world, row)
        taken = new_metode(sqlite_world, kode=KODE)
        with pytest.raises(RuleBroken, match="ikke en af originalens"):
            published(sqlite_world, taken)
        own = new_metode(sqlite_world)
        published(sqlite_world, own)
        with pytest.raises(RuleBroken, match="hører allerede til metoden »Vores kaffesnak«"):
            published(sqlite_world, new_metode(sqlite_world, navn="En anden"))
        with pytest.raises(RuleBroken, match="hvad der er nyt"):
            published(sqlite_world, copied(sqlite_world, "metode", "spejling"), " ")


def test_an_own_kendetegn_counts_with_another_in_the_models(sqlite_app: Flask, sqlite_world: World) -> None:
    with sqlite_app.app_context():
        row = copied(sqlite_world, "metode", METODE)
        own = {
            "kode": "egen_0000000b",
            "kort": "Skriver ordet ned",
            "tekst": "Skriver ordet ned",
            "som": KODE,
        }
        actions.save_kladde(
            row,
            by=editor(sqlite_world),
            indhold={**row.indhold, "kendetegn": [*row.indhold["kendetegn"], own]},
        )
        published(sqlite_world, row)
        places = [
            sted
            for model in queries.katalog_for(house(sqlite_world)).modeller.modeller
            for sted in model.steder
            if KODE in sted.koder
        ]
        assert places
        assert all("egen_0000000b" in sted.koder for sted in places)
        assert not any(
            "egen_0000000b" in sted.koder
            for model in load_katalog().modeller.modeller
            for sted in model.steder
        )


def test_an_organisations_words_are_in_its_catalogue(sqlite_app: Flask, sqlite_world: World) -> None:
    with sqlite_app.app_context():
        kode = next(
            tegn.kode for tegn in load_katalog().observerbare() if "borgeren " in f"{tegn.tekst} ".casefold()
        )
        house(sqlite_world).ordvalg = {"borger": "medlem"}
        own = queries.katalog_for(house(sqlite_world))
        assert "medlemmet" in own.tekst(kode).casefold()
        house(sqlite_world).ordvalg = None
        assert queries.katalog_for(house(sqlite_world)) is load_katalog()


@pytest.mark.parametrize("who", ["mette", "leder", "supervisor", "anden_supervisor"])
def test_only_whoever_has_the_right_may(sqlite_app: Flask, sqlite_world: World, who: str) -> None:
    with sqlite_app.app_context():
        by = db.session.get_one(Person, sqlite_world.people[who])
        row = copied(sqlite_world, "metode", METODE)
        for act in (
            lambda: actions.copy_original(house(sqlite_world), by=by, slags="metode", key="spejling"),
            lambda: actions.save_kladde(row, by=by, indhold={}),
            lambda: actions.publish(row, by=by, aendret="Nyt"),
            lambda: actions.retire(row, by=by),
            lambda: actions.hide_original(house(sqlite_world), by=by, slags="metode", key=METODE),
            lambda: actions.import_egne(house(sqlite_world), by=by, raw=b"{}"),
        ):
            with pytest.raises(NotAllowed):
                act()

"""Sharing points: the owner chooses, the receiver sees the sentence alone, and taking back works at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from people import World, give_role
from road import Road, agreed, person, recorded, sent, walk, written

from supervision import clock
from supervision.db import db
from supervision.feedback.models import Feedback
from supervision.grupper import actions
from supervision.grupper.models import Deling, Laeringsgruppe
from supervision.grupper.queries import get_feedback_to_share, list_delt_med_gruppe, list_delt_med_teamleder
from supervision.personer.models import Rolletildeling

LYKKEDES, IAGTTAGELSE, OPLEVELSE = "kanarie-lykkedes", "kanarie-iagttagelse", "kanarie-oplevelse"
NEVER_SHARED = ("kanarie-fokus", "kanarie-note", "kanarie-udenfor", "kanarie-spoergsmaal")


@contextmanager
def adding(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.commit()
        db.session.remove()


@pytest.fixture
def road(app: Flask, world: World) -> Road:
    """Mette's feedback, read; a group with Mette and Åse; and noise that the same leader must not see."""
    with adding(app):
        made = walk(world)
        leder = person(world.leder)
        gruppe = actions.create_gruppe(navn="Gruppen", by=leder)
        for member in (world.mette, world.aase):
            actions.add_medlem(gruppe, person=person(member), by=leder)
        made.ids["gruppe_id"] = gruppe.id
        made.ids["other_id"] = actions.create_gruppe(navn="Syds gruppe", by=person(world.sydleder)).id
        db.session.flush()
    return made


def points(app: Flask, road: Road) -> list[UUID]:
    with app.app_context():
        found = [punkt.id for punkt in db.session.get_one(Feedback, road["feedback_id"]).punkter]
        db.session.remove()
    return found


def share(browser: Any, road: Road, chosen: list[UUID], receiver: str) -> Any:
    url = f"/feedback/{road['feedback_id']}/del"
    return browser.send(url, punkter=[str(id_) for id_ in chosen], modtager=receiver)


def to_group(road: Road) -> str:
    return f"gruppe:{road['gruppe_id']}"


def seen_in_group(browser_for: Any, who: UUID, road: Road) -> str:
    return str(browser_for(who).get(f"/grupper/{road['gruppe_id']}").get_data(as_text=True))


def seen_by_leader(browser_for: Any, who: UUID) -> str:
    return str(browser_for(who).get("/delt-med-mig").get_data(as_text=True))


def deling_ids(app: Flask) -> list[UUID]:
    with app.app_context():
        found = [deling.id for deling in db.session.query(Deling).order_by(Deling.delt_at)]
        db.session.remove()
    return found


def test_a_point_shared_with_the_group_is_seen_by_all_in_it(
    app: Flask, world: World, road: Road, browser_for: Any
) -> None:
    first, second, _ = points(app, road)
    assert share(browser_for(world.mette), road, [first, second], to_group(road)).status_code == 303
    for who in (world.mette, world.aase, world.leder):
        page = seen_in_group(browser_for, who, road)
        assert LYKKEDES in page
        assert IAGTTAGELSE in page
        assert OPLEVELSE not in page
        assert "Mette · delt" in page
    assert browser_for(world.jonas).get(f"/grupper/{road['gruppe_id']}").status_code == 404
    assert LYKKEDES not in seen_by_leader(browser_for, world.leder), "the leader sees it in the group alone"


def test_what_is_seen_is_the_sentence_and_its_owner_never_the_rest(
    app: Flask, world: World, road: Road, browser_for: Any
) -> None:
    share(browser_for(world.mette), road, points(app, road)[:1], to_group(road))
    share(browser_for(world.mette), road, points(app, road)[:1], f"teamleder:{world.leder}")
    for page in (seen_in_group(browser_for, world.aase, road), seen_by_leader(browser_for, world.leder)):
        main = page[page.index("<main") : page.index("</main>")]
        assert LYKKEDES in main
        assert "Jonas" not in main, "the observatør is nobody's business"
        assert not [word for word in NEVER_SHARED if word in main]
        assert not re.search(r"\d+\s*%|10\.30|feedback/|observationer/", main)
    assert "Ærø" not in main, "the teamleder's page has the first name alone"


def test_a_point_shared_with_the_teamleder_is_theirs_alone(
    app: Flask, world: World, road: Road, browser_for: Any
) -> None:
    with adding(app):
        give_role(world.aase, "teamleder", team_id=world.teams["nord"])
    share(browser_for(world.mette), road, points(app, road)[2:], f"teamleder:{world.leder}")
    assert OPLEVELSE in seen_by_leader(browser_for, world.leder)
    for other in (world.aase, world.sydleder):
        assert OPLEVELSE not in seen_by_leader(browser_for, other)
    assert OPLEVELSE not in seen_in_group(browser_for, world.aase, road)
    for nobody in (world.mette, world.supervisor, world.administrator):
        assert browser_for(nobody).get("/delt-med-mig").status_code == 404


def test_taken_back_is_gone_at_the_next_request(
    app: Flask, world: World, road: Road, browser_for: Any
) -> None:
    mette = browser_for(world.mette)
    [first, *_] = points(app, road)
    share(mette, road, [first], to_group(road))
    share(mette, road, [first], f"teamleder:{world.leder}")
    in_group, with_leader = deling_ids(app)
    assert mette.send(f"/delinger/{in_group}/traek").status_code == 303
    assert LYKKEDES not in seen_in_group(browser_for, world.aase, road)
    assert LYKKEDES in seen_by_leader(browser_for, world.leder), "the other sharing stands"
    assert mette.send(f"/delinger/{with_leader}/traek").status_code == 303
    assert LYKKEDES not in seen_by_leader(browser_for, world.leder)
    assert mette.send(f"/delinger/{with_leader}/traek").status_code == 303, "twice changes nothing"
    assert share(mette, road, [first], to_group(road)).status_code == 303, "it can be shared again"
    assert LYKKEDES in seen_in_group(browser_for, world.aase, road)


def test_nobody_but_the_owner_shares_or_takes_back(
    app: Flask, world: World, road: Road, browser_for: Any
) -> None:
    chosen = points(app, road)
    share(browser_for(world.mette), road, chosen[:1], to_group(road))
    [deling] = deling_ids(app)
    for who in ("jonas", "aase", "leder", "supervisor", "administrator", "noise"):
        browser = browser_for(world.people[who])
        assert browser.get(f"/feedback/{road['feedback_id']}/del").status_code == 404, who
        assert share(browser, road, chosen, to_group(road)).status_code == 404, who
        assert browser.send(f"/delinger/{deling}/traek").status_code == 404, who
    assert LYKKEDES in seen_in_group(browser_for, world.aase, road)


def test_feedback_that_is_not_read_cannot_be_shared(
    app: Flask, world: World, road: Road, browser_for: Any
) -> None:
    with adding(app):
        observation = recorded(agreed(person(world.mette), person(world.jonas)), person(world.jonas))
        feedback = written(observation, person(world.jonas))
        draft = feedback.id
    mette = browser_for(world.mette)
    assert mette.get(f"/feedback/{draft}/del").status_code == 404
    with adding(app):
        sent(db.session.get_one(Feedback, draft), person(world.jonas))
    assert mette.get(f"/feedback/{draft}/del").status_code == 404


@pytest.mark.parametrize(
    "receiver", ["gruppe:other", "teamleder:syd", "teamleder:self", "gruppe:none", "", "alle"]
)
def test_only_own_groups_and_own_leaders_can_be_given_anything(
    app: Flask, world: World, road: Road, browser_for: Any, receiver: str
) -> None:
    key = {
        "gruppe:other": f"gruppe:{road['other_id']}",
        "teamleder:syd": f"teamleder:{world.sydleder}",
        "teamleder:self": f"teamleder:{world.mette}",
        "gruppe:none": f"gruppe:{uuid4()}",
    }.get(receiver, receiver)
    chosen = points(app, road)[:1]
    answer = share(browser_for(world.mette), road, chosen, key)
    assert answer.status_code == 422
    assert re.search(rf'checked[^>]*value="{chosen[0]}"', answer.get_data(as_text=True)), "the choice is kept"
    assert deling_ids(app) == []


def test_nothing_chosen_or_somebody_elses_point_is_refused(
    app: Flask, world: World, road: Road, browser_for: Any
) -> None:
    mette = browser_for(world.mette)
    answer = share(mette, road, [], to_group(road))
    assert answer.status_code == 422
    assert "Vælg mindst ét punkt" in answer.get_data(as_text=True)
    assert share(mette, road, [uuid4()], to_group(road)).status_code == 422
    assert deling_ids(app) == []


def test_sharing_twice_is_sharing_once(app: Flask, world: World, road: Road, browser_for: Any) -> None:
    mette, chosen = browser_for(world.mette), points(app, road)
    for _ in range(2):
        assert share(mette, road, chosen[:2], to_group(road)).status_code == 303
    assert len(deling_ids(app)) == 2


def test_whoever_leaves_the_group_sees_nothing_and_is_seen_no_more(
    app: Flask, world: World, road: Road, browser_for: Any
) -> None:
    share(browser_for(world.mette), road, points(app, road)[:1], to_group(road))
    leder = browser_for(world.leder)
    leder.send(f"/grupper/{road['gruppe_id']}/medlemmer/{world.aase}/fjern")
    assert browser_for(world.aase).get(f"/grupper/{road['gruppe_id']}").status_code == 404
    leder.send(f"/grupper/{road['gruppe_id']}/medlemmer/{world.mette}/fjern")
    assert LYKKEDES not in seen_in_group(browser_for, world.leder, road)
    leder.send(f"/grupper/{road['gruppe_id']}/medlemmer", eget_team=str(world.mette))
    assert LYKKEDES not in seen_in_group(browser_for, world.leder, road), (
        "coming back shares nothing by itself"
    )


def test_a_teamleder_sees_it_only_while_they_lead_the_owner(
    app: Flask, world: World, road: Road, browser_for: Any
) -> None:
    mette = browser_for(world.mette)
    share(mette, road, points(app, road)[:1], f"teamleder:{world.leder}")
    with adding(app):
        _move(world.mette, "medarbejder", world.teams["syd"])
    assert LYKKEDES not in seen_by_leader(browser_for, world.leder)
    assert LYKKEDES not in seen_by_leader(browser_for, world.sydleder), "it was never given to her"
    own = mette.get(f"/feedback/{road['feedback_id']}/del").get_data(as_text=True)
    assert "Kan ikke ses lige nu" in own
    with adding(app):
        _move(world.mette, "medarbejder", world.teams["nord"])
    assert LYKKEDES in seen_by_leader(browser_for, world.leder)
    with adding(app):
        _end(world.leder, "teamleder")
        give_role(world.leder, "teamleder", team_id=world.teams["syd"])
    assert LYKKEDES not in seen_by_leader(browser_for, world.leder)


def test_a_closed_account_shares_nothing(app: Flask, world: World, road: Road) -> None:
    with adding(app):
        mette, feedback = person(world.mette), db.session.get_one(Feedback, road["feedback_id"])
        ids = [p.id for p in feedback.punkter]
        for key in (to_group(road), f"teamleder:{world.leder}"):
            actions.share_points(feedback, punkt_ids=ids, modtager_key=key, by=mette)
        gruppe = db.session.get_one(Laeringsgruppe, road["gruppe_id"])
        assert (
            len(list_delt_med_gruppe(gruppe)) == len(list_delt_med_teamleder(viewer=person(world.leder))) == 3
        )
        mette.active = False
        db.session.flush()
        assert list_delt_med_gruppe(gruppe) == []
        assert list_delt_med_teamleder(viewer=person(world.leder)) == []


def test_new_points_come_first_and_old_ones_are_not_new(app: Flask, world: World, road: Road) -> None:
    with adding(app):
        mette, leder = person(world.mette), person(world.leder)
        feedback = get_feedback_to_share(road["feedback_id"], viewer=mette)
        for nr, days in enumerate((20, 13, 0)):
            with clock.travel(clock.now() - timedelta(days=days)):
                actions.share_points(
                    feedback,
                    punkt_ids=[feedback.punkter[nr].id],
                    modtager_key=f"teamleder:{world.leder}",
                    by=mette,
                )
        everything = [punkt.tekst.split()[0] for punkt in list_delt_med_teamleder(viewer=leder)]
        assert everything == [OPLEVELSE, IAGTTAGELSE, LYKKEDES]
        recent = list_delt_med_teamleder(viewer=leder, since=timedelta(days=14))
        assert [punkt.tekst.split()[0] for punkt in recent] == [OPLEVELSE, IAGTTAGELSE]


def test_nobody_can_see_who_has_not_shared(app: Flask, world: World, road: Road, browser_for: Any) -> None:
    share(browser_for(world.mette), road, points(app, road)[:1], f"teamleder:{world.leder}")
    page = seen_by_leader(browser_for, world.leder)
    main = page[page.index("<main") : page.index("</main>")]
    assert "Mette" in main
    assert not [name for name in ("Jonas", "Åse") if name in main]


def test_without_group_and_leader_there_is_nobody_to_share_with(
    app: Flask, world: World, road: Road, browser_for: Any
) -> None:
    with adding(app):
        _end(world.mette, "medarbejder")
    mette = browser_for(world.mette)
    mette.send(f"/grupper/{road['gruppe_id']}/forlad")
    page = mette.get(f"/feedback/{road['feedback_id']}/del").get_data(as_text=True)
    assert "Der er ingen at dele med endnu" in page
    assert "Del det valgte" not in page


def _end(person_id: UUID, rolle: str) -> None:
    today = clock.today()
    for row in db.session.query(Rolletildeling).filter_by(person_id=person_id, rolle=rolle, til=None):
        row.til = max(today, row.fra)
    db.session.flush()


def _move(person_id: UUID, rolle: str, team_id: UUID) -> None:
    _end(person_id, rolle)
    give_role(person_id, rolle, fra=clock.today(), team_id=team_id)

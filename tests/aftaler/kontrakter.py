"""Kontrakter for the tests of aftaler: made through the actions, or typed through the pages."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from people import World

from supervision import clock
from supervision.aftaler import actions, queries, rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.personer.models import Person

FOKUS = "Om jeg lader borgeren tale ud"
KODER = ("aab_hv", "no_spoerger", "sk_grunde")
STEPS = ("samtalen", "fokus", "kendetegn", "aftaler")


def person(person_id: UUID) -> Person:
    """The person, in the running session."""
    found = db.session.get(Person, person_id)
    assert found is not None
    return found


def samtale_trin(**changes: Any) -> rules.SamtaleTrin:
    """A samtale tomorrow at 10.30, with those who most often talk in its type."""
    given: dict[str, Any] = {
        "type": "individuel",
        "form": "fysisk",
        "dato": clock.today() + timedelta(days=1),
        "tid": time(10, 30),
        "laengde_min": 45,
        "sted": "Lokale 2",
        "forloeb_nr": None,
        "slags": "kollegial",
        "maal": "",
        "redskaber": "",
        "bidrag": "",
        "parter": rules.default_parter(changes.get("type", "individuel")),
    }
    return rules.SamtaleTrin(**{**given, **changes})


def make_kontrakt(
    world: World,
    fokusperson: str = "mette",
    observatoer: str = "jonas",
    *,
    fokus: str = FOKUS,
    **samtale: Any,
) -> FeedbackKontrakt:
    """A kontrakt made by its fokusperson, in the running session; with a focus unless it is empty."""
    observed, observing = person(world.people[fokusperson]), person(world.people[observatoer])
    made = actions.create_kontrakt(
        by=observed, fokusperson=observed, observatoer=observing, samtale=samtale_trin(**samtale)
    )
    if fokus:
        actions.change_kontrakt(made, by=observed, to=rules.FokusTrin((fokus,)))
    return made


def stored(app: Any, world: World, **given: Any) -> UUID:
    """The id of a kontrakt that is committed. `ja`: names of those who have said yes."""
    ja = given.pop("ja", ())
    with app.app_context():
        made = make_kontrakt(world, **given)
        for name in ja:
            actions.say_yes(made, by=person(world.people[name]))
        kontrakt_id = made.id
        db.session.commit()
        db.session.remove()
    return kontrakt_id


def look(app: Any, kontrakt_id: UUID, viewer: UUID) -> dict[str, Any]:
    """What is stored now: state, version and the four steps."""
    with app.app_context():
        found = queries.get_kontrakt(kontrakt_id, viewer=person(viewer))
        seen = {
            "tilstand": rules.tilstand(found),
            "udgave": found.udgave,
            "laast_at": found.laast_at,
            "organisation_id": found.organisation_id,
            "fokusperson_id": found.fokusperson_id,
            "observatoer_id": found.observatoer_id,
            "trin": queries.read_trin(found),
        }
        db.session.remove()
    return seen


def page_fields(page: str, form_id: str = "trin") -> dict[str, Any]:
    """What a browser would send from a form on the page as it stands: hidden, typed, chosen."""
    start = page.index(f'id="{form_id}"')
    source = page[start : page.index("</form>", start)]
    source += "".join(re.findall(rf'<input[^>]*form="{form_id}"[^>]*>', page))
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", source):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticked = attributes.get("type") not in ("radio", "checkbox") or re.search(r"\schecked\b", tag)
        if "name" in attributes and ticked:
            fields.setdefault(attributes["name"], []).append(_plain(attributes.get("value", "y")))
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', source, re.S):
        fields[name] = [_plain(body).removeprefix("\r\n").removeprefix("\n")]
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', source, re.S):
        options = re.findall(r'<option( selected)? value="([^"]*)"', body)
        fields[name] = [next((value for selected, value in options if selected), options[0][1])]
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


def opened(browser: Any, url: str) -> dict[str, Any]:
    """The fields of a step as they stand; of Kendetegn without the whole catalogue, which takes a second to check."""
    page = browser.get(url, query_string={"soeg": "findes ikke"} if url.endswith("/kendetegn") else None)
    assert page.status_code == 200, page.status_code
    return page_fields(page.get_data(as_text=True))


def save(browser: Any, kontrakt_id: UUID, trin: str, **changes: Any) -> Any:
    """Open a step and send its form with some fields changed; None leaves a field out."""
    url = f"/kontrakter/{kontrakt_id}/{trin}"
    fields = {**opened(browser, url), **changes}
    return browser.post(url, data={key: value for key, value in fields.items() if value is not None})


def _plain(text: str) -> str:
    for entity, sign in (("&#39;", "'"), ("&#34;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text

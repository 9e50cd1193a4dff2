"""What an organisation's editors, leaders and administrators do: own content, figures, files of people, erasures."""

from __future__ import annotations

from datetime import timedelta

from egne import editor, new_metode, published
from egne import house as organisation
from held import crew

from prepared import House, Sent, ready
from supervision import clock
from supervision.db import db
from supervision.katalog import actions as katalog
from supervision.overblik.models import Skema
from supervision.rettigheder.models import Sletteanmodning

PEOPLE = "navn;email;team;rolle\nNy Ærlig;ny@test.example;Team Øst;medarbejder\n"


@ready("katalog.hent_egne")
def content_from_a_file(house: House) -> Sent:
    """What another organisation has written, as its file."""
    with house.rows():
        published(house.world, new_metode(house.world))
    here, there = (house.world.organisations[key] for key in ("jobcenter", "a_kasse"))
    palle = house.people["administrator"]
    content = palle.get(f"/katalog/egne/{here}/fil/hent").get_data()
    return Sent(palle, ids={"organisation_id": there}, files={"fil": content})


@ready("katalog.ny_kladde")
def a_next_version(house: House) -> Sent:
    """Published content without a draft."""
    with house.rows():
        made = published(house.world, new_metode(house.world))
    return Sent(house.people["administrator"], ids={"indhold_id": made})


@ready("katalog.udgaa_eget")
def content_retired(house: House) -> Sent:
    """Published content."""
    with house.rows():
        made = published(house.world, new_metode(house.world))
    return Sent(house.people["administrator"], ids={"indhold_id": made})


@ready("katalog.vis_igen")
def an_original_offered_again(house: House) -> Sent:
    """An original that is hidden."""
    chosen = {"slags": "metode", "key": "taletid"}
    with house.rows():
        katalog.hide_original(organisation(house.world), by=editor(house.world), **chosen)
    return Sent(house.people["administrator"], chosen)


@ready("overblik.aabn_skema")
def a_skema_opened(house: House) -> Sent:
    """A team of more than five, without an open one."""
    with house.rows():
        house.get(Skema, "skema_id").lukket_at = clock.now()
        crew(house.own["organisation_id"], house.own["team_id"], 4)
    url, leder = f"/overblik/team/{house.own['team_id']}/opfoelgning/nyt-skema", house.people["teamleder"]
    return Sent(leder, {**house.standing(leder, url, "overblik.aabn_skema"), "metoder": ["taletid"]})


@ready("overblik.gem_effekt")
def figures_from_a_file(house: House) -> Sent:
    """A figure of the quarter before this one."""
    day = clock.today().replace(day=1) - timedelta(days=100)
    text = f"team;kvartal;antal;job_pr_uge;tilfredshed\nTeam Nord;{day.year}-{(day.month + 2) // 3};12;2,4;\n"
    return Sent(house.people["teamleder"], files={"fil": text.encode()})


@ready("personer.se_import")
def people_from_a_file_seen(house: House) -> Sent:
    """A file that is in order."""
    return Sent(
        house.people["administrator"],
        files={"fil": PEOPLE.encode()},
        nothing="it shows what the file will do; `personer.gem_import` does it",
    )


@ready("personer.gem_import")
def people_from_a_file(house: House) -> Sent:
    """The text that was shown."""
    return Sent(house.people["administrator"], {"tekst": PEOPLE})


@ready("rettigheder.udfoer_sletning")
def an_erasure_carried_out(house: House) -> Sent:
    """Jonas asked for it long ago."""
    with house.rows():
        asked = db.session.get_one(Sletteanmodning, house.world.jonas)
        asked.bedt_at, asked.tidligst_at = (clock.now() - timedelta(days=days) for days in (10, 1))
    return Sent(house.people["administrator"], {"ja": "y"}, {"person_id": house.world.jonas})

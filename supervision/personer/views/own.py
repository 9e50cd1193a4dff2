"""The person's own page, and help for everybody."""

from __future__ import annotations

from flask import render_template

from supervision import clock
from supervision.access import viewer
from supervision.personer import queries, rules
from supervision.personer.queries.invitations import find_password_set_at
from supervision.personer.views import blueprint


@blueprint.get("/profil")
def profil() -> str:
    """Who I am here: my organisation, team, roles and teamleder, and how to change my password."""
    person = viewer()
    day = clock.today()
    return render_template(
        "personer/profil.html",
        person=person,
        roller=[rolle for rolle in person.rolletildelinger if rules.gaelder(rolle, day)],
        kommende=[rolle for rolle in person.rolletildelinger if day < rolle.fra and rolle.fra != rolle.til],
        rolle_navne=rules.ROLLE_NAVNE,
        teamledere=queries.list_teamledere(person),
        password_set_at=find_password_set_at(person),
    )


@blueprint.get("/hjaelp")
def hjaelp() -> str:
    """How it works, and who can see what."""
    return render_template("personer/hjaelp.html")

"""The person's own page, and help for everybody."""

from __future__ import annotations

from flask import current_app, render_template
from flask_login import current_user

from supervision import clock
from supervision.access import may_knock, viewer
from supervision.personer import queries, rules
from supervision.personer.forms import BeskedForm
from supervision.personer.queries.beskeder import find_kalenderlink, list_valg
from supervision.personer.queries.invitations import find_password_set_at
from supervision.personer.rules import beskeder, tilgaengelighed
from supervision.personer.views import blueprint
from supervision.stykliste import read_licenses


@blueprint.get("/profil")
def profil() -> str:
    """Who I am here: my organisation, team, roles and teamleder, my password, and what I want to be told."""
    valg = list_valg([viewer().id]).get(viewer().id, {})
    til = [slags for slags in beskeder.SLAGS if beskeder.er_til(slags, valg)]
    return render_profil(BeskedForm(formdata=None, data={"til": til}))


@blueprint.get("/hjaelp")
def hjaelp() -> str:
    """How it works, and who can see what."""
    return render_template("personer/hjaelp.html", oever=may_knock("deltager", current_user))


@blueprint.get("/licenser")
def licenser() -> str:
    """Whose work the product is built on."""
    return render_template("personer/licenser.html", dele=read_licenses())


@blueprint.get("/was")
def was() -> str:
    """The tilgængelighedserklæring, at the address that the law's model gives it."""
    settings = current_app.extensions["settings"]
    return render_template(
        "personer/was.html",
        mangler=tilgaengelighed.MANGLER,
        udarbejdet=tilgaengelighed.UDARBEJDET,
        gennemgaaet=tilgaengelighed.GENNEMGAAET,
        kontakt=settings.was_kontakt,
        myndighed=settings.was_myndighed,
    )


def render_profil(form: BeskedForm) -> str:
    """The page with this form of choices. Whoever only runs the system is asked for none."""
    person, day = viewer(), clock.today()
    return render_template(
        "personer/profil.html",
        person=person,
        roller=[rolle for rolle in person.rolletildelinger if rules.gaelder(rolle, day)],
        kommende=[rolle for rolle in person.rolletildelinger if day < rolle.fra and rolle.fra != rolle.til],
        rolle_navne=rules.ROLLE_NAVNE,
        teamledere=queries.list_teamledere(person),
        password_set_at=find_password_set_at(person),
        deltager=may_knock("deltager", person),
        form=form,
        sender_mail=current_app.extensions["settings"].mail is not None,
        kalenderlink=find_kalenderlink(viewer=person),
    )

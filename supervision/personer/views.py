"""The pages of personer: profile and help. Administration has its own module."""

from __future__ import annotations

from flask import Blueprint, render_template

from supervision.access import viewer

blueprint = Blueprint("personer", __name__)


@blueprint.get("/profil")
def profil() -> str:
    """Who I am here: my organisation, team and roles, and how to change my password."""
    return render_template("personer/profil.html", person=viewer())


@blueprint.get("/hjaelp")
def hjaelp() -> str:
    """How it works, and who can see what."""
    return render_template("personer/hjaelp.html")

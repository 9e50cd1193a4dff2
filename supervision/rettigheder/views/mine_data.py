"""One's own data: what is held, to read and to take along."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template

from supervision import adgangslog, clock
from supervision.access import viewer
from supervision.privacy import privacy_map
from supervision.rettigheder.formats.fakta import frister
from supervision.rettigheder.formats.mine_data import ROLLER, words, write_zip
from supervision.rettigheder.queries.anmodninger import find_anmodning
from supervision.rettigheder.queries.egne_data import Afsnit, list_afsnit
from supervision.rettigheder.queries.opbevaring import count_soon, dage_for
from supervision.rettigheder.views import blueprint

ABOUT_OTHERS = {"feedback": "feedback", "observation": "observation", "dagenslinje": "dagenslinje"}
"""Table of what one writes about a colleague -> its kind in the access log."""


@blueprint.get("/profil/mine-data")
def mine_data() -> str:
    """What is held about me, how long it stays, and the ways to take it along or away."""
    person = viewer()
    return render_template(
        "rettigheder/mine_data.html",
        afsnit=list_afsnit(viewer=person),
        frister=frister(dage_for(person.organisation_id)),
        snart=count_soon(viewer=person),
        today=clock.today(),
        anmodning=find_anmodning(viewer=person),
        roller=ROLLER,
        keep={navn: tabel.keep for navn, tabel in privacy_map().tabeller.items()},
    )


@blueprint.get("/profil/mine-data/laes")
def laes_mine_data() -> str:
    """All of it on one page, to read and print."""
    afsnit = list_afsnit(viewer=viewer())
    _note(afsnit, adgangslog.LAEST)
    return render_template("rettigheder/laes_mine_data.html", afsnit=afsnit, roller=ROLLER, words=words)


@blueprint.get("/profil/mine-data/fil")
def hent_mine_data() -> Response:
    """All of it as a zip, made in memory: nothing is left on the disk."""
    person, now = viewer(), clock.local(clock.now())
    afsnit = list_afsnit(viewer=person)
    _note(afsnit, adgangslog.HENTET)
    body = write_zip(afsnit, navn=person.navn, lavet_at=now)
    response = Response(body, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="mine-data-{now.date().isoformat()}.zip"'
    return response


def _note(afsnit: list[Afsnit], handling: str) -> None:
    """What one has written is about others: they can see that it was read or fetched once more."""
    adgangslog.seen("egne_data", [viewer().id], handling=handling)
    for part in afsnit:
        if part.rolle == "written" and part.tabel in ABOUT_OTHERS and not part.kun_datoer:
            adgangslog.seen(
                ABOUT_OTHERS[part.tabel], [UUID(str(row["id"])) for row in part.raekker()], handling=handling
            )

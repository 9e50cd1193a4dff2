"""The recorder on another device: the link is made on the one, and opened on the other."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, g, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from supervision import clock
from supervision.access import Device, limit_to_device, limited_to, viewer
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries import get_kontrakt_to_record
from supervision.db import commits
from supervision.observationer.actions import devices
from supervision.observationer.queries import find_observation_of, find_open_link, list_device_links
from supervision.observationer.views import blueprint
from supervision.observationer.views.recorder import not_ready_page
from supervision.personer.formats.qr import qr_svg
from supervision.problems import RuleBroken
from supervision.sign_in import sign_in_person
from supervision.sign_in.tries import opened_by_link

REFERRER = "strict-origin"
"""What the pages whose address is a secret tell of it: no more than the host. With nothing at all, the form's
sending over https would be refused, as it must come from our own host."""

Answer = AnyResponse | tuple[str, int] | str


@blueprint.get("/kontrakter/<uuid:kontrakt_id>/anden-enhed")
def anden_enhed(kontrakt_id: UUID) -> Answer:
    """What a link to another device does, the button that makes one, and those that are open."""
    kontrakt, refusal = _kontrakt_or_refusal(kontrakt_id)
    if kontrakt is None:
        return refusal
    links = list_device_links(kontrakt.id, viewer=viewer())
    return render_template(
        "observationer/anden_enhed.html",
        kontrakt_id=kontrakt.id,
        venter=[link for link in links if link.brugt_at is None and link.udloeber_at > clock.now()],
        aabne=[link for link in links if link.brugt_at is not None],
    )


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/anden-enhed")
@commits
def lav_enhedslink(kontrakt_id: UUID) -> Answer:
    """Make a link and show it, this once: the answer to the POST is the only place where it stands.

    Kept for a next page it would lie in the session's cookie; here a reload asks before it makes a new one.
    """
    kontrakt, refusal = _kontrakt_or_refusal(kontrakt_id)
    if kontrakt is None:
        return refusal
    link, code = devices.make_link(kontrakt=kontrakt, by=viewer())
    address = request.host_url.rstrip("/") + url_for("observationer.aabn_enhed", token=code)
    return render_template(
        "observationer/anden_enhed_kode.html",
        kontrakt_id=kontrakt.id,
        address=address,
        code=code,
        qr=qr_svg(address),
        udloeber_at=link.udloeber_at,
    )


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/anden-enhed/luk")
@commits
def traek_enhedslink(kontrakt_id: UUID) -> Answer:
    """Take back the link, and close the devices that were opened by one."""
    kontrakt, refusal = _kontrakt_or_refusal(kontrakt_id)
    if kontrakt is None:
        return refusal
    devices.take_back_links(kontrakt=kontrakt, by=viewer())
    flash("Linket virker ikke længere, og andre enheder er lukket for optageren.", "success")
    return redirect(url_for("observationer.anden_enhed", kontrakt_id=kontrakt_id), 303)


@blueprint.get("/o/<token>")
def aabn_enhed(token: str) -> Response:
    """Ask on the other device whether to open the recorder. Looking uses nothing up and tells nothing."""
    if opened_by_link(find_open_link, token) is None:
        return _closed()
    return _secret_page("observationer/aabn_enhed.html", token=token)


@blueprint.post("/o/<token>")
@commits
def brug_enhedslink(token: str) -> AnyResponse:
    """Open the recorder on this device: signed in for this one kontrakt, unless the person is signed in already."""
    found = opened_by_link(find_open_link, token)
    if found is None:
        return _closed()
    link, person = found
    if current_user.is_authenticated and current_user.id != person.id:
        return _secret_page("observationer/aabn_enhed_anden.html", 409)
    try:
        devices.use_link(link=link)
    except RuleBroken:
        return _closed()
    if not current_user.is_authenticated or limited_to() is not None:
        session.clear()
        g.pop("csrf_token", None)
        sign_in_person(person, via="enhedslink", only_recorder=True)
        limit_to_device(Device(kontrakt_id=link.kontrakt_id, link_id=link.id))
    return redirect(url_for("observationer.optager", kontrakt_id=link.kontrakt_id), 303)


def _kontrakt_or_refusal(kontrakt_id: UUID) -> tuple[FeedbackKontrakt | None, Answer]:
    """The kontrakt whose recorder is open to the viewer, or the page that says why it is not. Raises NotFound."""
    try:
        kontrakt = get_kontrakt_to_record(kontrakt_id, viewer=viewer())
    except RuleBroken as problem:
        return None, not_ready_page(kontrakt_id, problem)
    observation = find_observation_of(kontrakt.id)
    if observation is not None and observation.afsluttet_at is not None:
        return None, redirect(url_for("observationer.for_kontrakt", kontrakt_id=kontrakt_id), 303)
    return kontrakt, ""


def _closed() -> Response:
    """The same for a link that is wrong, used, too old or taken back."""
    return _secret_page("observationer/aabn_enhed_lukket.html", 404)


def _secret_page(template: str, code: int = 200, **variables: str) -> Response:
    answer = make_response(render_template(template, referrer=REFERRER, **variables), code)
    answer.headers["Referrer-Policy"] = REFERRER
    return answer

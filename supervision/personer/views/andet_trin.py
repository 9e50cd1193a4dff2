"""The second step: taking it when one signs in, setting it up, and taking it away."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, flash, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.personer.actions import andet_trin as actions
from supervision.personer.formats.qr import qr_svg
from supervision.personer.forms import KodeForm, OpretKodeForm
from supervision.personer.models import Person
from supervision.personer.queries.andet_trin import list_noegler
from supervision.personer.views import blueprint
from supervision.personer.views.attempts import attempt
from supervision.problems import RuleBroken
from supervision.sign_in import CODE, second_step, sign_in_person, tries

AnyAnswer = Response | str | tuple[str, int]
SETUP_S = 30 * 60
WRONG = "Koden passer ikke. Vent på den næste i appen, og prøv igen."


@blueprint.get("/log-ind/kode")
def andet_trin() -> AnyAnswer:
    """Ask for the code, after the password."""
    person = second_step.waiting(to_set_up=False)
    return _begin_again() if person is None else _ask_page(KodeForm(formdata=None), person)


@blueprint.post("/log-ind/kode")
@commits
def bekraeft_andet_trin() -> AnyAnswer:
    """Take the code, and open."""
    person = second_step.waiting(to_set_up=False)
    if person is None:
        return _begin_again()
    form = KodeForm()
    if attempt(form, lambda: check_code(person, form.kode.data or "")) is None:
        return _ask_page(form, person), 422
    return _let_in(person)


@blueprint.get("/log-ind/kode/ny")
def opret_kode() -> AnyAnswer:
    """Set the codes up before the first sign-in, where a password alone lets nobody in."""
    person = second_step.waiting(to_set_up=True)
    return _begin_again() if person is None else _setup_page(OpretKodeForm(formdata=None), person)


@blueprint.post("/log-ind/kode/ny")
@commits
def gem_foerste_kode() -> AnyAnswer:
    """Take the first code, and open; the codes on paper are shown on the way."""
    person = second_step.waiting(to_set_up=True)
    if person is None:
        return _begin_again()
    form = OpretKodeForm()
    if attempt(form, lambda: _set_up(person, form)) is None:
        return _setup_page(form, person), 422
    target = second_step.done()
    sign_in_person(person, via="kode")
    return _codes_page(person, target)


@blueprint.get("/profil/adgang/kode")
def ny_kode() -> str:
    """Set the codes up, or move them to another phone."""
    return _setup_page(OpretKodeForm(formdata=None), viewer())


@blueprint.post("/profil/adgang/kode")
@commits
def gem_kode() -> AnyAnswer:
    """Take the first code."""
    form, person = OpretKodeForm(), viewer()
    if attempt(form, lambda: _set_up(person, form)) is None:
        return _setup_page(form, person), 422
    return _codes_page(person, url_for("personer.adgang"))


@blueprint.post("/profil/adgang/noedkoder")
@commits
def lav_noedkoder() -> str:
    """New codes on paper, shown this once."""
    return _codes_page(viewer(), url_for("personer.adgang"))


def check_code(person: Person, typed: str) -> bool:
    """Counted like a password. Raises RuleBroken (kode) when it is wrong, without a field when one has to wait."""
    account = str(person.id)
    tries.count_try(account, kind=CODE)
    if not second_step.is_right(person, typed):
        tries.note_wrong()
        raise RuleBroken(WRONG, "kode")
    tries.forget_tries(account, kind=CODE)
    return True


def _set_up(person: Person, form: OpretKodeForm) -> bool:
    secret = _secret_in(form, person)
    counter = second_step.codes().match("".join((form.kode.data or "").split()), secret)
    if counter is None:
        raise RuleBroken(WRONG, "kode")
    actions.set_kodegenerator(person, hemmelighed=secret, taeller=counter)
    return True


def _let_in(person: Person) -> Response:
    target = second_step.done()
    sign_in_person(person, via="kode")
    return redirect(target, 303)


def _begin_again() -> Response:
    return redirect(url_for("security.login"))


def _ask_page(form: KodeForm, person: Person) -> str:
    return render_template(
        "personer/andet_trin.html", form=form, har_passkey=bool(list_noegler(person.id)), person=person
    )


def _setup_page(form: OpretKodeForm, person: Person) -> str:
    """The secret goes back and forth with the form, encrypted and signed, until a code of it was right."""
    try:
        secret = _secret_in(form, person)
    except RuleBroken:
        secret = second_step.codes().generate_totp_secret()
        form.hemmelighed.data = _signer().dumps([person.fs_uniquifier, secret])
    shown: Callable[[str], str] = second_step.codes().get_totp_pretty_key
    return render_template(
        "personer/ny_kode.html",
        form=form,
        qr=qr_svg(second_step.codes().get_totp_uri(person.email, secret)),
        noegle=shown(secret),
        action=request.path,
        signed_in=request.path.startswith("/profil"),
    )


def _codes_page(person: Person, target: str) -> str:
    flash("Engangskoder er slået til.", "success") if "kode" in request.form else None
    return render_template("personer/noedkoder.html", koder=actions.new_noedkoder(person), videre=target)


def _secret_in(form: OpretKodeForm, person: Person) -> str:
    """The secret of this person's form. Raises RuleBroken when it is another's, or too old."""
    try:
        whose, secret = _signer().loads(form.hemmelighed.data or "", max_age=SETUP_S)
    except (BadData, ValueError) as problem:
        raise RuleBroken("Siden var for gammel. Skan den nye kode.", "kode") from problem
    if whose != person.fs_uniquifier:
        raise RuleBroken("Siden var for gammel. Skan den nye kode.", "kode")
    return str(secret)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="engangskoder")

"""Sign-in by Flask-Security-Too: argon2, sign-out, change of password, in Danish.

Only the pages are offered: no JSON sign-in, no tokens, and no "remember me", since tablets are shared.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from flask import Flask
from flask_babel import Babel
from flask_security import MailUtil, Security, password_changed, uia_email_mapper
from flask_security.datastore import SQLAlchemyUserDatastore
from flask_security.forms import ChangePasswordForm, LoginForm
from flask_security.mail_util import EmailValidateException
from flask_security.utils import hash_password
from wtforms import Field

from supervision import history
from supervision.db import db
from supervision.personer.models import Person, Rolletildeling
from supervision.personer.rules import wording
from supervision.personer.rules.invitations import PASSWORD_CHANGED
from supervision.problems import RuleBroken

PASSWORD_MIN = 15
PASSWORD_MAX = 128
"""Flask-Security's own limit, so that hashing a whole book is not asked for."""

CONFIG = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": 47_104,
        "argon2__time_cost": 1,
        "argon2__parallelism": 1,
    },
    "SECURITY_PASSWORD_LENGTH_MIN": PASSWORD_MIN,
    "SECURITY_LOGIN_URL": "/log-ind",
    "SECURITY_LOGOUT_URL": "/log-ud",
    "SECURITY_CHANGE_URL": "/skift-adgangskode",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/log-ind",
    "SECURITY_POST_CHANGE_VIEW": "/profil",
    "SECURITY_CHANGEABLE": True,
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_FRESHNESS": timedelta(seconds=-1),
    "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": uia_email_mapper, "case_insensitive": False}}],
    "SECURITY_STATIC_FOLDER_URL": "/static/security",
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": ("E-mail og adgangskode passer ikke sammen. Prøv igen.", "error"),
    "SECURITY_MSG_PASSWORD_CHANGE": (
        "Din adgangskode er skiftet. Du er logget ud alle andre steder.",
        "success",
    ),
    "SECURITY_MSG_PASSWORD_INVALID_LENGTH": (
        f"Adgangskoden skal have mellem %(length)s og {PASSWORD_MAX} tegn.",
        "error",
    ),
    "SECURITY_MSG_PASSWORD_IS_THE_SAME": ("Den nye adgangskode skal være en anden end den gamle.", "error"),
    "SECURITY_MSG_RETYPE_PASSWORD_MISMATCH": ("De to adgangskoder er ikke ens.", "error"),
    "SECURITY_MSG_INVALID_PASSWORD": ("Adgangskoden passer ikke.", "error"),
    "SECURITY_MSG_PASSWORD_NOT_PROVIDED": ("Skriv en adgangskode.", "error"),
    "SECURITY_MSG_EMAIL_NOT_PROVIDED": ("Skriv din e-mail.", "error"),
    "SECURITY_MSG_INVALID_EMAIL_ADDRESS": ("Det ligner ikke en e-mail.", "error"),
    "SECURITY_MSG_API_ERROR": ("Det kan ikke bruges her.", "error"),
    "SECURITY_MSG_UNAUTHENTICATED": ("Log ind for at se siden.", "error"),
}


class Datastore(SQLAlchemyUserDatastore):
    """People as Flask-Security sees them. Its two views (sign-in, change of password) commit by it."""

    def __init__(self) -> None:
        super().__init__(db, Person, Rolletildeling)  # type: ignore[arg-type]


class EmailReader(MailUtil):
    """Reads a typed e-mail as the rest of the product does; no mail is sent."""

    def normalize(self, email: str) -> str:
        try:
            return wording.email(email)
        except RuleBroken as problem:
            raise EmailValidateException(problem.text) from problem

    validate = normalize


class SignInForm(LoginForm):
    """E-mail and password; says once what is missing, and never which of the two was wrong."""

    remember = None  # type: ignore[assignment]

    def validate(self, **kwargs: Any) -> bool:
        self.email.data = wording.clean(self.email.data or "")
        self.password.data = _cut(self.password.data)
        missing = [
            words
            for control, words in ((self.email, "din e-mail"), (self.password, "din adgangskode"))
            if not (control.data or "").strip()
        ]
        if missing:
            self.form_errors.append(f"Skriv {' og '.join(missing)}.")
            return False
        valid = bool(super().validate(**kwargs))
        if self.email.errors:
            self.password.errors = []
        return valid

    def validate_next(self, field: Field) -> None:
        """A foreign address to go on to is left unused by the view: no reason to refuse the sign-in."""


class ChangeForm(ChangePasswordForm):
    """The old password and the new one twice."""

    def validate(self, **kwargs: Any) -> bool:
        self.password.data = _cut(self.password.data)
        return bool(super().validate(**kwargs))


def init_app(app: Flask) -> None:
    """Connect the sign-in. Roles are ours (`personer`); Flask-Security only says who it is."""
    app.config.from_mapping(CONFIG)
    app.config["SECURITY_PASSWORD_SALT"] = app.config["SECRET_KEY"]
    Babel(app)
    extension = Security(
        app,
        Datastore(),
        register_blueprint=True,
        login_form=SignInForm,
        change_password_form=ChangeForm,
        mail_util_cls=EmailReader,
    )
    extension.want_json(lambda _request: False)
    app.extensions["sign_in"] = extension
    password_changed.connect(_note_change, app)


def hash_of(password: str) -> str:
    """The argon2 hash of a password as sign-in will check it, for whoever makes people."""
    return str(hash_password(_util().normalize(password)))


def check_password(password: str, person: Person, field: str = "password") -> None:
    """The rules of a new password, the same as on the page that changes it. Raises RuleBroken."""
    problems, _ = _util().validate(password, False, user=person)
    if problems:
        raise RuleBroken(" ".join(str(problem) for problem in problems), field)


def _cut(typed: str | None) -> str:
    """A typed password, cut where it is too long to be anybody's: hashing refuses over 4096 characters."""
    return (typed or "")[: PASSWORD_MAX + 1]


def _util() -> Any:
    from flask import current_app

    return cast(Any, current_app.extensions["sign_in"]).password_util


def _note_change(_app: Flask, user: Person, **_more: Any) -> None:
    history.note(PASSWORD_CHANGED, user, by=user.id)

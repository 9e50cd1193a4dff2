"""Sign-in by Flask-Security-Too: argon2, sign-out, change of password, in Danish."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_security import Security
from flask_security.datastore import SQLAlchemyUserDatastore

from supervision.db import db
from supervision.personer.models import Person, Rolletildeling

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
    "SECURITY_PASSWORD_LENGTH_MIN": 15,
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
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
    "SECURITY_STATIC_FOLDER_URL": "/static/security",
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": ("E-mail eller adgangskode passer ikke. Prøv igen.", "error"),
    "SECURITY_MSG_PASSWORD_CHANGE": ("Din adgangskode er skiftet. Du er logget ud alle andre steder.", "success"),
    "SECURITY_MSG_PASSWORD_INVALID_LENGTH": ("Adgangskoden skal have mindst %(length)s tegn.", "error"),
    "SECURITY_MSG_PASSWORD_IS_THE_SAME": ("Den nye adgangskode skal være en anden end den gamle.", "error"),
    "SECURITY_MSG_RETYPE_PASSWORD_MISMATCH": ("De to adgangskoder er ikke ens.", "error"),
    "SECURITY_MSG_INVALID_PASSWORD": ("Adgangskoden passer ikke.", "error"),
    "SECURITY_MSG_PASSWORD_NOT_PROVIDED": ("Skriv din adgangskode.", "error"),
    "SECURITY_MSG_EMAIL_NOT_PROVIDED": ("Skriv din e-mail.", "error"),
    "SECURITY_MSG_INVALID_EMAIL_ADDRESS": ("Det ligner ikke en e-mailadresse.", "error"),
}


class Datastore(SQLAlchemyUserDatastore):
    """People as Flask-Security sees them; the commit stays where all commits are made."""

    def __init__(self) -> None:
        super().__init__(db, Person, Rolletildeling)  # type: ignore[arg-type]


def init_app(app: Flask) -> None:
    """Connect the sign-in. Roles are ours (`personer`); Flask-Security only says who it is."""
    app.config.from_mapping(CONFIG)
    app.config["SECURITY_PASSWORD_SALT"] = app.config["SECRET_KEY"]
    Babel(app)
    extension = Security(app, Datastore(), register_blueprint=True)
    app.extensions["sign_in"] = extension


def hash_of(password: str) -> str:
    """The argon2 hash of a password, for whoever makes people."""
    from flask_security.utils import hash_password

    hashed: Any = hash_password(password)
    return str(hashed)

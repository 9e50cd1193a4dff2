"""What Flask-Security is told: only pages, only sessions, and Danish words."""

from __future__ import annotations

from datetime import timedelta

from flask_security import uia_email_mapper

from supervision.sign_in.passwords import MEMORY_KIB, PARALLELISM, PASSWORD_MIN, TIME_COST

CONFIG = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": MEMORY_KIB,
        "argon2__time_cost": TIME_COST,
        "argon2__parallelism": PARALLELISM,
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
    "SECURITY_MSG_PASSWORD_IS_THE_SAME": ("Den nye adgangskode skal være en anden end den gamle.", "error"),
    "SECURITY_MSG_RETYPE_PASSWORD_MISMATCH": ("De to adgangskoder er ikke ens.", "error"),
    "SECURITY_MSG_INVALID_PASSWORD": ("Adgangskoden passer ikke.", "error"),
    "SECURITY_MSG_PASSWORD_NOT_PROVIDED": ("Skriv en adgangskode.", "error"),
    "SECURITY_MSG_EMAIL_NOT_PROVIDED": ("Skriv din e-mail.", "error"),
    "SECURITY_MSG_INVALID_EMAIL_ADDRESS": ("Det ligner ikke en e-mail.", "error"),
    "SECURITY_MSG_API_ERROR": ("Det kan ikke bruges her.", "error"),
    "SECURITY_MSG_UNAUTHENTICATED": ("Log ind for at se siden.", "error"),
}
